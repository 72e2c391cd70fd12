"""Paper pages that include a person's note: Sphinx reads them, and they get what the other paper pages have."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.core.urls import citekey_of
from litbook.model.pages import Claim
from litbook.model.queries import find_paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.site.papers.markdown import FOLDED, UNFOLD, open_fold
from litbook.site.papers.parts import find_uses, render_actions, render_formats, render_source, render_uses
from litbook.write.extraction import ExtractedColumn, gather_extracted

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SENTENCE = re.compile(r"sentence-\d+(?:-\d+)?")


def finish_paper(app: Sphinx, doctree: nodes.document) -> None:
    """Give the sentences of a paper page their anchors, add actions and formats, and keep it out of any contents."""
    citekey = citekey_of(app.env.docname)
    if citekey is None:
        return
    app.env.metadata[app.env.docname]["orphan"] = True
    for span in doctree.findall(nodes.inline):
        if span["classes"] and _SENTENCE.fullmatch(span["classes"][0]):
            span["ids"], span["classes"] = span["classes"], []
    _fold(doctree)
    _add_actions(doctree, citekey)
    _add_formats(doctree, ask(app.env, select_formats, citekey))


@query("formats")
def select_formats(prepared: Prepared, citekey: str) -> str:
    """Return the reference to a paper in forms other than BibTeX, as HTML; nothing for a paper that is gone."""
    paper = find_paper(prepared.corpus, citekey)
    return render_formats(paper) if paper else ""


def _fold(doctree: nodes.document) -> None:
    for paragraph in list(doctree.findall(nodes.paragraph)):
        if name := next((name for name in paragraph["classes"] if name in FOLDED), None):
            paragraph["classes"] = []
            around = (nodes.raw("", text, format="html") for text in (open_fold(name), UNFOLD))
            paragraph.replace_self([next(around), paragraph.deepcopy(), next(around)])


def _add_actions(doctree: nodes.document, citekey: str) -> None:
    """Put the actions above the first section below the title."""
    title = doctree.next_node(nodes.title)
    if title is not None:
        first = next((at for at, node in enumerate(title.parent) if isinstance(node, nodes.section)), len(title.parent))
        title.parent.insert(first, nodes.raw("", render_actions(citekey), format="html"))


def _add_formats(doctree: nodes.document, formats: str) -> None:
    """Put the other forms of the reference below the BibTeX, the last block of a generated page."""
    for block in list(doctree.findall(nodes.literal_block))[-1:]:
        block.parent.insert(block.parent.index(block) + 1, nodes.raw("", formats, format="html"))


@query("claims")
def select_claims(prepared: Prepared, citekey: str) -> tuple[tuple[Claim, ...], tuple[tuple[str, str], ...]]:
    """Return the claims that rest on a paper, and the names of the themes by slug."""
    corpus = prepared.corpus
    return corpus.claims.get(citekey, ()), tuple((theme.slug, theme.name) for theme in corpus.themes())


@query("extracted")
def select_extracted(prepared: Prepared, citekey: str) -> tuple[ExtractedColumn, ...]:
    """Return what people extracted from a paper; nothing for a paper that is gone."""
    return gather_extracted(prepared.corpus, citekey) if citekey in prepared.corpus.placements else ()


class FromRole(SphinxRole):
    """Show what an extracted value rests on; only generated pages use this role."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a link to the sentence."""
        columns = ask(self.env, select_extracted, self.env.docname.rpartition("/")[2])
        return [nodes.raw("", render_source(columns, self.text), format="html")], []


class UsedRole(SphinxRole):
    """Mark a sentence on which pages rest a statement; only generated pages use this role."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return links to the places of the statements."""
        claims, names = ask(self.env, select_claims, self.env.docname.rpartition("/")[2])
        uses = find_uses(claims, self.text, dict(names))
        relative = partial(self.env.app.builder.get_relative_uri, self.env.docname)
        return [nodes.raw("", render_uses(uses, self.text.split()[0], relative), format="html")], []
