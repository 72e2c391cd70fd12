"""A build writes only what changed, the first time too: unchanged, edited and undone, and with new papers."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest
from toybook import Run, Stamps, copy_toy

SOURCE = "book/corpus/sources/hf-papers-bread.txt"
CHAPTER = "book/chapters/baking-agents.md"
# The digest of the search index is written into these once the index is known.
STAMPED = {"_build/html/search.html", "_build/html/your-papers.html"}
NEW = """
@article{new, title = {An Invented Study of Sourdough Agents}, author = {Madeup, Ada}, year = {2031},
  abstract = {We teach invented agents to feed a sourdough. They need 12% less flour than the baseline.}}
"""


@dataclass(frozen=True)
class Step:
    """Hold a build and the files after it."""

    run: Run
    files: Stamps

    def written_since(self, before: Step) -> set[str]:
        return {name for name, stamp in self.files.items() if before.files.get(name) != stamp}

    def contents(self) -> dict[str, bytes]:
        return {name: content for name, (_, content) in self.files.items()}


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Step]:
    """Build a copy of the toy without notebooks, and again after each step."""
    folder = tmp_path_factory.mktemp("unchanged")
    review = copy_toy(folder / "review")
    review.edit("_config.yml", "execute_notebooks: cache", "execute_notebooks: 'off'")
    source = review.path(SOURCE).read_bytes()
    chapter = review.path(CHAPTER).read_bytes()
    steps: dict[str, Step] = {}

    def build(name: str) -> None:
        run = review.build()
        steps[name] = Step(run, review.stamps())

    for name in ("cold", "unchanged", "unchanged again"):
        build(name)
    review.edit(SOURCE, "its errors agree with those of bakers", "its errors resemble those of bakers")
    review.edit(CHAPTER, "Resistance teaches a robot", "Resistance trains a robot")
    build("edited")
    review.path(SOURCE).write_bytes(source)
    review.path(CHAPTER).write_bytes(chapter)
    build("undone")
    (folder / "new.bib").write_text(NEW, "utf-8")
    added = review.run(sys.executable, "-m", "litbook", "add", str(folder / "new.bib"))
    assert added.code == 0, added.output
    build("added")
    build("unchanged after it was added")
    return steps


def test_no_build_warns_of_anything(steps: dict[str, Step]) -> None:
    assert {name: (step.run.code, step.run.warnings) for name, step in steps.items()} == dict.fromkeys(steps, (0, []))


@pytest.mark.parametrize(
    ("before", "after"),
    [("cold", "unchanged"), ("unchanged", "unchanged again"), ("added", "unchanged after it was added")],
)
def test_an_unchanged_build_writes_nothing_the_first_time_too(steps: dict[str, Step], before: str, after: str) -> None:
    assert steps[after].written_since(steps[before]) == set()


@pytest.mark.parametrize(
    ("before", "after"), [("unchanged again", "edited"), ("edited", "undone"), ("undone", "added")]
)
def test_a_build_writes_no_page_with_the_bytes_that_it_has(steps: dict[str, Step], before: str, after: str) -> None:
    written = {name for name in steps[after].written_since(steps[before]) if name.endswith(".html")}
    old, new = steps[before].contents(), steps[after].contents()
    changed = {name for name in new if name.endswith(".html") and old.get(name) != new[name]}
    assert changed <= written <= changed | STAMPED


def test_edits_that_are_undone_leave_the_same_bytes(steps: dict[str, Step]) -> None:
    before = steps["unchanged again"].contents()
    assert steps["edited"].contents() != before
    assert steps["undone"].contents() == before


def test_a_new_paper_is_on_the_site(steps: dict[str, Step]) -> None:
    written = steps["added"].written_since(steps["undone"])
    assert "_build/html/book/papers/madeup2031invented.html" in written
