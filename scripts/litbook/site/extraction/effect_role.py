"""The role `{effect}`: the computed summary of a column of effects, which a sentence quotes."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.model.faults import nearest
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query


@query("effect")
def select_effect(prepared: Prepared, name: str) -> str:
    """Return the summary of a column as "0.78 (0.66 to 0.92)"; raise `LookupError` with what to do if it has none."""
    extraction = prepared.corpus.extraction
    summary = extraction.summaries.get(name)
    if summary is None:
        known = nearest(name, extraction.summaries)
        raise LookupError(known or "its column in extraction.yml needs pool: {because: …}")
    return f"{summary.estimate:.2f} ({summary.low:.2f} to {summary.high:.2f})"


class EffectRole(SphinxRole):
    """Show the summary of a column's effects."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the estimate with its interval, or an error with the line of the role."""
        try:
            return [nodes.Text(ask(self.env, select_effect, self.text.strip()))], []
        except LookupError as error:
            message = f"no summary of effects '{self.text}'; {error.args[0]}"
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
