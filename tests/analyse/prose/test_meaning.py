"""Sentences with claims are held to what the claimed sentences say, as far as rules can tell."""

from __future__ import annotations

import pytest
from invented import make_corpus_of, make_paper

from litbook.analyse.evidence import split_sentences
from litbook.analyse.prose import check_prose
from litbook.ingest.pages import make_page
from litbook.model.pages import Excused

KITE = (
    "KiteNet gains 12% over FoldNet. It gains 30% for KiteNet-B, 18% for PaperNet, and 4% for FoldNet. "
    "KiteNet outperforms FoldNet and CraneNet. Folded paper is less sensitive to rain than woven paper. "
    "Larger sheets and smaller hands give more creases. Wet glue does not improve the flight. "
    "Training harms the balance. Kites lack robust wings. It takes up to 40 sheets and at least 7 days. "
    "It flies 25% farther."
)
TIDE = "TideNet reaches 55% of the harvest."
PAPERS = (make_paper("kite", "Kites", KITE), make_paper("tide", "Tides", TIDE))
CORPUS = make_corpus_of(PAPERS)
assert len(split_sentences(KITE)) == 10


def check(text: str, *excused: Excused) -> list[str]:
    return [str(fault) for fault in check_prose(CORPUS, [make_page(f"# X\n\n{text}\n", "chapters/x.md")], excused)]


def claim(text: str, *numbers: int, key: str = "kite") -> str:
    claims = ",".join(f"{key}:{number}" for number in numbers)
    return f"{text} {{cite}}`{key}`{{claim}}`{claims}`."


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (claim("It gains 30% for FoldNet and 4% for KiteNet-B", 2), "have changed places"),
        (claim("PaperNet gains 4%, and FoldNet 18%", 2), "have changed places"),
        (
            "KiteNet reaches 55% and TideNet 12% {cite}`kite,tide`{claim}`kite:1,tide:1`.",
            "the numbers '12%' of TideNet and of KiteNet have changed places",
        ),
        (claim("FoldNet outperforms KiteNet", 3), "'outperforms': in the claimed sentence KiteNet does, not FoldNet"),
        (claim("Folded paper is more sensitive to rain than woven paper", 4), "says 'less sensitive'"),
        (claim("Smaller sheets give more creases", 5), "'Smaller sheets': the claimed sentence says 'Larger sheets'"),
        (claim("Wet glue improves the flight", 6), "says 'not improve the flight', and this one does not"),
        (claim("Training helps the balance", 7), "says 'harms', and this one the opposite"),
        (claim("Kites have robust wings", 8), "says 'lack robust wings'"),
        (claim("It takes at least 40 sheets", 9), "'at least 40': the claimed sentence gives the number without"),
        (claim("It takes at most 7 days", 9), "'at most 7'"),
        (claim("It flies more than 25% farther", 10), "'more than 25%'"),
        (claim("GPT-4 flies farther", 10), "'GPT-4' is in no abstract that this sentence cites"),
    ],
)
def test_what_says_the_opposite_is_refused(text: str, part: str) -> None:
    (fault,) = check(text)
    assert fault.startswith("book/chapters/x.md:3: ")
    assert part in fault


@pytest.mark.parametrize(
    "text",
    [
        claim("It gains 4% for FoldNet and 30% for KiteNet-B", 2),
        claim("FoldNet gains 4%, and PaperNet 18%", 2),
        "KiteNet gains 12%, and TideNet reaches 55% {cite}`kite,tide`{claim}`kite:1,tide:1`.",
        claim("KiteNet outperforms FoldNet", 3),
        claim("FoldNet is outperformed by KiteNet", 3),
        claim("Woven paper is more sensitive to rain than folded paper", 4),
        claim("Larger sheets give more creases", 5),
        claim("Wet glue does nothing to improve the flight", 6),
        claim("Without glue the flight improves no less", 6),
        claim("Training worsens the balance", 7),
        claim("Kites have no robust wings", 8),
        claim("It takes up to 40 sheets and at least 7 days", 9),
        claim("It flies 25% farther", 10),
        "GPT-4 is not part of this collection.",
    ],
)
def test_what_says_the_same_passes(text: str) -> None:
    assert check(text) == []


def test_a_person_may_excuse_a_sentence() -> None:
    text = claim("It flies more than 25% farther", 10)
    row = Excused("book/corpus/excused.csv", 1, "book/chapters/x.md", "more than 25%", "the full text says so")
    assert check(text, row) == []
