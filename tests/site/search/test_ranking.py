"""How well the search finds: known names, the committed figures, and that browser and build read words alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from searching import ROOT, Site

from litbook.commands.benchmarks.search.bench import ASK, measure_quality, read_pages
from litbook.core.project import Project
from litbook.pipeline import make_corpus
from litbook.site.search.figures import Quality, find_drops, read_figures
from litbook.site.search.index.terms import make_terms

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def engine(browser: Browser, site: Site) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(site.page)
    yield page
    page.close()


def ask(engine: Page, question: str) -> tuple[list[str], bool]:
    [[keys, close]] = engine.evaluate(ASK, [question])
    return keys, close


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("td-mpc2", "hansen2023"),
        ("TDMPC2", "hansen2023"),
        ("td mpc 2", "hansen2023"),
        ("Se^2", "liu2024se"),
        ("se2 example selection", "liu2024se"),
        ("Se² example selection", "liu2024se"),
        ("adacot", "lou2025adacot"),
        ("ada cot chain of thought", "lou2025adacot"),
        ("nicklas hansen", "hansen2023"),
        ("mixture of expert survey", "cai2024survey"),
        ("misture of exprts survey", "cai2024survey"),
    ],
)
def test_names_are_found_however_they_are_written(engine: Page, question: str, begins: str) -> None:
    keys, close = ask(engine, question)
    assert any(key.startswith(begins) for key in keys[:5])
    assert close


@pytest.mark.parametrize(
    "question", ["sourdough bread recipe", "mortgage interest rates", "football world cup winners"]
)
def test_what_is_not_held_is_not_close(engine: Page, question: str) -> None:
    assert not ask(engine, question)[1]


def test_the_browser_reads_words_as_the_build_does(engine: Page, site: Site) -> None:
    texts = [f"{paper.title.plain} {paper.abstract.plain} {' '.join(paper.authors)}" for paper in site.corpus.papers]
    texts += [
        "Se^2 Se² a^b^c don't O’Neil’s x--y İstanbul Straße ﬁne １２ ½ Ünïcode bias biases",
        "上下文 نموذج हिन्दी 🦄 _a_b __proto__ \ud800z",
    ]
    read = engine.evaluate(
        """async (texts) => {
          const store = new litbookStore.Store(litbookResults.makeLoader("./"), "");
          await store.open();
          return texts.map((text) => store.reader.read(text).filter((word) => !word.common).map((word) => word.term));
        }""",
        texts,
    )
    for text, terms in zip(texts, read, strict=True):
        assert sorted(terms) == sorted(make_terms(text))


def test_one_question_loads_a_part_of_a_large_index(browser: Browser, site: Site) -> None:
    """Only those parts are asked for that the question needs."""
    page = browser.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.partition("?")[0].rpartition("/")[2]))
    page.goto(site.page + "?q=Se%C2%B2")
    page.wait_for_selector("[data-papers] a")
    written = {path.name for path in (site.folder / "search-index").glob("*.js")}
    assert {"scores.js", "acronyms.js", "vectors.js", "said.js"} <= asked
    assert len(written - asked) > 5
    page.close()


def test_no_figure_is_worse_than_the_committed_one(browser: Browser) -> None:
    """Ask all questions of the built review; `litbook search-bench --keep` commits new figures."""
    corpus, *_ = make_corpus(Project(ROOT))
    committed = read_figures(ROOT).quality
    assert len(committed) == 15
    measured = measure_quality(corpus, read_pages(ROOT / "_build/html"), ROOT / "tests", browser, lambda _: None)
    assert find_drops(committed, measured) == []


FIGURE = Quality("titles", 10, 0.9, 0.8, 0.0, ())


@pytest.mark.parametrize(
    ("now", "drops"),
    [
        ([replace(FIGURE, first=0.881)], 0),
        ([replace(FIGURE, first=0.879)], 1),
        ([replace(FIGURE, recall=0.1)], 1),
        ([], 2),
        ([replace(FIGURE, first=1.0, recall=1.0)], 0),
    ],
)
def test_a_drop_of_more_than_two_points_is_reported(now: list[Quality], drops: int) -> None:
    assert len(find_drops([FIGURE], now)) == drops
