"""Measure whole builds of a review, and of the same papers as an ordinary Jupyter Book.

Each build runs in a process of its own, whose resource usage is read when it has ended. Needs `os.wait4`, which Windows
does not have. Nothing passes or fails here: goals are printed beside the figures.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import mean

import click
import yaml

from litbook.commands.benchmarks.synthetic import make_ordinary, make_review
from litbook.core.project import Project
from litbook.core.urls import chapter_address, page_address
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, Inputs, Paper, Record
from litbook.pipeline import make_corpus

SENTENCE = "This sentence was added by the benchmark."
TITLE = "A Title That the Benchmark Has Edited"
# Goal for a cold build's CPU seconds as a share of the ordinary book's, by number of papers.
_CPU_SHARE = {248: "ratio at most 0.20", 1000: "ratio at most 0.04"}
_REBUILD_SIZE = 248
_MOST_NAMES = 20
# A small process starts the build and waits for it: a new process inherits the peak memory of the one that starts it.
_WATCH = """
import json, os, subprocess, sys, time
start = time.monotonic()
child = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(child.pid, 0)
peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
result = [time.monotonic() - start, used.ru_utime + used.ru_stime, peak, os.waitstatus_to_exitcode(status)]
open(sys.argv[1], "w").write(json.dumps(result))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one build used: wall and CPU time in seconds, peak memory in bytes, and its output."""

    wall: float
    cpu: float
    memory: int
    log: str

    @property
    def executed(self) -> int:
        """Return the number of notebooks that were executed."""
        return self.log.count("Executing notebook using")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; without a figure for the ordinary book there is no ratio."""

    papers: int
    what: str
    ours: float
    goal: str = ""
    ordinary: float | None = None
    digits: int = 0


def measure(project: Project, sizes: Sequence[int], with_ordinary: bool, folder: Path) -> list[Figure]:
    """Measure builds of the review at each size, in fresh subfolders of `folder`."""
    figures: list[Figure] = []
    for papers in sizes:
        place = folder / str(papers)
        shutil.rmtree(place, ignore_errors=True)
        with _step(f"{papers} papers: make the review"):
            review = make_review(project, papers, place / "ours")
        ours, ordinary = _build_cold(review, place / "ordinary" if with_ordinary else None, papers)
        figures += _compare(papers, review, ours, place / "ordinary" if ordinary else None, ordinary)
        figures += _rebuild(papers, review)
    return figures


def _build_cold(review: Project, ordinary: Path | None, papers: int) -> tuple[Run, Run | None]:
    """Build both books with nothing cached but notebook results, which a first build provides.

    The ordinary book takes minutes, over which a machine's load evens out. Ours is built once before it and twice after
    it, and the run with the median CPU time counts.
    """
    build(review.root, review, f"{papers} papers: ours, first build with figures")
    ours = [_build_from_nothing(review, papers)]
    stock = _build_ordinary(review, ordinary, papers) if ordinary else None
    ours += [_build_from_nothing(review, papers) for _ in range(2)]
    return sorted(ours, key=lambda run: run.cpu)[1], stock


def _build_from_nothing(review: Project, papers: int) -> Run:
    for made in ("_build/html", "_build/.doctrees", ".litbook", "book/papers", "book/data"):
        shutil.rmtree(review.root / made, ignore_errors=True)
    return build(review.root, review, f"{papers} papers: ours, cold build")


def _build_ordinary(review: Project, ordinary: Path, papers: int) -> Run:
    make_ordinary(review.root, ordinary)
    # The cache finds results by the notebook's cells, which are the same: no second long build is needed.
    shutil.copytree(review.root / "_build" / ".jupyter_cache", ordinary / "_build" / ".jupyter_cache")
    return build(ordinary, review, f"{papers} papers: ordinary, cold build")


def build(folder: Path, review: Project, what: str) -> Run:
    """Run one `jupyter-book build` and return what it used; raise `click.ClickException` if it fails."""
    usage = folder.parent / "usage.json"
    paths = [str(review.root / "scripts"), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder)]
    with _step(what):
        result = subprocess.run(
            [sys.executable, "-c", _WATCH, str(usage), *command],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=True,
        )
    wall, cpu, memory, code = json.loads(usage.read_text("utf-8"))
    (folder.parent / f"{what.replace(': ', ' ').replace(' ', '-')}.log").write_text(result.stdout, "utf-8")
    if code:
        raise click.ClickException(f"{what}: exit code {code}\n{result.stdout[-3000:]}")
    return Run(wall, cpu, memory, result.stdout)


