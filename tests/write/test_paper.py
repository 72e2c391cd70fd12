"""Pure text from values: untrusted characters in Markdown, a paper's page, the catalogue for programs."""

from __future__ import annotations

import csv
import io
import json
import re
import string
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invented import CRAFTS, GARDENS, make_corpus_of, make_facts, make_paper, make_placement
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from litbook.core.urls import chapter_page, citekey_of, is_paper_page, page_address, paper_page, theme_of
from litbook.model.pages import Citation, Mention
from litbook.model.review import KINDS, LINKS, Corpus, Paper, Record, Related, Suggestion, Text
from litbook.text.escape import clean, escape, escape_text, link, safe_address
from litbook.write.catalogue import COLUMNS, render_csv, render_json
from litbook.write.links import LABELS, addresses
from litbook.write.paper import gather_page, render_paper
from litbook.write.sections.placed import KIND_NAMES

EXTENSIONS = {"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
              "html_admonition", "html_image", "strikethrough", "substitution", "tasklist"}  # fmt: skip
HOSTILE = (
    "<script>window.hurt = 1</script>",
    "{include} /etc/passwd",
    "```{code-cell}",
    "{{ now }}",
    "$x$ $$y$$",
    "[a](javascript:b)",
    ":::{note}",
    "% a comment",
    "---",
    "# no heading",
    "- no item",
    "1. no item",
    "a | b",
    "*a* _b_ **c** ~~d~~",
    "&amp; &#33;",
    "\\",
    "a\\",
    "`a` ``b``",
    "<!-- a -->",
    "<https://example.org>",
    "![a](b)",
    "[^1]",
    "(target)=",
    "+++",
    "> no quotation",
    "term\n: definition",
    ":field: value",
    "\\begin{align}",
    "{cite}`a`",
    "[a]: b",
    "a\u2028b\x00c\ud800",
    "\u00a0a\u2003",
    "\t",
    "",
)
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.text(alphabet=string.punctuation + " \nab\u00a0", max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("\n".join),
)
PARSER: MarkdownIt = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def parse(markdown: str) -> list[Token]:
    return [token for token in PARSER.parse(markdown) if token.type != "front_matter"]


def shown(inline: Token) -> str:
    """Return the text of an inline token that holds nothing but text."""
    assert {child.type for child in inline.children or []} <= {"text"}, inline.children
    return "".join(child.content for child in inline.children or [])


# -- escaping -------------------------------------------------------------------------------------------------------


@given(hostile)
@example("a" * 100_000)
@example("[" * 3_000)
def test_escaped_text_shows_its_characters_and_starts_nothing(text: str) -> None:
    tokens = parse(f"{escape(text)}\n")
    if not clean(text):
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert shown(tokens[1]) == clean(text)


@given(hostile)
def test_escaped_text_stays_text_in_headings_items_and_quotations(text: str) -> None:
    if clean(text):
        for before, after, types in (("# ", "", ["heading_open"]), ("- ", "", ["bullet_list_open", "list_item_open"]),
                                     ("> “", "”", ["blockquote_open"])):  # fmt: skip
            tokens = parse(f"{before}{escape(text)}{after}\n")
            inlines = [token for token in tokens if token.type == "inline"]
            kept = before[2:] + clean(text) + after
            assert [shown(token) for token in inlines] == [kept]
            assert [token.type for token in tokens[: len(types)]] == types


@given(hostile, st.text(max_size=30))
def test_a_link_has_its_label_and_one_address_or_is_left_out(label: str, path: str) -> None:
    (inline,) = [
        token for token in parse(f"x {link(escape(label), f'https://example.org/{path}')} y") if token.type == "inline"
    ]
    children = inline.children or []
    assert [child.type for child in children if child.type != "text"] == ["link_open", "link_close"]
    href = str(children[1].attrGet("href"))
    assert href.startswith("https://example.org/")
    assert not set(href) & set(' <>()"\\`{}[]')
    inside = children[2:-2] if children[-1].type == "text" else children[2:-1]
    assert "".join(child.content for child in inside) == clean(label)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "http:///x",
        "https://[",
        "",
        " ",
        "mailto:a@example.org",
        "\x01javascript:x",
        "ftp://example.org",
    ],
)
def test_an_address_that_is_not_of_the_web_is_left_out(address: str) -> None:
    assert safe_address(address) == ""
    assert link("label", address) == "label"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        ("HTTPS://example.org", "HTTPS://example.org"),
        ("https://example.org/a b(c)<d>", "https://example.org/a%20b%28c%29%3Cd%3E"),
        ("https://example.org/%20ü", "https://example.org/%20%C3%BC"),
        ("https://example.org/\n](x) {y}", "https://example.org/%20%5D%28x%29%20%7By%7D"),
    ],
)
def test_an_address_is_percent_encoded(address: str, safe: str) -> None:
    assert safe_address(address) == safe


