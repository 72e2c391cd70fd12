"""The collection at a glance: papers by theme, year, month and kind, their way to a venue, and what is not known."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import MaxNLocator

from litbook.figures.show import count, join, portion, say, share, show
from litbook.figures.style import BLUE, KIND_COLOURS, WIDTH, draw_cells, short_titles, use_style
from litbook.figures.unknown import say_unknown

_YEARS = 10
_MONTHS = 72  # drawn at most
_FEWEST_MONTHS = 3  # that have several papers: with fewer, a chart would only show ones
_LATEST = 5  # years from first version to venue, and more
_FIELDS = {
    "authors": "authors",
    "year": "year of first version",
    "month": "month of first version",
    "venue": "venue",
    "venue_year": "year at venue",
    "kind": "kind",
    "doi": "DOI",
    "code": "public code",
}


_CONTRIBUTE = {
    "method": "contribute a method",
    "analysis": "contribute an analysis",
    "benchmark-or-dataset": "contribute a benchmark or dataset",
    "survey": "survey earlier work",
    "theory": "contribute a theory",
    "position": "argue for a position",
}


def draw_themes_by_year(papers: pd.DataFrame) -> Any:
    """Draw a heat map of the number of papers, one row a theme and one column a year."""
    dated = papers.dropna(subset=["year"])
    if dated.empty:
        return say("No paper has a known year, so there is nothing to draw.")
    use_style()
    counts = _count_by_year(dated)
    figure, axes = plt.subplots(figsize=(WIDTH, 0.36 * len(counts) + 0.8))
    draw_cells(axes, counts.rename(index=short_titles(papers)))
    figure.tight_layout()
    theme, year = counts.stack().idxmax()  # type: ignore[misc]
    largest = short_titles(papers)[str(theme)].replace("\n", " ")
    most = count(int(counts.to_numpy().max()), "paper")
    return show(
        figure,
        "themes-by-year",
        title=_find_bulk(dated["year"]),
        alt=f"Heat map: papers of each theme by the year of their first version. The largest cell is “{largest}” in "
        f"{year}, with {most}.",
        caption="Papers by theme and year of their first version, which the lists of papers replace by the year of the "
        "venue where there is one; a blank cell means no papers in this "
        f"collection. The peak is {most} in {year}, in “{largest}”. Papers without a known year are not shown.",
        data=counts.rename_axis(index="theme", columns=None).reset_index(),
    )


def _find_bulk(years: pd.Series) -> str:
    """Say into which years most papers fall: the shortest run of years, then the latest, that holds two thirds."""
    counts = years.astype(int).value_counts()
    span = range(int(counts.index.min()), int(counts.index.max()) + 1)
    for length in range(1, len(span) + 1):
        held = {first: int(counts.reindex(range(first, first + length)).sum()) for first in span}
        first = max(held, key=lambda year: (held[year], year))
        if 3 * held[first] >= 2 * len(years):
            break
    run = f"{first}" if length == 1 else f"{first}–{first + length - 1}"
    return f"{portion(held[first], len(years), 'paper')} first appeared in {run}."


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
        return say("No kind has been decided for any paper yet, so there is nothing to draw.")
    use_style()
    counts = pd.crosstab(papers["theme"], papers["kind"].replace("", "not decided"))
    counts = counts[[kind for kind in KIND_COLOURS if kind in counts.columns]]
    figure, axes = plt.subplots(figsize=(WIDTH, 0.36 * len(counts) + 1.2))
    _draw_bars(axes, counts.iloc[::-1].rename(index=short_titles(papers)))
    figure.tight_layout(rect=(0, 0.5 / figure.get_figheight(), 1, 1))
    figure.legend(loc="lower left", ncols=3, columnspacing=1.2, handlelength=1.2)  # beginning at the edge: fits
    totals = papers.loc[papers["kind"] != "", "kind"].value_counts()
    kind, number = str(totals.index[0]), int(totals.iloc[0])
    title = f"{portion(number, decided, 'paper')} mainly {_CONTRIBUTE[kind]}."
    return show(
        figure,
        "kinds-by-theme",
        title=title,
        alt=f"Stacked bars: papers of each theme by what they mainly contribute. {title}",
        caption="Papers of each theme by what they mainly contribute, those for which it was decided.",
        data=counts.rename_axis(index="theme", columns=None).reset_index(),
    )


def _draw_bars(axes: Any, counts: pd.DataFrame) -> None:
    left = pd.Series(0, index=counts.index)
    for kind in counts.columns:
        axes.barh(range(len(counts)), counts[kind], left=left, color=KIND_COLOURS[kind], label=kind.replace("-", " "))
        left = left + counts[kind]
    axes.set_yticks(range(len(counts)), list(counts.index))
    axes.set_xlabel("papers")


def describe_years(papers: pd.DataFrame) -> Any:
    """Say in a sentence which year has most papers, and how many have no known year."""
    years = papers["year"].dropna()
    if years.empty:
        return say("No paper has a known year.")
    counts = years.value_counts().sort_index()
    unknown = len(papers) - len(years)
    fullest = [str(year) for year, number in counts.items() if number == counts.max()]
    sentence = (
        f"Of {count(len(papers), 'paper')}, {int(counts.max())} appeared in {'each of ' if len(fullest) > 1 else ''}"
        f"{join(fullest)}, more than in any other year in this collection; the earliest is from {years.min()}, "
        f"the latest from {years.max()}."
    )
    return say(sentence + (f" The year is unknown for {count(unknown, 'paper')}." if unknown else ""))


def _read_months(papers: pd.DataFrame) -> pd.Series[str]:
    """Return the month of each first version ("2022-02"), missing where only the year is known or nothing."""
    return papers["published"].astype(str).str.extract(r"^(\d{4}-(?:0[1-9]|1[0-2]))(?!\d)")[0]


def draw_papers_by_month(papers: pd.DataFrame) -> Any:
    """Draw bars of the number of papers by the month of their first version; months before the last 72 are counted."""
    known = _read_months(papers).dropna()
    if known.empty:
        return say("No paper has a known month, so there is nothing to draw.")
    if known.value_counts().gt(1).sum() < _FEWEST_MONTHS:
        dated = count(len(known), "paper has", "papers have")
        return say(f"Too few months have more than one paper to compare them: {dated} a known month.")
    months = pd.Series(pd.PeriodIndex(known, freq="M")).value_counts()
    last = months.index.max()
    span = pd.period_range(months.index[months.index > last - _MONTHS].min(), last, freq="M")
    early = int(months[months.index < span[0]].sum())
    months = months.reindex(span, fill_value=0)
    use_style()
    figure, axes = plt.subplots(figsize=(WIDTH, 2.4))
    axes.bar(range(len(span)), months, width=0.8, color=BLUE)
    januaries = [at for at, month in enumerate(span) if month.month == 1]
    if len(januaries) > 1:
        axes.set_xticks(januaries, [str(span[at].year) for at in januaries])
    else:
        axes.set_xticks(*zip(*sorted({0: str(span[0]), len(span) - 1: str(last)}.items()), strict=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("papers")
    figure.tight_layout()
    fullest = join([month.strftime("%B %Y") for month in months[months == months.max()].index[:3]])
    finding = f"More papers first appeared in {fullest} than in any other month: {int(months.max())}"
    if (months == months.max()).sum() > 1:
        finding = f"The months with most papers, {int(months.max())} each, are {fullest}"
    return show(
        figure,
        "papers-by-month",
        title=f"{finding}.",
        alt=f"Bars: papers by month from {span[0]} to {last}. {finding}.",
        caption=f"Papers by the month of their first version, for most a preprint, {span[0]} to {last}. "
        + (f"Not shown: {count(early, 'earlier paper')}. " if early else "")
        + say_unknown("month", len(papers) - len(known), len(papers)),
        data=months.rename("papers").rename_axis("month").reset_index(),
    )


def draw_lag(papers: pd.DataFrame) -> Any:
    """Draw a histogram of the years from a paper's first version to its venue, for papers with both years known."""
    at_venue = pd.to_numeric(papers["venue_year"].replace("", None), errors="coerce")
    lags = (at_venue - papers["year"].astype("Float64")).dropna().astype(int)
    venueless = int((papers["venue"].astype(str) == "").sum())
    if lags.empty:
        sentence = "No paper has both years known, that of its first version and that of its venue."
        return say(f"{sentence} {say_unknown('venue', venueless, len(papers))}")
    clipped = lags.clip(-1, _LATEST).value_counts()
    counts = clipped.reindex(range(min(0, clipped.index.min()), clipped.index.max() + 1), fill_value=0)
    labels = {-1: "before it", _LATEST: f"{_LATEST} or more"}
    names = [labels.get(lag, str(lag)) for lag in counts.index]
    use_style()
    figure, axes = plt.subplots(figsize=(WIDTH, 2.2))
    axes.bar_label(axes.bar(range(len(counts)), counts, color=BLUE, width=0.7))
    axes.set_xticks(range(len(counts)), names)
    axes.set_xlabel("years from first version to venue")
    axes.set_ylabel("papers")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    figure.tight_layout()
    title = _tell_lag(int(lags.mode().iloc[0]), lags)
    finding = (
        f"{share(int((lags == 0).sum()), len(lags))} appeared at a venue in the year of their first version, "
        f"{share(int((lags == 1).sum()), len(lags))} a year later, {share(int((lags > 1).sum()), len(lags))} after that"
    )
    return show(
        figure,
        "years-to-venue",
        title=title,
        alt=f"Bars: years from first version to venue. {finding}.",
        caption=f"Years from a paper's first version to its venue. {finding}. Shown are the {len(lags):,} of "
        f"{count(len(papers), 'paper')} for which both years are known. "
        f"{say_unknown('venue', venueless, len(papers))}"
        + (" Papers that get one later can make the lags longer." if venueless else ""),
        data=pd.DataFrame({"years": names, "papers": counts.to_list()}),
    )


