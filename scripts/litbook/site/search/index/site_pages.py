"""What pages of the site say of themselves, so that a reader who looks for one by another name finds it.

A page written in Markdown says it in its front matter: `synonyms: [abbreviations, what does it stand for]` and
`audience: editors`, which keeps it from readers' results. `audience: method` does the same for its sections, but who
asks for the page by one of its names is led there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

READERS, EDITORS, METHOD = "readers", "editors", "method"
AUDIENCES = (READERS, EDITORS, METHOD)


@dataclass(frozen=True, slots=True)
class SitePage:
    """Hold what a page says of itself: its title, other names under which readers look for it, and whom it is for.

    `audience` is one of `AUDIENCES`.
    """

    title: str = ""
    synonyms: tuple[str, ...] = ()
    audience: str = READERS


@dataclass(frozen=True, slots=True)
class Notes:
    """Hold what the index takes from outside the papers and the text of pages.

    `first_seen` gives by citekey the day on which a paper came into the collection, where it is known, and `pages` by
    address what pages say of themselves.
    """

    first_seen: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, SitePage] = field(default_factory=dict)


NO_NOTES = Notes()

# Pages that no one writes in Markdown.
_MADE = {
    "all-papers.html": (
        "All papers",
        "list of papers, browse papers, bibliography, export, export bibtex, export csv, export ris, download",
    ),
    "your-papers.html": (
        "Your papers",
        "reading list, my papers, saved papers, starred papers, marked papers, notes, import library, "
        "zotero, export to zotero, bookmarks, delete my data",
    ),
    "compare.html": ("Compare papers", "compare, comparison, side by side, comparison table"),
    "extraction.html": (
        "Evidence table",
        "extraction table, extracted data, data extraction, characteristics of studies, risk of bias, traffic light, "
        "gap matrix, evidence map, agreement of extractors",
    ),
    "authors/index.html": ("Authors", "list of authors, people, researchers"),
    "venues/index.html": ("Venues", "list of venues, conferences, journals"),
    "years/index.html": ("Years", "papers by year, list of years, timeline"),
}
MADE = {address: SitePage(title, tuple(names.split(", "))) for address, (title, names) in _MADE.items()}


def read_page(metadata: Mapping[str, Any], title: str) -> SitePage:
    """Return what the front matter of a page says of it; words that are not understood say nothing."""
    given = metadata.get("synonyms", "")
    try:
        read = json.loads(given) if isinstance(given, str) and given.startswith("[") else given
    except ValueError:
        read = given
    listed = read.split(",") if isinstance(read, str) else read if isinstance(read, list) else []
    audience = str(metadata.get("audience", "")).strip()
    names = tuple(name for one in listed if (name := str(one).strip()))
    return SitePage(title, names, audience if audience in AUDIENCES else READERS)
