"""The list of concepts, and links to it where a chapter first uses one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.prose.concepts import chapter_of
from litbook.core.urls import paper_page
from litbook.model.editorial import Concept
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.lists.paper_list import link

_CHAPTERS = "book/chapters/"
# Where a link would be inside another, or where readers look up rather than read.
_NO_LINKS = (nodes.reference, nodes.title, nodes.literal, nodes.raw, nodes.math, nodes.table, nodes.figure)
_NO_LINKS_IN = frozenset({"bibtex-citation", "litbook-claims", "litbook-landmarks", "litbook-outside"})


@query("concepts")
def select_concepts(prepared: Prepared, _: str) -> tuple[tuple[Concept, str, str], ...]:
    """Return the concepts, each with the page that explains it and how that page is called."""
    titles = {page.file: page.title for page in prepared.pages}
    papers = {paper.citekey: paper for paper in prepared.corpus.papers}
    return tuple(
        (concept, paper_page(concept.place), papers[concept.place].title.plain)
        if concept.sentence and concept.place in papers
        else (concept, f"book/{chapter_of(concept).removesuffix('.md')}", titles.get(chapter_of(concept), ""))
        for concept in prepared.corpus.editorial.concepts
    )


@query("concepts to link")
def select_links(prepared: Prepared, file: str) -> tuple[str, tuple[Concept, ...]]:
    """Return the page that lists the concepts, and those that a page does not explain itself."""
    editorial = prepared.corpus.editorial
    home = editorial.homes.get("concepts", "").removesuffix(".md")
    return home, tuple(concept for concept in editorial.concepts if home and chapter_of(concept) != file)


class Concepts(SphinxDirective):
    """List the concepts, each with the sentence that explains it and where that is."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        concepts = ask(self.env, select_concepts)
        if not concepts:
            return []
        items = [self._draw(*listed) for listed in concepts]
        for item in items:
            self.state.document.note_explicit_target(cast(nodes.term, item[0]))
        entries = nodes.definition_list("", *items, classes=["glossary", "litbook-concepts"])
        return [addnodes.glossary("", entries, sorted=False)]

    def _draw(self, concept: Concept, page: str, title: str) -> nodes.definition_list_item:
        term = nodes.term("", concept.term, ids=[concept.anchor], names=[concept.anchor])
        also = f" Also {', '.join(concept.also)}." if concept.also else ""
        source = nodes.inline("", "— ", link(self.env.docname, page, nodes.Text(title)), classes=["litbook-defined"])
        shown = nodes.paragraph("", "", nodes.Text(f"“{concept.definition}”{also} "), source)
        return nodes.definition_list_item("", term, nodes.definition("", shown))


class LinkConcepts(SphinxTransform):
    """Lead from the first use of each concept in a chapter to what it means."""

    default_priority = 790  # when roles are resolved, and before references are

    def apply(self, **_: Any) -> None:
        """Change the document."""
        if not self.env.docname.startswith(_CHAPTERS) or self.app.builder.format != "html":
            return
        file = f"{self.env.docname.removeprefix('book/')}.md"
        home, concepts = ask(self.env, select_links, file)
        if concepts:
            address = self.app.builder.get_relative_uri(self.env.docname, f"book/{home}")
            link_first_uses(self.document, concepts, address)


def link_first_uses(document: nodes.Element, concepts: Sequence[Concept], address: str) -> None:
    """Link the first use of each concept in running text; of terms that begin at one place the longest is meant."""
    waiting = {form.casefold(): concept for concept in concepts for form in concept.forms}
    for paragraph in list(document.findall(nodes.paragraph)):
        for text in list(paragraph.findall(nodes.Text)):
            if waiting and not _is_apart(text):
                _link_text(text, waiting, address)


def _is_apart(node: nodes.Node) -> bool:
    """Return whether a text is inside what bears no link."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, _NO_LINKS) or _NO_LINKS_IN & set(parent.get("classes", ())):
            return True
        parent = parent.parent
    return False


def _link_text(text: nodes.Text, waiting: dict[str, Concept], address: str) -> None:
    pieces = list(_cut(str(text), waiting, address))
    if len(pieces) > 1:
        parent, at = text.parent, text.parent.index(text)
        parent[at : at + 1] = pieces


def _cut(text: str, waiting: dict[str, Concept], address: str) -> Iterator[nodes.Node]:
    """Yield a text in pieces, with links in place of the terms that are still waiting."""
    done = 0
    while waiting and (found := _compile(tuple(waiting)).search(text, done)):
        concept = waiting[found["form"].casefold()]
        for form in concept.forms:
            waiting.pop(form.casefold(), None)
        if found.start() > done:
            yield nodes.Text(text[done : found.start()])
        uri = f"{address}#{concept.anchor}"
        kind = {"refuri": uri, "internal": True, "reftitle": concept.definition, "classes": ["litbook-concept"]}
        yield nodes.reference("", found.group(), **kind)
        done = found.end()
    if done < len(text):
        yield nodes.Text(text[done:])


@lru_cache(maxsize=1)  # a chapter has hundreds of texts between two links
def _compile(waiting: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(waiting, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<![\w-])(?P<form>{forms})(?:s|es)?(?![\w-])", re.IGNORECASE)
