"""Load YAML whose mappings remember their line numbers, so that faults can name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from litbook.model.faults import Fault, nearest

# A valid id: it becomes part of an address.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# libyaml's loader, where PyYAML was built with it, is many times quicker.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A fault without its file: line, problem and remedy.
Problem = tuple[int, str, str]


class Mapping(dict[str, Any]):
    """A mapping that remembers the line it starts on and the line of each key, counted from 1."""

    line: int = 0
    lines: dict[str, int] | None = None

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the mapping itself if the key is absent."""
        return (self.lines or {}).get(key, self.line)

    def text(self, key: str) -> str:
        """Return a value as text on one line; an absent value, a list or a mapping gives an empty string."""
        value = self.get(key)
        return "" if value is None or isinstance(value, list | dict) else " ".join(str(value).split())


class _Loader(LOADER):  # type: ignore[misc]
    """A safe YAML loader that constructs `Mapping` and notes keys written twice: key, line, and line of the first."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.repeated: list[tuple[str, int, int]] = []


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> Mapping:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        name, line = str(key.value), key.start_mark.line + 1
        if name in lines:
            loader.repeated.append((name, line, lines[name]))
        lines.setdefault(name, line)
    loader.flatten_mapping(node)
    # Take keys literally: YAML 1.1 would read `on` as true and 2030 as a number.
    mapping = Mapping((str(key.value), loader.construct_object(value, deep=True)) for key, value in node.value)
    mapping.line = node.start_mark.line + 1
    mapping.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    return mapping


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def read_yaml(path: Path, file: str) -> tuple[Any, list[Fault]]:
    """Load a file; invalid YAML gives None and a fault with its line, and a key written twice a fault.

    Of such a key only the last value would count. `file` is the name to give in messages.
    """
    try:
        loader = _Loader(path.read_text("utf-8", "replace"))
        try:
            value = loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read"
        line = mark.line + 1 if mark else 0
        return None, [Fault(file, line, f"invalid YAML: {problem}", "correct this line")]
    except ValueError as error:  # an impossible date, such as 2030-13-40
        return None, [Fault(file, 0, f"invalid YAML: {error}", "correct this value, or put it in quotation marks")]
    faults = [_explain_repeated(file, *found) for found in sorted(loader.repeated, key=lambda found: found[1])]
    return value, faults


def _explain_repeated(file: str, name: str, line: int, first: int) -> Fault:
    return Fault(file, line, f"duplicate key '{name}', first on line {first}", "remove one of them")


def read_entries(path: Path, file: str, noun: str) -> tuple[list[Mapping], list[Fault]]:
    """Return the mappings of a file that contains a list of them; a missing file counts as empty.

    `noun` names one entry in messages.
    """
    value, faults = read_yaml(path, file) if path.is_file() else (None, [])
    if value is None:
        return [], faults
    if not isinstance(value, list):
        return [], [Fault(file, 1, f"not a list of {noun}s", "start each with '- id:'")]
    entries = [as_mapping(item) for item in value]
    faults += [
        Fault(file, 0, f"entry {number} is not a {noun}", "start it with '- id:'")
        for number, entry in enumerate(entries, start=1)
        if not entry
    ]
    return [entry for entry in entries if entry], faults


def check_keys(entry: Mapping, noun: str, needed: Iterable[str], known: Iterable[str] = ()) -> Iterator[Problem]:
    """Yield the required keys that an entry is missing, misspelt keys, and an id that cannot be part of an address."""
    yield from check_spelling(entry, known)
    name = entry.text("id")
    missing = [key for key in needed if not entry.text(key)]
    if missing:
        yield entry.line, f"{noun} '{name}' is missing {', '.join(missing)}", "fill in what is missing"
    if name and not SLUG.fullmatch(name):
        yield entry.line_of("id"), f"invalid id '{name}'", "use lower-case letters, digits and hyphens"


def check_spelling(entry: Mapping, known: Iterable[str]) -> Iterator[Problem]:
    """Yield keys that are not known but nearly so: what is written under them would be ignored.

    Any other key is a person's own, and left alone.
    """
    names = list(known)
    for key in entry:
        if key not in names and (remedy := nearest(key, names)):
            yield entry.line_of(key), f"unknown key '{key}'", remedy


def as_mapping(value: Any) -> Mapping:
    """Return `value` if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else Mapping()


def as_list(value: Any) -> list[Any]:
    """Return `value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def as_strings(value: Any) -> tuple[str, ...]:
    """Return the items of a list as strings; anything but a list gives none."""
    return tuple(str(item) for item in as_list(value))
