"""Figures that commands of litbook measured, as they are committed and as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures as a page shows it: every row has a cell for each head."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one command measured, when, and in which commit that is.

    `what` names it in a few words; `repeated` is the test that measures again and compares, or empty; `commit` is the
    one that holds the figures, or empty before they are committed and without git.
    """

    name: str
    what: str
    command: str
    date: str
    repeated: str = ""
    commit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
