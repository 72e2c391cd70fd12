"""Draw the committed figures of the search: what it finds, what it fails at, what it loads, and what others find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.search.figures import FILE, Figures, Quality, read_figures, render_shift
from litbook.text.nouns import count_noun

WHAT = ("quality", "failures", "speed", "engines")
_WRITTEN = (
    "questions, written",
    "paraphrases, held out",
    "paraphrases, written blind",
    "what the collection does not hold",
)


@query("number of papers")
def select_number(prepared: Prepared, _: str) -> int:
    """Return the number of papers."""
    return len(prepared.corpus.papers)


class SearchFigures(SphinxDirective):
    """Draw one table or list of the figures of the search: `quality`, `failures`, `speed` or `engines`."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        what = self.arguments[0]
        if what not in WHAT:
            raise self.error(f"no figures of '{what}'; there are: {', '.join(WHAT)}")
        root = Path(self.env.app.srcdir)
        if (root / FILE).is_file():  # a page that depends on a missing file would be read again in every build
            self.env.note_dependency(str(root / FILE))
        figures = read_figures(root)
        if not figures.quality:
            return [nodes.paragraph("", "No figures have been measured for this review yet.")]
        return {"quality": self._quality, "failures": _failures, "speed": _speed, "engines": _engines}[what](figures)

    def _quality(self, figures: Figures) -> list[nodes.Node]:
        papers = ask(self.env, select_number)
        state = (
            "this number of papers"
            if papers == figures.papers
            else f"{count_noun(figures.papers, 'paper')}, and there are {papers} now"
        )
        rows = [(one.trial, str(one.questions), *_share(one), f"{one.called_far:.0%}") for one in figures.quality]
        heads = (
            "Questions",
            "Number",
            "Right in the first 5",
            "Right papers in the first 10",
            "Answered “no close match”",
        )
        return [nodes.paragraph("", f"Measured at {state}."), _table(heads, rows)]


def _share(figure: Quality) -> tuple[str, str]:
    if figure.trial.startswith("what the collection does not hold"):
        return f"recognised: {figure.first:.3f}", "not applicable"
    return f"{figure.first:.3f}", f"{figure.recall:.3f}"


def _failures(figures: Figures) -> list[nodes.Node]:
    """List the questions that people wrote and that fail, set by set."""
    found: list[nodes.Node] = []
    for figure in figures.quality:
        if figure.failed and figure.trial.startswith(_WRITTEN):
            items = [nodes.list_item("", nodes.paragraph("", text)) for text in figure.failed]
            found += [nodes.paragraph("", f"Of the {figure.trial}:"), nodes.bullet_list("", *items)]
    return found or [nodes.paragraph("", "None of them failed.")]


def _speed(figures: Figures) -> list[nodes.Node]:
    heads = ("Papers", "Whole index, kB", "Most that one question loads, kB", "First answer, ms", "While typing, ms",
             "Layout shift")  # fmt: skip
    rows = [
        (f"{one.papers:,.0f}", *(f"{size / 1e3:.0f}" for size in (one.index, one.question_most)), f"{one.cold_95:.0f}",
         f"{one.typed_95:.0f}", render_shift(one))
        for one in figures.speed
    ]  # fmt: skip
    return [_table(heads, rows), *_phone(figures)]


def _phone(figures: Figures) -> list[nodes.Node]:
    """Draw what a reader with a phone waits for, if it was measured."""
    phone = ("On a phone: page opened with a question, ms", "Question on an open page, ms")
    heads = ("Papers", *phone, "Work, ms", "Files", "kB")
    rows = [
        (
            f"{one.papers:,.0f}",
            *(f"{time:.0f}" for time in (times.opened, times.asked, times.work)),
            f"{times.files}",
            f"{times.loaded / 1e3:.0f}",
        )
        for one in figures.speed
        if (times := one.phone)
    ]
    return [_table(heads, rows)] if rows else []


def _engines(figures: Figures) -> list[nodes.Node]:
    heads = ("Questions", "Here", *(row["engine"] for row in figures.engines))
    rows = []
    for figure in figures.quality:
        others = [row["figures"].get(figure.trial) for row in figures.engines]
        if others and all(others):
            rows.append((figure.trial, f"{figure.first:.3f}", *(f"{other['first']:.3f}" for other in others)))
    return [_table(heads, rows)] if rows else [nodes.paragraph("", "Not measured.")]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in heads), cols=len(heads))
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(cells: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.inline("", cell)) for cell in cells))
