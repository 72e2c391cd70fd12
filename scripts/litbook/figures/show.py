"""Show a figure as SVG with real text that follows the reader's light or dark mode, with its words and its data.

The SVG is part of the page itself, so that its colours can be those of the page; untrusted text reaches it through
matplotlib, which escapes it, and reaches captions through `plain`.
"""

from __future__ import annotations

import io
import re
from html import escape
from urllib.parse import quote

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, Markdown
from matplotlib.figure import Figure

from litbook.core.figure_marks import NOTHING, mark_figure
from litbook.figures.style import INK, LABEL, LINE, PALETTE
from litbook.text.escape import escape as escape_markdown
from litbook.text.escape import guard_cell
from litbook.text.nouns import count_noun

# What is drawn in these colours takes the page's own, light or dark; outside the site it stays as it is.
_OF_THE_PAGE = {
    INK: "var(--pst-color-text-base, currentColor)",
    LINE: "var(--pst-color-text-muted, currentColor)",
    **{colour: f"var(--chart-{number}, {colour})" for number, colour in enumerate(PALETTE, start=1)},
}
_ENLARGED = 1.25  # at the most, to the width of the text and the size of its captions
_LETTERS = "font-family: var(--pst-font-family-heading, sans-serif)"
_HEAD = re.compile(r"\A.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>|<style.*?</style>", re.DOTALL)
_PATH = re.compile(r' d="[^"]*"')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
# The first link in a part that has a name: markers of a line are defined before it.
_LABELLED = re.compile(rf'<g id="{LABEL}([^"]*)">((?:(?!<g id="|<a ).)*)<a ', re.DOTALL)
_UNNAMED = re.compile(r'<a (?=href="([^"]*)"[^>]*>\s*(?:<g>\s*)?<(?:path|use|g))')
_GROUP_ID = re.compile(r'(<g) id="[^"]*"')
_FONT = re.compile(r"font: ([^;\"]*?px) [^;\"]+|font-family: [^;\"]+;? ?")
# matplotlib opens links in new tabs, and turns texts by nothing.
_IDLE = re.compile(r' target="_blank"| transform="rotate\(-?0 [^)]*\)"')


def show(  # noqa: PLR0913 - a figure, its words and its data belong together
    figure: Figure,
    name: str,
    *,
    title: str,
    alt: str,
    caption: str,
    data: pd.DataFrame,
    table: str = "",
    narrow: Figure | None = None,
) -> HTML:
    """Return a figure for a notebook's output, and close it.

    `name` is unique in the book: it names the figure's anchor and its CSV file. `title` is the finding, a sentence with
    computed numbers; `alt` and `caption` say in plain text what is drawn and how to read it; `data` is what it was
    drawn from, and `table` the same as HTML. `narrow` is the same for phones, whose page shows it instead. Parts of the
    figure may lead somewhere (`set_url`); then it is a group and no image, for an image holds no links.
    """
    svg = render_svg(figure, name)
    plt.close(figure)
    if narrow is not None:
        svg += render_svg(narrow, f"{name}-narrow").replace("<svg ", '<svg class="litbook-narrow" ', 1)
        plt.close(narrow)
    role = "group" if "<a " in svg else "img"
    drawing = f'<div role="{role}" id="figure-{name}" aria-label="{escape(alt)}">{svg}</div>{table}'
    return HTML(frame(name, drawing, title=title, caption=caption, data=data))  # type: ignore[no-untyped-call]


def frame(name: str, content: str, *, title: str, caption: str, data: pd.DataFrame) -> str:
    """Return the HTML of a figure: its finding above, then what it shows, how to read it, its data and its reference.

    `content` is HTML, in which an element has the anchor of the figure; the site completes it by how to cite it.
    """
    return (
        f'<figure class="litbook-figure"><p class="litbook-figure-title">{escape(title)}</p>{content}'
        f"<figcaption>{escape(caption)} {render_data_link(name, data)}{mark_figure(name, title)}</figcaption></figure>"
    )


def fold(shown: HTML, summary: str) -> HTML:
    """Return a figure that is closed at first, under a summary; for one that says more of another, or less."""
    body = f'<details class="litbook-figure-more"><summary>{escape(summary)}</summary>{shown.data}</details>'
    return HTML(body)  # type: ignore[no-untyped-call]


