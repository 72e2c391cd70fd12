"""Rows with bars as a table in HTML: real text that wraps on a phone, and numbers for those who cannot see the bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_FAINTEST = 0.16
_SHORT = 17  # letters of a label that a phone has room for beside its bar
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Bar:
    """Hold a row: its label and cells as HTML, and its bar: the lengths of its parts from 0 to 1, and a mark on it.

    Instead of a bar a row may have a strip of equal fields, of which some are filled. The parts have shades of one
    colour, or the colours of `fills`; `tips` says what each is to those who point at it.
    """

    label: str
    parts: Sequence[float]
    cells: Sequence[str]
    mark: float | None = None
    strip: Sequence[bool] = ()
    fills: Sequence[str] = ()
    tips: Sequence[str] = ()


def render_bars(name: str, heads: Sequence[str], bars: Sequence[Bar]) -> str:
    """Return a table with the anchor of a figure; `heads` are those of the labels, the bars and the cells.

    The first part of a bar is the darkest. A mark is a line across the bar, such as what others have. On a phone a long
    label is above its bar.
    """
    longest = max((len(_TAG.sub("", bar.label)) for bar in bars), default=0)
    look = "litbook-bars" if longest <= _SHORT else "litbook-bars litbook-bars-long"
    head = "".join(f'<th scope="col">{escape(text)}</th>' if text else "<td></td>" for text in heads)
    rows = "".join(
        f'<tr><th scope="row">{bar.label}</th><td>{_draw(bar)}</td>'
        + "".join(f"<td>{cell}</td>" for cell in bar.cells)
        + "</tr>\n"
        for bar in bars
    )
    head = f"<thead><tr>{head}</tr></thead>" if any(heads) else ""
    return f'<table class="{look}" id="figure-{name}">{head}<tbody>\n{rows}</tbody></table>'


def _draw(bar: Bar) -> str:
    """Return the drawing of a bar; the cells beside it say the same."""
    if bar.strip:
        return _wrap("".join(_draw_field(bar, at) for at in range(len(bar.strip))))
    left, drawn = 0.0, []
    for at, part in enumerate(bar.parts):
        drawn.append(f'<rect x="{left:.1f}" width="{100 * part:.1f}" height="8" {_fill(bar, at)}</rect>')
        left += 100 * part
    if bar.mark is not None:
        drawn.append(f'<path class="litbook-share-mark" d="M{min(100 * bar.mark, 99.5):.1f} 0V8"></path>')
    return _wrap("".join(drawn))


def _fill(bar: Bar, at: int) -> str:
    """Return the colour of a part, and its tip."""
    tip = _tip(bar, at)
    if bar.fills:
        return f'style="fill:{bar.fills[at]}">{tip}'
    return f'fill-opacity="{1 - (1 - _FAINTEST) * at / max(1, len(bar.parts) - 1):.2f}">{tip}'


def _draw_field(bar: Bar, at: int) -> str:
    width = 100 / len(bar.strip)
    strength = 1 if bar.strip[at] else _FAINTEST
    field = f'<rect x="{at * width:.1f}" width="{0.84 * width:.1f}" height="8" fill-opacity="{strength}">'
    return f"{field}{_tip(bar, at)}</rect>"


def _tip(bar: Bar, at: int) -> str:
    return f"<title>{escape(bar.tips[at])}</title>" if bar.tips else ""


def _wrap(parts: str) -> str:
    start = '<svg class="litbook-share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    return f"{start}{parts}</svg>"


def link(address: str | None, text: str) -> str:
    """Return a text as HTML that leads to an address, if there is one."""
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def render_key(entries: Sequence[tuple[str, str]]) -> str:
    """Return the names of the colours that bars have, as a list in HTML."""
    items = "".join(f'<li><i style="background:{fill}"></i>{escape(name)}</li>' for fill, name in entries)
    return f'<ul class="litbook-key">{items}</ul>'
