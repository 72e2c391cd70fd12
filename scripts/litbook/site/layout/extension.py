"""What all pages share: the theme, the frame of a page, its styles, and the keys that work everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from litbook.site.build.assets import add_assets
from litbook.site.layout import links, margin, quotes, tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

THEME = "litbook"
PERMALINK_ICON = "#"
_DEFAULT_ICON = "¶"  # of Sphinx
_DEFAULT_THEME = "sphinx_book_theme"  # what Jupyter Book sets where the settings name none
# Jupyter Book sets these for extensions that it loads, and that a review does not.
_FOREIGN_VALUES = ("comments_config",)


def setup(app: Sphinx) -> None:
    """Add the theme, the styles and scripts of all pages, and what draws them."""
    app.add_html_theme(THEME, str(Path(__file__).parent / "theme"))
    styles = ("tokens", "base", "content", "frame", "pages", "print")
    scripts = ("dom", "frame", "keys")  # all other scripts use litbook-dom.js: no slice with scripts is set up earlier
    add_assets(app, __file__, [f"litbook-{name}.js" for name in scripts], [f"litbook-{name}.css" for name in styles])
    for name in _FOREIGN_VALUES:
        if name not in app.config:
            app.add_config_value(name, None, "")
    app.add_node(nodes.table, override=True, html=(tables.visit_table, tables.depart_table))
    app.add_node(nodes.sidebar, override=True, html=(margin.visit_aside, margin.depart_aside))
    app.add_directive("margin", margin.Margin, override=True)  # the default theme of Jupyter Book has one as well
    app.add_post_transform(quotes.CurlQuotes)
    app.connect("config-inited", choose_theme)
    app.connect("builder-inited", links.write_assets)
    app.connect("html-page-context", links.add_frame, priority=950)  # when extensions have added theirs


def choose_theme(_app: Sphinx, config: Config) -> None:
    """Show a review in our theme whose settings leave the choice to Jupyter Book."""
    if config.html_theme == _DEFAULT_THEME:
        config.html_theme = THEME
    if config.html_permalinks_icon == _DEFAULT_ICON:
        config.html_permalinks_icon = PERMALINK_ICON
