"""The updating status of a review, its reporting items, and the result of audits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.build.assets import add_assets
from litbook.site.status import audit, citation_file, page

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the page of the status, its line at the foot of pages, CITATION.cff, and the directive `audit`."""
    add_assets(app, __file__, styles=["litbook-status.css"], mark="litbook-reporting")
    add_assets(app, __file__, styles=["litbook-audit.css"], mark="litbook-found")
    app.add_directive("audit", audit.AuditResult)
    app.connect("html-collect-pages", page.collect_status_page)
    app.connect("html-page-context", page.add_to_foot)
    app.connect("build-finished", citation_file.write_citation_file)
