"""Check what chapters set apart from running text: tables by question, landmarks and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litbook.analyse.prose.sentences import Sentence, read_sentences
from litbook.model.faults import Fault
from litbook.model.pages import Directive, Page

_FIGURES = ("figure", "image")
_HEAD_AND_ROW = 2


def check_boxes(page: Page) -> Iterator[Fault]:
    """Yield tables by question without rows or citations in a row, landmarks without a work, figures without words."""
    sentences = read_sentences(page) if page.directives else ()
    for directive in page.directives:
        inside = [sentence for sentence in sentences if _is_within(sentence, directive)]
        if directive.name == "by-question":
            yield from _check_table(page, directive, [sentence for sentence in inside if sentence.kind == "row"])
        elif directive.name == "landmarks":
            yield from _check_landmarks(page, directive, inside)
        elif directive.name in _FIGURES and not directive.options.get("alt"):
            what = f"missing alternative text of the figure '{directive.argument}'"
            remedy = "say under ':alt:' what it shows, for readers who do not see it"
            yield Fault(f"book/{page.file}", directive.line, what, remedy)


def _is_within(sentence: Sentence, directive: Directive) -> bool:
    return bool(sentence.lines) and directive.line < sentence.lines[0] <= directive.last_line


def _check_table(page: Page, directive: Directive, rows: Sequence[Sentence]) -> Iterator[Fault]:
    cites: dict[int, bool] = {}
    lines: dict[int, int] = {}
    for row in rows:
        cites[row.block] = cites.get(row.block, False) or bool(row.cited)
        lines.setdefault(row.block, row.lines[0])
    if len(cites) < _HEAD_AND_ROW:
        what = "the table by question has no rows"
        yield Fault(f"book/{page.file}", directive.line, what, "write a table with a head and a row for each claim")
    for block in list(cites)[1:]:
        if not cites[block]:
            what = "a row of the table by question cites no paper"
            remedy = "cite the sentences for and against the claim, or drop the row"
            yield Fault(f"book/{page.file}", lines[block], what, remedy)


def _check_landmarks(page: Page, directive: Directive, inside: Sequence[Sentence]) -> Iterator[Fault]:
    named = any(role.name == "outside" for role in page.roles if directive.line < role.line <= directive.last_line)
    if not named:
        what = "the box of landmarks names no work"
        yield Fault(f"book/{page.file}", directive.line, what, "name works of book/corpus/outside.bib with {outside}")
    for sentence in inside:
        if sentence.cited:
            what = f"'{sentence.cited[0]}' is cited among works outside the collection"
            remedy = "cite papers of the collection in the text, where they are evidence"
            yield Fault(f"book/{page.file}", sentence.lines[0], what, remedy)
