"""The page that lists all notices, and the line at the foot of each page that leads to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from litbook.core.identity import once_per_object
from litbook.core.urls import page_address
from litbook.model.notices import VOIDING, KeptSentence, Notice, find_standing
from litbook.model.review import Corpus, Paper
from litbook.site.build.prepare import prepared_review, shown_in
from litbook.site.lists.paper_list import describe_line, render_flag, render_title, short_authors
from litbook.text.dates import say_date
from litbook.text.escape import clean
from litbook.text.nouns import count_noun
from litbook.text.person_names import shown_authors
from litbook.write.labels import label_of
from litbook.write.notices import group_notices, name_origins, name_service

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME, TITLE = "notices", "Retractions and corrections"
_IDENTIFIED = ("doi", "arxiv")
_SECTIONS = (
    ("Retracted, withdrawn or removed", VOIDING),
    ("Expressions of concern", ("concern",)),
    ("Corrections and errata", ("correction", "erratum")),
    ("Other notices", ()),
)


@once_per_object(most=1)  # each page of the site asks: without this the work would grow with the square of the papers
def has_page(corpus: Corpus) -> bool:
    """Return whether there is a page of notices: if there is a notice, or services were asked for some."""
    return any(paper.notices or paper.watched for paper in corpus.papers)


def collect_notices_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page to the site."""
    corpus = prepared_review(app).corpus
    if has_page(corpus):
        described = "Retractions, withdrawals, expressions of concern and corrections of the papers in this review."
        body = render_notices_page(corpus)
        yield NAME, {"title": TITLE, "body": body, "litbook_description": described}, "page.html"


def add_to_foot(app: Sphinx, name: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Add to the foot of each page a link to the list of notices."""
    if has_page(prepared_review(app).corpus) and name != NAME:
        link = f'<a href="{escape(context["pathto"](NAME))}">{TITLE}</a>'
        context["litbook_foot"] = [*context.get("litbook_foot", ()), link]


def render_notices_page(corpus: Corpus) -> str:
    """Return the list of all notices: the papers by the most serious that holds, the newest first."""
    pages = dict(_name_pages(corpus))
    flagged = [paper for paper in corpus.papers if paper.notices]
    sections = [f"<h1>{TITLE}</h1>", *_tell_watch(corpus)]
    for heading, kinds in _SECTIONS:
        held = [paper for paper in flagged if _section_of(paper) == (kinds or None)]
        if held:
            items = "\n".join(_render_paper(corpus, paper, pages) for paper in sorted(held, key=_newest, reverse=True))
            sections.append(f'<section><h2>{heading}</h2>\n<ul class="litbook-papers">\n{items}\n</ul></section>')
    if not flagged:
        sections.append("<p>No service has a notice about any of them.</p>")
    return "\n".join(sections)


def _section_of(paper: Paper) -> tuple[str, ...] | None:
    standing = find_standing(paper.notices)
    return next((kinds for _, kinds in _SECTIONS if standing and standing.kind in kinds), None)


def _newest(paper: Paper) -> tuple[str, str]:
    return max(notice.day for notice in paper.notices), paper.citekey


def _tell_watch(corpus: Corpus) -> Iterator[str]:
    """Yield what was asked, when, and about how many papers it could not be."""
    yield (
        "<p>What has been published about papers in this review since they appeared. A notice is listed as its "
        "origin gave it; where origins disagree, all of them are listed.</p>"
    )
    asked = [
        f"<li>{escape(name_service(name))} was last asked on {escape(_say_days(days))}, about "
        f"{count_noun(len(days), 'paper')}.</li>"
        for name, days in _days_by_service(corpus.papers).items()
    ]
    never = [paper for paper in corpus.papers if not paper.watched]
    nameless = sum(not any(name in paper.links for name in _IDENTIFIED) for paper in never)
    if never:
        why = f"; {nameless:,} of them without a DOI or an arXiv identifier" if nameless else ""
        asked.append(f"<li>No service was asked about {count_noun(len(never), 'paper')}{why}.</li>")
    yield f'<ul class="litbook-notice-watch">{"".join(asked)}</ul>'


def _days_by_service(papers: Iterable[Paper]) -> Mapping[str, list[str]]:
    days: dict[str, list[str]] = {}
    for paper in papers:
        for name, day in paper.watched.items():
            days.setdefault(name, []).append(day)
    return dict(sorted(days.items()))


def _say_days(days: list[str]) -> str:
    first, last = say_date(min(days)), say_date(max(days))
    return last if first == last else f"{last}, in part on {first}"


def _render_paper(corpus: Corpus, paper: Paper, pages: Mapping[str, str]) -> str:
    line = describe_line(corpus, paper)
    flag = f" {render_flag(line.flag)}" if line.flag else ""
    title = render_title(line.title) or escape(line.citekey)
    details = " · ".join(
        filter(None, [short_authors(shown_authors(paper)), label_of(corpus, paper).year, paper.venue or ""])
    )
    lines = [
        f'<p class="litbook-paper-title"><a href="{page_address(paper.citekey)}">{title}</a>{flag}</p>',
        f'<p class="litbook-paper-details">{_escape(details)}</p>' if details else "",
        *(_render_notice(group) for group in group_notices(paper.notices)),
        *(_render_kept(row, pages) for row in corpus.kept_sentences if row.citekey == paper.citekey),
    ]
    return f'<li data-paper="{escape(paper.citekey)}">{"".join(lines)}</li>'


def _render_notice(group: list[Notice]) -> str:
    first = group[0]
    when = say_date(first.date) if first.date else "date unknown"
    parts = [
        f"{_escape(first.label.capitalize())}, {when}",
        f'<a href="{escape(first.address)}">notice</a>',
        f"according to {_escape(name_origins(group))}",
        f"“{_escape(first.says)}”" if first.says and first.kind != "other" else "",
        f"first seen on {say_date(first.first_said)}" if first.first_said else "",
        f"no longer said on {say_date(first.gone)}" if first.gone else "",
    ]
    return f'<p class="litbook-notice-line">{" · ".join(filter(None, parts))}</p>'


def _render_kept(row: KeptSentence, pages: Mapping[str, str]) -> str:
    file = row.file.removeprefix("book/")
    place = f'<a href="{escape(shown_in(file))}.html">{_escape(pages.get(file, file))}</a>'
    if not file.endswith(".md"):
        place = _escape(file.rpartition("/")[2])
    who = f"{_escape(row.by)}, {say_date(row.date)}"
    said = f"“{_escape(row.sentence)}” in {place} is kept: {_escape(row.reason)} ({who})"
    return f'<p class="litbook-notice-line">{said}</p>'


def _name_pages(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield files below `book/` with the titles of their pages, as far as pages cite."""
    for citations in corpus.citations.values():
        for citation in citations:
            yield citation.file, re.sub(r"\{[\w:-]+\}|[`*]", "", citation.title)


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)
