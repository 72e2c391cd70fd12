"""The first real review: whole, placed, cited, and documented as it is."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from invented import PACKAGE, ROOT

from litbook.analyse.prose.counts import count
from litbook.core.project import Project
from litbook.enrich.merge import Enriched
from litbook.ingest.ledgers.themes import read_themes
from litbook.ingest.pages import make_page
from litbook.model.history import ReviewVersion
from litbook.model.review import KINDS, Corpus, Inputs
from litbook.pipeline import make_corpus
from litbook.write.generated import _render_ledger

REVIEW = Project(ROOT)
SLUGS = [theme.slug for part in read_themes(REVIEW)[0] for theme in part.themes]
COMMANDS = ("pip install -e . && jupyter-book build .", 'pip install -e ".[test]" && pytest')
SOURCE = "b3cf672979cd5345f317cd9cf45394fe978db3305faf6d7e48a80d74c9f62367"
PAGES = sorted(path for path in REVIEW.book.rglob("*.md") if path.parent not in {REVIEW.papers, REVIEW.data})


@pytest.fixture(scope="module")
def line() -> tuple[Corpus, Enriched, Inputs]:
    return make_corpus(REVIEW)


@pytest.fixture(scope="module")
def corpus(line: tuple[Corpus, Enriched, Inputs]) -> Corpus:
    return line[0]


@pytest.fixture(scope="module")
def inputs(line: tuple[Corpus, Enriched, Inputs]) -> Inputs:
    return line[2]


# -- the corpus -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_source_is_as_it_was_found_and_all_of_it_is_understood(inputs: Inputs) -> None:
    (reading,) = inputs.readings
    content = (REVIEW.sources / reading.source).read_bytes()
    assert hashlib.sha256(content).hexdigest() == SOURCE
    assert reading.text().encode("utf-8") == content
    assert [piece for piece in reading.unread if not piece.understood] == []


@pytest.mark.slow
def test_all_248_papers_are_there_with_what_was_looked_up(corpus: Corpus) -> None:
    assert len(corpus.papers) == 248
    assert [paper.citekey for paper in corpus.papers if not paper.facts] == []
    assert [paper.citekey for paper in corpus.papers if not (paper.title.plain and paper.abstract.plain)] == []
    assert len({paper.facts.line for paper in corpus.papers if paper.facts}) == 248


def test_the_committed_ledger_is_complete(line: tuple[Corpus, Enriched, Inputs]) -> None:
    _, enriched, inputs = line
    assert len(inputs.ledger) == 248
    assert enriched.ledger == inputs.ledger
    assert REVIEW.ledger.read_text("utf-8") == _render_ledger(enriched.ledger)
    assert not re.search(r"ledger|corpus", (ROOT / ".gitignore").read_text("utf-8"))


def test_citekeys_are_in_the_style_that_was_promised(corpus: Corpus) -> None:
    assert [paper.citekey for paper in corpus.papers if not re.fullmatch(r"[a-z]+\d{4}[a-z0-9]+", paper.citekey)] == []
    assert "hansen2023tdmpc2" in {paper.citekey for paper in corpus.papers}


def test_every_paper_has_a_decision_with_kind_reason_author_and_day(corpus: Corpus, inputs: Inputs) -> None:
    decisions = {decision.citekey: decision for decision in inputs.decisions}
    assert decisions.keys() == {paper.citekey for paper in corpus.papers}
    for decision in decisions.values():
        assert decision.theme in SLUGS
        assert decision.kind in KINDS
        assert len(decision.also) <= 2
        assert len(decision.reason.split()) >= 3, decision
        assert decision.by
        assert date.fromisoformat(decision.date)


def test_every_kind_and_every_theme_is_used(corpus: Corpus) -> None:
    assert {placement.theme for placement in corpus.placements.values()} == set(SLUGS)
    assert {placement.kind for placement in corpus.placements.values()} == set(KINDS)


def test_the_machine_agrees_with_four_decisions_of_five_and_says_why(corpus: Corpus) -> None:
    placements = corpus.placements.values()
    agreed = sum(placement.theme == placement.suggestion.theme for placement in placements)
    assert agreed >= 0.8 * len(placements)
    assert all(placement.suggestion.phrases and placement.suggestion.runner_up for placement in placements)
    assert all(0 <= placement.suggestion.margin <= 1 for placement in placements)


def test_most_papers_have_related_ones_and_each_has_a_reason(corpus: Corpus) -> None:
    """A paper that people linked to no other has none: of the pairs by words alone, most were judged unrelated."""
    assert sum(bool(corpus.related.get(paper.citekey)) for paper in corpus.papers) > 0.7 * len(corpus.papers)
    assert all(item.why or item.reason for row in corpus.related.values() for item in row)
    assert max(len(row) for row in corpus.related.values()) <= 8


def test_every_gist_and_every_piece_of_evidence_is_quoted_word_for_word(corpus: Corpus) -> None:
    assert corpus.gists.keys() == {paper.citekey for paper in corpus.papers}
    assert [key for key, gist in corpus.gists.items() if len(gist.shown) > 200] == []
    for paper in corpus.papers:
        for item in (corpus.gists[paper.citekey], *corpus.evidence[paper.citekey]):
            assert item.quote in paper.abstract.plain


# -- the chapters ---------------------------------------------------------------------------------------------------


def test_each_theme_has_its_chapter_and_no_chapter_is_without_theme() -> None:
    assert {path.stem for path in (REVIEW.book / "chapters").glob("*.md")} == set(SLUGS)
    assert len(SLUGS) == 14


def test_the_table_of_contents_has_the_themes_in_their_order() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    files = [item["file"] for part in toc["parts"] for item in part["chapters"]]
    assert [file.removeprefix("book/chapters/") for file in files if "/chapters/" in file] == SLUGS
    assert [file for file in [*files, toc["root"]] if not (ROOT / f"{file}.md").is_file()] == []
    parts = list(read_themes(REVIEW)[0])
    assert [part["caption"] for part in toc["parts"][: len(parts)]] == [part.title for part in parts]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_cites_two_thirds_of_its_theme(corpus: Corpus, slug: str) -> None:
    own = {key for key, placement in corpus.placements.items() if placement.theme == slug}
    cited = {key for key in own for place in corpus.citations.get(key, ()) if place.file == f"chapters/{slug}.md"}
    assert len(cited) * 3 >= len(own) * 2


@pytest.mark.parametrize("slug", SLUGS)
def test_a_chapter_has_350_words_of_prose_and_draws_its_papers(slug: str) -> None:
    text = (REVIEW.book / "chapters" / f"{slug}.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if not re.match(r"\s*(#|:::|```|:\w+:|%|\|)", line)]
    prose = re.sub(r"\{[\w:]+\}`[^`]*`", "", "\n".join(lines))
    assert len(re.findall(r"[A-Za-z][\w’'-]*", prose)) >= 350
    assert re.search(rf"^(:::|```)\{{papers\}} {slug}$", text, re.MULTILINE)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(REVIEW.book).as_posix())
def test_numbers_about_the_corpus_are_computed_and_never_typed(corpus: Corpus, path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\b248\b|\bfourteen\b", text)
    prose = re.sub(r"(```+)[^{`].*?\1|``.*?``", "", text, flags=re.DOTALL)
    for what in re.findall(r"\{count\}`([^`]*)`", prose):
        # The state is read when pages are written, after the corpus was made.
        assert count(replace(corpus, state=ReviewVersion("2031-05-03")), what) not in {"0", "unknown"}


# -- the documents --------------------------------------------------------------------------------------------------


def test_the_readme_gives_the_two_commands_word_for_word_near_its_top() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    first = lines.index(COMMANDS[0])
    assert first < 20
    assert lines[first + 1] == COMMANDS[1]


def test_continuous_integration_runs_the_two_commands_word_for_word() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in script if line in COMMANDS] == list(COMMANDS)
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))
    assert {"run": "bash .ci/run"} in workflow["jobs"]["check"]["steps"]


def test_every_test_that_guards_an_invariant_exists() -> None:
    design = (REVIEW.book / "about" / "design.md").read_text("utf-8")
    # By path: two rooms may have tests of one file name.
    sources = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")}
    rows = [line for line in design.splitlines() if line.startswith("|") and re.search(r"\btest_\w+", line)]
    assert len(rows) >= 10
    names = {name for row in rows for name in re.findall(r"\btest_\w+(?:\.py)?", row)}
    files = {name for name in names if name.endswith(".py")}
    functions = {name for text in sources.values() for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE)}
    assert files <= {path.name for path in sources}
    assert names - files <= functions


@pytest.mark.slow
def test_the_editing_guide_shows_every_role_and_directive_for_chapters() -> None:
    """What it shows live is drawn by the build and checked like any page; the rest is on the page that it names."""
    registered = (PACKAGE / "sphinxext/__init__.py").read_text("utf-8")
    names = set(re.findall(r'add_(?:directive|role)\("([\w-]+)"', registered)) - {"litbook-used"}
    text = (ROOT / "book/about/editing.md").read_text("utf-8")
    assert {name for name in names if f"`{name}`" not in text and f"{{{name}}}" not in text} == set()
    page = make_page(text, "about/editing.md")
    live = {role.name for role in page.roles} | {directive.name for directive in page.directives}
    assert {"cite", "claim", "count", "minutes", "acronym", "evidence-table", "tensions"} <= live
    others = [make_page(path.read_text("utf-8"), path.name) for path in (ROOT / "book").rglob("*.md")]
    drawn = {directive.name for other in others for directive in other.directives}
    assert names - live - drawn == set()
