"""The list of the papers that the book cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar
from urllib.parse import urlsplit

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
from litbook.write.bibliography import cite_in_words, complete_reference
from litbook.write.labels import label_of

_MOST_AUTHORS = 3
_FEWEST_WITH_LETTERS = 40
_PLACES = {
    "arxiv.org": "arXiv",
    "doi.org": "DOI",
    "openreview.net": "OpenReview",
    "aclanthology.org": "ACL Anthology",
    "pubmed.ncbi.nlm.nih.gov": "PubMed",
}


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
    """Return an entry; of more than three authors it names three."""
    words = cite_in_words(paper, year)
    names = [clean(name.display) for name in complete_reference(paper).names.get("author", ())]
    if len(names) > _MOST_AUTHORS and words.startswith(", ".join(names)):
        rest = words.removeprefix(", ".join(names)).removeprefix(" et al.")
        words = f"{', '.join(names[:_MOST_AUTHORS])} et al.{rest}"
    first = next(iter(names_of(paper) or names_of(paper, "editor")), None)
    order = (anyascii(f"{first.core} {first.given}").casefold() if first else "", year)
    return Entry(paper.citekey, clean(paper.title.plain) or paper.citekey, words, order)


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
        html = _render_entries(entries, papers)
        plain = [nodes.paragraph("", "", nodes.Text(entry.words)) for entry in entries]
        return [nodes.raw("", html, format="html"), *self._for_other_formats(plain)]

    def _for_other_formats(self, paragraphs: list[Any]) -> list[nodes.Node]:
        return paragraphs if self.env.app.builder.format != "html" else []


def _render_entries(entries: Sequence[Entry], papers: str) -> str:
    """Return the list; a long one has letters to jump to the first authors whose names begin so."""
    firsts: dict[str, str] = {}
    for entry in entries:
        initial = entry.order[0][:1].upper()
        if initial.isalpha():
            firsts.setdefault(initial, entry.citekey)
    links = " ".join(f'<a href="#ref-{escape(key)}">{letter}</a>' for letter, key in firsts.items())
    letters = [f'<p class="litbook-letters">{links}</p>'] if len(entries) >= _FEWEST_WITH_LETTERS else []
    return "\n".join(
        [*letters, '<ul class="litbook-references">', *(_render(item, papers) for item in entries), "</ul>"]
    )


def name_place(address: str) -> str:
    """Return in a word where an address leads: a known place, or else the host."""
    host = (urlsplit(address).hostname or address).removeprefix("www.")
    return next((name for part, name in _PLACES.items() if host == part or host.endswith(f".{part}")), host)


def _render(entry: Entry, papers: str) -> str:
    """Return an item: its title leads to the paper page, and a word in place of its address to the work."""
    before, title, after = entry.words.partition(entry.title)
    link = f'<a href="{papers}{escape(entry.citekey)}.html">{escape(title or entry.citekey, quote=False)}</a>'
    rest, space, address = after.rpartition(" ")
    if safe_address(address):
        place = escape(name_place(address), quote=False)
        after = f'{escape(rest, quote=False)}{space}<a href="{escape(address)}">{place}</a>'
    else:
        after = escape(after, quote=False)
    return f'<li id="ref-{escape(entry.citekey)}">{escape(before, quote=False)}{link}{after}</li>'
