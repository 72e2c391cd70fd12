"""Measure volumes: splitting invented papers, starting, building and joining; and compute what a million would take."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
import numpy as np

from litbook.commands.benchmarks.runs import Run, step, watch
from litbook.commands.benchmarks.synthetic import invent
from litbook.model.measured import Table
from litbook.model.review import Corpus

FIGURES = Path("tests/volumes-figures.json")
_MILLION = 1_000_000
_STEPS = ("split", "start", "build", "join")


@dataclass(frozen=True, slots=True)
class Measured:
    """What each step used for so many volumes of so many papers, and the bytes and files of the joined site."""

    volumes: int
    papers: int
    steps: dict[str, Run]
    size: int
    files: int

    @property
    def all_papers(self) -> int:
        """Their papers together."""
        return self.volumes * self.papers

    def cpu(self, *names: str) -> float:
        """Return the seconds of the processor of some steps."""
        return sum(self.steps[name].cpu for name in names)


def measure_volumes(corpus: Corpus, volumes: int, papers: int, cores: int, folder: Path) -> Measured:
    """Split invented papers, then start, build and join their volumes, each step in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    source, root = folder / "invented.csv", folder / "library"
    _write_source(source, corpus, volumes * papers)
    litbook = [sys.executable, "-m", "litbook", "volumes"]
    build = [*litbook, "build", "--root", str(root), "--cores", str(cores)]
    commands = {
        "split": [*litbook, "split", str(root), "--from", str(source), "--size", str(papers), "--title", "Invented"],
        "start": [*build, "--until", "start"],
        "build": [*build, "--until", "build"],
        "join": [*litbook, "join", "--root", str(root)],
    }
    steps = {}
    for name in _STEPS:
        what = f"{name} {volumes} volumes of {papers:,} papers"
        with step(what):
            steps[name], code = watch(commands[name], dict(os.environ), folder / "usage.json")
        if code:
            raise click.ClickException(f"{what}: exit code {code}\n{steps[name].log[-3000:]}")
    site = [path for path in (root / "_build" / "site").rglob("*") if path.is_file()]
    return Measured(volumes, papers, steps, sum(path.stat().st_size for path in site), len(site))


def _write_source(path: Path, corpus: Corpus, number: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["title", "authors", "year", "venue", "abstract"])
        for paper in islice(invent(corpus, number), number):
            facts = paper.facts
            authors = facts.get("authors")
            names = "; ".join(authors) if isinstance(authors, list) else ""
            table.writerow([paper.title, names, facts.get("year", ""), facts.get("venue", ""), paper.abstract])


def tabulate_volumes(measured: Sequence[Measured]) -> Table:
    """Return what was measured as a page shows it."""
    heads = ("Volumes", "Papers in each", "Splitting, CPU s", "Starting, CPU s", "Building, CPU s", "Joining, CPU s",
             "Memory, MB", "Site, MB")  # fmt: skip
    rows = [
        (
            f"{one.volumes:,}",
            f"{one.papers:,}",
            *(f"{one.cpu(name):,.0f}" for name in _STEPS),
            f"{max(run.memory for run in one.steps.values()) / 1e6:,.0f}",
            f"{one.size / 1e6:,.0f}",
        )
        for one in measured
    ]
    return Table(heads, tuple(rows))


def tabulate_million(measured: Sequence[Measured]) -> Table:
    """Return what a million papers would take in volumes of each measured size, computed and not measured.

    Starting and building count by volume, all else by paper.
    """
    heads = ("Papers in each volume", "Volumes", "CPU hours", "Hours on 2 cores", "Hours on 100 cores",
             "Joining, hours", "Site, GB")  # fmt: skip
    rows = []
    for one in sorted(measured, key=lambda one: one.papers):
        volumes = -(-_MILLION // one.papers)
        each = one.cpu("start", "build") / one.volumes / 3600
        once = one.cpu("split", "join") / one.all_papers * _MILLION / 3600
        parallel = each * volumes
        rows.append(
            (
                f"{one.papers:,}",
                f"{volumes:,}",
                f"{parallel + once:,.0f}",
                f"{parallel / 2 + once:,.0f}",
                f"{parallel / 100 + once:,.1f}",
                f"{one.cpu('join') / one.all_papers * _MILLION / 3600:,.1f}",
                f"{one.size / one.all_papers * _MILLION / 1e9:,.0f}",
            )
        )
    return Table(heads, tuple(rows))


def find_values(measured: Sequence[Measured]) -> dict[str, str]:
    """Return single figures: how CPU seconds of a volume grow with its papers, fitted as a constant and a rate."""
    sizes = [one.papers for one in measured]
    each = [one.cpu("start", "build") / one.volumes for one in measured]
    if len(set(sizes)) < 2:
        return {}
    rate, constant = np.polyfit(sizes, each, 1)
    return {"seconds of any volume": f"{constant:.0f}", "seconds for a thousand": f"{1000 * rate:.0f}"}


def render_volumes(measured: Sequence[Measured]) -> str:
    """Return the figures as lines of text."""
    tables = (tabulate_volumes(measured), tabulate_million(measured))
    return "\n\n".join("\n".join("\t".join(row) for row in (table.heads, *table.rows)) for table in tables)
