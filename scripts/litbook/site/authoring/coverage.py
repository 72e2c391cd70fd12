"""The gauge of a chapter: how much of it cites, what it does not speak of yet, and when it was last reviewed."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives as options
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.coverage import find_undiscussed, measure_coverage
from litbook.analyse.prose.words import count_words
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.site.authoring.reading_paths import tell_minutes
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import link_to_paper

_MOST_NAMED = 5


class CoverageGauge(SphinxDirective):
    """Tell how much of the chapter on a theme rests on citations; `:reviewed:` is the day on which a person read it."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"reviewed": options.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return a meter and its twin in words; `prose.check_prose` has checked slug and day."""
        prepared = prepared_review(self.env.app)
        slug = self.arguments[0]
        note_use(self.env, prepared.corpus, f"coverage {slug}")
        page = next((page for page in prepared.pages if page.file == f"chapters/{slug}.md"), None)
        if page is None:
            return [nodes.paragraph("", "This theme has no chapter yet.", classes=["litbook-coverage"])]
        measured = measure_coverage(page)
        share = round(100 * measured.citing / measured.sentences) if measured.sentences else 0
        words = f"{measured.citing} of {measured.sentences} sentences cite a paper ({share} %). "
        meter = f'<meter min="0" max="100" value="{share}" aria-label="Share of sentences with a citation"></meter> '
        told = nodes.paragraph("", classes=["litbook-coverage"])
        told += [nodes.raw("", meter, format="html"), nodes.Text(words), *self._tell_undiscussed(prepared.corpus, slug)]
        day = self.options.get("reviewed")
        told += nodes.Text(f" Last reviewed on {day}." if day else " Not yet reviewed by a person.")
        return [told]

    def _tell_undiscussed(self, corpus: Corpus, slug: str) -> list[nodes.Node]:
        missing = [paper for key in find_undiscussed(corpus, slug) if (paper := find_paper(corpus, key))]
        if not missing:
            return [nodes.Text("Every paper of the theme is spoken of.")]
        told: list[nodes.Node] = [nodes.Text("Not spoken of yet: ")]
        for at, paper in enumerate(missing[:_MOST_NAMED]):
            told += [nodes.Text("; ")] if at else []
            told.append(link_to_paper(self.env.docname, paper))
        more = len(missing) - _MOST_NAMED
        return [*told, nodes.Text(f"; and {more} more." if more > 0 else ".")]


class ReadingTime(SphinxRole):
    """Show how long the page takes to read, as {minutes}`this page`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the minutes, without citations, code and what directives draw."""
        file = f"{self.env.docname.removeprefix('book/')}.md"
        pages = prepared_review(self.env.app).pages
        words = sum(count_words(page.prose) for page in pages if page.file == file)
        return [nodes.Text(tell_minutes(words))], []
