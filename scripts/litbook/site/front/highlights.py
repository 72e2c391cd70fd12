"""The findings and open questions of the front page, each with the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.living.grounds import Strength, weigh
from litbook.core.urls import paper_page
from litbook.model.editorial import Highlight, Quotation, Tension
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.nouns import count_noun
from litbook.write.labels import label_of

_MOST_TENSIONS = 4


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what a side answers, and its quotations with the citekeys and names of their papers."""

    answer: str
    quotations: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold a highlight: its sentence, its tension's question, document and anchor, if there are any, and its sides.

    `strength` has the grounds of each side.
    """

    says: str
    question: str
    document: str
    anchor: str
    sides: tuple[Side, ...]
    strength: Strength


@query("highlights")
def select_highlights(prepared: Prepared, _: str) -> tuple[bool, tuple[Shown, ...]]:
    """Return whether people wrote the highlights, and what to show: otherwise the first confirmed tensions."""
    corpus = prepared.corpus
    tensions = {tension.id: tension for tension in corpus.editorial.tensions}
    written = tuple(
        _show_tension(corpus, highlight.says, tensions[highlight.tension])
        if highlight.tension
        else _show_quotations(corpus, highlight)
        for highlight in corpus.editorial.highlights
    )
    confirmed = [tension for tension in tensions.values() if tension.status == "confirmed"][:_MOST_TENSIONS]
    return bool(written), written or tuple(_show_tension(corpus, tension.question, tension) for tension in confirmed)


def _show_tension(corpus: Corpus, says: str, tension: Tension) -> Shown:
    home = corpus.editorial.homes.get("tensions", "").removesuffix(".md")
    answers = tension.answers or ("",) * len(tension.sides)
    sides = tuple(_make_side(corpus, *side) for side in zip(answers, tension.sides, strict=True))
    question = "" if says == tension.question else tension.question
    strength = weigh(corpus, "tension", tension.id, [[item.citekey for item in side] for side in tension.sides])
    return Shown(says, question, f"book/{home}" if home else "", tension.anchor, sides, strength)


def _show_quotations(corpus: Corpus, highlight: Highlight) -> Shown:
    sides = (_make_side(corpus, "", highlight.quotations),)
    strength = weigh(corpus, "highlight", highlight.id, [[item.citekey for item in highlight.quotations]])
    return Shown(highlight.says, "", "", "", sides, strength)


def _make_side(corpus: Corpus, answer: str, quotations: tuple[Quotation, ...]) -> Side:
    return Side(answer, tuple((item.citekey, _name(corpus, item.citekey), item.quote) for item in quotations))


def _name(corpus: Corpus, citekey: str) -> str:
    paper = find_paper(corpus, citekey)
    if paper is None:
        return citekey
    return label_of(corpus, paper).in_list or paper.title.plain


class Highlights(SphinxDirective):
    """Show the highlights below a heading, which the argument may give; without any, show nothing."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a section of cards."""
        written, shown = ask(self.env, select_highlights)
        if not shown:
            return []
        heading = " ".join(self.arguments) or ("What the papers found" if written else "Open questions")
        section = nodes.section("", nodes.title("", heading), classes=["litbook-highlights"])
        self.state.document.note_implicit_target(section, section)
        section["names"].append(nodes.fully_normalize_name(heading))
        self.state.document.set_id(section)
        section += nodes.raw("", "\n".join(self._render(shown)), format="html")
        return [section]

    def _render(self, shown: tuple[Shown, ...]) -> Iterator[str]:
        if any(len(item.sides) > 1 for item in shown):
            yield '<p class="litbook-meta">Each dot is a sentence from an abstract; rings are for the other side.</p>'
        yield '<div class="litbook-findings">'
        for item in shown:
            asked = f'<p class="litbook-meta">{escape(item.question, quote=False)}</p>' if item.question else ""
            yield f'<div class="litbook-finding">{asked}<p class="litbook-finding-says">{self._link(item)}</p>'
            yield f'<ul class="litbook-weigh">{"".join(map(_weigh, item.sides))}</ul>'
            yield "<details><summary>Read the sentences and their grounds</summary>"
            for side, grounds in zip(item.sides, item.strength.sides, strict=True):
                yield self._render_side(side, grounds)
            yield from map(_render_meta, filter(None, (item.strength.independence, item.strength.grade)))
            yield "</details></div>"
        yield "</div>"

    def _link(self, item: Shown) -> str:
        says = escape(item.says, quote=False)
        if not item.document:
            return says
        address = self.env.app.builder.get_relative_uri(self.env.docname, item.document)
        return f'<a href="{escape(address)}#{escape(item.anchor)}">{says}</a>'

    def _render_side(self, side: Side, grounds: str) -> str:
        builder, here = self.env.app.builder, self.env.docname
        quoted = "".join(
            f'<blockquote><p>“{escape(quote, quote=False)}”</p><p class="attribution">'
            f'<a href="{escape(builder.get_relative_uri(here, paper_page(key)))}">{escape(name, quote=False)}</a></p>'
            "</blockquote>"
            for key, name, quote in side.quotations
        )
        return f'<div class="litbook-side">{_label(side)}{_render_meta(grounds)}{quoted}</div>'


def _render_meta(text: str) -> str:
    return f'<p class="litbook-meta">{escape(text, quote=False)}</p>'


def _label(side: Side) -> str:
    return f'<p class="litbook-side-label">{escape(side.answer, quote=False)}</p>' if side.answer else ""


def _weigh(side: Side) -> str:
    """Return a side in one line: a dot for each sentence, and what they answer or else whose they are."""
    number = len(side.quotations)
    whom = side.answer or ", ".join(dict.fromkeys(name for _, name, _ in side.quotations))
    words = escape(f"{count_noun(number, 'sentence')}: {whom}", quote=False)
    return f'<li><span class="litbook-tally" aria-hidden="true">{"<i></i>" * number}</span> {words}</li>'
