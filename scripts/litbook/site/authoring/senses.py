"""The senses of a word, side by side: which papers use it so, in which themes, and in which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.core.identity import once_per_object
from litbook.core.urls import chapter_page, paper_page
from litbook.model.review import Paper
from litbook.pipeline import Prepared
from litbook.site.authoring.by_question import label_cells
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link
from litbook.text.nouns import count_noun
from litbook.write.labels import label_of

_MOST_THEMES, _MOST_PHRASES, _MOST_PAPERS = 3, 3, 4
_HEADS = ("Sense", "Papers", "Mostly in", "As in")


@dataclass(frozen=True, slots=True)
class Sense:
    """Hold one sense: its name, the papers that use one of its phrases, their themes, and their commonest phrases."""

    name: str
    papers: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]


@query("senses")
def select_senses(prepared: Prepared, asked: str) -> tuple[int, int, tuple[Sense, ...]]:
    """Return how many papers use the word, how many of them in none of the senses, and the senses.

    `asked` has the word on its first line, and on each other a sense: its name, a colon, and phrases between commas.
    """
    word, *lines = asked.splitlines()
    texts = {paper.citekey: _text_of(paper) for paper in prepared.corpus.papers}
    using = set(_find(word, texts))
    senses = tuple(_gather(prepared, texts, *read_sense(line)) for line in lines)
    known = {key for sense in senses for key, _ in sense.papers}
    return len(using), len(using - known), senses


def read_sense(line: str) -> tuple[str, tuple[str, ...]]:
    """Return the name of a sense and its phrases."""
    name, _, phrases = line.partition(":")
    return name.strip(), tuple(filter(None, (phrase.strip() for phrase in phrases.split(","))))


@once_per_object(most=1 << 14)
def _text_of(paper: Paper) -> str:
    return _flatten(f"{paper.title.plain}. {paper.abstract.plain}")


def _flatten(text: str) -> str:
    return " ".join(text.replace("-", " ").casefold().split())


def _find(phrase: str, texts: dict[str, str]) -> list[str]:
    """Return the keys of the texts in which a word begins with the phrase."""
    start = _flatten(phrase)
    pattern = re.compile(rf"\b{re.escape(start)}")
    return [key for key, text in texts.items() if start in text and pattern.search(text)]  # most texts lack it


def _gather(prepared: Prepared, texts: dict[str, str], name: str, phrases: Sequence[str]) -> Sense:
    corpus = prepared.corpus
    used = {phrase: _find(phrase, texts) for phrase in phrases}
    keys = {key for found in used.values() for key in found}
    papers = [paper for paper in corpus.papers if paper.citekey in keys]
    titles = {theme.slug: theme.name for theme in corpus.themes()}
    themes = Counter(corpus.placements[paper.citekey].theme for paper in papers)
    ranked = sorted((phrase for phrase in phrases if used[phrase]), key=lambda phrase: -len(used[phrase]))
    return Sense(
        name,
        tuple((paper.citekey, label_of(corpus, paper).in_list or paper.title.plain) for paper in papers),
        tuple((slug, titles[slug]) for slug, _ in themes.most_common(_MOST_THEMES)),
        tuple(ranked[:_MOST_PHRASES]),
    )


class Senses(SphinxDirective):
    """Show the senses of the word that is the argument; each line of the body names one, with its phrases."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a sentence and a table; a sense that no paper uses is an error."""
        word = " ".join(self.arguments[0].split())
        lines = [line.strip() for line in self.content if line.strip()]
        using, other, senses = ask(self.env, select_senses, "\n".join([word, *lines]))
        for line, sense in zip(lines, senses, strict=True):
            if not sense.papers:
                raise self.error(f"no paper uses a phrase of '{line}'; write 'name: phrase, phrase' with their words")
        rest = f"; {other:,} of them in other ways" if other else ""
        said = f"{count_noun(using, 'paper')} use the word “{word}”{rest}. A paper can use it in several senses."
        table = nodes.table("", self._draw(senses), classes=["litbook-senses", "litbook-by-question"])
        return [nodes.paragraph("", said), table]

    def _draw(self, senses: Sequence[Sense]) -> nodes.tgroup:
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in (4, 4, 4, 4)), cols=len(_HEADS))
        group += nodes.thead("", _row(*([nodes.Text(head)] for head in _HEADS)))
        rows = [
            _row(
                [nodes.strong("", sense.name)],
                list(self._name_papers(sense)),
                list(
                    _join(link(self.env.docname, chapter_page(slug), nodes.Text(title)) for slug, title in sense.themes)
                ),
                [nodes.Text("; ".join(f"“{phrase}”" for phrase in sense.phrases))],
            )
            for sense in senses
        ]
        group += nodes.tbody("", *rows)
        label_cells(group, first=2)  # "12 papers: …" needs no label
        return group

    def _name_papers(self, sense: Sense) -> Iterator[nodes.Node]:
        yield nodes.Text(f"{count_noun(len(sense.papers), 'paper')}: ")
        shown = sense.papers[:_MOST_PAPERS]
        yield from _join(link(self.env.docname, paper_page(key), nodes.Text(name)) for key, name in shown)
        if len(sense.papers) > len(shown):
            yield nodes.Text(f" and {len(sense.papers) - len(shown):,} more")


def _join(parts: Iterator[Any]) -> Iterator[nodes.Node]:
    for number, part in enumerate(parts):
        if number:
            yield nodes.Text("; ")
        yield part


def _row(*cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))
