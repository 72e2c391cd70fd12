"""Invented papers for tests of the search index."""

from __future__ import annotations

import json
from typing import Any

from litbook.model.review import Corpus, Paper, Part, Placement, Record, Suggestion, Text, Theme

HOSTILE = "</script><script>alert(1)</script><!-- \u2028 \u2029 \ud800 ]]> & \\ ' \" ` ${1} \x00 \U0001f984"

# Invented papers: no such work exists.
INVENTED = (
    (
        "Learning to Fold Paper Cranes with Large Language Models",
        "We propose CRANE-2, which folds paper. It reads Se².",
    ),
    ("A Survey of Tidal Chess", "Chess on a beach is hard. We survey reinforcement learning (RL) for tides."),
    ("In-Context Gardening", "In-context gardening grows tomatoes from few examples. Weeds are hallucinated."),
)


def make_paper(number: int, title: str, abstract: str) -> Paper:
    record = Record("invented.txt", number, number + 1, f"{title}\n{abstract}\n", title, abstract)
    authors = ("Ada Invented", f"Bo Made{number}")
    return Paper(f"invented2020p{number:05}", (record,), Text(title), Text(abstract), authors, 2020, venue="No Journal")


def make_invented_corpus(count: int = len(INVENTED)) -> Corpus:
    texts = [INVENTED[number % len(INVENTED)] for number in range(count)]
    papers = tuple(make_paper(number, f"{title} {number}", text) for number, (title, text) in enumerate(texts))
    theme = Theme("crafts", "Crafts and gardens", "Invented.", phrases=("paper folding", "growing tomatoes"))
    place = Placement("crafts", (), "method", True, "", Suggestion("crafts", (), None, 0.0))
    placements = {paper.citekey: place for paper in papers}
    return Corpus(papers, (Part("Part I", (theme,)),), placements, {}, {}, {}, {}, frozenset())


def read_part(text: str) -> dict[str, Any]:
    """Return the value in a part's script: the JSON inside its one function call."""
    before, after = "litbookIndex.push(", ");\n"
    assert text.startswith(before)
    assert text.endswith(after)
    value: dict[str, Any] = json.loads(text[len(before) : -len(after)], strict=False)
    return value
