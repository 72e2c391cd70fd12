"""Read files of one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from litbook.core.project import Project
from litbook.model.faults import Fault


def read_json_lines(project: Project, path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield the objects of a file with their lines, and add what is none to the faults; a missing file is empty."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            faults.append(Fault(project.name(path), number, f"not JSON ({error})", "one JSON object a line"))
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            faults.append(Fault(project.name(path), number, "not a JSON object", "one JSON object a line"))
