"""The only writer of `facts.jsonl`: it adds values to lines, and never changes or removes one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Facts

_BOOKKEEPING = ("origins", "fetched", "watched")


class ChangedError(Exception):
    """A line has been edited since it was read."""


@dataclass
class Line:
    """One line of the file and its values; `raw` is its text, or None before it is first written."""

    raw: str | None
    values: dict[str, object] = field(default_factory=dict)

    @property
    def fetched(self) -> dict[str, str]:
        """Return the ISO date on which each service last answered."""
        return self._read_days("fetched")

    @property
    def watched(self) -> dict[str, str]:
        """Return the ISO date on which each service was last asked for notices."""
        return self._read_days("watched")

    def _read_days(self, name: str) -> dict[str, str]:
        days = self.values.get(name)
        return {str(service): str(day) for service, day in days.items()} if isinstance(days, dict) else {}


class FactsFile:
    """The lines of `facts.jsonl`, written one at a time; raise `CorpusError` if a line cannot be parsed."""

    def __init__(self, project: Project) -> None:
        self._path = project.facts
        self._name = project.name(project.facts)
        self._lines = [Line(raw) for raw in _read_lines(self._path)]
        faults = [fault for number, line in enumerate(self._lines, start=1) if (fault := self._parse(number, line))]
        if faults:
            raise CorpusError(faults)
        self._by_identifier = {
            (name, str(line.values[name]).casefold()): line
            for line in self._lines
            for name in ("arxiv_id", "doi")
            if line.values.get(name)
        }

    def _parse(self, number: int, line: Line) -> Fault | None:
        """Read a line's values; a value that could not be written back without loss is a fault."""
        if line.raw is None or not line.raw.strip():
            return None
        try:
            line.values = json.loads(line.raw, object_pairs_hook=_make_object)
        except ValueError as error:
            return Fault(self._name, number, str(error), "correct the line")
        wrong = [name for name in _BOOKKEEPING if not isinstance(line.values.get(name, {}), dict)]
        return Fault(self._name, number, f"'{wrong[0]}' is not an object", "remove the value") if wrong else None

    def find(self, facts: Facts | None, identifiers: Mapping[str, object]) -> Line:
        """Return the line joined to a paper, or one with the same identifier, or a new one."""
        if facts is not None:
            return self._lines[facts.line - 1]
        names = [(name, str(value).casefold()) for name, value in identifiers.items()]
        line = next((self._by_identifier[name] for name in names if name in self._by_identifier), None)
        if line is None:
            line = Line(None)
            self._by_identifier |= dict.fromkeys(names, line)
        return line

    def write(self, line: Line, values: dict[str, object]) -> None:
        """Write a line's new values atomically into the file as it is now; raise `ChangedError` if it was edited."""
        lines = _read_lines(self._path)
        raw = _render(values)
        if line.raw is None:
            if lines and not lines[-1].endswith("\n"):
                lines[-1] += "\n"
            lines.append(raw)
        elif line.raw in lines:
            lines[lines.index(line.raw)] = raw
        else:
            raise ChangedError(f"{self._name} was edited during the run; run the command again")
        write_text(self._path, "".join(lines))
        line.raw, line.values = raw, values


def _read_lines(path: Path) -> list[str]:
    """Return the lines with their line ends, split in the same way as `ingest` counts them."""
    if not path.is_file():
        return []
    return path.read_bytes().decode("utf-8", "surrogateescape").splitlines(keepends=True)


def _render(values: Mapping[str, object]) -> str:
    """Return the values as one line of JSON, escaped only if a character would break or damage the line."""
    text = json.dumps(values, ensure_ascii=False)
    is_sound = len(text.splitlines()) == 1 and not any("\ud800" <= letter <= "\udfff" for letter in text)
    return (text if is_sound else json.dumps(values)) + "\n"


def _make_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("duplicate name in one object")
    return values
