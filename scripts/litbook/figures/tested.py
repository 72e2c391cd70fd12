"""Methods, models and benchmarks: what is evaluated on what, as the abstracts state it.

A name that an abstract does not state is not known, so every figure counts the papers whose abstracts state none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

from litbook.figures.crossing import EMPTY, Axis, cross, list_themes, render_details, show_crossing
from litbook.figures.links import link_paper, link_papers
from litbook.figures.ranked.bars import Bar, link, render_bars
from litbook.figures.show import count, fold, frame, per_cent, portion, say_nothing, share


@dataclass(frozen=True, slots=True)
class Field:
    """Hold a column of names: how readers call one, its colour, and whether versions of one name are gathered."""

    column: str
    noun: str
    colour: int  # of the charts of the site
    versions: bool = False

    @property
    def nouns(self) -> str:
        return f"{self.noun}s"


METHODS = Field("method", "method", 2)
MODELS = Field("models", "model", 1, versions=True)
BENCHMARKS = Field("benchmarks", "benchmark", 3)

_MOST_BARS, _MOST_COLUMNS, _MOST_LISTED = 15, 10, 400
_FEWEST_SHARED = 3  # names that at least two papers state: with fewer, a chart would only show ones
_FEWEST_IN_CELL = 3  # papers of one name in one theme: a heat map of ones and twos says nothing
# A version: from the first number on that is not within a word ("word2vec") and has three letters before it ("T5").
_VERSION = re.compile(r"^((?:[^\d]*?[^\W\d]){3}[^\d]*?)(?:(?<=[\s_-])[vV]|(?<=[A-Z])v)?\d(?![a-z]{2}).*$")
_RULE = "Versions of one model count as one: a name counts up to its first number, whatever its capitals."


def cut_version(name: str) -> str:
    """Return a model's name up to its first number: "GPT-3.5-turbo" becomes "GPT", "T5" and "word2vec" stay."""
    found = _VERSION.match(name)
    return found[1].rstrip(" -_/.(") if found else name


def list_names(papers: pd.DataFrame, field: Field) -> pd.DataFrame:
    """Return one row for each paper and name: "citekey", "theme", "name", and "counted as", its family."""
    named = papers[["citekey", "theme", field.column]].explode(field.column).dropna(subset=[field.column])
    named = named.rename(columns={field.column: "name"}).drop_duplicates(["citekey", "name"])
    stems = [cut_version(str(name)) if field.versions else str(name) for name in named["name"]]
    spellings: dict[str, Counter[str]] = {}
    for stem in stems:
        spellings.setdefault(stem.casefold(), Counter())[stem] += 1
    shown = {key: min(found, key=lambda stem: (-found[stem], stem.swapcase())) for key, found in spellings.items()}
    return named.assign(**{"counted as": [shown[stem.casefold()] for stem in stems]}).reset_index(drop=True)


def rank_names(named: pd.DataFrame) -> pd.Series[int]:
    """Return the number of papers of each family, most first, equal ones by name."""
    counts = named.drop_duplicates(["citekey", "counted as"])["counted as"].value_counts()
    order = sorted(counts.index, key=lambda name: (-counts[name], str(name).casefold()))
    return counts.reindex(order)


def _not_stated(papers: pd.DataFrame, field: Field) -> str:
    unknown = int((papers[field.column].str.len() == 0).sum())
    return f"not stated in the abstract of {unknown:,} of {count(len(papers), 'paper')}"


def _say_nothing_stated(papers: pd.DataFrame, field: Field) -> Any:
    return say_nothing(
        f"No abstract of the {count(len(papers), 'paper')} states a {field.noun}, so there is nothing to draw."
    )


def _describe_shared(ranked: pd.Series[int]) -> str:
    shared = int((ranked > 1).sum())
    return f"only {shared} of them in more than one paper" if shared else "none of them in more than one paper"


def draw_stated(papers: pd.DataFrame) -> Any:
    """Draw a heat map of how many abstracts of each theme state a method, a model, a benchmark and a number."""
    columns = {"method": "a method", "models": "a model", "benchmarks": "a benchmark", "findings": "a number found"}
    stated = {label: papers[column].str.len() > 0 for column, label in columns.items()}
    none = ~pd.DataFrame(stated).any(axis=1)
    if none.all():
        return say_nothing(
            f"No abstract of the {count(len(papers), 'paper')} states a method, a model, a benchmark or a number."
        )
    stated["none of these"] = none
    pairs = pd.concat(papers.loc[held, ["citekey", "theme"]].assign(states=label) for label, held in stated.items())
    crossing = cross(pairs, list_themes(papers), Axis("states", {label: label for label in stated}))
    shares = [f"{label}: {share(int(held.sum()), len(papers))}" for label, held in stated.items()]
    said = f"Abstracts that state {', '.join(shares)}."
    first = max(columns.values(), key=lambda label: int(stated[label].sum()))
    title = f"{portion(int(stated[first].sum()), len(papers), 'abstract')} name {first}, more than anything else here."
    numbers = {label: int(held.sum()) for label, held in stated.items()}
    bars = [
        Bar(
            escape(label),
            (number / len(papers),),
            (link(link_papers(papers.loc[stated[label], "citekey"]), f"{number:,}"), per_cent(number, len(papers))),
        )
        for label, number in numbers.items()
    ]
    shown = frame(
        "stated",
        render_bars("stated", ("The abstract states", "Share of papers", "Papers", ""), bars),
        title=title,
        caption="What the abstracts state, as far as rules and people found it.",
        data=pd.DataFrame({"stated": list(numbers), "papers": list(numbers.values())}),
    )
    drawing = show_crossing(
        crossing,
        "stated-by-theme",
        title=title,
        caption=f"Papers of each theme by what their abstracts state; an empty cell means {EMPTY}. {said}",
    )
    return HTML(shown + fold(drawing, "The same by theme").data)  # type: ignore[no-untyped-call]


