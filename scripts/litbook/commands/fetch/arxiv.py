"""arXiv, https://info.arxiv.org/help/api/user-manual.html: one request every three seconds, as its terms of use ask.

The `arxiv` package is not used: it sends its own User-Agent, sets no timeout, ignores Retry-After, and silently repairs
broken XML, so that a truncated answer would pass for a complete one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from litbook.commands.fetch.connection import BrokenError, Connection, RefusedError
from litbook.commands.fetch.service import Answer, Known, Service, make_answer
from litbook.commands.fetch.untrusted import LONGEST_ABSTRACT, LONGEST_TITLE, read_date, read_names, read_text
from litbook.text.identifiers import find_identifiers, read_identifier

_API = "https://export.arxiv.org/api/query"
_SPACES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}


def _by_identifier(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    names = {paper.citekey: paper.identifier("arxiv_id") for paper in papers}
    asked = ",".join(sorted(set(names.values())))
    answers = _read_feed(connection, {"id_list": asked, "max_results": str(len(papers))})
    found = {answer.values.get("arxiv_id"): answer for answer in answers}
    return {citekey: found[name] for citekey, name in names.items() if name in found}


def _by_title(connection: Connection, paper: Known) -> list[Answer]:
    return _read_feed(connection, {"search_query": f'ti:"{paper.question()}"', "max_results": "5"})


def _read_feed(connection: Connection, query: Mapping[str, str]) -> list[Answer]:
    return [answer for entry in read_entries(connection, query) if (answer := read_entry(entry))]


def read_entries(connection: Connection, query: Mapping[str, str]) -> list[Element]:
    """Return the entries of the feed that answers a query; raise `ServiceError` on failure."""
    feed = connection.read_xml(_API, query)
    if feed is None:
        return []
    if feed.tag != f"{{{_SPACES['atom']}}}feed":
        raise BrokenError("its answer is not an Atom feed")
    return feed.findall("atom:entry", _SPACES)


def read_entry(entry: Element) -> Answer | None:
    """Return what an entry says of its paper; None for one without an identifier, and `RefusedError` for an error."""
    address = entry_text(entry, "atom:id")
    if "/api/errors" in address:
        raise RefusedError(f"it says: {read_text(entry_text(entry, 'atom:summary'), 200) or 'error'}")
    name = find_identifiers(address).get("arxiv_id")
    if not name:
        return None
    published = read_date(entry_text(entry, "atom:published"))
    values = {
        "abstract": read_text(entry_text(entry, "atom:summary"), LONGEST_ABSTRACT),
        "authors": read_names(author.text for author in entry.iterfind("atom:author/atom:name", _SPACES)),
        "year": int(published[:4]) if published else None,
        "published": published,
        "arxiv_id": name,
        "doi": read_identifier("doi", entry_text(entry, "arxiv:doi")),
    }
    return make_answer(
        "arxiv", f"https://arxiv.org/abs/{name}", [read_text(entry_text(entry, "atom:title"), LONGEST_TITLE)], values
    )


def entry_text(entry: Element, path: str) -> str:
    """Return the text of an element of an entry, such as `atom:title` or `arxiv:comment`, or nothing."""
    return entry.findtext(path, "", _SPACES)


ARXIV = Service(
    name="arxiv",
    interval=3.0,
    identifiers=("arxiv_id",),
    gives=frozenset({"title", "abstract", "authors", "year", "published", "arxiv_id", "doi"}),
    by_identifier=_by_identifier,
    by_title=_by_title,
    batch=50,
)
