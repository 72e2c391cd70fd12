"""What pages say of themselves: to reference managers and search engines, and to the browser as a policy."""

from __future__ import annotations

import json

import pytest
from docutils import nodes
from docutils.utils import new_document
from playwright.sync_api import Browser

from browsing import watch
from invented import make_paper
from litbook.sphinxext.metadata import _cite, _find_first_words, _shorten, _tag
from test_site_browser import PAGES, browser, served
from toybook import Built

__all__ = ["browser", "served"]


def tags_of(book: Built, name: str) -> list[tuple[str, str]]:
    tags = book.review.page(name).soup.select("head meta[name]")
    return [(str(tag["name"]), str(tag["content"])) for tag in tags]


def test_a_paper_s_page_can_be_read_by_a_reference_manager(book: Built) -> None:
    tags = tags_of(book, "book/papers/pretend2020risecast.html")
    papers = json.loads((book.review.html / "data/papers.json").read_text("utf-8"))
    paper = next(paper for paper in papers if paper["citekey"] == "pretend2020risecast")
    assert ("citation_title", paper["title"]) in tags
    assert [content for name, content in tags if name == "citation_author"] == paper["authors"]
    assert [content for name, content in tags if name == "citation_publication_date"]
    assert [content for name, content in tags if name == "description"] == [_shorten(paper["gist"])]


def test_what_is_not_known_of_a_paper_has_no_tag() -> None:
    assert dict(_cite(make_paper("a", "A <b>"))) == {
        "citation_title": "A <b>", "citation_publication_date": "", "citation_doi": "", "citation_arxiv_id": ""
    }  # fmt: skip
    assert _tag("name", "citation_doi", "") == ""
    assert _tag("name", "citation_title", 'A "<b>" &\n c') == (
        '<meta name="citation_title" content="A &quot;&lt;b&gt;&quot; &amp; c">'
    )


def test_a_description_is_the_beginning_of_the_page_s_text() -> None:
    page = new_document("x")
    assert _find_first_words(page) == ""
    page += nodes.section("", nodes.title("", "Title"), nodes.paragraph("", "One\ntwo " + "word, " * 50))
    words = _find_first_words(page)
    assert words.startswith("One two word, word")
    assert words.endswith("word…")
    assert len(words) <= 160


@pytest.mark.parametrize("name", [name for name in PAGES if name != "index.html"])
def test_every_page_has_a_policy_that_lets_nobody_else_in(book: Built, name: str) -> None:
    head = book.review.page(name.partition("?")[0]).soup.select_one("head")
    assert head
    policy = head.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy
    assert not policy.find_previous(["script", "link", "style"])
    assert "http" not in str(policy["content"])
    assert "*" not in str(policy["content"])


def test_the_browser_keeps_to_the_policy(browser: Browser, served: str) -> None:
    page, faults = watch(browser, served, strict=True)
    page.goto(f"{served}/book/papers/pretend2020risecast.html")
    page.evaluate(
        """() => new Promise((done) => {
            const image = document.createElement("img");
            image.onerror = image.onload = done;
            image.src = "https://example.org/spy.png";
            document.body.append(image);
        })"""
    )
    page.context.close()
    assert [fault for fault in faults if "Content Security Policy" in fault]
