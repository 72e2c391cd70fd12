"""What a person says of a source, and what is said of a source that is not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of a file: the key of its format, and the names of its fields by what they mean."""

    form: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """Say what a file is that is not read, and what to do about it."""

    what: str
    remedy: str


NO_WISH = Wish()
