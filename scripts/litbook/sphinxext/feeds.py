"""Write the Atom feeds into the built site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from litbook.feeds import Site
from litbook.feeds import write_feeds as write
from litbook.sphinxext.events import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_feeds(app: Sphinx, error: Exception | None) -> None:
    """Write a feed of the review and one a theme, when the build has gone well."""
    if error is None and app.builder.format == "html":
        prepared = prepared_review(app)
        address = str(app.config.html_baseurl or "")
        site = Site(
            title=str(app.config.html_title or app.config.project),
            author=str(app.config.author or ""),
            address=f"{address.rstrip('/')}/" if address else "",
        )
        write(prepared.corpus, prepared.first_seen, site, Path(app.outdir))
