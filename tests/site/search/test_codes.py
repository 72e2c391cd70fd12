"""Frequent words as signs: no text changes by it, whatever signs it has itself."""

from __future__ import annotations

from litbook.site.search.index.codes import Codes, make_codes


def decode(codes: Codes, text: str) -> str:
    words = dict(zip(codes.signs, codes.words, strict=True))
    return "".join(words.get(sign, sign) for sign in text)


def test_frequent_words_become_signs_and_come_back() -> None:
    texts = ["Invented cranes fold paper cranes.", "Paper folds; in-context cranes fold paper", ""]
    codes = make_codes(texts)
    encoded = codes.encode(texts)
    assert " cranes" in codes.words
    assert sum(map(len, encoded)) < sum(map(len, texts))
    assert [decode(codes, text) for text in encoded] == texts


def test_a_sign_that_a_text_has_stands_for_no_word() -> None:
    alphabet = "".join(chr(number) for number in range(0xA1, 0x800))
    texts = [f"boats sail and boats sail {alphabet}", "boats sail and boats sail"]
    codes = make_codes(texts)
    assert codes.signs == ""
    assert codes.encode(texts) == texts
    some = make_codes(["naïve boats sail and boats sail, naïve boats sail"])
    assert "ï" not in some.signs


def test_texts_without_frequent_words_stay_as_they_are() -> None:
    for texts in ([], ["大規模言語モデルの文脈内学習"], ["нейронные сети учатся"], ["<b>&amp;</b> \u2028"]):
        codes = make_codes(texts)
        assert codes.encode(texts) == texts


def test_an_added_sentence_leaves_other_texts_as_they_are_written() -> None:
    words = [f"{first}{second}{third}aster" for first in "bcdfgh" for second in "aeiou" for third in "klmnpr"]
    texts = [f"The {' '.join(words[at : at + 20])}" for at in range(0, len(words), 4)] * 3
    before, after = make_codes(texts), make_codes([*texts, "The" + " osprey" * 60])
    assert " osprey" in after.words
    assert " osprey" not in before.words
    moved = sum(one != other for one, other in zip(before.encode(texts), after.encode(texts), strict=True))
    assert moved < len(texts) / 10
