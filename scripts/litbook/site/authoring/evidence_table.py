"""The evidence table of a theme: what people extracted, and what each abstract names, each with its sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.living.grounds import describe_grade
from litbook.analyse.prose.claims import quote_of
from litbook.core.urls import paper_page
from litbook.model.queries import papers_of
from litbook.model.review import Paper
from litbook.model.stated import STUDY_FIELDS, Stated, drop_fields, keep_sets
from litbook.pipeline import Prepared
from litbook.site.authoring.evidence_drawing import TEXT_HEADS, Row, TextQuote, draw_table, render_table
from litbook.site.authoring.own_columns import describe_own, draw_own, render_own, select_groups, select_own
from litbook.site.authoring.papers import UnknownThemeError, check_theme
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.extracted import Table
from litbook.text.nouns import count_noun
from litbook.write.labels import join_facts
from litbook.write.sections.placed import KIND_NAMES

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator


@query("evidence-table")
def select_rows(prepared: Prepared, slug: str) -> tuple[Row, ...]:
    """Return the rows of a theme: what papers introduce in the order of names, then the papers without, by title.

    All papers have a row, also those of which nothing is stated. What a column of the review shows as a draft is not
    repeated.
    """
    check_theme(prepared, slug)
    asked = {column.draft for column in prepared.corpus.extraction.columns if column.asks(slug)}
    rows = (_make_row_value(prepared, paper, asked) for paper in papers_of(prepared.corpus, slug))
    return tuple(sorted(rows, key=_order))


def _states_something(row: Row) -> bool:
    stated = row.stated
    return bool(row.texts) or any((stated.introduced, stated.models, stated.benchmarks, stated.findings, stated.study))


def _make_row_value(prepared: Prepared, paper: Paper, asked: Collection[str]) -> Row:
    known = keep_sets(prepared.corpus.stated.get(paper.citekey, Stated()), prepared.corpus.sets)
    stated = drop_fields(known, asked)
    sentences = dict.fromkeys(finding.sentence for finding in stated.findings)
    quotes = tuple((number, quote_of(prepared.corpus, paper.citekey, number)) for number in sentences)
    return Row(paper.citekey, paper.title, stated, quotes, _describe(prepared, paper), _quote_text(prepared, paper))


def _quote_text(prepared: Prepared, paper: Paper) -> tuple[TextQuote, ...]:
    """Return the sentences that are kept of a paper's full text for what they say, not because a page claims them."""
    parsed = prepared.corpus.parsed.get(paper.citekey)
    if parsed is None:
        return ()
    return tuple(
        TextQuote(item.about, item.text, parsed.headings[item.section - 1].text, item.place)
        for item in parsed.sentences
        if item.about in TEXT_HEADS
    )


def _describe(prepared: Prepared, paper: Paper) -> str:
    """Return kind and year of a paper, and its grade; the other columns have the rest of its grounds."""
    placement = prepared.corpus.placements[paper.citekey]
    kind = KIND_NAMES.get(placement.kind or "", "")
    grade = describe_grade(prepared.corpus, "paper", paper.citekey)
    return join_facts((kind, str(paper.cited_year or ""), grade))


def _order(row: Row) -> tuple[bool, str, str, str]:
    names = row.stated.introduced
    return not names, names[0].casefold() if names else "", row.title.plain.casefold(), row.citekey


class EvidenceTable(SphinxDirective):
    """Draw a table of what was extracted from a theme's papers, and one of what their abstracts state."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return each table below a line on what it rests on; what rules found is folded below what people extracted.

        Nothing is drawn of what no paper has.
        """
        slug = self.arguments[0]
        try:
            values, own = ask(self.env, select_rows, slug), ask(self.env, select_own, slug)
        except UnknownThemeError as error:
            raise self.error(str(error)) from error
        if not values:
            return [nodes.paragraph("", "No paper is in this theme yet.")]
        shown = tuple(row for row in values if _states_something(row))
        found: list[nodes.Node] = [_make_caption(_caption(values)), *([Evidence("", rows=shown)] if shown else [])]
        if not own.rows:
            return found
        extracted: list[nodes.Node] = [self._introduce(slug, own), OwnEvidence("", table=own)]
        return [*extracted, *(_fold(found) if shown else [])]

    def _introduce(self, slug: str, own: Table) -> nodes.paragraph:
        caption = _make_caption(f"{describe_own(own)} ")
        address = f"{'../' * self.env.docname.count('/')}extraction.html?theme={slug}#table"
        caption += nodes.reference("", "Sort, filter and export", internal=True, refuri=address)
        groups = ask(self.env, select_groups, slug)
        caption += nodes.Text(f"; there, too: {', '.join(groups)}." if groups else ".")
        return caption


