"""Results by the year of the newest model that an abstract names: a finding on old models may not hold on new ones.

The year of a model is that of its first report, from `model-years.csv`, which gives the source of each; a review may
pass years for more models.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from litbook.figures.crossing import render_details
from litbook.figures.links import link_paper, link_papers
from litbook.figures.show import count, portion, say_nothing, share, show
from litbook.figures.style import BLUE, NARROW, WIDTH, lead, use_style

_FEWEST = 10  # papers with a model of known year: a chart of fewer only shows ones
_FEWEST_YEARS = 3


# What may follow a known name: nothing that continues a word, and no version that the name does not have.
_ENDS = r"(?![^\W_])(?!\.\d)(?![\s_-]+v?\d+(?:\.\d+)*(?![\d.]*[BbMm]))"
_ENDS_WITH_NUMBER = r"(?![^\W_])(?!\.\d)"


@cache
def _read_years() -> Mapping[str, int]:
    text = (files(__package__) / "model-years.csv").read_text("utf-8")
    return {row["name"]: int(row["year"]) for row in csv.DictReader(text.splitlines())}


@cache
def _compile(name: str) -> re.Pattern[str]:
    """Return the pattern of a name in any case, with or without separators before its numbers."""
    parts = re.findall(r"\d[\d.]*|[^\W\d_]+", name)
    ends = _ENDS_WITH_NUMBER if name[-1].isdigit() else _ENDS
    return re.compile(r"[\s_-]?".join(map(re.escape, parts)) + ends, re.IGNORECASE)


def find_year(model: str, more: Mapping[str, int] | None = None) -> int | None:
    """Return the year of a model's first report, by the longest known name that it begins with; None if unknown.

    What follows must not continue the name: "GPT-4-Turbo" and "LLaMA 7B" are found, but "OPTIMUS" is not "OPT", and
    "LLaMA 4" is not "LLaMA".
    """
    known = {**_read_years(), **(more or {})}
    names = [name for name in known if _compile(name).match(model)]
    return known[max(names, key=len)] if names else None


def add_newest(papers: pd.DataFrame, more: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Return the papers with a column "newest": the year of the newest model named, missing where none is known."""
    years = [[year for model in models if (year := find_year(str(model), more))] for models in papers["models"]]
    return papers.assign(newest=pd.Series([max(found, default=None) for found in years], papers.index, dtype="Int64"))


def draw_results_by_model_year(papers: pd.DataFrame, more: Mapping[str, int] | None = None) -> Any:
    """Draw bars of the papers by the year of their newest model, with a table of what each paper found."""
    naming = int((papers["models"].str.len() > 0).sum())
    dated = add_newest(papers, more).dropna(subset=["newest"])
    counts = dated["newest"].value_counts().sort_index()
    if len(dated) < _FEWEST or len(counts) < _FEWEST_YEARS:
        return say_nothing(
            f"Abstracts that name a model whose year is known: {share(len(dated), len(papers))}: too few to compare."
        )
    middle = min(int(str(year)) for year, below in counts.cumsum().items() if below >= len(dated) / 2)
    older = int(counts[counts.index <= middle].sum())
    title = f"Newest model named: {middle} or older in {portion(older, len(dated), 'paper')}."
    return show(
        _draw_bars(dated, counts, WIDTH),
        "results-by-model-year",
        title=title,
        alt=f"Bars: papers by the year of the newest model that their abstract names. {title}",
        caption="Papers by the year in which the newest model that their abstract names was first reported. "
        f"Of {count(len(papers), 'paper')}, {naming:,} name a model, {len(dated):,} of them one of known year.",
        data=dated[["citekey", "newest"]].sort_values(["newest", "citekey"]),
        table=_render_table(dated),
        narrow=_draw_bars(dated, counts, NARROW),
    )


def _draw_bars(dated: pd.DataFrame, counts: pd.Series[int], width: float) -> Figure:
    use_style()
    first, last = int(counts.index[0]), int(counts.index[-1])
    figure, axes = plt.subplots(figsize=(width, 2.2))
    years = list(range(first, last + 1))
    bars = axes.bar(years, [int(counts.get(year, 0)) for year in years], color=BLUE, width=0.8)
    keys = {int(str(year)): list(group) for year, group in dated.groupby("newest")["citekey"]}
    for year, bar in zip(years, bars, strict=True):
        if address := link_papers(keys.get(year, [])):
            lead(bar, address, f"{year}: {count(len(keys[year]), 'paper')}")
            axes.text(year, len(keys[year]), f"{len(keys[year]):,}", ha="center", va="bottom")
    axes.set_xticks(years[:: -(-len(years) // int(1.5 * width))])
    axes.yaxis.set_visible(False)
    axes.spines["left"].set_visible(False)
    figure.tight_layout()
    return figure


def _render_table(dated: pd.DataFrame) -> str:
    """Return the papers by year of their newest model, each with its models and what it found, closed at first."""
    ordered = dated.sort_values(["newest", "citekey"], ascending=[False, True])
    columns = (list(ordered[name]) for name in ("newest", "citekey", "title", "models", "gist"))
    rows = "".join(
        f'<tr><th scope="row">{year}</th><td><a href="{escape(link_paper(key))}">{escape(title)}</a></td>'
        f"<td>{escape(', '.join(models))}</td><td>{escape(gist)}</td></tr>"
        for year, key, title, models, gist in zip(*columns, strict=True)
    )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Newest model", "Paper", "Models named", "What it found")
    )
    return render_details(
        "What each of these papers found, the newest models first",
        f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>',
    )
