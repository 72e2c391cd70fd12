"""Add the folders of a feature to the build: its scripts, styles and templates lie beside its Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def add_assets(app: Sphinx, module_file: str, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> None:
    """Add the folders `assets/` and `templates/` beside a module, and load scripts and styles on all pages."""
    here = Path(module_file).parent
    for folder, paths in (("assets", app.config.html_static_path), ("templates", app.config.templates_path)):
        if (here / folder).is_dir():
            paths.append(str(here / folder))
    for name in styles:
        app.add_css_file(name)
    for name in scripts:
        app.add_js_file(name, loading_method="defer")