@contextmanager
def _step(what: str) -> Iterator[None]:
    click.echo(f"{what} … ", err=True, nl=False)
    start = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - start:.1f} s", err=True)


# --- Cold builds ---


def _compare(papers: int, review: Project, ours: Run, ordinary: Path | None, stock: Run | None) -> list[Figure]:
    keys = [paper.stem for paper in review.papers.glob("*.md")]
    pages = _page_sizes(review.root, keys)
    stock_pages = _page_sizes(ordinary, keys) if ordinary else None

    def pair(what: str, goal: str, digits: int, value: Callable[[Run], float]) -> Figure:
        return Figure(papers, what, value(ours), goal, value(stock) if stock else None, digits)

    def page_pair(what: str, value: Callable[[Sequence[float]], float]) -> Figure:
        return Figure(papers, what, value(pages), "at most 25", value(stock_pages) if stock_pages else None, 1)

    return [
        pair("cold build, CPU s", _CPU_SHARE.get(papers, ""), 1, lambda run: run.cpu),
        pair("cold build, wall s", "", 1, lambda run: run.wall),
        pair("cold build, peak memory MB", "ratio at most 1", 0, lambda run: run.memory / 1e6),
        pair("cold build, notebooks executed", "0", 0, lambda run: run.executed),
        page_pair("paper page, mean kB of HTML", mean),
        page_pair("paper page, most kB of HTML", max),
    ]


def _page_sizes(folder: Path, keys: Sequence[str]) -> list[float]:
    """Return the sizes of the papers' pages in kB (1,000 bytes)."""
    pages = folder / "_build" / "html" / "book" / "papers"
    return [(pages / f"{key}.html").stat().st_size / 1e3 for key in keys]


# --- Builds after a change ---


def _rebuild(papers: int, review: Project) -> list[Figure]:
    """Measure builds after no change, then after one change at a time, each on top of the previous ones.

    A changed abstract also changes what notebooks draw, and how long that takes depends on the notebooks. So each
    change is measured twice: with every notebook that must be executed again, and in a copy without notebooks.
    """
    html = review.root / "_build" / "html"
    before = _list_files(html)
    figures = _time(papers, "unchanged", 3.5, review)
    touched = sorted(name for name, state in _list_files(html).items() if before.get(name) != state)
    _name_pages("files written by the unchanged build", touched)
    figures.append(Figure(papers, "unchanged, files written", len(touched), "0"))
    bare = _copy_without_figures(papers, review)
    for what, edit in (("edited abstract", _edit_abstract), ("edited chapter", _edit_chapter)):
        figures += _time_twice(papers, what, edit, (review, bare))
    paper = _find_retitled(review)
    if paper is None:
        return figures
    figures += _time_twice(papers, "edited title", partial(_retitle, paper=paper), (review, bare))
    corpus, _, _ = make_corpus(review)
    stale = find_stale_pages(corpus, html, paper, TITLE)
    _name_pages("stale pages", stale)
    return [*figures, Figure(papers, "edited title, stale pages", len(stale), "0")]


def _copy_without_figures(papers: int, review: Project) -> Project:
    """Copy the review with the execution of notebooks switched off, and build it once."""
    bare = Project(review.root.with_name("ours-without-figures"))
    shutil.copytree(review.root, bare.root, symlinks=True)
    config = bare.root / "_config.yml"
    settings = yaml.safe_load(config.read_text("utf-8"))
    settings["execute"] = {"execute_notebooks": "off"}
    config.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    build(bare.root, bare, f"{papers} papers: ours, a copy without figures")
    return bare


def _time_twice(
    papers: int, what: str, edit: Callable[[Project], None], reviews: tuple[Project, Project]
) -> list[Figure]:
    """Make a change in a review and in its copy without notebooks, and measure the build of each."""
    review, bare = reviews
    edit(bare)
    figures = _time(papers, what, 4.5, bare)
    edit(review)
    run = build(review.root, review, f"{papers} papers: ours, {what}, with figures")
    return [
        *figures,
        Figure(papers, f"{what}, notebooks executed", run.executed),
        Figure(papers, f"{what}, CPU s with them", run.cpu, digits=1),
    ]


