"""The columns that a review extracts, as a table of one theme: as HTML for the site, as nodes for other formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from docutils import nodes

from litbook.core.urls import paper_page
from litbook.model.extraction import AGREED, CHOICE, NUMBER, TEXT, YES_NO, Column
from litbook.pipeline import Prepared
from litbook.site.authoring.evidence_drawing import draw_widths, make_cell, render_cell, render_heads
from litbook.site.authoring.papers import check_theme
from litbook.site.build.dependencies import query
from litbook.site.lists.extracted import (
    BY_RULES,
    DIFFER,
    Row,
    Table,
    Value,
    differ,
    join_names,
    keep_columns,
    make_table,
    render_value,
)
from litbook.site.lists.paper_list import link_to_paper, render_title
from litbook.text.nouns import count_noun

_PAPER = "Paper"
_NOTE = "litbook-extracted-note"
_WIDTHS = {NUMBER: 1, YES_NO: 1, CHOICE: 2, TEXT: 3}
_WIDEST = 3


@query("own-columns")
def select_own(prepared: Prepared, slug: str) -> Table:
    """Return what was extracted from the papers of a theme, without columns that are drawn as judgements."""
    check_theme(prepared, slug)
    return keep_columns(make_table(prepared.corpus, slug), lambda column: not column.group)


@query("own-judgements")
def select_groups(prepared: Prepared, slug: str) -> tuple[str, ...]:
    """Return the names of the groups of judgements that the papers of a theme have."""
    columns = make_table(prepared.corpus, slug).columns
    return tuple(dict.fromkeys(column.group for column in columns if column.group))


def describe_own(table: Table) -> str:
    """Say who extracted the values and what they rest on."""
    values = [value for row in table.rows for cell in row.cells for value in cell]
    people = sorted({value.by for value in values} - {"", AGREED})
    who = f" by {join_names(people)}" if people else ""
    whose = f"Extracted{who} from" if any(value.by for value in values) else "Found by rules in the abstracts of"
    is_mixed = len({bool(value.by) for value in values}) > 1
    rules = "; those found by rules are marked, and no person has confirmed them" if is_mixed else ""
    return (
        f"{whose} {len(table.rows):,} of {count_noun(table.papers, 'paper')}. Each value leads to the words that it "
        f"rests on{rules}. A dash means that there is no value yet."
    )


def _list_widths(columns: Sequence[Column]) -> list[int]:
    return [_WIDEST, *(_WIDTHS.get(column.kind, 2) + (column.kind == NUMBER) for column in columns)]


def render_own(table: Table, to_page: Callable[[str], str]) -> str:
    """Return the table as HTML; `to_page` gives the address of a paper's page."""
    heads = [_PAPER, *(column.heading for column in table.columns)]
    body = "".join(_render_row(row, table.columns, to_page(row.citekey), at) for at, row in enumerate(table.rows))
    return (
        f"{render_heads(heads, _list_widths(table.columns), 'litbook-own')}<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _render_row(row: Row, columns: Sequence[Column], page: str, at: int) -> str:
    title = render_title(row.title) or escape(row.citekey)
    paper = f'<td><p><a href="{escape(page)}">{title}</a></p></td>'
    cells = [render_cell([*_render_values(column, cell, page)], column.heading)
             for column, cell in zip(columns, row.cells, strict=True)]  # fmt: skip
    return f'<tr class="row-{"odd" if at % 2 else "even"}">' + "\n".join([paper, *cells]) + "\n</tr>\n"


def _render_values(column: Column, values: Sequence[Value], page: str) -> Iterator[str]:
    yield from (render_value(value, page) for value in values)
    if differ(column, values):
        yield f'<span class="{_NOTE}">{DIFFER}</span>'


def draw_own(table: Table, docname: str, to_document: Callable[[str, str], str]) -> nodes.table:
    """Return the table as nodes; `to_document` gives the address of a document, seen from another."""
    heads = [_PAPER, *(column.heading for column in table.columns)]
    group = draw_widths(_list_widths(table.columns))
    group += nodes.thead("", nodes.row("", *(make_cell([[nodes.Text(head)]]) for head in heads)))
    group += nodes.tbody("", *(_draw_row(row, table.columns, docname, to_document) for row in table.rows))
    return nodes.table("", group, classes=["litbook-evidence", "colwidths-given"])


def _draw_row(row: Row, columns: Sequence[Column], docname: str, to_document: Callable[[str, str], str]) -> nodes.row:
    address = to_document(docname, paper_page(row.citekey))
    cells = [
        make_cell([*_draw_values(column, cell, address)], column.heading)
        for column, cell in zip(columns, row.cells, strict=True)
    ]
    return nodes.row("", make_cell([[link_to_paper(docname, row.citekey, row.title)]]), *cells)


def _draw_values(column: Column, values: Sequence[Value], address: str) -> Iterator[Sequence[nodes.Node]]:
    yield from (_draw_value(value, address) for value in values)
    if differ(column, values):
        yield [nodes.inline("", DIFFER, classes=[_NOTE])]


def _draw_value(value: Value, address: str) -> Sequence[nodes.Node]:
    target = f"{address}#{value.anchor}" if value.anchor else address
    mark = [] if value.by else [nodes.Text(f" {BY_RULES}")]
    return [nodes.reference("", value.text, internal=True, refuri=target), *mark]
