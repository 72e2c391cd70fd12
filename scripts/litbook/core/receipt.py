"""The receipt of a build: what it was made from, by what, and what it made, each file by its digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

NAME = "receipt.json"
_FORMAT = 1


class ReceiptError(ValueError):
    """A text is not a receipt; the message says why."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a site was built from, and its files; digests are SHA-256 in hexadecimal.

    `inputs` are what people wrote, by paths relative to the review; `files` are those of the site, by paths relative to
    its root, without the receipt itself. `date` is that of the state, not of the build; `changed` says that changes
    were included that no commit holds. `versions` are those of Python and of the libraries that litbook needs.
    """

    litbook: str
    date: str = ""
    commit: str = ""
    changed: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def render(self) -> str:
        """Return the receipt as JSON: the same bytes for the same receipt."""
        return json.dumps({"format": _FORMAT, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"


def read_receipt(text: str) -> Receipt:
    """Return the receipt that a text holds; raise `ReceiptError` if it holds none."""
    try:
        held = json.loads(text)
    except ValueError as error:
        raise ReceiptError("not JSON") from error
    if not isinstance(held, dict) or held.get("format") != _FORMAT:
        raise ReceiptError(f"not a receipt of the format {_FORMAT}")
    tables = [_read_table(held, name) for name in ("versions", "inputs", "files")]
    if not tables[2]:
        raise ReceiptError("it lists no file")
    words = {name: str(held.get(name) or "") for name in ("litbook", "date", "commit")}
    return Receipt(**words, changed=bool(held.get("changed")), versions=tables[0], inputs=tables[1], files=tables[2])


def _read_table(held: Mapping[str, Any], name: str) -> dict[str, str]:
    table = held.get(name)
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ReceiptError(f"'{name}' is not a table of texts")
    return table
