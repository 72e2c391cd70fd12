"""The page of the updating status with the table of reporting items, and the line at the foot of each page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from litbook.analyse.living.due import describe_briefly, describe_status
from litbook.analyse.living.reporting import Answer, answer_items
from litbook.model.living import NOT_RECORDED, Status
from litbook.pipeline import Prepared
from litbook.site.build.prepare import prepared_review
from litbook.text.dates import say_date
from litbook.text.escape import clean

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME, TITLE = "status", "Updating status and reporting"
_STATEMENTS = (
    '<a href="https://doi.org/10.1136/bmj.n71">PRISMA 2020</a>',
    '<a href="https://doi.org/10.1136/bmj-2024-079183">its extension for living systematic reviews</a>',
)


def collect_status_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page of a review that has a status."""
    prepared = prepared_review(app)
    if prepared.corpus.status is not None:
        body = render_status(prepared, prepared.corpus.status)
        described = describe_status(prepared.corpus.status)
        yield NAME, {"title": TITLE, "body": body, "litbook_description": described}, "page.html"


def add_to_foot(app: Sphinx, name: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Add the status in one line to the foot of each page, as a link to its page."""
    corpus = prepared_review(app).corpus
    if corpus.status is not None:
        line = f"{_escape(describe_briefly(corpus.status, corpus.papers))}."
        if name != NAME:
            line = f'<a href="{escape(context["pathto"](NAME))}">{line}</a>'
        context["litbook_foot"] = [line, *context.get("litbook_foot", ())]


def render_status(prepared: Prepared, status: Status) -> str:
    """Return the page: the status, and what is reported for each item."""
    answers = answer_items(prepared.corpus, prepared.pages, status)
    missing = sum(answer.says == NOT_RECORDED for answer in answers)
    facts = {
        "Question": status.question,
        "Mode": f"{status.mode}. {status.reason}".strip() if status.reason else status.mode,
        "Last searched": say_date(status.searched) if status.searched else NOT_RECORDED,
        "Next update due": say_date(status.due) if status.due else "",
        "Updated by": ", ".join(status.who),
    }
    listed = "".join(f"<dt>{name}</dt><dd>{_escape(text)}</dd>" for name, text in facts.items() if text)
    return "\n".join([
        f"<h1>{TITLE}</h1>",
        f'<dl class="litbook-updating">{listed}</dl>',
        "<h2>Reporting items</h2>",
        f"<p>The items of {' and '.join(_STATEMENTS)}, whose own items begin with L, under short names. They are "
        "answered from the records of this review and by its editors; "
        f"{missing} of {len(answers)} are not recorded.</p>",
        '<div class="litbook-reporting"><table><thead><tr><th scope="col">Item</th><th scope="col">Topic</th>'
        '<th scope="col">What is reported</th><th scope="col">Where</th></tr></thead><tbody>',
        *map(_render_row, answers),
        "</tbody></table></div>",
    ])  # fmt: skip


def _render_row(answer: Answer) -> str:
    says = _escape(answer.says)
    says = f'<span class="litbook-unrecorded">{says}</span>' if answer.says == NOT_RECORDED else says
    place = f'<a href="{escape(answer.address)}">{_escape(answer.place)}</a>' if answer.address else ""
    return f'<tr><th scope="row">{answer.item}</th><td>{answer.topic}</td><td>{says}</td><td>{place}</td></tr>'


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)
