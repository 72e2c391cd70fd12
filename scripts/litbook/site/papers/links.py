"""Links from documents to paper pages that are not Sphinx documents, which Sphinx would not find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from litbook.core.urls import citekey_of, paper_page
from litbook.model.queries import find_paper
from litbook.site.build.prepare import prepared_review
from litbook.write.groups import KINDS, list_pages

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


_GROUP = re.compile(rf"\.\./\.\./((?:{'|'.join(KINDS)})/[a-z0-9-]+\.html)")
_LISTS = ("../../notices.html", "../../citations/index.html")


class LinkPaperPages(SphinxPostTransform):
    """Resolve links to paper pages, as Markdown (`../papers/key.md`) and as the role `{doc}` write them."""

    default_priority = 8  # before MyST, at 9, and Sphinx, at 10, look among the documents
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Replace each link to the page of a paper of the review."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            citekey = _find_citekey(self.env, link)
            if citekey is not None:
                self._resolve(link, citekey)
            elif self._leads_to_mention(link):
                address = self.app.builder.get_relative_uri(self.env.docname, str(link["reftarget"]))
                link.replace_self(
                    nodes.reference("", "", *link.children, internal=True, refuri=f"{address}#{link['reftargetid']}")
                )
            elif self._leads_to_list(link):
                link.replace_self(nodes.reference("", "", *link.children, internal=True, refuri=link["reftarget"]))

    def _leads_to_mention(self, link: addnodes.pending_xref) -> bool:
        """Return whether a link of a paper page leads to a mark or a citation, which MyST does not know as a target."""
        is_document = link.get("refdomain") == "doc" and link.get("reftype") == "myst"
        place = str(link.get("reftargetid") or "")
        return bool(citekey_of(self.env.docname)) and is_document and place.startswith(("claim-", "cite-"))

    def _leads_to_list(self, link: addnodes.pending_xref) -> bool:
        """Return whether a link of a paper page leads to an author, a venue, a year, or a list of the site."""
        target = str(link.get("reftarget", "")) if citekey_of(self.env.docname) else ""
        found = _GROUP.fullmatch(target)
        return target in _LISTS or (found is not None and found[1] in list_pages(prepared_review(self.app).corpus))

    def _resolve(self, link: addnodes.pending_xref, citekey: str) -> None:
        address = self.app.builder.get_relative_uri(self.env.docname, paper_page(citekey))
        place = link.get("reftargetid")
        content = link.children if link.get("refexplicit") else [nodes.inline("", self._title(citekey))]
        link.replace_self(
            nodes.reference("", "", *content, internal=True, refuri=f"{address}#{place}" if place else address)
        )

    def _title(self, citekey: str) -> str:
        paper = find_paper(prepared_review(self.app).corpus, citekey)
        return paper.title.plain if paper and paper.title.plain else citekey


def _find_citekey(env: BuildEnvironment, link: addnodes.pending_xref) -> str | None:
    """Return the citekey of the paper that a link leads to, if its page is generated."""
    if link.get("refdomain") == "doc" and link.get("reftype") == "myst":
        document = str(link["reftarget"])
    elif link.get("refdomain") == "std" and link.get("reftype") == "doc":
        document = _resolve_path(str(link.get("refdoc", env.docname)), str(link["reftarget"]))
    else:
        return None
    citekey = citekey_of(document)
    if citekey is None or document in env.all_docs:
        return None
    return citekey if find_paper(prepared_review(env.app).corpus, citekey) else None


def _resolve_path(docname: str, target: str) -> str:
    """Return the document that a target names, relative to a document or, after a slash, to the book."""
    parts = [] if target.startswith("/") else docname.split("/")[:-1]
    for part in target.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in ("", ".", ".."):
            parts.append(part)
    return "/".join(parts)
