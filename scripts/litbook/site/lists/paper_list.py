"""Lists of papers: how an item looks, and what it carries for the script that sorts and filters lists.

Chapters draw nodes, whose links Sphinx checks; pages that are no documents draw HTML. Both say the same of a paper.
Without `litbook-list.js` a list is a list; with it, one of `FEWEST` papers or more gets a toolbar, for which there is
room from the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any, TypeVar

from docutils import nodes
from sphinx import addnodes

from litbook.core.urls import page_address, paper_page
from litbook.model.review import Corpus, Paper, Text
from litbook.text.escape import clean
from litbook.text.venues import name_series
from litbook.write.groups import MOST_AUTHORS
from litbook.write.paper import KIND_NAMES

Piece = TypeVar("Piece")
FEWEST = 4  # papers of a list with a toolbar
_MOST_SHOWN = 3
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_TOOLS = '<div class="litbook-list-tools litbook-js-only"></div>'


class PaperItem(nodes.list_item):
    """Stand for the item of one paper; "data" holds its attributes for scripts."""


class Division(nodes.container):
    """Stand for a part of a page that scripts find by its attributes, "data"."""


def visit_item(writer: Any, node: PaperItem) -> None:
    """Begin an item in HTML."""
    writer.body.append(_open("li", node["data"]))


def depart_item(writer: Any, _node: PaperItem) -> None:
    """End an item in HTML."""
    writer.body.append("</li>\n")


def visit_division(writer: Any, node: Division) -> None:
    """Begin a part of a page in HTML."""
    writer.body.append(_open("div", node["data"]))


def depart_division(writer: Any, _node: Division) -> None:
    """End a part of a page in HTML."""
    writer.body.append("</div>\n")


def _open(tag: str, attributes: Mapping[str, str]) -> str:
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + ">"


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what a list says of a paper, and the attributes of its item."""

    paper: Paper
    details: str
    gist: str
    data: Mapping[str, str]


def describe_line(corpus: Corpus, paper: Paper) -> Line:
    """Return what a list says of a paper: authors, year, venue, kind and gist, as far as they are known."""
    placement = corpus.placements[paper.citekey]
    gist = corpus.gists.get(paper.citekey)
    known = [
        short_authors(paper.authors),
        str(paper.year or ""),
        paper.venue or "",
        KIND_NAMES.get(placement.kind or "", ""),
        "" if placement.decided else "theme suggested by the machine",
    ]
    return Line(paper, " · ".join(filter(None, known)), f"“{gist.quote}”" if gist else "", mark_paper(corpus, paper))


def mark_paper(corpus: Corpus, paper: Paper) -> dict[str, str]:
    """Return the attributes by which scripts know a paper; what is not known has none."""
    placement = corpus.placements.get(paper.citekey)
    data = {
        "data-paper": paper.citekey,
        "data-title": clean(paper.title.plain),
        "data-authors": clean("; ".join(paper.authors[:MOST_AUTHORS])),
        "data-year": str(paper.year or ""),
        "data-venue": clean(name_series(paper.venue or "")),
        "data-kind": KIND_NAMES.get(placement.kind or "", "") if placement else "",
        "data-theme": placement.theme if placement else "",
    }
    return {name: value for name, value in data.items() if value}


def short_authors(authors: tuple[str, ...]) -> str:
    """Return up to three authors, or the first with "et al."."""
    return ", ".join(authors) if len(authors) <= _MOST_SHOWN else f"{authors[0]} et al."


# --- As nodes ---


def draw_list(docname: str, name: str, file: str, own: Sequence[Line], visiting: Sequence[Line]) -> Division:
    """Return the list of a theme, and in the same list the papers of other chapters; `name` tells lists apart."""
    content: list[nodes.Node] = [_draw_tools()] if len(own) + len(visiting) >= FEWEST else []
    content.append(_draw_lines(docname, own, "own"))
    if visiting:
        from_others = nodes.rubric("", "From other chapters")
        group = Division("", from_others, _draw_lines(docname, visiting, "visiting"), data={"data-group": ""})
        content.append(group)
    return Division("", *content, data={**_mark_list(name, file), "data-groups": "kept"})


