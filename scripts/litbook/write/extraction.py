"""What people extracted: a table for spreadsheets and notebooks, a section of a paper's page, filters of lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from litbook.model.extraction import NOT_REPORTED, NUMBER, Column, Extracted, Extraction
from litbook.model.review import Corpus
from litbook.text.escape import escape, guard_cell
from litbook.write.labels import label_of

COLUMNS = ("citekey", "paper", "column", "value", "unit", "number", "low", "high", "level", "quote", "sentence",
           "where", "by", "date", "note", "shown", "name", "kind", "group", "rank")  # fmt: skip
# Of a column's id in an address, so that no id takes the place of a filter that every review has.
PREFIX = "x."
SUMMARY_COLUMNS = ("column", "name", "unit", "scale", "null", "level", "studies", "estimate", "low", "high",
                   "tau_squared", "i_squared", "q", "p", "because")  # fmt: skip


def name_extracted(corpus: Corpus) -> tuple[tuple[str, str], ...]:
    """Return the citekey and the label of each paper of which a value was extracted."""
    keys = {row.citekey for row in corpus.extraction.rows}
    return tuple(
        (paper.citekey, label_of(corpus, paper).in_list or paper.title.plain)
        for paper in corpus.papers
        if paper.citekey in keys
    )


def render_extraction(made_from: tuple[Extraction, tuple[tuple[str, str], ...]]) -> str:
    """Return one row for each value, in the order of the file, from the values and the labels of their papers.

    `number` holds the value of a number or the estimate of an effect, `low` and `high` its limits; `sentence` is empty
    for what a full text says, 0 for a title; `shown` is "yes" for what tables show, where extractors differ or agreed.
    `name`, `kind` and `group` are those of the column, and `rank` is the place of a choice among the choices, from 1.
    """
    extraction, labels = made_from[0], dict(made_from[1])
    lines = io.StringIO()
    table = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    table.writeheader()
    columns = {column.id: column for column in extraction.columns}
    shown = {row.line for rows in extraction.of.values() for row in rows}
    for row in extraction.rows:
        column, effect = columns[row.column], row.effect
        table.writerow(
            {
                "citekey": row.citekey,
                "paper": guard_cell(labels[row.citekey]),
                "column": row.column,
                "value": guard_cell(row.value),
                "unit": guard_cell(column.unit),
                "number": _decimal(effect.estimate if effect else row.number),
                "low": _decimal(effect.low if effect else None),
                "high": _decimal(effect.high if effect else None),
                "level": column.level if effect else "",
                "quote": guard_cell(row.quote),
                "sentence": "" if row.sentence < 0 else row.sentence,
                "where": guard_cell(row.where),
                "by": guard_cell(row.by),
                "date": row.date,
                "note": guard_cell(row.note),
                "shown": "yes" if row.line in shown else "no",
                "name": guard_cell(column.name),
                "kind": column.kind,
                "group": guard_cell(column.group),
                "rank": column.names.index(row.value) + 1 if row.value in column.names else "",
            }
        )
    return lines.getvalue()


def render_effects(extraction: Extraction) -> str:
    """Return one row for each column of effects; the summary is empty where the author does not ask for one."""
    lines = io.StringIO()
    table = csv.DictWriter(lines, SUMMARY_COLUMNS, lineterminator="\n")
    table.writeheader()
    for column in extraction.columns:
        if column.null is None:
            continue
        known = {
            "column": column.id,
            "name": guard_cell(column.name),
            "unit": guard_cell(column.unit),
            "scale": "ratio" if column.null == 1 else "difference",
            "null": _decimal(column.null),
            "level": column.level,
            "because": guard_cell(column.pooling.because) if column.pooling else "",
        }
        summary = extraction.summaries.get(column.id)
        found = {name: f"{getattr(summary, name):.6g}" for name in SUMMARY_COLUMNS[7:14]} if summary else {}
        table.writerow(known | ({"studies": summary.studies} if summary else {}) | found)
    return lines.getvalue()


def _decimal(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):.12g}"


@dataclass(frozen=True, slots=True)
class ExtractedColumn:
    """Hold a column of which a paper has values: its id, its heading, and the values with what they rest on."""

    id: str
    heading: str
    rows: tuple[Extracted, ...]


def gather_extracted(corpus: Corpus, citekey: str) -> tuple[ExtractedColumn, ...]:
    """Return what people extracted from a paper, in the order of the columns."""
    theme = corpus.placements[citekey].theme
    return tuple(
        ExtractedColumn(column.id, column.heading, rows)
        for column in corpus.extraction.columns
        if column.asks(theme) and (rows := corpus.extraction.of.get((citekey, column.id), ()))
    )


def render_extracted(columns: Sequence[ExtractedColumn]) -> Iterator[str]:
    """Yield a section of Markdown, each value with a role that renders what it rests on, by column and position."""
    if columns:
        yield "## Extracted"
        yield "\n".join(f"- **{escape(column.heading)}** {_list_values(column)}" for column in columns)


def _list_values(column: ExtractedColumn) -> str:
    return "; ".join(
        f"{escape(row.value)} {{litbook-from}}`{column.id} {number}`" if row.quote else escape(row.value)
        for number, row in enumerate(column.rows)
    )


# --- Filters ---


@dataclass(frozen=True, slots=True)
class Facet:
    """A column of choices with the values that papers have: its choices in order, then "not reported".

    Of a column of numbers (`is_range`), the values are the numbers from the lowest.
    """

    id: str
    name: str
    values: tuple[str, ...]
    is_range: bool = False


def find_facets(corpus: Corpus, citekeys: Iterable[str]) -> tuple[Facet, ...]:
    """Return the columns of choices and of numbers of which any of the papers has a value."""
    keys = tuple(citekeys)
    held = {column: {value for key in keys for value in _filtered_by(corpus, column, key)} for column in _kept(corpus)}
    return tuple(
        Facet(column.id, column.heading, tuple(sorted(values, key=float)), is_range=True)
        if column.kind == NUMBER
        else Facet(column.id, column.name, tuple(name for name in (*column.names, NOT_REPORTED) if name in values))
        for column, values in held.items()
        if values
    )


def join_facets(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Return the columns of several groups of papers once; a single number cannot be filtered."""
    joined: dict[str, Facet] = {}
    for facet in facets:
        known = joined.get(facet.id)
        values = tuple(dict.fromkeys((*(known.values if known else ()), *facet.values)))
        joined[facet.id] = replace(facet, values=tuple(sorted(values, key=float)) if facet.is_range else values)
    return tuple(facet for facet in joined.values() if len(facet.values) > facet.is_range)


