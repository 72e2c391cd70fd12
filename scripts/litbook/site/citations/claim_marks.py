"""Claims: a mark beside a statement leads to the sentence that it rests on, and from there back."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.analyse.prose.claims import quote_of
from litbook.core.urls import citekey_of, paper_page
from litbook.model.pages import Claim
from litbook.model.queries import find_paper
from litbook.model.review import Corpus, Paper
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review, shown_in
from litbook.site.citations.how_to_cite import add_formats
from litbook.text.person_names import name_authors
from litbook.write.bibliography import issued
from litbook.write.paper import plain_heading

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_SENTENCE = re.compile(r"sentence-\d+")
_SEEN = "litbook_claims"


class ClaimMark(SphinxRole):
    """Mark a statement with the sentence that it rests on, for example {claim}`hansen2023tdmpc2:3`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one mark for each sentence; `prose.check_prose` has checked them."""
        corpus = prepared_review(self.env.app).corpus
        marks = nodes.inline(classes=["litbook-claims"])
        before = ""
        for item in self.text.split(","):
            citekey, _, number = item.strip().partition(":")
            note_use(self.env, corpus, f"sentence {citekey}:{number}")
            if before:
                marks += nodes.Text(" " if citekey == before else " · ")
            marks += self._mark(corpus, citekey, int(number))
            before = citekey
        return [marks], []

    def _mark(self, corpus: Corpus, citekey: str, number: int) -> nodes.reference:
        paper = find_paper(corpus, citekey)
        assert paper
        label = f"Sentence {number} of {name_of(paper)}: “{quote_of(corpus, citekey, number)}”"
        address = self.env.app.builder.get_relative_uri(self.env.docname, paper_page(citekey))
        address = f"{address}#sentence-{number}"
        mark = nodes.reference(
            "", str(number), internal=True, refuri=address, reftitle=label, classes=["litbook-claim"]
        )
        _take_anchor(self.env, mark, citekey, number)
        return mark


def _take_anchor(env: BuildEnvironment, mark: nodes.Element, citekey: str, number: int) -> None:
    """Make a mark the place to which the paper's page leads, if it is the first of its sentence on a page."""
    anchor = anchor_of(citekey, number)
    seen = env.temp_data.setdefault(_SEEN, set())
    if anchor not in seen:
        seen.add(anchor)
        mark["ids"].append(anchor)


class QuoteMark(SphinxRole):
    """Quote a sentence of an abstract, for example {quote}`hansen2023tdmpc2:3`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the sentence in quotation marks, and a link to it in the words of a citation."""
        corpus = prepared_review(self.env.app).corpus
        citekey, _, number = self.text.partition(":")
        note_use(self.env, corpus, f"sentence {citekey}:{number}")
        paper = find_paper(corpus, citekey)
        assert paper
        address = self.env.app.builder.get_relative_uri(self.env.docname, paper_page(citekey))
        link = nodes.reference("", name_of(paper), internal=True, refuri=f"{address}#sentence-{number}")
        _take_anchor(self.env, link, citekey, int(number))
        said = nodes.inline("", f"“{quote_of(corpus, citekey, int(number))}” ", classes=["litbook-quoted"])
        return [said, nodes.inline("", "", link, classes=["litbook-quoted-from"])], []


def finish_paper(app: Sphinx, doctree: nodes.document) -> None:
    """Give the sentences of a paper's page their addresses, and tell Sphinx that it is in no table of contents."""
    citekey = citekey_of(app.env.docname)
    if citekey is None:
        return
    app.env.metadata[app.env.docname]["orphan"] = True
    for span in doctree.findall(nodes.inline):
        if span["classes"] and _SENTENCE.fullmatch(span["classes"][0]):
            span["ids"], span["classes"] = span["classes"], []
    _make_room_for_actions(doctree, citekey)
    paper = find_paper(prepared_review(app).corpus, citekey)
    if paper:
        add_formats(doctree, paper)


def _make_room_for_actions(doctree: nodes.document, citekey: str) -> None:
    """Put above the abstract the place for what a reader can do with the paper; scripts fill it, and nothing moves."""
    title = doctree.next_node(nodes.title)
    if title is None:
        return
    first = next((at for at, node in enumerate(title.parent) if isinstance(node, nodes.section)), len(title.parent))
    place = f'<div class="litbook-actions litbook-js-only" data-paper="{escape(citekey)}"></div>'
    title.parent.insert(first, nodes.raw("", place, format="html"))


def anchor_of(citekey: str, number: int) -> str:
    """Return the place of the first mark on a page that leads to a sentence."""
    return nodes.make_id(f"claim-{citekey}-{number}")


def name_of(paper: Paper) -> str:
    """Return how a paper is called in running text: authors and year, or its title."""
    names = name_authors(paper)
    if not names:
        return paper.title.plain
    year = issued(paper)
    return f"{names}, {year}" if year else names


class Used(SphinxRole):
    """Tell below a sentence which pages rest a statement on it; only generated pages use this role."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return links to the marks."""
        corpus = prepared_review(self.env.app).corpus
        citekey = self.env.docname.rpartition("/")[2]
        note_use(self.env, corpus, f"claims {citekey}")
        number = int(self.text.partition(" ")[0])
        pages = self.text.split()[1:]
        claims = {
            claim.file: claim
            for claim in reversed(corpus.claims.get(citekey, ()))
            if claim.sentence == number and claim.file in pages
        }
        used = nodes.inline("", "Used in ", classes=["litbook-used"])
        for at, claim in enumerate(claims[page] for page in pages):
            used += [nodes.Text(", ")] if at else []
            used += self._link(claim)
        return [used], []

    def _link(self, claim: Claim) -> nodes.reference:
        page = self.env.app.builder.get_relative_uri(self.env.docname, shown_in(claim.file))
        anchor = anchor_of(claim.citekey, claim.sentence)
        return nodes.reference("", plain_heading(claim.title), internal=True, refuri=f"{page}#{anchor}")
