"""The directive that lists releases, and what changed in the collection, from its history in git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.history.diff import HOWS, find_pages_to_look_at
from litbook.analyse.history.releases import describe_release
from litbook.model.history import Changes, Release, Touched
from litbook.model.pages import Citation
from litbook.model.review import Text
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.build.prepare import shown_in
from litbook.site.lists.paper_list import link, link_to_paper

_MOST = 50


@dataclass(frozen=True, slots=True)
class ShownChanges:
    """Hold the days, each with the places that cite a paper which changed, and the titles of papers that have pages.

    `releases` are newest first.
    """

    days: tuple[tuple[Changes, tuple[tuple[Citation, ...], ...]], ...]
    titles: tuple[tuple[str, Text], ...]
    beginning: str
    releases: tuple[Release, ...] = ()


@query("changes")
def select_changes(prepared: Prepared, _: str) -> ShownChanges:
    """Return what changed day by day."""
    corpus = prepared.corpus
    touched = {item.citekey for day in corpus.history.days for item in day.touched}
    days = (
        (day, tuple(map(tuple, find_pages_to_look_at(day.touched, corpus.citations).values())))
        for day in corpus.history.days
    )
    titles = ((paper.citekey, paper.title) for paper in corpus.papers if paper.citekey in touched)
    return ShownChanges(tuple(days), tuple(titles), corpus.history.beginning, corpus.history.releases)


class WhatChanged(SphinxDirective):
    """List what changed day by day: the papers, and the pages that cite a paper whose words or place changed."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        shown = ask(self.env, select_changes)
        titles = dict(shown.titles)
        days = [self._draw_day(changes, pages, titles) for changes, pages in shown.days]
        releases = [self._draw_releases(shown.releases)] if shown.releases else []
        return [*releases, *days, nodes.paragraph("", "", nodes.Text(shown.beginning))]

    def _draw_releases(self, releases: Sequence[Release]) -> nodes.section:
        title = nodes.title("", "Releases")
        section = nodes.section("", title, ids=["releases"], names=["releases"])
        items = [nodes.list_item("", nodes.paragraph("", describe_release(item))) for item in releases]
        section += nodes.bullet_list("", *items)
        return section

    def _draw_day(
        self, changes: Changes, pages: Sequence[Sequence[Citation]], titles: Mapping[str, Text]
    ) -> nodes.section:
        name = f"changes-{changes.date}"
        section = nodes.section("", nodes.title("", changes.date), ids=[name], names=[name], classes=["litbook-day"])
        for how, heading in HOWS.items():
            touched = [item for item in changes.touched if item.how == how]
            if touched:
                section += self._draw_kind(f"{heading}: {len(touched):,}", touched, titles)
        if pages:
            section += nodes.rubric("", "Worth a look, since they cite a paper that changed")
            section += nodes.bullet_list("", *(self._draw_page(cited) for cited in pages))
        return section

    def _draw_kind(
        self, heading: str, touched: Sequence[Touched], titles: Mapping[str, Text]
    ) -> Iterator[nodes.Element]:
        yield nodes.rubric("", heading)
        items = [self._draw_touched(item, titles.get(item.citekey)) for item in touched[:_MOST]]
        yield nodes.bullet_list("", *items)
        if len(touched) > _MOST:
            yield nodes.paragraph("", f"And {len(touched) - _MOST:,} more.")

    def _draw_touched(self, item: Touched, title: Text | None) -> nodes.list_item:
        name = link_to_paper(self.env.docname, item.citekey, title) if title else nodes.Text(item.title)
        detail = [nodes.Text(f" — {item.detail}")] if item.detail else []
        return nodes.list_item("", nodes.paragraph("", "", name, *detail))

    def _draw_page(self, cited: Sequence[Citation]) -> nodes.list_item:
        page = link(self.env.docname, shown_in(cited[0].file), nodes.Text(cited[0].title))
        return nodes.list_item("", nodes.paragraph("", "", page, nodes.Text(f": {_name_lines(cited)}")))


def _name_lines(cited: Iterable[Citation]) -> str:
    return ", ".join(f"{place.citekey} in line {place.line}" for place in cited)
