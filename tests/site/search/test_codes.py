"""Frequent words as signs: no text changes by it, whatever signs it has itself."""

from __future__ import annotations

import pytest

from litbook.site.search.index.codes import Coded, Codes, make_codes
from litbook.site.search.index.parts import render_part


def decode(codes: Codes, text: str) -> str:
    words = {sign: word for word, sign in codes.signs.items()}
    return "".join(words.get(sign, sign) for sign in text)


def test_frequent_words_become_signs_and_come_back() -> None:
    texts = ["Invented cranes fold paper cranes.", "Paper folds; in-context cranes fold paper", ""]
    codes = make_codes(texts)
    encoded = codes.encode(texts)
    assert " cranes" in codes.signs
    assert sum(map(len, encoded)) < sum(map(len, texts))
    assert [decode(codes, text) for text in encoded] == texts


def test_a_sign_that_a_text_has_stands_for_no_word() -> None:
    alphabet = "".join(chr(number) for number in range(1, 0xD800))
    texts = [f"boats sail and boats sail {alphabet}", "boats sail and boats sail"]
    codes = make_codes(texts)
    assert codes.signs == {}
    assert codes.encode(texts) == texts
    some = make_codes(["naïve boats sail and boats sail, naïve \x01 boats sail " * 5])
    assert set(some.signs) == {" boats", " sail", " and", " naïve"}
    assert not {"ï", "\x01", "\ufdd0"} & {sign for coded in some.lengths for sign in coded.signs}


def test_the_most_frequent_words_have_signs_of_one_byte_in_runs() -> None:
    rare = [f" boat{chr(97 + at)}{chr(97 + other)}" for at in range(20) for other in range(10)]
    codes = make_codes(["".join(rare) * 3 + " sail" * 99])
    short, longer, _ = codes.lengths
    assert short.words == (" sail",)
    assert short.list_runs() == [[1, 8], [11, 2], [14, 18]]
    assert longer.words == tuple(rare)
    words = [" sail"]
    text = render_part({"text": codes.encode([words[-1]])})
    assert len(text.encode()) == len(render_part({"text": ["-"]}).encode())


def test_signs_are_assigned_once_for_all_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Invented cranes fold paper cranes.", "Paper folds; in-context cranes fold paper"]
    codes = make_codes(texts)
    assigned: list[Coded] = []
    assign = Coded.assign

    def count(coded: Coded) -> dict[str, str]:
        assigned.append(coded)
        return assign(coded)

    monkeypatch.setattr(Coded, "assign", count)
    assert codes.encode(texts[:1]) + codes.encode(texts[1:]) == codes.encode(texts)
    assert len(assigned) == len(codes.lengths)


def test_texts_without_frequent_words_stay_as_they_are() -> None:
    for texts in ([], ["大規模言語モデルの文脈内学習"], ["нейронные сети учатся"], ["<b>&amp;</b> \u2028"]):
        codes = make_codes(texts)
        assert codes.encode(texts) == texts


def test_an_added_sentence_leaves_other_texts_as_they_are_written() -> None:
    words = [f"{first}{second}{third}aster" for first in "bcdfgh" for second in "aeiou" for third in "klmnpr"]
    texts = [f"The {' '.join(words[at : at + 20])}" for at in range(0, len(words), 4)] * 3
    before, after = make_codes(texts), make_codes([*texts, "The" + " osprey" * 60])
    assert " osprey" in after.signs
    assert " osprey" not in before.signs
    moved = sum(one != other for one, other in zip(before.encode(texts), after.encode(texts), strict=True))
    assert moved < len(texts) / 10
