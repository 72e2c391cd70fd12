"""The collection at a glance: papers by theme, year, month and kind, their way to a venue, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from litbook.figures.ranked.bars import Bar, render_bars, render_key
from litbook.figures.ranked.cells import count_cells, render_cells
from litbook.figures.show import count, frame, join, per_cent, portion, say, say_nothing, share, show
from litbook.figures.style import BLUE, KIND_COLOURS, NARROW, WIDTH, paint, short_titles, use_style
from litbook.figures.unknown import say_unknown

_YEARS = 9  # columns, and one of all years before
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
    dated = papers.assign(year=_find_years(papers)).dropna(subset=["year"])
    if dated.empty:
        return say_nothing("No paper has a known year, so there is nothing to draw.")
    counts = _count_by_year(dated)
    titles = short_titles(papers)
    theme, year = counts.stack().idxmax()  # type: ignore[misc]
    most = count(int(counts.to_numpy().max()), "paper")
    rows = {str(slug): titles[str(slug)] for slug in counts.index}
    columns = {str(name): _name_years(str(name)) for name in counts.columns}
    unknown = len(papers) - len(dated)
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            "themes-by-year",
            render_cells("themes-by-year", ("theme", rows), columns, count_cells(counts, {}, {})),
            title=_find_bulk(dated["year"]),
            caption=f"Papers by theme and year: that of the venue, or else of the first version. The peak is {most} in "
            f"{year}, in “{titles[str(theme)]}”."
            + (f" {say_unknown('year', unknown, len(papers))}" if unknown else ""),
            data=counts.rename_axis(index="theme", columns=None).reset_index(),
        )
    )


def _find_years(papers: pd.DataFrame) -> pd.Series[Any]:
    """Return the year by which a paper is listed: that of its venue, or else of its first version."""
    if "venue_year" not in papers:
        return papers["year"]
    return pd.to_numeric(papers["venue_year"].replace("", None)).astype("Int64").fillna(papers["year"])


def _name_years(column: str) -> str:
    """Return the head of a column: a year, or "to 2016" for all before 2017."""
    early, _, first = column.rpartition("before ")
    return column if column == first else f"{early}to {int(first) - 1}"


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
    return f"{portion(held[first], len(years), 'paper')} are from {run}."


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
        return say_nothing("No kind has been decided for any paper yet, so there is nothing to draw.")
    counts = pd.crosstab(papers["theme"], papers["kind"].replace("", "not decided"))
    counts = counts[[kind for kind in KIND_COLOURS if kind in counts.columns]]
    totals = papers.loc[papers["kind"] != "", "kind"].value_counts()
    kind, number = str(totals.index[0]), int(totals.iloc[0])
    left = len(papers) - decided
    key = render_key([(paint(KIND_COLOURS[kind]), kind.replace("-", " ")) for kind in counts.columns])
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            "kinds-by-theme",
            key + render_bars("kinds-by-theme", ("Theme", "Kinds", "Papers"), list(_draw_kinds(counts, papers))),
            title=f"{portion(number, decided, 'paper')} mainly {_CONTRIBUTE[kind]}.",
            caption="Papers of each theme by what they mainly contribute."
            + (f" The kind is not decided for {share(left, len(papers))}." if left else ""),
            data=counts.rename_axis(index="theme", columns=None).reset_index(),
        )
    )


def _draw_kinds(counts: pd.DataFrame, papers: pd.DataFrame) -> Iterator[Bar]:
    """Yield the bar of each theme, as long as its number of papers."""
    titles, most = short_titles(papers), int(counts.sum(axis=1).max())
    for slug, numbers in counts.iterrows():
        held = numbers[numbers > 0]
        yield Bar(
            escape(titles[str(slug)]),
            [number / most for number in held],
            (f"{int(held.sum()):,}",),
            fills=[paint(KIND_COLOURS[str(kind)]) for kind in held.index],
            tips=[f"{str(kind).replace('-', ' ')}: {number:,}" for kind, number in held.items()],
        )


def describe_years(papers: pd.DataFrame) -> Any:
    """Say in a sentence which year has most papers, and how many have no known year."""
    years = _find_years(papers).dropna()
    if years.empty:
        return say_nothing("No paper has a known year.")
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
        return say_nothing("No paper has a known month, so there is nothing to draw.")
    if known.value_counts().gt(1).sum() < _FEWEST_MONTHS:
        dated = count(len(known), "paper has", "papers have")
        return say_nothing(f"Too few months have more than one paper to compare them: {dated} a known month.")
    months = pd.Series(pd.PeriodIndex(known, freq="M")).value_counts()
    last = months.index.max()
    span = pd.period_range(months.index[months.index > last - _MONTHS].min(), last, freq="M")
    early = int(months[months.index < span[0]].sum())
    months = months.reindex(span, fill_value=0)
    fullest = join([month.strftime("%B %Y") for month in months[months == months.max()].index[:3]])
    finding = f"More papers first appeared in {fullest} than in any other month: {int(months.max())}"
    if (months == months.max()).sum() > 1:
        finding = f"The months with most papers, {int(months.max())} each, are {fullest}"
    first_to_last = f"{span[0].strftime('%B %Y')} to {last.strftime('%B %Y')}"
    return show(
        _draw_months(months, WIDTH),
        "papers-by-month",
        title=f"{finding}.",
        alt=f"Bars: papers by month from {first_to_last}. {finding}.",
        caption=f"Papers by the month of their first version, for most a preprint, {first_to_last}. "
        + (f"Not shown: {count(early, 'earlier paper')}. " if early else "")
        + say_unknown("month", len(papers) - len(known), len(papers)),
        data=months.rename("papers").rename_axis("month").reset_index(),
        narrow=_draw_months(months, NARROW),
    )


def _draw_months(months: pd.Series[int], width: float) -> Figure:
    """Return bars of the papers of each month, with the years below."""
    use_style()
    span = list(months.index)
    figure, axes = plt.subplots(figsize=(width, 2.4))
    axes.bar(range(len(span)), months, width=0.8, color=BLUE)
    januaries = [at for at, month in enumerate(span) if month.month == 1]
    if len(januaries) > 1:
        axes.set_xticks(januaries, [str(span[at].year) for at in januaries])
    else:
        ends = sorted({0: span[0], len(span) - 1: span[-1]}.items())
        axes.set_xticks([at for at, _ in ends], [month.strftime("%b %Y") for _, month in ends])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("papers")
    figure.tight_layout()
    return figure


def draw_lag(papers: pd.DataFrame) -> Any:
    """Draw a histogram of the years from a paper's first version to its venue, for papers with both years known."""
    at_venue = pd.to_numeric(papers["venue_year"].replace("", None), errors="coerce")
    lags = (at_venue - papers["year"].astype("Float64")).dropna().astype(int)
    venueless = int((papers["venue"].astype(str) == "").sum())
    if lags.empty:
        sentence = "No paper has both years known, that of its first version and that of its venue."
        return say_nothing(f"{sentence} {say_unknown('venue', venueless, len(papers))}")
    clipped = lags.clip(-1, _LATEST).value_counts()
    counts = clipped.reindex(range(min(0, clipped.index.min()), clipped.index.max() + 1), fill_value=0)
    names = [_name_lag(int(str(lag))) for lag in counts.index]
    bars = [
        Bar(escape(name), (number / int(counts.max()),), (f"{number:,}", per_cent(number, len(lags))))
        for name, number in zip(names, counts.to_list(), strict=True)
    ]
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            "years-to-venue",
            render_bars("years-to-venue", ("At a venue", "", "Papers", ""), bars),
            title=_tell_lag(int(lags.mode().iloc[0]), lags),
            caption=f"Shown are the {len(lags):,} of {count(len(papers), 'paper')} for which both years are known. "
            f"{say_unknown('venue', venueless, len(papers))}"
            + (" Papers that get one later can make the lags longer." if venueless else ""),
            data=pd.DataFrame({"years": names, "papers": counts.to_list()}),
        )
    )