def _tell_lag(lag: int, lags: pd.Series) -> str:
    when = {0: "in the year of their first version", 1: "a year after their first version"}
    words = when.get(lag, f"{lag} years after their first version" if lag > 0 else "before their first version here")
    return f"{portion(int((lags == lag).sum()), len(lags), 'paper')} appeared at a venue {words}."


def draw_unknown(papers: pd.DataFrame) -> Any:
    """Draw bars of the share of papers for which each field is not known, of the fields that the table has."""
    table = papers.assign(month=_read_months(papers))
    known = table.notna() & (table.astype(str) != "")
    fields = [field for field in _FIELDS if field in known]
    unknown = (~known[fields]).sum()
    use_style()
    figure, axes = plt.subplots(figsize=(WIDTH, 0.3 * len(fields) + 0.6))
    shares = unknown.iloc[::-1] / len(papers)
    bars = axes.barh(range(len(fields)), shares, color=BLUE, height=0.6)
    axes.bar_label(bars, [f"{number:,} ({number / len(papers):.0%})" for number in unknown.iloc[::-1]], padding=3)
    axes.set_yticks(range(len(fields)), [_FIELDS[field] for field in reversed(fields)])
    axes.set_xlim(0, 1.25)
    axes.spines.bottom.set_bounds(0, 1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    figure.tight_layout()
    field = str(unknown.idxmax())
    most = f"Most often unknown is the {_FIELDS[field]}: for {portion(int(unknown[field]), len(papers), 'paper')}"
    finding = most if unknown[field] else "Every field is known for every paper"
    data = pd.DataFrame({"field": [_FIELDS[field] for field in fields], "unknown": unknown.to_list()})
    return show(
        figure,
        "what-is-unknown",
        title=f"{finding}.",
        alt=f"Bars: papers for which each field is unknown. {finding}.",
        caption="Number and share of papers for which a field is unknown. A paper without a DOI, a venue "
        "or public code here may have none, or one that is unknown here.",
        data=data.assign(papers=len(papers)),
    )
