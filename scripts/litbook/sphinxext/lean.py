"""Leave out of the build and of the pages what none of our pages uses."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pybtex.plugin
from myst_nb.sphinx_ext import add_global_html_resources
from pydata_sphinx_theme.pygments import overwrite_pygments_css
from pydata_sphinx_theme.short_link import ShortenLinkTransform

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

# Thebe runs code on somebody else's server, and its two inline scripts declare one constant twice: a script error.
_UNUSED_SCRIPTS = ("sphinx-thebe", "THEBE_JS_URL", "togglebutton", "toggleHint", "toggleOpenOnPrint", "design-tabs",
                   "litbook-cards")  # fmt: skip
_UNUSED_STYLES = ("sphinx-thebe", "togglebutton")


def drop_what_no_page_uses(app: Sphinx) -> None:
    """Switch off the stock search index, rewritten link texts, and a search for plugins at each citation."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.search = False
    registry = app.registry.post_transforms
    registry[:] = [transform for transform in registry if transform is not ShortenLinkTransform]
    # pybtex looks through every installed package each time that it needs a plugin, that is, at each citation.
    plugin = cast(Any, pybtex.plugin)
    if not hasattr(plugin._load_entry_point, "cache_info"):
        plugin._load_entry_point = functools.lru_cache(maxsize=None)(plugin._load_entry_point)


def keep_stylesheet(app: Sphinx) -> None:
    """Let the theme write its stylesheet for code only in a build that wrote a page: it would do so in every build."""
    listeners = app.events.listeners["build-finished"]
    listeners[:] = [
        item._replace(handler=_write_stylesheet) if item.handler is overwrite_pygments_css else item
        for item in listeners
    ]


def _write_stylesheet(app: Sphinx, exception: Exception | None = None) -> None:
    if app.builder.finish_tasks is not None:  # nothing is finished where nothing was out of date
        overwrite_pygments_css(app, exception)


def place_stylesheet(app: Sphinx) -> None:
    """Put the notebooks' stylesheet in its place before pages name its checksum; myst-nb does so after a build."""
    if app.builder.format == "html":
        (Path(app.outdir) / "_static").mkdir(parents=True, exist_ok=True)
        add_global_html_resources(app, None)


def drop_unused_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take scripts and styles that the page has no use for out of its head; a toggle button keeps its own."""
    body = str(context.get("body", ""))
    unused = [name for name in _UNUSED_SCRIPTS if not _is_used(name, body)]
    context["script_files"] = [file for file in context["script_files"] if not _names(file, unused)]
    context["css_files"] = [file for file in context["css_files"] if not _names(file, _unused_styles(body))]


def _is_used(name: str, body: str) -> bool:
    if name.startswith("toggle"):
        # A dropdown of sphinx-design opens without a script.
        return "dropdown" in body.replace("sd-dropdown", "") or "toggle" in body
    if name == "litbook-cards":
        return 'id="litbook-cards"' in body
    return name == "design-tabs" and "sd-tab-set" in body


def _unused_styles(body: str) -> list[str]:
    return [name for name in _UNUSED_STYLES if not _is_used(name, body)]


def _names(file: Any, names: list[str]) -> bool:
    """Tell whether a script or style file, or the text of an inline script, is one of `names`."""
    told = f"{getattr(file, 'filename', None) or ''} {getattr(file, 'attributes', {}).get('body', '')}"
    return any(name in told for name in names)
