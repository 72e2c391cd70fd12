"""Related papers that readers see: what people wrote together comes first, and nothing below the floor. Invented."""

from __future__ import annotations

from invented import CRAFTS, GARDENS, make_placement

from litbook.analyse.linked import FLOOR, FLOOR_ONCE, MOST, choose_related
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
    return Related(key, ("paper crane", "folds"), likeness)


def test_papers_alike_in_words_are_related_above_a_floor() -> None:
    back = {key: (near("ada", 0.9),) for key in ("eve", "bo")}
    assert choose(back | {"ada": (near("eve", FLOOR), near("bo", FLOOR - 0.01))})["ada"] == ["eve: "]


def test_papers_alike_in_words_alone_are_near_to_each_other() -> None:
    nearer = tuple(near(key, 0.9) for key in ("cy", "dee"))
    assert choose({"ada": (near("bo", 0.5),), "bo": (*nearer, near("ada", 0.5))})["ada"] == []
    assert choose({"ada": (*nearer, near("bo", 0.5)), "bo": (near("ada", 0.5),)})["ada"] == []


def test_one_phrase_relates_no_papers() -> None:
    assert choose({"ada": (Related("bo", ("editing",), 0.9), Related("cy", (), 0.9))}) == {"ada": []}


def test_a_question_comes_first_then_a_citation_then_a_section_and_words_only_without_these() -> None:
    wax = Tension(
        "wax", "Does wax help?", ((Quotation("ada", "x", 1),), (Quotation("bo", "y", 2),)), "candidate", "", 1
    )
    pages = (make_page(CHAPTER, "chapters/paper-folding.md"),)
    row = (near("eve", 0.9), near("dee", FLOOR_ONCE), near("cy", FLOOR_ONCE))
    assert choose({"ada": row}, wax, pages=pages) == {
        "ada": [
            "bo: same question: Does wax help?",
            "cy: cited together in Folding paper",
            "dee: discussed together in Folding paper",
        ]
    }


def test_words_relate_papers_of_themes_until_people_have_linked_half_of_a_theme() -> None:
    pages = (make_page(CHAPTER, "chapters/paper-folding.md"),)
    rows = {"ada": (near("cy", 0.2),), "bo": (near("dee", 0.2),), "dee": (near("bo", 0.2),)}
    linked = {"ada": ["cy: cited together in Folding paper"]}
    assert choose(rows, pages=pages) == linked | {"bo": ["dee: "], "dee": ["bo: "]}
    both = {"ada": (near("cy", 0.2),), "cy": (near("ada", 0.2),)}
    most = linked | {"cy": ["ada: cited together in Folding paper"]}
    assert choose(rows | both, pages=pages) == most | {"bo": [], "dee": []}


def test_papers_cited_together_are_related_if_near_and_alike_or_cited_so_again() -> None:
    pages = (make_page(CHAPTER, "chapters/paper-folding.md"),)
    twice = (make_page(f"{CHAPTER}\nSo they say {{cite}}`cy,ada`.\n", "chapters/paper-folding.md"),)
    both = {"ada": (near("eve", 0.05),), "cy": (near("eve", 0.05),)}
    assert choose(both, pages=pages)["ada"] == []
    related = ["cy: cited together in Folding paper"]
    for number, chapters, found in ((0.02, pages, []), (FLOOR_ONCE, pages, related), (0.02, twice, related)):
        assert choose(both | {"cy": (near("ada", number),)}, pages=chapters)["ada"] == found


def test_a_page_has_few_related_papers() -> None:
    placed = {f"key{number}": make_placement(CRAFTS.slug) for number in range(20)}
    row = tuple(near(key, 0.5) for key in placed if key != "key0")
    text = f"# Folding\n\nAll help {{cite}}`{','.join(placed)}`.\n"
    page = make_page(text, "chapters/paper-folding.md")
    related = choose_related({"key0": row}, placed, (), (page,), (CRAFTS,))
    assert len(related["key0"]) == MOST
