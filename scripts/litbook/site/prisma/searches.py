"""The page "How we searched": each search word for word, and the items of PRISMA-S as far as they are recorded.

PRISMA-S: Rethlefsen et al., "PRISMA-S: an extension to the PRISMA Statement for Reporting Literature Searches in
Systematic Reviews", Systematic Reviews 10 (2021) 39.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from litbook.model.flow import Flow
from litbook.model.screening import KINDS, STAGES, Screened, Search
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.build.prepare import prepared_review
from litbook.text.dates import say_date
from litbook.text.escape import clean
from litbook.text.nouns import count_noun

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME, TITLE = "how-we-searched", "How we searched"
_UNRECORDED = '<span class="litbook-unrecorded">not recorded</span>'
_LOW, _MOST = 0.4, 0.9  # a kappa that readers take for disagreement, and the share of papers on which two agree
_STATEMENT = '<a href="https://doi.org/10.1186/s13643-020-01542-z">PRISMA-S</a>'


def collect_searches_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page of a review that records its searches."""
    corpus = prepared_review(app).corpus
    if corpus.flow.searches:
        home = app.builder.get_relative_uri(NAME, app.config.root_doc)
        flow = corpus.editorial.homes.get("flow", "").removesuffix(".md")
        to_flow = app.builder.get_relative_uri(NAME, f"book/{flow}") if flow else ""
        body = render_searches(corpus.flow, home, to_flow)
        described = (
            f"{count_noun(len(corpus.flow.searches), 'search')}: where, when, with which query, and what was found."
        )
        yield NAME, {"title": TITLE, "body": body, "litbook_description": described}, "page.html"


def render_searches(flow: Flow, home: str, to_flow: str) -> str:
    """Return the page; `home` leads to the landing page, and `to_flow` to that of the flow, if there is one."""
    crumbs = [("Home", home), ("From search to papers" if to_flow else "", to_flow), (TITLE, "")]
    return "\n".join([
        render_crumbs(crumbs),
        f"<h1>{TITLE}</h1>",
        f"<p>{_introduce(flow)}</p>",
        *(line for search in flow.searches for line in _render_search(search)),
        "<h2>What is reported</h2>",
        f"<p>The items of {_STATEMENT}, under short names, answered from the records of this review.</p>",
        '<div class="litbook-reporting"><table><thead><tr><th scope="col">Item</th><th scope="col">Topic</th>'
        '<th scope="col">What is reported</th></tr></thead><tbody>',
        *_render_items(flow),
        "</tbody></table></div>",
        _tell_unrecorded(flow),
    ])  # fmt: skip


def _introduce(flow: Flow) -> str:
    said = f"{count_noun(len(flow.searches), 'search')} gave {count_noun(flow.identified, 'record')}"
    if any(search.query for search in flow.searches):
        return f"{said}; queries are word for word as they were entered."
    return f"{said}."


def _render_search(search: Search) -> Iterator[str]:
    facts = {
        "Kind": KINDS[search.kind],
        "Platform": search.platform,
        "Searched on": say_date(search.date) if search.date else "",
        "Records found": f"{search.found:,}",
        "Removed before screening": _tell_removed(search),
        "Limits": search.limits,
        "Filters": search.filters,
        "Searched by": search.by,
        "Query reviewed by": search.review,
        "Based on": search.prior,
        "Updates": search.updates,
        "Files": ", ".join(search.files),
        "Note": search.note,
    }
    always = ("Searched on",)
    rows = "".join(
        f"<dt>{name}</dt><dd>{_escape(text) or _UNRECORDED}</dd>"
        for name, text in facts.items()
        if text or name in always
    )
    yield f'<section id="search-{escape(search.id)}"><h2>{_escape(search.source)}</h2>'
    yield f'<dl class="litbook-updating">{rows}</dl>'
    if search.query:
        query = _escape_lines(search.query)
        yield f'<figure class="litbook-query"><figcaption>Query</figcaption><pre>{query}</pre></figure>'
    else:
        yield f"<p>Query: {_UNRECORDED}.</p>"
    yield "</section>"