@pytest.mark.slow
@given(hostile.filter(lambda text: clean(text) == text), st.integers(0, 60), st.integers(1, 20))
def test_italics_emphasise_and_change_no_character(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    italics = ((start, end),) if start < end else ()
    if text.strip() != text or not text:
        return
    (inline,) = [token for token in parse(escape_text(Text(text, italics))) if token.type == "inline"]
    children = inline.children or []
    assert {child.type for child in children} <= {"text", "em_open", "em_close"}
    assert "".join(child.content for child in children) == text


def test_italics_are_emphasis() -> None:
    assert escape_text(Text("A crane flies", ((2, 7),))) == "A *crane* flies"
    assert escape_text(Text("all", ((0, 3),))) == "*all*"


# -- links ----------------------------------------------------------------------------------------------------------


def test_identifiers_become_addresses_and_every_link_has_a_label() -> None:
    values = {
        "arxiv": "3102.00001",
        "doi": "10.1/x",
        "openreview": "o",
        "acl": "a-1",
        "code": "https://e.org/c",
        "project": "https://e.org",
    }
    assert tuple(values) == LINKS == tuple(LABELS)
    assert list(addresses(values).values()) == [
        "https://arxiv.org/abs/3102.00001",
        "https://doi.org/10.1/x",
        "https://openreview.net/forum?id=o",
        "https://aclanthology.org/a-1/",
        "https://e.org/c",
        "https://e.org",
    ]


# -- a paper's page -------------------------------------------------------------------------------------------------

ABSTRACT = (
    "Robots tear paper. In this paper we present CraneFold, which folds a paper crane with patience. "
    "We find that it tears 3% of the sheets, half as many as a hasty robot."
)


def full_paper() -> Paper:
    facts = make_facts("CraneFold", origins=("an invented origin", "another"), notes="a doubt", confidence="probable")
    links = {"arxiv": "3102.00001", "code": "https://example.org/c"}
    known = {"authors": ("Ada Invented", "Bo *Made*"), "year": 2031, "venue": "Conf_on_Paper", "links": links}
    paper = make_paper("made2031cranefold", "CraneFold: 100% <b>Folding</b>", ABSTRACT, facts=facts, **known)
    second = Record("other*.md", 7, 7, "raw", "CraneFold", "")
    return replace(paper, records=(*paper.records, second))


def full_corpus() -> Corpus:
    paper = full_paper()
    other = make_paper("made2030boat", "Boats & Hats", "")
    citation = Citation(paper.citekey, "chapters/paper-folding.md", 3, "Folding *{count}`papers`*")
    mentions = tuple(
        Mention(paper.citekey, citation.file, citation.title, text, anchor)
        for text, anchor in (("It folds *cranes*.", f"claim-{paper.citekey}-2"), ("Again.", f"cite-{paper.citekey}--2"))
    )
    corpus = make_corpus_of(
        [paper, other],
        placements={paper.citekey: make_placement(CRAFTS.slug, also=(GARDENS.slug,), kind="benchmark-or-dataset")},
        related={paper.citekey: (Related(other.citekey, ("paper_crane", "boat")),)},
        citations={paper.citekey: (citation, citation)},
        notes=[paper.citekey],
    )
    return replace(corpus, mentions={paper.citekey: mentions})


def page_of(corpus: Corpus, citekey: str) -> str:
    papers = {paper.citekey: paper for paper in corpus.papers}
    return render_paper(gather_page(corpus, papers[citekey], papers))


def test_a_page_holds_all_that_is_known_in_its_order() -> None:
    page = page_of(full_corpus(), "made2031cranefold")
    wanted = [
        "# CraneFold\\: 100\\% \\<b\\>Folding\\<\\/b\\>\n",
        "{.litbook-byline}\nAda Invented, Bo \\*Made\\*\n",
        "Conf\\_on\\_Paper · [2031](../../years/2031.html) · benchmark or dataset · "
        "see also [Gardens below the tide](../chapters/tide-gardens.md)",
        "> “We present CraneFold, which folds a paper crane with patience\\.”\n>\n> Sentence 2 of the abstract",
        "[Read on arXiv](https://arxiv.org/abs/3102.00001) [Code](https://example.org/c)",
        "## Abstract\n\n[Robots tear paper\\.]{.sentence-1} [In this paper we present CraneFold, which folds a paper "
        "crane with patience\\.]{.sentence-2} [We find",
        "## Related papers\n\n- [Boats \\& Hats](made2030boat.md)\\\n  shared terms: paper\\_crane, boat",
        "## Cited in\n\n- [Folding paper](../chapters/paper-folding.md#claim-made2031cranefold-2): 2 sentences\n",
        "## Notes\n\n```{include} ../notes/made2031cranefold.md\n```",
        "## Cite this paper\n\n```text\n@misc{made2031cranefold,",
        "read from lines 1–2 of *invented\\.txt*, line 7 of *other\\*\\.md*",
        "line 1 of *facts\\.jsonl*; origins: an invented origin; another",
        "Confidence: probable. Note: a doubt.",
    ]
    places = [page.find(text) for text in wanted]
    assert -1 not in places, [text for text in wanted if text not in page]
    assert places == sorted(places)


def test_a_paper_without_facts_gets_a_whole_and_honest_page() -> None:
    suggestion = Suggestion(CRAFTS.slug, ("paper * crane",), GARDENS.slug, 0.4)
    placement = make_placement(CRAFTS.slug, kind=None, decided=False, reason="", suggestion=suggestion)
    paper = make_paper("cranes", "Cranes", ABSTRACT)
    page = page_of(make_corpus_of([paper], {"cranes": placement}), "cranes")
    assert "*Authors and year are not known: the source gives a title and an abstract only.*" in page
    assert "suggested automatically from the phrases “paper \\* crane”; no person has confirmed it.*" in page
    assert "Nothing else has been looked up." in page
    assert re.findall(r"^#+ .*", page, re.MULTILINE) == ["# Cranes", "## Abstract", "## Cite this paper"]
    for absent in ("None", "litbook-links", "see also", "· ·", "looked up (", "author =", "year ="):
        assert absent not in page


def test_a_decided_paper_is_not_called_suggested() -> None:
    assert "suggested automatically" not in page_of(full_corpus(), "made2031cranefold")


def test_a_paper_without_abstract_says_so_and_quotes_nothing() -> None:
    page = page_of(full_corpus(), "made2030boat")
    assert "*The source gives no abstract.*" in page
    assert "litbook-gist" not in page


def test_a_page_claims_no_more_of_its_source_than_it_gave() -> None:
    papers = [make_paper("bare", ""), make_paper("titled", "Cranes")]
    found = make_facts("Kelp", abstract="It grows.", authors=("Ada Invented",))
    papers.append(replace(make_paper("fetched", ""), title=Text("Kelp"), abstract=Text("It grows."), facts=found))
    bare, titled, fetched = (page_of(make_corpus_of(papers), name) for name in ("bare", "titled", "fetched"))
    assert "*Authors and year are not known: the source gives an identifier only.*" in bare
    assert "Identifier was read from lines 1–2 of *invented\\.txt*. Nothing else has been looked up." in bare
    assert "the source gives a title only.*" in titled
    assert "Title was read from lines 1–2 of" in titled
    assert (
        "Identifier was read from lines 1–2 of *invented\\.txt*. Title, abstract, authors, dates and links" in fetched
    )


def test_a_paper_without_a_title_is_headed_by_its_citekey() -> None:
    assert "# untitled\n" in page_of(make_corpus_of([make_paper("untitled", "")]), "untitled")


@pytest.mark.slow
@given(hostile, hostile, hostile)
def test_a_page_has_the_same_parts_whatever_its_texts_hold(title: str, abstract: str, author: str) -> None:
    paper = make_paper("made2031x", clean(title), clean(abstract), authors=(author,), venue=author,
                       links={"code": f"https://example.org/{title}", "arxiv": abstract})  # fmt: skip
    other = make_paper("made2031y", clean(abstract))
    corpus = make_corpus_of([paper, other], related={"made2031x": (Related("made2031y", (clean(title),)),)})
    tokens = parse(page_of(corpus, "made2031x"))
    headings = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert [heading.content for heading in headings[1:]] == ["Abstract", "Related papers", "Cite this paper"]
    known = {"heading", "paragraph", "inline", "bullet_list", "list_item", "blockquote", "fence"}
    assert {re.sub(r"_(open|close)$", "", token.type) for token in tokens} <= known
    assert [token.info.strip() for token in tokens if token.type == "fence"] == ["text"]


def test_every_kind_has_a_name() -> None:
    assert tuple(KIND_NAMES) == KINDS


# -- the catalogue --------------------------------------------------------------------------------------------------


def test_the_json_catalogue_has_all_fields_of_a_full_paper() -> None:
    (_, known) = json.loads(render_json(full_corpus()))
    assert {name: known[name] for name in known if name not in {"abstract", "evidence"}} == {
        "citekey": "made2031cranefold",
        "title": "CraneFold: 100% <b>Folding</b>",
        "authors": ["Ada Invented", "Bo *Made*"],
        "year": 2031,
        "venue": "Conf_on_Paper",
        "label": "Invented and *Made*, 2031",
        "theme": "paper-folding",
        "suggested_theme": "paper-folding",
        "decided": True,
        "also": ["tide-gardens"],
        "kind": "benchmark-or-dataset",
        "gist": "We present CraneFold, which folds a paper crane with patience.",
        "links": {"arxiv": "https://arxiv.org/abs/3102.00001", "code": "https://example.org/c"},
        "related": [{"citekey": "made2030boat", "why": ["paper_crane", "boat"]}],
        "url": "book/papers/made2031cranefold.html",
    }
    assert known["abstract"] == ABSTRACT
    found = "We find that it tears 3% of the sheets, half as many as a hasty robot."
    assert known["evidence"] == [{"quote": found, "sentence": 3}]


def test_what_is_not_known_is_absent_from_the_json_catalogue() -> None:
    placement = make_placement(CRAFTS.slug, kind=None, decided=False)
    (known,) = json.loads(render_json(make_corpus_of([make_paper("cranes", "Cranes")], {"cranes": placement})))
    theme = {"theme": "paper-folding", "suggested_theme": "paper-folding", "decided": False}
    assert known == {"citekey": "cranes", "title": "Cranes", **theme, "url": "book/papers/cranes.html"}


def test_the_csv_catalogue_reads_back_with_empty_cells_for_what_is_not_known() -> None:
    placement = make_placement(GARDENS.slug, kind=None, decided=False)
    hostile_paper = make_paper("odd", 'A "quoted", title; =1+1', authors=("A, B", "C"))
    corpus = make_corpus_of([full_paper(), hostile_paper], {"odd": placement})
    full, odd = csv.DictReader(io.StringIO(render_csv(corpus)))
    assert tuple(full) == COLUMNS
    assert (full["part"], full["theme_number"], full["theme_title"]) == ("Part I. Paper", "1", "Folding paper")
    assert (full["year"], full["arxiv"], full["decided"]) == ("2031", "https://arxiv.org/abs/3102.00001", "yes")
    assert (odd["title"], odd["authors"], odd["theme_number"]) == ('A "quoted", title; =1+1', "A, B; C", "2")
    assert {name for name in COLUMNS if odd[name] == ""} == {
        *("year", "published", "venue", "venue_year", "also", "kind"),
        *("arxiv", "doi", "openreview", "acl", "code", "project", "notices"),
    }  # fmt: skip


def test_the_address_of_a_page_holds_nothing_but_its_citekey() -> None:
    assert page_address("made2031cranefold") == "book/papers/made2031cranefold.html"


def test_a_document_tells_whose_page_it_is() -> None:
    assert citekey_of(paper_page("made2031cranefold")) == "made2031cranefold"
    assert theme_of(chapter_page("folding-paper")) == "folding-paper"
    for other in ("index", "book/papers", "all-papers", chapter_page("folding-paper")):
        assert not is_paper_page(other)
        assert citekey_of(other) is None
    assert theme_of(paper_page("made2031cranefold")) is None
