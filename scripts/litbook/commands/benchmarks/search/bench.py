"""Measure the search in Chromium: what it finds, how much it loads, and how long a reader waits.

Needs Playwright (`pip install -e ".[test]"`) and a Chromium on this machine.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click
import yaml

from litbook.commands.benchmarks import SEARCH_SIZES
from litbook.commands.benchmarks.saved import describe_run
from litbook.commands.benchmarks.search.bare_page import write_bare_site
from litbook.commands.benchmarks.search.phone import measure_phone
from litbook.commands.benchmarks.search.questions import Trial, make_trials
from litbook.commands.benchmarks.synthetic import invent
from litbook.model.review import Corpus, Paper, Text
from litbook.site.search.figures import (
    FILE,
    Figures,
    Quality,
    Speed,
    read_figures,
    render_engines,
    render_figures,
    render_quality,
    render_speed,
)
from litbook.site.search.index.learned import learn
from litbook.site.search.index.parts import order_papers, render_index
from litbook.site.search.index.postings import make_postings
from litbook.site.search.index.sections import read_all
from litbook.site.search.index.site_pages import NO_NOTES, Notes, read_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
)
_PAGES = ("book/*.html", "book/chapters/*.html", "book/analysis/*.html", "book/about/*.html")
_ENGINES = ("minisearch", "flexsearch", "@orama/orama")
_PATIENCE = 120_000  # milliseconds
_TYPED = 10  # questions typed letter by letter
_SHIFTED = 5  # questions whose results are watched for layout shifts
_COLD = 20  # questions that are each asked on a page that has loaded nothing yet

ASK = """async (questions) => {
  const store = new litbookStore.Store(litbookResults.makeLoader("./"), "");
  await store.open();
  const answers = [];
  for (const question of questions) {
    const found = await litbookSearch.search(store, question);
    await store.needPapers(found.hits.slice(0, 10).map((hit) => hit.paper));
    answers.push([found.hits.slice(0, 10).map((hit) => store.papers[hit.paper].citekey), found.close]);
  }
  return answers;
}"""
_TYPE = """async (questions) => {
  const input = document.querySelector("input[name=q]");
  const status = document.querySelector("[role=status]");
  const answered = () => new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (/^Loading/.test(status.textContent)) return;
      watch.disconnect();
      document.body.getBoundingClientRect();
      resolve(performance.now());
    });
    watch.observe(status, { childList: true });
  });
  const times = [];
  for (const question of questions) {
    for (let at = 1; at <= question.length; at++) {
      const done = answered();
      const start = performance.now();
      input.value = question.slice(0, at);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      times.push(await done - start);
    }
  }
  return times;
}"""


# The page reports a shift after it has drawn; half a second later none is outstanding.
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  const watch = (list) => { for (const one of list.getEntries()) sum += one.value; };
  new PerformanceObserver(watch).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 500);
})"""


class MissingError(RuntimeError):
    """Something needed for measuring is missing; the message says what to install or run."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: sizes, whether quality too, and a node_modules folder with other engines.

    `keep` writes the figures to the file that the search page of the review is drawn from.
    """

    papers: Sequence[int] = SEARCH_SIZES
    quality: bool = True
    engines: Path | None = None
    keep: bool = False


def run_search_bench(corpus: Corpus, root: Path, wanted: Wanted) -> None:
    """Measure, print tables, and save the figures if `wanted.keep`; figures not measured keep their values."""
    pages = read_pages(root / "_build/html")
    notes = read_notes(root, pages)
    written = root / "tests" if (root / "tests/search-dev.json").is_file() else None
    before = read_figures(root)
    with open_browser() as browser:
        found = measure_quality(corpus, pages, written, browser, _echo) if wanted.quality else before.quality
        speed = [measure_speed(corpus, (pages, notes), number, browser, _echo) for number in wanted.papers]
    others = measure_engines(corpus, pages, written, wanted.engines) if wanted.engines else before.engines
    click.echo(render_quality(found))
    click.echo(render_speed(speed))
    click.echo(render_engines(others, found))
    if wanted.keep:
        about = describe_run("the search", "test_no_figure_is_worse_than_the_committed_one")
        (root / FILE).write_text(render_figures(Figures(len(corpus.papers), found, speed, others), about), "utf-8")


