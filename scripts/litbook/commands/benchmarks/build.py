"""Measure whole builds of a review, and of the same papers in two books without litbook.

An ordinary book has every paper in its table of contents. A lean one marks paper pages as orphans, which spares it the
table on every page: what somebody who knows Jupyter Book would do. All books go through the same builds, in the same
order, with the execution of notebooks switched off. Nothing passes or fails here: goals are printed beside the figures.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import click
import yaml

from litbook.commands.benchmarks.budgets import goal_of
from litbook.commands.benchmarks.edits import (
    TITLE,
    Undo,
    edit_abstract,
    edit_chapter,
    edit_page,
    edit_title,
    find_stale_pages,
    find_title_to_edit,
)
from litbook.commands.benchmarks.runs import Run, build, compile_code, html_of, list_files, step
from litbook.commands.benchmarks.synthetic import make_plain_book, make_review
from litbook.commands.benchmarks.table import Figure
from litbook.commands.benchmarks.visits import measure_fonts, measure_visits
from litbook.core.project import Project
from litbook.pipeline import make_corpus

# Above this number of papers, an ordinary book takes ten minutes or more.
MOST_ORDINARY = 248
COLD, UNCHANGED, UNCHANGED_AGAIN = "cold build", "unchanged", "unchanged again"
ABSTRACT, ABSTRACT_UNDONE, CHAPTER = "edited abstract", "edited abstract undone", "edited chapter"
CHAPTER_UNDONE = "edited chapter undone"
STEPS = (COLD, UNCHANGED, UNCHANGED_AGAIN, ABSTRACT, ABSTRACT_UNDONE, CHAPTER, CHAPTER_UNDONE)
_OURS, _ORDINARY, _LEAN = "ours", "ordinary", "lean"
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: `ordinary` is None for a book of few papers only; `runs` is the number of times."""

    ordinary: bool | None = None
    lean: bool = True
    notebooks: bool = True
    runs: int = 3


@dataclass(frozen=True, slots=True)
class _Book:
    """A book to build: its edits, and what a cold build finds gone."""

    kind: str
    project: Project
    edit_abstract: Callable[[Project], Undo]
    made: tuple[str, ...] = ("_build",)


@dataclass(frozen=True, slots=True)
class _Course:
    """All builds of one book, by step; `differing` names files that an undone edit left with other bytes."""

    runs: Mapping[str, Run]
    differing: tuple[str, ...]


def measure(project: Project, sizes: Sequence[int], wanted: Wanted, folder: Path) -> list[Figure]:
    """Measure builds of the review at each size, in fresh subfolders of `folder`."""
    return [figure for papers in sizes for figure in _measure_size(project, papers, wanted, folder / str(papers))]


def _measure_size(project: Project, papers: int, wanted: Wanted, place: Path) -> Iterator[Figure]:
    shutil.rmtree(place, ignore_errors=True)
    with step(f"{papers} papers: make the review"):
        review = make_review(project, papers, place / _OURS)
        _switch_off_notebooks(review)
        compile_code(review.root / "scripts")
    courses: dict[str, list[_Course]] = {}
    for _ in range(wanted.runs):  # by turns, so that a machine's load falls on all alike
        courses.setdefault(_OURS, []).append(_follow_course(papers, _ours(review), review))
        if wanted.lean:
            lean = _plain(_LEAN, review, place / _LEAN)
            courses.setdefault(_LEAN, []).append(_follow_course(papers, lean, review))
    if wanted.ordinary or (wanted.ordinary is None and papers <= MOST_ORDINARY):
        ordinary = _plain(_ORDINARY, review, place / _ORDINARY)
        courses[_ORDINARY] = [_follow_course(papers, ordinary, review)]
    yield from _compare(papers, courses)
    yield from _compare_pages(papers, {kind: place / kind for kind in courses}, review)
    yield from _measure_visits(papers, review)
    yield from _find_stale(papers, review)
    if wanted.notebooks:
        yield from _measure_notebooks(papers, project, place / "notebooks")


def _switch_off_notebooks(review: Project) -> None:
    config = review.root / "_config.yml"
    settings = yaml.safe_load(config.read_text("utf-8"))
    settings["execute"] = {"execute_notebooks": "off"}
    config.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")


def _ours(review: Project) -> _Book:
    made = ("_build", review.cache.name, review.name(review.papers), review.name(review.data))
    return _Book(_OURS, review, edit_abstract, made)


def _plain(kind: str, review: Project, folder: Path) -> _Book:
    """Return a book without litbook, made from the pages that the review's builds have generated."""
    if not folder.is_dir():
        make_plain_book(review.root, folder, lean=kind == _LEAN)
    return _Book(kind, Project(folder), edit_page)


# --- The builds ---


