"""The list of the papers that the book cites."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

from anyascii import anyascii
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.review import Paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import way_to_papers
from litbook.text.escape import clean, safe_address
from litbook.text.person_names import names_of
from litbook.write.bibliography import cite_in_words
from litbook.write.labels import label_of


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold an entry: the reference in words, the title in it, which leads to the paper page, and its place in order."""

    citekey: str
    title: str
    words: str
    order: tuple[str, str]


@query("bibliography")
def select_entries(prepared: Prepared, which: str) -> tuple[Entry, ...]:
    """Return the entries of the cited papers, or of all papers if `which` is "all", by first author and year."""
    corpus = prepared.corpus
    papers = (paper for paper in corpus.papers if which == "all" or paper.citekey in corpus.citations)
    entries = (_make_entry(paper, label_of(corpus, paper).year) for paper in papers)
    return tuple(sorted(entries, key=lambda entry: (entry.order, entry.words, entry.citekey)))


def _make_entry(paper: Paper, year: str) -> Entry:
    first = next(iter(names_of(paper) or names_of(paper, "editor")), None)
    order = (anyascii(f"{first.core} {first.given}").casefold() if first else "", year)
    return Entry(paper.citekey, clean(paper.title.plain) or paper.citekey, cite_in_words(paper, year), order)


class Bibliography(SphinxDirective):
    """List the papers that the book cites, or with `:all:` all papers of the review."""

    optional_arguments = 1000  # other Jupyter Books name files here
    # What sphinxcontrib-bibtex knows besides has no use here: there is one style, and one bibliography.
    option_spec: ClassVar[OptionSpec] = {
        "all": directives.flag,
        "cited": directives.flag,
        "style": directives.unchanged,
        "filter": directives.unchanged,
        "list": directives.unchanged,
        "labelprefix": directives.unchanged,
        "keyprefix": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        entries = ask(self.env, select_entries, "all" if "all" in self.options else "cited")
        papers = way_to_papers(self.env.docname)
        html = "\n".join(['<ul class="litbook-references">', *(_render(entry, papers) for entry in entries), "</ul>"])
        plain = [nodes.paragraph("", "", nodes.Text(entry.words)) for entry in entries]
        return [nodes.raw("", html, format="html"), *self._for_other_formats(plain)]

    def _for_other_formats(self, paragraphs: list[Any]) -> list[nodes.Node]:
        return paragraphs if self.env.app.builder.format != "html" else []


def _render(entry: Entry, papers: str) -> str:
    """Return an item: its title leads to the paper page, and its address, the last word, to the work."""
    before, title, after = entry.words.partition(entry.title)
    link = f'<a href="{papers}{escape(entry.citekey)}.html">{escape(title or entry.citekey, quote=False)}</a>'
    rest, space, address = after.rpartition(" ")
    if safe_address(address):
        after = f'{escape(rest, quote=False)}{space}<a href="{escape(address)}">{escape(address, quote=False)}</a>'
    else:
        after = escape(after, quote=False)
    return f'<li id="ref-{escape(entry.citekey)}">{escape(before, quote=False)}{link}{after}</li>'
