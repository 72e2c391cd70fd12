"""The gauge of a chapter: how much of it cites, which papers it does not mention, and when a person reviewed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives as options
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.coverage import find_undiscussed, measure_coverage
from litbook.analyse.prose.words import count_words
from litbook.model.queries import find_paper
from litbook.model.review import Text
from litbook.pipeline import Prepared
from litbook.site.authoring.reading_paths import tell_minutes
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link_to_paper
from litbook.text.nouns import count_noun

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Gauge:
    """Hold what the gauge shows: sentences that cite, all sentences, and papers that the chapter does not mention."""

    citing: int
    sentences: int
    missing: tuple[tuple[str, Text], ...]


@query("coverage")
def select_coverage(prepared: Prepared, slug: str) -> Gauge | None:
    """Return the gauge of a theme's chapter; None if the theme has no chapter."""
    page = next((page for page in prepared.pages if page.file == f"chapters/{slug}.md"), None)
    if page is None:
        return None
    measured = measure_coverage(page)
    corpus = prepared.corpus
    missing = (find_paper(corpus, key) for key in find_undiscussed(corpus, slug))
    return Gauge(measured.citing, measured.sentences, tuple((paper.citekey, paper.title) for paper in missing if paper))


class CoverageGauge(SphinxDirective):
    """Show how much of the chapter on a theme rests on citations; `:reviewed:` is the day on which a person read it."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"reviewed": options.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return a meter and its twin in words, or nothing for readers; slug and day have been checked."""
        if not self.config.litbook_editors:
            return []
        gauge = ask(self.env, select_coverage, self.arguments[0])
        if gauge is None:
            return [nodes.paragraph("", "This theme has no chapter yet.", classes=["litbook-coverage"])]
        share = round(100 * gauge.citing / gauge.sentences) if gauge.sentences else 0
        words = f"{gauge.citing} of {count_noun(gauge.sentences, 'sentence')} cite a paper ({share} %). "
        meter = f'<meter min="0" max="100" value="{share}" aria-label="Share of sentences with a citation"></meter> '
        shown = nodes.paragraph("", classes=["litbook-coverage"])
        shown += [nodes.raw("", meter, format="html"), nodes.Text(words), *self._name_missing(gauge)]
        day = self.options.get("reviewed")
        shown += nodes.Text(f" Last reviewed on {day}." if day else " Not yet reviewed by a person.")
        return [shown]

    def _name_missing(self, gauge: Gauge) -> list[nodes.Node]:
        if not gauge.missing:
            return [nodes.Text("Every paper in this theme is discussed.")]
        shown: list[nodes.Node] = [nodes.Text("Not discussed yet: ")]
        for at, paper in enumerate(gauge.missing[:_MOST_NAMED]):
            shown += [nodes.Text("; ")] if at else []
            shown.append(link_to_paper(self.env.docname, *paper))
        more = len(gauge.missing) - _MOST_NAMED
        return [*shown, nodes.Text(f"; and {more} more." if more > 0 else ".")]


@query("minutes")
def select_minutes(prepared: Prepared, file: str) -> str:
    """Return how long a page takes to read, without citations, code and what directives draw."""
    return tell_minutes(sum(count_words(page) for page in prepared.pages if page.file == file))


class ReadingTime(SphinxRole):
    """Show how long the page takes to read, as {minutes}`this page`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the minutes in words."""
        return [nodes.Text(ask(self.env, select_minutes, f"{self.env.docname.removeprefix('book/')}.md"))], []
