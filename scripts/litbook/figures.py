"""What the notebooks share: reading the catalogue, one chart style, and sentences that are computed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown
from matplotlib_inline.backend_inline import set_matplotlib_formats

# Reads well on white and on black, and is told apart in every common colour blindness (Okabe and Ito, 2008).
KIND_COLOURS = {
    "method": "#0072b2",
    "analysis": "#e69f00",
    "benchmark-or-dataset": "#009e73",
    "survey": "#cc79a7",
    "theory": "#56b4e9",
    "position": "#d55e00",
    "not decided": "#8c8c8c",
}
_INK = "#767676"
_LABEL_WIDTH = 36
_YEARS = 10

__all__ = ["describe_years", "draw_kinds_by_theme", "draw_themes_by_year", "read_papers"]


def read_papers(path: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read the catalogue of papers, one row a paper, themes in the order of the book.

    A notebook that names the columns which it reads is executed again only when one of these has changed. The order of
    the themes is known from the column "theme_number".
    """
    papers = pd.read_csv(path, usecols=list(columns) if columns else None, keep_default_na=False)
    if "year" in papers:
        papers["year"] = pd.to_numeric(papers["year"].replace("", None)).astype("Int64")
    if {"theme", "theme_number"} <= set(papers):
        order = papers.drop_duplicates("theme").sort_values("theme_number")["theme"].tolist()
        papers["theme"] = pd.Categorical(papers["theme"], categories=order, ordered=True)
    return papers


def use_style() -> None:
    """Set the chart style of the book: SVG with real text, no date and no random names, so that bytes are stable."""
    set_matplotlib_formats("svg", metadata={"Date": None})  # type: ignore[no-untyped-call]
    mpl.rcParams.update(
        {
            "svg.hashsalt": "litbook",
            "svg.fonttype": "none",
            "font.size": 8.5,
            "font.family": "sans-serif",
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.transparent": True,
            "text.color": _INK,
            "axes.labelcolor": _INK,
            "axes.edgecolor": _INK,
            "xtick.color": _INK,
            "ytick.color": _INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )


def draw_themes_by_year(papers: pd.DataFrame) -> Any:
    """Draw a heat map of the number of papers, one row a theme and one column a year; None without any known year."""
    dated = papers.dropna(subset=["year"])
    if dated.empty:
        return _say("The year of no paper is known, so there is nothing to draw.")
    use_style()
    counts = _count_by_year(dated)
    figure, axes = plt.subplots(figsize=(5.4, 0.36 * len(counts) + 0.8))
    shown = counts.where(counts > 0).to_numpy(dtype=float)
    axes.imshow(shown, cmap=mpl.colormaps["Blues"], vmin=0, vmax=float(counts.to_numpy().max()) * 1.15, aspect="auto")
    for (row, column), number in _cells(counts):
        dark = number > counts.to_numpy().max() * 0.6
        axes.text(
            column, row, str(number), ha="center", va="center", color="white" if dark else "#1a1a1a", fontsize=8.5
        )
    axes.set_xticks(range(counts.shape[1]), list(counts.columns), rotation=45, ha="right")
    axes.set_yticks(range(len(counts)), [_short(papers, slug) for slug in counts.index])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    figure.tight_layout()
    plt.show()
    return None


def _count_by_year(dated: pd.DataFrame) -> pd.DataFrame:
    """Count papers by theme and year; years before the last ten share one column."""
    last = int(dated["year"].max())
    first = max(int(dated["year"].min()), last - _YEARS + 1)
    columns = [str(year) for year in range(first, last + 1)]
    early = f"before {first}"
    shown = dated["year"].map(lambda year: str(year) if year >= first else early)
    counts = pd.crosstab(dated["theme"], shown)
    return counts.reindex(columns=[*([early] if early in counts else []), *columns], fill_value=0)


def _cells(counts: pd.DataFrame) -> list[tuple[tuple[int, int], int]]:
    values = counts.to_numpy()
    return [((row, column), int(value)) for (row, column), value in _enumerate(values) if value > 0]


def _enumerate(values: Any) -> list[tuple[tuple[int, int], Any]]:
    rows, columns = values.shape
    return [((row, column), values[row, column]) for row in range(rows) for column in range(columns)]


def draw_kinds_by_theme(papers: pd.DataFrame) -> Any:
    """Draw stacked bars of the number of papers of each kind, one bar a theme; None where no kind is decided."""
    if not papers["kind"].astype(bool).any():
        return _say("Nobody has decided yet what kind any paper is of, so there is nothing to draw.")
    use_style()
    kinds = papers["kind"].replace("", "not decided")
    counts = pd.crosstab(papers["theme"], kinds)
    counts = counts[[kind for kind in KIND_COLOURS if kind in counts.columns]].iloc[::-1]
    figure, axes = plt.subplots(figsize=(5.4, 0.36 * len(counts) + 1.2))
    left = pd.Series(0, index=counts.index)
    for kind in counts.columns:
        axes.barh(range(len(counts)), counts[kind], left=left, color=KIND_COLOURS[kind], label=kind.replace("-", " "))
        left = left + counts[kind]
    axes.set_yticks(range(len(counts)), [_short(papers, slug) for slug in counts.index])
    axes.set_xlabel("papers")
    axes.legend(loc="upper center", bbox_to_anchor=(0.35, -0.12), ncols=3, frameon=False)
    figure.tight_layout()
    plt.show()
    return None


def _short(papers: pd.DataFrame, slug: str) -> str:
    """Return a theme's title as it stands before the colon, on two lines where it is long."""
    title = papers.loc[papers["theme"] == slug, "theme_title"].iloc[0].split(":")[0]
    lines = textwrap.wrap(title, _LABEL_WIDTH, break_on_hyphens=False, max_lines=2, placeholder=" …")
    return "\n".join(lines)


def describe_years(papers: pd.DataFrame) -> Any:
    """Say in a sentence which year has most papers, and how many have no known year."""
    years = papers["year"].dropna()
    if years.empty:
        return _say("The year of no paper is known.")
    counts = years.value_counts().sort_index()
    unknown = len(papers) - len(years)
    sentence = (
        f"Of {len(papers)} papers, {int(counts.max())} appeared in {_name_fullest(counts)}, more than in any other "
        f"year of this collection; the earliest is of {years.min()}, the latest of {years.max()}."
    )
    plural = "" if unknown == 1 else "s"
    return _say(sentence + (f" The year of {unknown} paper{plural} is not known." if unknown else ""))


def _name_fullest(counts: pd.Series[int]) -> str:
    """Return the year with most papers, or all years that share the first place."""
    *others, last = [str(year) for year, number in counts.items() if number == counts.max()]
    return f"each of {', '.join(others)} and {last}" if others else last


def _say(sentence: str) -> Any:
    return Markdown(sentence)  # type: ignore[no-untyped-call]
