"""Offer each notebook, with its results, as a download on its page."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litbook.core.atomic import write_text
from litbook.site.notebooks.execution import cache_path_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def offer_notebook(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the notebook of a page that is one beside the page, and let the template link to it."""
    if doctree is None or "file_format" not in app.env.metadata.get(pagename, {}):
        return
    name = f"{pagename.rpartition('/')[2]}.ipynb"
    source = Path(app.env.doc2path(pagename))
    write_text(Path(app.outdir) / Path(pagename).parent / name, render_notebook(source, cache_path_of(app.env)))
    context["litbook_notebook"] = name


def render_notebook(source: Path, cache_path: Path) -> str:
    """Return a MyST notebook as JSON in the Jupyter format, with the results that the cache holds for its cells."""
    import nbformat  # noqa: PLC0415 - only where a notebook's page is written
    from jupyter_cache import get_cache  # noqa: PLC0415
    from myst_nb.core.read import read_myst_markdown_notebook  # noqa: PLC0415

    notebook = read_myst_markdown_notebook(source.read_text("utf-8"), path=source)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # nbformat draws one by lot, and the same notebook would give other bytes
    with suppress(KeyError):  # a setting of the book may leave notebooks unexecuted
        _, notebook = get_cache(cache_path).merge_match_into_notebook(notebook)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell.get("metadata", {}).pop("execution", None)  # the times at which it ran
    return f"{nbformat.writes(notebook)}\n"  # type: ignore[no-untyped-call]
