"""Say below each figure of a notebook how to cite it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from litbook.core.figure_marks import complete_figures
from litbook.site.build.site_config import site_of
from litbook.write.bibliography import end_sentence

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_references(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Complete the figures of a page that is a notebook."""
    if doctree is None or "file_format" not in app.env.metadata.get(pagename, {}):
        return
    site, page = site_of(app), str(context.get("title", ""))

    def render(name: str, finding: str) -> str:
        anchor = f"#figure-{name}"
        address = f"{site.address}{pagename}.html{anchor}" if site.address else ""
        said = [escape(end_sentence(site.author)) if site.author else "", f"“{finding}”", f"Figure in {page},"]
        words = " ".join(filter(None, [*said, f"<cite>{escape(end_sentence(site.title))}</cite>", escape(address)]))
        return (
            f' · <a href="{anchor}">Link</a> · <details class="litbook-figure-cite"><summary>Cite this figure</summary>'
            f"<p>{words}</p></details>"
        )

    context["body"] = complete_figures(context["body"], render)
