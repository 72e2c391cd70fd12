"""OpenAlex's `is_retracted`, which says neither when nor why; it follows the Retraction Watch database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.service import Answer, Known, Service
from litbook.commands.fetch.untrusted import LONGEST_TITLE, dig, read_markup
from litbook.commands.fetch.watch.kinds import split_title
from litbook.model.notices import Notice
from litbook.text.identifiers import find_identifiers

_API = "https://api.openalex.org/works"
_WANTED = "id,doi,title,type,is_retracted"
_NOTICES = ("retraction", "erratum")  # types of works that are notices themselves


def _ask(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    found = ((paper.citekey, _ask_for_one(connection, paper)) for paper in papers)
    return {citekey: answer for citekey, answer in found if answer}


def _ask_for_one(connection: Connection, paper: Known) -> Answer | None:
    doi = paper.identifier("doi") or f"10.48550/arxiv.{paper.identifier('arxiv_id')}"
    query = {"select": _WANTED, **({"mailto": connection.contact} if connection.contact else {})}
    work = connection.read_json(f"{_API}/doi:{quote(doi, safe='/')}", query)
    if work is None:
        return None
    name = re.fullmatch(r"https://openalex\.org/(W\d{1,15})", str(dig(work, "id")))
    if name is None or not isinstance(dig(work, "is_retracted"), bool):
        raise BrokenError("its answer is not a work with 'is_retracted'")
    address = f"https://openalex.org/{name[1]}"
    is_retracted = dig(work, "is_retracted") is True and dig(work, "type") not in _NOTICES
    title = read_markup(dig(work, "title"), LONGEST_TITLE)
    titles = tuple(dict.fromkeys(filter(None, (split_title(title)[1], title))))
    notices = (Notice("retraction", "openalex", address=address),) if is_retracted else ()
    return Answer("openalex", address, titles, find_identifiers(dig(work, "doi")), notices)


OPENALEX_NOTICES = Service(
    name="openalex",
    interval=0.2,
    identifiers=("doi", "arxiv_id"),
    gives=frozenset(),
    by_identifier=_ask,
    key=("OPENALEX_API_KEY", "Authorization"),
)
