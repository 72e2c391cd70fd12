"""Which paper pages Sphinx reads as documents: only those that include a person's note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sphinx.project import Project

from litbook.core.urls import citekey_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PeoplesDocuments(Project):
    """Find the documents of a book, without the paper pages of which no person wrote a part."""

    def __init__(self, found: Project, noted: Iterable[str]) -> None:
        """Take the project that Sphinx made, and the citekeys of the papers with a note."""
        super().__init__(found.srcdir, found.source_suffix)
        self._noted = frozenset(noted)

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Return the names of the documents."""
        found = super().discover(exclude_paths, include_paths)
        for docname in [name for name in found if self._is_generated(name)]:
            found.discard(docname)
            self._path_to_docname.pop(self._docname_to_path.pop(docname))
        return found

    def _is_generated(self, docname: str) -> bool:
        citekey = citekey_of(docname)
        return citekey is not None and citekey not in self._noted


def leave_out_generated(app: Sphinx, noted: Iterable[str]) -> None:
    """Let Sphinx read only the documents that people wrote, at least in part."""
    app.project = app.env.project = PeoplesDocuments(app.project, noted)
