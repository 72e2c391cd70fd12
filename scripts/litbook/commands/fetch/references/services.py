"""Lists of references from Semantic Scholar and OpenAlex, by the identifiers of papers; titles are not searched for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.openalex import OPENALEX
from litbook.commands.fetch.semanticscholar import SEMANTICSCHOLAR, name_paper, read_external_ids
from litbook.commands.fetch.service import Known, Service
from litbook.commands.fetch.untrusted import (
    LONGEST_TITLE,
    dig,
    read_list,
    read_markup,
    read_names,
    read_text,
    read_year,
)
from litbook.model.fulltext import Listed
from litbook.text.identifiers import find_identifiers

_S2 = "https://api.semanticscholar.org/graph/v1/paper/batch"
_S2_WANTED = {"fields": "references.title,references.year,references.authors,references.externalIds"}
_OPENALEX = "https://api.openalex.org/works"
_OPENALEX_WANTED = "id,doi,title,publication_year,authorships,locations"
_AT_ONCE = 50  # works that OpenAlex returns in one answer
_MOST_REFERENCES = 5_000
_NAMES = {"arxiv_id": "arxiv", "doi": "doi", "openreview_id": "openreview", "acl_id": "acl"}

Lists = Mapping[str, tuple[Listed, ...]]


@dataclass(frozen=True, slots=True)
class ListService:
    """A service of lists of references: `ask` returns them by citekey, for at most `batch` papers.

    `name` is what `references.jsonl` calls it; a paper that the service does not know is absent.
    """

    service: Service
    name: str
    batch: int
    ask: Callable[[Connection, Sequence[Known]], Lists]


def _ask_semanticscholar(connection: Connection, papers: Sequence[Known]) -> Lists:
    value = connection.read_json(_S2, _S2_WANTED, {"ids": [name_paper(paper) for paper in papers]})
    if not isinstance(value, list) or len(value) != len(papers):
        raise BrokenError("its answer does not have one entry per question")
    found = {paper.citekey: dig(item, "references") for paper, item in zip(papers, value, strict=True) if item}
    return {
        citekey: tuple(filter(None, map(_read_listed, items[:_MOST_REFERENCES])))
        for citekey, items in found.items()
        if isinstance(items, list)
    }


def _read_listed(item: object) -> Listed | None:
    names = read_names(dig(author, "name") for author in read_list(dig(item, "authors"))[:1])
    return _make_listed(
        read_text(dig(item, "title"), LONGEST_TITLE),
        read_year(dig(item, "year")),
        names,
        read_external_ids(dig(item, "externalIds")),
    )


def _make_listed(title: str, year: int | None, names: Sequence[str], found: Mapping[str, str]) -> Listed | None:
    links = {_NAMES[name]: value for name, value in found.items() if name in _NAMES}
    return Listed(title, year, names[0] if names else "", links) if title or links else None


def _ask_openalex(connection: Connection, papers: Sequence[Known]) -> Lists:
    cited: dict[str, list[str]] = {}
    for paper in papers:
        doi = paper.identifier("doi") or f"10.48550/arxiv.{paper.identifier('arxiv_id')}"
        work = connection.read_json(
            f"{_OPENALEX}/doi:{quote(doi, safe='/')}", _query(connection, "id,referenced_works")
        )
        if work is not None and not isinstance(work, dict):
            raise BrokenError("its answer is not a work")
        if work is not None:
            cited[paper.citekey] = list(_read_ids(dig(work, "referenced_works")))
    wanted = sorted({name for names in cited.values() for name in names})
    known: dict[str, Listed] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        known |= _look_up(connection, wanted[start : start + _AT_ONCE])
    return {citekey: tuple(known[name] for name in names if name in known) for citekey, names in cited.items()}


def _query(connection: Connection, wanted: str) -> dict[str, str]:
    return {"select": wanted, **({"mailto": connection.contact} if connection.contact else {})}


def _read_ids(value: object) -> Iterable[str]:
    for item in read_list(value)[:_MOST_REFERENCES]:
        if found := re.fullmatch(r"https://openalex\.org/(W\d{1,15})", str(item)):
            yield found[1]


def _look_up(connection: Connection, names: Sequence[str]) -> dict[str, Listed]:
    """Return the works of some identifiers of OpenAlex; those that it no longer has are absent."""
    query = {"filter": f"openalex:{'|'.join(names)}", "per-page": str(_AT_ONCE), **_query(connection, _OPENALEX_WANTED)}
    works = dig(connection.read_json(_OPENALEX, query), "results")
    if not isinstance(works, list):
        raise BrokenError("its answer has no list of works")
    found: dict[str, Listed] = {}
    for work in works:
        named = next(iter(_read_ids([dig(work, "id")])), "")
        addresses = (dig(place, "landing_page_url") for place in read_list(dig(work, "locations")))
        names_of = read_names(dig(who, "author", "display_name") for who in read_list(dig(work, "authorships"))[:1])
        listed = _make_listed(
            read_markup(dig(work, "title"), LONGEST_TITLE),
            read_year(dig(work, "publication_year")),
            names_of,
            find_identifiers(dig(work, "doi"), *addresses),
        )
        if named and listed:
            found[named] = listed
    return found


LIST_SERVICES = (
    ListService(SEMANTICSCHOLAR, "Semantic Scholar", 50, _ask_semanticscholar),
    ListService(OPENALEX, "OpenAlex", 20, _ask_openalex),
)