def _time(papers: int, what: str, bound: float, review: Project) -> list[Figure]:
    goal = f"under {bound}" if papers == _REBUILD_SIZE else ""
    took = build(review.root, review, f"{papers} papers: ours, {what}")
    return [
        Figure(papers, f"{what}, wall s", took.wall, goal, digits=1),
        Figure(papers, f"{what}, CPU s", took.cpu, goal, digits=1),
    ]


def _name_pages(what: str, names: Sequence[str]) -> None:
    if names:
        click.echo(f"  {what}: {', '.join(names[:_MOST_NAMES])}{' …' if len(names) > _MOST_NAMES else ''}", err=True)


def _list_files(folder: Path) -> dict[str, tuple[int, str]]:
    """Return modification time and digest of each file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _edit_abstract(review: Project) -> None:
    corpus, _, inputs = make_corpus(review)
    record = corpus.papers[len(corpus.papers) // 2].records[0]
    kept = record.raw.rstrip()
    _replace_record(review, inputs, record, f"{kept} {SENTENCE}{record.raw[len(kept) :]}")


def _replace_record(review: Project, inputs: Inputs, record: Record, raw: str) -> None:
    """Replace the text of a record in its source file."""
    reading = next(reading for reading in inputs.readings if reading.source == record.source)
    records = tuple(replace(item, raw=raw) if item == record else item for item in reading.records)
    text = replace(reading, records=records).text()
    (review.sources / record.source).write_bytes(text.encode("utf-8", "surrogateescape"))


def _edit_chapter(review: Project) -> None:
    chapter = min((review.book / "chapters").glob("*.md"))
    chapter.write_text(f"{chapter.read_text('utf-8').rstrip()}\n\n{SENTENCE}\n", "utf-8")


# --- Pages that are stale after a title has changed ---


def _find_retitled(review: Project) -> Paper | None:
    """Return the paper whose title to change: one that no hand-written row quotes."""
    corpus, _, inputs = make_corpus(review)
    quoted = {item.citekey for item in inputs.stated_corrections} | {item.citekey for item in inputs.corrections}
    choice = [paper for paper in corpus.papers[len(corpus.papers) // 3 :] if paper.citekey not in quoted]
    return next((paper for paper in choice if _can_be_retitled(paper)), None)


def _retitle(review: Project, paper: Paper) -> None:
    _, _, inputs = make_corpus(review)
    record = paper.records[0]
    _replace_record(review, inputs, record, record.raw.replace(record.title, TITLE, 1))


def _can_be_retitled(paper: Paper) -> bool:
    """Return whether a title can be searched for in the built site.

    It must look the same in HTML, in scripts and in the source, and be too long to occur there by chance.
    """
    title = paper.records[0].title
    return title == paper.title.plain and title in paper.records[0].raw and bool(re.fullmatch(r"[\w ,:-]{40,}", title))


def find_stale_pages(corpus: Corpus, html: Path, paper: Paper, title: str) -> list[str]:
    """Return the pages and index files that contain the old title, or that should contain `title` but do not."""
    bearers = _bearers(corpus, paper.citekey)
    stale = []
    for path in sorted(path for path in html.rglob("*") if path.suffix in (".html", ".js", ".inv")):
        name = path.relative_to(html).as_posix()
        text = path.read_text("utf-8", "replace")
        if paper.title.plain in text or (name in bearers and title not in text):
            stale.append(name)
    return stale


def _bearers(corpus: Corpus, citekey: str) -> set[str]:
    """Return the pages that show a paper's title: its own, its neighbours', its chapter, those recommending it."""
    placement = corpus.placements[citekey]
    row = [paper.citekey for paper in papers_of(corpus, placement.theme)]
    place = row.index(citekey)
    pages = {key for key, related in corpus.related.items() if citekey in {item.citekey for item in related}}
    pages |= {citekey, *row[max(0, place - 1) : place + 2]}
    return {page_address(key) for key in pages} | {chapter_address(placement.theme)}


# --- The table ---


def render_table(figures: Sequence[Figure]) -> str:
    """Return the figures as a plain-text table."""
    head = ("papers", "figure", "ordinary", "ours", "ratio", "goal")
    rows = [head, *(_render_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in (1, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _render_row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    ordinary = "" if figure.ordinary is None else f"{figure.ordinary:,.{figure.digits}f}"
    ratio = f"{figure.ours / figure.ordinary:.3f}" if figure.ordinary else ""
    ours = f"{figure.ours:,.{figure.digits}f}"
    return str(figure.papers), figure.what, ordinary, ours, ratio, figure.goal
