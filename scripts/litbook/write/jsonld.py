"""JSON-LD: what search engines read of a page, in the words of https://schema.org; what is not known is absent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from litbook.model.history import ReviewVersion
from litbook.model.notices import flag_of
from litbook.model.reference import PersonName, Reference
from litbook.model.review import Paper, Theme
from litbook.model.site import Site
from litbook.text.escape import clean
from litbook.write.csl import write_iso_date
from litbook.write.item import complete_reference
from litbook.write.links import addresses

# Characters that could end the element in which the data stand, or begin a comment in it.
_HARMLESS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&"}
_OF_THE_WORK = ("doi", "arxiv", "openreview", "acl")  # these addresses lead to the work itself


def render_script(known: Mapping[str, object]) -> str:
    """Return the element that holds a description; nothing in it can end it."""
    data = {"@context": "https://schema.org", **_without_unknown(known)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return f'<script type="application/ld+json">{text}</script>'


def _without_unknown(known: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in known.items() if value not in (None, "", [], {})}


# The words of schema.org for the types of CSL; anything else is a creative work.
_TYPES = {
    "article-journal": "ScholarlyArticle", "paper-conference": "ScholarlyArticle", "article": "ScholarlyArticle",
    "review": "ScholarlyArticle", "article-magazine": "Article", "article-newspaper": "NewsArticle", "book": "Book",
    "chapter": "Chapter", "thesis": "Thesis", "report": "Report", "dataset": "Dataset",
    "software": "SoftwareSourceCode", "webpage": "WebPage", "post-weblog": "BlogPosting", "map": "Map",
    "motion_picture": "Movie",
}  # fmt: skip
_CONTAINERS = {"article-journal": "Periodical", "article-magazine": "Periodical", "article-newspaper": "Periodical",
               "chapter": "Book"}  # fmt: skip


def describe_paper(paper: Paper, page: str) -> dict[str, object]:
    """Return a paper as a work that the page with the address `page`, if that is known, is about."""
    known = complete_reference(paper)
    found = addresses(paper.links)
    numbers = {"doi:": known.fields.get("DOI", ""), "arXiv:": paper.links.get("arxiv", "")}
    issued = known.dates.get("issued")
    described: dict[str, object] = {
        "@type": _TYPES.get(known.type, "CreativeWork"),
        "headline": clean(paper.title.plain),
        "author": _describe_people(known.names.get("author", ())),
        "editor": _describe_people(known.names.get("editor", ())),
        "datePublished": write_iso_date(issued) if issued else "",
        "isPartOf": _describe_container(known, clean(known.fields.get("container-title", ""))),
        **_describe_edition(known),
        "identifier": [f"{kind}{clean(number)}" for kind, number in numbers.items() if number],
        "sameAs": [clean(found[name]) for name in _OF_THE_WORK if name in found],
        "creativeWorkStatus": flag_of(paper.notices),
        "mainEntityOfPage": page,
    }
    return described


def _describe_people(names: Iterable[PersonName]) -> list[dict[str, object]]:
    """Return people by the parts of their names; one whose parts are not known may be a group."""
    return [
        _without_unknown({
            "@type": "Organization" if name.literal and not name.guessed else "Person",
            "name": clean(name.display),
            "familyName": "" if name.guessed else clean(name.family),
            "givenName": "" if name.guessed else clean(name.given),
        })
        for name in names
        if clean(name.display)
    ]  # fmt: skip


def _describe_container(known: Reference, title: str) -> dict[str, object] | None:
    """Return what the work is a part of, within its volume and issue."""
    if not title:
        return None
    kind = _CONTAINERS.get(known.type, "CreativeWork")
    whole: dict[str, object] = {"@type": kind, "name": title}
    if issn := known.fields.get("ISSN"):
        whole["issn"] = clean(issn)
    return whole


def _describe_edition(known: Reference) -> dict[str, object]:
    names = {"volumeNumber": "volume", "issueNumber": "issue", "pagination": "page", "isbn": "ISBN",
             "inLanguage": "language", "keywords": "keyword"}  # fmt: skip
    edition: dict[str, object] = {
        word: clean(known.fields[variable]) for word, variable in names.items() if known.fields.get(variable)
    }
    publisher = clean(known.fields.get("publisher", ""))
    return {**edition, "publisher": {"@type": "Organization", "name": publisher} if publisher else None}


def describe_review(site: Site, state: ReviewVersion, version: str, reference: str, language: str) -> dict[str, object]:
    """Return the review as a dated work; `reference` is the line by which it is cited."""
    return {
        "@type": "Book",
        "name": clean(site.title),
        "author": _name_author(site),
        "dateModified": state.date,
        "version": version,
        "creditText": reference,
        "inLanguage": language,
        "url": site.address,
    }


def describe_chapter(site: Site, theme: Theme, page: str) -> dict[str, object]:
    """Return a chapter as a part of the review."""
    book = {"@type": "Book", "name": clean(site.title), "url": site.address}
    return {
        "@type": "Chapter",
        "name": clean(theme.title),
        "author": _name_author(site),
        "isPartOf": _without_unknown(book),
        "url": page,
    }


def _name_author(site: Site) -> dict[str, str] | None:
    """Return who is named in the settings; that may be a person, several, or a group."""
    return {"name": clean(site.author)} if site.author else None
