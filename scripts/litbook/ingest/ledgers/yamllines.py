"""YAML whose mappings remember on which line they and their keys stand, so that faults can name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from litbook.model.faults import Fault

# What an entry may be called: its name becomes part of an address.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# What is wrong: the line, what it is, and what to do.
Told = tuple[int, str, str]


class Mapping(dict[str, Any]):
    """Remember the line on which a mapping of the file starts, and the line of each of its keys."""

    line: int = 0
    lines: dict[str, int] | None = None

    def line_of(self, key: str) -> int:
        """Return the line of a key, or the mapping's own where the key is absent."""
        return (self.lines or {}).get(key, self.line)

    def text(self, key: str) -> str:
        """Return a value as text in one line; what is absent, a list or a mapping is empty."""
        value = self.get(key)
        return "" if value is None or isinstance(value, list | dict) else " ".join(str(value).split())


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Load YAML with line numbers on mappings."""


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> Mapping:
    loader.flatten_mapping(node)
    # A key is what stands there: YAML 1.1 would read `on` as true and 2030 as a number.
    mapping = Mapping((str(key.value), loader.construct_object(value, deep=True)) for key, value in node.value)
    mapping.line = node.start_mark.line + 1
    mapping.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_yaml(path: Path, file: str) -> tuple[Any, list[Fault]]:
    """Read a file; one that is not YAML gives nothing and a fault with its line. `file` is its name in messages."""
    try:
        return yaml.load(path.read_text("utf-8", "replace"), Loader=_Loader), []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read"
        line = mark.line + 1 if mark else 0
        return None, [Fault(file, line, f"not YAML: {problem}", "mend the file at this line")]
    except ValueError as error:  # a date that no calendar has, as 2030-13-40
        return None, [Fault(file, 0, f"not YAML: {error}", "mend this value, or put it in quotation marks")]


def read_entries(path: Path, file: str, noun: str) -> tuple[list[Mapping], list[Fault]]:
    """Return the mappings of a file that is a list of them; a missing file is an empty one. `noun` names one entry."""
    value, faults = read_yaml(path, file) if path.is_file() else (None, [])
    if value is None:
        return [], faults
    if not isinstance(value, list):
        return [], [Fault(file, 1, f"not a list of {noun}s", "begin each with '- id:'")]
    entries = [as_mapping(item) for item in value]
    faults += [
        Fault(file, 0, f"entry {number} is no {noun}", "begin it with '- id:'")
        for number, entry in enumerate(entries, start=1)
        if not entry
    ]
    return [entry for entry in entries if entry], faults


def check_keys(entry: Mapping, noun: str, needed: Iterable[str]) -> Iterator[Told]:
    """Yield what an entry lacks of the keys that it needs, and an id that cannot become part of an address."""
    name = entry.text("id")
    missing = [key for key in needed if not entry.text(key)]
    if missing:
        yield entry.line, f"{noun} '{name}' lacks {', '.join(missing)}", "write them"
    if name and not SLUG.fullmatch(name):
        yield entry.line_of("id"), f"'{name}' is no id", "use small letters, digits and hyphens"


def as_mapping(value: Any) -> Mapping:
    """Return a mapping, and an empty one for anything else."""
    return value if isinstance(value, Mapping) else Mapping()


def as_list(value: Any) -> list[Any]:
    """Return a list, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def as_strings(value: Any) -> tuple[str, ...]:
    """Return the entries of a list as strings."""
    return tuple(str(item) for item in as_list(value))
