"""The reader of PubMed's XML, as its site, E-utilities and baseline files give it, and as publishers send it there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from litbook.ingest.formats.nbib import make_nbib_entry
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.xmlrecords import read_xml_records
from litbook.ingest.formats.xmltree import (
    attribute,
    every,
    first,
    markup_of,
    root_name,
    text_of,
    texts_of,
)
from litbook.model.review import Reading

_NAMES = ("PubmedArticle", "PubmedBookArticle")
_RECORD = re.compile(r"<(?:[\w.-]+:)?Pubmed(?:Book)?Article[\s>]")
# What publishers send to PubMed has other names for the same: https://www.ncbi.nlm.nih.gov/books/NBK3828/
_SENT = re.compile(r"<ArticleTitle[\s>]")


def matches(text: str) -> float:
    """Return how sure it is that a text is PubMed's XML: by its records, or by articles in a set."""
    head = text[:200_000].lstrip("\ufeff \t\r\n")
    if root_name(text) == "ArticleSet" and _SENT.search(head):
        return 0.97
    return 0.97 if head.startswith("<") and _RECORD.search(head) else 0.0


def read_pubmed_xml(source: str, text: str) -> Reading:
    """Return the records of PubMed's XML, and every other part of it with the reason why it is not one."""
    if root_name(text) == "ArticleSet":
        return read_xml_records(source, text, ("Article",), lambda record: _make_entry(_read_sent(record)))
    return read_xml_records(source, text, _NAMES, lambda record: _make_entry(_read(record)))


def _make_entry(said: Iterable[tuple[str, str]]) -> Entry:
    tags: dict[str, list[str]] = defaultdict(list)
    for tag, value in said:
        if value:
            tags[tag].append(value)
    return make_nbib_entry(tags)


def _read(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the tags of nbib and the values that an article has for them."""
    cited = first(root, "MedlineCitation")
    about = cited if cited is not None else first(root, "BookDocument")
    article = first(about, "Article") if cited is not None else about
    if about is None or article is None:
        return
    yield "PMID", text_of(about, "PMID")
    yield "TI", markup_of(first(article, "ArticleTitle")) or markup_of(first(article, "Book/BookTitle"))
    yield "TT", text_of(article, "VernacularTitle")
    yield from _read_abstract(article)
    yield from _read_people(article)
    journal = first(article, "Journal")
    yield "JT", text_of(journal, "Title")
    yield "TA", text_of(journal, "ISOAbbreviation")
    yield "VI", text_of(journal, "JournalIssue/Volume")
    yield "IP", text_of(journal, "JournalIssue/Issue")
    yield "PG", text_of(article, "Pagination/MedlinePgn") or _read_pages(article)
    yield "DP", _read_date(first(journal, "JournalIssue/PubDate")) or _read_date(first(article, "Book/PubDate"))
    yield "DEP", "".join(_pad(text_of(article, f"ArticleDate/{part}")) for part in ("Year", "Month", "Day"))
    for tag, path in (("LA", "Language"), ("PT", "PublicationTypeList/PublicationType"), ("IS", "Journal/ISSN")):
        yield from ((tag, value) for value in texts_of(article, path))
    yield from (("OT", value) for value in texts_of(about, "KeywordList/Keyword"))
    yield from (("MH", value) for value in texts_of(about, "MeshHeadingList/MeshHeading/DescriptorName"))
    yield "PB", text_of(article, "Book/Publisher/PublisherName")
    yield from _read_identifiers(root, article)


def _read_sent(article: Element) -> Iterator[tuple[str, str]]:
    """Yield the tags of nbib and the values that an article has for them as its publisher sends it."""
    journal = first(article, "Journal")
    yield "TI", markup_of(first(article, "ArticleTitle"))
    yield "TT", text_of(article, "VernacularTitle")
    yield from _read_abstract(article)
    if first(article, "Abstract/AbstractText") is None:
        yield "AB", markup_of(first(article, "Abstract"))
    for person in every(article, "AuthorList/Author"):
        given = " ".join(filter(None, (text_of(person, "FirstName"), text_of(person, "MiddleName"))))
        yield "FAU", ", ".join(filter(None, (text_of(person, "LastName"), text_of(person, "Suffix"), given)))
        yield "CN", text_of(person, "CollectiveName")
    yield "JT", text_of(journal, "JournalTitle")
    yield "VI", text_of(journal, "Volume")
    yield "IP", text_of(journal, "Issue")
    yield "IS", text_of(journal, "Issn")
    start, end = text_of(article, "FirstPage"), text_of(article, "LastPage")
    yield "PG", f"{start}-{end}" if end and end != start else start
    yield "DP", _read_date(first(journal, "PubDate"))
    yield "LA", text_of(article, "Language").lower()
    yield from (("PT", kind) for kind in texts_of(article, "PublicationType"))
    yield from (("OT", word) for word in texts_of(article, "ObjectList/Object/Param"))
    yield from _read_identifiers(article, article)
    yield from (("LID", f"{text_of(item)} [doi]") for item in every(article, "ArticleIdList/ArticleId")
                if attribute(item, "IdType") == "doi")  # fmt: skip


def _read_abstract(article: Element) -> Iterator[tuple[str, str]]:
    """Yield the parts of an abstract, each with its heading; one in another language is left to `extra`."""
    for part in every(article, "Abstract/AbstractText"):
        label, said = attribute(part, "Label"), markup_of(part)
        heading = f"{label}: " if said and label and label != "UNLABELLED" else ""
        yield "AB", f"{heading}{said}"
    yield "CI", text_of(article, "Abstract/CopyrightInformation")


def _read_people(article: Element) -> Iterator[tuple[str, str]]:
    for listed in every(article, "AuthorList"):
        role = "FED" if attribute(listed, "Type") == "editors" else "FAU"
        for person in every(listed, "Author"):
            family, given = text_of(person, "LastName"), text_of(person, "ForeName", "Initials")
            suffix = text_of(person, "Suffix")
            yield role, ", ".join(part for part in (family, suffix, given) if part)
            yield "CN", text_of(person, "CollectiveName")


def _read_pages(article: Element) -> str:
    start, end = text_of(article, "Pagination/StartPage"), text_of(article, "Pagination/EndPage")
    return f"{start}-{end}" if end and end != start else start


def _read_date(date: Element | None) -> str:
    """Return a date as nbib has it: "2012 Mar 5", or the words that PubMed keeps for others."""
    parts = [text_of(date, part) for part in ("Year", "Month", "Season", "Day")]
    month = parts[1]
    if month.isdigit() and 1 <= int(month) <= 12:
        parts[1] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[int(month) - 1]
    return " ".join(filter(None, parts)) or text_of(date, "MedlineDate")


def _pad(part: str) -> str:
    return part.zfill(2)


def _read_identifiers(root: Element, article: Element) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of the article itself; those of its references are in lists of their own."""
    lists = [*every(root, "PubmedData/ArticleIdList/ArticleId"), *every(root, "PubmedBookData/ArticleIdList/ArticleId")]
    for item in [*every(article, "ELocationID"), *lists]:
        kind, value = attribute(item, "EIdType") or attribute(item, "IdType"), text_of(item)
        if kind == "doi":
            yield "LID", f"{value} [doi]"
        elif kind == "pmc":
            yield "PMC", value
