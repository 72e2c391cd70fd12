"""Invented catalogues for tests of figures, and the figures that a notebook would show. All people are invented."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from bs4 import BeautifulSoup

mpl.use("svg")

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from litbook.figures import read_papers

THEMES = (("crafts", "Crafts: folding and knotting"), ("gardens", "Gardens below the tide"), ("songs", "Songs of mice"))
KINDS = ("method", "analysis", "benchmark-or-dataset", "survey", "theory", "position", "")
MODELS = ("Quillwort-7B", "TideNet", "MouseLM")
BENCHMARKS = ("PaperCrane", "TidalChess", "NestSongs")
WORDS = (
    "paper crane fold crease tide chess garden weed tomato moss mouse song nest duet melody knot rope boat harbour "
    "lantern kettle compass orchard image video speech model benchmark gradient reward prompt"
).split()
PEOPLE = tuple(f"{first} {last}" for first in ("Ada", "Bo", "Cyd", "Dee") for last in ("Invented", "Madeup", "Nobody"))


def make_rows(number: int, seed: int = 0) -> list[dict[str, Any]]:
    """Return invented papers as in `papers.json`, with the columns that only `papers.csv` has."""
    chance = random.Random(seed)
    return [_make_row(chance, at) for at in range(number)]


def _make_row(chance: random.Random, at: int) -> dict[str, Any]:
    theme = chance.randrange(len(THEMES))
    year = chance.randint(2014, 2031)
    key = f"invented{year}p{at:05}"
    title = " ".join(chance.choices(WORDS, k=5)).capitalize()
    return {
        "citekey": key,
        "title": f"{title} <b>$x_{at}$</b>",
        "authors": chance.sample(PEOPLE, chance.randint(1, 3)),
        "year": year,
        "published": f"{year}-{chance.randint(1, 12):02}",
        "venue": chance.choice(["Tidal Letters 2031", "Journal of Nests", ""]),
        "venue_year": year + chance.randint(0, 2),
        "part": "Part I",
        "theme": THEMES[theme][0],
        "theme_number": theme + 1,
        "theme_title": THEMES[theme][1],
        "kind": chance.choice(KINDS),
        "abstract": ". ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(4)) + ".",
        "method": chance.sample(["fine-tuning", "prompting"], chance.randint(0, 1)),
        "models": chance.sample(MODELS, chance.randint(0, 2)),
        "benchmarks": chance.sample(BENCHMARKS, chance.randint(0, 2)),
        "findings": [{"number": "12%", "sentence": 2}] if chance.random() < 0.3 else [],
        "links": {"code": "https://example.org/c"} if chance.random() < 0.4 else {},
        "code": "",
        "related": [],
        "url": f"book/papers/{key}.html",
    }


UNKNOWN: Mapping[str, Any] = {"year": "", "published": "", "venue": "", "venue_year": "", "authors": [], "kind": "",
                              "models": [], "benchmarks": [], "method": [], "findings": [], "links": {}}  # fmt: skip


def without(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Return the papers without the values of the given fields."""
    return [{**row, **{name: UNKNOWN[name] for name in names}} for row in rows]


# Collections on which every figure must draw what is known or say what is missing.
_COLLECTIONS: Mapping[str, Callable[[], list[dict[str, Any]]]] = {
    "ordinary": lambda: make_rows(60),
    "no dates": lambda: without(make_rows(60, 1), "year", "published", "venue_year"),
    "no authors": lambda: without(make_rows(60, 2), "authors"),
    "nothing known": lambda: without(make_rows(40, 3), *UNKNOWN),
    "twelve papers": lambda: make_rows(12, 4),
    "one paper": lambda: make_rows(1, 5),
    "many papers": lambda: make_rows(1500, 6),
}
COLLECTIONS = [pytest.param(name, marks=[pytest.mark.slow] * (name != "ordinary")) for name in _COLLECTIONS]


def make_collection(name: str) -> list[dict[str, Any]]:
    """Return the invented papers of one of the collections."""
    return _COLLECTIONS[name]()


def write_catalogue(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Write `papers.json` and `papers.csv` of the invented papers as the build does."""
    known = [{name: value for name, value in row.items() if value not in ("", [], {})} for row in rows]
    (folder / "papers.json").write_text(json.dumps(known), "utf-8")
    flat = [{**row, "authors": "; ".join(row["authors"]), "code": row["links"].get("code", "")} for row in rows]
    pd.DataFrame(flat).drop(columns=["abstract", "links", "related", "findings"]).to_csv(
        folder / "papers.csv", index=False
    )


def read_rows(folder: Path, rows: list[dict[str, Any]], columns: list[str], name: str = "papers.json") -> pd.DataFrame:
    """Return what a notebook reads of the invented papers."""
    write_catalogue(folder, rows)
    return read_papers(folder / name, columns)


@contextmanager
def collect_figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Collect the figures that are shown, instead of closing them; close all of them at the end."""
    shown: list[Figure] = []
    close = plt.close
    monkeypatch.setattr(plt, "close", lambda figure=None: shown.append(figure))
    with mpl.rc_context():
        yield shown
    close("all")


def read_heat(html: str) -> dict[tuple[str, str], Any]:
    """Return all cells of a page's first heat map, by the words of their row and column."""
    table = BeautifulSoup(html, "html.parser").select_one(".litbook-heat")
    assert table
    columns = [head.get_text() for head in table.select("thead th")][1:]
    return {
        (row.select("th")[0].get_text(), column): cell
        for row in table.select("tbody tr")
        for column, cell in zip(columns, row.select("td"), strict=True)
    }


def read_counts(html: str) -> dict[tuple[str, str], str]:
    """Return what is written in the cells of a heat map, of those that have something."""
    return {place: cell.get_text() for place, cell in read_heat(html).items() if cell.get_text()}


def read_bars(html: str) -> list[list[str]]:
    """Return the words of each row with a bar, cell by cell."""
    rows = BeautifulSoup(html, "html.parser").select(".litbook-bars tbody tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]
