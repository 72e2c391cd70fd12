"""Compare files with the digests of a receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from litbook.commands.verify.copies import Copy
from litbook.core.project import Project
from litbook.core.receipt import Receipt
from litbook.ingest.inputs import digest_inputs

_AT_ONCE = 4  # requests; a small server must not suffer


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between files and a receipt: names, sorted; `checked` is the number of files that it lists."""

    checked: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        return not (self.missing or self.changed or self.surplus)


def compare_site(receipt: Receipt, copy: Copy) -> Differences:
    """Return what differs between a copy and the files of a receipt."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        contents = pool.map(copy.read, receipt.files)
        held = {
            name: hashlib.sha256(content).hexdigest()
            for name, content in zip(receipt.files, contents, strict=True)
            if content is not None
        }
    return _compare(receipt.files, held, copy.list_names())


def compare_inputs(receipt: Receipt, root: Path) -> Differences:
    """Return what differs between the files of a review and the inputs of a receipt."""
    held = digest_inputs(Project(root.resolve()))
    return _compare(receipt.inputs, held, frozenset(held))


def _compare(expected: Mapping[str, str], held: Mapping[str, str], names: frozenset[str]) -> Differences:
    return Differences(
        checked=len(expected),
        missing=tuple(sorted(expected.keys() - held.keys())),
        changed=tuple(sorted(name for name, digest in held.items() if expected.get(name, digest) != digest)),
        surplus=tuple(sorted(names - expected.keys())),
    )
