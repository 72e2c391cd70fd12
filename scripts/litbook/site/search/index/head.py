"""What the search page says of its index: which parts to load at once, and the first part itself.

A browser loads the parts that every question needs while it still reads the scripts, and the first part, which names
all others, costs no time on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_MARKS = ("<!-- search index -->", "<!-- end of search index -->")
_REGION = re.compile(rf"({_MARKS[0]}).*?({_MARKS[1]})", re.DOTALL)
_AHEAD = ("scores", "codes", "vectors", "acronyms", "said")
_PART = re.compile(r"^[^{]*(\{.*\})[^}]*$", re.DOTALL)
_LETTERS = 6  # of a digest


def describe_index(page: str, core: str) -> str:
    """Return the search page with what its head says of the index whose `core.js` has this text."""
    text = _PART.sub(r"\1", core)
    digests = _find_digests(json.loads(text))
    links = "".join(
        f'<link rel="preload" as="script" href="search-index/{name}.js?v={digests[name]}">'
        for name in _AHEAD
        if name in digests
    )
    given = f'<script type="application/json" data-litbook-core>{text}</script>'
    return _REGION.sub(lambda region: f"{region[1]}{links}{given}{region[2]}", page)


def _find_digests(core: Mapping[str, Any]) -> dict[str, str]:
    """Return the digests of the parts without a number."""
    found: dict[str, str] = {}
    number = 0
    for kind, count in core["files"]:
        start = number // core["shared"] * _LETTERS
        if not count:
            found[kind] = core["digests"][start : start + _LETTERS]
        number += count or 1
    return found
