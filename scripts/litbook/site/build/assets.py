"""Add the folders of a feature to the build: its scripts, styles and templates are beside its Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True, slots=True)
class Asset:
    """Hold a script or a stylesheet, and what a page contains that needs it; without a mark, every page does."""

    path: Path
    mark: str

    def is_needed(self, body: str) -> bool:
        return self.mark in body


def add_assets(
    app: Sphinx, module_file: str, scripts: Iterable[str] = (), styles: Iterable[str] = (), mark: str = ""
) -> None:
    """Add the folders `assets/` and `templates/` beside a module, and load its scripts and styles.

    They are loaded on the pages whose HTML contains `mark`, in the order in which they were added. Without a mark they
    become part of the one stylesheet and the one script of all pages, which is loaded before the others.
    """
    here = Path(module_file).parent
    templates = str(here / "templates")
    if (here / "templates").is_dir() and templates not in app.config.templates_path:
        app.config.templates_path.append(templates)
    if (here / "assets").is_dir() and here / "assets" not in folders_of(app):
        folders_of(app).append(here / "assets")
    assets_of(app).extend(Asset(here / "assets" / name, mark) for name in (*styles, *scripts))


def assets_of(app: Sphinx) -> list[Asset]:
    """Return the scripts and styles of all features that were set up so far."""
    return cast(list[Asset], _list(app, "litbook_assets"))


def folders_of(app: Sphinx) -> list[Path]:
    """Return the folders of scripts, styles and fonts of all features that were set up so far."""
    return cast(list[Path], _list(app, "litbook_asset_folders"))


def _list(app: Sphinx, name: str) -> list[object]:
    if not hasattr(app, name):
        setattr(app, name, [])
    return cast(list[object], getattr(app, name))
