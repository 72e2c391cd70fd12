"""Papers by theme and by what people, or the rules, found in them: columns of choices, and designs of studies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import combinations
from pathlib import Path

import pandas as pd
from IPython.display import HTML

from litbook.analyse.studies.study import find_study
from litbook.figures.catalogue import read_table
from litbook.figures.crossing import EMPTY, Axis, Crossing, cross, list_themes, show_crossing
from litbook.figures.links import link_papers
from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.show import count, fold, frame, per_cent, portion, share
from litbook.model.extraction import CHOICE, YES_NO
from litbook.text.sentences import split_sentences

_MOST_COLUMNS = 4  # columns that are crossed with the themes; the evidence table crosses any two
_MOST_PAIRS = 2
DESIGN = "design"
# Sorts of designs by the words of what the rules find, from the most to the least specific.
SORTS = {
    "review": r"review|meta-|mapping|bibliometric|umbrella",
    "randomised trial": r"random|trial|cross-?over|factorial",
    "quasi-experiment": r"quasi|interrupted|discontinuity|difference|natural experiment|before|pre-?test|synthetic",
    "experiment": r"experiment|vignette|lab|user study|eye-tracking|usability",
    "cohort study": r"cohort|longitudinal|follow|prospective|registry|panel|retrospective",
    "case-control study": r"case[- –]control|case[- ]crossover|self-controlled",
    "survey": r"survey|questionnaire|cross-sectional",
    "qualitative study": r"qualitative|interview|ethnograph|focus group|phenomenolog|grounded|thematic|diary"
    r"|think-aloud",
    "mixed methods": r"mixed",
    "case study": r"case stud|case series|case report|action research",
    "mining study": r"min(?:ed|ing)|audit|replication|content analysis",
}
OTHER = "other"
_SEVERAL = "; a paper with several values counts for each"
_SORTED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in SORTS.items()}
# "Mixed-methods survey" and "cross-sectional cohort study" are of the first of these that fits.
_FIRST = ("mixed methods", "review", "case-control study", "quasi-experiment")


def draw_choices(papers: pd.DataFrame, data: str | Path) -> HTML | None:
    """Draw the papers by each column of choices, or else by the designs that rules find in abstracts; folded by theme.

    `papers` has the columns of `coverage.add_modalities`; `data` is the folder that holds `extraction.csv`, if the
    review extracts anything. Nothing is drawn where no column has choices and most abstracts name no design.
    """
    drawn = tuple(_draw_columns(papers, Path(data) / "extraction.csv")) or tuple(_draw_designs(papers))
    return HTML("\n".join(str(figure.data) for figure in drawn)) if drawn else None  # type: ignore[no-untyped-call]


def _draw_columns(papers: pd.DataFrame, path: Path) -> Iterator[HTML]:
    """Yield the themes by each column of choices, then some of these by each other; judgements are drawn elsewhere."""
    if not path.exists():
        return
    rows = read_table(path)
    found = rows[rows["kind"].isin([CHOICE, YES_NO]) & (rows["shown"] == "yes") & (rows["group"] == "")]
    if found.empty:
        return
    found = found.assign(rank=pd.to_numeric(found["rank"], errors="coerce").fillna(len(found) + 1))
    columns = list(dict.fromkeys(found["column"]))[:_MOST_COLUMNS]
    axes = {column: _list_values(found[found["column"] == column], column) for column in columns}
    frames = {column: _pair(papers, found[found["column"] == column], axes[column]) for column in columns}
    for column in columns:
        yield _show(frames[column], axes[column], papers, column)
    for one, other in list(combinations(columns, 2))[:_MOST_PAIRS]:
        pairs = frames[one].merge(frames[other][["citekey", axes[other].name]], on="citekey")
        crossing = cross(pairs, axes[one], axes[other])
        if crossing.cells:
            names = f"{axes[one].name} and {axes[other].name.lower()}"
            yield fold(_cross(crossing, f"{one}-{other}", len(papers), 2), f"{names} together")


def _list_values(rows: pd.DataFrame, column: str) -> Axis:
    """Return the values that papers have in a column, in the order of its choices."""
    values = rows.sort_values("rank", kind="stable")["value"]
    name = str(rows["name"].iloc[0])
    is_taken = name in {"citekey", "theme", "value", "column"}
    return Axis(f"{name} ({column})" if is_taken else name, {value: value for value in dict.fromkeys(values)})


def _pair(papers: pd.DataFrame, rows: pd.DataFrame, axis: Axis) -> pd.DataFrame:
    found = rows.rename(columns={"value": axis.name})[["citekey", axis.name]]
    return papers[["citekey", "theme"]].merge(found, on="citekey")


def _draw_designs(papers: pd.DataFrame) -> Iterator[HTML]:
    """Yield the themes by the sort of design that rules find, if most papers name a design."""
    designs = [
        _find_design(str(title), str(abstract))
        for title, abstract in zip(papers["title"], papers["abstract"], strict=True)
    ]
    named = sum(map(bool, designs))
    if 2 * named <= len(papers):
        return
    held = papers.assign(**{DESIGN: [sort_design(design) if design else "" for design in designs]})
    held = held[held[DESIGN] != ""]
    used = set(held[DESIGN])
    axis = Axis(DESIGN, {name: name for name in (*SORTS, OTHER) if name in used})
    said = f" Designs are found by rules in {share(named, len(papers))} of the abstracts; no person has confirmed them."
    yield _show(held, axis, papers, DESIGN, said)


def _find_design(title: str, abstract: str) -> str:
    sentences = [abstract[start:end] for start, end in split_sentences(abstract)]
    return next((draft.value for draft in find_study(title, sentences) if draft.field == DESIGN), "")


def sort_design(design: str) -> str:
    """Return of which sort a design is, by its words."""
    for name in (*_FIRST, *_SORTED):
        if _SORTED[name].search(design):
            return name
    return OTHER


def _show(pairs: pd.DataFrame, axis: Axis, papers: pd.DataFrame, name: str, said: str = "") -> HTML:
    """Return bars of the values, those of most papers first, and folded a heat map by theme."""
    total = len(papers)
    keys = {str(value): sorted(set(of_value)) for value, of_value in pairs.groupby(axis.name)["citekey"]}
    ranked = sorted(keys, key=lambda value: (value == OTHER, -len(keys[value])))
    held = len({key for of_value in keys.values() for key in of_value})
    counts = {value: len(keys[value]) for value in ranked}
    bars = [
        Bar(escape(value), (number / total,), (link(link_papers(keys[value]), f"{number:,}"), per_cent(number, total)))
        for value, number in counts.items()
    ]
    shown = frame(
        f"coverage-{name}",
        render_bars(f"coverage-{name}", (axis.name.capitalize(), "Share of papers", "Papers", ""), bars),
        title=f"{axis.name.capitalize()}: {ranked[0]} in {portion(counts[ranked[0]], total, 'paper')}.",
        caption=f"Papers by {axis.name.lower()}{_SEVERAL if sum(counts.values()) > held else ''}."
        + (f" Without a value: {share(total - held, total)}." if held < total else "")
        + said,
        data=pd.DataFrame({axis.name: list(counts), "papers": list(counts.values())}),
    )
    drawing = _cross(cross(pairs, list_themes(papers), axis), name, total, 3)
    return HTML(shown + fold(drawing, f"{axis.name.capitalize()} by theme").data)  # type: ignore[no-untyped-call]


def _cross(crossing: Crossing, name: str, total: int, colour: int) -> HTML:
    row, column, number = crossing.find_fullest()
    held = len({key for keys in crossing.cells.values() for key in keys})
    is_several = sum(map(len, crossing.cells.values())) > held
    by = f"{crossing.rows.name.lower()} and by {crossing.columns.name.lower()}"
    return show_crossing(
        crossing,
        f"coverage-by-{name}",
        title=f"The most frequent pair is “{row}” with “{column}”: {count(number, 'paper')}.",
        caption=f"Papers by {by}{_SEVERAL if is_several else ''}. An empty cell means {EMPTY}."
        + (f" Without a value: {share(total - held, total)}." if held < total else ""),
        colour=colour,
    )