def _follow_course(papers: int, book: _Book, review: Project) -> _Course:
    """Build a book from nothing, twice unchanged, and after each edit and its undoing."""
    root = book.project.root
    for made in book.made:
        shutil.rmtree(root / made, ignore_errors=True)
    runs: dict[str, Run] = {}

    def run(what: str) -> None:
        runs[what] = build(root, review.root / "scripts", f"{papers} papers: {book.kind}, {what}")

    for what in (COLD, UNCHANGED, UNCHANGED_AGAIN):
        run(what)
    before = _digest_files(root)
    undo = book.edit_abstract(book.project)
    run(ABSTRACT)
    undo()
    run(ABSTRACT_UNDONE)
    undo = edit_chapter(book.project)
    run(CHAPTER)
    undo()
    run(CHAPTER_UNDONE)
    after = _digest_files(root)
    return _Course(runs, tuple(sorted(name for name in before | after if before.get(name) != after.get(name))))


def _digest_files(book: Path) -> dict[str, str]:
    return {name: digest for name, (_, digest) in list_files(html_of(book)).items()}


# --- The figures ---


def _compare(papers: int, courses: Mapping[str, Sequence[_Course]]) -> Iterator[Figure]:
    def line(what: str, value: Callable[[_Course], float], goal: str = "", digits: int = 0) -> Figure:
        found = {kind: median(map(value, followed)) for kind, followed in courses.items()}
        return Figure(papers, what, found[_OURS], goal, found.get(_ORDINARY), found.get(_LEAN), digits)

    for what in STEPS:
        goal = goal_of(f"{what}, CPU s", papers)
        yield line(f"{what}, CPU s", lambda course, what=what: course.runs[what].cpu, goal, 1)  # type: ignore[misc]
    yield line("cold build, wall s", lambda course: course.runs[COLD].wall, digits=1)
    peak = goal_of("cold build, peak memory MB", papers)
    yield line("cold build, peak memory MB", lambda course: course.runs[COLD].memory / 1e6, peak)
    for what in STEPS[1:]:
        goal = goal_of("unchanged, files written", papers) if what in (UNCHANGED, UNCHANGED_AGAIN) else ""
        yield line(f"{what}, files written", lambda course, what=what: len(course.runs[what].written), goal)  # type: ignore[misc]
        if goal:
            _name_pages(f"files written by the {what} build", courses[_OURS][0].runs[what].written)
    _name_pages("files that an undone edit changed", courses[_OURS][0].differing)
    yield line(
        "edits undone, files that differ",
        lambda course: len(course.differing),
        goal_of("edits undone, files that differ", papers),
    )


def _compare_pages(papers: int, books: Mapping[str, Path], review: Project) -> Iterator[Figure]:
    keys = [paper.stem for paper in review.papers.glob("*.md")]
    sizes = {kind: _page_sizes(folder, keys) for kind, folder in books.items()}
    for what, value in (("mean", mean), ("most", max)):
        found = {kind: value(pages) for kind, pages in sizes.items()}
        goal = goal_of("paper page, kB of HTML", papers)
        ours = found[_OURS]
        yield Figure(papers, f"paper page, {what} kB of HTML", ours, goal, found.get(_ORDINARY), found.get(_LEAN), 1)


def _page_sizes(book: Path, keys: Sequence[str]) -> list[float]:
    """Return the sizes of the papers' pages in kB (1,000 bytes)."""
    pages = html_of(book) / "book" / "papers"
    return [(pages / f"{key}.html").stat().st_size / 1e3 for key in keys]


def _measure_visits(papers: int, review: Project) -> Iterator[Figure]:
    html = html_of(review.root)
    visits = measure_visits(html)
    page = max(visits, key=lambda kind: visits[kind])
    goal = goal_of("first visit, kB", page) or goal_of("first visit, kB", "any page")
    yield Figure(papers, f"first visit, most kB ({page})", visits[page], goal, digits=1)
    yield Figure(papers, "first visit to a paper, most kB", visits["book/papers"], digits=1)
    yield Figure(papers, "fonts, kB", measure_fonts(html), goal_of("first visit, kB", "fonts"), digits=1)


def _find_stale(papers: int, review: Project) -> Iterator[Figure]:
    """Change a title, build, and count the pages that do not show it."""
    paper = find_title_to_edit(review)
    if paper is None:
        return
    edit_title(review, paper)
    run = build(review.root, review.root / "scripts", f"{papers} papers: ours, edited title")
    stale = find_stale_pages(make_corpus(review)[0], html_of(review.root), paper, TITLE)
    _name_pages("stale pages", stale)
    yield Figure(papers, "edited title, CPU s", run.cpu, digits=1)
    yield Figure(papers, "edited title, stale pages", len(stale), "0")


def _measure_notebooks(papers: int, project: Project, folder: Path) -> Iterator[Figure]:
    """Measure what notebooks add: a first build that executes all, and an edit that changes what they draw."""
    review = make_review(project, papers, folder)
    compile_code(review.root / "scripts")
    for what, edit in (("first build", None), (ABSTRACT, edit_abstract)):
        if edit:
            edit(review)
        run = build(folder, folder / "scripts", f"{papers} papers: ours with notebooks, {what}")
        yield Figure(papers, f"{what} with notebooks, CPU s", run.cpu, digits=1)
        yield Figure(papers, f"{what} with notebooks, executed", run.executed)


def _name_pages(what: str, names: Sequence[str]) -> None:
    if names:
        click.echo(f"  {what}: {', '.join(names[:_MOST_NAMES])}{' …' if len(names) > _MOST_NAMES else ''}", err=True)
