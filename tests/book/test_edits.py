"""Editing the built toy review, one change after the other: what is built again, and that nothing stale is left.

After every change the site that was built on must be, byte for byte, the site that a clean build makes of the same
inputs. The clean builds run beside the others, so the whole sequence is one fixture. All of it is invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from toybook import Review, Run, Stamps, Toy, copy_inputs

SOURCE = "book/corpus/sources/hf-papers-bread.txt"
DECISION = "fictive2024plan,loaf-vision,,method,include,It looks at the oven,invented editors,2026-01-03\n"
REMOVED = "Why Dough Forecasts Fail in Summer"


def change_nothing(review: Review) -> None:
    """Leave everything as it is."""


def delete_what_was_made(review: Review) -> None:
    for folder in ("book/papers", "book/data", ".litbook"):
        shutil.rmtree(review.path(folder))


def edit_prose_and_a_note(review: Review) -> None:
    review.edit("book/chapters/baking-agents.md", "Resistance teaches a robot", "Resistance trains a robot")
    review.edit("book/notes/pretend2020risecast.md", "this *invented* note", "this *changed* note")


def edit_heading_and_cite_another_paper(review: Review) -> None:
    chapter = "book/chapters/baking-agents.md"
    review.edit(chapter, "# Agents that bake", "# Bakers of metal")
    review.edit(chapter, "{cite}`mythical2024oven`.", "{cite}`mythical2024oven,fictive2024plan`.")


def edit_abstracts(review: Review) -> None:
    """Edit a sentence that an evidence table quotes, and one that is quoted in a list of papers."""
    review.edit(SOURCE, "its errors agree with those of bakers", "its errors resemble those of bakers")
    review.edit(SOURCE, "and predicts dough rise two hours ahead", "and predicts dough rise three hours ahead")


def edit_title(review: Review) -> None:
    review.edit(SOURCE, "KneadBot: A Kneading Policy Learned from", "KneadBot: A Kneading Policy Felt from")


def edit_theme_title(review: Review) -> None:
    review.edit("book/corpus/themes.yml", "Forecasting dough & <levain>", "Predicting dough")


def decide_on_a_paper_and_edit_authors(review: Review) -> None:
    """Move one paper to another theme, and change a label that a chapter and a note show."""
    decisions = review.path("book/corpus/decisions.csv")
    decisions.write_text(decisions.read_text("utf-8") + DECISION, "utf-8")
    review.edit("book/corpus/facts.jsonl", "Max O'Phantom", "Max O'Spectre")


def remove_a_paper_and_a_note(review: Review) -> None:
    lines = review.path(SOURCE).read_text("utf-8").splitlines(keepends=True)
    start = lines.index(f"{REMOVED}\n")
    review.edit(SOURCE, "".join(lines[start : start + 2]), "")
    review.path("book/notes/pretend2020risecast.md").unlink()


def edit_short_title(review: Review) -> None:
    review.edit("_toc.yml", "title: Data and exports", "title: Every paper")


@dataclass(frozen=True)
class Edit:
    """Name a change, the pages that must then be others (None: most of them) and whether the notebook reads it.

    The notebook reads titles, authors, years and placements; it does not read abstracts. `clean` says whether the site
    is compared with a clean build; the others have a comparison of their own. `cold` gives that build a hash seed of
    its own, for two seconds more.
    """

    make: Callable[[Review], None]
    pages: frozenset[str] | None
    executions: int = 0
    clean: bool = True
    cold: bool = False

    @property
    def name(self) -> str:
        return self.make.__name__


def edit(make: Callable[[Review], None], pages: str | None, executions: int = 0) -> Edit:
    return Edit(make, None if pages is None else frozenset(f"book/{page}" for page in pages.split()), executions)


EDITS = (
    Edit(change_nothing, frozenset(), clean=False),
    Edit(delete_what_was_made, frozenset(), clean=False),
    edit(edit_prose_and_a_note, "chapters/baking-agents papers/pretend2020risecast"),
    edit(
        edit_heading_and_cite_another_paper,
        "chapters/baking-agents papers/fictive2024plan about/references",
    ),
    edit(
        edit_abstracts,
        "papers/invented2021crumbnet papers/pretend2020risecast chapters/dough-forecasting chapters/loaf-vision "
        "index about/method",  # these tell the state of the review
    ),
    edit(
        edit_title,
        "papers/fancied2021kneadbot papers/mythical2024oven papers/supposed2019should chapters/baking-agents "
        "about/references index about/method "
        "papers/madeup2022crust",  # its runner-up is farther behind
        executions=1,
    ),
    edit(
        edit_theme_title,
        "papers/invented2021crumbnet papers/mock2024fermentation papers/ophantom2022levain "
        "papers/pretend2020risecast chapters/dough-forecasting index about/papers "
        "papers/fancied2021kneadbot papers/supposed2019should "  # these name it as suggested, or as runner-up
        "papers/fictive2024plan papers/invented2023scoring",
        executions=1,
    ),
    edit(
        decide_on_a_paper_and_edit_authors,
        "papers/fictive2024plan papers/fabricated2023survey papers/mythical2024oven chapters/baking-agents "
        "chapters/loaf-vision index about/papers "
        "papers/ophantom2022levain papers/pretend2020risecast papers/invented2023scoring chapters/dough-forecasting "
        "about/references about/method "
        "papers/madeup2022crust",  # its runner-up is closer now
        executions=1,
    ),
    Edit(remove_a_paper_and_a_note, None, executions=1, cold=True),
    Edit(edit_short_title, None, clean=False),
)
COMPARED = [change for change in EDITS if change.clean]
NARROW = [change for change in COMPARED if change.pages is not None]


@dataclass(frozen=True)
class Step:
    """Hold what a change and the build after it did, and what a clean build makes of the same inputs."""

    edit: Edit
    run: Run
    before: Stamps
    after: Stamps
    executions: int
    clean: Future[tuple[Run, dict[str, bytes]]] | None

    def pages(self, differs: Callable[[tuple[int, bytes], tuple[int, bytes]], bool]) -> set[str]:
        """Return the built pages of the book that are new or differ from before, as the names of their sources."""
        found = {
            name
            for name, stamp in self.after.items()
            if name.startswith("_build/html/book/")
            and not name.endswith(".md")  # the same page as Markdown
            and (name not in self.before or differs(self.before[name], stamp))
        }
        return {name.removeprefix("_build/html/").removesuffix(".html") for name in found}

    @property
    def site(self) -> dict[str, bytes]:
        start = "_build/html/"
        return {name.removeprefix(start): stamp[1] for name, stamp in self.after.items() if name.startswith(start)}


@pytest.fixture(scope="module")
def steps(toy: Toy, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Step]:
    """Make every change in its turn and build after each; the clean builds run beside."""
    review = toy.workshop.review
    clean = tmp_path_factory.mktemp("clean")
    steps: dict[str, Step] = {}
    with ThreadPoolExecutor(1) as beside:
        for change in EDITS:
            before, executions = review.stamps(), review.executions
            change.make(review)
            run = review.build()
            built = None
            if change.clean:
                built = beside.submit(build_clean, copy_inputs(review, clean / change.name), change.cold)
            steps[change.name] = Step(change, run, before, review.stamps(), review.executions - executions, built)
    return steps


def build_clean(review: Review, cold: bool) -> tuple[Run, dict[str, bytes]]:
    run = review.build_cold() if cold else review.build()
    site = review.site()
    shutil.rmtree(review.root)
    return run, site


def by_name(change: Edit) -> str:
    return change.name


@pytest.mark.parametrize("change", EDITS, ids=by_name)
def test_the_build_after_a_change_succeeds_without_a_warning(steps: dict[str, Step], change: Edit) -> None:
    run = steps[change.name].run
    assert (run.code, run.warnings) == (0, [])


@pytest.mark.parametrize("change", COMPARED, ids=by_name)
def test_the_site_is_byte_for_byte_that_of_a_clean_build(steps: dict[str, Step], change: Edit) -> None:
    step = steps[change.name]
    assert step.clean is not None
    run, site = step.clean.result()
    assert (run.code, run.warnings) == (0, [])
    assert sorted(step.site) == sorted(site)
    assert [name for name, content in sorted(site.items()) if step.site[name] != content] == []


@pytest.mark.parametrize("change", NARROW, ids=by_name)
def test_just_the_pages_change_that_must(steps: dict[str, Step], change: Edit) -> None:
    step = steps[change.name]
    changed = step.pages(lambda before, after: before[1] != after[1])
    assert changed == change.pages
    written = step.pages(lambda before, after: before[0] != after[0])
    notebook = {"book/analysis/papers-by-year"} if change.executions else set()
    assert written <= changed | notebook


@pytest.mark.parametrize("change", EDITS, ids=by_name)
def test_the_notebook_is_executed_when_its_data_changed_and_not_otherwise(steps: dict[str, Step], change: Edit) -> None:
    assert steps[change.name].executions == change.executions


def test_a_second_build_touches_no_file(steps: dict[str, Step]) -> None:
    step = steps[change_nothing.__name__]
    assert "0 written, 0 deleted" in step.run.output
    assert step.after == step.before


def test_deleting_what_was_made_is_harmless(steps: dict[str, Step]) -> None:
    step = steps[delete_what_was_made.__name__]
    assert any(name.startswith("book/papers/") for name in step.after)
    assert {name: stamp[1] for name, stamp in step.after.items()} == {
        name: stamp[1] for name, stamp in step.before.items()
    }


def test_nothing_speaks_of_a_removed_paper_any_more(steps: dict[str, Step]) -> None:
    step = steps[remove_a_paper_and_a_note.__name__]
    words = [REMOVED.encode(), b"doughforecastsfail"]
    inputs = ("book/corpus/", "book/notes/")  # the ledger keeps its citekey permanently
    before = {name for name, (_, content) in step.before.items() if any(word in content for word in words)}
    assert {"book/data/papers.json", "_build/html/book/chapters/dough-forecasting.html"} <= before
    after = {name for name, (_, content) in step.after.items() if any(word in content for word in words)}
    assert {name for name in after if not name.startswith(inputs)} == set()
    assert not [name for name in step.after if "doughforecastsfail" in name]


def test_a_new_short_title_is_in_the_navigation_of_every_page_and_changes_nothing_else(
    steps: dict[str, Step],
) -> None:
    before, after = (steps[change.__name__].site for change in (remove_a_paper_and_a_note, edit_short_title))
    pages = [name for name in after if name.startswith("book/") and name.endswith(".html")]
    assert len(pages) == 20
    assert [name for name in pages if after[name].count(b">Every paper</a></li>") != 1] == []
    restored = {name: after[name].replace(b"Every paper", b"Data and exports") for name in pages}
    assert restored == {name: before[name] for name in pages}
