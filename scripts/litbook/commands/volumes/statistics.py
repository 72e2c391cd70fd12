"""What one search over the indexes of all volumes needs to know: how many papers of which volume hold each term.

A term is as rare as it is in the whole, so that scores of different volumes can be compared; and where there are many
volumes, a question is put to those first that hold most of its words (L. Gravano, H. García-Molina and A. Tomasic,
"GlOSS: text-source discovery over the Internet", 1999). The indexes are read part by part.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from litbook.commands.volumes.settings import Volume, Volumes
from litbook.core.cache import digest_files
from litbook.model.faults import Fault
from litbook.site.search.index.packing import unpack_lengths
from litbook.site.search.index.parts import FORMAT, describe_text, render_part
from litbook.site.search.index.shards import fold_strings

_BEFORE, _BEHIND = "litbookIndex.push(", ");\n"
_MOST_TERMS = 800
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Indexed:
    """The index of one volume: its first part without what the papers' facets are, and the digest of that part."""

    volume: Volume
    folder: Path
    papers: int
    mean: float
    version: str
    words: tuple[str, ...]
    rules: Any


def read_index(volumes: Volumes, volume: Volume) -> Indexed | Fault:
    """Read the first parts of a volume's index; one of another form is a fault."""
    folder = volumes.html(volume) / "search-index"
    path = folder / "core.js"
    name = path.relative_to(volumes.root).as_posix()
    try:
        core = read_part(path)
        if core["format"] != FORMAT:
            return Fault(name, 0, "this volume was built by another version of litbook", "build all with one version")
        scores = folder / "scores.js"
        lengths = unpack_lengths(read_part(scores)["lengths"])
        words = tuple(f"words-{number}" for number in range(dict(core["files"]).get("words", 0)))
        mean = sum(lengths) / max(1, len(lengths)) or 1
        version = digest_files([path])[:12]
        return Indexed(volume, folder, int(core["papers"]), mean, version, words, core["rules"])
    except (OSError, ValueError, KeyError, TypeError):
        return Fault(name, 0, "not the index of a search", f"delete {name} and build the volume again")


def read_part(path: Path) -> Any:
    """Return the value of a part of an index; raise `ValueError` if the file is something else."""
    text = path.read_text("utf-8")
    if not text.startswith(_BEFORE) or not text.endswith(_BEHIND):
        raise ValueError("not a part of an index")
    return json.loads(
        text.removeprefix(_BEFORE).removesuffix(_BEHIND), strict=False
    )  # signs of words are control characters


def render_statistics(indexed: Sequence[Indexed]) -> Iterator[tuple[str, str]]:
    """Yield the parts by name: `volumes-N` hold terms with their holders, and `volumes` comes last and names them."""
    starts: list[str] = []
    digests: list[str] = []
    merged = heapq.merge(*(_read_terms(one, number) for number, one in enumerate(indexed)))
    terms: list[str] = []
    holders: list[list[int]] = []
    for term, found in groupby(merged, key=lambda item: item[0]):
        terms.append(term)
        holders.append([value for _, number, held in found for value in (number, held)])
        if len(terms) == _MOST_TERMS:
            yield _render(terms, holders, starts, digests)
            terms, holders = [], []
    if terms:
        yield _render(terms, holders, starts, digests)
    known = [[one.volume.name, one.volume.title, one.papers, one.version, round(one.mean, 2)] for one in indexed]
    head = {"part": "volumes", "volumes": known, "starts": starts, "files": digests, "rules": indexed[0].rules}
    yield "volumes", render_part(head)


def _render(
    terms: Sequence[str], holders: Sequence[Sequence[int]], starts: list[str], digests: list[str]
) -> tuple[str, str]:
    name = f"volumes-{len(starts)}"
    text = render_part({"part": "volume-words", "terms": fold_strings(terms), "holders": holders})
    starts.append(terms[0] if starts else "")
    digests.append(describe_text(text)[0])
    return name, text


def _read_terms(indexed: Indexed, number: int) -> Iterator[tuple[str, int, int]]:
    """Yield the terms of a volume in their order, with the volume's number and how many of its papers hold each."""
    for name in indexed.words:
        part = read_part(indexed.folder / f"{name}.js")
        for term, held in zip(unfold_strings(part["terms"]), part["holders"], strict=True):
            yield term, number, held


def unfold_strings(folded: str) -> list[str]:
    """Return the strings that `fold_strings` made one."""
    strings: list[str] = []
    before = ""
    for piece in folded.split(" ") if folded else ():
        before = before[: _LETTERS.index(piece[0])] + piece[1:]
        strings.append(before)
    return strings
