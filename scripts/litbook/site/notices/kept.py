"""Say behind a paragraph why a sentence on a retracted paper is kept: the editor's reason, with name and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docutils import nodes

from litbook.analyse.living.void import flatten
from litbook.core.urls import citekey_of, paper_page
from litbook.model.notices import KeptSentence, find_standing
from litbook.model.queries import find_paper
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.dates import say_date
from litbook.write.labels import label_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# What a reason can follow: a paragraph, or a whole table or list, inside which nothing more can be put.
_OUTER = (nodes.table, nodes.bullet_list, nodes.enumerated_list, nodes.definition_list)


@query("kept")
def select_kept(prepared: Prepared, docname: str) -> tuple[tuple[KeptSentence, str, str], ...]:
    """Return the kept sentences of a document, each with what its paper is called and its notice in words."""
    kept = prepared.corpus.kept_sentences
    rows = [row for row in kept if _document_of(row) == docname]
    return tuple((row, *_describe(prepared, row.citekey)) for row in rows)


def _document_of(row: KeptSentence) -> str:
    """Return the document that shows a page; a note is part of its paper's page."""
    name = row.file.removeprefix("book/").removesuffix(".md")
    return f"book/{name.replace('notes/', 'papers/', 1) if name.startswith('notes/') else name}"


def _describe(prepared: Prepared, citekey: str) -> tuple[str, str]:
    paper = find_paper(prepared.corpus, citekey)
    standing = find_standing(paper.notices) if paper else None
    if paper is None or standing is None:
        raise LookupError(f"no notice about '{citekey}'")
    dated = len(standing.date) == 10
    notice = f"was {standing.label} on {say_date(standing.date)}" if dated else f"is {standing.label}"
    return label_of(prepared.corpus, paper).text or paper.title.plain, notice


def add_reasons(app: Sphinx, doctree: nodes.document) -> None:
    """Add each reason behind the block with its sentence."""
    kept = ask(app.env, select_kept, app.env.docname)
    for row, name, notice in reversed(kept):  # each is put before those behind the same block
        block = _find_block(doctree, row)
        if block is not None:
            index = block.parent.index(block)
            block.parent.insert(index + 1, _draw(app, row, name, notice))


def _find_block(doctree: nodes.document, row: KeptSentence) -> nodes.Element | None:
    """Return the block to put a reason behind: where the words are, or else the first that names the paper."""
    naming = [node for node in doctree.findall(nodes.TextElement) if _names(node, row.citekey)]
    found = [node for node in naming if flatten(row.sentence) in flatten(node.astext())] or naming
    return _find_outer(found[0]) if found else None


def _names(block: nodes.Element, citekey: str) -> bool:
    if not isinstance(block, nodes.paragraph | nodes.caption | nodes.title | nodes.term):
        return False
    return any(citekey in _cited(link) for link in block.findall(nodes.reference))


def _cited(link: nodes.reference) -> Iterable[str]:
    address = str(link.get("refuri", "")).partition("#")[0].removesuffix(".html")
    return (str(link.get("citekey", "")), citekey_of(f"book/papers/{address.rpartition('/')[2]}") or "")


def _find_outer(block: nodes.Element) -> nodes.Element:
    around = [node for node in _parents(block) if isinstance(node, _OUTER)]
    outer = around[-1] if around else block
    return outer if not isinstance(outer, nodes.caption) else outer.parent


def _parents(node: nodes.Element) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def _draw(app: Sphinx, row: KeptSentence, name: str, notice: str) -> nodes.paragraph:
    """Return the reason as a paragraph; outside of the site without a link to the paper page."""
    paper: nodes.Node = nodes.Text(name)
    if app.builder.format == "html":
        address = app.builder.get_relative_uri(app.env.docname, paper_page(row.citekey))
        paper = nodes.reference("", name, internal=True, refuri=address)
    said = nodes.Text(f" {notice}. Kept by {row.by} on {say_date(row.date)}: {row.reason}")
    return nodes.paragraph("", "", paper, said, classes=["litbook-notice-kept"])
