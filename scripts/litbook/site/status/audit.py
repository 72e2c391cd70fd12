"""The directive `audit`: how many sentences a person compared with their sources, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.statements import VERDICTS, Audit, Check, latest_checks
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.dates import say_date
from litbook.text.escape import clean
from litbook.text.nouns import count_noun

Found = tuple[Check, bool]  # a verdict other than "supported", and whether the review still has the sentence


@query("audit")
def select_audit(prepared: Prepared, _: str) -> tuple[Audit | None, int, tuple[Found, ...]]:
    """Return the result of all audits, if there was one, the number of statements, and what was found, worst first."""
    corpus = prepared.corpus
    still = {statement.id for statement in corpus.statements}
    worst = {verdict: at for at, verdict in enumerate(reversed(VERDICTS))}
    found = [check for check in latest_checks(corpus.checks).values() if check.verdict != "supported"]
    found.sort(key=lambda check: (worst[check.verdict], check.line))
    return corpus.audit, len(corpus.statements), tuple((check, check.id in still) for check in found)


class AuditResult(SphinxDirective):
    """Say what audits found, or that there was none."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return one paragraph, and the sentences that were found wrong, folded."""
        audit, statements, found = ask(self.env, select_audit)
        said = describe_audit(audit) if audit else f"None of the {statements:,} sentences has been audited yet."
        shown: list[nodes.Node] = [nodes.paragraph("", said, classes=["litbook-audit"])]
        return [*shown, nodes.raw("", render_found(found), format="html")] if found else shown


def render_found(found: Iterable[Found]) -> str:
    """Return a list of what was found, folded: verdict, the sentence as it was read, the reader's remark."""
    rows = [
        f"<li><b>{check.verdict}</b>{' (still in the review)' if still else ''}: "
        f"{_escape(check.sentence)} <span>{_escape(check.remark)}</span></li>"
        for check, still in found
    ]
    title = f"{count_noun(len(rows), 'sentence')} with another verdict than “supported”, as read"
    return f'<details class="litbook-found"><summary>{title}</summary><ul>{"".join(rows)}</ul></details>'


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)


def describe_audit(audit: Audit) -> str:
    """Return the result in words: who read how many sentences when, what was found, and the interval."""
    when = say_date(audit.first)
    when = f"on {when}" if audit.first == audit.last else f"from {when} to {say_date(audit.last)}"
    found = ", ".join(f"{number} {verdict} ({VERDICTS[verdict]})" for verdict, number in audit.verdicts if number)
    share = f"{100 * audit.wrong / audit.checked:.1f} %"
    interval = f"{100 * audit.low:.1f} % to {100 * audit.high:.1f} %"
    return (
        f"{', '.join(audit.by)} compared {audit.checked:,} of {count_noun(audit.statements, 'sentence')} "
        f"with their sources {when}: {found}. "
        f"The share not supported is {share} (95 % interval {interval}, Clopper and Pearson); "
        f"{audit.current:,} of these sentences are still in the review with the same words and sources."
    )
