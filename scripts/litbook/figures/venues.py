"""Venues by theme, and the share of papers whose code is known to be public."""

from __future__ import annotations

from html import escape
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML
from matplotlib.figure import Figure
from scipy.stats import binomtest

from litbook.figures.links import link_papers
from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.ranked.cells import count_cells, render_cells
from litbook.figures.show import count, fold, frame, portion, say_nothing, share, show
from litbook.figures.style import BLUE, INK, NARROW, WIDTH, short_titles, use_style
from litbook.figures.terms_over_time import pool_years
from litbook.figures.unknown import say_unknown
from litbook.text.venues import name_series

SERIES = 9  # shown: venues with most papers
OTHER, UNKNOWN = "other venues", "unknown"
_LONGEST = 20  # letters of a venue's name in a drawing


def draw_venues_by_theme(papers: pd.DataFrame) -> Any:
    """Show the venues with most papers as bars, and folded a heat map of papers by theme and venue."""
    series = papers["venue"].astype(str).map(name_series)
    known = series[series != ""]
    if known.empty:
        return say_nothing("No paper has a known venue, so there is nothing to draw.")
    totals = known.value_counts().rename("papers").rename_axis("venue").reset_index()
    totals = totals.sort_values(["papers", "venue"], ascending=[False, True])
    most = int(totals["papers"].iloc[0])
    if most == 1:
        return say_nothing(f"No venue has more than one of the {count(len(known), 'paper')} with a known venue.")
    names = [str(name) for name in totals["venue"].head(SERIES)]
    rest = len(totals) - len(names)
    unknown = len(papers) - len(known)
    title = f"{names[0]} has the most papers: {portion(most, len(known), 'paper')} with a known venue."
    if (totals["papers"] == most).sum() > 1:
        title = f"No venue has more papers than {names[0]}: {portion(most, len(known), 'paper')} with a known venue."
    bars = [
        Bar(escape(name), (number / most,), (link(link_papers(papers.loc[series == name, "citekey"]), f"{number}"),))
        for name, number in zip(names, totals["papers"], strict=False)
        if number > 1
    ]
    caption = "Papers by venue, its years and volumes together. "
    fewer = len(totals) - len(bars)
    caption += f"{count(fewer, 'venue')} with fewer papers {'is' if fewer == 1 else 'are'} not shown. " if fewer else ""
    shown = frame(
        "venues",
        render_bars("venues", ("Venue", "", "Papers"), bars),
        title=title,
        caption=caption + say_unknown("venue", unknown, len(papers)),
        data=totals,
    )
    drawing = HTML(  # type: ignore[no-untyped-call]
        frame(
            "venues-by-theme",
            _draw_cells_of_venues(papers, series, names),
            title=title,
            caption="Papers by theme and venue."
            + (f" “{OTHER}” combines {count(rest, 'venue')} with no more papers each." if rest else ""),
            data=_count_venues(papers, series, names).rename_axis(index="theme", columns=None).reset_index(),
        )
    )
    return HTML(shown + fold(drawing, "Venues by theme").data)  # type: ignore[no-untyped-call]


def _pool_venues(series: pd.Series[str], names: list[str]) -> pd.Series[str]:
    return series.where(series.isin(names), OTHER).where(series != "", UNKNOWN)


def _count_venues(papers: pd.DataFrame, series: pd.Series[str], names: list[str]) -> pd.DataFrame:
    shown = _pool_venues(series, names)
    columns = [*names, *[name for name in (OTHER, UNKNOWN) if (shown == name).any()]]
    return pd.crosstab(papers["theme"], shown).reindex(columns=columns, fill_value=0)


