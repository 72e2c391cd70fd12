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

    They are loaded on the pages whose HTML contains `mark`, in the order in which they were added; without a mark, on
    all pages, and the styles become part of the one stylesheet of the site.
    """
    here = Path(module_file).parent
    for folder, paths in (("assets", app.config.html_static_path), ("templates", app.config.templates_path)):
        if (here / folder).is_dir() and str(here / folder) not in paths:
            paths.append(str(here / folder))
    assets_of(app).extend(Asset(here / "assets" / name, mark) for name in (*styles, *scripts))


def assets_of(app: Sphinx) -> list[Asset]:
    """Return the scripts and styles of all features that were set up so far."""
    return cast(list[Asset], app.__dict__.setdefault("litbook_assets", []))
