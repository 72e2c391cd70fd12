"""Write `receipt.json` at the root of the site, and lead to it from the foot of each page."""

from __future__ import annotations

import platform
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import litbook
from litbook.core.atomic import write_text
from litbook.core.digests import digest_tree
from litbook.core.installed import list_required, version_of
from litbook.core.project import Project
from litbook.core.receipt import NAME, Receipt
from litbook.ingest.inputs import digest_inputs
from litbook.site.build.prepare import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_receipt(app: Sphinx, error: Exception | None) -> None:
    """Write the receipt of a build that went well, as its last file."""
    if error is not None or app.builder.format != "html":
        return
    project, out = Project(Path(app.srcdir)), Path(app.outdir)
    state = prepared_review(app).corpus.state
    receipt = Receipt(
        litbook=litbook.__version__,
        date=state.date,
        commit=state.version if state.what == "commit" else "",
        changed=state.changed,
        versions=_list_versions(),
        inputs=digest_inputs(project),
        files=digest_tree(_list_files(out), project.cache / "receipt.json"),
    )
    write_text(out / NAME, receipt.render())


def _list_versions() -> dict[str, str]:
    libraries = {found.name: version_of(found.name) for found in list_required()}
    return {"python": platform.python_version(), **{name: known for name, known in libraries.items() if known}}


def _list_files(out: Path) -> dict[str, Path]:
    """Return the files of a site by their paths; hidden ones are notes of the tools that made it."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {
        name: path for name, path in found.items() if name != NAME and not name.startswith(".") and "/." not in name
    }


def add_to_foot(app: Sphinx, _name: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Add to the foot of each page a link to the receipt."""
    link = f'<a href="{escape(context["pathto"](NAME, True))}">Receipt of this build</a>'
    context["litbook_foot"] = [*context.get("litbook_foot", ()), link]
