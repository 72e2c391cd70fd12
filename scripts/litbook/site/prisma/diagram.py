"""The flow from search to papers as an SVG drawing, in one column: its text is as large on a phone as elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from litbook.analyse.prisma import Box
from litbook.text.nouns import count_noun

_WIDTH = 300
_INDENT = 44  # what leaves the flow stands to the right of its line
_SPINE = 20
_PAD = 10
_GAP = 22
_LINE = 18
_LETTER = 7.4  # the width of a letter of the headings, rather too wide than too narrow
_GLUE = "\0"  # keeps a number with the word before it
_MOST_LINES = 6
_MOST_ROWS = 2  # of one line's text
_TITLE = "From search to papers: how many records were found, and what became of them"


@dataclass(frozen=True, slots=True)
class _Placed:
    """Hold a box, where it stands, and its rows of text; the first `strong` of them are its heading."""

    box: Box
    x: int
    y: int
    rows: tuple[str, ...]
    strong: int

    @property
    def width(self) -> int:
        return _WIDTH - self.x - 1

    @property
    def height(self) -> int:
        return len(self.rows) * _LINE + 2 * _PAD

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def render_flowchart(boxes: Sequence[Box], links: Mapping[str, str], name: str = "litbook-flow") -> str:
    """Return the drawing of the boxes; a box whose name is in `links` leads there.

    The drawing is one image with a title and a description; the links lie over it, since nothing inside an image can be
    reached by keyboard. Colours are the reader's: those of the text, and of the style sheet where there is one.
    """
    placed = list(_place(boxes))
    height = placed[-1].y + placed[-1].height + 1
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    return "\n".join(
        [
            f'<svg class="litbook-flow" {size} xmlns="http://www.w3.org/2000/svg" fill="currentColor">',
            f'<svg role="img" aria-labelledby="{name}-title {name}-desc" {size}>',
            f'<title id="{name}-title">{_TITLE}</title>',
            f'<desc id="{name}-desc">{escape(describe_boxes(boxes))}</desc>',
            *_draw_lines(placed),
            *(_draw_box(item) for item in placed),
            "</svg>",
            *(_draw_link(item, links[item.box.name]) for item in placed if item.box.name in links),
            "</svg>",
        ]
    )


def render_line(boxes: Sequence[Box], links: Mapping[str, str]) -> str:
    """Return the boxes as one line of text; a box whose name is in `links` leads there."""
    if len({box.number for box in boxes}) == 1 and not any(box.aside for box in boxes) and not boxes[-1].lines:
        gave = _link(links.get(boxes[0].name), count_noun(boxes[0].number, "record"))
        kept = _link(links.get(boxes[-1].name), f"all {boxes[0].number:,}" if boxes[0].number > 1 else "it")
        return f"<p>One search gave {gave}; {kept} {'are' if boxes[0].number > 1 else 'is'} in the review.</p>"
    parts = []
    for box in boxes:
        text = f"{escape(box.heading)}: {box.number:,}"
        lines = [f"{escape(name)}: {number:,}" for name, number in box.lines if (name, number) != ("", box.number)]
        linked = _link(links.get(box.name), text)
        shown = lines if box.aside or len(lines) > 1 or box.name == "included" else []
        parts.append(f"{linked} ({', '.join(shown)})" if shown else linked)
    return f'<p class="litbook-flow-line">{"; ".join(parts)}.</p>'


def _link(address: str | None, text: str) -> str:
    return f'<a href="{escape(address)}">{text}</a>' if address else text


def describe_boxes(boxes: Sequence[Box]) -> str:
    """Return the boxes in one sentence."""
    return "; ".join(f"{box.heading}: {box.number}" for box in boxes) + "."


def _place(boxes: Sequence[Box]) -> Iterator[_Placed]:
    y = 1
    for box in boxes:
        x = _INDENT if box.aside else 1
        letters = int((_WIDTH - x - 2 * _PAD) / _LETTER)
        heading = [row.replace(_GLUE, " ") for row in wrap(f"{box.heading}:{_GLUE}{box.number:,}", letters)]
        rows = [row for line in _list_lines(box) for row in _shorten(wrap(line, letters), _MOST_ROWS)]
        placed = _Placed(box, x, y, (*heading, *rows), len(heading))
        yield placed
        y += placed.height + _GAP


def _list_lines(box: Box) -> list[str]:
    shown = box.lines if len(box.lines) <= _MOST_LINES else box.lines[: _MOST_LINES - 1]
    rest = box.lines[len(shown) :]
    lines = [f"{name}: {number:,}" for name, number in shown]
    return [*lines, f"{len(rest):,} others: {sum(number for _, number in rest):,}"] if rest else lines


def _shorten(rows: Sequence[str], most: int) -> list[str]:
    """Keep the first rows and the end of the last one: it holds the number."""
    if len(rows) <= most:
        return list(rows)
    return [*rows[: most - 1], f"… {rows[-1].rpartition(': ')[2]}"]


def wrap(text: str, letters: int) -> list[str]:
    """Break text into rows of at most so many columns; a wide character counts as two."""
    rows: list[str] = []
    row = ""
    for word in _cut_words(text, letters):
        longer = f"{row} {word}" if row else word
        if row and _measure(longer) > letters:
            rows.append(row)
            row = word
        else:
            row = longer
    return [*rows, row] if row else rows


def _cut_words(text: str, letters: int) -> Iterator[str]:
    for word in text.split():
        piece = ""
        for sign in word:
            if _measure(piece + sign) > letters:
                yield piece
                piece = ""
            piece += sign
        yield piece


def _measure(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _draw_lines(placed: Sequence[_Placed]) -> Iterator[str]:
    """Draw the line from each box of the flow to the next, and its branches to what leaves it."""
    start = placed[0]
    for item in placed[1:]:
        if item.box.aside:
            yield _arrow(f"M{_SPINE} {item.middle}H{item.x - 2}", "m-6 -4l6 4l-6 4")
        else:
            # What was found by other methods comes beside the databases, not from them.
            head = "" if item.box.name == "others" and start.box.name == "sources" else "m-4 -6l4 6l4 -6"
            yield _arrow(f"M{_SPINE} {start.y + start.height}V{item.y - 2}", head)
            start = item


def _arrow(line: str, head: str) -> str:
    return f'<path d="{line}{head}" fill="none" stroke="currentColor" stroke-width="1.5"/>'


def _draw_box(item: _Placed) -> str:
    frame = (
        f'<rect x="{item.x}" y="{item.y}" width="{item.width}" height="{item.height}" rx="5" '
        f'class="litbook-flow-{"aside" if item.box.aside else "main"}" fill="none" stroke="currentColor"/>'
    )
    rows = (_draw_row(item, number, row) for number, row in enumerate(item.rows))
    return frame + "".join(rows)


def _draw_row(item: _Placed, number: int, row: str) -> str:
    weight = ' font-weight="600"' if number < item.strong else ""
    size = 14 if number < item.strong else 13
    y = item.y + _PAD + number * _LINE + 13
    return f'<text x="{item.x + _PAD}" y="{y}" font-size="{size}"{weight}>{escape(row)}</text>'


def _draw_link(item: _Placed, address: str) -> str:
    return (
        f'<a href="{escape(address)}" aria-label="{escape(item.box.heading)}: the list">'
        f'<rect x="{item.x}" y="{item.y}" width="{item.width}" height="{item.height}" rx="5" fill="transparent"/></a>'
    )
