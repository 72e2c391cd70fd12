"""The directive `audit`: how many sentences a person compared with their sources, and what was wrong with them."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.statements import VERDICTS, Audit
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.dates import say_date


@query("audit")
def select_audit(prepared: Prepared, _: str) -> tuple[Audit | None, int]:
    """Return the result of all audits, if there was one, and the number of statements."""
    return prepared.corpus.audit, len(prepared.corpus.statements)


class AuditResult(SphinxDirective):
    """Say what audits found, or that there was none."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return one paragraph."""
        audit, statements = ask(self.env, select_audit)
        said = describe_audit(audit) if audit else f"None of the {statements:,} sentences has been audited yet."
        return [nodes.paragraph("", said, classes=["litbook-audit"])]


def describe_audit(audit: Audit) -> str:
    """Return the result in words: who read how many sentences when, what was found, and the interval."""
    when = say_date(audit.first)
    when = f"on {when}" if audit.first == audit.last else f"from {when} to {say_date(audit.last)}"
    found = ", ".join(f"{number} {verdict} ({VERDICTS[verdict]})" for verdict, number in audit.verdicts if number)
    share = f"{100 * audit.wrong / audit.checked:.1f} %"
    interval = f"{100 * audit.low:.1f} % to {100 * audit.high:.1f} %"
    return (
        f"{', '.join(audit.by)} compared {audit.checked:,} of {audit.statements:,} sentences with their sources "
        f"{when}: {found}. The share not supported is {share} (95 % interval {interval}, Clopper and Pearson); "
        f"{audit.current:,} of these sentences are still in the review with the same words and sources."
    )
