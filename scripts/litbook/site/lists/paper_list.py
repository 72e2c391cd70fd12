"""Lists of papers: how an item looks, and what it carries for the script that sorts and filters lists.

Without `litbook-list.js` a list is a list; with it, one of `FEWEST` papers or more gets a toolbar, for which there is
room from the beginning.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from urllib.parse import urlencode

from docutils import nodes
from sphinx import addnodes

from litbook.core.urls import paper_page
from litbook.model.notices import flag_of
from litbook.model.review import Corpus, Paper, Text
from litbook.text.escape import clean
from litbook.text.italics import split_italics
from litbook.text.person_names import shown_authors
from litbook.text.venues import name_series
from litbook.write.extraction import Facet, find_facets, join_facets, list_values
from litbook.write.groups import MOST_AUTHORS
from litbook.write.labels import join_facts, label_of
from litbook.write.sections.placed import KIND_NAMES

FEWEST = 4  # papers of a list with a toolbar
_FEWEST_HEADINGS = 3  # of a list that can be jumped in
_MOST_SHOWN = 3
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_TOOLS = '<div class="litbook-list-tools litbook-js-only"></div>'


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what a list shows of a paper, and the attributes of its item.

    `flag` is the label of a retraction or another serious notice, or empty.
    """

    citekey: str
    title: Text
    details: str
    gist: str
    data: Mapping[str, str]
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold papers that are listed together, under a heading if there is one; `name` is a class of the list.

    `facets` are the columns of choices of the papers, by which the list can be filtered.
    """

    heading: str
    lines: Sequence[Line]
    name: str = ""
    facets: tuple[Facet, ...] = ()


def gather_lines(corpus: Corpus, papers: Sequence[Paper], heading: str = "", name: str = "") -> Lines:
    """Return papers to list together, each with all that a list shows, and the columns by which to filter them."""
    facets = find_facets(corpus, (paper.citekey for paper in papers))
    return Lines(heading, tuple(describe_line(corpus, paper) for paper in papers), name, facets)


def describe_line(corpus: Corpus, paper: Paper) -> Line:
    """Return what a list shows of a paper: authors, year, venue, kind and gist, as far as they are known."""
    placement = corpus.placements[paper.citekey]
    gist = corpus.gists.get(paper.citekey)
    known = [
        short_authors(shown_authors(paper)),
        label_of(corpus, paper).year,
        paper.venue or "",
        KIND_NAMES.get(placement.kind or "", ""),
        "" if placement.decided else "theme suggested automatically",
    ]
    details, quote = join_facts(known), f"“{gist.shown}”" if gist else ""
    flag = flag_of(paper.notices)
    return Line(paper.citekey, paper.title, details, quote, mark_paper(corpus, paper), flag=flag)


def mark_paper(corpus: Corpus, paper: Paper) -> dict[str, str]:
    """Return the attributes by which scripts know a paper; an unknown value has none."""
    placement = corpus.placements.get(paper.citekey)
    data = {
        "data-paper": paper.citekey,
        "data-authors": clean("; ".join(paper.authors[:MOST_AUTHORS])),
        "data-year": str(paper.cited_year or ""),
        "data-venue": clean(name_series(paper.venue or "")),
        "data-kind": KIND_NAMES.get(placement.kind or "", "") if placement else "",
        "data-own": urlencode(list_values(corpus, paper.citekey)) if placement else "",
    }
    return {name: value for name, value in data.items() if value}


def short_authors(authors: tuple[str, ...]) -> str:
    """Return up to three authors, or the first with "et al."."""
    return ", ".join(authors) if len(authors) <= _MOST_SHOWN else f"{authors[0]} et al."


# --- As HTML ---


def render_list(file: str, groups: Sequence[Lines], papers: str) -> str:
    """Return a list as HTML; `papers` leads to the folder of the paper pages, `file` names what is exported."""
    tools = _TOOLS if sum(len(group.lines) for group in groups) >= FEWEST else ""
    headings = [group.heading for group in groups if group.heading]
    if tools and len(headings) >= _FEWEST_HEADINGS:
        tools = f'<div class="litbook-list-side">{tools}{_render_jump(headings)}</div>'
    opening = _open("div", _mark_list("", file, groups))
    drawn = chain.from_iterable(_render_group(group, papers, at) for at, group in enumerate(groups, start=1))
    return "\n".join([opening + tools, *drawn, "</div>"])


def _render_jump(headings: Iterable[str]) -> str:
    links = "".join(f'<li><a href="#group-{at}">{_escape(clean(text))}</a></li>' for at, text in enumerate(headings, 1))
    return (
        '<details class="litbook-contents"><summary>Themes</summary>'
        f'<nav aria-label="Themes"><ul>{links}</ul></nav></details>'
    )


def render_chapter_list(name: str, file: str, own: Lines, visiting: Lines, papers: str) -> str:
    """Return the list of a theme with the papers of other chapters in it; `name` tells lists of one page apart."""
    tools = _TOOLS if len(own.lines) + len(visiting.lines) >= FEWEST else ""
    opening = _open("div", {**_mark_list(name, file, (own, visiting)), "data-groups": "kept"})
    more = (
        [
            f'<div data-group=""><p class="rubric">{_escape(visiting.heading)}</p>',
            render_items(visiting, papers),
            "</div>",
        ]
        if visiting.lines
        else []
    )
    return "\n".join([opening + tools, render_items(own, papers), *more, "</div>"])


def render_items(group: Lines, papers: str) -> str:
    """Return papers as a plain list."""
    classes = " ".join(filter(None, ["litbook-papers", group.name and f"litbook-{group.name}"]))
    return "\n".join([f'<ul class="{classes}">', *(_render_item(line, papers) for line in group.lines), "</ul>"])


def _mark_list(name: str, file: str, groups: Iterable[Lines]) -> dict[str, str]:
    marks = {"class": "litbook-list", "data-litbook-list": name, "data-file": file}
    facets = [_describe_facet(facet) for facet in join_facets(chain.from_iterable(group.facets for group in groups))]
    return {**marks, "data-facets": json.dumps(facets, ensure_ascii=False)} if facets else marks


def _describe_facet(facet: Facet) -> list[object]:
    """Return a column's id, its name, the values that papers have, and true if these are numbers."""
    return [facet.id, clean(facet.name), facet.values, *([True] if facet.is_range else [])]