def _kept(corpus: Corpus) -> Iterator[Column]:
    return (column for column in corpus.extraction.columns if _can_filter(column))


def _can_filter(column: Column) -> bool:
    return bool(column.names) or column.kind == NUMBER


def _filtered_by(corpus: Corpus, column: Column, citekey: str) -> tuple[str, ...]:
    """Return what a filter looks for in a paper: its choices, or its numbers without units."""
    rows = _rows_of(corpus, column, citekey)
    if column.kind == NUMBER:
        return tuple(_decimal(row.number) for row in rows if row.number is not None)
    return tuple(row.value for row in rows)


def values_of(corpus: Corpus, column: Column, citekey: str) -> tuple[str, ...]:
    """Return the values that a paper has in a column, none where its theme is not asked."""
    return tuple(row.value for row in _rows_of(corpus, column, citekey))


def _rows_of(corpus: Corpus, column: Column, citekey: str) -> tuple[Extracted, ...]:
    rows = corpus.extraction.of.get((citekey, column.id), ())
    return rows if rows and column.asks(corpus.placements[citekey].theme) else ()


def list_values(corpus: Corpus, citekey: str) -> tuple[tuple[str, str], ...]:
    """Return each choice and each number of a paper behind the id of its column."""
    return tuple((column.id, value) for column in _kept(corpus) for value in _filtered_by(corpus, column, citekey))


def keep_filtered(extraction: Extraction) -> Extraction:
    """Return the columns by which papers are filtered and their values, without anything else that was extracted."""
    columns = tuple(replace(column, line=0) for column in extraction.columns if _can_filter(column))
    kept = {column.id for column in columns}
    of = {
        place: tuple(replace(row, line=0, quote="", by="", date="", note="", where="", sentence=-1) for row in rows)
        for place, rows in extraction.of.items()
        if place[1] in kept
    }
    return Extraction(columns, of=of)