def _name_lag(lag: int) -> str:
    if lag == _LATEST:
        return f"{lag} or more years later"
    return {-1: "before it", 0: "the same year", 1: "a year later"}.get(lag, f"{lag} years later")


def _tell_lag(lag: int, lags: pd.Series) -> str:
    when = {0: "in the year of their first version", 1: "a year after their first version"}
    words = when.get(lag, f"{lag} years after their first version" if lag > 0 else "before their first version here")
    return f"{portion(int((lags == lag).sum()), len(lags), 'paper')} appeared at a venue {words}."


def draw_unknown(papers: pd.DataFrame) -> Any:
    """Draw bars of the share of papers for which each field is not known, of the fields that the table has."""
    table = papers.assign(month=_read_months(papers))
    known = table.notna() & (table.astype(str) != "")
    fields = [field for field in _FIELDS if field in known]
    unknown = (~known[fields]).sum().sort_values(ascending=False, kind="stable")
    lacking = unknown[unknown > 0]
    data = pd.DataFrame(
        {"field": [_FIELDS[field] for field in fields], "unknown": [unknown[field] for field in fields]}
    )
    if lacking.empty:
        return say_nothing(f"Every field is known for every paper: {join([_FIELDS[field] for field in fields])}.")
    complete = [_FIELDS[field] for field in fields if not unknown[field]]
    bars = [
        Bar(escape(_FIELDS[str(field)]), (number / len(papers),), (f"{number:,}", per_cent(int(number), len(papers))))
        for field, number in lacking.items()
    ]
    most = f"{_FIELDS[str(lacking.index[0])]}: for {portion(int(lacking.iloc[0]), len(papers), 'paper')}"
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            "what-is-unknown",
            render_bars("what-is-unknown", ("Unknown", "Share of papers", "Papers", ""), bars),
            title=f"Most often unknown is the {most}.",
            caption=(f"Known for every paper: {join(complete)}. " if complete else "")
            + "A paper may have none of what is unknown here.",
            data=data.assign(papers=len(papers)),
        )
    )
