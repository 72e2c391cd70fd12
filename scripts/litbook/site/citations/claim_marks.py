"""Claims: a mark beside a statement leads to the sentence that it rests on, and from there back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.analyse.prose.claims import quote_of, quote_text
from litbook.core.urls import paper_page
from litbook.model.queries import find_paper
from litbook.model.review import Corpus, Paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.citations.cite_role import select_cited
from litbook.text.anchors import claim_anchor
from litbook.write.labels import label_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_SEEN = "litbook_claims"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold a sentence of an abstract: its paper, its number from 1, its text, and what the paper is called.

    A sentence of a full text has its `place`, such as "4.12", and the heading of its section.
    """

    citekey: str
    number: int
    quote: str
    paper: str
    place: str = ""
    heading: str = ""

    @property
    def anchor(self) -> str:
        """Return the anchor of the sentence on the page of its paper."""
        return f"sentence-{self.place.replace('.', '-') or self.number}"

    @property
    def mark(self) -> str:
        """Return what the mark shows: the number, or the place in the text."""
        return f"text {self.place}" if self.place else str(self.number)

    @property
    def name(self) -> str:
        """Return what the sentence is called: its number, and for a full text the section."""
        where = f" in “{self.heading}”" if self.heading else ""
        return f"Sentence {self.number}{where} of the full text" if self.place else f"Sentence {self.number}"


@query("sentence")
def select_sentence(prepared: Prepared, claim: str) -> Sentence:
    """Return the sentence that a claim names, such as "hansen2023tdmpc2:3", or "hansen2023tdmpc2:4.12" of its text.

    `check_prose` has checked that it exists.
    """
    citekey, _, number = claim.partition(":")
    paper = find_paper(prepared.corpus, citekey)
    if paper is None:
        raise LookupError(f"no paper '{citekey}'")
    named = name_of(prepared.corpus, paper)
    section, _, within = number.partition(".")
    if within:
        quote = quote_text(prepared.corpus, citekey, number)
        parsed = prepared.corpus.parsed.get(citekey)
        heading = parsed.headings[int(section) - 1].text if parsed and int(section) <= len(parsed.headings) else ""
        return Sentence(citekey, int(within), quote, named, number, heading)
    return Sentence(citekey, int(number), quote_of(prepared.corpus, citekey, int(number)), named)


def name_of(corpus: Corpus, paper: Paper) -> str:
    """Return what a paper is called in running text: authors and year, or its title."""
    return label_of(corpus, paper).text or paper.title.plain


class ClaimMark(SphinxRole):
    """Mark a statement with the sentence that it rests on, for example {claim}`hansen2023tdmpc2:3`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return one mark for each sentence."""
        marks = nodes.inline(classes=["litbook-claims"])
        before = ""
        for item in self.text.split(","):
            sentence = ask(self.env, select_sentence, item.strip())
            if before:
                marks += nodes.Text(" " if sentence.citekey == before else " · ")
            marks += self._mark(sentence)
            before = sentence.citekey
        return [marks], []

    def _mark(self, sentence: Sentence) -> nodes.reference:
        label = f"{sentence.name} of {sentence.paper}: “{sentence.quote}”"
        card = ask(self.env, select_cited, sentence.citekey).card
        mark = nodes.reference(
            "", sentence.mark, internal=True, refuri=_address(self.env, sentence), reftitle=label,
            classes=["litbook-claim"], citekey=sentence.citekey, card=card,
        )  # fmt: skip
        _take_anchor(self.env, mark, sentence)
        return mark


class QuoteMark(SphinxRole):
    """Quote a sentence of an abstract, for example {quote}`hansen2023tdmpc2:3`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the sentence in quotation marks, and a link to it in the words of a citation."""
        sentence = ask(self.env, select_sentence, self.text.strip())
        link = nodes.reference("", sentence.paper, internal=True, refuri=_address(self.env, sentence))
        _take_anchor(self.env, link, sentence)
        said = nodes.inline("", f"“{sentence.quote}” ", classes=["litbook-quoted"])
        return [said, nodes.inline("", "", link, classes=["litbook-quoted-from"])], []


def _address(env: BuildEnvironment, sentence: Sentence) -> str:
    if env.app.builder.format != "html":
        return f"#{sentence.anchor}"
    page = env.app.builder.get_relative_uri(env.docname, paper_page(sentence.citekey))
    return f"{page}#{sentence.anchor}"


def _take_anchor(env: BuildEnvironment, mark: nodes.Element, sentence: Sentence) -> None:
    """Give a mark its anchor, to which the paper page leads: that of the sentence, with a number after the first."""
    if sentence.place:
        return
    seen: Counter[str] = env.temp_data.setdefault(_SEEN, Counter())
    anchor = claim_anchor(sentence.citekey, sentence.number)
    seen[anchor] += 1
    mark["ids"].append(claim_anchor(sentence.citekey, sentence.number, seen[anchor]))
