"""The traffic-light figure of judgements such as risk of bias: a sign for each paper and question, and their shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape

from litbook.model.extraction import CHOICE, Column
from litbook.site.lists.extracted import Row, Table
from litbook.site.lists.paper_list import render_flag
from litbook.text.escape import clean

# Signs from the best choice to the worst, so that colour is not needed to tell them apart; what cannot be judged has
# its own. After the figures of the robvis tool for the Cochrane risk-of-bias assessments.
_SIGNS = {2: ("+", "×"), 3: ("+", "–", "×"), 4: ("+", "–", "×", "!")}
_UNCLEAR = ("no information", "unclear", "not applicable", "cannot tell")
_MOST_LEVELS = 4


def find_groups(columns: Sequence[Column]) -> dict[str, tuple[Column, ...]]:
    """Return the columns of each group that can be drawn: choices that are the same, from the best to the worst."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.group and column.kind == CHOICE and len(_levels(column)) in _SIGNS:
            groups.setdefault(column.group, []).append(column)
    return {
        name: tuple(held)
        for name, held in groups.items()
        if len(held) > 1 and len({column.names for column in held}) == 1
    }


def _levels(column: Column) -> tuple[str, ...]:
    return tuple(name for name in column.names if name.lower() not in _UNCLEAR)


def render_group(name: str, columns: Sequence[Column], table: Table, to_page: Callable[[str], str]) -> str:
    """Return the figure of one group."""
    places = table.places(columns)
    rows = [row for row in table.rows if any(row.cells[at] for at in places)]
    levels = _levels(columns[0])
    heads = "".join(f'<th scope="col">{_text(column.name)}</th>' for column in columns)
    shared = {label for label, number in Counter(_label(row) for row in rows).items() if number > 1}
    body = "".join(_render_row(row, places, levels, to_page(row.citekey), _label(row) in shared) for row in rows)
    legend = " ".join(f"<span>{_render_light(level, levels)} {_text(level)}</span>" for level in columns[0].names)
    return (
        f'<h2 id="{make_anchor(name)}">{_text(name)}</h2>\n<p class="litbook-lights-legend">{legend}</p>\n'
        '<div class="litbook-scroll" role="region" tabindex="0" '
        f'aria-label="{escape(clean(name))} of each paper"><table class="litbook-lights">\n'
        f'<thead><tr><th scope="col">Paper</th>{heads}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n'
        f"{_render_shares(columns, places, rows)}"
    )


def make_anchor(name: str) -> str:
    """Return the anchor of a group's figure."""
    return "".join(sign if sign.isalnum() else "-" for sign in name.lower())


def _label(row: Row) -> str:
    return row.label or row.title.plain


def _render_row(row: Row, places: Sequence[int], levels: Sequence[str], page: str, has_title: bool) -> str:
    """Return the row of one paper, with its title where others have the same authors and year."""
    cells = "".join(
        f"<td>{' '.join(_render_light(value.text, levels, value.hint) for value in row.cells[at]) or '–'}</td>"
        for at in places
    )
    flag = f" {render_flag(row.flag)}" if row.flag else ""
    title = f"<span>{_text(row.title.plain)}</span>" if has_title else ""
    paper = f'<a href="{escape(page)}">{_text(_label(row))}</a>{flag}{title}'
    return f'<tr><th scope="row">{paper}</th>{cells}</tr>\n'


def _render_light(value: str, levels: Sequence[str], hint: str = "") -> str:
    level, sign = _rate(value, levels)
    title = f' title="{escape(clean(f"{value} · {hint}"))}"' if hint else ""
    label = f'role="img" aria-label="{escape(clean(value))}"'
    return f'<span class="litbook-light" data-level="{level}" {label}{title}>{sign}</span>'


def _rate(value: str, levels: Sequence[str]) -> tuple[str, str]:
    """Return the level of a judgement, from "1" for the best to "4", and its sign."""
    if value not in levels:
        return "0", "?"
    at = levels.index(value)
    # Of two levels the second is the worst, of three the third; the fourth is worse still.
    return str(at + 1 if len(levels) > 2 or not at else 3), _SIGNS[len(levels)][at]


def _render_shares(columns: Sequence[Column], places: Sequence[int], rows: Sequence[Row]) -> str:
    """Return a bar for each question with the shares of the judgements, and the numbers in words."""
    levels = _levels(columns[0])
    bars = "".join(
        f'<div class="litbook-shares-row"><dt>{_text(column.name)}</dt>'
        f"<dd>{''.join(_render_bar(counts, levels))}</dd></div>"
        for column, at in zip(columns, places, strict=True)
        if (counts := Counter(value.text for row in rows for value in row.cells[at])).total()
    )
    return f'<dl class="litbook-shares">{bars}</dl>\n'


def _render_bar(counts: Counter[str], levels: Sequence[str]) -> Iterator[str]:
    order = [*levels, *sorted(counts.keys() - set(levels))]
    for level in order:
        if counts[level]:
            rate, _ = _rate(level, levels)
            width = f"{100 * counts[level] / counts.total():.4g}%"
            yield (
                f'<span class="litbook-share" data-level="{rate}" style="width: {width}" '
                f'title="{escape(clean(level))}: {counts[level]}">{counts[level]}'
                f'<span class="visually-hidden"> {_text(level)}</span></span>'
            )


def _text(text: str) -> str:
    return escape(clean(text), quote=False)
