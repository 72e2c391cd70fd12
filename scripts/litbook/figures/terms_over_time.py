"""Words over time: terms that rise and fade, and the terms of each theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import HTML
from matplotlib.figure import Figure
from scipy import stats

from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.show import count, frame, join, say, say_nothing, share, show
from litbook.figures.style import BLUE, NARROW, ORANGE, WIDTH, lead, short_titles, use_style
from litbook.figures.words import (
    TermCounts,
    choose_apart,
    compare_shares,
    count_terms,
    estimate_share,
    weigh_against_chance,
)

_SHOWN = 8
_PANELS = 3
# Even if all papers of a term lie in one half, chance does as much for five papers in 1 case of 16, for six in 1 of 32.
_FEWEST = 6
_FALSE = 0.1
_SURE = float(stats.norm.ppf(0.975))
_PAPERS_A_YEAR = 10
_THEMES, _ROWS, _ROWS_A_THEME, _FEWEST_IN_THEMES = 16, 16, 4, 3


@dataclass(frozen=True, slots=True)
class Half:
    """Hold one half of the dated papers: its name in the table, its years in words, its papers as true and false."""

    name: str
    years: str
    papers: Any  # numpy array of bool


def halve(papers: pd.DataFrame) -> tuple[Half, Half] | None:
    """Divide the dated papers between two years into halves as even as can be; None if all are of one year."""
    years = papers["year"]
    known = years.dropna()
    cuts = sorted(known.unique())[1:]
    if not cuts:
        return None
    cut = min(cuts, key=lambda year: (abs(2 * int((known >= year).sum()) - len(known)), year))
    later = (years >= cut).fillna(False).to_numpy(bool)
    earlier = (years < cut).fillna(False).to_numpy(bool)
    return Half("earlier", _span(known[known < cut]), earlier), Half("later", _span(known[known >= cut]), later)


def _span(years: pd.Series) -> str:
    first, last = int(years.min()), int(years.max())
    return f"{first}" if first == last else f"{first}–{last}"


def compare_halves(papers: pd.DataFrame, terms: TermCounts) -> pd.DataFrame:
    """Return a row for each term of at least six dated papers: its papers in both halves, and how sure a change is.

    `z` is the score of the log-odds ratio, and its 95% interval excludes no change where `z` is beyond 1.96; `q` is the
    false discovery rate of Fisher's exact test (Y. Benjamini and Y. Hochberg, 1995) over all terms tested.
    """
    halves = halve(papers)
    if halves is None:
        return pd.DataFrame({"term": [], "earlier": [], "later": [], "z": [], "p": [], "q": []})
    earlier, later = (terms.used.T @ half.papers.astype(int) for half in halves)
    tested = np.flatnonzero(earlier + later >= _FEWEST)
    earlier, later = earlier[tested], later[tested]
    sizes = [int(half.papers.sum()) for half in halves]
    p = weigh_against_chance(later, sizes[1], earlier, sizes[0])
    q = stats.false_discovery_control(p) if len(p) else p
    z = compare_shares(later, sizes[1], earlier, sizes[0])
    return pd.DataFrame({"term": tested, "earlier": earlier, "later": later, "z": z, "p": p, "q": q}, index=tested)


def choose_changes(changes: pd.DataFrame, terms: TermCounts, most: int) -> pd.DataFrame:
    """Return the terms that changed beyond chance: first rising ones, then fading ones, the surest first.

    Their 95% interval excludes no change, and they remain when the share of false discoveries is held down. Their names
    are spelled as papers do. Of terms with a word in common the surest is chosen.
    """
    chosen: list[int] = []
    for rises in (True, False):
        sure = changes[(changes["z"] > _SURE if rises else changes["z"] < -_SURE) & (changes["q"] <= _FALSE)]
        ranked = sure.sort_values("z", ascending=not rises, kind="stable")
        chosen += choose_apart(ranked.index.tolist(), terms.names, most)
    return changes.loc[chosen].assign(term=[terms.spell(term) for term in chosen])


def draw_changes(papers: pd.DataFrame, terms: TermCounts) -> Any:
    """Draw the terms whose share of papers changed most between the two halves, a dot and an interval for each half."""
    halves = halve(papers)
    drawn = choose_changes(compare_halves(papers, terms), terms, _SHOWN)
    if halves is None or drawn.empty:
        return say_nothing("No term rises or fades beyond chance.")
    said = " ".join(
        filter(
            None, (_tell(drawn[drawn["z"] * sign > 0], halves, verb) for sign, verb in ((1, "rises"), (-1, "fades")))
        )
    )
    return show(
        _draw_dots(terms, halves, drawn, WIDTH),
        "rising-and-fading-terms",
        title=said,
        alt=f"Dots with intervals: share of papers that use a term in {halves[0].years} and {halves[1].years}. {said}",
        caption=f"Terms whose share of papers changed most between {halves[0].years} and {halves[1].years}, with 95% "
        "intervals; at most a tenth of all changes found may be false. A term leads to its papers, a dot to those of "
        "its years, unless they are too many for an address.",
        data=drawn.round(5),
        narrow=_draw_dots(terms, halves, drawn, NARROW),
    )


def _draw_dots(terms: TermCounts, halves: tuple[Half, Half], drawn: pd.DataFrame, width: float) -> Figure:
    """Return a row for each term: beside its name, or on a narrow page below it."""
    use_style()
    is_narrow = width == NARROW
    step = 0.44 if is_narrow else 0.27
    figure, axes = plt.subplots(figsize=(width, step * len(drawn) + 1.0))
    places = np.arange(len(drawn)) + 0.6 * (drawn["z"] < 0).to_numpy()  # a space between rising and fading
    apart = 0.1 if is_narrow else 0.14
    _draw_half(axes, terms, halves[0], (drawn, places - apart), (ORANGE, "o"))
    _draw_half(axes, terms, halves[1], (drawn, places + apart), (BLUE, "s"))
    among = halves[0].papers | halves[1].papers
    axes.set_yticks(places, [""] * len(drawn) if is_narrow else drawn["term"].tolist())
    for place, label, (term, name) in zip(places, axes.get_yticklabels(), drawn["term"].to_dict().items(), strict=True):
        address = terms.link(int(str(term)), among)
        if is_narrow:
            axes.text(0, place - 0.26, f" {name}", va="bottom", url=address)
        else:
            label.set_url(address)
    axes.set_ylim(places[-1] + 0.6, -0.8 if is_narrow else -0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel("per cent of the papers of these years")
    axes.legend(loc="lower center", bbox_to_anchor=(0.5 if is_narrow else 0.4, 1.0), ncols=2)
    axes.tick_params(axis="y", length=0)
    figure.tight_layout()
    return figure


def _draw_half(axes: Any, terms: TermCounts, half: Half, rows: tuple[pd.DataFrame, Any], look: tuple[str, str]) -> None:
    (drawn, places), (colour, marker), size = rows, look, int(half.papers.sum())
    low, high = estimate_share(drawn[half.name], size)
    axes.hlines(places, 100 * low, 100 * high, color=colour, linewidth=1.4)
    for place, (term, number) in zip(places, drawn[half.name].to_dict().items(), strict=True):
        (mark,) = axes.plot(100 * number / size, place, marker, color=colour, markersize=5)
        if address := terms.link(int(str(term)), half.papers):
            lead(mark, address, f"{drawn['term'].to_dict()[term]}, {half.years}: {count(int(number), 'paper')}")
    axes.plot([], [], f"{marker}-", color=colour, label=half.years)


def _tell(drawn: pd.DataFrame, halves: tuple[Half, Half], verb: str) -> str:
    """Say in a sentence which term changed most, in numbers; nothing where none did."""
    if drawn.empty:
        return ""
    before, after = (share(int(drawn[half.name].iloc[0]), int(half.papers.sum())) for half in halves)
    return f"“{drawn['term'].iloc[0]}” {verb} most, from {before} to {after} papers."


def describe_changes(papers: pd.DataFrame, terms: TermCounts) -> Any:
    """Say in a few sentences how many terms were tested, how many changed, and how many would by chance."""
    halves = halve(papers)
    unknown = int(papers["year"].isna().sum())
    missing = f" The year is unknown for {count(unknown, 'paper')}." if unknown else ""
    if unknown == len(papers):
        return say("No paper has a known year, so changes over time cannot be shown.")
    if halves is None:
        return say(f"All dated papers are from one year, so changes over time cannot be shown.{missing}")
    changes = compare_halves(papers, terms)
    sizes = [int(half.papers.sum()) for half in halves]
    start = f"The earlier half, {halves[0].years}, has {count(sizes[0], 'paper')}, the later, {halves[1].years}, "
    if changes.empty:
        return say(f"{start}{sizes[1]:,}; no term is in {_FEWEST} of them, so none was tested.{missing}")
    changed = int((changes["z"].abs() > _SURE).sum())
    kept = changes[changes["q"] <= _FALSE]
    rising = int((kept["later"] / sizes[1] > kept["earlier"] / sizes[0]).sum())
    return say(
        f"{start}{sizes[1]:,}.{missing} Of {count(len(changes), 'term')} that at least {_FEWEST} dated papers use, the "
        f"95% interval of the change excludes no change for {changed:,}; up to {round(0.05 * len(changes)):,} are "
        f"expected by chance alone. {len(kept):,} remain when the share of false ones among them is held to "
        f"{_FALSE:.0%}: {rising:,} rising, {len(kept) - rising:,} fading."
        + _tell_drawn(kept, choose_changes(changes, terms, _SHOWN))
    )


def _tell_drawn(kept: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """Say how many of the terms that changed are drawn, where these are not all."""
    if not len(drawn) or len(drawn) == len(kept):
        return ""
    rising = int((drawn["z"] > 0).sum())
    return (
        f" The chart has {rising:,} of the rising and {len(drawn) - rising:,} of the fading ones: of terms with a word "
        f"in common only the most certain, and of each direction up to {_SHOWN}."
    )


def pool_years(years: pd.Series) -> pd.Series:
    """Return for each paper the year, or the span of years of at least ten papers, in which it appeared."""
    spans: dict[int, str] = {}
    waiting: list[int] = []
    for year in sorted(years.dropna().unique()):
        waiting.append(int(year))
        if years.isin(waiting).sum() >= _PAPERS_A_YEAR:
            spans |= dict.fromkeys(waiting, _span(pd.Series(waiting)))
            waiting = []
    if waiting and spans:  # the last years are few: the span before takes them in
        joined = [year for year, span in spans.items() if span == list(spans.values())[-1]] + waiting
        spans |= dict.fromkeys(joined, _span(pd.Series(joined)))
    names = list(dict.fromkeys(spans.values()))
    return pd.Series(pd.Categorical(years.map(spans), categories=names, ordered=True), index=years.index)


def draw_shares_by_year(papers: pd.DataFrame, terms: TermCounts) -> Any:
    """Draw the share of papers a year for the terms that rose and faded most, with 95% bands."""
    drawn = choose_changes(compare_halves(papers, terms), terms, _PANELS)
    years = pool_years(papers["year"])
    names = [str(name) for name in years.cat.categories]
    if drawn.empty or len(names) < 2:
        return say_nothing(f"Shares by year need a term that changed and two years of {_PAPERS_A_YEAR} papers each.")
    rank = drawn.groupby(drawn["z"] < 0).cumcount()
    drawn = drawn.assign(rank=rank).sort_values("rank", kind="stable")  # rising and fading terms alternate
    sizes = years.value_counts(sort=False).to_numpy()
    table = pd.DataFrame({"the years": names, "all papers": sizes})
    for at, row in drawn.iterrows():
        table[row["term"]] = _count_by_span(terms, int(str(at)), years)
    highest = [f"“{term}” in {names[int(np.argmax(table[term] / sizes))]}" for term in drawn["term"]]
    first = str(drawn["term"].iloc[0])
    start, end = (table[first] / sizes).iloc[[0, -1]]
    return show(
        _draw_panels(terms, drawn, years, WIDTH),
        "terms-by-year",
        title=f"“{first}” is in {end:.0%} of the papers from {names[-1]}, and in {start:.0%} of those from {names[0]}.",
        alt=f"Lines with bands: per cent of the papers of a year that use a term. Highest are {join(highest)}.",
        caption="Per cent of the papers of a year that use a term, with 95% intervals; years of fewer than "
        f"{_PAPERS_A_YEAR} papers are taken together. A dot leads to its papers.",
        data=table,
        narrow=_draw_panels(terms, drawn, years, NARROW),
    )


def _count_by_span(terms: TermCounts, term: int, years: pd.Series) -> Any:
    """Return the number of papers that use a term in each span of years."""
    codes = years.cat.codes.to_numpy()
    rows = terms.rows(term)
    return np.bincount(codes[rows][codes[rows] >= 0], minlength=len(years.cat.categories))


def _draw_panels(terms: TermCounts, drawn: pd.DataFrame, years: pd.Series, width: float) -> Figure:
    """Return a panel for each term: beside each other, or on a narrow page below each other."""
    use_style()
    is_narrow, number = width == NARROW, len(drawn)
    shape, height = ((number, 1), 1.25 * number + 0.3) if is_narrow else ((1, number), 1.9)
    figure, panels = plt.subplots(*shape, figsize=(width, height), sharex=True, sharey=True, squeeze=False)
    for axes, (at, row) in zip(panels.flat, drawn.iterrows(), strict=True):
        _draw_panel(axes, terms, (int(str(at)), str(row["term"])), years)
    names = [str(name) for name in years.cat.categories]
    shown = names if is_narrow else [names[0], *[""] * (len(names) - 2), names[-1]]
    panels[-1, 0].set_xticks(range(len(names)), shown)
    panels[0, 0].set_ylim(bottom=0)
    figure.supylabel("per cent of papers", fontsize="medium")
    figure.tight_layout()
    return figure


def _draw_panel(axes: Any, terms: TermCounts, term: tuple[int, str], years: pd.Series) -> None:
    (column, name), sizes = term, years.value_counts(sort=False).to_numpy()
    numbers = _count_by_span(terms, column, years)
    low, high = estimate_share(numbers, sizes)
    axes.fill_between(range(len(sizes)), 100 * low, 100 * high, color=BLUE, alpha=0.25, linewidth=0)
    axes.plot(range(len(sizes)), 100 * numbers / sizes, color=BLUE, linewidth=1.4)
    for at, number in enumerate(numbers):
        (mark,) = axes.plot(at, 100 * number / sizes[at], "o", color=BLUE, markersize=4)
        if address := terms.link(column, years.cat.codes.to_numpy() == at):
            lead(mark, address, f"{name}, {years.cat.categories[at]}: {count(int(number), 'paper')}")
    axes.set_title(name, fontsize="medium", url=terms.link(column))


def draw_terms_by_theme(papers: pd.DataFrame, terms: TermCounts) -> Any:
    """Show the terms that distinguish each theme: the share of its papers that use one, and that of all others."""
    themes = papers["theme"].value_counts(sort=False)
    themes = themes[themes > 0]
    chosen = choose_for_themes(papers, terms)
    if len(themes) < 2 or not chosen:
        return say_nothing(
            "No term that three papers use distinguishes one theme from another, so there is nothing to draw."
        )
    shown = [theme for theme in themes.index if theme in set(_largest(themes))]
    masks = {theme: (papers["theme"] == theme).to_numpy() for theme in shown}
    counts = pd.DataFrame(
        {theme: [int(mask[terms.rows(term)].sum()) for term in chosen] for theme, mask in masks.items()}, index=chosen
    )
    titles = short_titles(papers)
    rows = list(_compare_terms(terms, chosen, masks))
    first = {theme: term for theme, term, _, _ in reversed(rows)}  # names its theme
    theme, term, inside, outside = max(rows, key=lambda row: (row[2] - row[3], -row[1]))
    title = (
        f"“{terms.spell(term)}” sets a theme apart most: {inside:.0%} of the papers in “{titles[theme]}” use it, "
        f"{outside:.0%} of all others."
    )
    left = len(themes) - len(shown)
    size = {theme: int(mask.sum()) for theme, mask in masks.items()}
    content = render_bars(
        "terms-by-theme",
        ("Theme and term", "Share of its papers", "Papers"),
        [
            Bar(
                (f"<small>{escape(titles[theme])}</small>" if first[theme] == term else "") + escape(terms.spell(term)),
                (inside,),
                (link(terms.link(term, masks[theme]), f"{round(inside * size[theme])} of {size[theme]}"),),
                mark=outside,
            )
            for theme, term, inside, outside in rows
        ],
    )
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            "terms-by-theme",
            content,
            title=title,
            caption=f"Terms that distinguish a theme, {count(len(chosen), 'term')}: the bar is the share of the "
            "theme's papers that use one, the line across it the share of all others. A number leads to its papers."
            + (f" The {left} smallest themes are not shown." if left else ""),
            data=counts.set_axis([terms.spell(term) for term in chosen]).rename_axis("the term").reset_index(),
        )
    )


def _compare_terms(
    terms: TermCounts, chosen: list[int], masks: dict[str, Any]
) -> Iterator[tuple[str, int, float, float]]:
    """Yield each term with the theme that uses it most beyond others, and the shares of papers in and outside it."""
    for term in chosen:
        used = np.zeros(len(next(iter(masks.values()))), bool)
        used[terms.rows(term)] = True
        shares = {theme: (used[mask].mean(), used[~mask].mean()) for theme, mask in masks.items()}
        theme = max(shares, key=lambda theme: compare_shares(*_count(used, masks[theme])))
        yield theme, term, *shares[theme]


def _count(used: Any, mask: Any) -> tuple[int, int, int, int]:
    return int(used[mask].sum()), int(mask.sum()), int(used[~mask].sum()), int((~mask).sum())


def _largest(themes: pd.Series) -> list[Any]:
    return themes.sort_values(ascending=False, kind="stable").index[:_THEMES].tolist()


def choose_for_themes(papers: pd.DataFrame, terms: TermCounts) -> list[int]:
    """Return the terms that are most typical of each theme, in the order of the themes, no term twice.

    Typical is what has the highest score of the log-odds ratio between the theme and all other papers, beyond 1.96.
    """
    themes = papers["theme"].value_counts(sort=False)
    themes = themes[themes > 0]
    shown = [theme for theme in themes.index if theme in set(_largest(themes))]
    used = np.asarray(terms.used.sum(axis=0))
    number = min(_ROWS_A_THEME, max(1, _ROWS // len(shown)))
    scores = np.zeros((len(shown), used.size))
    for at, theme in enumerate(shown if len(themes) > 1 else []):
        mask = (papers["theme"] == theme).to_numpy()
        inside = terms.used.T @ mask.astype(int)
        scores[at] = compare_shares(inside, mask.sum(), used - inside, (~mask).sum())
    scores[:, used < _FEWEST_IN_THEMES] = 0
    chosen: list[int] = []
    for at, row in enumerate(scores):
        own = np.flatnonzero((row > _SURE) & (scores.argmax(axis=0) == at))
        ranked = own[np.argsort(-row[own], kind="stable")].tolist()
        chosen += choose_apart(ranked, terms.names, number)
    return chosen


__all__ = [
    "choose_changes",
    "choose_for_themes",
    "compare_halves",
    "count_terms",
    "describe_changes",
    "draw_changes",
    "draw_shares_by_year",
    "draw_terms_by_theme",
    "halve",
    "pool_years",
]
