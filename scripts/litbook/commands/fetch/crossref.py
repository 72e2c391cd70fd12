"""Crossref, https://api.crossref.org: the contact address in the User-Agent puts us into its faster, "polite" pool.

The `habanero` package is not used: it brings its own HTTP client with six packages, and never retries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.service import Answer, Known, Service, make_answer
from litbook.commands.fetch.untrusted import (
    LONGEST_ABSTRACT,
    LONGEST_TITLE,
    dig,
    read_date_parts,
    read_list,
    read_markup,
    read_names,
)
from litbook.text.identifiers import find_identifiers

_API = "https://api.crossref.org/works"
_WANTED = "DOI,type,title,subtitle,author,container-title,issued,abstract"


def _by_identifier(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    found = ((paper.citekey, _read_one(connection, paper.identifier("doi"))) for paper in papers)
    return {citekey: answer for citekey, answer in found if answer}


def _read_one(connection: Connection, doi: str) -> Answer | None:
    value = connection.read_json(f"{_API}/{quote(doi, safe='')}")
    if value is None:
        return None
    work = dig(value, "message")
    if not isinstance(work, dict):
        raise BrokenError("its answer has no 'message'")
    return _read_work(work)


def _by_title(connection: Connection, paper: Known) -> list[Answer]:
    value = connection.read_json(_API, {"query.bibliographic": paper.question(), "rows": "5", "select": _WANTED})
    items = dig(value, "message", "items")
    if not isinstance(items, list):
        raise BrokenError("its answer has no list of works")
    return [answer for item in items if (answer := _read_work(item))]


def _read_work(work: object) -> Answer | None:
    name = dig(work, "DOI")
    identifiers = find_identifiers(f"https://doi.org/{name}")
    if not identifiers:
        return None
    issued = read_date_parts(dig(work, "issued"))
    # A preprint is not published: the archive it is in is not a venue.
    is_published = dig(work, "type") != "posted-content"
    values = {
        "abstract": read_markup(dig(work, "abstract"), LONGEST_ABSTRACT).removeprefix("Abstract "),
        "authors": read_names(_join_name(author) for author in read_list(dig(work, "author"))),
        "issued": issued,
        "venue": _read_venue(work) if is_published else "",
        "venue_year": int(issued[:4]) if issued and is_published else None,
        **identifiers,
    }
    return make_answer("crossref", f"https://doi.org/{identifiers.get('doi') or name}", _read_titles(work), values)


def _read_titles(work: object) -> list[str]:
    """Return the title with its subtitle, which Crossref stores separately, and without it."""
    title, subtitle = (read_markup(dig(work, name, 0), LONGEST_TITLE) for name in ("title", "subtitle"))
    return [f"{title}: {subtitle}", title] if title and subtitle else [title]


def _join_name(author: object) -> str:
    parts = [dig(author, part) for part in ("given", "family")]
    return " ".join(part for part in parts if isinstance(part, str)) or str(dig(author, "name") or "")


def _read_venue(work: object) -> str:
    """Return the narrowest container: a volume's own name comes after that of its series."""
    containers = [read_markup(name, LONGEST_TITLE) for name in read_list(dig(work, "container-title"))]
    return containers[-1] if containers else ""


CROSSREF = Service(
    name="crossref",
    interval=1.0,
    identifiers=("doi",),
    gives=frozenset({"title", "authors", "year", "published", "venue", "venue_year", "doi"}),
    by_identifier=_by_identifier,
    by_title=_by_title,
)
