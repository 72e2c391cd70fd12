"""Answer from memory what Sphinx and its extensions ask anew on each page, or in each build."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pydata_sphinx_theme
import sphinx.builders.html
import sphinx_book_theme
from jinja2 import FileSystemBytecodeCache

from litbook.core.project import Project
from litbook.sphinxext.performance.patch import replace_once
from litbook.sphinxext.weight.unused import shorten_tag

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_NEVER_EMPTY = ("litbook-nav.html", "litbook-search-field.html", "navbar-logo.html", "theme-switcher.html",
                "toggle-primary-sidebar.html")  # fmt: skip


def remember_results(app: Sphinx) -> None:
    """Let functions that are asked the same thing on each page, or in each build, answer from memory."""
    replace_once(cast(Any, pydata_sphinx_theme).utils, "_update_and_remove_templates", _keep_full_templates)
    replace_once(sphinx.builders.html, "_file_checksum", _remember_checksums)
    replace_once(sphinx_book_theme, "get_html_theme_path", functools.cache)
    _keep_compiled_templates(app)


def _keep_compiled_templates(app: Sphinx) -> None:
    builder = cast(Any, app.builder)
    if builder.format == "html":
        folder = Project(Path(app.srcdir)).cache / "trimmed-templates"  # jinja looks at their text, not at its settings
        folder.mkdir(parents=True, exist_ok=True)
        builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def remember_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the tags of scripts and stylesheets once for all pages of a folder: their addresses are the same there."""
    known: dict[object, str] = app.__dict__.setdefault("litbook_tags", {})
    folder = pagename.rpartition("/")[0]
    for name in ("css_tag", "js_tag"):
        context[name] = functools.partial(_recall_tag, known, folder, context[name])


def _recall_tag(known: dict[object, str], folder: str, make: Callable[[Any], str], file: Any) -> str:
    name = (folder, file)
    if name not in known:
        known[name] = shorten_tag(make(file))
    return known[name]


def _keep_full_templates(check: Callable[..., Any]) -> Callable[..., Any]:
    """Spare the theme to draw, on each page, templates that are never empty, to find out whether they are."""

    def update(*args: Any, templates_skip_empty_check: Sequence[str] = (), **kwargs: Any) -> Any:
        return check(*args, templates_skip_empty_check=[*templates_skip_empty_check, *_NEVER_EMPTY], **kwargs)

    return update


def _remember_checksums(make: Callable[[Path, Any], str]) -> Callable[[Path, Any], str]:
    """Read a script or a stylesheet for its checksum once, and not on each page; a file that changed is read again."""
    known: dict[tuple[Path, int, int], str] = {}

    def checksum(outdir: Path, filename: Any) -> str:
        path = Path(outdir, filename)
        if "?" in str(filename) or not path.is_file():
            return make(outdir, filename)
        told = path.stat()
        name = (path, told.st_mtime_ns, told.st_size)
        if name not in known:
            known[name] = make(outdir, filename)
        return known[name]

    return checksum
