"""A forest plot: the effect of each study with its interval, and a summary where the author asks for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from litbook.figures.catalogue import read_table
from litbook.figures.links import link_paper
from litbook.figures.show import count, plain, say_nothing, show
from litbook.figures.style import BLUE, LABEL, LINE, NARROW, ORANGE, use_style

_MOST_LABEL = 34
_ABOVE = 0.42  # of a row: from a line to what is written above it
_BROAD = 6.4  # inches: whole names and numbers, and between them a plot of half the width
_METHOD = (
    "random effects, between-study variance by Paule and Mandel, interval by Hartung and Knapp, computed by statsmodels"
)


def read_effects(values: str | Path, effects: str | Path, column: str) -> tuple[pd.DataFrame, pd.Series[Any]]:
    """Return the effects of a column, one row each, and what is known of the column, with the summary if there is one.

    The files are `extraction.csv` and `extraction-effects.csv`, as the build writes them.
    """
    rows = read_table(values)
    found = rows[(rows["column"] == column) & (rows["shown"] == "yes") & (rows["low"] != "")]
    numbers = found.astype({"number": float, "low": float, "high": float})
    known = read_table(effects)
    return numbers.sort_values(["number", "citekey"], ignore_index=True), known[known["column"] == column].iloc[0]


def draw_forest(found: pd.DataFrame, column: pd.Series[Any]) -> Any:
    """Draw the effects from the smallest to the largest, and below them the summary if the author asks for one."""
    if found.empty:
        return say_nothing(f"No effect of the column “{plain(str(column['name']))}” has been extracted yet.")
    name = plain(str(column["name"]))
    finding, said = find_main(found, column), describe_effects(column)
    return show(
        _draw(found, column, _BROAD),
        f"forest-{column['column']}",
        title=finding,
        alt=f"Forest plot of {column['name']}. {finding}",
        caption=f"{name}: the estimate of each study and its interval; the dashed line means no effect. {said}",
        data=found[["citekey", "paper", "value", "number", "low", "high", "level", "unit", "quote", "where"]],
        narrow=_draw(found, column, NARROW),
    )


def _draw(found: pd.DataFrame, column: pd.Series[Any], width: float) -> Figure:
    """Return the plot; on a narrow page the name and the number of a study are above its line."""
    use_style()
    is_narrow, is_ratio, pooled = width == NARROW, column["scale"] == "ratio", bool(column["estimate"])
    rows = len(found) + (1.6 if pooled else 0)
    figure, axes = plt.subplots(figsize=(width, (0.42 if is_narrow else 0.27) * rows + 0.9))
    if is_ratio:
        axes.set_xscale("log")
    axes.axvline(float(column["null"]), color=LINE, linewidth=0.8, linestyle=(0, (4, 3)))
    for at, row in found.iterrows():
        _draw_study(axes, int(str(at)), row, is_narrow)
    labels = [_shorten(str(paper)) for paper in found["paper"]]
    places = [float(at) for at in range(len(found))]
    if pooled:
        places.append(len(found) + 0.6)
        labels.append("Summary")
        _draw_summary(axes, places[-1], column, is_narrow)
    if is_narrow:
        for place, label in zip(places, labels, strict=True):
            axes.annotate(label, (0, place - _ABOVE), xycoords=("axes fraction", "data"), va="center")
    shown = [""] * len(labels) if is_narrow else labels
    _set_axes(axes, places, shown, is_ratio, f"{column['unit']} with {column['level']}% interval")
    figure.tight_layout()
    return figure


def _draw_study(axes: Axes, at: int, row: pd.Series[Any], is_narrow: bool) -> None:
    address = link_paper(str(row["citekey"]))
    axes.plot([row["low"], row["high"]], [at, at], color=BLUE, linewidth=1.4, solid_capstyle="butt")
    axes.scatter([row["number"]], [at], marker="s", s=22, color=BLUE, zorder=3, urls=[address],
                 gid=f"{LABEL}{row['paper']}: {row['value']}")  # fmt: skip
    _write_number(axes, at, str(row["value"]), is_narrow, url=address)


def _write_number(axes: Axes, at: float, text: str, is_narrow: bool, **look: Any) -> None:
    """Write a number beside its line, or on a narrow page above it."""
    place, side = ((1, at - _ABOVE), "right") if is_narrow else ((1.02, at), "left")
    axes.annotate(text, place, xycoords=("axes fraction", "data"), ha=side, va="center", fontsize=8, **look)


def _draw_summary(axes: Axes, at: float, column: pd.Series[Any], is_narrow: bool) -> None:
    low, middle, high = (float(column[name]) for name in ("low", "estimate", "high"))
    axes.fill([low, middle, high, middle], [at, at - 0.3, at, at + 0.3], color=ORANGE, zorder=3)
    _write_number(axes, at, say_summary(column), is_narrow, fontweight="bold")
    axes.axhline(at - 0.8, color=LINE, linewidth=0.6)


def _set_axes(axes: Axes, places: list[float], labels: list[str], is_ratio: bool, title: str) -> None:
    axes.set_yticks(places, labels)
    axes.set_ylim(max(places) + 0.7, -0.8)
    axes.set_xlabel(title)
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    if is_ratio:
        axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5), numticks=8))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def _shorten(label: str) -> str:
    """Return a label that fits beside the plot: names are cut, their year is not."""
    if len(label) <= _MOST_LABEL:
        return label
    names, space, year = label.rpartition(" ")
    end = f"… {year}" if space and year[:4].isdigit() else "…"
    return f"{(names if len(end) > 1 else label)[: _MOST_LABEL - len(end)].rstrip()}{end}"


def say_summary(column: pd.Series[Any]) -> str:
    """Return the summary as people write an effect: "0.78 (0.66 to 0.92)"; nothing without one."""
    if not column["estimate"]:
        return ""
    estimate, low, high = (f"{float(column[name]):.2f}" for name in ("estimate", "low", "high"))
    return f"{estimate} ({low} to {high})"


def find_main(found: pd.DataFrame, column: pd.Series[Any]) -> str:
    """Return the summary, or without one how far the effects reach."""
    if column["estimate"]:
        studies = count(int(column["studies"]), "study", "studies")
        return f"Over {studies}, the {plain(str(column['unit']))} is {say_summary(column)}."
    studies = count(found["citekey"].nunique(), "study", "studies")
    return f"{studies} give an effect, from {found['number'].min():g} to {found['number'].max():g}."


def describe_effects(column: pd.Series[Any]) -> str:
    """Return the method, the heterogeneity and the reason of a summary, or that none is computed."""
    if not column["estimate"]:
        return "No summary is computed: the author has not said that the studies are comparable."
    p = float(column["p"])
    return (
        f"The diamond is the summary: {_METHOD}. "
        f"Heterogeneity: I² = {float(column['i_squared']):.0%}, τ² = {float(column['tau_squared']):.3g}, "
        f"Q = {float(column['q']):.1f} (p {'< 0.001' if p < 0.001 else f'= {p:.3f}'}). "
        f"The author summarises them because {plain(str(column['because']).rstrip('.'))}."
    )
