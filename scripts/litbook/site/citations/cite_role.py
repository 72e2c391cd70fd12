"""The roles that cite papers: {cite}`key`, {cite:t}`key`, and their siblings.

The names and forms of the roles are those of sphinxcontrib-bibtex, which other Jupyter Books use. Here a citation leads
to the page of its paper, the citekey travels on its node, and a key without a paper has stopped the build before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.core.urls import paper_page
from litbook.model.queries import find_paper
from litbook.model.review import Paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.anchors import cite_anchor
from litbook.text.person_names import shown_authors
from litbook.write.labels import join_facts, label_of

_SEEN = "litbook_citations"
_MOST_AUTHORS_ON_CARD = 6
# A key, with what is written before and after it in braces: {see}key{p. 3}.
_TARGET = re.compile(r"\s*(?:\{(?P<before>[^}]*)\})?(?P<key>[^{},\s]+)\s*(?:\{(?P<after>[^}]*)\})?\s*(?:,|$)")


@dataclass(frozen=True, slots=True)
class Cited:
    """Hold what a citation shows of a paper: authors, year and title, and the lines of its card."""

    citekey: str
    authors: tuple[str, ...]
    year: str
    title: str
    more: bool
    card: tuple[tuple[str, str], ...]


@query("cited")
def select_cited(prepared: Prepared, citekey: str) -> Cited:
    """Return what a citation shows of a paper."""
    paper = find_paper(prepared.corpus, citekey)
    if paper is None:
        raise LookupError(f"no paper '{citekey}'")
    label = label_of(prepared.corpus, paper)
    gist = prepared.corpus.gists.get(citekey)
    card = tuple(_describe(paper, label.year, gist.shown if gist else ""))
    return Cited(citekey, label.names, label.year, paper.title.plain or citekey, label.more, card)


def _describe(paper: Paper, year: str, gist: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a card: title, authors with year and venue, and gist, as far as they are known."""
    more = " et al." if len(paper.authors) > _MOST_AUTHORS_ON_CARD else ""
    authors = ", ".join(shown_authors(paper)[:_MOST_AUTHORS_ON_CARD]) + more
    byline = join_facts([authors, year, paper.venue or ""])
    lines = {"title": paper.title.plain or paper.citekey, "byline": byline, "gist": f"“{gist}”" if gist else ""}
    return ((name, text) for name, text in lines.items() if text)


@dataclass(frozen=True, slots=True)
class Target:
    """Hold one key of a citation, with the text before and after it."""

    key: str
    before: str
    after: str


def parse_targets(text: str) -> tuple[Target, ...]:
    """Return the targets of a citation; an invalid key, such as an empty one, is left out."""
    return tuple(Target(found["key"], found["before"] or "", found["after"] or "") for found in _TARGET.finditer(text))


@dataclass(frozen=True, slots=True)
class Form:
    """Describe a form of citation: what it shows of a paper, and the brackets around all or around each year."""

    show: Callable[[Cited, bool], list[nodes.Node]]
    brackets: tuple[str, str] = ("", "")
    every_author: bool = False


def _author_and_year(cited: Cited, every: bool) -> list[nodes.Node]:
    return [*_name_authors(cited, every), nodes.Text(f", {cited.year}" if cited.year else "")]


def _author_then_year(cited: Cited, every: bool) -> list[nodes.Node]:
    return [*_name_authors(cited, every), nodes.Text(f" [{cited.year}]" if cited.year else "")]


def _name_authors(cited: Cited, every: bool) -> list[nodes.Node]:
    names = cited.authors
    if not names:
        return [nodes.Text(cited.title)]
    if (cited.more or len(names) > 2) and not every:
        return [nodes.Text(f"{names[0]} "), nodes.emphasis("", "et al.")]
    joined = " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, and {names[-1]}"
    return [nodes.Text(f"{joined} "), nodes.emphasis("", "et al.")] if cited.more else [nodes.Text(joined)]


def _year(cited: Cited, _: bool) -> list[nodes.Node]:
    return [nodes.Text(cited.year or "no year")]


_BRACKETS = ("[", "]")
FORMS = {
    "p": Form(_author_and_year, _BRACKETS),
    "ps": Form(_author_and_year, _BRACKETS, every_author=True),
    "t": Form(_author_then_year),
    "ts": Form(_author_then_year, every_author=True),
    "ct": Form(_author_then_year),
    "cts": Form(_author_then_year, every_author=True),
    "label": Form(_author_and_year),
    "labelpar": Form(_author_and_year, _BRACKETS),
    "year": Form(_year),
    "yearpar": Form(_year, _BRACKETS),
    "author": Form(_name_authors),
    "authors": Form(_name_authors, every_author=True),
    "authorpar": Form(_name_authors, _BRACKETS),
    "authorpars": Form(_name_authors, _BRACKETS, every_author=True),
    "cauthor": Form(_name_authors),
    "cauthors": Form(_name_authors, every_author=True),
}


class CiteRole(SphinxRole):
    """Cite papers, for example {cite}`hansen2023tdmpc2,zhu2025rationales`."""

    def __init__(self, form: Form = FORMS["p"]) -> None:
        super().__init__()
        self._form = form

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation, each paper in it a link to its page."""
        opening, closing = self._form.brackets
        citation = nodes.inline("", opening, classes=["bibtex-citation"])
        for at, target in enumerate(parse_targets(self.text)):
            citation += [nodes.Text("; ")] if at else []
            citation += self._cite(target)
        citation += nodes.Text(closing)
        return [citation], []

    def _cite(self, target: Target) -> Sequence[nodes.Node]:
        cited = ask(self.env, select_cited, target.key)
        before = [nodes.Text(f"{target.before} ")] if target.before else []
        after = [nodes.Text(f", {target.after}")] if target.after else []
        shown = self._form.show(cited, self._form.every_author)
        if self.env.app.builder.format != "html":
            return [*before, *shown, *after]
        address = self.env.app.builder.get_relative_uri(self.env.docname, paper_page(cited.citekey))
        seen: Counter[str] = self.env.temp_data.setdefault(_SEEN, Counter())
        anchor = cite_anchor(cited.citekey)
        seen[anchor] += 1
        link = nodes.reference(
            "", "", *shown, internal=True, refuri=address, citekey=cited.citekey, card=cited.card,
            ids=[cite_anchor(cited.citekey, seen[anchor])],
        )  # fmt: skip
        return [*before, link, *after]
