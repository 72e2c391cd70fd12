"""The reader of smaller vocabularies of XML: DBLP, the ACL Anthology, Word's sources, DocBook, BibTeXML, Europe PMC,
J-STAGE.

Each has one element a work; what these say is given in the vocabulary of CSL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.paper_xml import date_parts
from litbook.ingest.formats.people import read_name
from litbook.ingest.formats.xmlrecords import read_xml_records
from litbook.ingest.formats.xmltree import attribute, every, first, local, markup_of, root_name, text_of, texts_of
from litbook.model.review import Reading
from litbook.text.identifiers import find_arxiv, find_doi

_BIBTEX_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "incollection": "chapter", "inbook": "chapter", "book": "book", "proceedings": "book", "phdthesis": "thesis",
    "mastersthesis": "thesis", "techreport": "report", "misc": "document",
}  # fmt: skip
_WORD_TYPES = {"JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine", "Book": "book",
               "BookSection": "chapter", "ConferenceProceedings": "paper-conference", "Report": "report",
               "InternetSite": "webpage", "DocumentFromInternetSite": "webpage", "Patent": "patent"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Hold the roots of a vocabulary, a sign in the beginning of a file, the elements of works, and what they say."""

    roots: tuple[str, ...]
    sign: re.Pattern[str]
    works: tuple[str, ...]
    make: Callable[[Element], Json]


def matches(text: str) -> float:
    """Return how sure it is that a text is in one of these vocabularies: by its root and a sign of each."""
    return 0.96 if _find(text) else 0.0


def read_vocabulary(source: str, text: str) -> Reading:
    """Return a record for each work, and every other part with the reason it was skipped."""
    found = _find(text) or _VOCABULARIES[0]
    return read_xml_records(source, text, found.works, lambda work: make_csl_entry(_fill(found.make(work))))


def _find(text: str) -> _Vocabulary | None:
    root, head = root_name(text), text[:100_000]
    return next((one for one in _VOCABULARIES if root in one.roots and one.sign.search(head)), None)


def _fill(item: Json) -> Json:
    return {name: value for name, value in item.items() if value}


def _people(names: Iterable[str]) -> list[Json]:
    found = (read_name(name) for name in names)
    return [
        _fill({"family": name.family, "given": name.given, "non-dropping-particle": name.particle,
               "suffix": name.suffix, "literal": name.literal})
        for name in found
        if name
    ]  # fmt: skip


def _persons(work: Element, path: str, family: str, given: str) -> list[Json]:
    """Return the names of elements that have their parts in two others."""
    return [
        _fill({"family": text_of(person, family), "given": " ".join(texts_of(person, given))})
        if text_of(person, family)
        else {"literal": text_of(person)}
        for person in every(work, path)
    ]


def _from_bibtex(work: Element) -> Json:
    """Return what a work says whose elements have the names of BibTeX's fields, as in DBLP and BibTeXML."""
    said = next(iter(work), work) if local(work.tag) == "entry" else work
    addresses = [*texts_of(said, "ee"), *texts_of(said, "doi"), *texts_of(said, "url")]
    joined = re.split(r"\s+and\s+", text_of(said, "author")) if len(list(every(said, "author"))) == 1 else None
    return {
        "type": _BIBTEX_TYPES.get(local(said.tag), "document"),
        "id": attribute(work, "key") or attribute(work, "id"),
        "title": re.sub(r"(?<=\w)\.$", "", markup_of(first(said, "title"))),
        "author": _people(joined or texts_of(said, "author")),
        "editor": _people(texts_of(said, "editor")),
        "issued": date_parts(text_of(said, "year")),
        "container-title": text_of(said, "journal") or text_of(said, "booktitle"),
        "publisher": text_of(said, "publisher") or text_of(said, "school"),
        "volume": text_of(said, "volume"),
        "issue": text_of(said, "number"),
        "page": text_of(said, "pages"),
        "ISBN": text_of(said, "isbn"),
        "abstract": markup_of(first(said, "abstract")),
        "DOI": next((doi for value in addresses if (doi := find_doi(value))), ""),
        "arxiv": next((found for value in addresses if "arxiv" in value.lower() and (found := find_arxiv(value))), ""),
        "URL": next((value for value in texts_of(said, "ee") if not find_doi(value)), ""),
    }


def _from_acl(paper: Element) -> Json:
    return {
        "type": "paper-conference",
        "title": markup_of(first(paper, "title")),
        "author": _persons(paper, "author", "last", "first"),
        "abstract": markup_of(first(paper, "abstract")),
        "page": text_of(paper, "pages"),
        "DOI": text_of(paper, "doi"),
        "URL": f"https://aclanthology.org/{text_of(paper, 'url')}" if text_of(paper, "url") else "",
        "issued": date_parts(text_of(paper, "year")) or _year_of_acl(text_of(paper, "url")),
    }


