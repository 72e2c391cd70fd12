"""Measure how long the preview takes from a save until its page is there, and until the build ends."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from litbook.commands.benchmarks.edits import Undo, edit_chapter, edit_decision, edit_note
from litbook.commands.benchmarks.runs import step
from litbook.commands.benchmarks.synthetic import make_review
from litbook.core.project import Project
from litbook.core.urls import page_address
from litbook.desk.builds import Builds, collect_garbage
from litbook.desk.messages import Message, PageWritten
from litbook.model.faults import CorpusError, Fault
from litbook.model.measured import Table
from litbook.pipeline import make_corpus

FIGURES = Path("tests/preview-figures.json")
_HEADS = ("Papers", "Saved", "Until its page is there", "Until the build has ended", "Saves")


@dataclass(frozen=True, slots=True)
class Save:
    """Seconds of the processor from a save to the page that shows it, and to the end of the build."""

    seen: float
    built: float


@dataclass(frozen=True, slots=True)
class Saves:
    """The saves of one kind of file in a review of so many papers."""

    papers: int
    what: str
    saves: tuple[Save, ...]

    @property
    def seen(self) -> float:
        return median(save.seen for save in self.saves)

    @property
    def built(self) -> float:
        return median(save.built for save in self.saves)


@dataclass(frozen=True, slots=True)
class _Edit:
    """What is saved, the page that shows it, and how."""

    what: str
    page: str
    make: Callable[[], Undo]


def measure_sizes(project: Project, sizes: Sequence[int], runs: int, folder: Path) -> list[Saves]:
    """Measure saves in the review, or in copies of it that are cut or filled up to each of the sizes."""
    if not sizes:
        return measure_saves(project, runs)
    return [
        saves for papers in sizes for saves in measure_saves(make_review(project, papers, folder / str(papers)), runs)
    ]


def measure_saves(project: Project, runs: int) -> list[Saves]:
    """Save a chapter, a decision and a note so many times; every second time takes back what the first did.

    The page that shows what was saved is the one that somebody looks at. Notebooks that read what was saved wait, as
    they do for a person who goes on writing. Raise `CorpusError` for faults.
    """
    papers, edits = _list_edits(project)
    written: list[tuple[str, float]] = []

    def receive(message: Message) -> None:
        if isinstance(message, PageWritten):
            written.append((message.page, time.process_time()))

    builds = Builds(project, receive)
    with chdir(project.root), redirect_stdout(io.StringIO()):
        with step(f"{papers} papers: a first build"):
            _build(builds)
        found = []
        for edit in edits:
            with step(f"{papers} papers: {edit.what}"):
                found.append(Saves(papers, edit.what, tuple(islice(_save_often(builds, edit, written), runs))))
                if runs % 2:  # the last save is taken back, but not yet built
                    _build(builds)
    return found


def _list_edits(project: Project) -> tuple[int, list[_Edit]]:
    papers = make_corpus(project)[0].papers
    key = papers[len(papers) // 2].citekey
    chapter = min((project.book / "chapters").glob("*.md"))
    return len(papers), [
        _Edit("a chapter", f"{project.name(chapter).removesuffix('.md')}.html", partial(edit_chapter, project)),
        _Edit("a decision", page_address(key), partial(edit_decision, project, key)),
        _Edit("a note", page_address(key), partial(edit_note, project, key)),
    ]


def _save_often(builds: Builds, edit: _Edit, written: list[tuple[str, float]]) -> Iterator[Save]:
    """Yield what each save took; when no more are wanted, the file is as it was."""
    while True:
        undo = edit.make()
        try:
            yield _save(builds, edit, written)
        finally:
            undo()
        yield _save(builds, edit, written)


def _save(builds: Builds, edit: _Edit, written: list[tuple[str, float]]) -> Save:
    written.clear()
    start = time.process_time()
    _build(builds, edit.page)
    end = time.process_time()
    seen = [when for page, when in written if page == edit.page]
    if not seen:
        raise CorpusError([Fault(edit.page, 0, "another build has written the page", "end it, and measure again")])
    return Save(seen[0] - start, end - start)


def _build(builds: Builds, *wanted: str) -> None:
    with redirect_stderr(io.StringIO()):
        built = builds.build(wanted)
    collect_garbage()
    if built.faults:
        raise CorpusError(built.faults)


def render_saves(measured: Sequence[Saves]) -> str:
    """Return the medians as text."""
    return "\n".join(
        f"{one.papers:,} papers, {one.what}: {one.seen:.2f} CPU s until its page is there, {one.built:.2f} until the "
        f"build has ended ({len(one.saves)} saves, medians)"
        for one in measured
    )


def tabulate_saves(measured: Sequence[Saves]) -> Table:
    """Return the medians as a page shows them."""
    rows = [
        (f"{one.papers:,}", one.what, f"{one.seen:.2f}", f"{one.built:.2f}", str(len(one.saves))) for one in measured
    ]
    return Table(_HEADS, tuple(rows))
