"""How papers and the review are cited: other programs read the references back, and no date comes from a clock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rispy
from hostile import BLOCKS, LINES
from invented import make_corpus_of, make_paper
from pybtex.database import parse_string
from screenedbook import AFTER, DECISIONS, commit_twice, git, make_screened
from toybook import Built, Review

from litbook.analyse.history.version import read_state
from litbook.core.project import Project
from litbook.model.history import ReviewVersion
from litbook.model.review import Corpus
from litbook.model.site import Site
from litbook.write.bibliography import cite_in_csl, cite_in_ris, cite_in_words, render_csl
from litbook.write.reference import Cited

PAPER = make_paper(
    "erfunden2031cranes",
    "Do cranes fly?",
    "We fold.",
    authors=("Ada von Erfunden", "Max O'Phantom"),
    year=2030,
    venue="Journal of Folds",
    venue_year=2031,
    links={"doi": "10.1234/folds", "arxiv": "3001.00001"},
)


def test_a_reference_in_words_names_what_is_known_on_one_line() -> None:
    assert cite_in_words(PAPER) == (
        "Ada von Erfunden, Max O'Phantom (2031). Do cranes fly? Journal of Folds. arXiv:3001.00001. "
        "https://doi.org/10.1234/folds"
    )
    assert cite_in_words(make_paper("crane", "Crane")) == "Crane."
    assert cite_in_words(make_paper("crane", "", year=2030)) == "(2030). crane."
    assert cite_in_words(make_paper("crane", "Crane", links={"arxiv": "3001.00001"})) == (
        "Crane. https://arxiv.org/abs/3001.00001"
    )


def test_the_forms_of_one_paper_leave_out_the_abstract_and_nothing_else() -> None:
    (ris,) = rispy.loads(cite_in_ris(PAPER))
    assert (ris["id"], ris["title"], ris["authors"]) == (
        "erfunden2031cranes", "Do cranes fly?", ["von Erfunden, Ada", "O'Phantom, Max"]
    )  # fmt: skip
    assert cite_in_ris(PAPER).startswith("TY  - JOUR\n")
    assert "abstract" not in ris
    (item,) = json.loads(cite_in_csl(PAPER))
    (whole,) = json.loads(render_csl([PAPER]))
    assert whole.pop("abstract") == "We fold."
    assert item == whole


@pytest.mark.parametrize("text", [*LINES, *BLOCKS])
def test_untrusted_text_leaves_every_form_whole(text: str) -> None:
    paper = make_paper("crane", text, authors=(text, "Ada Erfunden"), year=2030, venue=text)
    assert "\n" not in cite_in_words(paper)
    (item,) = json.loads(cite_in_csl(paper))
    (ris,) = rispy.loads(cite_in_ris(paper))
    assert item["id"] == ris["id"] == "crane"
    assert item["author"][-1]["family"] == "Erfunden"
    assert ris["authors"][-1] == "Erfunden, Ada"


def test_a_paper_s_page_has_every_form_without_a_script(book: Built) -> None:
    page = book.review.page("book/papers/pretend2020risecast.html")
    words, ris, csl = (block.get_text() for block in page.soup.select("#cite-this-paper details pre"))
    title = page.one('meta[name="citation_title"]')["content"]
    assert str(title) in words
    assert json.loads(csl)[0]["title"] == rispy.loads(ris)[0]["title"] == title


# --- The review itself ---


def test_the_review_is_cited_with_its_state() -> None:
    cited = Cited(
        Site("Folding & flying: a review", "The editors and friends"),
        ReviewVersion("2031-02-03", "0123456789", "commit"),
        1,
    )
    state = "State of 3 February 2031, 1 paper, commit 0123456789"
    assert cited.in_words() == f"The editors and friends (2031). Folding & flying: a review. {state}."
    entry = parse_string(cited.in_bibtex(), "bibtex").entries["folding-flying-a-review-2031"]
    assert dict(entry.fields) == {"title": r"{Folding \& flying: a review}", "year": "2031", "note": state}
    assert [str(person) for person in entry.persons["author"]] == ["{The editors and friends}"]


def test_what_is_not_known_of_the_review_is_left_out() -> None:
    cited = Cited(
        Site("Bread", "", "https://example.org/x/"), ReviewVersion("", "0123456789", "commit", changed=True), 1200
    )
    assert cited.in_words() == "Bread. 1,200 papers, commit 0123456789 with later changes. https://example.org/x/"
    assert dict(parse_string(cited.in_bibtex(), "bibtex").entries["bread"].fields) == {
        "title": "{Bread}", "note": "1,200 papers, commit 0123456789 with later changes",
        "url": "https://example.org/x/"
    }  # fmt: skip
    assert Cited(Site("面包", ""), ReviewVersion(), 0).key == "review"


def test_the_page_that_says_how_to_cite_is_one_step_from_every_page(book: Built) -> None:
    page = book.review.page("book/about/method.html")
    words, bibtex = (block.get_text() for block in page.soup.select("#litbook-cite pre"))
    assert "12 papers, collection " in words
    assert bibtex.startswith("@misc{in-context-and-implicit-")
    for name in ("book/papers/pretend2020risecast.html", "book/index.html", "search.html"):
        (link,) = (a for a in book.review.page(name).soup.select("footer a") if a.get_text() == "Cite this review")
        path, _, place = str(link["href"]).partition("#")
        assert ((book.review.html / name).parent / path).resolve() == (
            book.review.html / "book/about/method.html"
        ).resolve()
        assert place == "litbook-cite"


CORPUS = make_corpus_of([make_paper("crane", "Crane")])


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return make_screened(tmp_path)


def state_of(
    review: Review, corpus: Corpus = CORPUS, days: tuple[str, ...] = ("2030-01-02", "soon", "")
) -> ReviewVersion:
    return read_state(Project(review.root), corpus, days)


def test_without_commits_the_state_is_that_of_the_collection(review: Review) -> None:
    state = state_of(review)
    assert (state.date, state.what, state.changed) == ("2030-01-02", "collection", False)
    assert state_of(review).version == state.version
    other = make_corpus_of([make_paper("crane", "Crane", year=2031, published="2031-01-01")])
    assert state_of(review, other).version != state.version
    git(review.root, "init", "--quiet")
    assert state_of(review) == state


def test_with_commits_the_state_is_the_last_one_that_touched_the_review(review: Review) -> None:
    commit_twice(review)
    git(review.root, "add", "--all")
    git(review.root, "commit", "--quiet", "--message", "All", day=AFTER)
    name = git(review.root, "rev-parse", "HEAD").strip()
    assert state_of(review) == ReviewVersion(AFTER, name[:10], "commit", False)
    review.path("elsewhere.txt").write_text("no part of the review", "utf-8")
    (review.path("book/papers")).mkdir(exist_ok=True)
    review.path("book/papers/crane.md").write_text("made", "utf-8")
    git(review.root, "add", "elsewhere.txt")
    git(review.root, "commit", "--quiet", "--message", "Else", day="2026-03-04")
    assert state_of(review) == ReviewVersion(AFTER, name[:10], "commit", False)
    review.path(DECISIONS).write_bytes(review.path(DECISIONS).read_bytes() + b"\n")
    assert state_of(review) == ReviewVersion(AFTER, name[:10], "commit", True)


def test_the_date_of_a_reproducible_build_counts_first(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1930000000")
    assert state_of(review).date == "2031-02-27"
