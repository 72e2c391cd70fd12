"""Save what a command measured as a file that is committed, and that pages and tests read."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import litbook
from litbook.core.atomic import write_text
from litbook.model.measured import Table

_SWITCHES = {"--save", "--keep"}  # they change nothing that is measured


def describe_run(what: str, repeated: str = "") -> dict[str, str]:
    """Return what was measured, the command that did it, today's date and the versions in use.

    `repeated` names the test that measures again and compares, if there is one.
    """
    return {
        "what": what,
        "command": " ".join(["litbook", *(_shorten(word) for word in sys.argv[1:] if word not in _SWITCHES)]),
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "litbook": litbook.__version__,
        "repeated": repeated,
    }


def _shorten(word: str) -> str:
    """Return a word of the command; folders of the machine that measured say nothing to anybody else."""
    path = Path(word)
    return path.name if path.is_absolute() else word


def save_measured(path: Path, about: Mapping[str, str], values: Mapping[str, str], tables: Mapping[str, Table]) -> None:
    """Write values and tables, with `about` from `describe_run`."""
    content = {**about, "values": values, "tables": {name: asdict(table) for name, table in tables.items()}}
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