def _draw_tools() -> nodes.raw:
    return nodes.raw("", _TOOLS, format="html")


def _mark_list(name: str, file: str) -> dict[str, str]:
    return {"class": "litbook-list", "data-litbook-list": name, "data-file": file}


def _draw_lines(docname: str, lines: Iterable[Line], name: str) -> nodes.bullet_list:
    items = [draw_item([link_to_paper(docname, line.paper)], line.details, line.gist, line.data) for line in lines]
    return nodes.bullet_list("", *items, classes=["litbook-papers", f"litbook-{name}"])


def draw_item(title: Sequence[nodes.Node], details: str, told: str, data: Mapping[str, str]) -> PaperItem:
    """Return the item of a paper: its title, a line of details, and what is told of it."""
    item = PaperItem("", nodes.paragraph("", "", *title, classes=["litbook-paper-title"]), data=dict(data))
    for name, text in (("details", details), ("gist", told)):
        if text:
            item += nodes.paragraph("", "", nodes.Text(text), classes=[f"litbook-paper-{name}"])
    return item


def link_to_paper(docname: str, paper: Paper) -> addnodes.pending_xref:
    """Return a link to the page of a paper, its title."""
    return link(docname, paper_page(paper.citekey), *text_nodes(paper.title))


def link(docname: str, target: str, *content: nodes.Node) -> addnodes.pending_xref:
    """Return a link to a document, which Sphinx checks."""
    inner = nodes.inline("", "", *content)
    return addnodes.pending_xref(
        "",
        inner,
        refdomain="std",
        reftype="doc",
        refdoc=docname,
        reftarget=f"/{target}",
        refexplicit=True,
        refwarn=True,
    )


def text_nodes(text: Text) -> list[nodes.Node]:
    """Return repaired text as nodes, its italics as emphasis."""
    return _cut(text, nodes.Text, lambda piece: nodes.emphasis("", "", nodes.Text(piece)))


def _cut(text: Text, plain: Callable[[str], Piece], italic: Callable[[str], Piece]) -> list[Piece]:
    pieces: list[Piece] = []
    position = 0
    for start, end in text.italics:
        pieces += [plain(text.plain[position:start]), italic(text.plain[start:end])]
        position = end
    return [*pieces, plain(text.plain[position:])]


# --- As HTML ---


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold papers that stand together in a list, under a heading if there is one."""

    heading: str
    lines: Sequence[Line]


def render_list(file: str, groups: Sequence[Lines], up: str) -> str:
    """Return a list as HTML for a page `up` below the site's root; `file` names what is exported from it."""
    tools = _TOOLS if sum(len(group.lines) for group in groups) >= FEWEST else ""
    opening = _open("div", _mark_list("", file))
    return "\n".join([opening + tools, *chain.from_iterable(_render_group(group, up) for group in groups), "</div>"])


def _render_group(group: Lines, up: str) -> Iterable[str]:
    yield f"<section data-group><h2>{escape(clean(group.heading))}</h2>" if group.heading else "<div data-group>"
    yield '<ul class="litbook-papers">'
    yield from (_render_item(line, up) for line in group.lines)
    yield "</ul></section>" if group.heading else "</ul></div>"


def _render_item(line: Line, up: str) -> str:
    texts = _cut(line.paper.title, _escape, lambda piece: f"<em>{_escape(piece)}</em>")
    title = "".join(texts).strip() or line.paper.citekey
    said = f'<a href="{up}{escape(page_address(line.paper.citekey))}">{title}</a>'
    told = "".join(
        f'\n<p class="litbook-paper-{name}">{_escape(text)}</p>'
        for name, text in (("details", line.details), ("gist", line.gist))
        if text
    )
    opening = _open("li", line.data)
    return f'{opening}<p class="litbook-paper-title">{said}</p>{told}</li>'


def _escape(text: str) -> str:
    return escape(_UNPRINTABLE.sub(" ", text), quote=False)
