"""What a chapter shows without being asked: a line below its title, and disagreements beside the text on them.

A paragraph that leads to a tension with the role `{tension}` gets a card with the question and the weight of each
answer; the paragraph of the same section that first cites a quoted paper gets the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from litbook.analyse.prose.words import count_words
from litbook.core.urls import paper_page, theme_of
from litbook.model.editorial import Tension
from litbook.model.queries import find_paper, papers_of
from litbook.pipeline import Prepared
from litbook.site.authoring.reading_paths import tell_minutes
from litbook.site.authoring.tensions import draw_weights
from litbook.site.build.dependencies import ask, query
from litbook.text.nouns import count_noun
from litbook.write.labels import join_facts, label_of

_MOST_IN_SECTION = 2  # cards
_MOST_WORDS = 28  # of a quotation, and of what would settle a question
# What a paper is about, and not what it found, is nothing to quote beside a text on it.
_PLAN = re.compile(
    r"(?:in )?this (?:paper|work|survey|article)\b|.*\bwe (?:\w+ )?(?:propose|introduce|present|survey|review|study)\b",
    re.IGNORECASE,
)
_HEADS = {"confirmed": "Open question", "candidate": "A possible disagreement", "resolved": "Once disputed"}


@query("chapter")
def select_chapter(prepared: Prepared, slug: str) -> str:
    """Return in words how many papers a theme has, how long its chapter takes to read, and what its claims rest on."""
    page = next((page for page in prepared.pages if page.file == f"chapters/{slug}.md"), None)
    if page is None:
        return ""
    corpus, words = prepared.corpus, count_words(page)
    on_abstracts, on_texts = (
        any(claim.file == page.file for found in claims.values() for claim in found)
        for claims in (corpus.claims, corpus.text_claims)
    )
    parts = [
        count_noun(len(papers_of(corpus, slug)), "paper"),
        tell_minutes(words) if words else "",
        "based on abstracts, not on full texts" if on_abstracts and not on_texts else "",
    ]
    return join_facts(parts)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Hold a quotation for the margin: the paper, what it is called, the words, and the sentence of the abstract."""

    citekey: str
    paper: str
    quote: str
    sentence: int = 0


@query("tension beside")
def select_beside(prepared: Prepared, name: str) -> tuple[Tension | None, str, tuple[Quoted, ...]]:
    """Return a tension, the page that shows all of them, and its quotations that are short enough for a margin."""
    editorial = prepared.corpus.editorial
    tension = next((item for item in editorial.tensions if item.id == name), None)
    quoted = (_quote(prepared, item.citekey, item.quote) for item in (tension.quotations() if tension else ()))
    home = editorial.homes.get("tensions", "").removesuffix(".md")
    return tension, home, tuple(item for item in quoted if item and _is_short(item.quote))


@query("gist beside")
def select_gist(prepared: Prepared, citekey: str) -> Quoted | None:
    """Return the sentence of an abstract that best says what the paper found, if it is short enough for a margin."""
    gist = prepared.corpus.gists.get(citekey)
    return _quote(prepared, citekey, gist.shown, gist.sentence) if gist and _is_news(gist.shown) else None


def _quote(prepared: Prepared, citekey: str, quote: str, sentence: int = 0) -> Quoted | None:
    paper = find_paper(prepared.corpus, citekey)
    name = label_of(prepared.corpus, paper).in_list if paper else ""
    return Quoted(citekey, name, quote, sentence) if name else None


def _is_news(text: str) -> bool:
    return _is_short(text) and not _PLAN.match(text)


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= _MOST_WORDS


