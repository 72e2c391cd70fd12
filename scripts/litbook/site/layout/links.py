"""The styles and scripts of a page: one stylesheet for all pages, and beside it only what the page has a use for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from litbook.core.atomic import write_bytes, write_text
from litbook.core.cache import Cache
from litbook.core.project import Project
from litbook.site.build.assets import Asset, assets_of, folders_of
from litbook.site.build.faults import stopping_at_disk_errors
from litbook.site.build.review import review_of
from litbook.site.layout.scripts import shorten_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

SHEET = "litbook.css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
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
    """Write the scripts, styles and fonts of the site, shortened; the styles that all pages need become one file.

    Each file more is a way to the server before the first word.
    """
    if app.builder.format == "html":
        with stopping_at_disk_errors(app):
            _write_assets(app)


def _write_assets(app: Sphinx) -> None:
    styles = [asset.path for asset in assets_of(app) if asset.path.suffix == ".css" and not asset.mark]
    static = Path(app.outdir) / "_static"
    write_text(static / SHEET, "".join(_shorten(path.read_text("utf-8")) for path in styles))
    paths = [path for folder in folders_of(app) for path in sorted(folder.iterdir()) if path not in styles]
    scripts = [path for path in paths if path.suffix == ".js"]
    for path in paths:
        if path.suffix == ".css":
            write_text(static / path.name, _shorten(path.read_text("utf-8")))
        elif path.suffix != ".js":
            write_bytes(static / path.name, path.read_bytes())
    cache = Cache(Project(Path(app.srcdir)).cache)
    texts = cache.each(shorten_script, ((path.read_text("utf-8"),) for path in scripts))
    for path, text in zip(scripts, texts, strict=True):
        write_text(static / path.name, text)
    cache.save()


def _shorten(css: str) -> str:
    """Return a stylesheet without comments and indentation."""
    return _SPACE.sub("\n", _COMMENT.sub("", css)).lstrip()


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
    assets = assets_of(app)
    needed = tuple(asset for asset in assets if asset.is_needed(body) and (asset.mark or asset.path.suffix == ".js"))
    drawn = review_of(app).drawn
    key = ("links", root, needed)
    if key not in drawn:
        sheet = _digest((Path(app.outdir) / "_static" / SHEET).read_bytes())
        first = f'<link rel="stylesheet" href="{root}_static/{SHEET}?v={sheet}">'
        drawn[key] = "\n".join([first, *(_draw(asset, root) for asset in needed)])
    return Markup(drawn[key])


def _draw(asset: Asset, root: str) -> str:
    address = f"{root}_static/{asset.path.name}?v={_digest(asset.path.read_bytes())}"
    if asset.path.suffix == ".css":
        return f'<link rel="stylesheet" href="{address}">'
    return f'<script defer src="{address}"></script>'


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
