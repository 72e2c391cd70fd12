"""Roles for authors."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.analyse.prose.counts import UnknownCountError, count
from litbook.site.build.dependencies import note_use
from litbook.site.build.prepare import prepared_review


class Count(SphinxRole):
    """Show a number about the corpus, for example {count}`papers in icl-methods`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        corpus = prepared_review(self.env.app).corpus
        what = " ".join(self.text.split())
        try:
            number = count(corpus, what)
        except UnknownCountError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        note_use(self.env, corpus, f"count {what}")
        return [nodes.Text(number)], []
