"""Semantic Scholar, https://api.semanticscholar.org/api-docs/graph: without a key, all users share one slow pool.

The `semanticscholar` package is not used: it brings an asynchronous HTTP client and a retry library, ignores
Retry-After, and has no place for a contact address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.service import Answer, Known, Service, make_answer
from litbook.commands.fetch.untrusted import (
    LONGEST_ABSTRACT,
    LONGEST_NAME,
    LONGEST_TITLE,
    dig,
    read_date,
    read_list,
    read_names,
    read_text,
    read_year,
)
from litbook.text.identifiers import find_identifiers, read_identifier

_API = "https://api.semanticscholar.org/graph/v1/paper"
_WANTED = {"fields": "title,abstract,authors,year,publicationDate,venue,externalIds"}
_PREFIXES = (("arxiv_id", "ARXIV"), ("doi", "DOI"), ("acl_id", "ACL"))


def _by_identifier(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    body = {"ids": [name_paper(paper) for paper in papers]}
    value = connection.read_json(f"{_API}/batch", _WANTED, body)
    if not isinstance(value, list) or len(value) != len(papers):
        raise BrokenError("its answer does not have one entry per question")
    found = ((paper.citekey, _read_paper(item)) for paper, item in zip(papers, value, strict=True))
    return {citekey: answer for citekey, answer in found if answer}


def name_paper(paper: Known) -> str:
    """Return the identifier by which Semantic Scholar is asked about a paper that has one."""
    return next(f"{prefix}:{paper.identifier(name)}" for name, prefix in _PREFIXES if paper.identifier(name))


def _by_title(connection: Connection, paper: Known) -> list[Answer]:
    value = connection.read_json(f"{_API}/search/match", {"query": paper.question(), **_WANTED})
    if value is None:  # Status 404 means "Title match not found".
        return []
    items = dig(value, "data")
    if not isinstance(items, list):
        raise BrokenError("its answer has no list of papers")
    return [answer for item in items if (answer := _read_paper(item))]


def _read_paper(paper: object) -> Answer | None:
    name = dig(paper, "paperId")
    if not isinstance(name, str) or not re.fullmatch(r"[0-9a-f]{40}", name):
        return None
    year = read_year(dig(paper, "year"))
    venue = read_text(dig(paper, "venue"), LONGEST_NAME)
    values = {
        "abstract": read_text(dig(paper, "abstract"), LONGEST_ABSTRACT),
        "authors": read_names(dig(author, "name") for author in read_list(dig(paper, "authors"))),
        "issued": read_date(dig(paper, "publicationDate")) or (str(year) if year else ""),
        "venue": "" if re.match(r"arxiv", venue, re.IGNORECASE) else venue,
        **read_external_ids(dig(paper, "externalIds")),
    }
    title = read_text(dig(paper, "title"), LONGEST_TITLE)
    return make_answer("semanticscholar", f"https://www.semanticscholar.org/paper/{name}", [title], values)


_OWN = {"arxiv_id": "ArXiv", "acl_id": "ACL"}


def read_external_ids(names: object) -> dict[str, str]:
    """Return the identifiers in an answer, by the field names of `facts.jsonl`."""
    found = find_identifiers(f"https://doi.org/{dig(names, 'DOI')}")
    own = {field: read_identifier(field, dig(names, name)) for field, name in _OWN.items()}
    return found | {name: value for name, value in own.items() if value}


SEMANTICSCHOLAR = Service(
    name="semanticscholar",
    interval=1.1,
    identifiers=tuple(name for name, _ in _PREFIXES),
    gives=frozenset({"title", "abstract", "authors", "year", "published", "venue", "arxiv_id", "doi", "acl_id"}),
    by_identifier=_by_identifier,
    by_title=_by_title,
    batch=100,
    key=("S2_API_KEY", "x-api-key"),
)
