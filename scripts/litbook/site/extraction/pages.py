"""The page of everything that was extracted: `extraction.html`, where a review extracts anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from litbook.core.urls import page_address
from litbook.model.extraction import AGREED, Agreement, Extraction
from litbook.model.review import Corpus
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.build.prepare import prepared_review
from litbook.site.extraction.judgements import find_groups, make_anchor, render_group
from litbook.site.extraction.matrix import Axis, list_axes, render_matrix
from litbook.site.extraction.table import render_table
from litbook.site.lists.extracted import Table, join_names, make_table
from litbook.text.escape import clean
from litbook.text.nouns import count_noun

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TITLE = "Evidence table"


def collect_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add the page to the site, unless the review has no values to show."""
    corpus = prepared_review(app).corpus
    table = make_table(corpus)
    if table.rows:
        said = f"What was extracted from {count_noun(len(table.rows), 'paper')}: a table to sort, filter and export."
        yield (
            "extraction",
            {"title": _TITLE, "body": render_page(corpus, table), "litbook_description": said},
            "page.html",
        )


def render_page(corpus: Corpus, table: Table) -> str:
    """Return the content of the page: table, matrix, judgements, agreement."""
    groups = find_groups(table.columns)
    axes = list_axes(table, {theme.slug: theme.name for theme in corpus.themes()})
    lights = (render_group(name, columns, table, page_address) for name, columns in groups.items())
    return "\n".join(
        [
            render_crumbs([("Home", "book/index.html"), ("All papers", "all-papers.html"), (_TITLE, "")]),
            f"<h1>{_TITLE}</h1>",
            f"<p>{_describe(corpus.extraction, table)}</p>",
            f'<p class="litbook-exports">On this page: {_link_parts(corpus.extraction, axes, groups)}</p>',
            f'<div class="litbook-extraction" data-litbook-extraction data-themes="{_name_themes(corpus)}">',
            '<div class="litbook-extraction-tools litbook-js-only" id="table" data-tools></div>',
            render_table(table, page_address),
            '<p class="litbook-exports"><a href="data/extraction.csv">All rows with quotations (CSV)</a></p>',
            render_matrix(table, axes),
            "</div>",
            *lights,
            _render_questions(table),
            _render_agreement(corpus.extraction),
        ]
    )


def _link_parts(extraction: Extraction, axes: Sequence[Axis], groups: Iterable[str]) -> str:
    """Return links to what is below the table, which is long on a phone."""
    parts = {"questions": "the questions"}
    if len(axes) > 1:
        parts = {"matrix": "where papers are missing"} | parts
    parts |= {make_anchor(name): clean(name) for name in groups}
    if extraction.agreements:
        parts["agreement"] = "how far the extractors agree"
    return ", ".join(f'<a href="#{anchor}">{_text(name)}</a>' for anchor, name in parts.items())


def _name_themes(corpus: Corpus) -> str:
    """Return the names of themes by their slugs, as lines, for the filter."""
    return escape("\n".join(f"{theme.slug} {clean(theme.name)}" for theme in corpus.themes()))


def _describe(extraction: Extraction, table: Table) -> str:
    """Say whose values these are and what they rest on."""
    people = sorted({row.by for row in extraction.rows} - {AGREED})
    who = f" by {_text(join_names(people))}" if people else ""
    drafted = any(not value.by for row in table.rows for cell in row.cells for value in cell)
    rules = " Values marked “found by rules” are from abstracts, and no person has confirmed them." if drafted else ""
    full = (
        " Quotations from full texts are not checked by the build." if any(row.where for row in extraction.rows) else ""
    )
    return (
        f"{count_noun(len(extraction.rows), 'value')} extracted{who} from "
        f"{len({row.citekey for row in extraction.rows}):,} of {count_noun(table.papers, 'paper')}. "
        "Each rests on a quotation, "
        f"which is shown on hover; a value leads to its sentence.{full}{rules} A dash means that there is no value yet."
    )


def _render_questions(table: Table) -> str:
    items = "".join(f"<dt>{_text(column.heading)}</dt><dd>{_text(column.question)}</dd>" for column in table.columns)
    return f'<h2 id="questions">The questions</h2>\n<dl class="litbook-questions">{items}</dl>'


def _render_agreement(extraction: Extraction) -> str:
    if not extraction.agreements:
        return ""
    names = {column.id: column.name for column in extraction.columns}
    rows = "".join(
        f'<tr><th scope="row">{_text(names[item.column])}</th><td>{_text(join_names(item.extractors))}</td>'
        f"<td>{item.same:,} of {item.pairs:,}</td><td>{_say_statistic(item)}</td></tr>\n"
        for item in extraction.agreements
    )
    open_ = len(extraction.conflicts)
    conflicts = f" {open_:,} difference{' is' if open_ == 1 else 's are'} not settled yet." if open_ else ""
    return (
        '<h2 id="agreement">How far the extractors agree</h2>\n'
        "<p>Papers that two people read independently, before they settled differences: equal values, Cohen’s kappa "
        f"for choices, and the intraclass correlation for absolute agreement, ICC(A,1), for numbers.{conflicts}</p>\n"
        '<div class="litbook-scroll" role="region" aria-label="Agreement of extractors" tabindex="0">'
        '<table class="litbook-agreement"><thead><tr><th scope="col">Column</th><th scope="col">Extractors</th>'
        '<th scope="col">Same value</th><th scope="col">Statistic</th></tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>"
    )


def _say_statistic(item: Agreement) -> str:
    if not item.statistic:
        return "–"
    return f"{item.statistic} {item.value:.2f}" if item.value is not None else f"{item.statistic} is not defined"


def _text(text: str) -> str:
    return escape(clean(text), quote=False)
