"""What prose asks of the corpus is checked before a page is built, with file and line."""

from __future__ import annotations

import pytest
from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement

from litbook.analyse.prose import check_prose
from litbook.ingest.pages import make_page

CORPUS = make_corpus_of((make_paper("a", "A"),), {"a": make_placement(CRAFTS.slug)})


def check(text: str) -> list[str]:
    return [str(fault) for fault in check_prose(CORPUS, [make_page(text, "chapters/x.md")])]


def test_what_the_corpus_has_is_not_a_fault() -> None:
    assert check(f"# X\n\n{{count}}`papers\nin {CRAFTS.slug}`\n\n:::{{papers}} {GARDENS.slug}\n:::\n") == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "# X\n\nThere are {count}`papers about tides`.",
            ["book/chapters/x.md:3: cannot count 'papers about tides'; it is one of: papers, papers in <theme>"],
        ),
        (
            "# X\n{count}`papers in tide-garden`",
            ["book/chapters/x.md:2: cannot count 'papers in tide-garden'; write one of: "],
        ),
        (
            "# X\n\n:::{papers} tide-garden\n:::\n```{papers}\n```",
            [
                "book/chapters/x.md:3: unknown theme 'tide-garden'; did you mean 'tide-gardens'?",
                "book/chapters/x.md:5: unknown theme ''; the slugs are in book/corpus/themes.yml",
            ],
        ),
        (
            "# X\n\n:::{themes} 3\n:::\n\n:::{themes} 2\n:::\n\n:::{themes}\n:::\n\n:::{themes} last\n:::",
            [
                "book/chapters/x.md:3: unknown part '3'; write a number from 1 to 2, or nothing",
                "book/chapters/x.md:12: unknown part 'last'; write a number from 1 to 2, or nothing",
            ],
        ),
        (
            "# X\n\n::::{dropdown} Table\n:::{evidence-table} tide-garden\n:::\n::::\n",
            ["book/chapters/x.md:4: unknown theme 'tide-garden'; did you mean 'tide-gardens'?"],
        ),
        (
            f"# X\n\n:::{{coverage}} {CRAFTS.slug}\n:reviewed: 2031-02-30\n:::\n\n:::{{coverage}} crafts\n:::",
            [
                "book/chapters/x.md:3: invalid date '2031-02-30'; write year-month-day, as in 2031-12-24",
                "book/chapters/x.md:7: unknown theme 'crafts'; ",
            ],
        ),
        (
            "# X\n\nIt takes {minutes}`this page`, not {minutes}`that page`.",
            ["book/chapters/x.md:3: unknown page 'that page' in {minutes}; write {minutes}`this page`"],
        ),
        ("# X\n\n```md\n:::{papers} no-theme\n:::\n{count}`nothing`\n```\n`{count}` and <!-- {count}`x` -->", []),
    ],
)
def test_what_it_does_not_have_is_a_fault_with_its_place(text: str, faults: list[str]) -> None:
    found = check(text)
    assert len(found) == len(faults)
    for one, expected in zip(found, faults, strict=True):
        assert one.startswith(expected)
