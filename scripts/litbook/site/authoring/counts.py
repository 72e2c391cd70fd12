"""The role that shows a number about the corpus."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.analyse.prose.counts import UnknownCountError, count
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query


@query("count")
def select_count(prepared: Prepared, what: str) -> str:
    """Return the number that the text of the role names."""
    return count(prepared.corpus, what)


class Count(SphinxRole):
    """Show a number about the corpus, for example {count}`papers in icl-methods`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            number = ask(self.env, select_count, " ".join(self.text.split()))
        except UnknownCountError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        return [nodes.Text(number)], []
