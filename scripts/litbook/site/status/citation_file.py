"""CITATION.cff in the published folder: how the review is cited, with its updating status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from litbook.analyse.living.due import describe_status
from litbook.core.atomic import write_text
from litbook.model.living import Status
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import cited_review
from litbook.text.escape import clean
from litbook.write.reference import Cited

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_citation_file(app: Sphinx, error: Exception | None) -> None:
    """Write the file of a review that has a status, and delete that of one that has none any more."""
    if error is not None or app.builder.format != "html":
        return
    path = Path(app.outdir) / "CITATION.cff"
    status = prepared_review(app).corpus.status
    if status is None:
        path.unlink(missing_ok=True)
    else:
        write_text(path, render_citation(cited_review(app), status))


def render_citation(cited: Cited, status: Status) -> str:
    """Return the file in the Citation File Format 1.2.0; what is not known is absent."""
    known = {
        "cff-version": "1.2.0",
        "message": f"If you cite this review, name the state that you read. {describe_status(status)}.",
        "title": clean(cited.site.title),
        "type": "dataset",  # the format knows software and datasets only
        "authors": [{"name": clean(cited.site.author)}] if cited.site.author else [{"name": "the editors"}],
        "version": cited.state.version,
        "date-released": cited.state.date,
        "url": cited.site.address,
    }
    found = {name: value for name, value in known.items() if value}
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=120)
