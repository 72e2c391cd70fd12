"""The readers of parsed papers as XML: TEI, as GROBID writes it, and JATS, as journals and PubMed Central do.

Each paper is one record that spans its whole text: the header is read, the body is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.values import read_date
from litbook.ingest.formats.xmltree import (
    attribute,
    cut_elements,
    every,
    first,
    local,
    markup_of,
    name_of,
    parse,
    root_name,
    text_of,
    texts_of,
)
from litbook.model.review import Reading
from litbook.text.identifiers import find_arxiv, links_of

_BETWEEN = "the frame around the papers"
_CUT_SHORT = "a paper that is not closed; the file is cut short or damaged here, export it again"
_NAMELESS = "a parsed paper without a title and without an identifier; add its DOI or arXiv id instead"
_LICENCE = re.compile(r"https?://(?:www\.)?creativecommons\.org/\S+?(?=[\s\"')<,]|\.?$)")


def matches_tei(text: str) -> float:
    """Return how sure it is that a text is TEI of papers: by its root and a header."""
    if root_name(text) not in ("TEI", "teiCorpus", "TEI.2"):
        return 0.0
    return 0.96 if "teiHeader" in text[:200_000] else 0.0


def read_tei(source: str, text: str) -> Reading:
    """Return one record for each paper in TEI."""
    return read_papers(source, text, ("TEI", "TEI.2"), _make_tei)


def matches_jats(text: str) -> float:
    """Return how sure it is that a text is JATS: by articles with front matter."""
    head = text[:200_000]
    if not head.lstrip("\ufeff \t\r\n").startswith("<") or not re.search(r"<(?:[\w.-]+:)?article[\s>]", head):
        return 0.0
    return 0.96 if re.search(r"<(?:[\w.-]+:)?article-meta[\s>]", head) else 0.0


def read_jats(source: str, text: str) -> Reading:
    """Return one record for each article in JATS."""
    return read_papers(source, text, ("article",), make_jats_item)


def read_papers(source: str, text: str, names: tuple[str, ...], make: Callable[[Element], Json]) -> Reading:
    """Return one record for each outermost element of these names, of which `make` takes what the vocabulary has."""
    return assemble(source, text, _make_pieces(text, names, make), _BETWEEN)


def _make_pieces(text: str, names: tuple[str, ...], make: Callable[[Element], Json]) -> Iterator[Piece]:
    cuts = list(cut_elements(text, names))
    for cut in cuts:
        # What is around a single paper belongs to it: one file, one record.
        start, end = (0, len(text)) if len(cuts) == 1 else (cut.start, cut.end)
        root = parse(text[cut.start : cut.end]) if cut.closed else _CUT_SHORT
        if isinstance(root, str):
            yield Piece(start, end, reason=root)
            continue
        entry = make_paper(make(root))
        yield Piece(start, end, entry) if entry.title or entry.links else Piece(start, end, reason=_NAMELESS)


def make_paper(item: Json) -> Entry:
    """Return the entry of a parsed paper, given in the vocabulary of CSL, with what is empty left out."""
    return make_csl_entry({name: value for name, value in item.items() if value})


def date_parts(text: str) -> Json | None:
    """Return a date as CSL-JSON has it, or None if a text states none."""
    date = read_date(text)
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None


# -- TEI ------------------------------------------------------------------------------------------------------------


def _make_tei(root: Element) -> Json:
    header = first(root, "teiHeader") if local(root.tag) != "teiHeader" else root
    described = first(header, "fileDesc/sourceDesc/biblStruct")
    analytic, volume = first(described, "analytic"), first(described, "monogr")
    identifiers = {attribute(item, "type").lower(): text_of(item) for item in _all(described, "**/idno")}
    dates = [attribute(item, "when") or text_of(item) for item in _all(volume, "imprint/date")]
    dates += [attribute(item, "when") or text_of(item) for item in _all(header, "fileDesc/publicationStmt/date")]
    licence = first(header, "fileDesc/publicationStmt/availability/licence")
    tool = first(header, "encodingDesc/appInfo/application")
    return {
        "type": "article-journal" if _scope(volume, "volume") else "article",
        "title": _title(analytic) or _title(first(header, "fileDesc/titleStmt")),
        "author": _drop_pieces([_tei_name(person) for person in _all(analytic, "author/persName")]),
        "abstract": _tei_abstract(first(header, "profileDesc/abstract")),
        "issued": next((found for date in dates if (found := date_parts(date))), None),
        "container-title": _title(volume),
        "volume": _scope(volume, "volume"),
        "issue": _scope(volume, "issue"),
        "page": _scope(volume, "page"),
        "publisher": text_of(volume, "imprint/publisher"),
        "DOI": identifiers.get("doi", ""),
        "arxiv": find_arxiv(identifiers.get("arxiv", "")),
        "ISSN": identifiers.get("issn", ""),
        "keyword": ", ".join(texts_of(header, "profileDesc/textClass/keywords/**/term")),
        "licence": find_licence(attribute(licence, "target"), text_of(licence)),
        "parsed by": " ".join(filter(None, (attribute(tool, "ident") or "TEI", attribute(tool, "version")))),
    }


def _all(element: Element | None, path: str) -> list[Element]:
    return list(every(element, path)) if element is not None else []


def _title(element: Element | None) -> str:
    titles = _all(element, "title")
    main = next((item for item in titles if attribute(item, "type") == "main" and text_of(item)), None)
    return markup_of(main if main is not None else next(iter(titles), None))


def _tei_name(person: Element) -> Json:
    given = " ".join(texts_of(person, "forename"))
    family, suffix = text_of(person, "surname"), text_of(person, "genName")
    return {"family": family, "given": given, "suffix": suffix} if family else {"literal": given or text_of(person)}


def _drop_pieces(people: list[Json]) -> list[Json]:
    """Return people without those whose family name was cut before an accent, and who are given whole as well."""
    whole = {(person.get("given"), str(person.get("family", ""))) for person in people}
    cut = {(given, family[:at]) for given, family in whole for at, sign in enumerate(family) if not sign.isascii()}
    return [person for person in people if (person.get("given"), person.get("family")) not in cut]


def _tei_abstract(abstract: Element | None) -> str:
    """Return an abstract with the headings of its parts."""
    if abstract is None:
        return ""
    said: list[str] = []
    for part in abstract.iter():
        name = name_of(part)
        if name == "head" and (heading := text_of(part)) and heading.lower() != "abstract":
            said.append(f"{heading.rstrip(':.')}:")
        elif name == "p":
            said.append(markup_of(part))
    return " ".join(filter(None, said)) or markup_of(abstract)


def _scope(volume: Element | None, unit: str) -> str:
    scope = next((item for item in _all(volume, "imprint/biblScope") if attribute(item, "unit") == unit), None)
    start, end = attribute(scope, "from"), attribute(scope, "to")
    return f"{start}-{end}" if start and end and start != end else start or text_of(scope)


def find_licence(*said: str) -> str:
    """Return the address of a licence, or else its words."""
    found = (match[0] for text in said if (match := _LICENCE.search(text)))
    return next(found, next((text for text in said if text), ""))


# -- JATS -----------------------------------------------------------------------------------------------------------


def make_jats_item(root: Element) -> Json:
    """Return the front matter of an article in the vocabulary of CSL."""
    front = first(root, "front")
    about = first(front, "article-meta")
    journal = first(front, "journal-meta")
    identifiers = {attribute(item, "pub-id-type"): text_of(item) for item in _all(about, "article-id")}
    licence = first(about, "permissions/license")
    start, end = text_of(about, "fpage"), text_of(about, "lpage")
    doi = links_of(identifiers.get("doi", ""))
    return {
        "type": "article-journal",
        "title": _jats_title(first(about, "title-group")),
        "author": _jats_people(about, "author"),
        "editor": _jats_people(about, "editor"),
        "abstract": _jats_abstract(about),
        "issued": _jats_date(about),
        "container-title": text_of(journal, "journal-title-group/journal-title", "journal-title", "journal-id"),
        "volume": text_of(about, "volume"),
        "issue": text_of(about, "issue"),
        "page": f"{start}-{end}" if start and end and start != end else start or text_of(about, "elocation-id"),
        "publisher": text_of(journal, "publisher/publisher-name"),
        "ISSN": ", ".join(texts_of(journal, "issn")),
        "DOI": doi.get("doi", ""),
        "arxiv": doi.get("arxiv", "") or find_arxiv(identifiers.get("arxiv", "")),
        "PMID": identifiers.get("pmid", ""),
        "PMCID": identifiers.get("pmc", "") or identifiers.get("pmcid", ""),
        "keyword": ", ".join(texts_of(about, "kwd-group/kwd")),
        "licence": find_licence(
            attribute(licence, "href"), text_of(licence), text_of(about, "permissions/license_ref")
        ),
        "parsed by": "JATS",
    }


def _jats_title(group: Element | None) -> str:
    main = markup_of(first(group, "article-title"), skip=("xref", "fn"))
    sub = markup_of(first(group, "subtitle"), skip=("xref", "fn"))
    return f"{main.rstrip(':')}: {sub}" if main and sub else main


def _jats_people(about: Element | None, role: str) -> list[Json]:
    people: list[Json] = []
    for person in _all(about, "contrib-group/contrib"):
        if (attribute(person, "contrib-type") or "author") != role:
            continue
        ways = (first(person, path) for path in ("name", "name-alternatives/name", "string-name"))
        name = next((way for way in ways if way is not None), None)
        family = text_of(name, "surname") if name is not None else ""
        if name is not None and family:
            people.append({"family": family, "given": text_of(name, "given-names"), "suffix": text_of(name, "suffix")})
        elif whole := (text_of(name) if name is not None else "") or _collaboration(person):
            people.append({"literal": whole})
    return people


def _collaboration(person: Element) -> str:
    """Return the name of a group without the list of its members, which some journals put inside."""
    group = first(person, "collab")
    return markup_of(group, skip=("contrib-group", "xref")) if group is not None else ""


def _jats_abstract(about: Element | None) -> str:
    """Return the abstract proper: not a graphical one, a teaser or one in another language."""
    found = [item for item in _all(about, "abstract") if not attribute(item, "abstract-type")] or [
        item for item in _all(about, "abstract") if attribute(item, "abstract-type") in ("section", "summary", "short")
    ]
    said: list[str] = []
    for part in found[0].iter() if found else ():
        name = name_of(part)
        if name == "title" and (heading := text_of(part)) and heading.lower() != "abstract":
            said.append(f"{heading.rstrip(':.')}:")
        elif name == "p":
            said.append(markup_of(part, skip=("xref", "fn")))
    return " ".join(filter(None, said)) or (markup_of(found[0]) if found else "")


def _jats_date(about: Element | None) -> Json | None:
    """Return the earliest date that a paper of this year could have: the one that says the most of the first year."""
    dates = ["-".join(_pad(text_of(item, part)) for part in ("year", "month", "day") if text_of(item, part))
             for item in _all(about, "pub-date")]  # fmt: skip
    known = sorted((date for date in dates if date[:4].isdigit()), key=lambda date: (date[:4], -len(date)))
    return date_parts(known[0]) if known else None


def _pad(part: str) -> str:
    return part.zfill(2) if part.isdigit() else part
