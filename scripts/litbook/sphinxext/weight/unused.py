"""Leave out of the build and of the pages what none of our pages uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2.ext import Extension
from myst_nb.sphinx_ext import add_global_html_resources
from pydata_sphinx_theme.pygments import overwrite_pygments_css
from pydata_sphinx_theme.short_link import ShortenLinkTransform
from sphinx_book_theme import add_metadata_to_page

from litbook.core.urls import is_paper_page

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

# Thebe runs code on somebody else's server, and its two inline scripts declare one constant twice: a script error.
_UNUSED_EXTENSIONS = ("sphinx_thebe", "sphinx_comments")
_UNUSED_SCRIPTS = ("togglebutton", "toggleHint", "toggleOpenOnPrint", "design-tabs", "litbook-cards", "litbook-list",
                   "litbook-map", "copybutton", "clipboard")  # fmt: skip
_UNUSED_STYLES = ("togglebutton", "litbook-map", "litbook-cite", "copybutton", "mystnb.", "sphinx-design.")
# The stock search's marks and keys, and what the theme's list of versions asks for.
_NEVER_USED = ("doctools.js", "sphinx_highlight.js", "DOCUMENTATION_OPTIONS.")
# No page has to wait for these before it shows its first words.
_DEFERRED = ("documentation_options.js", "clipboard.min.js", "copybutton.js", "sphinx-book-theme.js")

# The theme sends each visitor 540 kB of icons as a script; its stylesheet has them too, and litbook.css the few in use.
# It also has the browser fetch scripts before the styles that the first words wait for.
_NOT_IN_HEAD = re.compile(r'<script [^>]*fontawesome\.js[^>]*></script>|<link rel="preload" as="script"[^>]*>')
_REMARK = re.compile(r"<!--[^{]*?-->")
_INDENT = re.compile(r"\s*\n\s*")
# Classes that no style and no script asks for.
_NOT_IN_BODY = re.compile(r' class="(?:reference (?:internal|external)|tex2jax_ignore mathjax_ignore)"')
# A stylesheet that only names another one costs a visitor one more way to the server and back.
_NAMES_ANOTHER = re.compile(r"styles/theme\.css\?digest=\w+")


def clear_head(app: Sphinx) -> None:
    """Give our layout the filter that takes out of the head what no page uses."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.templates.environment.filters["without_unused"] = _clear_head


def _clear_head(head: str) -> str:
    return _NAMES_ANOTHER.sub("basic.css", _NOT_IN_HEAD.sub("", head))


class _Trim(Extension):
    """Take indentation, blank lines and remarks out of templates, before they are compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _INDENT.sub("\n", _REMARK.sub("", source))


def trim_templates(app: Sphinx) -> None:
    """Let no template write what browsers pass over: more than 2 kB a page with these themes."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.templates.environment.add_extension(_Trim)
        builder.templates.environment.trim_blocks = True


def silence_unused_extensions(app: Sphinx) -> None:
    """Take back what extensions that Jupyter Book always loads, and no page uses, ask Sphinx to do and to send."""
    for listeners in app.events.listeners.values():
        listeners[:] = [item for item in listeners if not item.handler.__module__.startswith(_UNUSED_EXTENSIONS)]
    registry = cast(Any, app.registry)
    registry.css_files[:] = [file for file in registry.css_files if not str(file[0]).startswith("sphinx-thebe")]


def drop_what_no_page_uses(app: Sphinx) -> None:
    """Switch off the stock search index, rewritten link texts, and what themes and designs look for in vain."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.search = False
    registry = app.registry.post_transforms
    registry[:] = [transform for transform in registry if transform is not ShortenLinkTransform]
    _replace_listener(app, "html-page-context", add_metadata_to_page, _add_metadata)
    _spare_papers(app, "doctree-resolved", "sphinx_design.")


def keep_stylesheet(app: Sphinx) -> None:
    """Let the theme write its stylesheet for code only in a build that wrote a page: it would do so in every build."""
    _replace_listener(app, "build-finished", overwrite_pygments_css, _write_stylesheet)


def _replace_listener(app: Sphinx, event: str, handler: object, ours: Callable[..., None]) -> None:
    listeners = app.events.listeners[event]
    listeners[:] = [item._replace(handler=ours) if item.handler is handler else item for item in listeners]


def _add_metadata(app: Sphinx, pagename: str, template: str, context: dict[str, Any], _: nodes.document | None) -> None:
    """Add what the theme shows of a page; it also makes a description of its whole text, and shows that nowhere."""
    add_metadata_to_page(app, pagename, template, context, None)


def _spare_papers(app: Sphinx, event: str, module: str) -> None:
    """Let an extension look for what it may change on the pages that people write: no generated one holds it."""
    listeners = app.events.listeners[event]
    listeners[:] = [
        item._replace(handler=_unless_paper(item.handler)) if item.handler.__module__.startswith(module) else item
        for item in listeners
    ]


def _unless_paper(handle: Callable[..., None]) -> Callable[..., None]:
    def handle_others(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if not is_paper_page(docname):
            handle(app, doctree, docname)

    return handle_others


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
    unused += _NEVER_USED
    context["script_files"] = [file for file in context["script_files"] if not _names(file, unused)]
    for file in context["script_files"]:
        if str(getattr(file, "filename", None)).rpartition("/")[2] in _DEFERRED:
            file.attributes["defer"] = "defer"
    unused = [name for name in _UNUSED_STYLES if not _is_used(name, body)]
    context["css_files"] = [file for file in context["css_files"] if not _names(file, unused)]


def shorten_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take out of a page's text the classes of links and sections that nothing uses."""
    if "body" in context:
        context["body"] = _NOT_IN_BODY.sub("", context["body"])


def shorten_tag(tag: str) -> str:
    """Return the tag of a script or a stylesheet without what HTML takes for granted."""
    return tag.replace(' type="text/css"', "").replace('="defer"', "").replace(" />", ">")


# What a page holds that has a use for a script or a style.
_USED_WITH = {
    "litbook-cards": 'id="litbook-cards"',
    "litbook-list": "data-litbook-list",
    "litbook-map": 'class="litbook-map"',
    "litbook-cite": 'class="litbook-formats"',
    "copybutton": 'class="highlight',
    "clipboard": 'class="highlight',
    "design-tabs": "sd-tab-set",
    "mystnb.": 'class="cell',
    "sphinx-design.": "sd-",
}


def _is_used(name: str, body: str) -> bool:
    if name.startswith("toggle"):
        # A dropdown of sphinx-design opens without a script.
        return "dropdown" in body.replace("sd-dropdown", "") or "toggle" in body
    return _USED_WITH[name] in body


def _names(file: Any, names: list[str]) -> bool:
    """Tell whether a script or style file, or the text of an inline script, is one of `names`."""
    told = f"{getattr(file, 'filename', None) or ''} {getattr(file, 'attributes', {}).get('body', '')}"
    return _holds(told, tuple(names))


@lru_cache(maxsize=1024)
def _holds(told: str, names: tuple[str, ...]) -> bool:
    return any(name in told for name in names)
