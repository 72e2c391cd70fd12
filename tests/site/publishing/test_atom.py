"""Atom feeds: valid, findable, with identifiers that stay, whatever the texts contain. All papers are invented."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import CRAFTS, FOLDED, GARDENS, make_corpus_of, make_paper, make_placement
from toybook import Built

from litbook.model.review import Corpus
from litbook.model.site import Site
from litbook.site.publishing.atom import MOST, render_feeds, write_feeds

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = Site("Invented cranes", "Invented editors")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# RFC 4151: an authority, a day, and a part of our own.
TAG = re.compile(r"tag:litbook\.invalid,\d{4}-\d\d-\d\d:[0-9a-f]{12}(/[\w.%-]+)*")
CORPUS = make_corpus_of(
    [make_paper("crane", "Crane", FOLDED.format(2), authors=("Ada Invented",)), make_paper("kelp", "Kelp")],
    {"kelp": make_placement(GARDENS.slug)},
)
SEEN = {"crane": "2030-01-01", "kelp": "2030-02-02"}


def read(corpus: Corpus, site: Site = SITE, seen: dict[str, str] | None = None) -> dict[str, ElementTree.Element]:
    feeds = render_feeds(corpus, SEEN if seen is None else seen, site)
    return {name: ElementTree.fromstring(text.encode("utf-8")) for name, text in feeds.items()}


def entries(feed: ElementTree.Element) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")) for entry in feed.findall(f"{ATOM}entry")]


def check_atom(feed: ElementTree.Element) -> None:
    """Hold what RFC 4287 asks of a feed and of its entries."""
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    places = [feed, *feed.findall(f"{ATOM}entry")]
    for place in places:
        for name in ("id", "title", "updated"):
            assert len(place.findall(ATOM + name)) == 1
        assert TAG.fullmatch(str(place.findtext(f"{ATOM}id")))
        assert MOMENT.fullmatch(str(place.findtext(f"{ATOM}updated")))
        assert [link.get("rel") for link in place.findall(f"{ATOM}link")].count("alternate") == 1
        assert all(name.text for name in place.findall(f"{ATOM}author/{ATOM}name"))
    ids = [place.findtext(f"{ATOM}id") for place in places]
    assert len(set(ids)) == len(ids)


def test_there_is_a_feed_of_the_review_and_one_a_theme() -> None:
    feeds = read(CORPUS)
    assert {name: entries(feed) for name, feed in feeds.items()} == {
        "feed.xml": ["Kelp", "Crane"],
        f"feeds/{CRAFTS.slug}.xml": ["Crane"],
        f"feeds/{GARDENS.slug}.xml": ["Kelp"],
    }
    for feed in feeds.values():
        check_atom(feed)
    assert len({feed.findtext(f"{ATOM}id") for feed in feeds.values()}) == 3


def test_a_feed_is_dated_by_its_newest_paper() -> None:
    feeds = read(CORPUS)
    dates = {name: feed.findtext(f"{ATOM}updated") for name, feed in feeds.items()}
    assert dates["feed.xml"] == dates[f"feeds/{GARDENS.slug}.xml"] == "2030-02-02T00:00:00Z"
    assert dates[f"feeds/{CRAFTS.slug}.xml"] == "2030-01-01T00:00:00Z"


def test_a_paper_keeps_its_identifier_when_the_site_moves_and_when_the_paper_does() -> None:
    def identifiers(corpus: Corpus, site: Site, seen: dict[str, str]) -> dict[str, str]:
        found = read(corpus, site, seen)["feed.xml"].findall(f"{ATOM}entry")
        return {str(entry.findtext(f"{ATOM}title")): str(entry.findtext(f"{ATOM}id")) for entry in found}

    before = identifiers(CORPUS, SITE, SEEN)
    moved = replace(CORPUS, placements={key: make_placement(CRAFTS.slug) for key in SEEN})
    later = {**SEEN, "aaa": "2031-01-01"}
    assert identifiers(moved, Site("Another title", "", "https://example.org/review/"), later) == before


@pytest.mark.parametrize(
    ("address", "page"),
    [("", "{site}/book/papers/crane.html"), ("https://example.org/a/", "https://example.org/a/book/papers/crane.html")],
)
def test_links_lead_to_the_pages_from_the_root_and_from_a_folder(address: str, page: str) -> None:
    site = "https://copy.example.org/sub"
    for name, feed in read(CORPUS, replace(SITE, address=address)).items():
        links = [str(link.get("href")) for link in feed.iter(f"{ATOM}link")]
        absolute = [urljoin(f"{site}/{name}", link) for link in links]
        own = page.format(site=site).removesuffix("book/papers/crane.html")
        assert absolute[0] == own + name
        assert all(link.startswith(own) and link.endswith((".html", ".xml")) for link in absolute)
        assert ("Crane" in entries(feed)) == (own + "book/papers/crane.html" in absolute)


@pytest.mark.slow
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_a_feed_of_any_untrusted_text_can_be_read(title: str, author: str, day: str) -> None:
    papers = [make_paper("crane", f"{title}<b>&]]>\x00\ud800", FOLDED.format(title), authors=(f"{author}.",))]
    for feed in read(make_corpus_of(papers), Site(f"{title}.", author), {"crane": day}).values():
        check_atom(feed)


def test_a_feed_is_never_longer_than_anyone_reads() -> None:
    papers = [make_paper(f"crane{number:04}", f"Crane {number}") for number in range(MOST + 50)]
    seen = {paper.citekey: f"2030-01-{1 + number // 25:02}" for number, paper in enumerate(papers)}
    shown = entries(read(make_corpus_of(papers), SITE, seen)["feed.xml"])
    assert len(shown) == MOST
    assert "Crane 249" in shown
    assert "Crane 0" not in shown


def test_feeds_of_themes_that_are_gone_are_deleted_and_others_left_alone(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds/gone.xml").write_text("<feed/>", "utf-8")
    assert len(write_feeds(CORPUS, SEEN, SITE, tmp_path)) == 3
    assert sorted(path.name for path in (tmp_path / "feeds").iterdir()) == [f"{CRAFTS.slug}.xml", f"{GARDENS.slug}.xml"]
    assert write_feeds(CORPUS, SEEN, SITE, tmp_path) == ()


# --- The site, as `jupyter-book build` makes it ---


def test_the_built_site_has_valid_feeds_whose_links_lead_to_its_pages(screened: Built) -> None:
    site = screened.review.html
    names = ["feed.xml", *(f"feeds/{path.name}" for path in sorted((site / "feeds").iterdir()))]
    assert names[1:] == [f"feeds/{slug}.xml" for slug in ("baking-agents", "dough-forecasting", "loaf-vision")]
    for name in names:
        feed = ElementTree.fromstring((site / name).read_bytes())
        check_atom(feed)
        for link in feed.iter(f"{ATOM}link"):
            assert (site / name).parent.joinpath(str(link.get("href"))).is_file()
    papers = ElementTree.fromstring((site / "feed.xml").read_bytes()).findall(f"{ATOM}entry")
    assert len(papers) == 12
    assert "croissant" not in (site / "feed.xml").read_text("utf-8").lower()


def test_every_page_tells_a_feed_reader_where_the_feed_is(screened: Built) -> None:
    site = screened.review.html
    own = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    pages = [path for path in own if path != site / "index.html"]  # which only leads to the first page
    pages.remove(site / "404.html")
    assert len(pages) > 20
    for path in pages:
        found = screened.review.page(path.relative_to(site).as_posix()).soup.select(
            'head link[rel="alternate"][type="application/atom+xml"]'
        )
        feeds = [(path.parent / str(link["href"])).resolve() for link in found]
        of_the_theme = [site / "feeds" / f"{path.stem}.xml"] if path.parent.name == "chapters" else []
        assert feeds == [feed.resolve() for feed in (site / "feed.xml", *of_the_theme)]