def draw_most_named(papers: pd.DataFrame, field: Field) -> Any:
    """Draw bars of the names that most papers state; where hardly two papers share a name, say so."""
    named = list_names(papers, field)
    if named.empty:
        return _say_nothing_stated(papers, field)
    ranked = rank_names(named)
    if (ranked > 1).sum() < _FEWEST_SHARED:
        stating = named["citekey"].nunique()
        return say_nothing(
            f"{portion(stating, len(papers), 'abstract')} {'names' if stating == 1 else 'name'} a {field.noun}: "
            f"{len(ranked):,} in all, {_describe_shared(ranked)}."
        )
    shown = ranked[ranked > 1].head(_MOST_BARS)
    naming = named["citekey"].nunique()
    first = f"{shown.index[0]} is named by {count(int(shown.iloc[0]), 'abstract')}"
    if len(shown) > 1:
        first = f"{shown.index[0]} and {shown.index[1]} are named most: by {shown.iloc[0]:,} and {shown.iloc[1]:,}"
    first += f" of the {count(naming, 'abstract')} that {'names' if naming == 1 else 'name'} a {field.noun}."
    keys = {str(name): set(group) for name, group in named.groupby("counted as")["citekey"]}
    most = int(shown.iloc[0])
    bars = [
        Bar(escape(str(family)), (papers_of / most,), (link(link_papers(keys[str(family)]), f"{papers_of:,}"),))
        for family, papers_of in shown.items()
    ]
    figure = f"most-named-{field.nouns}"
    return HTML(  # type: ignore[no-untyped-call]
        frame(
            figure,
            render_bars(figure, (field.noun.capitalize(), "", "Papers"), bars),
            title=first,
            caption=f"The {field.nouns} that most abstracts state; {_describe_rest(len(shown), ranked)}. "
            f"A {field.noun} is {_not_stated(papers, field)}.{' ' + _RULE if field.versions else ''}",
            data=_count_exact(named, []),
        )
    )


def _describe_rest(shown: int, ranked: pd.Series[int]) -> str:
    rest = ranked.iloc[shown:]
    return (
        f"{len(rest):,} more are stated by {count(int(rest.max()), 'paper')} each at most"
        if len(rest)
        else "all of them"
    )


def _shorten(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _count_exact(named: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return the number of papers of each exact name, with the family that it counts as."""
    columns = ["counted as", "name", *by]
    exact = named.astype({"theme": str}).groupby(columns)["citekey"].nunique().rename("papers").reset_index()
    return exact.sort_values(columns, ignore_index=True)


def draw_names_by_theme(papers: pd.DataFrame, field: Field) -> Any:
    """Draw a folded heat map of the most stated names by theme; where hardly two papers share a name, list all."""
    named = list_names(papers, field)
    if named.empty:
        return _say_nothing_stated(papers, field)
    ranked = rank_names(named)
    if (ranked > 1).sum() < _FEWEST_SHARED:
        return show_names(papers, field)
    families = [str(name) for name in ranked[ranked > 1].head(_MOST_COLUMNS).index]
    crossing = cross(named, list_themes(papers), Axis("counted as", {name: _shorten(name, 18) for name in families}))
    theme, name, number = crossing.find_fullest()
    if number < _FEWEST_IN_CELL:
        return show_names(papers, field)
    fullest = f"The most frequent pair is “{theme}” with {name}: {count(number, 'paper')}."
    unknown = _not_stated(papers, field)
    drawing = show_crossing(
        crossing,
        f"{field.nouns}-by-theme",
        title=fullest,
        caption=f"Papers of each theme by the {field.nouns} that their abstracts state, the most stated "
        f"{len(families)} of {len(ranked):,}; an empty cell means {EMPTY}. A {field.noun} is {unknown}."
        f"{' ' + _RULE if field.versions else ''}",
        data=_count_exact(named, ["theme"]),
        colour=field.colour,
    )
    return fold(drawing, f"{field.nouns.capitalize()} by theme")


def show_names(papers: pd.DataFrame, field: Field) -> Any:
    """Return a list of all names by theme, each with the papers whose abstracts state it."""
    named = list_names(papers, field)
    if named.empty:
        return _say_nothing_stated(papers, field)
    kept = named.sort_values(["theme", "citekey", "name"]).head(_MOST_LISTED)
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{_render_names(kept[kept["theme"] == slug]) or EMPTY}</td></tr>'
        for slug, label in list_themes(papers).labels.items()
    )
    more = f", the first {len(kept):,} of {len(named):,}" if len(kept) < len(named) else ""
    table = (
        f'<table class="table"><thead><tr><th scope="col">theme</th><th scope="col">{field.nouns}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    summary = f"The {field.nouns} by theme, each with its paper{more}"
    return HTML(render_details(summary, table))  # type: ignore[no-untyped-call]


def _render_names(named: pd.DataFrame) -> str:
    order = named.assign(key=named["name"].str.casefold()).sort_values(["key", "citekey"])
    return ", ".join(
        f'<a href="{escape(link_paper(str(key)))}">{escape(str(name))}</a>'
        for key, name in zip(order["citekey"], order["name"], strict=True)
    )
