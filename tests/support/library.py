"""A library of 200 invented items of all types, written as Zotero exports it: BibTeX, RIS and CSL-JSON.

The writers here share nothing with litbook's: they follow what Zotero's translators for these formats write. Each item
is a dictionary in the vocabulary of CSL; no such work, person or publisher exists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Item = dict[str, Any]

_COMMON = ("DOI", "URL", "language", "abstract", "keyword", "accessed", "title-short")
_JOURNAL = ("container-title", "container-title-short", "volume", "issue", "page", "ISSN")
_BOOK = ("publisher", "publisher-place", "edition", "ISBN", "collection-title", "volume", "number-of-pages")
# Type of CSL: type of BibTeX, tag of RIS, and the fields that Zotero has for it.
KINDS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "article-journal": ("article", "JOUR", (*_JOURNAL, *_COMMON)),
    "article-magazine": ("article", "MGZN", ("container-title", "volume", "issue", "page", "ISSN", *_COMMON)),
    "article-newspaper": ("article", "NEWS", ("container-title", "page", "edition", "section", "ISSN", *_COMMON)),
    "book": ("book", "BOOK", (*_BOOK, "editor", "translator", *_COMMON)),
    "chapter": ("incollection", "CHAP", ("container-title", "page", "editor", *_BOOK[:-1], *_COMMON)),
    "paper-conference": ("inproceedings", "CONF", ("container-title", "page", "publisher", "publisher-place", "ISBN",
                                                   "collection-title", "volume", "editor", *_COMMON)),
    "thesis": ("phdthesis", "THES", ("publisher", "publisher-place", "genre", "number-of-pages", *_COMMON)),
    "report": ("techreport", "RPRT", ("publisher", "publisher-place", "genre", "number", "page", *_COMMON)),
    "manuscript": ("unpublished", "UNPB", ("publisher-place", "genre", *_COMMON)),
    "webpage": ("misc", "ELEC", ("container-title", *_COMMON)),
    "post-weblog": ("misc", "BLOG", ("container-title", *_COMMON)),
    "software": ("misc", "COMP", ("publisher", "publisher-place", "version", *_COMMON)),
    "dataset": ("misc", "DATA", ("publisher", "version", *_COMMON)),
    "patent": ("patent", "PAT", ("number", "publisher-place", *_COMMON)),
    "motion_picture": ("misc", "MPCT", ("publisher", *_COMMON)),
    "song": ("misc", "SOUND", ("publisher", "publisher-place", *_COMMON)),
    "map": ("misc", "MAP", ("publisher", "publisher-place", "edition", *_COMMON)),
    "graphic": ("misc", "ART", _COMMON),
    "speech": ("misc", "SLIDE", ("publisher-place", "genre", *_COMMON)),
    "interview": ("misc", "INTV", _COMMON),
    "personal_communication": ("misc", "PCOMM", _COMMON),
    "bill": ("misc", "BILL", ("page", *_COMMON)),
    "legal_case": ("misc", "CASE", ("page", "volume", *_COMMON)),
    "legislation": ("misc", "STAT", ("page", *_COMMON)),
    "entry-encyclopedia": ("incollection", "ENCYC", ("container-title", "page", "editor", *_BOOK[:-1], *_COMMON)),
    "entry-dictionary": ("incollection", "DICT", ("container-title", "page", "editor", *_BOOK[:-1], *_COMMON)),
    "standard": ("techreport", "STAND", ("publisher", "number", *_COMMON)),
}  # fmt: skip
_NAMES = (
    [{"family": "Made", "given": "Bo"}],
    [{"family": "Prado Invento", "given": "Ana María"}, {"family": "Erfunden", "given": "P. T.", "suffix": "Jr."}],
    [{"literal": "World Kelp Organization"}, {"family": "Nada", "given": "Cy"}],
    [
        {"family": "van den Oord", "given": "Aäron"},
        {"family": "O’Fake", "given": "D."},
        {"family": "Lid", "given": "Ed"},
    ],
    [{"family": "李", "given": "娜"}, {"family": "김", "given": "민지"}],
    [{"family": "Łódka", "given": "Żaneta"}, {"family": "Måde-Søren", "given": "Åse"}],
    [{"literal": "Tide & Kelp, Research Group"}],
    [{"family": f"Fake{letter}", "given": f"{letter}. Q."} for letter in "ABCDEFGHIJKL"],
)
_TITLES = (
    "Kelp beds of the spring tide", "100% of the tides & 5 boats: a #1 guide", "CO₂ uptake at −2 °C in α-kelp",
    "“Quoted” – dashed, with under_scores and {braces}", "Über die Flut; Étude nº 4", "海带的生长", "Does it float?",
    "A <i>Laminaria</i> model of H₂O", "<i>In situ</i>: growth of <i>Fucus</i>",
)  # fmt: skip
_VALUES: Mapping[str, tuple[str, ...]] = {
    "container-title": ("Journal of Kelp & Tides", "Proceedings of the 3rd Meeting on Boats", "Anales de la marea"),
    "container-title-short": ("J. Kelp Tides",), "volume": ("12", "IV", "3A"), "issue": ("3", "1-2", "Suppl. 1"),
    "page": ("45-67", "e1024", "xii-xx", "101"), "ISSN": ("1234-5679",),
    "publisher": ("Invented Press", "Höhle & Söhne"),
    "publisher-place": ("Nowhere", "Sankt Nirgend, XY"), "edition": ("2", "3rd revised"),
    "ISBN": ("978-0-00-000000-2",),
    "collection-title": ("Studies of Kelp",), "number-of-pages": ("312",), "genre": ("PhD thesis", "Working paper"),
    "number": ("N7", "2031-04", "US 1,234"), "section": ("Sea",), "version": ("1.2.3",), "language": ("en", "de"),
    "keyword": ("kelp, tides", "boats"), "title-short": ("Short",), "abstract": ("We grow kelp. It takes 5% & more.",),
}  # fmt: skip
_DATES = ([2031], [2031, 3], [2031, 3, 5], [1999, 12, 31])


def make_library(number: int = 200) -> list[Item]:
    """Return items of all types in turn, with fields, names and dates of many forms."""
    return [_make_item(at, list(KINDS)[at % len(KINDS)], at // len(KINDS)) for at in range(number)]


def _make_item(at: int, kind: str, turn: int) -> Item:
    item: Item = {"id": f"key{at}", "type": kind, "title": f"{_TITLES[(at + turn) % len(_TITLES)]} {at}"}
    item["author"] = _NAMES[(at + 3 * turn) % len(_NAMES)]
    item["issued"] = {"date-parts": [_DATES[(at + turn) % len(_DATES)]]}
    for name in KINDS[kind][2]:
        if (at * 7 + turn * 3 + len(name)) % 5 == 0 and name not in ("container-title", "publisher"):
            continue  # no library is filled in everywhere
        values = _VALUES.get(name, ())
        if name in ("editor", "translator"):
            item[name] = _NAMES[(at + 1) % 2]
        elif name == "accessed":
            item[name] = {"date-parts": [[2032, 1, 2]]}
        elif name == "DOI":
            item[name] = f"10.5555/kelp.{at}"
        elif name == "URL":
            item[name] = f"https://example.org/a_b/{at}?x=1&y=2"
        else:
            item[name] = values[(at + turn) % len(values)]
    return item


def write_csl(items: list[Item]) -> str:
    return json.dumps(items, ensure_ascii=False)


# --- BibTeX, as Zotero's translator writes it ---

_BIBTEX = {
    "volume": "volume", "issue": "number", "number": "number", "ISSN": "issn", "publisher-place": "address",
    "edition": "edition", "ISBN": "isbn", "collection-title": "series", "DOI": "doi", "URL": "url",
    "language": "language", "abstract": "abstract", "keyword": "keywords", "title-short": "shorttitle",
    "genre": "type",
}  # fmt: skip
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SPECIAL = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
}


def write_bibtex(items: list[Item]) -> str:
    return "\n".join(map(_write_entry, items))


def _write_entry(item: Item) -> str:
    fields = "".join(f"\t{name} = {value},\n" for name, value in _list_fields(item))
    return f"@{KINDS[item['type']][0]}{{{item['id']},\n{fields}}}\n"


def _list_fields(item: Item) -> Iterator[tuple[str, str]]:
    bibtex = KINDS[item["type"]][0]
    yield "title", f"{{{_escape(item['title'])}}}"
    for role in ("author", "editor", "translator"):
        if role in item:
            yield role, f"{{{' and '.join(map(_write_person, item[role]))}}}"
    for variable, field in _BIBTEX.items():
        if variable in item:
            yield field, f"{{{item[variable] if variable in ('DOI', 'URL') else _escape(item[variable])}}}"
    if "container-title" in item:
        yield _name_container(bibtex), f"{{{_escape(item['container-title'])}}}"
    if "publisher" in item:
        name = {"phdthesis": "school", "techreport": "institution"}.get(bibtex, "publisher")
        yield name, f"{{{_escape(item['publisher'])}}}"
    if "page" in item:
        yield "pages", f"{{{item['page'].replace('-', '--')}}}"
    if "accessed" in item:
        yield "urldate", "{2032-01-02}"
    year, *rest = item["issued"]["date-parts"][0]
    if rest:
        yield "month", _MONTHS[rest[0] - 1]
    yield "year", f"{{{year}}}"


def _name_container(bibtex: str) -> str:
    return {"article": "journal", "misc": "howpublished"}.get(bibtex, "booktitle")


def _write_person(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escape(name['literal'])}}}"
    suffix = f", {name['suffix']}" if "suffix" in name else ""
    return f"{name['family']}{suffix}, {name['given']}"


def _escape(text: str) -> str:
    """Return a text in BibTeX; Zotero turns the tags of its titles into commands."""
    pieces = re.split("</?i>", text)
    escaped = ["".join(_SPECIAL.get(sign, sign) for sign in piece) for piece in pieces]
    return "".join(f"\\textit{{{piece}}}" if at % 2 else piece for at, piece in enumerate(escaped))


# --- RIS, as Zotero's translator writes it ---

_RIS = {
    "volume": "VL", "issue": "IS", "publisher": "PB", "publisher-place": "CY", "edition": "ET", "DOI": "DO",
    "URL": "UR", "language": "LA", "abstract": "AB", "title-short": "ST", "container-title-short": "J2", "ISSN": "SN",
    "ISBN": "SN",
    "section": "SE", "version": "ET", "genre": "M3",
}  # fmt: skip


def write_ris(items: list[Item]) -> str:
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _list_tags(item)) + "ER  - \n\n" for item in items)


def _list_tags(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", KINDS[item["type"]][1]
    yield "TI", item["title"]
    yield from _list_people(item)
    if "container-title" in item:
        yield "T2", item["container-title"]
    if "collection-title" in item:
        yield "T3" if "container-title" in item else "T2", item["collection-title"]
    parts = item["issued"]["date-parts"][0]
    yield "PY", str(parts[0])
    yield "DA", "/".join([*(f"{part:02}" for part in parts), "", ""][:3]) + "/"
    pages = item.get("page", "").partition("-")
    numbers = {"SP": pages[0] or item.get("number-of-pages", ""), "EP": pages[2]}
    numbers["SN" if item["type"] in ("report", "patent", "standard") else "M1"] = item.get("number", "")
    yield from ((tag, value) for tag, value in numbers.items() if value)
    yield from ((tag, item[variable]) for variable, tag in _RIS.items() if variable in item)
    yield from (("KW", word) for word in item.get("keyword", "").split(", ") if word)
    yield from [("Y2", "2032/01/02/")] if "accessed" in item else []


def _list_people(item: Item) -> Iterator[tuple[str, str]]:
    whole = item["type"] in ("book", "report", "map")
    for role, tag in (("author", "AU"), ("editor", "A3" if whole else "A2"), ("translator", "A4")):
        for name in item.get(role, ()):
            suffix = f", {name['suffix']}" if "suffix" in name else ""
            yield tag, name.get("literal") or f"{name['family']}, {name['given']}{suffix}"
