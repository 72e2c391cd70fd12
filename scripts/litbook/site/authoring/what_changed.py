"""The directive that tells what changed in the collection, from its history in git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.history.diff import HOWS, find_pages_to_look_at
from litbook.model.pages import Citation
from litbook.model.review import Changes, Corpus, Paper, Touched
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review, shown_in
from litbook.site.lists.paper_list import link, link_to_paper

_MOST = 50


class WhatChanged(SphinxDirective):
    """List what changed day by day: the papers, and the pages that cite a paper whose words or place changed."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        corpus = prepared_review(self.env.app).corpus
        note_use(self.env, corpus, "changes")
        by_key = {paper.citekey: paper for paper in corpus.papers}
        days = [self._draw_day(corpus, by_key, changes) for changes in corpus.history.days]
        return [*days, nodes.paragraph("", "", nodes.Text(corpus.history.beginning))]

    def _draw_day(self, corpus: Corpus, by_key: dict[str, Paper], changes: Changes) -> nodes.section:
        name = f"changes-{changes.date}"
        section = nodes.section("", nodes.title("", changes.date), ids=[name], names=[name])
        for how, heading in HOWS.items():
            touched = [item for item in changes.touched if item.how == how]
            if touched:
                section += self._draw_kind(f"{heading}: {len(touched):,}", touched, by_key)
        pages = find_pages_to_look_at(changes.touched, corpus.citations)
        if pages:
            section += nodes.rubric("", "Worth a look, since they cite a paper that changed")
            section += nodes.bullet_list("", *(self._draw_page(cited) for cited in pages.values()))
        return section

    def _draw_kind(self, heading: str, touched: Sequence[Touched], by_key: dict[str, Paper]) -> Iterator[nodes.Element]:
        yield nodes.rubric("", heading)
        items = [self._draw_touched(item, by_key.get(item.citekey)) for item in touched[:_MOST]]
        yield nodes.bullet_list("", *items)
        if len(touched) > _MOST:
            yield nodes.paragraph("", f"And {len(touched) - _MOST:,} more.")

    def _draw_touched(self, item: Touched, paper: Paper | None) -> nodes.list_item:
        title: nodes.Node = link_to_paper(self.env.docname, paper) if paper else nodes.Text(item.title)
        detail = [nodes.Text(f" — {item.detail}")] if item.detail else []
        return nodes.list_item("", nodes.paragraph("", "", title, *detail))

    def _draw_page(self, cited: Sequence[Citation]) -> nodes.list_item:
        page = link(self.env.docname, shown_in(cited[0].file), nodes.Text(cited[0].title))
        return nodes.list_item("", nodes.paragraph("", "", page, nodes.Text(f": {_name_lines(cited)}")))


def _name_lines(cited: Iterable[Citation]) -> str:
    return ", ".join(f"{place.citekey} in line {place.line}" for place in cited)
