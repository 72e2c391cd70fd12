"""The evidence table as HTML for the site, and as nodes of docutils for other formats; both give the same page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes

from litbook.core.urls import paper_page
from litbook.model.review import Text
from litbook.model.stated import NAME_FIELDS, STUDY_FIELDS, Draft, Stated
from litbook.site.build.escape import escape
from litbook.site.lists.paper_list import link_to_paper
from litbook.text.italics import split_italics

_PAPER, _RESULTS = "Paper", "Results in numbers"
_NOT_FOUND = "–"
_LEAST = 3.2  # rem for each unit of a column's width
_TEXT = 44  # rem of the text that a chapter has
# What is kept of full texts, by what it is about, with the heads of its columns.
TEXT_HEADS = {
    "sample": "Sample, in the full text",
    "limitations": "Limitations, in the full text",
    "availability": "Data and code, in the full text",
}
_WIDE = {**dict.fromkeys(TEXT_HEADS.values(), 4), _PAPER: 3, _RESULTS: 4, "Effect": 3, "Outcome": 3, "Population": 3}


@dataclass(frozen=True, slots=True)
class TextQuote:
    """Hold a sentence of a paper's full text: what it is about, its section by heading, and its place, "4.12"."""

    about: str
    text: str
    heading: str
    place: str

    @property
    def anchor(self) -> str:
        """Return the anchor of the sentence on the paper's page."""
        return f"sentence-{self.place.replace('.', '-')}"

    @property
    def label(self) -> str:
        """Return where the sentence is, as a link says it."""
        number = self.place.rpartition(".")[2]
        return f"{self.heading}, sentence {number}" if self.heading else f"sentence {self.place}"


@dataclass(frozen=True, slots=True)
class Row:
    """Hold a row: a paper, what its abstract states, and the text of each sentence that holds a number.

    `ground` says of what kind the paper is and from when, and how an editor graded it, if one did; `texts` are the
    sentences that are kept of its full text.
    """

    citekey: str
    title: Text
    stated: Stated
    quotes: tuple[tuple[int, str], ...]
    ground: str = ""
    texts: tuple[TextQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what one sentence states: numbers with what they measure, the sentence and its number."""

    numbers: tuple[str, ...]
    quote: str
    sentence: int


def find_results(row: Row) -> Iterator[Result]:
    """Yield the sentences that state numbers."""
    quotes = dict(row.quotes)
    for sentence, group in groupby(row.stated.findings, key=lambda finding: finding.sentence):
        numbers = tuple(
            f"{', '.join(finding.number for finding in same)}{f' ({measured})' if measured else ''}"
            for measured, same in groupby(group, key=lambda finding: finding.measured)
        )
        yield Result(numbers, f" “{quotes[sentence]}” ", sentence)


def list_heads(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the heads of the columns of which a row states something, behind that of the papers."""
    named = [label for name, label in NAME_FIELDS.items() if any(getattr(row.stated, name) for row in rows)]
    given = {draft.field for row in rows for draft in row.stated.study}
    studied = [label for field, label in STUDY_FIELDS.items() if field in given]
    numbers = any(row.stated.findings for row in rows) and "effect" not in given  # an effect says more than its numbers
    results = [_RESULTS] if numbers else []
    kept = {quote.about for row in rows for quote in row.texts}
    return (_PAPER, *named, *studied, *results, *(head for about, head in TEXT_HEADS.items() if about in kept))


def _list_widths(heads: Sequence[str]) -> list[int]:
    return [_WIDE.get(head, 2) for head in heads]


def _names(row: Row, heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the head of each column of names with the names, an empty text for none."""
    for name, label in NAME_FIELDS.items():
        if label in heads:
            yield label, ", ".join(getattr(row.stated, name))


def _studied(row: Row, heads: Sequence[str]) -> Iterator[tuple[str, list[Draft]]]:
    """Yield the head of each column about a study with what was found for it."""
    for field, label in STUDY_FIELDS.items():
        if label in heads:
            yield label, [draft for draft in row.stated.study if draft.field == field]


def _quoted(row: Row, heads: Sequence[str]) -> Iterator[tuple[str, list[TextQuote]]]:
    """Yield the head of each column of full texts with the sentences that are kept of the paper's."""
    for about, head in TEXT_HEADS.items():
        if head in heads:
            yield head, [quote for quote in row.texts if quote.about == about]


def _locate(draft: Draft) -> str:
    """Return the anchor of the sentence that holds a draft; a title has none."""
    return f"#sentence-{draft.sentence}" if draft.sentence else ""


# --- As HTML ---

_NOTHING = f'<span class="litbook-not-stated">{_NOT_FOUND}</span>'


def render_table(rows: Sequence[Row], to_page: Callable[[str], str]) -> str:
    """Return the table as HTML; `to_page` gives the address of a paper's page."""
    heads = list_heads(rows)
    body = "".join(_render_row(row, heads, to_page(row.citekey), at) for at, row in enumerate(rows))
    return f"{render_heads(heads, _list_widths(heads))}<tbody>\n{body}</tbody>\n</table>\n</div>\n"


def render_heads(heads: Sequence[str], widths: Sequence[int], name: str = "") -> str:
    """Return the opening of a table with the heads of its columns, and room for each; `name` is a class of the table.

    A table of many columns is wider than the text and scrolls by itself, with the papers in sight.
    """
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.1f}%" />\n' for width in widths)
    head = "\n".join(f'<th class="head"><p>{escape(name)}</p></th>' for name in heads)
    least = sum(widths) * _LEAST
    wide = f' litbook-evidence-wide" style="--least: {least:g}rem' if least > _TEXT else ""
    names = f"litbook-evidence {name}".strip()
    return (
        f'<div class="litbook-scroll"><table class="{names} docutils align-default{wide}">\n'
        f'<colgroup>\n{columns}</colgroup>\n<thead>\n<tr class="row-odd">{head}\n</tr>\n</thead>\n'
    )


def _render_row(row: Row, heads: Sequence[str], address: str, at: int) -> str:
    page = escape(address)
    title = "".join(
        f"<em>{escape(text)}</em>" if slanted else escape(text) for text, slanted in split_italics(row.title)
    )
    ground = f' <span class="litbook-ground">{escape(row.ground)}</span>' if row.ground else ""
    cells = [f'<td><p><a href="{page}">{title}</a>{ground}</p></td>']
    cells += [render_cell([escape(names)] if names else [], head) for head, names in _names(row, heads)]
    cells += [render_cell([_render_draft(item, page) for item in held], head) for head, held in _studied(row, heads)]
    if _RESULTS in heads:
        cells.append(render_cell([_render_result(result, page) for result in find_results(row)], _RESULTS))
    cells += [render_cell([_render_quote(quote, page) for quote in held], head) for head, held in _quoted(row, heads)]
    return f'<tr class="row-{"odd" if at % 2 else "even"}">' + "\n".join(cells) + "\n</tr>\n"


def _render_draft(draft: Draft, page: str) -> str:
    return f'<a href="{page}{_locate(draft)}">{escape(draft.value)}</a>'


def _render_result(result: Result, page: str) -> str:
    numbers = "; ".join(f"<strong>{escape(number)}</strong>" for number in result.numbers)
    quote = f'<span class="litbook-evidence-quote">{escape(result.quote)}</span>'
    return f'{numbers}{quote}<a href="{page}#sentence-{result.sentence}">sentence {result.sentence}</a>'


def _render_quote(quote: TextQuote, page: str) -> str:
    said = f'<span class="litbook-evidence-quote">“{escape(quote.text)}” </span>'
    return f'{said}<a href="{page}#{quote.anchor}">{escape(quote.label)}</a>'


def render_cell(lines: Sequence[str], head: str) -> str:
    """Return a cell of HTML, a dash for no lines; `head` is that of its column."""
    label = f'<span class="litbook-stacked-label">{escape(head)}: </span>'
    paragraphs = "</p>\n<p>".join(lines or [_NOTHING])
    return f"<td><p>{label}{paragraphs}</p>{chr(10) if len(lines) > 1 else ''}</td>"


# --- As nodes ---


def draw_table(rows: Sequence[Row], docname: str, to_document: Callable[[str, str], str]) -> nodes.table:
    """Return the table as nodes; `to_document` gives the address of a document, seen from another."""
    heads = list_heads(rows)
    group = draw_widths(_list_widths(heads))
    group += nodes.thead("", nodes.row("", *(make_cell([[nodes.Text(head)]]) for head in heads)))
    group += nodes.tbody("", *(_draw_row(row, heads, docname, to_document) for row in rows))
    return nodes.table("", group, classes=["litbook-evidence", "colwidths-given"])


def draw_widths(widths: Sequence[int]) -> nodes.tgroup:
    """Return the body of a table with the widths of its columns."""
    return nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in widths), cols=len(widths))


