"""Old addresses of chapters: a page at each leads to where the chapter is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from litbook.core.atomic import write_text
from litbook.core.urls import chapter_address, chapter_page
from litbook.model.queries import former_slugs
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import site_of
from litbook.site.publishing import policy
from litbook.site.publishing.head import make_tag
from litbook.site.publishing.sitemap import render

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_moved(app: Sphinx, error: Exception | None) -> None:
    """Write a page at each old address, instead of the chapter that an earlier build left there."""
    if error is not None or app.builder.format != "html":
        return
    out, address = Path(app.outdir), site_of(app).address
    for old, theme in former_slugs(prepared_review(app).corpus).items():
        if chapter_page(old) in app.env.found_docs:  # a person's own page of this name
            continue
        page, target = quote(chapter_address(theme.slug)), quote(f"{theme.slug}.html")
        given = {"name": theme.name, "page": page, "target": target}
        allowed = policy.allow_lead(render(app, "litbook-moved.html", address, **given))
        lead = make_tag("http-equiv", "Content-Security-Policy", allowed)
        write_text(out / chapter_address(old), render(app, "litbook-moved.html", address, policy=lead, **given))
        (out / f"{chapter_page(old)}.md").unlink(missing_ok=True)