def _make_caption(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text, classes=["litbook-evidence-caption"])


def _fold(found: Sequence[nodes.Node]) -> list[nodes.Node]:
    opening = '<details class="litbook-by-rules"><summary>What rules found in the abstracts</summary>'
    return [nodes.raw("", opening, format="html"), *found, nodes.raw("", "</details>", format="html")]


class OwnEvidence(nodes.General, nodes.Element):
    """Hold the table of what was extracted; like `Evidence`, the site draws it as HTML."""


def visit_own(translator: HTML5Translator, node: OwnEvidence) -> None:
    """Write a table of extracted values as HTML."""
    builder = translator.builder
    to_page = partial(builder.get_relative_uri, builder.current_docname)
    translator.body.append(render_own(node["table"], lambda citekey: to_page(paper_page(citekey))))
    raise nodes.SkipNode


class Evidence(nodes.General, nodes.Element):
    """Hold the rows of an evidence table.

    As nodes of docutils, these tables would be a third of all nodes of a review, which each of the sixty transforms
    visits. The site draws them as HTML; `ExpandEvidence` makes nodes of them for other formats.
    """


def visit_evidence(translator: HTML5Translator, node: Evidence) -> None:
    """Write a table as HTML."""
    builder = translator.builder
    to_page = partial(builder.get_relative_uri, builder.current_docname)
    translator.body.append(render_table(node["rows"], lambda citekey: to_page(paper_page(citekey))))
    raise nodes.SkipNode


class ExpandEvidence(SphinxPostTransform):
    """Make nodes of evidence tables for formats other than HTML."""

    default_priority = 7  # before links to papers are resolved

    def run(self, **_: Any) -> None:
        """Replace each table."""
        if self.app.builder.format != "html":
            to_document = self.app.builder.get_relative_uri
            for node in list(self.document.findall(Evidence)):
                node.replace_self(draw_table(node["rows"], self.env.docname, to_document))
            for own in list(self.document.findall(OwnEvidence)):
                own.replace_self(draw_own(own["table"], self.env.docname, to_document))


def _caption(rows: Sequence[Row]) -> str:
    """Say what the table rests on, and how many abstracts name or number anything."""
    stated = [row.stated for row in rows]
    silent = sum(not _states_something(row) for row in rows)
    left_out = (
        f" {_abstracts(silent)} without any of these {'is' if silent == 1 else 'are'} left out." if silent else ""
    )
    texts = sum(bool(row.texts) for row in rows)
    read = (
        f"sentences of {count_noun(texts, 'full text')} are quoted in columns of their own, with their sections. "
        if texts
        else "the full texts were not read. "
    )
    return (
        f"Found in the abstracts by rules, which people can correct; {read}"
        f"Of {_abstracts(len(rows))}, {_join([*_count_stated(stated)])}.{left_out} A dash means "
        "not found by the rules. Numbers from different papers were measured differently and cannot be ranked."
    )


_NAMED = {
    "method": ("names a method of its own", "name a method of their own"),
    "dataset": ("introduces a data set by name", "introduce a data set by name"),
    "task": ("introduces a task by name", "introduce a task by name"),
    "models": ("names a model", "name a model"),
    "benchmarks": ("names a benchmark", "name a benchmark"),
}


def _count_stated(stated: Sequence[Stated]) -> Iterator[str]:
    """Yield how many abstracts state each of what any of them states."""
    for name, words in _NAMED.items():
        if number := sum(bool(getattr(item, name)) for item in stated):
            yield _say(number, *words)
    for field, label in STUDY_FIELDS.items():
        if number := sum(any(draft.field == field for draft in item.study) for item in stated):
            name = label if field == "p-value" else label.lower()
            yield _say(number, f"gives the {name}", f"give the {name}")
    if number := sum(bool(item.findings) for item in stated):
        yield f"{_say(number, 'states a result', 'state a result')} as a number with a unit"


def _join(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])}, and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _abstracts(number: int) -> str:
    return count_noun(number, "abstract")


def _say(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
