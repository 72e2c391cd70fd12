"""The collection at a glance: papers by theme, year and kind."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

from litbook.figures.show import count, join, say, share, show
from litbook.figures.style import KIND_COLOURS, WIDTH, draw_cells, short_titles, use_style

_YEARS = 10


def draw_themes_by_year(papers: pd.DataFrame) -> Any:
    """Draw a heat map of the number of papers, one row a theme and one column a year."""
    dated = papers.dropna(subset=["year"])
    if dated.empty:
        return say("The year of no paper is known, so there is nothing to draw.")
    use_style()
    counts = _count_by_year(dated)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.36 * len(counts) + 0.8))
    draw_cells(axes, counts.rename(index=short_titles(papers)))
    figure.tight_layout()
    theme, year = counts.stack().idxmax()  # type: ignore[misc]
    title = short_titles(papers)[str(theme)].replace("\n", " ")
    most = count(int(counts.to_numpy().max()), "paper")
    return show(
        figure,
        "themes-by-year",
        alt=f"Heat map: papers of each theme by the year of their first version. The fullest cell is “{title}” in "
        f"{year}, with {most}.",
        caption=f"Papers by theme and year; an empty cell is a year without a paper in this collection. Most, {most}, "
        f"are of {year} in “{title}”. Papers without a known year are not drawn.",
        data=counts.rename_axis(index="theme", columns=None).reset_index(),
    )


def _count_by_year(dated: pd.DataFrame) -> pd.DataFrame:
    """Count papers by theme and year; years before the last ten share one column."""
    last = int(dated["year"].max())
    first = max(int(dated["year"].min()), last - _YEARS + 1)
    columns = [str(year) for year in range(first, last + 1)]
    early = f"before {first}"
    shown = dated["year"].map(lambda year: str(year) if year >= first else early)
    counts = pd.crosstab(dated["theme"], shown)
    return counts.reindex(columns=[*([early] if early in counts else []), *columns], fill_value=0)


def draw_kinds_by_theme(papers: pd.DataFrame) -> Any:
    """Draw stacked bars of the number of papers of each kind, one bar a theme."""
    decided = int(papers["kind"].astype(bool).sum())
    if not decided:
        return say("Nobody has decided yet what kind any paper is of, so there is nothing to draw.")
    use_style()
    counts = pd.crosstab(papers["theme"], papers["kind"].replace("", "not decided"))
    counts = counts[[kind for kind in KIND_COLOURS if kind in counts.columns]]
    figure, axes = plt.subplots(figsize=(WIDTH, 0.36 * len(counts) + 1.2))
    _draw_bars(axes, counts.iloc[::-1].rename(index=short_titles(papers)))
    figure.tight_layout()
    totals = papers.loc[papers["kind"] != "", "kind"].value_counts()
    kind, number = str(totals.index[0]).replace("-", " "), int(totals.iloc[0])
    return show(
        figure,
        "kinds-by-theme",
        alt=f"Stacked bars: papers of each theme by what they mainly contribute; {share(number, decided)} a {kind}.",
        caption=f"Papers by what they mainly contribute. The most frequent kind is {kind}: {share(number, decided)} of "
        "those for which it was decided.",
        data=counts.rename_axis(index="theme", columns=None).reset_index(),
    )


def _draw_bars(axes: Any, counts: pd.DataFrame) -> None:
    left = pd.Series(0, index=counts.index)
    for kind in counts.columns:
        axes.barh(range(len(counts)), counts[kind], left=left, color=KIND_COLOURS[kind], label=kind.replace("-", " "))
        left = left + counts[kind]
    axes.set_yticks(range(len(counts)), list(counts.index))
    axes.set_xlabel("papers")
    axes.legend(loc="upper center", bbox_to_anchor=(0.35, -0.12), ncols=3)


def describe_years(papers: pd.DataFrame) -> Any:
    """Say in a sentence which year has most papers, and how many have no known year."""
    years = papers["year"].dropna()
    if years.empty:
        return say("The year of no paper is known.")
    counts = years.value_counts().sort_index()
    unknown = len(papers) - len(years)
    fullest = [str(year) for year, number in counts.items() if number == counts.max()]
    sentence = (
        f"Of {len(papers)} papers, {int(counts.max())} appeared in {'each of ' if len(fullest) > 1 else ''}"
        f"{join(fullest)}, more than in any other year of this collection; the earliest is of {years.min()}, the "
        f"latest of {years.max()}."
    )
    return say(sentence + (f" The year of {count(unknown, 'paper')} is not known." if unknown else ""))
