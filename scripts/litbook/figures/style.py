"""One chart style for the book: distinct in every common colour blindness."""

from __future__ import annotations

import warnings

import matplotlib as mpl
import pandas as pd
from matplotlib.artist import Artist

WIDTH, NARROW = 5.4, 3.6  # inches: 518 pixels, enlarged to the width of the text, and 346, those of a phone
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


def paint(colour: str) -> str:
    """Return the site's own colour for one of a chart, which follows the reader's light or dark mode."""
    return f"var(--chart-{PALETTE.index(colour) + 1})" if colour in PALETTE else "var(--soft)"


def lead(artist: Artist, address: str, label: str) -> None:
    """Let a part of a figure lead to an address, under a name for those who do not see where it stands."""
    artist.set_url(address)
    artist.set_gid(f"{LABEL}{' '.join(label.split())}")


def short_title(title: str) -> str:
    """Return a theme's title up to its colon."""
    return title.partition(":")[0]


def short_titles(papers: pd.DataFrame) -> dict[str, str]:
    """Return the short titles of the themes by their slugs, from the columns "theme" and "theme_title"."""
    titles = papers.drop_duplicates("theme").set_index("theme")["theme_title"]
    return {str(slug): short_title(str(title)) for slug, title in titles.items()}