class DrawBeside(SphinxTransform):
    """Draw the line below the title of a chapter, and what is in the margin beside its sections."""

    default_priority = 780  # when roles are resolved, and before concepts are linked: none is in the margin

    def apply(self, **_: Any) -> None:
        """Change the document."""
        slug = theme_of(self.env.docname)
        if slug is None or self.app.builder.format != "html":
            return
        top = next(iter(self.document.findall(nodes.section)), None)
        if top is not None:
            self._draw_line(top, slug)
            for section in [node for node in top.children if isinstance(node, nodes.section)]:
                self._draw_margin(section)

    def _draw_line(self, top: nodes.section, slug: str) -> None:
        line = ask(self.env, select_chapter, slug)
        if line and isinstance(top[0], nodes.title):
            top.insert(1, nodes.paragraph("", line, classes=["litbook-chapter-line"]))

    def _draw_margin(self, section: nodes.section) -> None:
        """Put cards and one quotation before the paragraphs of a section that they belong to."""
        paragraphs = [node for node in section.children if isinstance(node, nodes.paragraph)]
        cards: dict[nodes.paragraph, list[nodes.Node]] = {}
        quotes: list[Quoted] = []
        for paragraph, name in list(_find_tensions(paragraphs))[:_MOST_IN_SECTION]:
            tension, home, quoted = ask(self.env, select_beside, name)
            if tension is not None and home:
                cards.setdefault(paragraph, []).append(self._draw_card(tension, home))
                quotes += quoted
        for paragraph in paragraphs:
            chosen = next(filter(None, (self._choose(key, quotes) for key in _cited(paragraph))), None)
            if chosen is not None:
                cards.setdefault(paragraph, []).insert(0, self._draw_quote(chosen))
                break
        for paragraph, drawn in cards.items():
            at = section.index(paragraph)
            section[at:at] = drawn

    def _choose(self, cited: tuple[str, str], quotes: Sequence[Quoted]) -> Quoted | None:
        """Return the quotation of a cited paper: what a tension quotes, or without one its gist, if it is claimed."""
        citekey, sentence = cited
        if quotes:
            return next((quoted for quoted in quotes if quoted.citekey == citekey), None)
        gist = ask(self.env, select_gist, citekey) if sentence else None
        return gist if gist is not None and str(gist.sentence) == sentence else None

    def _draw_quote(self, quoted: Quoted) -> nodes.container:
        address = self.app.builder.get_relative_uri(self.env.docname, paper_page(quoted.citekey))
        named = nodes.reference("", quoted.paper, internal=True, refuri=address)
        said = nodes.paragraph("", f"“{quoted.quote}”", classes=["litbook-quoted"])
        return nodes.container("", said, nodes.paragraph("", "", named), classes=["litbook-beside"])

    def _draw_card(self, tension: Tension, home: str) -> nodes.container:
        address = self.app.builder.get_relative_uri(self.env.docname, f"book/{home}")
        question = nodes.reference("", tension.question, internal=True, refuri=f"{address}#{tension.anchor}")
        head = _HEADS.get(tension.status, "Both sides hold")
        lines: list[nodes.Node] = [
            nodes.paragraph("", head, classes=["litbook-beside-head"]),
            nodes.paragraph("", "", question),
        ]
        if tension.answers:
            lines.append(nodes.container("", *draw_weights(tension.answers, tension)))
        if tension.status == "confirmed" and _is_short(tension.would_decide):
            settle = nodes.strong("", "Would settle it: ")
            lines.append(nodes.paragraph("", "", settle, nodes.Text(tension.would_decide)))
        return nodes.container("", *lines, classes=["litbook-beside", "litbook-open"])


def _find_tensions(paragraphs: Sequence[nodes.paragraph]) -> Iterator[tuple[nodes.paragraph, str]]:
    """Yield the tensions to which paragraphs lead, each once."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        for link in paragraph.findall(nodes.reference):
            name = str(link.get("tension", ""))
            if name and name not in seen:
                seen.add(name)
                yield paragraph, name


def _cited(paragraph: nodes.paragraph) -> Iterator[tuple[str, str]]:
    """Yield the papers that a paragraph cites; of a claim also the number of the sentence."""
    for link in paragraph.findall(nodes.reference):
        if "citekey" in link:
            yield str(link["citekey"]), str(link.get("refuri", "")).partition("#sentence-")[2]
