"""Crossref's two fields: `updated-by` of a work, and `update-to` of the notices about it.

A publisher that changes an article without a separate notice names the article's own DOI in its `update-to`. An
`update-to` with another DOI says that the work is itself a notice, which says nothing about the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.service import Answer, Known, Service
from litbook.commands.fetch.untrusted import (
    LONGEST_NAME,
    LONGEST_TITLE,
    dig,
    read_day,
    read_list,
    read_markup,
    read_text,
)
from litbook.commands.fetch.watch.kinds import kind_of_update, split_title
from litbook.model.notices import VOIDING, Notice
from litbook.text.identifiers import read_identifier

_API = "https://api.crossref.org/works"
_OF_WORKS = "DOI,title,update-to,updated-by"
_OF_NOTICES = "DOI,update-to"
_MOST_NOTICES = "1000"  # rows in one answer, at most
# Commas, colons and the like are syntax in Crossref's filters: such DOIs are asked for one by one.
_PLAIN = re.compile(r"[\w./()-]+", re.ASCII)


def _ask(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    names = {paper.citekey: paper.identifier("doi") for paper in papers}
    plain = sorted({name for name in names.values() if _PLAIN.fullmatch(name)})
    works = _ask_for_works(connection, plain) | _ask_one_by_one(connection, set(names.values()) - set(plain))
    published = _ask_for_notices(connection, [name for name in plain if name in works])
    return {
        citekey: _read_work(works[name], name, published.get(name, []))
        for citekey, name in names.items()
        if name in works
    }


def _ask_for_works(connection: Connection, dois: Sequence[str]) -> dict[str, object]:
    if not dois:
        return {}
    wanted = ",".join(f"doi:{name}" for name in dois)
    answer = connection.read_json(_API, {"filter": wanted, "select": _OF_WORKS, "rows": str(len(dois))})
    return {read_identifier("doi", dig(work, "DOI")): work for work in _read_items(answer)}


def _ask_one_by_one(connection: Connection, dois: set[str]) -> dict[str, object]:
    answers = {name: connection.read_json(f"{_API}/{quote(name, safe='')}") for name in sorted(dois)}
    return {name: dig(answer, "message") for name, answer in answers.items() if answer is not None}


def _ask_for_notices(connection: Connection, dois: Sequence[str]) -> dict[str, list[Notice]]:
    """Return the notices about works by the works' DOIs, as the notices themselves name them."""
    found: dict[str, list[Notice]] = {}
    if not dois:
        return found
    wanted = ",".join(f"updates:{name}" for name in dois)
    answer = connection.read_json(_API, {"filter": wanted, "select": _OF_NOTICES, "rows": _MOST_NOTICES})
    for item in _read_items(answer):
        own = read_identifier("doi", dig(item, "DOI"))
        for update in read_list(dig(item, "update-to")):
            if (about := read_identifier("doi", dig(update, "DOI"))) in dois:
                found.setdefault(about, []).append(_read_update(update, own, about))
    return found


def _read_items(answer: object) -> list[object]:
    items = dig(answer, "message", "items")
    if not isinstance(items, list):
        raise BrokenError("its answer has no list of works")
    return items


def _read_work(work: object, doi: str, published: Sequence[Notice]) -> Answer:
    title = read_markup(dig(work, "title", 0), LONGEST_TITLE)
    marked, plain = split_title(title)
    notices = dict.fromkeys([*_read_updates(work, doi), *published])
    if marked and not any(notice.kind in VOIDING for notice in notices):
        notices[Notice(marked, "crossref", address=_address(doi), says="marked in the title")] = None
    titles = tuple(dict.fromkeys(filter(None, (plain, title))))
    return Answer("crossref", _address(doi), titles, {"doi": doi}, tuple(notices))


def _read_updates(work: object, doi: str) -> Iterator[Notice]:
    for update in read_list(dig(work, "updated-by")):
        yield _read_update(update, read_identifier("doi", dig(update, "DOI")), doi)
    for update in read_list(dig(work, "update-to")):
        if read_identifier("doi", dig(update, "DOI")) == doi:
            yield _read_update(update, doi, doi)


def _read_update(update: object, notice: str, about: str) -> Notice:
    """Return an update as a notice; one without a valid DOI is read at the work that it is about."""
    kind, label, source = (read_text(dig(update, name), LONGEST_NAME) for name in ("type", "label", "source"))
    known = kind_of_update(kind, label)
    return Notice(
        kind=known,
        origin="crossref",
        date=read_day(dig(update, "updated")),
        doi=notice,
        address=_address(notice or about),
        registrant=source,
        says=(label or kind) if known == "other" else "",
    )


def _address(doi: str) -> str:
    return f"https://doi.org/{quote(doi, safe='/:;()._-,+@!*=~$&')}"


CROSSREF_NOTICES = Service(
    name="crossref", interval=1.0, identifiers=("doi",), gives=frozenset(), by_identifier=_ask, batch=20
)
