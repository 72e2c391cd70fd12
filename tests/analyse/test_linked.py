"""Related papers that readers see: what people wrote together comes first, and nothing below the floor. Invented."""

from __future__ import annotations

from invented import CRAFTS, GARDENS, make_placement

from litbook.analyse.linked import FLOOR, FLOOR_IN_THEME, MOST, choose_related
from litbook.ingest.pages import make_page
from litbook.model.editorial import Quotation, Tension
from litbook.model.pages import Page
from litbook.model.review import Related

PLACED = {key: make_placement(CRAFTS.slug) for key in ("ada", "bo", "cy", "dee")} | {
    "eve": make_placement(GARDENS.slug)
}
CHAPTER = """# Folding

## Wax

Wax helps {cite}`ada,cy`. So does glue {cite}`dee`.
"""


def choose(
    near: dict[str, tuple[Related, ...]], *tensions: Tension, pages: tuple[Page, ...] = ()
) -> dict[str, list[str]]:
    related = choose_related(near, PLACED, tensions, pages, (CRAFTS, GARDENS))
    return {key: [f"{item.citekey}: {item.reason}" for item in row] for key, row in related.items()}


def near(key: str, likeness: float) -> Related:
    return Related(key, ("paper crane",), likeness)


def test_papers_alike_in_words_are_related_above_a_floor_that_is_lower_within_a_theme() -> None:
    row = (near("bo", FLOOR_IN_THEME), near("eve", FLOOR_IN_THEME), near("cy", FLOOR_IN_THEME - 0.01))
    assert choose({"ada": row}) == {"ada": ["bo: "]}
    assert choose({"ada": (near("eve", FLOOR),)}) == {"ada": ["eve: "]}


def test_without_a_reason_two_papers_are_not_related() -> None:
    assert choose({"ada": (Related("bo", (), 0.9),)}) == {"ada": []}


def test_a_question_comes_first_then_a_citation_then_a_section() -> None:
    wax = Tension(
        "wax", "Does wax help?", ((Quotation("ada", "x", 1),), (Quotation("bo", "y", 2),)), "candidate", "", 1
    )
    pages = (make_page(CHAPTER, "chapters/paper-folding.md"),)
    assert choose({"ada": (near("dee", 0.09), near("eve", 0.2))}, wax, pages=pages) == {
        "ada": [
            "bo: same question: Does wax help?",
            "cy: cited together in Folding paper",
            "dee: discussed together in Folding paper",
            "eve: ",
        ]
    }


def test_a_page_has_few_related_papers() -> None:
    placed = {f"key{number}": make_placement(CRAFTS.slug) for number in range(20)}
    row = tuple(near(key, 0.5) for key in placed if key != "key0")
    related = choose_related({"key0": row}, placed, (), (), (CRAFTS,))
    assert len(related["key0"]) == MOST
