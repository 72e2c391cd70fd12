"""The table of extracted values as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from html import escape

from litbook.model.extraction import Column
from litbook.site.lists.extracted import DIFFER, Row, Table, Value, differ, render_value
from litbook.site.lists.paper_list import render_flag, render_title
from litbook.text.escape import clean

_NOTHING = '<span class="litbook-not-stated">–</span>'


def render_table(table: Table, to_page: Callable[[str], str]) -> str:
    """Return the table; `to_page` gives the address of a paper's page. Scripts find values in attributes."""
    heads = "".join(_render_head(column) for column in table.columns)
    rows = "".join(_render_row(row, table.columns, to_page(row.citekey)) for row in table.rows)
    return (
        '<div class="litbook-scroll litbook-extracted-scroll" role="region" aria-label="Extracted values" tabindex="0">'
        '<table class="litbook-extracted" data-table>\n<thead>\n'
        f'<tr><th scope="col" data-head="paper">Paper</th>{heads}</tr>\n</thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table></div>\n"
    )


def _render_head(column: Column) -> str:
    title = f' title="{_attribute(column.question)}"' if column.question else ""
    names = f' data-choices="{_attribute(json.dumps(column.names, ensure_ascii=False))}"' if column.names else ""
    group = f' data-group="{_attribute(column.group)}"' if column.group else ""
    return f'<th scope="col" data-head="{column.id}"{names}{group}{title}>{_text(column.heading)}</th>'


def _render_row(row: Row, columns: Iterable[Column], page: str) -> str:
    cells = "".join(_render_cell(values, column, page) for values, column in zip(row.cells, columns, strict=True))
    title = render_title(row.title) or escape(row.citekey)
    flag = f" {render_flag(row.flag)}" if row.flag else ""
    paper = f'<a href="{escape(page)}">{_text(row.label) or title}</a>{flag}' + (
        f" <span>{title}</span>" if row.label else ""
    )
    return (
        f'<tr data-key="{escape(row.citekey)}" data-theme="{escape(row.theme)}">'
        f'<th scope="row">{paper}</th>{cells}</tr>\n'
    )


def _render_cell(values: tuple[Value, ...], column: Column, page: str) -> str:
    data = ""
    if column.names:
        data = f' data-values="{_attribute(json.dumps([value.text for value in values], ensure_ascii=False))}"'
    elif values and values[0].rank is not None:
        data = f' data-rank="{values[0].rank:.10g}"'
    label = f'<span class="litbook-stacked-label">{_text(column.heading)}: </span>'
    shown = "<br>".join(render_value(value, page) for value in values) or _NOTHING
    note = f' <span class="litbook-extracted-note">{DIFFER}</span>' if differ(column, values) else ""
    return f"<td{data}>{label}{shown}{note}</td>"


def _text(text: str) -> str:
    return escape(clean(text), quote=False)


def _attribute(text: str) -> str:
    return escape(clean(text))
