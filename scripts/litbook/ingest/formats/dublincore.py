"""The reader of Dublin Core as XML, which repositories and journals give beside all other forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.people import read_name
from litbook.ingest.formats.values import read_date
from litbook.ingest.formats.xmlrecords import read_xml_records
from litbook.ingest.formats.xmltree import every, markup_of, root_name, text_of, texts_of
from litbook.model.review import Reading
from litbook.text.identifiers import find_arxiv, find_doi

_RECORDS = ("dc", "qualifieddc", "dcterms")
_TYPES = (
    ("thesis", "thesis"), ("dissertation", "thesis"), ("bookpart", "chapter"), ("book part", "chapter"),
    ("chapter", "chapter"), ("conference", "paper-conference"), ("proceeding", "paper-conference"),
    ("report", "report"), ("workingpaper", "report"), ("working paper", "report"), ("preprint", "article"),
    ("article", "article-journal"), ("journal", "article-journal"), ("dataset", "dataset"), ("book", "book"),
)  # fmt: skip
# A journal's own system says in one value where an article is: "Journal of Owls; Vol 3, No 2 (2013); 12-19".
_SOURCE = re.compile(
    r"(?P<venue>[^;]{3,200}?)[;,]\s*(?:vol(?:ume)?\.?|v\.|bd\.)\s*(?P<volume>[\w.]+)"
    r"(?:[,;]?\s*(?:no?|nr|núm|issue|h)\.?\s*(?P<issue>[\w.-]+?))?(?:\s*\((?P<year>\d{4})\))?"
    r"(?:[:;,][^;]*)?(?:;\s*(?P<page>\w*\d+(?:\s?-\s?\w*\d+)?))?\s*",
    re.IGNORECASE,
)
_ISSN, _ISBN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b"), re.compile(r"\b97[89](?:[- ]?\d){10}\b")
_LICENCE = re.compile(r"https?://(?:www\.)?creativecommons\.org/\S+")
_AFFILIATION = re.compile(r"\s*\([^()]{2,200}\)\s*$")
_SHORTEST_ABSTRACT = 120


def matches(text: str) -> float:
    """Return how sure it is that a text is Dublin Core: by elements that hold a record of it."""
    head = text[:200_000]
    if not root_name(text) or "purl.org/dc/" not in head:
        return 0.0
    return 0.96 if re.search(rf"<(?:[\w.-]+:)?(?:{'|'.join(_RECORDS)})[\s>]", head) else 0.0


def read_dublin_core(source: str, text: str) -> Reading:
    """Return the records of Dublin Core, and every other part of it with the reason why it is not one."""
    return read_xml_records(source, text, _RECORDS, lambda record: make_csl_entry(make_dublin_core_item(record)))


def make_dublin_core_item(said: Element) -> Json:
    """Return a record in the vocabulary of CSL; what is said beside an abstract stays as a note."""
    sources, named = texts_of(said, "source"), [*texts_of(said, "identifier"), *texts_of(said, "relation")]
    place = next((match.groupdict() for value in sources if (match := _SOURCE.fullmatch(value))), {})
    texts = [markup_of(part) for name in ("abstract", "description") for part in every(said, name)]
    abstract = max((text for text in texts if len(text) >= _SHORTEST_ABSTRACT), key=len, default="")
    titles = [markup_of(part) for part in every(said, "title")]
    date = _choose_date([text for name in ("issued", "date", "created") for text in texts_of(said, name)])
    item = {
        "type": _find_type(texts_of(said, "type")),
        "title": next(iter(titles), ""),
        "title in another language": "; ".join(titles[1:]),
        "author": [*_read_people(said, "creator")] or [*_read_people(said, "contributor")],
        "abstract": abstract,
        "note": " ".join(text for text in texts if text != abstract),
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else None,
        "container-title": place.get("venue") or _find_venue(said, sources),
        "volume": place.get("volume"),
        "issue": place.get("issue"),
        "page": place.get("page"),
        "publisher": text_of(said, "publisher"),
        "DOI": next((doi for value in named if (doi := find_doi(value))), ""),
        "arxiv": next((found for value in named if "arxiv" in value.lower() and (found := find_arxiv(value))), ""),
        "ISSN": ", ".join(dict.fromkeys(issn for value in (*named, *sources) for issn in _ISSN.findall(value))),
        "ISBN": ", ".join(dict.fromkeys(isbn for value in named for isbn in _ISBN.findall(value))),
        "URL": next((value for value in texts_of(said, "identifier") if re.match(r"https?://\S+$", value)), ""),
        "keyword": ", ".join(dict.fromkeys(texts_of(said, "subject"))),
        "language": text_of(said, "language"),
        "licence": next((match[0] for text in texts_of(said, "rights") if (match := _LICENCE.search(text))), ""),
    }
    return {name: value for name, value in item.items() if value}


def _read_people(said: Element, role: str) -> Iterator[Json]:
    """Yield the names of a role; some repositories put all in one value, or an institute behind each."""
    for person in every(said, role):
        whole = text_of(person, "name") or text_of(person)
        for part in whole.split(";"):
            name = read_name(_AFFILIATION.sub("", part.strip()))
            if name:
                parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle,
                         "suffix": name.suffix, "literal": name.literal}  # fmt: skip
                yield {part: value for part, value in parts.items() if value}


def _find_type(said: Sequence[str]) -> str:
    words = " ".join(said).lower()
    return next((kind for word, kind in _TYPES if word in words), "document")


def _find_venue(said: Element, sources: Sequence[str]) -> str:
    """Return the journal or book that a record is part of, if it is named and not only addressed."""
    named = (*texts_of(said, "isPartOf"), *sources)
    return next(
        (value for value in named if not re.search(r"https?://|^\W*[\d-]+X?\W*$", value) and len(value) < 200), ""
    )


def _choose_date(said: Sequence[str]) -> str | None:
    """Return the date of publication: times of day are those at which a repository took the work in."""
    plain = [date for value in said if "T" not in value and (date := read_date(value))]
    timed = [date for value in said if "T" in value and (date := read_date(value.partition("T")[0]))]
    return min(plain or timed, default=None)