def render_svg(figure: Figure, name: str) -> str:
    """Return a figure as an SVG element: the same bytes each time, and no identifier that another figure has."""
    content = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": f"litbook {name}"}):
        figure.savefig(content, format="svg", metadata={"Date": None})
    svg = _METADATA.sub("", _HEAD.sub("", content.getvalue(), count=1))
    # With matplotlib's `xlink:href`, browsers follow a link, but assistive technology does not see one.
    svg = _LABELLED.sub(r'<g>\2<a aria-label="\1" ', svg.replace(" xlink:href=", " href="))
    svg = _UNNAMED.sub(lambda link: f'<a aria-label="{_name_target(link[1])}" ', svg)
    svg = _fit(_FONT.sub(_keep_size, _GROUP_ID.sub(r"\1", svg)))
    for colour, variable in _OF_THE_PAGE.items():
        svg = svg.replace(colour, variable)
    svg = _PATH.sub(_shorten, _IDLE.sub("", svg))
    return "\n".join(line.strip() for line in svg.splitlines() if line.strip())  # an empty line ends HTML in Markdown


def _name_target(address: str) -> str:
    """Return a name for a link that its notebook gave none: what the address opens."""
    papers = re.search(r"search\.html\?papers=([^&]*)", address)
    return f"Open {count(len(papers[1].split(',')), 'paper')}" if papers else "Open what is drawn here"


def _shorten(path: re.Match[str]) -> str:
    """Write a path on one line, its places to a hundredth of a point."""
    return _DECIMALS.sub(r"\1", " " + " ".join(path.group().split()).replace(' "', '"'))


def _fit(svg: str) -> str:
    """Let the drawing shrink with the page, and grow to the width of the text."""
    head, _, rest = svg.partition(">")
    width = re.search(r'width="([\d.]+)pt"', head)
    bare = re.sub(r' (?:width|height)="[\d.]+pt"', "", head)
    style = f"width: 100%; max-width: {float(width[1]) * 4 / 3 * _ENLARGED:.0f}px; {_LETTERS}" if width else _LETTERS
    return f'{bare} style="{style}">{rest}'


def _keep_size(font: re.Match[str]) -> str:
    """Leave the family of letters to the drawing as a whole, and keep size, weight and slant."""
    *how, size = (font[1] or "").split() or [""]
    kept = [f"font-style: {word}" if word.isalpha() and word != "bold" else f"font-weight: {word}" for word in how]
    return "; ".join([*kept, f"font-size: {size}"]) if size else ""


def render_data_link(name: str, data: pd.DataFrame) -> str:
    """Return a link that saves a table as a CSV file; the file is in the link itself, so it works from a folder."""
    guarded = data.map(lambda value: guard_cell(value) if isinstance(value, str) else value)
    address = "data:text/csv;charset=utf-8," + quote(guarded.to_csv(index=False, lineterminator="\n"), safe=",")
    return f'<a download="{name}.csv" href="{address}">Data (CSV)</a>'


def say(sentence: str) -> Markdown:
    """Return a sentence with computed numbers for a notebook's output; untrusted words in it go through `plain`."""
    return Markdown(sentence)  # type: ignore[no-untyped-call]


class Nothing(Markdown):
    """A sentence that says why a figure is not drawn; a section that holds nothing else loses its heading."""

    def _repr_markdown_(self) -> str:
        """Return the sentence with the mark by which the site knows it."""
        return f"{self.data}{NOTHING}"


def say_nothing(sentence: str) -> Nothing:
    """Return a sentence that says why a figure is not drawn; untrusted words in it go through `plain`."""
    return Nothing(sentence)  # type: ignore[no-untyped-call]


def plain(text: str) -> str:
    """Return Markdown that shows a text as the characters that it is."""
    return escape_markdown(text)


count = count_noun  # what sentences of figures call it


def share(part: int, whole: int) -> str:
    """Return a part of a whole in words with both numbers and the per cent: "12 of 48 (25%)"."""
    return f"{part:,} of {whole:,} ({per_cent(part, whole)})" if whole else "0 of 0"


def portion(part: int, whole: int, noun: str) -> str:
    """Return a part of a whole of things as the beginning of a sentence: "12 of 48 papers (25%)"."""
    return f"{part:,} of {count(whole, noun)} ({per_cent(part, whole)})" if whole else f"0 of {count(0, noun)}"


def per_cent(part: int, whole: int) -> str:
    """Return a part of a whole in per cent, where some of it is never none and most of it never all."""
    if 0 < part < whole and round(100 * part / whole) in {0, 100}:
        return "<1%" if 2 * part < whole else ">99%"
    return f"{part / whole:.0%}"


def join(words: list[str]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last


__all__ = [
    "count",
    "fold",
    "frame",
    "join",
    "per_cent",
    "plain",
    "portion",
    "render_data_link",
    "render_svg",
    "say",
    "say_nothing",
    "share",
    "show",
]
