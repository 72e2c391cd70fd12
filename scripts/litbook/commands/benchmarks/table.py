"""The figures of the benchmark: as a table for the command line, and as the JSON that is committed."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import litbook
from litbook.core.atomic import write_text

FILE = Path("tests/bench-figures.json")
_HEAD = ("papers", "figure", "ordinary", "lean", "ours", "ours/ordinary", "ours/lean", "goal")
_TEXTS = (1, 7)  # columns that are aligned to the left


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; without a figure for another book there is no ratio to it."""

    papers: int
    what: str
    ours: float
    goal: str = ""
    ordinary: float | None = None
    lean: float | None = None
    digits: int = 0


def render_table(figures: Sequence[Figure]) -> str:
    """Return the figures as a plain-text table."""
    rows = [_HEAD, *map(_render_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if column in _TEXTS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _render_row(figure: Figure) -> tuple[str, ...]:
    values = [
        "" if value is None else f"{value:,.{figure.digits}f}" for value in (figure.ordinary, figure.lean, figure.ours)
    ]
    ratios = [f"{figure.ours / other:.3f}" if other else "" for other in (figure.ordinary, figure.lean)]
    return (str(figure.papers), figure.what, *values, *ratios, figure.goal)


def save_figures(path: Path, figures: Sequence[Figure]) -> None:
    """Write the figures with the command that measured them, its date and its Python."""
    about = {
        "command": " ".join(["litbook", *sys.argv[1:]]),
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "litbook": litbook.__version__,
    }
    content = {**about, "figures": [asdict(figure) for figure in figures]}
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
