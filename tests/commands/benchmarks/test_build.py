"""The synthetic reviews of the benchmark, and its table; no test measures time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from litbook.analyse.history.measured import read_measured
from litbook.commands.benchmarks.edits import SENTENCE, TITLE, edit_abstract, edit_chapter, edit_page, find_stale_pages
from litbook.commands.benchmarks.saved import describe_run, save_measured
from litbook.commands.benchmarks.synthetic import invent, make_plain_book, make_review
from litbook.commands.benchmarks.table import Figure, render_table, tabulate
from litbook.core.project import Project
from litbook.ingest import ingest
from litbook.model.review import Corpus, Paper
from litbook.pipeline import make_corpus, prepare
from litbook.text.citekey import normalise_title

REPOSITORY = Path(__file__).resolve().parents[3]
FEWER, MORE = 30, 300


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of this repository's review, so that tests do not write to it."""
    corpus, _, _ = make_corpus(Project(REPOSITORY))
    return make_review(Project(REPOSITORY), len(corpus.papers), tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def corpus(real: Project) -> Corpus:
    return make_corpus(real)[0]


@pytest.fixture(scope="module")
def fewer(real: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a review of fewer papers, which tests must not change."""
    return make_review(real, FEWER, tmp_path_factory.mktemp("fewer"))


@pytest.fixture(scope="module")
def more(real: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a review of more papers, which tests must not change."""
    return make_review(real, MORE, tmp_path_factory.mktemp("more"))


@pytest.fixture(scope="module")
def larger(more: Project) -> Corpus:
    return make_corpus(more)[0]


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".litbook" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def inputs_of(folder: Path) -> dict[str, bytes]:
    """Return what a review was made of, without what reading it has written since."""
    made = ("book/papers/", "book/data/", "book/corpus/ledger.jsonl")
    return {name: content for name, content in files_of(folder).items() if not name.startswith(made)}


@pytest.mark.slow
def test_the_real_number_of_papers_leaves_the_inputs_unchanged(real: Project) -> None:
    ours, theirs = files_of(real.corpus), files_of(Project(REPOSITORY).corpus)
    assert ours == theirs
    assert not real.papers.exists()
    assert not real.data.exists()


@pytest.mark.slow
@pytest.mark.parametrize("papers", [1, FEWER, MORE])
def test_a_review_has_the_requested_number_of_papers(
    real: Project, tmp_path: Path, papers: int, request: pytest.FixtureRequest
) -> None:
    if papers == MORE:
        review = request.getfixturevalue("larger")
    else:
        review, _, _ = make_corpus(make_review(real, papers, tmp_path / "review"))
    assert len(review.papers) == papers
    assert len({normalise_title(paper.title.plain) for paper in review.papers}) == papers


@pytest.mark.slow
def test_a_smaller_review_keeps_the_first_papers_and_their_citations(fewer: Project, corpus: Corpus) -> None:
    review, _, _ = make_corpus(fewer)
    keys = [paper.citekey for paper in corpus.papers[:FEWER]]
    assert [paper.citekey for paper in review.papers] == keys
    assert set(review.citations) == set(corpus.citations) & set(keys)


@pytest.mark.slow
def test_a_larger_review_adds_complete_papers_to_the_real_ones(corpus: Corpus, larger: Corpus) -> None:
    known = {paper.citekey: paper for paper in corpus.papers}
    by_key = {paper.citekey: paper for paper in larger.papers}
    assert all(by_key[key] == paper for key, paper in known.items())
    added = [paper for paper in larger.papers if paper.citekey not in known]
    assert len(added) == MORE - len(known)
    assert all(paper.abstract.plain and paper.authors and paper.year for paper in added)
    donors = corpus.papers[: len(added)]
    wanted = sorted(corpus.placements[paper.citekey].theme for paper in donors if is_decided(corpus, paper))
    found = sorted(larger.placements[paper.citekey].theme for paper in added if is_decided(larger, paper))
    assert found == wanted


def is_decided(corpus: Corpus, paper: Paper) -> bool:
    return corpus.placements[paper.citekey].decided


@pytest.mark.slow
def test_every_line_of_an_invented_source_is_understood(more: Project) -> None:
    inputs = ingest(more)
    assert not inputs.faults
    assert [piece for reading in inputs.readings for piece in reading.unread if not piece.understood] == []


@pytest.mark.slow
@pytest.mark.parametrize("papers", [FEWER, MORE])
def test_reviews_are_reproducible(real: Project, fewer: Project, more: Project, tmp_path: Path, papers: int) -> None:
    one = fewer if papers == FEWER else more
    other = make_review(real, papers, tmp_path / "other")
    assert inputs_of(one.root) == inputs_of(other.root)


@pytest.mark.slow
def test_invented_titles_are_unique_in_large_numbers(corpus: Corpus) -> None:
    titles = [normalise_title(paper.title) for paper in invent(corpus, 3000)]
    assert len({*titles, *(normalise_title(paper.title.plain) for paper in corpus.papers)}) == 3000 + len(corpus.papers)


@pytest.mark.slow
def test_the_ordinary_book_lists_every_paper_under_its_theme(real: Project, tmp_path: Path) -> None:
    review = make_review(real, FEWER, tmp_path / "review")
    placements = prepare(review).corpus.placements
    make_plain_book(review.root, tmp_path / "ordinary", lean=False)
    toc = yaml.safe_load((tmp_path / "ordinary" / "_toc.yml").read_text("utf-8"))
    chapters = [chapter for part in toc["parts"] for chapter in part["chapters"]]
    listed = {
        section["file"].removeprefix("book/papers/"): chapter["file"].removeprefix("book/chapters/")
        for chapter in chapters
        for section in chapter.get("sections", [])
    }
    assert listed == {key: placement.theme for key, placement in placements.items()}


@pytest.mark.slow
def test_the_ordinary_book_uses_nothing_of_litbook(real: Project, tmp_path: Path) -> None:
    review = make_review(real, FEWER, tmp_path / "review")
    prepare(review)
    make_plain_book(review.root, tmp_path / "ordinary", lean=False)
    config = (tmp_path / "ordinary" / "_config.yml").read_text("utf-8")
    assert "litbook.sphinxext" not in config
    for path in (tmp_path / "ordinary" / "book").rglob("*.md"):
        text = path.read_text("utf-8")
        for ours in (
            "papers",
            "themes",
            "search-box",
            "evidence-table",
            "tensions",
            "reading-path",
            "acronyms",
            "flow",
        ):
            assert f"\n:::{{{ours}}}" not in text, f"{ours} in {path.name}"
        for ours in ("{count}`", "{claim}`", "{litbook-used}`", "{acronym}`"):
            assert ours not in text, f"{ours} in {path.name}"


@pytest.mark.slow
def test_pages_with_the_old_title_or_without_the_new_one_are_stale(corpus: Corpus, tmp_path: Path) -> None:
    paper = corpus.papers[0]
    theme = corpus.placements[paper.citekey].theme
    pages = {
        f"book/papers/{paper.citekey}.html": f"<h1>{TITLE}</h1>",
        f"book/chapters/{theme}.html": "<li>neither</li>",
        "search.html": f"<li>{paper.title.plain}</li>",
        "index.html": "<p>nothing of it</p>",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert find_stale_pages(corpus, tmp_path, paper, TITLE) == [f"book/chapters/{theme}.html", "search.html"]


@pytest.mark.slow
def test_the_lean_book_lists_no_paper_and_marks_each_as_an_orphan(real: Project, tmp_path: Path) -> None:
    review = make_review(real, FEWER, tmp_path / "review")
    keys = {paper.citekey for paper in prepare(review).corpus.papers}
    make_plain_book(review.root, tmp_path / "lean", lean=True)
    assert "book/papers/" not in (tmp_path / "lean" / "_toc.yml").read_text("utf-8")
    pages = {path.stem: path.read_text("utf-8") for path in (tmp_path / "lean" / "book" / "papers").glob("*.md")}
    assert pages.keys() == keys
    assert all(text.startswith("---\norphan: true\n---\n") for text in pages.values())


@pytest.mark.slow
def test_an_edit_changes_one_file_and_can_be_undone(real: Project, tmp_path: Path) -> None:
    review = make_review(real, FEWER, tmp_path / "review")
    prepare(review)
    for edit in (edit_abstract, edit_page, edit_chapter):
        before = files_of(review.root)
        undo = edit(review)
        changed = [name for name, content in files_of(review.root).items() if before.get(name) != content]
        assert len(changed) == 1, edit.__name__
        assert SENTENCE in (review.root / changed[0]).read_text("utf-8")
        undo()
        assert files_of(review.root) == before, edit.__name__


def test_the_table_shows_ratios_only_to_books_that_were_built() -> None:
    table = render_table([Figure(248, "seconds", 4.5, "under 5", 45.0, 9.0, 1), Figure(248, "files", 0, lean=3)])
    assert [line.split() for line in table.splitlines()] == [
        ["papers", "figure", "ordinary", "lean", "ours", "ours/ordinary", "ours/lean", "goal"],
        ["248", "seconds", "45.0", "9.0", "4.5", "0.100", "0.500", "under", "5"],
        ["248", "files", "3", "0", "0.000"],
    ]


def test_saved_figures_say_which_command_measured_them_and_when(tmp_path: Path) -> None:
    figures = [Figure(248, "seconds", 4.5, lean=9.0, digits=1), Figure(248, "files", 0)]
    about = describe_run("builds", "test_nothing")
    save_measured(tmp_path / "tests/bench-figures.json", about, {"papers": "248"}, {"builds": tabulate(figures)})
    measured = read_measured(Project(tmp_path))["bench"]
    assert measured.command.startswith("litbook")
    assert (measured.what, measured.repeated, measured.values) == ("builds", "test_nothing", {"papers": "248"})
    assert date.fromisoformat(measured.date)
    assert measured.tables["builds"].rows == (("248", "seconds", "", "9.0", "4.5"),)  # the other was compared with none
