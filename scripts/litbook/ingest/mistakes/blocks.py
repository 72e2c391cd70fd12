"""Find blocks that are not what their author meant: no heading, no table, a comment or code by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from litbook.ingest.registry import list_directives
from litbook.model.pages import Flaw

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADING = re.compile(r"(#{2,6}(?=[^\W\d_])|#(?=[A-Z]))(\w+)")
_SENTENCE_END = re.compile(r"[.,;:]\s*$|\n")
_ROW = re.compile(r"\|.*\|")
_ROLE = re.compile(r"\{(?:cite(?::\w+)?|claim|quote|count|ref|term|acronym)\}`")
_NUMBER_AT_END = re.compile(r"\d\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_DIVIDER = re.compile(r"[\s|:-]+")


def check_block(tokens: Sequence[Token], at: int, first: int, lines: Sequence[str]) -> Iterator[Flaw]:
    """Yield the flaws of the block that a token opens; `first` is the line of the page where the text begins, from 0.

    `lines` are those of the whole page.
    """
    token = tokens[at]
    start = first + (token.map or (0, 0))[0]
    if token.type == "inline" and tokens[at - 1].type == "paragraph_open":
        yield from _check_paragraph(token.content, start + 1)
    elif token.type == "heading_open" and token.markup in ("-", "=") and _SENTENCE_END.search(tokens[at + 1].content):
        what = f"the line of '{token.markup * 3}' makes the text above it a heading"
        yield Flaw(start + 1, what, "put an empty line between them, or write ## before a heading")
    elif token.type == "table_open" and token.level == 0:
        yield from _check_table(tokens, at, start, lines)
    elif token.type == "code_block" and (match := _ROLE.search(token.content)):
        line = start + 1 + token.content.count("\n", 0, match.start())
        what = f"'{match.group()}' is in text that is indented by four spaces, so it is shown as code"
        yield Flaw(line, what, "begin these lines without spaces")
    elif token.type == "myst_line_comment" and start and _NUMBER_AT_END.search(lines[start - 1]):
        what = "the line begins with %, so it is a comment, and not shown"
        yield Flaw(start + 1, what, "move the % up behind its number, or put an empty line above a comment")
    elif token.type == "colon_fence" and token.info.split()[:1] and token.info.split()[0] in list_directives():
        name = token.info.split()[0]
        yield Flaw(
            start + 1, f"'{token.markup}{token.info.strip()}' does not begin a directive", f"write :::{{{name}}}"
        )


def _check_paragraph(text: str, line: int) -> Iterator[Flaw]:
    if match := _HEADING.match(text):
        remedy = f"write '{match[1]} {match[2]}', with a space; for the mark itself write \\#"
        yield Flaw(line, f"'{match.group()}' does not begin a heading", remedy)
    rows = text.split("\n")
    if len(rows) > 1 and all(_ROW.fullmatch(row.strip()) for row in rows):
        cells = len(_split_row(rows[0]))
        remedy = f"write below its heads |{' --- |' * cells}, with as many cells"
        yield Flaw(line, "these lines are not read as a table", remedy)


def _check_table(tokens: Sequence[Token], at: int, start: int, lines: Sequence[str]) -> Iterator[Flaw]:
    """Yield rows with more cells than the table has columns: the build leaves them out."""
    end = next(index for index in range(at, len(tokens)) if tokens[index].type == "thead_close")
    columns = sum(token.type == "th_open" for token in tokens[at:end])
    last = start + (tokens[at].map or (0, 0))[1] - (tokens[at].map or (0, 0))[0]
    for number in range(start + 2, last):
        cells = len(_split_row(lines[number]))
        if cells > columns:
            what = f"a row of {cells} cells in a table of {columns} columns: readers would not see the rest"
            yield Flaw(number + 1, what, "add a column, or write \\| for a bar within a cell")


def _split_row(row: str) -> list[str]:
    text = row.strip()
    text = text.removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return _BAR.split(text)


def check_list_table(tokens: Sequence[Token], first: int, line: int) -> Iterator[Flaw]:
    """Yield a flaw if the body of a list-table is not a list of lists of equal length.

    `first` is the line of the page where the body begins, from 0; `line` is that of the directive, from 1.
    """
    rows: list[tuple[int, int]] = []  # line and number of cells
    for token in tokens:
        number = first + (token.map or (0, 0))[0] + 1
        if token.type == "list_item_open" and token.level == 1:
            rows.append((number, 0))
        elif token.type == "list_item_open" and token.level == 3 and rows:
            rows[-1] = (rows[-1][0], rows[-1][1] + 1)
        elif token.level == 0 and token.nesting >= 0 and token.type not in ("bullet_list_open", "myst_line_comment"):
            yield Flaw(
                number, "this is not a row of the list-table", "write rows as '* - first cell', and '  - next cell'"
            )
            return
    columns = rows[0][1] if rows else 0
    if not columns:
        yield Flaw(rows[0][0] if rows else line, "the list-table has no cells", "write rows as '* - first cell'")
        return
    for number, cells in rows:
        if cells != columns:
            what = f"a row of {cells} cells in a list-table whose first row has {columns}"
            yield Flaw(number, what, "give all rows as many cells; an empty one is '-' alone")
            return
