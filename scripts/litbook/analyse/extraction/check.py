"""Hold each extracted value to the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from litbook.analyse.extraction.quotes import find_quote, suggest_sentence
from litbook.analyse.extraction.readings import Problem, read_value
from litbook.model.extraction import Column, Extracted, Extraction
from litbook.model.faults import Fault, nearest
from litbook.model.review import Corpus


@dataclass(frozen=True, slots=True)
class _Text:
    """Hold the text of a paper: its title, and the sentences of its abstract."""

    title: str
    abstract: str
    spans: tuple[tuple[int, int], ...]

    @property
    def sentences(self) -> list[str]:
        return [self.abstract[start:end] for start, end in self.spans]


def check_rows(file: str, corpus: Corpus, read: Extraction) -> tuple[tuple[Extracted, ...], list[Fault]]:
    """Return the rows with their sentences and values read, and what is wrong with them."""
    columns = {column.id: column for column in read.columns}
    texts = {
        paper.citekey: _Text(paper.title.plain, paper.abstract.plain, corpus.sentences[paper.citekey])
        for paper in corpus.papers
    }
    excluded = {exclusion.paper.citekey for exclusion in corpus.excluded}
    faults: list[Fault] = []
    rows: list[Extracted] = []
    for row in read.rows:
        problems = list(_check_place(row, columns, texts, excluded))
        if not problems:
            placed, problems = _place_quote(row, texts[row.citekey])
            if not problems:
                placed, problems = read_value(columns[row.column], placed)
                rows.append(placed)
        faults += [Fault(file, row.line, f"{row.citekey}: {what}", remedy) for what, remedy in problems]
    faults += [Fault(file, line, what, remedy) for line, what, remedy in _find_duplicates(rows, columns)]
    return tuple(rows), faults


def _check_place(
    row: Extracted, columns: Mapping[str, Column], texts: Mapping[str, _Text], excluded: set[str]
) -> Iterator[Problem]:
    if row.citekey in excluded:
        yield "extracted from but excluded by decisions.csv", "include the paper, or delete the row"
    elif row.citekey not in texts:
        yield "unknown citekey", nearest(row.citekey, texts) or "book/corpus/ledger.jsonl lists all citekeys"
    if row.column not in columns:
        yield (
            f"unknown column '{row.column}'",
            nearest(row.column, columns) or f"extraction.yml has {', '.join(columns) or 'no columns'}",
        )


def _place_quote(row: Extracted, text: _Text) -> tuple[Extracted, list[Problem]]:
    """Return a row with the words of the paper as its quotation and the number of their sentence."""
    if not row.quote or row.where:
        return row, []
    sentences = text.sentences
    if row.quote.isdecimal():
        number = int(row.quote)
        if not 1 <= number <= len(sentences):
            return row, [(f"no sentence {number}", f"the abstract has {len(sentences)}; litbook show numbers them")]
        return replace(row, quote=sentences[number - 1], sentence=number), []
    if (span := find_quote(row.quote, text.abstract)) is not None:
        at = next((number for number, (_, end) in enumerate(text.spans, 1) if span[0] < end), len(sentences))
        return replace(row, quote=_recover(row.quote, text.abstract, span), sentence=at), []
    if (span := find_quote(row.quote, text.title)) is not None:
        return replace(row, quote=_recover(row.quote, text.title, span), sentence=0), []
    return row, [(f"not word for word in title or abstract: “{row.quote}”", suggest_sentence(row.quote, sentences))]


def _recover(quote: str, text: str, span: tuple[int, int]) -> str:
    """Return the paper's own words, unless some are left out."""
    return text[slice(*span)] if span[1] - span[0] == len(quote) else quote


def _find_duplicates(rows: Sequence[Extracted], columns: Mapping[str, Column]) -> Iterator[tuple[int, str, str]]:
    """Yield rows in which an extractor says a second time what a paper says."""
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        column = columns[row.column]
        place = (row.citekey, row.column, row.by, *([row.value.casefold()] if column.several else []))
        if place in first:
            what = f"{row.citekey}: duplicate value of '{row.column}' by {row.by}, first on line {first[place]}"
            remedy = "delete one of the two rows"
            yield row.line, what, remedy if column.several else f"{remedy}, or write several: true in extraction.yml"
        first.setdefault(place, row.line)
