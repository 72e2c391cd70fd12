"""Citations lead to the page of the paper, and none of them may be empty."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from pybtex.style.formatting import BaseStyle
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex import env_updated as format_all_citations

from litbook.core.project import Project
from litbook.core.urls import paper_page
from litbook.model.faults import CorpusError, Fault
from litbook.site.build.prepare import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def visit_entry(writer: Any, node: nodes.citation) -> None:
    """Write an entry of the list of references; the role that docutils gives to one is deprecated, and not allowed."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        writer.body.append('<div class="citation-list">\n')
    writer.body.append(writer.starttag(node, "div", classes=["citation"]))


def depart_entry(writer: Any, node: nodes.citation) -> None:
    """End an entry, and the list behind the last one."""
    writer.body.append("</div>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        writer.body.append("</div>\n")


class LinkCitationsToPapers(SphinxPostTransform):
    """Point each citation at the paper's page instead of the entry in the list of references."""

    default_priority = 50  # after Sphinx resolved the references, at 10
    formats = ("html",)

    def run(self, **_: Any) -> None:
        papers: dict[str, str] | None = None
        for citation in self.document.findall(_is_citation):
            papers = papers if papers is not None else _papers_by_anchor(self.env)
            for reference in citation.findall(nodes.reference):
                anchor = str(reference.get("refuri", "")).rpartition("#")[2] or reference.get("refid", "")
                key = papers.get(anchor)
                if key:
                    target = paper_page(key)
                    reference["refuri"] = self.app.builder.get_relative_uri(self.env.docname, target)
                    reference.attributes.pop("refid", None)


def _is_citation(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "bibtex-citation" in node["classes"]


def _papers_by_anchor(env: BuildEnvironment) -> dict[str, str]:
    known = {paper.citekey for paper in prepared_review(env.app).corpus.papers}
    citations = cast(Any, env.get_domain("cite")).citations
    return {citation.citation_id: citation.key for citation in citations if citation.key in known}


def remember_citations(app: Sphinx) -> None:
    """Put `update_citations` where sphinxcontrib-bibtex formats all entries in each build, also when none changed."""
    listeners = app.events.listeners["env-updated"]
    listeners[:] = [
        item._replace(handler=update_citations) if item.handler is format_all_citations else item for item in listeners
    ]


def note_read_documents(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Remember which documents this build reads."""
    app.litbook_read = frozenset(docnames)  # type: ignore[attr-defined]


def update_citations(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Format the cited entries where the bibliography or a citation changed; the pickled ones serve otherwise."""
    domain = cast(Any, env.get_domain("cite"))
    lists = sorted((key.docname, key.id_) for key in domain.bibliographies)
    cited = sorted((ref.docname, [target.key for target in ref.targets]) for ref in domain.citation_refs)
    bibliography = Project(Path(app.srcdir)).data / "references.bib"
    inputs = repr((lists, cited)).encode() + bibliography.read_bytes()
    digest = hashlib.sha256(inputs).hexdigest()
    read = cast(frozenset[str], getattr(app, "litbook_read", frozenset()))
    if getattr(env, "litbook_citations", "") == digest and read.isdisjoint(docname for docname, _ in lists):
        return []
    env.litbook_citations = digest  # type: ignore[attr-defined]
    # The lists show what is cited, wherever that was; sphinxcontrib-bibtex leaves their pages as they were.
    with _remembering_entries(env):
        return [*format_all_citations(app, env), *(docname for docname, _ in lists)]


@contextmanager
def _remembering_entries(env: BuildEnvironment) -> Iterator[None]:
    """Format an entry only if it, its label or the style is not what it was in the last build."""
    before: dict[tuple[str, str, str], tuple[Any, Any]] = getattr(env, "litbook_formatted", {})
    now: dict[tuple[str, str, str], tuple[Any, Any]] = {}
    base = cast(Any, BaseStyle)
    format_anew = base.format_entry

    def format_entry(style: Any, label: str, entry: Any, bib_data: Any = None) -> Any:
        name = (type(style).__name__, label, entry.key)
        known, formatted = before.get(name, (None, None))
        now[name] = (entry, formatted if known == entry else format_anew(style, label, entry, bib_data))
        return now[name][1]

    base.format_entry = format_entry
    try:
        yield
    finally:
        base.format_entry = format_anew
    env.litbook_formatted = now  # type: ignore[attr-defined]


def check_bibliography(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop the build where the bibliography lost a paper, or a citation has no entry to point at."""
    corpus = prepared_review(app).corpus
    domain = cast(Any, env.get_domain("cite"))
    entries = set(domain.bibdata.data.entries)
    lost = [paper.citekey for paper in corpus.papers if paper.citekey not in entries]
    bibliography = "book/data/references.bib"
    faults = [Fault(bibliography, 0, f"'{key}' was lost", "delete the file and build again") for key in lost]
    listed = {citation.key for citation in domain.citations}
    for key, places in corpus.citations.items():
        if key not in listed:
            faults += [Fault(f"book/{place.file}", place.line, f"'{key}' stands in no list of references",
                             "put a {bibliography} directive on one page of the book") for place in places]  # fmt: skip
    if faults:
        raise ExtensionError(str(CorpusError(faults)), modname="litbook")