def _echo(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def open_browser(*more: str) -> Iterator[Browser]:
    """Start Chromium, with `more` arguments; raise `MissingError` if it or Playwright is missing."""
    executable = next(filter(None, map(shutil.which, _BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this command needs it
    except ImportError as error:
        raise MissingError('Playwright is missing: pip install -e ".[test]"') from error
    if executable is None:
        raise MissingError(f"Chromium is missing: none of {', '.join(_BROWSERS)} is on the PATH")
    with sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=executable, args=[*_ARGUMENTS, *more])
        yield browser
        browser.close()


def read_pages(html: Path) -> dict[str, str]:
    """Return the pages that the index reads, by address, from a built site; raise `MissingError` if there is none."""
    found = {
        path.relative_to(html).as_posix(): path.read_text("utf-8")
        for name in _PAGES
        for path in sorted(html.glob(name))
    }
    if not any(address.startswith("book/chapters/") for address in found):
        raise MissingError(f"no chapters in {html}: run 'jupyter-book build .' first")
    return found


def read_notes(root: Path, pages: Iterable[str]) -> Notes:
    """Return what the front matter of pages says of themselves, as a build takes it, by their addresses."""
    sources = {address: (root / address).with_suffix(".md") for address in pages}
    found = {address: path.read_text("utf-8") for address, path in sources.items() if path.is_file()}
    given = {address: yaml.safe_load(text.split("---\n")[1]) for address, text in found.items() if text[:4] == "---\n"}
    return Notes(pages={address: read_page(metadata, "") for address, metadata in given.items()})


# --- What it finds ---


def measure_quality(
    corpus: Corpus, pages: Mapping[str, str], written: Path | None, browser: Browser, tell: Callable[[str], None]
) -> list[Quality]:
    """Ask the page's own engine all questions; trials with equal collections share an index."""
    figures: list[Quality] = []
    asked: tuple[Corpus, bool] | None = None
    with tempfile.TemporaryDirectory(prefix="litbook-search-") as folder:
        page, site = browser.new_page(), Path(folder) / "0"
        for number, trial in enumerate(make_trials(corpus, pages, written)):
            if asked is None or trial.corpus is not asked[0] or trial.with_chapters != asked[1]:
                site = Path(folder) / str(number)
                write_bare_site(site, render_parts(trial.corpus, pages if trial.with_chapters else {}))
            asked = (trial.corpus, trial.with_chapters)
            page.goto((site / "search.html").as_uri())
            figures.append(_judge(trial, page.evaluate(ASK, [question.text for question in trial.questions])))
            tell(f"{trial.name}: {figures[-1].first:.3f}")
        page.close()
    return figures


def render_parts(corpus: Corpus, pages: Mapping[str, str], notes: Notes = NO_NOTES) -> dict[str, str]:
    """Return the parts of an index, as a build makes it."""
    ordered = order_papers(corpus)
    postings = make_postings(ordered.papers)
    return render_index(ordered, read_all(pages), postings, learn(postings), notes)


def _judge(trial: Trial, answers: Sequence[tuple[list[str], bool]]) -> Quality:
    first = recall = far = 0.0
    failed = []
    for question, (keys, close) in zip(trial.questions, answers, strict=True):
        right = not close if not question.relevant else not set(question.relevant).isdisjoint(keys[:5])
        if not right:
            failed.append(question.text)
        first += right
        far += not close
        recall += len(set(question.relevant) & set(keys)) / len(question.relevant) if question.relevant else 0
    count = max(1, len(trial.questions))
    return Quality(trial.name, count, first / count, recall / count, far / count, tuple(failed))


# --- What it loads and how long it takes ---


def measure_speed(
    corpus: Corpus, site: tuple[Mapping[str, str], Notes], papers: int, browser: Browser, tell: Callable[[str], None]
) -> Speed:
    """Measure the page with `papers` papers: each question on a fresh page, and typed letter by letter.

    `site` is the HTML of the pages that the index reads, and what they say of themselves.
    """
    tell(f"{papers} papers: index, then {_COLD} questions, then {_TYPED} typed letter by letter")
    grown = grow(corpus, papers)
    parts = render_parts(grown, *site)
    sizes = {name: len(gzip.compress(text.encode("utf-8"), 6)) for name, text in parts.items()}
    questions = [paper.title.plain for paper in grown.papers[:: max(1, papers // _COLD)]][:_COLD]
    with tempfile.TemporaryDirectory(prefix="litbook-search-") as folder:
        address = write_bare_site(Path(folder) / "site", parts).as_uri()
        cold = [_ask_cold(browser, address, question, sizes) for question in questions]
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(address)
        page.focus("input[name=q]")
        page.evaluate(_TYPE, ["learning"])
        page.wait_for_timeout(1500)  # for the parts of the index that are loaded ahead
        typed = sorted(page.evaluate(_TYPE, questions[:_TYPED]))
        page.close()
        shift = max(measure_shift(browser, address, question) for question in questions[:_SHIFTED])
        with ThreadPoolExecutor(1) as beside:  # Playwright starts a second browser only in a thread of its own
            phone = beside.submit(measure_phone, open_browser, Path(folder) / "site", sizes, questions).result()
    return Speed(
        papers=papers,
        index=sum(sizes.values()),
        files=len(sizes),
        question_most=max(bytes_ for bytes_, _ in cold),
        cold_95=quantiles([time for _, time in cold], n=20)[-1],
        typed_50=typed[len(typed) // 2],
        typed_95=typed[int(len(typed) * 0.95)],
        shift=shift,
        phone=phone,
    )


def measure_shift(browser: Browser, address: str, question: str) -> float:
    """Open the results of a question on a phone's screen; return the sum of layout shifts."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(_PATIENCE)
    page.goto(f"{address}?q={quote(question)}")
    page.wait_for_selector("[data-answered]")
    shift = float(page.evaluate(SHIFT))
    page.close()
    return shift


def _ask_cold(browser: Browser, address: str, question: str, sizes: Mapping[str, int]) -> tuple[int, float]:
    """Ask one question in a new browser context; return bytes loaded and milliseconds until results appeared."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url.partition("?")[0]))
    page.goto(address)
    time = _paste(page, question)
    context.close()
    return sum(sizes.get(Path(url).stem, 0) for url in loaded if "/search-index/" in url), time


def _paste(page: Page, question: str) -> float:
    """Enter a whole question at once, without focus, which would load more of the index ahead."""
    one = _TYPE.replace("for (let at = 1;", "for (let at = question.length;")
    return float(page.evaluate(one, [question])[0])


def grow(corpus: Corpus, papers: int) -> Corpus:
    """Return the collection with `papers` papers: its first ones, or all of them plus invented ones."""
    if papers <= len(corpus.papers):
        return replace(corpus, papers=corpus.papers[:papers])
    added = list(invent(corpus, papers - len(corpus.papers)))
    made = [_make_paper(number, paper.title, paper.abstract, paper.facts) for number, paper in enumerate(added)]
    donors = {paper.citekey: corpus.placements[one.donor] for paper, one in zip(made, added, strict=True)}
    return replace(corpus, papers=(*corpus.papers, *made), placements={**corpus.placements, **donors})


def _make_paper(number: int, title: str, abstract: str, facts: Mapping[str, Any]) -> Paper:
    authors, venue = tuple(facts.get("authors", ())), facts.get("venue")
    return Paper(f"zz{number:05}", (), Text(title), Text(abstract), authors, facts.get("year"), venue=venue)


# --- What others find ---


def measure_engines(corpus: Corpus, pages: Mapping[str, str], written: Path | None, packages: Path) -> list[Any]:
    """Ask other search libraries the same questions, in Node; `packages` is a node_modules folder."""
    node = shutil.which("node")
    if node is None:
        raise MissingError("Node is missing: the other engines run in it")
    for name in _ENGINES:
        if not (packages / name).is_dir():
            raise MissingError(f"no {name} in {packages}: npm install {' '.join(_ENGINES)}")
    trials = [_describe_trial(trial) for trial in make_trials(corpus, pages, written) if trial.questions[0].relevant]
    with tempfile.TemporaryDirectory(prefix="litbook-search-") as folder:
        file = Path(folder) / "trials.json"
        file.write_text(json.dumps(trials), "utf-8")
        script = Path(__file__).with_name("engines.cjs")
        done = subprocess.run(
            [node, str(script), str(packages), str(file)], stdout=subprocess.PIPE, text=True, check=True
        )
    rows: list[Any] = json.loads(done.stdout)
    return rows


def _describe_trial(trial: Trial) -> dict[str, object]:
    papers = [
        {
            "key": paper.citekey,
            "title": paper.title.plain,
            "abstract": paper.abstract.plain,
            "authors": " ".join(paper.authors),
        }
        for paper in trial.corpus.papers
    ]
    questions = [{"text": one.text, "relevant": one.relevant} for one in trial.questions if one.relevant]
    return {"name": trial.name, "papers": papers, "questions": questions}
