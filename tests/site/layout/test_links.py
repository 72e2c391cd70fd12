"""Which styles and scripts a page links to. All files are invented."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from toybook import Built

from litbook.site.build.assets import add_assets
from litbook.site.layout.links import _DESIGN, _is_loaded, draw_links, write_assets
from litbook.site.layout.scripts import shorten_script

SCRIPT = r"""// Explain what the script is for.
"use strict";

(() => {
  /** Explain a function. @param {string} name */
  function link(name) {
    return `https://example.org/  ${name} // kept`.replace(/[/*]\/\/ kept/u, ""); // Explain why.
  }
  globalThis.litbookLink = link;
})();
"""
SHORT = shorten_script(SCRIPT)


@pytest.fixture
def app(tmp_path: Path) -> Any:
    """Return a substitute for Sphinx: two features, one of them for pages with a mark."""
    folder = tmp_path / "feature"
    (folder / "assets").mkdir(parents=True)
    for name in ("all.css", "some.css"):
        (folder / "assets" / name).write_text(f"/* {name} */\n  a {{ top: 0 }}\n", "utf-8")
    for name in ("all.js", "some.js", "last.js", "asked-for.js"):
        (folder / "assets" / name).write_text(SCRIPT.replace("litbookLink", Path(name).stem), "utf-8")
    (folder / "assets" / "some.woff2").write_bytes(b"\xff\n a font")
    config = SimpleNamespace(templates_path=[])
    builder, review = SimpleNamespace(format="html"), SimpleNamespace(drawn={})
    app = SimpleNamespace(
        config=config, srcdir=tmp_path, outdir=tmp_path / "out", builder=builder, litbook_review=review
    )
    module = str(folder / "extension.py")
    add_assets(cast(Any, app), module, scripts=("all.js",), styles=("all.css",))
    add_assets(cast(Any, app), module, scripts=("some.js",), styles=("some.css",), mark='class="mark"')
    add_assets(cast(Any, app), module, scripts=("last.js",))
    write_assets(cast(Any, app))
    return app


def names(links: str) -> list[str]:
    return re.findall(r"_static/([\w.]+)\?v=[0-9a-f]{8}", links)


def test_a_page_links_to_what_it_needs_in_the_order_of_the_features(app: Any) -> None:
    assert names(draw_links(app, "./", "<p>")) == ["litbook.css", "litbook.js"]
    assert names(draw_links(app, "./", '<p class="mark">')) == ["litbook.css", "litbook.js", "some.css", "some.js"]


def test_every_file_of_a_feature_is_on_the_site_by_itself_or_as_a_part_of_what_all_pages_load(app: Any) -> None:
    written = {path.name for path in (app.outdir / "_static").iterdir()}
    assert written == {"litbook.css", "litbook.js", "some.css", "some.js", "asked-for.js", "some.woff2"}
    assert (app.outdir / "_static/some.woff2").read_bytes() == b"\xff\n a font"


def test_scripts_have_no_comments_and_keep_their_texts(app: Any) -> None:
    script = (app.outdir / "_static/some.js").read_text("utf-8")
    assert "Explain" not in script
    assert len(script) < len(SCRIPT) * 0.7
    assert "`https://example.org/  ${name} // kept`" in script
    assert r"/[/*]\/\/ kept/u" in script


def test_the_script_of_all_pages_has_those_of_the_features_in_their_order(app: Any) -> None:
    script = (app.outdir / "_static/litbook.js").read_text("utf-8")
    assert script == "".join(SHORT.replace("litbookLink", name) for name in ("all", "last"))


def test_the_sheet_has_the_styles_of_all_pages_without_comments(app: Any) -> None:
    assert (app.outdir / "_static/litbook.css").read_text("utf-8") == "a{top:0}"


def test_addresses_lead_from_the_folder_of_the_page(app: Any) -> None:
    links = draw_links(app, "../../", "")
    assert set(re.findall(r'(?:href|src)="([^"]*?)_static', links)) == {"../../"}


@pytest.mark.parametrize(
    ("html", "used"),
    [
        ('<details class="sd-sphinx-override sd-dropdown sd-card sd-mb-3"><summary class="sd-card-header">', False),
        ('<div class="sd-card sd-sphinx-override sd-mb-3 docutils">', True),
        ('<div class="sd-tab-set docutils">', True),
        ('<a class="sd-sphinx-override sd-btn sd-text-wrap">', True),
        ("<p>sd-btn</p>", False),
    ],
)
def test_the_styles_of_designs_are_loaded_for_more_than_folded_boxes(html: str, used: bool) -> None:
    assert bool(_DESIGN.search(html)) is used


@pytest.mark.parametrize(
    ("name", "loaded"),
    [
        ("_static/basic.css", False),
        ("_static/mystnb.8ecb98da25f57f5357bf6f572d296f466b2cfe2517ffebfabe82451661e28f02.css", False),
        ("_static/doctools.js", False),
        ("_static/sphinx-thebe.js", False),
        ("_static/my-own.css", True),
        ("https://example.org/a.js", True),
    ],
)
def test_files_of_the_book_itself_stay(name: str, loaded: bool) -> None:
    assert _is_loaded(SimpleNamespace(filename=name), None) is loaded


def test_no_framework_is_in_the_site(book: Built) -> None:
    static = book.review.html / "_static"
    files = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}
    foreign = ("bootstrap", "pydata", "book-theme", "thebe", "togglebutton", "copybutton", "clipboard", "jquery", "fa-")
    assert [name for name in files if any(word in name for word in foreign)] == []
    assert {"litbook.css", "litbook-serif.woff2", "litbook-sans.woff2", "litbook-fonts-license.txt"} <= files
