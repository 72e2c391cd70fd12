"""Packing: numbers as letters, of which a value takes one or two, and the list of all parts with their digests.

What every question loads must stay small at any number of papers.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
LENGTH_STEP = 6  # terms of a text: BM25 needs its length only roughly
SIZE_STEP = 512  # bytes of a part: a question's budget counts them only roughly
_DIGESTS = 200  # in the list of parts, about
_DIGEST_LETTERS = 6  # of six bits each
_SIZED = ("words", "terms")  # parts of which a question may load too many


def pack_lengths(lengths: Sequence[int]) -> str:
    """Return lengths in steps, a letter each."""
    return "".join(LETTERS[min(len(LETTERS) - 1, round(length / LENGTH_STEP))] for length in lengths)


def unpack_lengths(packed: str) -> list[int]:
    """Return lengths as the browser reads them."""
    return [LETTERS.index(letter) * LENGTH_STEP for letter in packed]


def pack_facet(facet: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a facet with each paper's value in letters, as many as the values take, 0 for none.

    A facet of which a paper may have several values stays as it is.
    """
    papers = facet["papers"]
    if any(isinstance(held, list) for held in papers):
        return facet
    width = 1 if len(facet["values"]) < len(LETTERS) else 2 if len(facet["values"]) < len(LETTERS) ** 2 else 3
    return {**facet, "papers": "".join(_write(number + 1, width) for number in papers), "width": width}


def _write(number: int, width: int) -> str:
    return "".join(LETTERS[number >> 6 * place & 63] for place in reversed(range(width)))


def list_files(texts: Mapping[str, str]) -> dict[str, object]:
    """Return the names of parts with their digests, under which a browser may cache them permanently, and some sizes.

    The parts of a kind, such as `terms-0` and the following, stand together, and are counted; 0 means that there is one
    without a number. Of many parts several neighbours share a digest.
    """
    kinds = [(kind, list(names)) for kind, names in groupby(texts, key=lambda name: re.sub(r"-\d+$", "", name))]
    shared = -(-len(texts) // _DIGESTS)
    contents = [text.encode("utf-8") for text in texts.values()]
    groups = [contents[start : start + shared] for start in range(0, len(contents), shared)]
    return {
        "files": [[kind, 0 if names == [kind] else len(names)] for kind, names in kinds],
        "digests": "".join(_digest(group) for group in groups),
        "shared": shared,
        "sizes": {kind: "".join(_measure(texts[name]) for name in names) for kind, names in kinds if kind in _SIZED},
    }


def _digest(contents: Sequence[bytes]) -> str:
    joined = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents))
    return base64.urlsafe_b64encode(joined.digest()).decode("ascii")[:_DIGEST_LETTERS]


def _measure(text: str) -> str:
    size = len(gzip.compress(text.encode("utf-8"), 6, mtime=0))
    return LETTERS[min(len(LETTERS) - 1, -(-size // SIZE_STEP))]
