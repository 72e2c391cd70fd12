"""The domain of the citation roles with a colon in their names, such as {cite:t}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.domains import Domain

from litbook.site.citations.cite_role import FORMS, CiteRole

if TYPE_CHECKING:
    from docutils import nodes


class CiteDomain(Domain):
    """Hold the citation roles.

    A book whose settings also load sphinxcontrib-bibtex still builds: that extension finds here the few names of its
    own domain that it asks for, and has nothing to format.
    """

    name = "cite"
    label = "citation"
    roles = {name: CiteRole(form) for name, form in FORMS.items()}  # noqa: RUF012 - as Sphinx declares it
    reference_style: object = None

    @property
    def bibdata(self) -> Any:
        """Return an empty bibliography of sphinxcontrib-bibtex."""
        from pybtex.database import BibliographyData  # noqa: PLC0415 - only where that extension is loaded
        from sphinxcontrib.bibtex.bibfile import BibData  # noqa: PLC0415

        return BibData(encoding="utf-8", bibfiles={}, data=BibliographyData())

    def env_updated(self) -> list[str]:
        """Return no documents: nothing is formatted after the documents were read."""
        return []

    def clear_doc(self, docname: str) -> None:
        """Forget nothing: citations are part of their documents."""

    def merge_domaindata(self, docnames: Any, otherdata: dict[str, Any]) -> None:
        """Merge nothing."""

    def resolve_any_xref(self, *_: Any) -> list[tuple[str, nodes.Element]]:
        """Return nothing: the role {any} cannot lead to a citation."""
        return []
