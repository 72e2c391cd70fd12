"""The reader of MARCXML, which catalogues of libraries and repositories such as CERN's write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.values import read_date
from litbook.ingest.formats.xmlrecords import read_xml_records
from litbook.ingest.formats.xmltree import attribute, every, markup_of, root_name, text_of
from litbook.model.review import Reading
from litbook.text.identifiers import find_arxiv, find_doi

_FIELD = re.compile(r"<(?:[\w.-]+:)?datafield\s[^>]*\btag\s*=\s*[\"']245[\"']")
# What libraries put at the end of a part of a field.
_PUNCTUATION = re.compile(r"(?:\s+[/:;=.]+|[,:;/])+\s*[.-]*$")
_FULL_STOP = re.compile(r"^[^.]*[^\W\d_]{4,}\.$")  # of a whole value, not of an abbreviation
_NUMBER, _PAGE = r"[\d.]*\d[\w-]*", r"[\w.]*\d[\w.]*"
_PLACE = (
    ("volume", re.compile(rf"\b(?:vol(?:ume)?s?|v|bd|t)\b\.?\s*({_NUMBER})", re.IGNORECASE)),
    ("issue", re.compile(rf"\b(?:no|n|nr|number|issue|iss|h|heft)\b[.°º]?\s*({_NUMBER})", re.IGNORECASE)),
    ("page", re.compile(rf"\b(?:pp?|pages?|s|seiten?)\b\.?\s*({_PAGE}(?:\s?[-–]\s?{_PAGE})?)", re.IGNORECASE)),
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_PUBLISHERS = ("260", "264", "502", "269")
# Relations of a person to a work, as words and as codes, that make no author.
_NO_AUTHOR = re.compile(
    r"\b(?:ed|edt|editor|editors|hrsg|herausgeber\w*|ths|dgs|supervisor|advisor|dir|director|referee|contact|trl"
    r"|translator|ill|illustrator|degree granting institution|host institution|issuing body|publisher|pbl|isb)\b",
    re.IGNORECASE,
)
_EDITOR = re.compile(r"\b(?:ed|edt|editor|editors|hrsg|herausgeber\w*)\b", re.IGNORECASE)


def matches(text: str) -> float:
    """Return how sure it is that a text is MARCXML: by fields with the number of a title."""
    if root_name(text) not in ("collection", "record", "records"):
        return 0.0
    return 0.97 if _FIELD.search(text[:200_000]) else 0.0


def read_marcxml(source: str, text: str) -> Reading:
    """Return the records of MARCXML, and every other part of it with the reason why it is not one."""
    return read_xml_records(source, text, ("record",), lambda record: make_csl_entry(make_marc_item(record)))


def make_marc_item(root: Element) -> Json:
    """Return a bibliographic record of MARC 21 in the vocabulary of CSL."""
    fields = _Fields(root)
    thesis, host = fields.has("502"), fields.has("773")
    place = _read_place(fields)
    dates = (*fields.all("260", "c"), *fields.all("264", "c"), *fields.all("269", "c"), place.get("year", ""),
             *fields.all("502", "d"), *fields.all("046", "k"))  # fmt: skip
    issued = next((date for said in dates if (date := _read_date(said))), None)
    item = {
        "type": "thesis" if thesis else "article-journal" if place.get("volume") else "chapter" if host else "book",
        "title": _join_title(fields),
        "author": [*fields.people("100", "700", "701"), *fields.groups()],
        "editor": fields.people("100", "700", "701", wanted=_is_editor),
        "abstract": " ".join(fields.all("520", "a")),
        "issued": {"date-parts": [[int(part) for part in issued.split("-")]]} if issued else None,
        "container-title": _strip(next(chain(fields.all("773", "t"), fields.all("773", "p")), "")),
        "volume": place.get("volume", ""),
        "issue": place.get("issue", ""),
        "page": place.get("page", ""),
        "publisher": _strip(
            next(chain.from_iterable(fields.all(tag, "c" if tag == "502" else "b") for tag in _PUBLISHERS), "")
        ),
        "DOI": next((doi for said in fields.named("doi") if (doi := find_doi(said))), ""),
        "arxiv": next((found for said in fields.named("arxiv") if (found := find_arxiv(said))), ""),
        "ISBN": ", ".join(said.split(" ")[0] for said in fields.all("020", "a")),
        "ISSN": ", ".join(chain(fields.all("022", "a"), fields.all("773", "x"))),
        "keyword": ", ".join(dict.fromkeys(_strip(word) for tag in ("650", "653") for word in fields.all(tag, "a"))),
        "language": next(fields.all("041", "a"), ""),
        "URL": next((said for said in fields.all("856", "u") if said.startswith("http")), ""),
        "id": fields.control("001"),
    }  # fmt: skip
    return {name: value for name, value in item.items() if value}


class _Fields:
    """Gives the subfields of a record by the number of the field and the letter."""

    def __init__(self, root: Element) -> None:
        self._fields = [(attribute(field, "tag"), field) for field in every(root, "datafield")]
        self._controls = {attribute(field, "tag"): text_of(field) for field in every(root, "controlfield")}

    def has(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._fields)

    def control(self, tag: str) -> str:
        return self._controls.get(tag, "")

    def all(self, tag: str, code: str) -> Iterator[str]:
        """Yield the values of a subfield, in the order of the record."""
        return (said for name, field in self._fields if name == tag for said in _read(field, code))

    def named(self, kind: str) -> Iterator[str]:
        """Yield identifiers of a kind: those that are said to be it, and those that name it themselves."""
        for name, field in self._fields:
            if name in ("024", "037") and kind in " ".join((*_read(field, "2"), *_read(field, "9"))).lower():
                yield from _read(field, "a")
        sources = chain(self.all("024", "a"), self.all("037", "a"), self.all("856", "u"))
        yield from (said for said in sources if kind in said.lower())

    def people(
        self, *tags: str, wanted: Callable[[str], bool] = lambda role: not _NO_AUTHOR.search(role)
    ) -> list[Json]:
        """Return the persons of these fields whose relation to the work is wanted."""
        found = [
            (field, " ".join((*_read(field, "e"), *_read(field, "4")))) for tag, field in self._fields if tag in tags
        ]
        names = [_strip(next(_read(field, "a"), "")) for field, role in found if wanted(role)]
        return [_make_name(name) for name in names if name]

    def groups(self) -> list[Json]:
        """Return the bodies that wrote the work; others that are named took part in it or published it."""
        main = (
            _strip(" ".join((*_read(field, "a"), *_read(field, "b")))) for tag, field in self._fields if tag == "110"
        )
        return [{"literal": name} for name in main if name]


def _is_editor(role: str) -> bool:
    return bool(_EDITOR.search(role))


def _read(field: Element, code: str) -> Iterator[str]:
    return (said for part in every(field, "subfield") if attribute(part, "code") == code and (said := markup_of(part)))


def _make_name(name: str) -> Json:
    family, sign, given = name.partition(", ")
    return {"family": family, "given": given.rstrip(".") if len(given) > 3 else given} if sign else {"literal": name}


def _strip(text: str) -> str:
    """Return a part of a field without the punctuation that announces the next part."""
    plain = _PUNCTUATION.sub("", text.strip()).strip()
    return plain[:-1] if _FULL_STOP.search(plain) else plain


def _join_title(fields: _Fields) -> str:
    main, rest = (_strip(" ".join(fields.all("245", code))) for code in ("a", "b"))
    return f"{main}: {rest}" if main and rest else main


def _read_place(fields: _Fields) -> dict[str, str]:
    """Return volume, issue, pages and year in the host: in subfields of their own, or all in one."""
    whole = " ".join(fields.all("773", "g"))
    found = {name: match[1] for name, pattern in _PLACE if (match := pattern.search(whole))}
    if year := _YEAR.search(re.sub(r"\b(?:pp?|s)\b\.?\s*\d+", "", whole)):
        found["year"] = year[0]
    own = {"volume": "v", "issue": "n", "page": "c", "year": "y"}
    return found | {name: said for name, code in own.items() if (said := next(fields.all("773", code), ""))}


def _read_date(said: str) -> str | None:
    """Return a date; libraries write a year as "c2009.", "[1998]" or "cop. 2001"."""
    plain = said.strip(" .[]©?")
    year = _YEAR.search(plain)
    return read_date(plain) or (year[0] if year else None)
