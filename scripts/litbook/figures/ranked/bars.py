"""Rows with bars as a table in HTML: real text that wraps on a phone, and numbers for those who cannot see the bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_FAINTEST = 0.16


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold a row: its label and cells as HTML, and its bar: the lengths of its parts from 0 to 1, and a mark on it.

    Instead of a bar a row may have a strip of equal fields, of which some are filled.
    """

    label: str
    parts: Sequence[float]
    cells: Sequence[str]
    mark: float | None = None
    strip: Sequence[bool] = ()


def render_bars(name: str, heads: Sequence[str], bars: Iterable[Bar]) -> str:
    """Return a table with the anchor of a figure; `heads` are those of the labels, the bars and the cells.

    The first part of a bar is the darkest. A mark is a line across the bar, such as what others have.
    """
    head = "".join(f'<th scope="col">{escape(text)}</th>' if text else "<td></td>" for text in heads)
    rows = "".join(
        f'<tr><th scope="row">{bar.label}</th><td>{_draw(bar)}</td>'
        + "".join(f"<td>{cell}</td>" for cell in bar.cells)
        + "</tr>\n"
        for bar in bars
    )
    head = f"<thead><tr>{head}</tr></thead>" if any(heads) else ""
    return f'<table class="litbook-bars" id="figure-{name}">{head}<tbody>\n{rows}</tbody></table>'


def _draw(bar: Bar) -> str:
    """Return the drawing of a bar; the cells beside it say the same."""
    if bar.strip:
        return _wrap("".join(_draw_field(at, len(bar.strip), filled) for at, filled in enumerate(bar.strip)))
    left, drawn = 0.0, []
    for at, part in enumerate(bar.parts):
        strength = 1 - (1 - _FAINTEST) * at / max(1, len(bar.parts) - 1)
        drawn.append(f'<rect x="{left:.1f}" width="{100 * part:.1f}" height="8" fill-opacity="{strength:.2f}"></rect>')
        left += 100 * part
    if bar.mark is not None:
        drawn.append(f'<rect class="litbook-share-mark" x="{min(100 * bar.mark, 99):.1f}" width="1" height="8"></rect>')
    return _wrap("".join(drawn))


def _draw_field(at: int, fields: int, filled: bool) -> str:
    width = 100 / fields
    strength = 1 if filled else _FAINTEST
    return f'<rect x="{at * width:.1f}" width="{0.84 * width:.1f}" height="8" fill-opacity="{strength}"></rect>'


def _wrap(parts: str) -> str:
    start = '<svg class="litbook-share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    return f"{start}{parts}</svg>"


def link(address: str | None, text: str) -> str:
    """Return a text as HTML that leads to an address, if there is one."""
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)
