"""The ACL Anthology, https://aclanthology.org/<id>.bib: it has no search, so it is asked only for known identifiers.

Its own client, `acl-anthology-py`, is not used: it needs a copy of the whole Anthology.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError

from litbook.commands.fetch.connection import BrokenError, Connection
from litbook.commands.fetch.latex import read_latex
from litbook.commands.fetch.service import Answer, Known, Service, make_answer
from litbook.commands.fetch.untrusted import (
    LONGEST_ABSTRACT,
    LONGEST_NAME,
    LONGEST_TITLE,
    read_names,
    read_text,
    read_year,
)
from litbook.text.identifiers import find_identifiers, read_identifier

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _by_identifier(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    found = ((paper.citekey, _read_one(connection, paper.identifier("acl_id"))) for paper in papers)
    return {citekey: answer for citekey, answer in found if answer}


def _read_one(connection: Connection, name: str) -> Answer | None:
    text = connection.read_text(f"https://aclanthology.org/{name}.bib")
    if text is None:
        return None
    try:
        entries = list(parse_string(text, "bibtex").entries.values())
        return _read_entry(entries[0])
    except (PybtexError, IndexError, RecursionError, ValueError) as error:
        raise BrokenError("its answer is not one entry of BibTeX") from error


def _read_entry(entry: Entry) -> Answer:
    fields = {name.lower(): value for name, value in entry.fields.items()}
    identifiers = find_identifiers(fields.get("url"))
    name = identifiers.get("acl_id", "")
    year = read_year(int(fields["year"])) if re.fullmatch(r"\d{4}", fields.get("year", "")) else None
    values = {
        "abstract": _read_latex(fields.get("abstract"), LONGEST_ABSTRACT),
        "authors": read_names(
            _read_latex(_join_name(person), LONGEST_NAME) for person in entry.persons.get("author", [])
        ),
        "issued": _read_issued(year, fields.get("month", "")),
        "venue": _read_latex(fields.get("booktitle") or fields.get("journal"), LONGEST_TITLE),
        "venue_year": year,
        "doi": read_identifier("doi", fields.get("doi")),
        "acl_id": name,
    }
    title = _read_latex(fields.get("title"), LONGEST_TITLE)
    return make_answer("acl", f"https://aclanthology.org/{name}/", [title], values)


def _join_name(person: object) -> str:
    parts = ("first_names", "middle_names", "prelast_names", "last_names", "lineage_names")
    return " ".join(name for part in parts for name in getattr(person, part))


def _read_issued(year: int | None, month: str) -> str:
    number = _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else 0
    return "" if year is None else f"{year}-{number:02d}" if number else str(year)


def _read_latex(value: object, longest: int) -> str:
    raw = read_text(value, longest * 2)
    return read_text(read_latex(raw), longest) if raw else ""


ACL = Service(
    name="acl",
    interval=1.0,
    identifiers=("acl_id",),
    gives=frozenset({"title", "abstract", "authors", "year", "published", "venue", "venue_year", "doi", "acl_id"}),
    by_identifier=_by_identifier,
)
