"""Read JSON Lines files: one JSON object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from litbook.core.project import Project
from litbook.model.faults import Fault


def read_json_lines(project: Project, path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield each object of a file with its line, adding bad lines to `faults`; a missing file counts as empty."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8-sig", "replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            faults.append(
                Fault(project.name(path), number, f"invalid JSON ({error})", "write one JSON object per line")
            )
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            faults.append(Fault(project.name(path), number, "not a JSON object", "write one JSON object per line"))
