"""One chart style for the book: legible at the width of a phone, distinct in every common colour blindness."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

WIDTH = 5.4  # inches: 389 points, the width of a phone at the size of the text
# Placeholders: `show` writes the page's own colours of text and of muted text in their place.
INK, LINE = "#767676", "#868686"
# Read well on white and on black, and are distinct in every common colour blindness (M. Okabe and K. Ito, "Color
# universal design", 2008).
BLUE, ORANGE, GREEN, PINK, SKY, RED = "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"
GREY = "#8c8c8c"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, RED)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
KIND_COLOURS = {
    "method": BLUE,
    "analysis": ORANGE,
    "benchmark-or-dataset": GREEN,
    "survey": PINK,
    "theory": SKY,
    "position": RED,
    "not decided": GREY,
}
# Begins the identifier of a part that leads somewhere; `show` makes a name for the link of what follows.
LABEL = "label:"
_LABEL_WIDTH, _COLUMN_WIDTH = 36, 26
_FAINTEST, _STRONGEST = 0.22, 0.6  # how much of the colour a cell of a heat map has; text reads well on both


def use_style() -> None:
    """Set the chart style: SVG with real text, `$` as itself, and nothing that differs between two runs.

    Letters that matplotlib's font lacks stay text, and the reader's fonts have them: no warning says that they miss.
    """
    for message in (r"Glyph .* missing from font", r"Matplotlib currently does not support"):
        warnings.filterwarnings("ignore", message, UserWarning)
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "text.parse_math": False,
            "font.size": 9,
            "font.family": "sans-serif",
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.transparent": True,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": LINE,
            "xtick.color": LINE,
            "ytick.color": LINE,
            "xtick.labelcolor": INK,
            "ytick.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "legend.frameon": False,
        }
    )


def draw_cells(
    axes: Axes,
    counts: pd.DataFrame,
    links: Mapping[tuple[Any, Any], str] | None = None,
    colour: str = BLUE,
    names: Mapping[Any, str] | None = None,
) -> None:
    """Draw a table of numbers as a heat map, a row of the table in each row; an empty cell is a zero.

    `links` gives the address that a cell leads to, by its row and column label; `names` says what these are called for
    those who cannot see where a cell stands, if the labels themselves do not. The stronger the colour, the larger the
    number; on a dark page as on a light one, since the colour lies thinner and not paler.
    """
    most = max(float(counts.to_numpy().max()), 1.0) if counts.size else 1.0
    known = names or {}
    for row, (label, values) in enumerate(counts.iterrows()):
        for column, (name, number) in enumerate(values.items()):
            if number:
                address = (links or {}).get((label, name))
                link = (address, f"{known.get(label, label)}, {known.get(name, name)}") if address else None
                _draw_cell(axes, (column, row), number, (number / most, colour), link)
    axes.set_xlim(-0.5, counts.shape[1] - 0.5)
    axes.set_ylim(counts.shape[0] - 0.5, -0.5)
    axes.set_xticks(
        range(counts.shape[1]), [str(name) for name in counts.columns], rotation=45, ha="right", rotation_mode="anchor"
    )
    axes.set_yticks(range(len(counts)), [str(name) for name in counts.index])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _draw_cell(
    axes: Axes, place: tuple[int, int], number: Any, shade: tuple[float, str], link: tuple[str, str] | None
) -> None:
    column, row = place
    strength = _FAINTEST + (_STRONGEST - _FAINTEST) * shade[0]
    cell = Rectangle((column - 0.47, row - 0.47), 0.94, 0.94, facecolor=to_rgba(shade[1], strength))
    axes.add_patch(cell)
    text = f"{number:,}" if isinstance(number, int) or float(number).is_integer() else f"{number:.2f}"
    axes.text(column, row, text.removesuffix(".0"), ha="center", va="center")
    if link:
        lead(cell, link[0], f"{link[1]}: {text.removesuffix('.0')}")


def lead(artist: Artist, address: str, label: str) -> None:
    """Let a part of a figure lead to an address, under a name for those who do not see where it stands."""
    artist.set_url(address)
    artist.set_gid(f"{LABEL}{' '.join(label.split())}")


def short_title(title: str) -> str:
    """Return a theme's title up to its colon, on two lines where it is long."""
    lines = textwrap.wrap(title.partition(":")[0], _LABEL_WIDTH, break_on_hyphens=False, max_lines=2, placeholder=" …")
    return "\n".join(lines)


def wrap_titles(titles: Iterable[str]) -> list[str]:
    """Return titles on two lines each, narrow enough to stand upright below a column."""
    return ["\n".join(textwrap.wrap(title, _COLUMN_WIDTH, max_lines=2, placeholder=" …")) for title in titles]


def short_titles(papers: pd.DataFrame) -> dict[str, str]:
    """Return the short titles of the themes by their slugs, from the columns "theme" and "theme_title"."""
    titles = papers.drop_duplicates("theme").set_index("theme")["theme_title"]
    return {str(slug): short_title(str(title)) for slug, title in titles.items()}
