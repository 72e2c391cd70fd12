"""The catalogue of papers as a table: the only thing that notebooks read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from litbook.text.escape import unguard_cell


def read_papers(path: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read `papers.csv` or `papers.json`, one row a paper, themes in the order of the book.

    A notebook that names the columns which it reads is executed again only when one of these has changed. The order of
    the themes is known from the column "theme_number". In the JSON, lists stay lists (empty where nothing is known) and
    other unknown values are empty strings; `year` is missing (`pd.NA`) where it is unknown.
    """
    papers = _read_json(Path(path), columns) if str(path).endswith(".json") else read_table(path, columns)
    if "year" in papers:
        papers["year"] = pd.to_numeric(papers["year"].replace("", None)).astype("Int64")
    if {"theme", "theme_number"} <= set(papers):
        order = papers.drop_duplicates("theme").sort_values("theme_number")["theme"].tolist()
        papers["theme"] = pd.Categorical(papers["theme"], categories=order, ordered=True)
    return papers


def read_table(path: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read a table that the build wrote, without the apostrophes that keep spreadsheets from computing its cells."""
    table = pd.read_csv(path, usecols=list(columns) if columns else None, keep_default_na=False)
    texts = [str(name) for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])]
    return table.assign(**{name: table[name].map(unguard_cell) for name in texts})


# What the JSON holds as a list; what is absent there is an empty one.
_LISTS = frozenset("also authors benchmarks cited_by cites evidence findings method models related".split())


def _read_json(path: Path, columns: Sequence[str] | None) -> pd.DataFrame:
    papers = json.loads(path.read_text("utf-8"))
    names = list(columns) if columns else sorted({name for paper in papers for name in paper})
    rows = [[paper.get(name, [] if name in _LISTS else {} if name == "links" else "") for name in names]
            for paper in papers]  # fmt: skip
    return pd.DataFrame(rows, columns=names)
