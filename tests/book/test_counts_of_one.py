"""No page of a review with one paper, theme or author says "1 papers"; the paper is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from toybook import Built, Review

from litbook.__main__ import main
from litbook.text.nouns import count_noun

PAPER = """\
@article{sham2031dough,
  title = {How Dough Rises in One Night},
  author = {Sham, Kim},
  year = {2031},
  journal = {Journal of Invented Bread},
  abstract = {We watch one dough for one night. The dough rises by 40%. A warm room speeds it up.},
}
"""
# "1 papers", "1 suggested themes", "1 people". Other words that end in "s" may follow a number: "1 names a model".
NOUNS = (
    "abstracts authors benchmarks changes chapters citations claims columns concepts conflicts days duplicates entries "
    "files findings lists matches methods minutes models months notices numbers others pages papers people records "
    "references searches sentences sources statements tensions terms themes values venues words works years"
)
WRONG = re.compile(rf"(?<![\d.,:–-])1 (?:[a-z]+ )?(?:{NOUNS.replace(' ', '|')})\b")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a new review of one paper, notebooks executed."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "one.bib").write_text(PAPER, "utf-8")
    result = CliRunner().invoke(main, ["new", str(folder / "review"), "--from", str(folder / "one.bib")])
    assert "1 entry read: 1 paper in 1 suggested theme." in result.stdout
    review = Review(folder / "review")
    return Built(review, review.build())


def texts_of(site: Path) -> dict[str, str]:
    """Return the visible text of each page."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for part in soup.select("script, style"):
            part.decompose()
        described = " ".join(str(tag["content"]) for tag in soup.select('meta[name="description"][content]'))
        found[path.relative_to(site).as_posix()] = " ".join(f"{soup.get_text(' ')} {described}".split())
    return found


def test_no_page_of_a_review_with_one_paper_counts_it_in_the_plural(alone: Built) -> None:
    assert (alone.run.code, alone.run.warnings) == (0, [])
    texts = texts_of(alone.review.html)
    assert len(texts) > 15
    assert not {name: WRONG.findall(text) for name, text in texts.items() if WRONG.search(text)}


def test_no_page_of_the_toy_review_does(book: Built) -> None:
    texts = texts_of(book.review.html)
    assert not {name: WRONG.findall(text) for name, text in texts.items() if WRONG.search(text)}


def test_the_pattern_finds_what_it_is_for() -> None:
    assert all(WRONG.search(f"6 papers in 1 {noun}") for noun in ("themes", "entries", "people", "suggested themes"))
    assert not WRONG.search(f"in {count_noun(1, 'theme')}, of which 1 is new; 21 papers; 0.1 seconds; 2001 papers")
