"""The search page without the theme, with an index of any collection: for measurements and tests."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from litbook.core.code import PACKAGE
from litbook.site.search.index.head import describe_index
from litbook.site.search.pages import SCRIPTS

_SITE = PACKAGE / "site"
_TEMPLATE = _SITE / "search/templates/search.html"
_BODY = re.compile(r"\{%- block docs_body %\}(.*?)\{%- endblock %\}", re.DOTALL)
_LOOP = re.compile(r"\{%- for name, title in \[(.*?)\] %\}(.*?)\{%- endfor %\}", re.DOTALL)


def write_bare_site(folder: Path, parts: Mapping[str, str]) -> Path:
    """Write index, scripts and search page to a folder, and return the page's path."""
    (folder / "search-index").mkdir(parents=True, exist_ok=True)
    for name, text in parts.items():
        (folder / "search-index" / f"{name}.js").write_bytes(text.encode("utf-8"))
    for assets in sorted(_SITE.glob("*/assets")):
        shutil.copytree(assets, folder / "_static", dirs_exist_ok=True)
    scripts = ((_SITE / f"search/assets/litbook-search-{name}.js").read_text("utf-8") for name in SCRIPTS)
    (folder / "_static/litbook-search.js").write_text("\n".join(scripts), "utf-8")
    page = folder / "search.html"
    bare = render_bare_page(hashlib.sha256(parts["core"].encode("utf-8")).hexdigest()[:12])
    page.write_text(describe_index(bare, parts["core"]), "utf-8")
    return page


def _unroll(loop: re.Match[str]) -> str:
    pairs = re.findall(r'\("([^"]*)", "([^"]*)"\)', loop[1])
    return "".join(loop[2].replace("{{ name }}", name).replace("{{ title }}", title) for name, title in pairs)


def render_bare_page(digest: str) -> str:
    """Return the page: the main region of the template, with the scripts that the search needs."""
    template = _TEMPLATE.read_text("utf-8")
    body = _BODY.search(template)
    if not body:
        raise ValueError(f"{_TEMPLATE.name} has changed: it has no main region")
    region = re.sub(r"\{#.*?#\}", "", body[1], flags=re.DOTALL)
    region = re.sub(r"\{\{ pathto\('([^']*)'\) \}\}", r"\1.html", region).replace(
        'data-index=""', f'data-index="{digest}"'
    )
    region = _LOOP.sub(_unroll, region)
    if "{{" in region or "{%" in region:
        raise ValueError(f"{_TEMPLATE.name} has changed: it uses syntax that is not handled here")
    shared = "".join(
        f'<script defer src="_static/litbook-{name}.js"></script>' for name in ("dom", "yours", "selection", "search")
    )
    style = '<link rel="stylesheet" href="_static/litbook-search.css">'
    head = f'<meta charset="utf-8"><title>Search</title>{style}{shared}'
    keys = '<script defer src="_static/litbook-keys.js"></script>'
    head += "<!-- search index --><!-- end of search index -->"
    return (
        f'<!doctype html><html lang="en" data-content_root="./"><head>{head}{keys}</head><body>{region}</body></html>'
    )
