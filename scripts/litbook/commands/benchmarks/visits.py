"""What a browser loads on a first visit to each page of a built site, counted from its files."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

# Scripts, styles and pictures that the page names; what scripts load when a reader asks for it is not counted.
_TAG = re.compile(r'<(?:script|img|link(?=[^>]*\brel="(?:stylesheet|preload)"))\b[^>]*?\b(?:src|href)="([^"#?:]+)')
_LEVEL = 6  # of gzip, as servers compress


def measure_visits(html: Path) -> dict[str, float]:
    """Return for each folder of a site the most that a first visit to one of its pages loads.

    In kB (1,000 bytes), compressed, without fonts. Pages in the root of the site count by their names.
    """
    most: dict[str, float] = {}
    for page in sorted(html.rglob("*.html")):
        name = page.relative_to(html).as_posix()
        kind = name.rpartition("/")[0] or name
        most[kind] = max(most.get(kind, 0), _visit(page) / 1e3)
    return most


def measure_fonts(html: Path) -> float:
    """Return the size of all fonts of a site in kB (1,000 bytes)."""
    return sum(path.stat().st_size for path in html.rglob("*.woff2")) / 1e3


def _visit(page: Path) -> int:
    named = {(page.parent / name).resolve() for name in _TAG.findall(page.read_text("utf-8"))}
    return _compress(page) + sum(_compress(path) for path in named if path.is_file() and path.suffix != ".woff2")


@cache
def _compress(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), _LEVEL))