def _draw_row(row: Row, heads: Sequence[str], docname: str, to_document: Callable[[str, str], str]) -> nodes.row:
    address = to_document(docname, paper_page(row.citekey))
    ground = [nodes.Text(" "), nodes.inline("", row.ground, classes=["litbook-ground"])] if row.ground else []
    cells = [make_cell([[link_to_paper(docname, row.citekey, row.title), *ground]])]
    cells += [make_cell([[nodes.Text(names)]] if names else [], head) for head, names in _names(row, heads)]
    cells += [make_cell([_draw_draft(item, address) for item in held], head) for head, held in _studied(row, heads)]
    if _RESULTS in heads:
        cells.append(make_cell([_draw_result(result, address) for result in find_results(row)], _RESULTS))
    cells += [make_cell([_draw_quote(quote, address) for quote in held], head) for head, held in _quoted(row, heads)]
    return nodes.row("", *cells)


def _draw_draft(draft: Draft, address: str) -> Sequence[nodes.Node]:
    return [nodes.reference("", draft.value, internal=True, refuri=f"{address}{_locate(draft)}")]


def _draw_result(result: Result, address: str) -> Sequence[nodes.Node]:
    numbers: list[nodes.Node] = []
    for number in result.numbers:
        numbers += [nodes.Text("; ")] if numbers else []
        numbers.append(nodes.strong("", number))
    quote = nodes.inline("", result.quote, classes=["litbook-evidence-quote"])
    link = nodes.reference(
        "", f"sentence {result.sentence}", internal=True, refuri=f"{address}#sentence-{result.sentence}"
    )
    return [*numbers, quote, link]


def _draw_quote(quote: TextQuote, address: str) -> Sequence[nodes.Node]:
    said = nodes.inline("", f"“{quote.text}” ", classes=["litbook-evidence-quote"])
    return [said, nodes.reference("", quote.label, internal=True, refuri=f"{address}#{quote.anchor}")]


def make_cell(lines: Iterable[Sequence[nodes.Node]], label: str = "") -> nodes.entry:
    """Return a cell; `label` is the head of its column, shown where a narrow screen stacks the cells."""
    drawn = [nodes.paragraph("", "", *line) for line in lines]
    if not drawn:
        drawn = [nodes.paragraph("", "", nodes.inline("", _NOT_FOUND, classes=["litbook-not-stated"]))]
    if label:
        drawn[0].insert(0, nodes.inline("", f"{label}: ", classes=["litbook-stacked-label"]))
    return nodes.entry("", *drawn)
