"""The styles and scripts of a page: one of each for all pages, and beside them only what the page has a use for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from litbook.core.atomic import write_bytes, write_text
from litbook.core.cache import Cache
from litbook.core.project import Project
from litbook.site.build.assets import assets_of, folders_of
from litbook.site.build.faults import stopping_at_disk_errors
from litbook.site.build.review import review_of
from litbook.site.layout.scripts import shorten_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

SHEET, SCRIPT = "litbook.css", "litbook.js"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"(?<=[{};])\s+|\s+(?=[{}])")  # not beside a colon, which may begin a pseudo-class
_NAME = re.compile(r"(?<=[{;])([\w-]+):\s+")  # of a property
_COMMA = re.compile(r"""("[^"]*")|,\s+""")
_LINES = re.compile(r"\s*\n\s*")
# Sphinx and extensions add these to every page. The stock search is not used; our styles have the colours of code, the
# outputs of notebooks and folded boxes, and our script copies code. The last line is of extensions that only settings
# with Jupyter Book's default list load.
_NOT_LOADED = re.compile(
    r"(?:^|/)(?:basic|pygments|litbook|mystnb\.\w+|sphinx-design\.min)\.css"
    r"|(?:^|/)(?:documentation_options|doctools|sphinx_highlight|design-tabs)\.js|^DOCUMENTATION_OPTIONS"
    r"|(?:^|/)(?:togglebutton|copybutton|clipboard\.min|sphinx-thebe|sphinx-book-theme)\.|toggle[HOb]\w+ =|THEBE_JS"
)
# What a page holds of sphinx-design, beside folded boxes.
_DESIGN = re.compile(r'class="(?:sd-(?:container|row|tab-set|steps|cards|card sd-sphinx)|[^"]*\bsd-(?:btn|badge)\b)')
_DESIGN_FILES = re.compile(r"sphinx-design\.min\.css|design-tabs\.js")


def write_assets(app: Sphinx) -> None:
    """Write the scripts, styles and fonts of the site, shortened; what all pages need becomes one file of each kind.

    Each further file is another request, and files compress better together.
    """
    if app.builder.format == "html":
        with stopping_at_disk_errors(app):
            _write_assets(app)


def _write_assets(app: Sphinx) -> None:
    static = Path(app.outdir) / "_static"
    shared = [asset.path for asset in assets_of(app) if not asset.mark]
    paths = [path for folder in folders_of(app) for path in sorted(folder.iterdir())]
    for path in paths:
        if path.suffix not in {".css", ".js"}:
            write_bytes(static / path.name, path.read_bytes())
    styles = {path: _shorten(path.read_text("utf-8")) for path in paths if path.suffix == ".css"}
    _write_texts(static, SHEET, styles, shared)
    cache = Cache(Project(Path(app.srcdir)).cache)
    scripts = [path for path in paths if path.suffix == ".js"]
    texts = cache.each(shorten_script, ((path.read_text("utf-8"),) for path in scripts))
    _write_texts(static, SCRIPT, dict(zip(scripts, texts, strict=True)), shared)
    cache.save()


def _write_texts(static: Path, name: str, texts: Mapping[Path, str], shared: Sequence[Path]) -> None:
    """Write texts to a folder: the shared ones to one file, in their order, and each of the others to its own."""
    write_text(static / name, "".join(texts[path] for path in shared if path in texts))
    for path, text in texts.items():
        if path not in shared:
            write_text(static / path.name, text)


def _shorten(css: str) -> str:
    """Return a stylesheet without comments and without the space around blocks and lines."""
    dense = _SPACE.sub("", _LINES.sub("\n", _COMMENT.sub("", css)).strip()).replace(";}", "}")
    return _COMMA.sub(lambda found: found[1] or ",", _NAME.sub(r"\1:", dense))


def add_frame(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the layout who made the review, and what draws the links to styles and scripts once the page is known.

    They are ours, and those that extensions and the book itself add.
    """

    def draw(body: str) -> Markup:
        used = _DESIGN_FILES if _DESIGN.search(body) else None
        styles = (context["css_tag"](file) for file in context["css_files"] if _is_loaded(file, used))
        scripts = (context["js_tag"](file) for file in context["script_files"] if _is_loaded(file, used))
        return Markup("\n".join([draw_links(app, context["content_root"], body), *styles, *scripts]))

    context["author"] = app.config.author
    context["litbook_links"] = draw


def _is_loaded(file: Any, used: re.Pattern[str] | None) -> bool:
    """Return whether a file, or an inline script, that Sphinx or an extension added is of use on the page."""
    name = str(getattr(file, "filename", None) or getattr(file, "attributes", {}).get("body", ""))
    return not _NOT_LOADED.search(name) or bool(used and used.search(name))


def draw_links(app: Sphinx, root: str, body: str) -> Markup:
    """Return the links to our styles and scripts for a page with this HTML; `root` leads to the root of the site."""
    needed = tuple(asset.path for asset in assets_of(app) if asset.mark and asset.is_needed(body))
    drawn = review_of(app).drawn
    key = ("links", root, needed)
    if key not in drawn:
        shared = [Path(app.outdir) / "_static" / name for name in (SHEET, SCRIPT)]
        drawn[key] = "\n".join(_draw(path, root) for path in (*shared, *needed))
    return Markup(drawn[key])


def _draw(path: Path, root: str) -> str:
    address = f"{root}_static/{path.name}?v={_digest(path.read_bytes())}"
    if path.suffix == ".css":
        return f'<link rel="stylesheet" href="{address}">'
    return f'<script defer src="{address}"></script>'


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
