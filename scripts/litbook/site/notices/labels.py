"""Label every link to a paper with a serious notice: in prose, tables, tensions, paths and figures alike.

All of them are links to paper pages in the HTML of a document, however they were drawn, so the labels are put there.
Lists of papers, search results and paper pages, which are not documents, have labels of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from litbook.core.identity import once_per_object
from litbook.core.urls import is_paper_page
from litbook.model.notices import flag_of
from litbook.model.review import Corpus
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import render_flag

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_LABELLED = ' <strong class="litbook-flag">'
_LINK = re.compile(
    r'<a (?P<attributes>[^>]*\bhref="(?:[^"]*/)?papers/(?P<citekey>[\w-]+)\.html(?P<place>#[^"]*)?"[^>]*)>'
    r"(?P<text>.*?)</a>",
    re.DOTALL,
)


@query("flags")
def select_flags(prepared: Prepared, _: str) -> tuple[tuple[str, str], ...]:
    """Return the labels of all papers that have one, by citekey."""
    return _list_flags(prepared.corpus)


@once_per_object(2)
def _list_flags(corpus: Corpus) -> tuple[tuple[str, str], ...]:
    """Look at all papers once in a build, not once for each page."""
    flags = ((paper.citekey, flag_of(paper.notices)) for paper in corpus.papers)
    return tuple((citekey, flag) for citekey, flag in flags if flag)


def remember_flags(app: Sphinx, _doctree: nodes.document) -> None:
    """Have each document written again when the labels change: any of them may name any paper."""
    ask(app.env, select_flags)


def label_page(app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: object) -> None:
    """Add the labels to the HTML of a document."""
    flags = dict(select_flags.select(prepared_review(app), ""))
    if flags and doctree is not None and not is_paper_page(name):
        context["body"] = label_links(context["body"], flags)


def label_links(html: str, flags: Mapping[str, str]) -> str:
    """Return HTML with a label behind each link to one of the papers, but for one that is there and links to sentences.

    The number of a sentence has no room for a label: its title begins with the notice, and its style says so. Values in
    a row of a table, which are links to a sentence or have a title with a quotation, have the label of the row's paper.
    """
    rows: set[tuple[int, str]] = set()

    def label(link: re.Match[str]) -> str:
        flag, attributes = flags.get(link["citekey"], ""), link["attributes"]
        if not flag or link["text"].startswith("sentence "):
            return link[0]
        if _is_sentence_mark(attributes):
            attributes = re.sub(r'class="', 'class="litbook-notice-mark ', attributes, count=1)
            attributes = re.sub(r'title="', f'title="{escape(flag.capitalize())}. ', attributes, count=1)
            return f"<a {attributes}>{link['text']}</a>"
        row = (_find_row(html, link.start()), link["citekey"])
        is_value = link["place"] or "title=" in attributes
        if html.startswith(_LABELLED, link.end()) or (is_value and row in rows):
            return link[0]
        if row[0] >= 0:
            rows.add(row)
        return f"{link[0]} {render_flag(flag)}"

    return _LINK.sub(label, html)


def _find_row(html: str, place: int) -> int:
    """Return where the row of a table begins that a place is in; -1 for a place in none."""
    start = html.rfind("<tr", 0, place)
    return start if start > html.rfind("</tr>", 0, place) else -1


def _is_sentence_mark(attributes: str) -> bool:
    return re.search(r'class="[^"]*\blitbook-claim\b', attributes) is not None
