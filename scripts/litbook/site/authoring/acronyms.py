"""The list of acronyms, and the role that leads to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.glossary import UnknownAcronymError, find_meaning
from litbook.core.urls import paper_page
from litbook.model.editorial import Acronym, Meaning
from litbook.model.review import Paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link, short_authors
from litbook.text.person_names import shown_authors

_MOST_PAPERS = 3
_FEWEST_WITH_LETTERS = 30  # acronyms of a list that begins with letters to jump to


@query("acronyms")
def select_acronyms(prepared: Prepared, _: str) -> tuple[tuple[Acronym, ...], tuple[tuple[str, str], ...]]:
    """Return all acronyms, and a label for each paper that defines one, by citekey."""
    acronyms = prepared.corpus.editorial.acronyms
    defining = {key for acronym in acronyms for meaning in acronym.meanings for key in meaning.citekeys}
    labels = ((paper.citekey, _label(paper)) for paper in prepared.corpus.papers if paper.citekey in defining)
    return acronyms, tuple(labels)


def _label(paper: Paper) -> str:
    who = short_authors(shown_authors(paper) if len(paper.authors) < 2 else (f"{paper.authors[0]} et al.",))
    return " ".join(filter(None, (who, str(paper.cited_year or "")))) if who else paper.title.plain


@query("acronym")
def select_acronym(prepared: Prepared, text: str) -> tuple[str, Meaning, str]:
    """Return the anchor of an acronym, the meaning that the text of the role names, and the page that lists them."""
    acronym, meaning = find_meaning(prepared.corpus, text)
    return acronym.anchor, meaning, prepared.corpus.editorial.homes.get("acronyms", "").removesuffix(".md")


class Acronyms(SphinxDirective):
    """List the acronyms of the papers with their long forms and the papers that give them."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        acronyms, labels = ask(self.env, select_acronyms)
        if not acronyms:
            return [nodes.paragraph("", "No paper spells out an acronym.")]
        drawer = _Drawer(self.env.docname, dict(labels))
        items = [drawer.draw(acronym) for acronym in acronyms]
        for item in items:
            self.state.document.note_explicit_target(cast(nodes.term, item[0]))
        entries = nodes.definition_list("", *items, classes=["glossary", "litbook-acronyms"])
        return [*_name_letters(acronyms), *_name_collisions(acronyms), addnodes.glossary("", entries, sorted=False)]


def _name_letters(acronyms: Sequence[Acronym]) -> Iterator[nodes.Node]:
    """Yield a paragraph that leads to the first acronym of each letter, if the list is long."""
    if len(acronyms) < _FEWEST_WITH_LETTERS:
        return
    first: dict[str, Acronym] = {}
    for acronym in acronyms:
        first.setdefault(acronym.name[0].upper(), acronym)
    paragraph = nodes.paragraph("", classes=["litbook-letters"])
    for letter, acronym in first.items():
        paragraph += [nodes.Text(" ")] if len(paragraph) else []
        paragraph += nodes.reference("", letter, refid=acronym.anchor)
    yield paragraph


def _name_collisions(acronyms: Sequence[Acronym]) -> Iterator[nodes.Node]:
    """Yield a paragraph that leads to the acronyms with more than one long form, if there are any."""
    paragraph = nodes.paragraph("", "With more than one long form: ", classes=["litbook-collision"])
    for acronym in acronyms:
        if len(acronym.meanings) > 1:
            paragraph += nodes.Text(", " if len(paragraph) > 1 else "")
            paragraph += nodes.reference("", acronym.name, refid=acronym.anchor)
    if len(paragraph) > 1:
        yield paragraph


class AcronymRole(SphinxRole):
    """Show an acronym with its long form on hover, linked to the glossary where there is one."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            anchor, meaning, home = ask(self.env, select_acronym, self.text)
        except UnknownAcronymError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        shown = nodes.abbreviation("", meaning.written, explanation=meaning.expansion)
        if not home or self.env.app.builder.format != "html":
            return [shown], []
        address = self.env.app.builder.get_relative_uri(self.env.docname, f"book/{home}")
        uri = f"{address}#{anchor}"
        return [nodes.reference("", "", shown, refuri=uri, internal=True, classes=["litbook-acronym"])], []


class _Drawer:
    """Draw acronyms as nodes; what papers write is a text node."""

    def __init__(self, docname: str, labels: dict[str, str]) -> None:
        self.docname = docname
        self.labels = labels

    def draw(self, acronym: Acronym) -> nodes.definition_list_item:
        term = nodes.term("", acronym.name, ids=[acronym.anchor], names=[acronym.anchor])
        if len(acronym.meanings) == 1:
            shown: list[nodes.Node] = [nodes.paragraph("", "", *self._tell(acronym, acronym.meanings[0], _MOST_PAPERS))]
        else:
            number = f"{len(acronym.meanings)} long forms in this collection:"
            items = [
                nodes.list_item("", nodes.paragraph("", "", *self._tell(acronym, meaning, len(meaning.citekeys))))
                for meaning in acronym.meanings
            ]
            shown = [nodes.paragraph("", number, classes=["litbook-collision"]), nodes.bullet_list("", *items)]
        return nodes.definition_list_item("", term, nodes.definition("", *shown))

    def _tell(self, acronym: Acronym, meaning: Meaning, most: int) -> Iterator[nodes.Node]:
        written = f", written {meaning.written}" if meaning.written != acronym.name else ""
        yield nodes.Text(f"“{meaning.expansion}”{written} — ")
        yield nodes.inline("", "", *self._name_papers(meaning.citekeys, most), classes=["litbook-defined"])

    def _name_papers(self, citekeys: Sequence[str], most: int) -> Iterator[nodes.Node]:
        for number, key in enumerate(citekeys[:most]):
            yield nodes.Text("; " if number else "")
            yield link(self.docname, paper_page(key), nodes.Text(self.labels[key]))
        if len(citekeys) > most:
            yield nodes.Text(f"; and {len(citekeys) - most:,} more")