def _draw_cells_of_venues(papers: pd.DataFrame, series: pd.Series[str], names: list[str]) -> str:
    """Return a heat map of the number of papers, a row a theme and a column a venue; a cell leads to its papers."""
    counts = _count_venues(papers, series, names)
    titles = short_titles(papers)
    by_cell = papers.groupby([papers["theme"], _pool_venues(series, names)], observed=True)["citekey"]
    links = {(str(theme), str(name)): link_papers(keys) for (theme, name), keys in by_cell}
    rows = {str(slug): titles[str(slug)] for slug in counts.index}
    columns = {str(name): _shorten(str(name)) for name in counts.columns}
    return render_cells("venues-by-theme", ("theme", rows), columns, count_cells(counts, links, titles))


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def draw_code_by_year(papers: pd.DataFrame) -> Any:
    """Draw the share of papers with known public code by year, with Wilson's intervals of 95 per cent.

    The interval is E. B. Wilson's ("Probable inference, the law of succession, and statistical inference", 1927): it is
    sound for few papers and for shares near none and all.
    """
    coded = papers["code"].astype(str) != ""
    dated = papers.assign(coded=coded).dropna(subset=["year"])
    if not coded.any():
        return say_nothing("No paper has known public code, so there is nothing to draw.")
    unknown = len(papers) - len(dated)
    if dated.empty:
        return say_nothing(
            f"Public code is known for {share(int(coded.sum()), len(papers))} papers, none with a known year."
        )
    shares = _share_by_year(dated)
    title = f"Public code is known for {portion(int(coded.sum()), len(papers), 'paper')}."
    if len(shares) < 2:
        return say_nothing(f"{title} There are too few papers to compare years.")
    overall = shares["with_code"].sum() / shares["papers"].sum()
    if ((shares["low"] <= overall) & (overall <= shares["high"])).all():
        title = f"{title.removesuffix('.')}, and no year differs clearly."
    last = shares.iloc[-1]
    latest = (
        f"For {shares.index[-1]} the share is {share(int(last['with_code']), int(last['papers']))}, interval "
        f"{last['low']:.0%} to {last['high']:.0%}."
    )
    return show(
        _draw_shares(shares, WIDTH),
        "code-by-year",
        title=title,
        alt=f"Points with intervals: share of papers with known public code by year. {latest}",
        caption="Share of papers with known public code by the year of the first version; below each year, the papers "
        f"with code and all. {latest} Lines are 95% intervals (E. B. Wilson, 1927); years of few papers are taken "
        "together. Other papers may have code that is unknown here, so the true shares are at least these. "
        + say_unknown("year", unknown, len(papers)),
        data=shares.reset_index(),
        narrow=_draw_shares(shares, NARROW),
    )


def _share_by_year(dated: pd.DataFrame) -> pd.DataFrame:
    """Return papers, papers with code, share and interval by year, or by the years that have ten papers together."""
    years = pool_years(dated["year"])
    shares = dated.groupby(years, observed=True)["coded"].agg(papers="size", with_code="sum").rename_axis("year")
    intervals = [
        binomtest(int(row.with_code), int(row.papers)).proportion_ci(method="wilson") for row in shares.itertuples()
    ]
    return (
        pd.DataFrame(shares)
        .assign(
            share=shares["with_code"] / shares["papers"],
            low=[interval.low for interval in intervals],
            high=[interval.high for interval in intervals],
        )
        .round(4)
    )


def _draw_shares(shares: pd.DataFrame, width: float) -> Figure:
    use_style()
    figure, axes = plt.subplots(figsize=(width, 2.2))
    places = range(len(shares))
    axes.vlines(places, shares["low"], shares["high"], color=BLUE, linewidth=2)
    axes.plot(places, shares["share"], "o", color=BLUE, markersize=6, clip_on=False)
    labels = [
        f"{year}\n{row.with_code}/{row.papers}" for year, row in zip(shares.index, shares.itertuples(), strict=True)
    ]
    axes.set_xticks(places, labels)
    axes.set_ylim(0, min(1.0, 0.1 + float(shares["high"].max())))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.set_ylabel("with known code", color=INK)
    figure.tight_layout()
    return figure
