"""Untrusted text is text: it is on the page as the characters that it consists of, and starts nothing.

Many examples go through the real renderer and the real parser in this process, with all extensions of the book; those
of `hostile.py` go through one real `jupyter-book build` and a real browser. All papers are invented.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml
from bs4 import Tag
from docutils import nodes
from docutils.core import publish_doctree
from hostile import ADDRESSES, BLOCKS, LINES, SECRET
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from myst_parser.docutils_ import Parser
from toybook import REPOSITORY, Built, Page, text_of

from litbook.analyse.evidence import choose_gist, split_sentences
from litbook.core.project import Project
from litbook.model.review import Corpus, Facts, Paper, Part, Placement, Record, Related, Suggestion, Theme
from litbook.model.stated import Evidence
from litbook.pipeline import make_corpus
from litbook.text.escape import clean, safe_address
from litbook.text.repair import repair
from litbook.write.bibliography import cite_in_csl, cite_in_ris, cite_in_words, render_bibtex
from litbook.write.labels import make_label
from litbook.write.paper import gather_page, render_paper

SETTINGS = yaml.safe_load((REPOSITORY / "_config.yml").read_text("utf-8"))
EXTENSIONS = {
    "the book's": SETTINGS["parse"]["myst_enable_extensions"],
    "all": [
        *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"),
        *("html_admonition", "html_image", "replacements", "strikethrough", "substitution", "tasklist"),
    ],
}
PIECES = (*LINES, *BLOCKS, "\n", " ", "\t", "\u00a0", "\u200b", "\ud800", "\n\n", "\\", "`", ":::", "---\n", "# ")
ANYTHING = st.characters(exclude_categories=())
text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(ANYTHING, max_size=12)), max_size=6).map("".join)


# --- In this process ---


class Strange(NamedTuple):
    """Hold what comes from sources: `name` is used for authors, venue, identifiers and all else of one line."""

    title: str
    abstract: str
    name: str
    phrase: str


HARMLESS = Strange("Harmless", "A harmless abstract.", "Ada Harmless", "harmless")


def make_page(strange: Strange) -> tuple[Corpus, Paper]:
    """Return a corpus of one paper that bears the given text everywhere and is related to itself."""
    title, abstract, name, phrase = strange
    record = Record("invented *source*_.txt", 1, 2, "", title, abstract)
    facts = Facts(1, title, origins=(name, phrase), confidence=name, notes=abstract)
    repaired, summary = repair(title), repair(abstract)
    authors, links = (name, phrase), {"arxiv": name}
    paper = Paper("p", (record,), repaired, summary, authors, 2020, venue=name, links=links, facts=facts)
    theme = Theme("theme", title, title)
    suggestion = Suggestion("theme", (phrase, name), None, 0.0)
    place = Placement("theme", ("theme",), "method", False, "", suggestion)
    gist = choose_gist(repaired.plain, summary.plain) or Evidence(summary.plain, 1)
    related = {"p": (Related("p", (phrase, name)),)}
    works = (paper, replace(paper, citekey="q"))  # so that authors and venue have pages
    corpus = Corpus(works, (Part("Part", (theme,)),), {"p": place}, related, {"p": gist}, {}, {}, frozenset())
    return replace(corpus, sentences={"p": split_sentences(summary.plain)}), paper


def parse(page: str, extensions: list[str]) -> nodes.document:
    """Parse a page with the real parser; nothing may be reported."""
    # This parser knows one document only: links to others go elsewhere.
    page = page.replace("](../chapters/theme.md)", "](https://example.org/)").replace(
        "](p.md)", "](https://example.org/)"
    )
    page = re.sub(r"\]\(\.\./\.\./(?:authors|venues|years)/[a-z0-9-]+\.html\)", "](https://example.org/)", page)
    reports = io.StringIO()
    overrides: dict[str, Any] = {
        "myst_enable_extensions": extensions,
        "myst_suppress_warnings": [],
        "doctitle_xform": False,
        "report_level": 1,
        "warning_stream": reports,
        "file_insertion_enabled": True,
        "raw_enabled": True,
        "line_length_limit": 10**7,  # Sphinx knows no such limit
    }
    document = publish_doctree(page, parser=Parser(), settings_overrides=overrides)
    assert reports.getvalue() == ""
    return document


def outline(node: nodes.Node) -> list[Any]:
    """Return the kinds of all nodes as nested lists, but for what repaired text may have: italics, and own links."""
    children = [child for child in node.children if not isinstance(child, (nodes.Text, nodes.emphasis, nodes.inline))]
    return [type(node).__name__, [outline(child) for child in children if not leads_to_itself(child)]]


def leads_to_itself(node: nodes.Node) -> bool:
    """Return whether a node is a web address that is a link, as abstracts have them."""
    return isinstance(node, nodes.reference) and node["refuri"] == safe_address(node.astext())


def plain(node: nodes.Node) -> str:
    """Return the text of a node; a line's end is drawn by raw markup of the parser's own."""
    return "".join(str(found) for found in node.findall(nodes.Text) if not isinstance(found.parent, nodes.raw))


def texts(document: nodes.document, name: str) -> list[str]:
    """Return the text of each paragraph that has one of our classes or is in an element that has it."""
    (found,) = (node for node in document.findall(nodes.Element) if f"litbook-{name}" in node.get("classes", ()))
    return [plain(paragraph) for paragraph in found.findall(nodes.paragraph)]


def section(document: nodes.document, number: int) -> nodes.section:
    return list(document.findall(nodes.section))[number]


def check_page(extensions: str, strange: Strange) -> None:
    corpus, paper = make_page(strange)
    document = parse(render_paper(gather_page(corpus, paper, {"p": paper})), EXTENSIONS[extensions])
    title, name, phrase = clean(strange.title), clean(strange.name), clean(strange.phrase)

    assert section(document, 0)[0].astext() == (clean(paper.title.plain) or "p")
    assert texts(document, "byline") == [f"{name}, {phrase}"]
    placement = f"{name} · 2020 · method · see also {title}"
    suggested = f"This theme was suggested automatically from the phrases “{phrase}”, “{name}”; "
    assert "".join(texts(document, "placement")) == f"{placement}{suggested}no person has confirmed it."
    assert texts(document, "gist")[0] == f"“{clean(corpus.gists['p'].shown)}”"
    assert texts(document, "links") == ["Read on arXiv"]
    abstract = section(document, 1).children[1]
    assert abstract.astext() == (clean(paper.abstract.plain) or "The source gives no abstract.")
    assert list(filter(leads_to_itself, document.findall())) == list(filter(leads_to_itself, abstract.findall()))
    (item,) = document.findall(nodes.list_item)
    who = clean(make_label(paper).in_list)
    why = " · ".join(filter(None, (who if who != clean(paper.title.plain) else "", f"shared terms: {phrase}, {name}")))
    assert plain(item).replace("\n", "") == f"{clean(paper.title.plain)}{why}".replace("\n", "")
    (block,) = document.findall(nodes.literal_block)
    assert block.astext() == f"{render_bibtex(paper)}\n"
    (footer,) = texts(document, "provenance")
    given = [part for part, text in (("title", strange.title), ("abstract", strange.abstract)) if text]
    said = f"{' and '.join(given or ['identifier'])} {'were' if len(given) == 2 else 'was'} read from "
    assert footer.startswith(f"{said.capitalize()}lines 1–2 of invented *source*_.txt.")
    assert f"origins: {name}; {phrase}). Confidence: {name}." in footer

    assert outline(document) == outline_of_harmless(extensions)


@cache
def outline_of_harmless(extensions: str) -> list[Any]:
    corpus, paper = make_page(HARMLESS)
    return outline(parse(render_paper(gather_page(corpus, paper, {"p": paper})), EXTENSIONS[extensions]))


# A title may be empty, and an abstract; a name or a phrase that is nothing but space is left out, another outline.
word = text.map(lambda drawn: f"{drawn}x")


@pytest.mark.slow
@pytest.mark.parametrize("extensions", EXTENSIONS)
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(strange=st.builds(Strange, word, text, word, word))
@example(strange=Strange("x", "", "x", "x"))
@example(strange=Strange("---\norphan: false\n---", "---", "% x", "+++ x"))
@example(strange=Strange(BLOCKS[0], BLOCKS[1], BLOCKS[2], BLOCKS[3]))
@example(strange=Strange(BLOCKS[4], BLOCKS[5], BLOCKS[6], BLOCKS[7]))
@example(strange=Strange("\u2003x\u2003", "\u00a0x\u00a0", "\u3000x\u3000", "\u00a0x\u2003"))
def test_any_text_is_on_the_page_as_it_is_and_starts_nothing(extensions: str, strange: Strange) -> None:
    check_page(extensions, strange)


@pytest.mark.parametrize("piece", LINES)
def test_each_payload_is_on_the_page_as_it_is_and_starts_nothing(piece: str) -> None:
    for extensions in EXTENSIONS:
        check_page(extensions, Strange(piece, f"{piece} {piece}", piece, f"x {piece}"))


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["x", " ", "\\", "*", "`", "[", "<", "&", "$", ":", "\u200b", "\n", "\x00"])
def test_twenty_thousand_times_the_same_character_is_one_paragraph(sign: str) -> None:
    check_page("the book's", Strange(f"a{sign * 1000}b", sign * 20_000, f"a{sign * 1000}b", "x"))


def test_italics_are_italics_and_nothing_more() -> None:
    strange = Strange(r"An \textit{Evil <b> *Title} *of* Italics", r"\emph{One} and \emph{<i>two} *three*", "x", "x")
    check_page("the book's", strange)
    corpus, paper = make_page(strange)
    document = parse(render_paper(gather_page(corpus, paper, {"p": paper})), EXTENSIONS["the book's"])
    for part, italics in ((section(document, 0)[0], ["Evil <b> *Title"]), (section(document, 1)[1], ["One"])):
        assert [found.astext() for found in part.findall(nodes.emphasis)] == italics


@pytest.mark.slow
@settings(max_examples=300)
@given(address=st.one_of(st.sampled_from(ADDRESSES), text, text.map(lambda drawn: f"https://example.org/{drawn}")))
def test_an_address_is_http_and_cannot_end_its_link(address: str) -> None:
    safe = safe_address(address)
    assert safe == "" or re.fullmatch(r"(?i)https?://[^\s\"<>()\[\]{}\\^`|]+", safe)


# --- One real build, with code execution on ---


@pytest.fixture(scope="module")
def corpus(hostile: Built) -> Corpus:
    made, _, inputs = make_corpus(Project(hostile.review.root))
    assert not [piece for reading in inputs.readings for piece in reading.unread if not piece.understood]
    return made


@pytest.fixture(scope="module")
def pages(hostile: Built, corpus: Corpus) -> list[tuple[Paper, Page]]:
    """Return each paper with its page; the pages are only read."""
    return [(paper, hostile.review.page(f"book/papers/{paper.citekey}.html")) for paper in corpus.papers]


def test_the_hostile_build_succeeds_without_a_warning(hostile: Built, corpus: Corpus) -> None:
    assert (hostile.run.code, hostile.run.warnings) == (0, [])
    assert len(corpus.papers) == len(LINES) >= 60
    assert [paper.title.plain for paper in corpus.papers if paper.facts is None] == []


def test_nothing_is_executed_written_or_read(hostile: Built) -> None:
    assert hostile.review.executions == 1  # the notebook: execution was possible
    assert [path.name for path in hostile.review.root.parent.iterdir()] == ["review"]
    assert SECRET.encode() not in b"".join(hostile.review.site().values())


def test_title_names_abstract_and_gist_are_on_the_pages_as_they_are(
    pages: list[tuple[Paper, Page]], corpus: Corpus
) -> None:
    for paper, page in pages:
        assert text_of(page.one("h1")) == clean(paper.title.plain)
        assert page.one("title").get_text().startswith(" ".join(paper.title.plain.split()))
        names = ", ".join(name for author in paper.authors if (name := clean(author)))
        bylines = page.soup.select("p.litbook-byline, .litbook-byline p")
        assert [text_of(line) for line in bylines] == ([names] if names else [])
        known = " · ".join(filter(None, (clean(paper.venue or ""), str(paper.year))))
        assert text_of(page.one("p.litbook-placement, .litbook-placement p")).startswith(known)
        assert text_of(page.one("#abstract > p")) == clean(paper.abstract.plain)
        quoted = page.soup.select(".litbook-gist p")[0]
        assert text_of(quoted) == f"“{corpus.gists[paper.citekey].shown}”"
        assert page.one("#cite-this-paper .highlight-text pre").get_text() == f"{render_bibtex(paper)}\n"
        shown = [block.get_text() for block in page.soup.select(".litbook-formats pre")]
        assert shown == [cite_in_words(paper), cite_in_ris(paper), cite_in_csl(paper)]
        data = json.loads(page.one('script[type="application/ld+json"]').get_text())
        assert data["headline"] == clean(paper.title.plain)
        footer = page.one(".litbook-provenance").get_text()
        assert paper.facts is not None
        assert all(clean(origin) in footer for origin in (*paper.facts.origins, paper.facts.notes or ""))


def test_labels_of_related_papers_and_neighbours_are_as_they_are(
    pages: list[tuple[Paper, Page]], corpus: Corpus
) -> None:
    titles = {f"{paper.citekey}.html": paper.title.plain for paper in corpus.papers}
    shown = 0
    for _, page in pages:
        links = page.soup.select("#related-papers li a")
        shown += len(links)
        assert all(link.get_text() == titles[str(link["href"])] for link in links)
        for neighbour in page.soup.select(".litbook-prev, .litbook-next"):
            assert neighbour.select(".litbook-walk-title")[0].get_text() == titles[str(neighbour["href"])]
    assert shown >= len(corpus.papers) // 2  # some papers have no related ones


def test_chapters_list_titles_details_and_gists_as_they_are(hostile: Built, corpus: Corpus) -> None:
    by_address = {f"../papers/{paper.citekey}.html": paper for paper in corpus.papers}
    listed = 0
    for theme in corpus.themes():
        page = hostile.review.page(f"book/chapters/{theme.slug}.html")
        for item in page.soup.select(".litbook-own > li"):
            paper = by_address[str(item.select(".litbook-paper-title a")[0]["href"])]
            assert text_of(item.select(".litbook-paper-title")[0]) == paper.title.plain
            assert item.select(".litbook-paper-gist")[0].get_text() == f"“{corpus.gists[paper.citekey].shown}”"
            assert set(tags(item)) <= {"p", "a", "span", "em"}
            listed += 1
    assert listed == len(corpus.papers)


def tags(element: Tag) -> Counter[str]:
    return Counter(found.name for found in element.find_all(True))


def test_no_element_is_there_that_a_harmless_page_does_not_have(pages: list[tuple[Paper, Page]], book: Built) -> None:
    harmless = book.review.page("book/papers/fictive2024plan.html")  # without a decision, like all of these
    # Links, italics, lists, neighbours, and what is known for reference managers.
    varying = {"a", "em", "li", "p", "span", "strong", "link", "div", "i", "meta"}
    changing = {"section", "h2", "ul", "br"}
    usual = {name: count for name, count in tags(harmless.soup).items() if name not in varying}
    for _, page in pages:
        found = tags(page.soup)
        assert {name: count for name, count in found.items() if name not in varying | changing} == {
            name: count for name, count in usual.items() if name not in changing
        }
        names = {str(meta.get("name", "")) for meta in page.soup.select("meta")}
        assert names <= {
            "",
            "viewport",
            "description",
            "litbook-review",
            "referrer",
            *(name for name in names if name.startswith("citation_")),
        }
        assert set(tags(page.article)) <= set(tags(harmless.article)) | {"em", "ul", "li", "br", "strong"}
        assert {name.get_text() for name in page.article.select("strong")} <= {"Method"}  # what the text names
        assert tags(page.one("h1")).keys() <= {"a", "em"}
        assert tags(page.one("#abstract > p")).keys() <= {"em", "a", "span"}
        sentences = page.soup.select("#abstract > p span")
        assert [span.attrs for span in sentences] == [{"id": f"sentence-{n}"} for n in range(1, len(sentences) + 1)]
        assert not [name for element in page.soup.find_all(True) for name in element.attrs if name.startswith("on")]


def test_every_link_is_ours_or_http_and_an_unsafe_one_is_left_out(pages: list[tuple[Paper, Page]]) -> None:
    for paper, page in pages:
        for link in page.soup.select("#abstract > p a"):
            assert link["href"] == safe_address(link.get_text())
        for element in page.soup.select("*:not(#abstract > p a)"):
            for name in ("href", "src", "action", "srcset", "data"):
                address = str(element.get(name, ""))
                assert re.match(r"(?:https://(?!evil)|\.{0,2}/|#|[\w-]+\.html|[\w-]+/|$)", address), address
        labels = page.links(".litbook-links")
        for label, name in (("Code", "code"), ("Project page", "project")):
            assert (label in labels) is bool(safe_address(paper.links.get(name, "")))


def test_a_browser_shows_the_hostile_pages_in_silence(hostile: Built, corpus: Corpus) -> None:
    from browsing import open_browser, watch  # noqa: PLC0415 - only this test needs a browser

    with open_browser() as browser:
        page, faults = watch(browser, hostile.review.html.as_uri())
        names = [f"book/papers/{paper.citekey}.html" for paper in corpus.papers]
        names += [f"book/chapters/{theme.slug}.html" for theme in corpus.themes()] + ["book/index.html"]
        for name in names:
            page.goto((hostile.review.html / name).as_uri())
            assert page.evaluate("window.hurt") is None
        page.goto((hostile.review.html / "search.html").as_uri() + "?q=invented+method")
        page.wait_for_selector("main a[href*='book/papers/']")
        assert page.evaluate("window.hurt") is None
        assert faults == []
