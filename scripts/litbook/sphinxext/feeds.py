"""Write the Atom feeds into the built site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from litbook.feeds import write_feeds as write
from litbook.sphinxext.events import prepared_review
from litbook.sphinxext.site import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_feeds(app: Sphinx, error: Exception | None) -> None:
    """Write a feed of the review and one a theme, when the build has gone well."""
    if error is None and app.builder.format == "html":
        prepared = prepared_review(app)
        write(prepared.corpus, prepared.first_seen, site_of(app), Path(app.outdir))
