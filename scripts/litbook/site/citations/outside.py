"""The role that names a work outside the collection, so that no reader takes it for evidence."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from litbook.model.editorial import Outside
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.escape import clean, safe_address
from litbook.write.links import addresses


@query("outside")
def select_outside(prepared: Prepared, key: str) -> Outside | None:
    """Return a work of `outside.bib`; `check_prose` has checked that it exists."""
    return next((work for work in prepared.corpus.editorial.outside if work.key == key), None)


class OutsideRole(SphinxRole):
    """Name a work outside the collection, for example {outside}`brown2020language`."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return authors, year and title, the title a link to the work, and a mark that says that it is outside."""
        work = ask(self.env, select_outside, self.text.strip())
        if work is None:
            return [nodes.Text(self.text)], []
        title = nodes.emphasis("", "", nodes.Text(clean(work.title)))
        address = next((link for link in addresses(work.links).values() if safe_address(link)), "")
        shown = nodes.reference("", "", title, refuri=address) if address else title
        mark = nodes.inline("", "outside", classes=["litbook-outside-mark"])
        said = nodes.Text(f"{_name_authors(work)} {work.year}, ")
        return [nodes.inline("", "", said, shown, nodes.Text(" "), mark, classes=["litbook-outside"])], []


def _name_authors(work: Outside) -> str:
    names = [clean(name.surname) for name in work.authors]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
