"""The directive that shows a reading path: its stops, how long they take, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.paths import add_minutes, minutes_of
from litbook.core.urls import chapter_page
from litbook.model.editorial import PlannedPath, PlannedStop
from litbook.model.faults import nearest
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link
from litbook.text.nouns import count_noun


class UnknownPathError(LookupError):
    """Report an id that names no reading path, with the nearest one that does."""


@query("path")
def select_path(prepared: Prepared, name: str) -> tuple[PlannedPath, tuple[tuple[str, str], ...]]:
    """Return a reading path, and slug and title of each theme that it skips."""
    paths = {planned.path.id: planned for planned in prepared.corpus.editorial.paths}
    if name not in paths:
        raise UnknownPathError(f"no reading path '{name}'; {nearest(name, paths) or 'the paths are in paths.yml'}")
    titles = {theme.slug: theme.name for theme in prepared.corpus.themes()}
    return paths[name], tuple((slug, titles[slug]) for slug in paths[name].skipped)


class Path(SphinxDirective):
    """Show the reading path with the id that is the argument."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        try:
            planned, skipped = ask(self.env, select_path, name)
        except UnknownPathError as error:
            raise self.error(str(error)) from error
        section = nodes.section("", nodes.title("", "", nodes.Text(planned.path.title)), classes=["litbook-path"])
        section["names"].append(f"path-{name}")
        self.state.document.note_implicit_target(section, section)
        section += nodes.paragraph("", "", nodes.Text(_tell_time(planned)), classes=["litbook-path-time"])
        section += nodes.paragraph("", "", nodes.Text(planned.path.whom))
        section += nodes.enumerated_list("", *map(self._draw_stop, planned.stops))
        if planned.path.note:
            section += nodes.paragraph("", "", nodes.Text(planned.path.note))
        section += self._tell_skipped(skipped)
        return [section]

    def _draw_stop(self, planned: PlannedStop) -> nodes.list_item:
        title = nodes.paragraph("", "", self._link(planned))
        title += nodes.inline("", f" {tell_minutes(planned.words)}", classes=["litbook-number"])
        return nodes.list_item("", title, nodes.paragraph("", "", nodes.Text(planned.stop.why)))

    def _link(self, planned: PlannedStop) -> nodes.Element:
        builder = self.env.app.builder
        if not planned.anchor or builder.format != "html":
            return link(self.env.docname, planned.docname, nodes.Text(planned.title))
        uri = f"{builder.get_relative_uri(self.env.docname, planned.docname)}#{planned.anchor}"
        return nodes.reference("", "", nodes.Text(planned.title), refuri=uri, internal=True)

    def _tell_skipped(self, skipped: Sequence[tuple[str, str]]) -> list[nodes.Node]:
        """Return the chapters that the path leaves out, folded; nothing if there are none."""
        if not skipped:
            return []
        shown = nodes.paragraph("", "", classes=["litbook-path-skips"])
        for number, (slug, title) in enumerate(skipped):
            shown += nodes.Text("; " if number else "")
            shown += link(self.env.docname, chapter_page(slug), nodes.Text(title))
        shown += nodes.Text(".")
        chapters = count_noun(len(skipped), "chapter")
        opening = f'<details class="litbook-path-rest"><summary>Not covered: {chapters}</summary>'
        return [nodes.raw("", opening, format="html"), shown, nodes.raw("", "</details>", format="html")]


def _tell_time(planned: PlannedPath) -> str:
    return f"About {count_noun(add_minutes(planned.stops), 'minute')} · {count_noun(planned.words, 'word')}"


def tell_minutes(words: int) -> str:
    """Return how long so many words take to read."""
    minutes = minutes_of(words)
    return count_noun(minutes, "minute")