def _year_of_acl(identity: str) -> Json | None:
    """Return the year that an identifier of the Anthology states: 2019 in "P19-1001", 2021 in "2021.acl-long.1"."""
    found = re.match(r"(?P<long>(?:19|20)\d\d)\.|[A-Z](?P<short>\d\d)-", identity)
    if not found:
        return None
    return date_parts(found["long"] or f"{'19' if found['short'] > '50' else '20'}{found['short']}")


def _from_word(source: Element) -> Json:
    kind = text_of(source, "SourceType")
    people = first(source, "Author/Author")
    group = text_of(people, "Corporate")
    return {
        "type": _WORD_TYPES.get(kind, "document"),
        "id": text_of(source, "Tag"),
        "title": text_of(source, "Title"),
        "author": [{"literal": group}] if group else _persons(source, "Author/Author/NameList/Person", "Last", "First"),
        "issued": date_parts("-".join(filter(None, (text_of(source, "Year"), text_of(source, "Month"))))),
        "container-title": text_of(source, "JournalName", "PeriodicalTitle", "ConferenceName", "BookTitle"),
        "publisher": text_of(source, "Publisher", "Institution"),
        "publisher-place": text_of(source, "City"),
        "volume": text_of(source, "Volume"),
        "issue": text_of(source, "Issue"),
        "page": text_of(source, "Pages"),
        "DOI": find_doi(text_of(source, "DOI") or text_of(source, "StandardNumber")),
        "URL": text_of(source, "URL"),
    }


def _from_docbook(entry: Element) -> Json:
    article = next((item for item in every(entry, "biblioset") if attribute(item, "relation") == "article"), entry)
    journal = next((item for item in every(entry, "biblioset") if attribute(item, "relation") == "journal"), None)
    identifiers = " ".join(texts_of(entry, "**/biblioid") + texts_of(entry, "**/link"))
    return {
        "type": "article-journal" if journal is not None else "book",
        "title": markup_of(first(article, "title") if first(article, "title") is not None else first(entry, "title")),
        "author": _persons(entry, "**/author", "**/surname", "**/firstname"),
        "issued": date_parts(text_of(entry, "**/pubdate") or text_of(entry, "**/date") or text_of(entry, "**/year")),
        "container-title": text_of(journal, "title"),
        "publisher": text_of(entry, "**/publishername"),
        "page": text_of(entry, "**/pagenums"),
        "DOI": next((doi for word in identifiers.split() if (doi := find_doi(word))), ""),
    }


def _from_europepmc(result: Element) -> Json:
    people = list(every(result, "authorList/author"))
    names = _persons(result, "authorList/author", "lastName", "firstName") if people else []
    return {
        "type": "article-journal",
        "title": re.sub(r"(?<=\w)\.$", "", markup_of(first(result, "title"))),
        "author": names or _people(text_of(result, "authorString").rstrip(".").split(", ")),
        "abstract": markup_of(first(result, "abstractText")),
        "issued": date_parts(text_of(result, "firstPublicationDate") or text_of(result, "pubYear")),
        "container-title": text_of(result, "journalInfo/journal/title", "journalTitle"),
        "volume": text_of(result, "journalInfo/volume", "journalVolume"),
        "issue": text_of(result, "journalInfo/issue", "issue"),
        "page": text_of(result, "pageInfo"),
        "DOI": text_of(result, "doi"),
        "PMID": text_of(result, "pmid"),
        "PMCID": text_of(result, "pmcid"),
    }


def _from_jstage(entry: Element) -> Json:
    names = texts_of(entry, "author/en/name") or texts_of(entry, "author/ja/name") or texts_of(entry, "author/**/name")
    start, end = text_of(entry, "startingPage"), text_of(entry, "endingPage")
    return {
        "type": "article-journal",
        "title": text_of(entry, "article_title/en", "article_title/ja", "title"),
        "author": _people(names),
        "issued": date_parts(text_of(entry, "pubyear")),
        "container-title": text_of(entry, "material_title/en", "material_title/ja"),
        "volume": text_of(entry, "volume"),
        "issue": text_of(entry, "number"),
        "page": f"{start}-{end}" if start and end else start,
        "DOI": text_of(entry, "doi"),
    }


_DBLP_WORKS = ("article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis")
_VOCABULARIES = (
    _Vocabulary(("dblp", "dblpperson"), re.compile(r"<(?:author|title|person)\b"), _DBLP_WORKS, _from_bibtex),
    _Vocabulary(("collection", "volume"), re.compile(r"<paper\b[^>]*>\s*<title>"), ("paper",), _from_acl),
    _Vocabulary(("Sources",), re.compile(r"officeDocument/2006/bibliography"), ("Source",), _from_word),
    _Vocabulary(("bibliography", "bibliodiv"), re.compile(r"<biblio(?:entry|mixed)\b"),
                ("biblioentry", "bibliomixed"), _from_docbook),
    _Vocabulary(("file",), re.compile(r"bibtexml", re.IGNORECASE), ("entry",), _from_bibtex),
    _Vocabulary(("responseWrapper",), re.compile(r"<resultList>"), ("result",), _from_europepmc),
    _Vocabulary(("feed",), re.compile(r"<article_title>"), ("entry",), _from_jstage),
)  # fmt: skip
