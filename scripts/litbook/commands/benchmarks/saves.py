"""Measure how long the preview takes from a save of a chapter until its page is there, and until the build ends."""

from __future__ import annotations

import io
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from statistics import median

from litbook.commands.benchmarks.edits import edit_chapter
from litbook.core.project import Project
from litbook.desk.builds import Builds, collect_garbage
from litbook.desk.messages import Message, PageWritten
from litbook.model.faults import CorpusError, Fault


@dataclass(frozen=True, slots=True)
class Save:
    """Seconds of the processor from a save to the page of the chapter, and to the end of the build."""

    seen: float
    built: float


def measure_saves(project: Project, runs: int) -> list[Save]:
    """Save the first chapter so many times with an added sentence, and put it back; raise `CorpusError` for faults."""
    chapter = min((project.book / "chapters").glob("*.md"))
    page = f"{project.name(chapter).removesuffix('.md')}.html"
    written: list[float] = []

    def receive(message: Message) -> None:
        if message == PageWritten(page):
            written.append(time.process_time())

    builds = Builds(project, receive)
    with chdir(project.root), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        _build(builds)
        saves = []
        for _ in range(runs):
            undo = edit_chapter(project)
            try:
                saves.append(_save(builds, written, page))
            finally:
                undo()
            _build(builds)
    return saves


def _save(builds: Builds, written: list[float], page: str) -> Save:
    written.clear()
    start = time.process_time()
    _build(builds)
    if not written:
        raise CorpusError([Fault(page, 0, "another build has written the page", "end it, and measure again")])
    return Save(written[0] - start, time.process_time() - start)


def _build(builds: Builds) -> None:
    built = builds.build()
    collect_garbage()
    if built.faults:
        raise CorpusError(built.faults)


def render_saves(papers: int, saves: list[Save]) -> str:
    """Return the medians as text."""
    seen, built = median(save.seen for save in saves), median(save.built for save in saves)
    return (
        f"{papers} papers, {len(saves)} saves of a chapter; medians, in seconds of the processor\n"
        f"  until its page is there: {seen:.2f}\n"
        f"  until the build has ended: {built:.2f}"
    )
