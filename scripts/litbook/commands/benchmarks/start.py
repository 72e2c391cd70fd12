"""Measure `litbook new` on invented records: seconds of the processor, and memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click

from litbook.commands.benchmarks.runs import step, watch
from litbook.commands.benchmarks.synthetic import Invented, invent
from litbook.model.measured import Table
from litbook.model.review import Corpus

FIGURES = Path("tests/new-figures.json")
_SOURCES = 4  # files in which the records are


@dataclass(frozen=True, slots=True)
class Begun:
    """What `litbook new` used for so many records: seconds of the processor, and bytes at the most."""

    records: int
    abstracts: bool
    cpu: float
    memory: int


def measure_new(corpus: Corpus, records: int, abstracts: bool, folder: Path) -> Begun:
    """Write so many invented records as RIS files and start a review from them, in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"records-{at}.ris" for at in range(_SOURCES)]
    made = list(islice(invent(corpus, records), records))
    for at, path in enumerate(paths):
        path.write_text("".join(_render(paper, abstracts) for paper in made[at::_SOURCES]), "utf-8")
    what = f"{records:,} records {'with' if abstracts else 'without'} abstracts"
    target = folder / "review"
    command = [sys.executable, "-m", "litbook", "new", str(target)]
    command += [part for path in paths for part in ("--from", str(path))]
    with step(what):
        run, code = watch(command, dict(os.environ), folder / "usage.json")
    if code:
        raise click.ClickException(f"{what}: exit code {code}\n{run.log[-3000:]}")
    return Begun(records, abstracts, run.cpu, run.memory)


def _render(paper: Invented, abstracts: bool) -> str:
    facts = paper.facts
    return (
        "\n".join(_list_lines(paper, facts.get("authors"), facts.get("year"), facts.get("venue"), abstracts)) + "\n\n"
    )


def _list_lines(paper: Invented, authors: object, year: object, venue: object, abstracts: bool) -> Iterator[str]:
    yield "TY  - JOUR"
    yield f"TI  - {paper.title}"
    yield from (f"AU  - {name}" for name in (authors if isinstance(authors, list) else ()))
    yield from (f"{tag}  - {value}" for tag, value in (("PY", year), ("JO", venue)) if value)
    if abstracts:
        yield f"AB  - {' '.join(paper.abstract.split())}"
    yield "ER  - "


def tabulate_begun(begun: Sequence[Begun]) -> Table:
    """Return the figures as a page shows them."""
    heads = ("Records", "Abstracts", "Seconds of the processor", "Memory, MB")
    rows = [
        (f"{one.records:,}", "yes" if one.abstracts else "no", f"{one.cpu:.1f}", f"{one.memory / 1e6:,.0f}")
        for one in begun
    ]
    return Table(heads, tuple(rows))


def render_begun(begun: Sequence[Begun]) -> str:
    """Return the figures as lines of text."""
    return "\n".join(
        f"{one.records:,} records {'with' if one.abstracts else 'without'} abstracts: {one.cpu:.1f} CPU s, "
        f"{one.memory / 1e6:,.0f} MB"
        for one in begun
    )
