"""The directives and roles that the build of a review knows, read from `known.txt`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# Their directives and roles describe programs, which no review does; they are taken as known.
_OF_PROGRAMS = ("c:", "cpp:", "js:", "py:", "rst:", "std:")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Known:
    """A directive: whether it needs an argument, and its options; None means that any will do."""

    needs_argument: bool
    options: frozenset[str] | None


@lru_cache(maxsize=1)
def list_directives() -> dict[str, Known]:
    """Return the directives of the build by name."""
    known = {}
    for line in _read_part("directives"):
        name, *options = line.split()
        known[name.rstrip("!")] = Known(name.endswith("!"), None if options == [_ANY] else frozenset(options))
    return known


@lru_cache(maxsize=1)
def list_roles() -> frozenset[str]:
    """Return the names of the build's roles."""
    return frozenset(name for line in _read_part("roles") for name in line.split())


def is_of_programs(name: str) -> bool:
    """Return whether a name belongs to a Sphinx domain for a programming language."""
    return name.startswith(_OF_PROGRAMS)


def _read_part(title: str) -> list[str]:
    text = (files("litbook.ingest") / "known.txt").read_text("utf-8")
    _, _, rest = text.partition(f"[{title}]\n")
    return [line for line in rest.partition("\n[")[0].splitlines() if line]
