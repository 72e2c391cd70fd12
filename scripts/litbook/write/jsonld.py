"""JSON-LD: what search engines read of a page, in the words of https://schema.org; what is not known is absent."""

from __future__ import annotations

import json
from collections.abc import Mapping

from litbook.model.review import Paper, State, Theme
from litbook.model.site import Site
from litbook.text.escape import clean
from litbook.write.bibliography import entry_type, issued
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


def describe_paper(paper: Paper, page: str) -> dict[str, object]:
    """Return a paper as a work that the page with the address `page`, if that is known, is about."""
    venue = clean(paper.venue or "")
    found = addresses(paper.links)
    numbers = {"doi:": paper.links.get("doi", ""), "arXiv:": paper.links.get("arxiv", "")}
    year = issued(paper)
    return {
        "@type": "ScholarlyArticle",
        "headline": clean(paper.title.plain),
        "author": [{"@type": "Person", "name": name} for author in paper.authors if (name := clean(author))],
        "datePublished": str(year) if year else "",
        "isPartOf": {"@type": "Periodical" if entry_type(paper) == "article" else "CreativeWork", "name": venue}
        if venue
        else None,
        "identifier": [f"{kind}{clean(number)}" for kind, number in numbers.items() if number],
        "sameAs": [clean(found[name]) for name in _OF_THE_WORK if name in found],
        "mainEntityOfPage": page,
    }


def describe_review(site: Site, state: State, version: str, reference: str, language: str) -> dict[str, object]:
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
