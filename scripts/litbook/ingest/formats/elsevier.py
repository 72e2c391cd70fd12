"""The reader of Elsevier's XML: the answer of its article service, ConSyn's documents, and articles by themselves.

The header of the article comes first, the service's own description fills what it lacks. Each paper is one record that
spans its whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.paper_xml import date_parts, find_licence, read_papers
from litbook.ingest.formats.xmltree import attribute, every, first, markup_of, name_of, root_name, text_of, texts_of
from litbook.model.review import Reading
from litbook.text.identifiers import links_of

# Outermost elements of one paper, whatever is around it; Elsevier has other document types beside the article.
PAPERS = ("full-text-retrieval-response", "abstracts-retrieval-response", "document", "doc", "article",
          "simple-article", "converted-article", "book-review", "exam", "chapter", "simple-chapter")  # fmt: skip
_VOCABULARY = re.compile(
    r"elsevier\.com/xml/|<(?:full-text|abstracts)-retrieval-response[\s>]|<ce:(?:pii|title|doi)[\s>]"
)
_NOT_AUTHORS = ("graphical", "author-highlights", "editor-highlights", "teaser", "short", "editor")
_NOTES = ("footnote", "cross-ref", "cross-refs", "inter-ref-title")
_HEADED = re.compile(r"\s*(?:abstract|summary)\b\s*[:.]?\s*", re.IGNORECASE)


def is_elsevier(text: str) -> bool:
    """Return whether a text is Elsevier's XML, by its root and the vocabulary in its beginning."""
    return root_name(text) in (*PAPERS, "documents") and bool(_VOCABULARY.search(text[:20_000]))


def matches(text: str) -> float:
    """Return how sure it is that a text is Elsevier's XML of papers."""
    return 0.97 if is_elsevier(text) else 0.0


def read_elsevier(source: str, text: str) -> Reading:
    """Return one record for each paper in Elsevier's XML."""
    return read_papers(source, text, PAPERS, _make_item)


def _make_item(root: Element) -> Json:
    head, info = first(root, "**/head"), first(root, "**/item-info")
    said = [item for path in ("**/coredata", "**/Description", "**/meta") if (item := first(root, path)) is not None]
    doi = links_of(_say(said, "doi") or text_of(info, "doi") or _say(said, "identifier"))
    dates = (*(_say(said, name) for name in ("coverDate", "cover-date-orig", "cover-date-start", "cover-date-year")),
             attribute(first(info, "copyright"), "year"))  # fmt: skip
    pages = _say(said, "pageRange") or _join(_say(said, "startingPage"), _say(said, "endingPage"))
    return {
        "type": "chapter" if "book" in _say(said, "aggregationType").lower() else "article-journal",
        "title": _title(head) or _say(said, "title"),
        "author": list(_people(head)) or [_name(creator) for creator in _creators(said)],
        "abstract": _abstract(head, root) or _described(said),
        "issued": next((found for date in dates if (found := date_parts(date))), None),
        "container-title": _say(said, "publicationName") or _say(said, "srctitle"),
        "volume": _say(said, "volume"),
        "issue": _say(said, "issueIdentifier") or _say(said, "number"),
        "page": pages,
        "publisher": _say(said, "publisher"),
        "ISSN": _say(said, "issn"),
        "DOI": doi.get("doi", ""),
        "PMID": _say(said, "pubmed-id"),
        "keyword": ", ".join(_keywords(head, said)),
        "licence": find_licence(_say(said, "openaccessUserLicense"), _say(said, "oa-user-license")),
        "parsed by": "Elsevier",
    }


def _say(said: list[Element], name: str) -> str:
    """Return what the first description that has a field of this name says."""
    return next((text for item in said if (text := text_of(item, name) or text_of(item, f"**/{name}"))), "")


def _join(start: str, end: str) -> str:
    return f"{start}-{end}" if start and end and start != end else start


def _title(head: Element | None) -> str:
    main, sub = markup_of(first(head, "title"), _NOTES), markup_of(first(head, "subtitle"), _NOTES)
    return f"{main.rstrip(':')}: {sub}" if main and sub else main


def _people(head: Element | None) -> Iterator[Json]:
    for group in every(head, "author-group") if head is not None else ():
        for person in group:
            if name_of(person) == "author" and (family := text_of(person, "surname")):
                yield {"family": family, "given": text_of(person, "given-name"), "suffix": text_of(person, "suffix")}
            elif name_of(person) == "collaboration" and (name := text_of(person, "text")):
                yield {"literal": name}


def _creators(said: list[Element]) -> list[str]:
    found = (texts_of(item, "creator/author/preferred-name/indexed-name") or texts_of(item, "creator") for item in said)
    return next((names for names in found if names), [])


def _name(creator: str) -> Json:
    """Return a name written family first with a comma, or given name first."""
    family, comma, given = creator.partition(",")
    if not comma:
        given, _, family = creator.rpartition(" ")
    return {"family": family.strip(), "given": given.strip()}


def _abstract(head: Element | None, root: Element) -> str:
    """Return the authors' abstract with the headings of its parts: no highlights, in the article's language first."""
    found = [
        item
        for item in (every(head, "abstract") if head is not None else ())
        if attribute(item, "class") not in _NOT_AUTHORS
    ]
    language = next((spoken for item in root.iter() if (spoken := attribute(item, "lang"))), "")
    found.sort(key=lambda item: attribute(item, "lang") not in ("", language))
    said: list[str] = []
    for part in found[0].iter() if found else ():
        heading = text_of(part) if name_of(part) == "section-title" else ""
        if heading and not _HEADED.fullmatch(heading):
            said.append(f"{heading.rstrip(':.')}:")
        elif name_of(part) in ("simple-para", "para"):
            said.append(markup_of(part, _NOTES))
    return " ".join(filter(None, said))


def _described(said: list[Element]) -> str:
    """Return the abstract that the service gives; ConSyn's description of the same name is a citation."""
    core = next((item for item in said if name_of(item) == "coredata"), None)
    found = first(core, "description")
    inner = first(found, "abstract")
    said_of = markup_of(inner if inner is not None else found, ("copyright",))
    opening = _HEADED.match(said_of)
    # In "Abstract reasoning in owls" the word belongs to the sentence, which goes on in lower case.
    return said_of[opening.end() :] if opening and not said_of[opening.end() :][:1].islower() else said_of


def _keywords(head: Element | None, said: list[Element]) -> list[str]:
    groups = every(head, "keywords") if head is not None else ()
    own = [
        word
        for group in groups
        if attribute(group, "class") in ("", "keyword", "author")
        for word in texts_of(group, "keyword/text")
    ]
    return own or next((words for item in said if (words := texts_of(item, "subject"))), [])