def _tell_removed(search: Search) -> str:
    removed = search.removed
    said = [
        count_noun(removed.duplicates, "duplicate") if removed.duplicates else "",
        f"{removed.automation:,} ineligible by automation tools" if removed.automation else "",
        f"{removed.other:,} for other reasons ({removed.why})" if removed.other else "",
    ]
    return ", ".join(filter(None, said))


# --- The items of PRISMA-S ---


def _render_items(flow: Flow) -> Iterator[str]:
    for number, (topic, says) in enumerate(_answer(flow), start=1):
        if says:
            yield f'<tr><th scope="row">{number}</th><td>{topic}</td><td>{_escape(says)}</td></tr>'


def _tell_unrecorded(flow: Flow) -> str:
    """Return the items of which nothing is recorded, in one line; nothing where all are."""
    left = [f"{topic[0].lower()}{topic[1:]}" for topic, says in _answer(flow) if not says]
    return f"<p>Not recorded: {_join(left)}.</p>" if left else ""


def _answer(flow: Flow) -> Iterator[tuple[str, str]]:
    searches = flow.searches
    yield "Database name", _name(search.source for search in searches if search.kind == "database")
    yield "Multi-database searching", _name(search.platform for search in searches)
    yield "Study registries", _name(search.source for search in searches if search.kind == "register")
    yield "Online resources and browsing", _name(s.source for s in searches if s.kind in ("website", "organisation"))
    yield "Citation searching", _name(search.source for search in searches if search.kind == "citations")
    yield "Contacts", _name(search.source for search in searches if search.kind == "contact")
    yield "Other methods", _name(search.source for search in searches if search.kind == "other")
    queries = sum(bool(search.query) for search in searches)
    whole = "all" if queries == len(searches) else f"{queries:,} of {len(searches):,}"
    yield "Full search strategies", f"Given above for {whole}." if queries else ""
    yield "Limits and restrictions", _name(search.limits for search in searches)
    yield "Search filters", _name(search.filters for search in searches)
    yield "Prior work", _name(search.prior for search in searches)
    yield "Updates", _name(search.updates for search in searches)
    yield "Dates of searches", _name(f"{s.source}: {say_date(s.date)}" for s in searches if s.date)
    yield "Peer review", _name(search.review for search in searches)
    yield "Total records", "; ".join(f"{search.source}: {search.found:,}" for search in searches)
    yield (
        "Deduplication",
        (
            "Records of the same work are joined by title with matching abstract, or by a shared identifier: "
            f"{count_noun(flow.duplicates, 'duplicate record')} removed."
        ),
    )


def _name(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, names)))


# --- How the stages were screened ---


def describe_stage(stage: Screened, whole: int = 0) -> str:
    """Return who screened a stage, how many papers by how many people, and how far they agree.

    `whole` is the number of papers at this stage, which may be more than those of which a judgement is recorded.
    """
    missing = whole - sum(papers for _, papers in stage.by)
    judged = ", ".join(
        f"{count_noun(papers, 'paper')} by {count_noun(number, 'person')}" for number, papers in stage.by
    )
    left = f"; no judgement recorded for {missing:,} of {whole:,}" if missing > 0 else ""
    parts = [f"{STAGES[stage.stage]}: judged by {_join(stage.screeners)} ({judged}{left})."]
    for item in stage.agreements:
        beyond = f"; Cohen’s kappa {item.kappa:.2f}" if item.kappa is not None else ""
        if item.kappa is not None and item.kappa < _LOW and item.agreed >= _MOST * item.both:
            beyond += ", low because nearly all papers got the same judgement"
        parts.append(
            f"{item.one} and {item.other} agree on {item.agreed:,} of {count_noun(item.both, 'paper')}{beyond}."
        )
    if stage.conflicts:
        left = f"{stage.open_conflicts:,} of them open" if stage.open_conflicts else "all settled"
        parts.append(f"{count_noun(stage.conflicts, 'conflict')}, {left}.")
    return " ".join(parts)


def _join(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)


def _escape_lines(text: str) -> str:
    """Return a query word for word, its lines and spaces included."""
    return escape("".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text), quote=False)
