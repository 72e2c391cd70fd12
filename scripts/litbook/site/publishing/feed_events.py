"""Write the Atom feeds into the built site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import site_of
from litbook.site.publishing.atom import write_feeds as write

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_feeds(app: Sphinx, error: Exception | None) -> None:
    """Write a feed of the review and one a theme, when the build has gone well."""
    if error is None and app.builder.format == "html":
        prepared = prepared_review(app)
        write(prepared.corpus, prepared.first_seen, site_of(app), Path(app.outdir))