def _render_group(group: Lines, papers: str, number: int) -> Iterable[str]:
    count = f' <span class="litbook-number">{len(group.lines):,}</span>'
    heading = f'<section data-group id="group-{number}"><h2>{escape(clean(group.heading))}{count}</h2>'
    yield heading if group.heading else "<div data-group>"
    yield render_items(group, papers)
    yield "</section>" if group.heading else "</div>"


def _render_item(line: Line, papers: str) -> str:
    title = render_title(line.title) or escape(line.citekey)
    linked = f'<a href="{papers}{escape(line.citekey)}.html">{title}</a>'
    texts = "".join(
        f'\n<p class="litbook-paper-{name}">{_escape(text)}</p>'
        for name, text in (("details", line.details), ("gist", line.gist))
        if text
    )
    flag = f" {render_flag(line.flag)}" if line.flag else ""
    return f'{_open("li", line.data)}<p class="litbook-paper-title">{linked}{flag}</p>{texts}</li>'


def render_flag(flag: str) -> str:
    """Return the label of a retraction or another serious notice, as it is drawn beside the name of a paper."""
    return f'<strong class="litbook-flag">{_escape(flag)}</strong>'


def _open(tag: str, attributes: Mapping[str, str]) -> str:
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + ">"


def render_title(text: Text) -> str:
    """Return repaired text as HTML, its italics as emphasis."""
    pieces = (f"<em>{_escape(piece)}</em>" if slanted else _escape(piece) for piece, slanted in split_italics(text))
    return "".join(pieces).strip()


def _escape(text: str) -> str:
    return escape(_UNPRINTABLE.sub(" ", text), quote=False)


# --- As nodes ---


def way_to_papers(docname: str) -> str:
    """Return the relative address of the folder of the paper pages, with a slash at its end."""
    return f"{posixpath.relpath(paper_page('any').rpartition('/')[0], posixpath.dirname(docname) or '.')}/"


def draw_html(html: str, groups: Iterable[Lines]) -> list[nodes.Node]:
    """Return a list for a document: HTML for the site, the titles for any other format."""
    plain = nodes.bullet_list(
        "", *(nodes.list_item("", nodes.paragraph("", "", nodes.Text(line.title.plain or line.citekey)))
              for group in groups for line in group.lines)
    )  # fmt: skip
    return [nodes.raw("", html, format="html"), addnodes.only("", plain, expr="not html")]


def link_to_paper(docname: str, citekey: str, title: Text) -> addnodes.pending_xref:
    """Return a link to the page of a paper, its title."""
    return link(docname, paper_page(citekey), *text_nodes(title))


def link(docname: str, target: str, *content: nodes.Node) -> addnodes.pending_xref:
    """Return a link to a document, which Sphinx checks."""
    return addnodes.pending_xref("", nodes.inline("", "", *content), refdomain="std", reftype="doc", refdoc=docname,
                                 reftarget=f"/{target}", refexplicit=True, refwarn=True)  # fmt: skip


def text_nodes(text: Text) -> list[nodes.Node]:
    """Return repaired text as nodes, its italics as emphasis."""
    return [
        nodes.emphasis("", "", nodes.Text(piece)) if slanted else nodes.Text(piece)
        for piece, slanted in split_italics(text)
    ]
