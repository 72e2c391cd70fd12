"""Atom feeds of the papers, by the day on which they came into the collection: one of the review, and one a theme.

An entry keeps its identifier wherever the site moves and whatever theme its paper belongs to: a tag URI (RFC 4151) of
the citekey. Links are relative to the feed unless the site knows its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

from litbook.core.atomic import write_text
from litbook.core.urls import chapter_address, page_address
from litbook.model.review import Corpus, Paper, Theme
from litbook.model.site import UNKNOWN, Site, check_date, identify_review

REVIEW = "feed.xml"
FOLDER = "feeds"
MOST = 200
_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no place for these, escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feeds(corpus: Corpus, first_seen: Mapping[str, str], site: Site, out: Path) -> tuple[Path, ...]:
    """Bring the feeds in the HTML folder `out` up to date, delete those of themes that are gone; return the changed."""
    files = {out / name: text for name, text in render_feeds(corpus, first_seen, site).items()}
    for stale in {*(out / FOLDER).glob("*.xml")} - files.keys():
        stale.unlink()
    return tuple(path for path, text in files.items() if write_text(path, text))


def render_feeds(corpus: Corpus, first_seen: Mapping[str, str], site: Site) -> dict[str, str]:
    """Return the text of each feed by its address below the root of the site."""
    feeds = _Feeds(corpus, {key: check_date(day) for key, day in first_seen.items()}, site)
    by_theme = {theme.slug: theme for theme in corpus.themes()}
    own: dict[str, list[Paper]] = {slug: [] for slug in by_theme}
    for paper in corpus.papers:
        own[corpus.placements[paper.citekey].theme].append(paper)
    return {
        REVIEW: feeds.render(REVIEW, corpus.papers, None),
        **{
            f"{FOLDER}/{slug}.xml": feeds.render(f"{FOLDER}/{slug}.xml", own[slug], theme)
            for slug, theme in by_theme.items()
        },
    }


class _Feeds:
    """Make the feeds of one review."""

    def __init__(self, corpus: Corpus, first_seen: Mapping[str, str], site: Site) -> None:
        self._corpus = corpus
        self._days = first_seen
        self._site = site
        self._themes = {theme.slug: theme for theme in corpus.themes()}
        review = identify_review(first_seen)
        self._began = review.partition(":")[0]
        self._tag = f"tag:litbook.invalid,{review}"

    def render(self, address: str, papers: Iterable[Paper], theme: Theme | None) -> str:
        """Return one feed, the newest papers first; `address` is its own below the root of the site."""
        newest = sorted(papers, key=lambda paper: paper.citekey)
        newest.sort(key=lambda paper: self._day(paper.citekey), reverse=True)
        root = self._site.address or "../" * address.count("/")
        feed = ElementTree.Element("feed", xmlns=_ATOM)
        _add(feed, "id", self._tag + (f"/theme/{quote(theme.slug)}" if theme else ""))
        _add(feed, "title", f"{theme.title} – {self._site.title}" if theme else self._site.title)
        _add(feed, "updated", _moment(self._day(newest[0].citekey) if newest else self._began))
        _add(_add(feed, "author"), "name", self._site.author or self._site.title)
        _add(feed, "link", rel="self", type="application/atom+xml", href=root + quote(address))
        page = chapter_address(quote(theme.slug)) if theme else "index.html"
        _add(feed, "link", rel="alternate", type="text/html", href=root + page)
        for paper in newest[:MOST]:
            self._add_entry(feed, paper, root)
        ElementTree.indent(feed)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, "unicode")}\n'

    def _add_entry(self, feed: ElementTree.Element, paper: Paper, root: str) -> None:
        entry = _add(feed, "entry")
        theme = self._themes[self._corpus.placements[paper.citekey].theme]
        gist = self._corpus.gists.get(paper.citekey)
        _add(entry, "id", f"{self._tag}/{quote(paper.citekey)}")
        _add(entry, "title", paper.title.plain or paper.citekey)
        _add(entry, "updated", _moment(self._day(paper.citekey)))
        for author in paper.authors:
            _add(_add(entry, "author"), "name", author)
        _add(entry, "link", rel="alternate", type="text/html", href=f"{root}{page_address(quote(paper.citekey))}")
        _add(entry, "category", term=theme.slug, label=theme.name)
        if gist:
            _add(entry, "summary", gist.shown)

    def _day(self, citekey: str) -> str:
        return self._days.get(citekey, UNKNOWN)


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str = "", **values: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, {key: _writable(value) for key, value in values.items()})
    element.text = _writable(text) or None
    return element


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
