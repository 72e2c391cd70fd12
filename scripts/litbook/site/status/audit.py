"""The directive `audit`: how many sentences a person compared with their sources, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.statements import VERDICTS, Audit, Check, latest_checks, list_samples
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.dates import say_date
from litbook.text.escape import clean
from litbook.text.nouns import count_noun

Found = tuple[Check, bool]  # a verdict other than "supported", and whether the review still has the sentence
Sample = tuple[Audit, tuple[Found, ...]]


@query("audit")
def select_audit(prepared: Prepared, _: str) -> tuple[tuple[Sample, ...], int]:
    """Return each sample, the newest first, with what was found in it, worst first; and the number of statements."""
    corpus = prepared.corpus
    still = {statement.id for statement in corpus.statements}
    samples = map(_list_found, list_samples(corpus.checks))
    found = [tuple((check, check.id in still) for check in checks) for checks in samples]
    return tuple(zip(corpus.audits, found, strict=True))[::-1], len(corpus.statements)


def _list_found(sample: Iterable[Check]) -> list[Check]:
    worst = {verdict: at for at, verdict in enumerate(reversed(VERDICTS))}
    found = [check for check in latest_checks(sample).values() if check.verdict != "supported"]
    return sorted(found, key=lambda check: (worst[check.verdict], check.line))


class AuditResult(SphinxDirective):
    """Say what audits found, or that there was none."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return a paragraph for each sample, the newest first, and the sentences that were found wrong, folded."""
        samples, statements = ask(self.env, select_audit)
        if not samples:
            said = f"None of the {statements:,} sentences has been audited yet."
            return [nodes.paragraph("", said, classes=["litbook-audit"])]
        newest, *earlier = samples
        return [*_show(newest), *_fold(earlier)]


def _show(sample: Sample) -> Iterator[nodes.Node]:
    audit, found = sample
    yield nodes.paragraph("", describe_audit(audit), classes=["litbook-audit"])
    if found:
        yield nodes.raw("", render_found(found), format="html")


def _fold(samples: Sequence[Sample]) -> Iterator[nodes.Node]:
    """Yield earlier samples, folded behind how many there were and how much they found wrong."""
    if samples:
        opening = f'<details class="litbook-earlier"><summary>{describe_earlier(samples)}</summary>'
        yield nodes.raw("", opening, format="html")
        yield from (node for sample in samples for node in _show(sample))
        yield nodes.raw("", "</details>", format="html")


def describe_earlier(samples: Sequence[Sample]) -> str:
    """Return how many samples there were, and the least and the greatest share of sentences that were found wrong."""
    shares = [100 * audit.wrong / audit.checked for audit, _ in samples]
    least, most = f"{min(shares):.1f}", f"{max(shares):.1f}"
    wrong = f"{least} %" if least == most else f"{least} to {most} %"
    return f"{count_noun(len(samples), 'earlier reading')}, which found {wrong} not fully supported"


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
    """Return the result in words: who read how many sentences when, and what was found; for a sample, the interval."""
    when = say_date(audit.first)
    when = f"on {when}" if audit.first == audit.last else f"from {when} to {say_date(audit.last)}"
    found = ", ".join(f"{number} {verdict} ({VERDICTS[verdict]})" for verdict, number in audit.verdicts if number)
    share = f"{100 * audit.wrong / audit.checked:.1f} %"
    if audit.is_census:
        read, certainty = f"all {count_noun(audit.checked, 'sentence')} that the review then had", ""
    else:
        drawn_from = f"{audit.checked:,} of {count_noun(audit.statements, 'sentence')}"
        read = drawn_from if audit.statements else count_noun(audit.checked, "sentence")
        interval = f"{100 * audit.low:.1f} % to {100 * audit.high:.1f} %"
        certainty = f" (95 % interval {interval}, Clopper and Pearson)"
    return (
        f"{', '.join(audit.by)} compared {read} with their sources {when}: {found}. "
        f"The share not supported is {share}{certainty}; "
        f"{audit.current:,} of these sentences are still in the review with the same words and sources."
    )
