"""What tables of extracted values show: a row for each paper, a cell for each column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from litbook.analyse.extraction.drafts import find_drafts, quote_of
from litbook.model.extraction import INTERVAL, Column, Extracted
from litbook.model.notices import flag_of
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, Paper, Text
from litbook.text.escape import clean
from litbook.write.labels import label_of

_RATIO = re.compile(r"ratio\b|relative risk|\b(?:a?[HOR]R|IRR|SHR|PR)\b", re.IGNORECASE)
BY_RULES, DIFFER = "found by rules", "extractors differ"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a cell.

    `anchor` is that of the sentence that it rests on, or empty; `source` says where the quotation is from, `by` who
    extracted it, or is empty for what rules found. `rank` is the number by which tables sort, if there is one.
    """

    text: str
    quote: str
    anchor: str
    source: str
    by: str
    note: str = ""
    rank: float | None = None

    @property
    def hint(self) -> str:
        """Return what is shown beside the value on hover: the words that it rests on and who read them."""
        quoted = f"“{self.quote}”" if self.quote else ""
        origin = f"extracted by {self.by}" if self.by else "found by rules, not extracted by a person"
        return " · ".join(filter(None, (quoted, self.source, self.note, origin)))


@dataclass(frozen=True, slots=True)
class Row:
    """One paper and its cells, in the order of the columns; `label` is empty where no author is known.

    `flag` says that it was retracted, or another serious notice.
    """

    citekey: str
    label: str
    title: Text
    theme: str
    cells: tuple[tuple[Value, ...], ...]
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that have a value, and the papers that have one."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    papers: int

    def places(self, columns: Iterable[Column]) -> list[int]:
        """Return the positions of columns."""
        return [self.columns.index(column) for column in columns]


def make_table(corpus: Corpus, slug: str = "") -> Table:
    """Return the table of a theme, or of all papers; columns and papers without any value are left out."""
    papers = papers_of(corpus, slug) if slug else corpus.papers
    asked = [column for column in corpus.extraction.columns if not slug or column.asks(slug)]
    cells = {paper.citekey: [_make_cell(corpus, paper, column) for column in asked] for paper in papers}
    held = [at for at in range(len(asked)) if any(cells[paper.citekey][at] for paper in papers)]
    rows = tuple(
        Row(
            paper.citekey,
            label_of(corpus, paper).in_list,
            paper.title,
            corpus.placements[paper.citekey].theme,
            tuple(cells[paper.citekey][at] for at in held),
            flag_of(paper.notices),
        )
        for paper in papers
        if any(cells[paper.citekey])
    )
    return Table(tuple(asked[at] for at in held), rows, len(papers))


def keep_columns(table: Table, wanted: Callable[[Column], bool]) -> Table:
    """Return a table with the wanted columns, and the papers that have a value in one of them."""
    places = [at for at, column in enumerate(table.columns) if wanted(column)]
    rows = (replace(row, cells=tuple(row.cells[at] for at in places)) for row in table.rows)
    return replace(
        table, columns=tuple(table.columns[at] for at in places), rows=tuple(row for row in rows if any(row.cells))
    )


def _make_cell(corpus: Corpus, paper: Paper, column: Column) -> tuple[Value, ...]:
    if not column.asks(corpus.placements[paper.citekey].theme):
        return ()
    rows = corpus.extraction.of.get((paper.citekey, column.id), ())
    return tuple(map(make_value, rows)) if rows else tuple(_list_drafts(corpus, paper, column))


def make_value(row: Extracted) -> Value:
    """Return what is shown of one row of `extraction.csv`."""
    anchor = f"sentence-{row.sentence}" if row.sentence > 0 else ""
    where = f"{row.where} of the full text, not checked by the build" if row.where else ""
    source = where or (f"sentence {row.sentence}" if anchor else "title" if row.sentence == 0 and row.quote else "")
    number = row.effect.estimate if row.effect else row.number
    return Value(row.value, row.quote, anchor, source, row.by, row.note, None if number is None else float(number))


def _list_drafts(corpus: Corpus, paper: Paper, column: Column) -> Iterable[Value]:
    """Yield what the rules found for a column of which no person has extracted a value."""
    for draft in find_drafts(corpus, paper, column.draft) if column.draft else ():
        if column.kind == INTERVAL and not fits_measure(column, draft.value):
            continue
        anchor = f"sentence-{draft.sentence}" if draft.sentence else ""
        source = f"sentence {draft.sentence}" if anchor else "title"
        yield Value(draft.value, quote_of(corpus, paper, draft.sentence), anchor, source, "")


def fits_measure(column: Column, effect: str) -> bool:
    """Return whether an effect that rules found is a ratio, or a difference, as the column's are."""
    return bool(_RATIO.search(effect)) == (column.null == 1)


def choice_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns whose values are choices, which can be filtered and crossed."""
    return tuple(column for column in columns if column.names)


def differ(column: Column, values: Sequence[Value]) -> bool:
    """Return whether a cell holds what several extractors read and have not settled."""
    return len(values) > 1 and not column.several and all(value.by for value in values)


def render_value(value: Value, page: str) -> str:
    """Return a value as a link to the sentence that it rests on, with the words themselves on hover."""
    target = f"{page}#{value.anchor}" if value.anchor else page
    mark = "" if value.by else f' <span class="litbook-extracted-note">{BY_RULES}</span>'
    text = escape(clean(value.text), quote=False)
    return f'<a href="{escape(target)}" title="{escape(clean(value.hint))}">{text}</a>{mark}'


def join_names(names: Sequence[str]) -> str:
    """Return names as a list in a sentence."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
