"""OpenAlex, https://developers.openalex.org: single works are free, searches count against a daily allowance.

The `pyalex` package is not used: its settings are global, its session has no timeout and cannot be replaced, and it
ignores the base address that it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.service import Answer, Known, Service, make_answer
from litbook.commands.fetch.untrusted import (
    LONGEST_ABSTRACT,
    LONGEST_NAME,
    LONGEST_TITLE,
    dig,
    read_date,
    read_list,
    read_markup,
    read_names,
    read_number,
    read_text,
)
from litbook.text.identifiers import find_identifiers

_API = "https://api.openalex.org/works"
_WANTED = "id,doi,title,publication_date,authorships,primary_location,locations,abstract_inverted_index"
_VENUES = frozenset({"journal", "conference", "book series"})
_MOST_WORDS = 5_000


def _by_identifier(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    found = ((paper.citekey, _read_one(connection, paper)) for paper in papers)
    return {citekey: answer for citekey, answer in found if answer}


def _read_one(connection: Connection, paper: Known) -> Answer | None:
    doi = paper.identifier("doi") or f"10.48550/arxiv.{paper.identifier('arxiv_id')}"
    work = connection.read_json(f"{_API}/doi:{quote(doi, safe='/')}", _ask(connection))
    if work is not None and not isinstance(work, dict):
        raise BrokenError("its answer is not a work")
    return _read_work(work)


def _by_title(connection: Connection, paper: Known) -> list[Answer]:
    query = {"filter": f"title.search:{paper.question()}", "per-page": "5"}
    works = dig(connection.read_json(_API, {**query, **_ask(connection)}), "results")
    if not isinstance(works, list):
        raise BrokenError("its answer has no list of works")
    return [answer for work in works if (answer := _read_work(work))]


def _ask(connection: Connection) -> dict[str, str]:
    return {"select": _WANTED, **({"mailto": connection.contact} if connection.contact else {})}


def _read_work(work: object) -> Answer | None:
    name = re.fullmatch(r"https://openalex\.org/(W\d{1,15})", str(dig(work, "id")))
    if not name:
        return None
    places = [dig(work, "primary_location"), *read_list(dig(work, "locations"))]
    source = dig(work, "primary_location", "source")
    is_venue = dig(source, "type") in _VENUES
    values = {
        "abstract": _read_abstract(dig(work, "abstract_inverted_index")),
        "authors": read_names(dig(who, "author", "display_name") for who in read_list(dig(work, "authorships"))),
        "issued": read_date(dig(work, "publication_date")),
        "venue": read_text(dig(source, "display_name"), LONGEST_NAME) if is_venue else "",
        **find_identifiers(dig(work, "doi"), *(dig(place, "landing_page_url") for place in places)),
    }
    title = read_markup(dig(work, "title"), LONGEST_TITLE)
    return make_answer("openalex", f"https://openalex.org/{name[1]}", [title], values)


def _read_abstract(index: object) -> str:
    """Rebuild an abstract from OpenAlex's inverted index, which lists the positions of each word."""
    placed: dict[int, str] = {}
    for word, places in index.items() if isinstance(index, dict) else ():
        for place in read_list(places):
            number = read_number(place, 0, _MOST_WORDS)
            if number is None or not isinstance(word, str):
                return ""
            placed[number] = word
    return read_text(" ".join(placed[number] for number in sorted(placed)), LONGEST_ABSTRACT)


OPENALEX = Service(
    name="openalex",
    interval=0.2,
    identifiers=("doi", "arxiv_id"),
    gives=frozenset({"title", "abstract", "authors", "year", "published", "venue", "arxiv_id", "doi"}),
    by_identifier=_by_identifier,
    by_title=_by_title,
    key=("OPENALEX_API_KEY", "Authorization"),
)
