"""What pages say of themselves: to reference managers and search engines, and to the browser as a policy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from browsing import watch
from bs4 import BeautifulSoup, Tag
from docutils import nodes
from docutils.utils import new_document
from hostile import BLOCKS, LINES
from invented import make_paper
from sites import PAGES
from toybook import Built, Page, text_of

from litbook.site.publishing.head import _cite, _find_first_words, _shorten, _turn_around, make_tag
from litbook.text.escape import clean
from litbook.text.person_names import guess_name
from litbook.write.jsonld import describe_paper, render_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def tags_of(book: Built, name: str) -> list[tuple[str, str]]:
    tags = book.review.page(name).soup.select("head meta[name]")
    return [(str(tag["name"]), str(tag["content"])) for tag in tags]


def test_a_paper_s_page_can_be_read_by_a_reference_manager(book: Built) -> None:
    tags = tags_of(book, "book/papers/pretend2020risecast.html")
    papers = json.loads((book.review.html / "data/papers.json").read_text("utf-8"))
    paper = next(paper for paper in papers if paper["citekey"] == "pretend2020risecast")
    assert ("citation_title", paper["title"]) in tags
    assert len([content for name, content in tags if name == "citation_author"]) == len(paper["authors"])
    assert [content for name, content in tags if name == "citation_publication_date"]
    assert [content for name, content in tags if name == "description"] == [_shorten(paper["gist"])]


def test_zotero_finds_the_fields_of_a_paper(book: Built) -> None:
    """Read a page as Zotero's translator "Embedded Metadata" does, as far as its rules are public.

    A tag's name counts before its property; `citation_…` decides the type; `og:site_name` would be the journal.
    """
    page = book.review.page("book/papers/ophantom2022levain.html")
    tags = [(str(tag.get("name") or tag.get("property")), str(tag["content"])) for tag in page.soup.select("head meta")
            if tag.get("name") or tag.get("property")]  # fmt: skip
    known = dict(reversed(tags))
    papers = json.loads((book.review.html / "data/papers.json").read_text("utf-8"))
    paper = next(paper for paper in papers if paper["citekey"] == "ophantom2022levain")
    assert known["citation_title"] == paper["title"]
    assert known["citation_public_url"] in paper["links"].values()
    assert "og:site_name" not in known
    assert known["og:type"] == "article"  # "website" would make a web page of a paper without a venue
    authors = [content for name, content in tags if name == "citation_author"]
    assert [" ".join(reversed(author.split(", "))) for author in authors] == paper["authors"]


def test_what_is_not_known_of_a_paper_has_no_tag() -> None:
    known = {name: content for name, content in _cite(make_paper("a", "A <b>")) if content}
    assert known == {}
    assert make_tag("name", "citation_doi", "") == ""
    assert make_tag("name", "citation_title", 'A "<b>" &\n c\'s') == (
        '<meta name="citation_title" content="A &quot;&lt;b&gt;&quot; &amp; c\'s">'
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ada Invented", "Ada Invented"),
        ("Ada von der Erfunden", "von der Erfunden, Ada"),  # the last word alone would be the family name
        ("Ada B. von der Erfunden", "Ada B. von der Erfunden"),  # two words on both sides of a comma are two people
        ("Erfunden", "Erfunden"),
    ],
)
def test_a_family_name_of_several_words_stays_whole(author: str, name: str) -> None:
    assert _turn_around(guess_name(author)) == name


def json_ld(page: Page) -> list[dict[str, Any]]:
    return [json.loads(script.get_text()) for script in page.soup.select('script[type="application/ld+json"]')]


def test_json_ld_describes_papers_chapters_and_the_review(book: Built) -> None:
    types_of: dict[str, list[str]] = {}
    site = book.review.html
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        if "_static" not in path.parts:
            types_of[name] = [data["@type"] for data in json_ld(book.review.page(name))]
    assert types_of.pop("book/index.html") == ["Book"]
    assert types_of.pop("book/papers/assumed2024croissant.html") == []  # excluded
    papers = {name for name in types_of if name.startswith("book/papers/")}
    chapters = {name for name in types_of if name.startswith("book/chapters/")}
    assert {name for name, types in types_of.items() if types == ["ScholarlyArticle"]} == papers
    assert {name for name, types in types_of.items() if types == ["Chapter"]} == chapters
    assert {name for name, types in types_of.items() if not types} == types_of.keys() - papers - chapters


def test_json_ld_of_a_paper_holds_what_is_known_and_no_more(book: Built) -> None:
    papers = {paper["citekey"]: paper for paper in json.loads((book.review.html / "data/papers.json").read_text())}
    for key, paper in papers.items():
        (data,) = json_ld(book.review.page(f"book/papers/{key}.html"))
        assert data["headline"] == paper["title"]
        assert [author["name"] for author in data.get("author", [])] == paper.get("authors", [])
        assert data.get("datePublished") == (
            str(year) if (year := paper.get("venue_year") or paper.get("year")) else None
        )
        assert data.get("isPartOf", {}).get("name") == paper.get("venue")
        assert set(data.get("sameAs", [])) <= set(paper.get("links", {}).values())
        assert not {"abstract", "license", "url", "mainEntityOfPage"} & data.keys()
        assert None not in data.values()


@pytest.mark.parametrize("title", [*LINES, *BLOCKS, "</SCRIPT >", "<!-- <script>", "]]>", "\u2028"])
def test_no_text_can_end_a_script_of_data(title: str) -> None:
    paper = make_paper("a", title, authors=(title,), venue=title, links={"doi": title})
    page = BeautifulSoup(f"<head>{render_script(describe_paper(paper, title))}<p>after</p></head>", "html.parser")
    script = page.find("script")
    assert isinstance(script, Tag)
    assert [element.name for element in page.find_all(True)] == ["head", "script", "p"]
    assert "<" not in script.get_text()
    assert json.loads(script.get_text()).get("headline", "") == clean(title)


def test_a_page_shows_other_sites_its_title_and_beginning(book: Built) -> None:
    page = book.review.page("book/chapters/baking-agents.html")
    tags = {str(tag["property"]): str(tag["content"]) for tag in page.soup.select("head meta[property]")}
    assert tags["og:title"] == text_of(page.one("h1"))
    assert tags["og:type"] == "article"
    assert (
        tags["og:site_name"] == "In-context and implicit learning: a literature review"
    )  # of the repository's settings
    assert tags["og:description"] == page.one("meta[name=description]")["content"]
    assert not {"og:url", "og:image"} & tags.keys()  # they are whole addresses, and this site's address is unknown


def test_landing_page_and_chapters_lead_programs_to_files(book: Built) -> None:
    for name in ("book/index.html", "all-papers.html", "book/chapters/loaf-vision.html"):
        links = book.review.page(name).soup.select("head link[rel=alternate]")
        assert len(links) > 1
        assert all(((book.review.html / name).parent / str(link["href"])).is_file() for link in links)
    assert len(book.review.page("book/papers/pretend2020risecast.html").soup.select("head link[rel=alternate]")) == 2


def test_a_description_is_the_beginning_of_the_page_s_text() -> None:
    page = new_document("x")
    assert _find_first_words(page) == ""
    page += nodes.section("", nodes.title("", "Title"), nodes.paragraph("", "One\ntwo " + "word, " * 50))
    words = _find_first_words(page)
    assert words.startswith("One two word, word")
    assert words.endswith("word…")
    assert len(words) <= 160


@pytest.mark.parametrize("name", [name for name in PAGES if name != "index.html"])
def test_every_page_has_a_policy_that_lets_no_one_else_in(book: Built, name: str) -> None:
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


def test_every_page_for_readers_says_what_it_is(book: Built) -> None:
    pages = [path for path in book.review.html.rglob("*.html") if "_static" not in path.parts]
    without = {
        path.relative_to(book.review.html).as_posix()
        for path in pages
        if not book.review.page(path.relative_to(book.review.html).as_posix()).soup.select("meta[name=description]")
    }
    assert without <= {"404.html", "index.html"}
