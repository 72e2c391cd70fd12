"""Templates: every value is escaped where it is put into a page, unless it is HTML that this code has made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, nodes
from toybook import REPOSITORY

SITE = REPOSITORY / "scripts/litbook/site"
TEMPLATES = sorted([*SITE.glob("*/templates/*.html"), *SITE.glob("*/theme/*.html")])
ESCAPING = {"e", "escape", "urlencode"}
# Made by this code, or by Sphinx, as HTML; the last ones are HTML of the settings.
HTML = {
    *("metatags", "policy", "litbook_links", "litbook_nav", "litbook_crumbs", "content_root", "super", "link", "own"),
    *("text", "prev.title", "next.title", "line", "theme_announcement", "theme_extra_footer"),
}
# Set in the template itself.
OWN = {"mark", "colour", "name", "title of search.html"}
HOSTILE = "</title></p>\"'><script>ran()</script> a<b & c"


def spell(node: nodes.Node) -> str:
    """Return the name of a value, or the dotted name of an attribute; nothing for anything else."""
    if isinstance(node, nodes.Call):
        return spell(node.node)
    if isinstance(node, nodes.Getattr):
        return f"{spell(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def is_constant(node: nodes.Node) -> bool:
    """Return whether an address is one of the site's own: a constant, with at most a name set in the template."""
    if isinstance(node, nodes.Concat):
        return all(isinstance(part, nodes.Const) or spell(part) in OWN for part in node.nodes)
    return isinstance(node, nodes.Const)


def find_bare(path: Path) -> Iterator[str]:
    tree = Environment(autoescape=False).parse(path.read_text("utf-8"))
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            name = spell(node)
            if isinstance(node, nodes.TemplateData | nodes.Const) or name in HTML or name in OWN:
                continue
            if isinstance(node, nodes.Filter) and node.name in ESCAPING:
                continue
            if f"{name} of {path.name}" in OWN:
                continue
            is_call = isinstance(node, nodes.Call) and name in ("pathto", "_")
            if not (is_call and isinstance(node, nodes.Call) and all(map(is_constant, node.args))):
                yield f"line {node.lineno}: {name or type(node).__name__}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_each_value_is_escaped_or_made_as_html(path: Path) -> None:
    assert list(find_bare(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_hostile_value_is_text(path: Path) -> None:
    """Render each template alone, with the same hostile text for all that is not HTML."""
    source = path.read_text("utf-8").replace('{%- extends "layout.html" %}', "").replace("{{- super() }}", "")
    environment = Environment(autoescape=False)
    names = {node.name for node in environment.parse(source).find_all(nodes.Name)} - HTML - {"pathto", "_"}
    values: dict[str, object] = dict.fromkeys(names, HOSTILE)
    values |= {"pathto": lambda name, _resource=0: f"{name}.html", "_": str, "litbook_links": lambda _: ""}
    values |= {"litbook_alternates": [(HOSTILE,) * 3], "litbook_contents": [(HOSTILE, "text")], "litbook_foot": []}
    values |= {"litbook_examples": [(HOSTILE, HOSTILE, [HOSTILE])], "prev": None, "next": None, "address": ""}
    entry = {"docname": HOSTILE, "title": HOSTILE}
    shelves = [
        {"kind": kind, "caption": HOSTILE, "page": entry, "entries": [entry], "folded": folded}
        for kind in ("across", "part", "other")
        for folded in (False, True)
    ]
    values |= {"shelves": shelves, "home": entry, "papers": entry, "facets": [entry], "tools": [entry], "here": "x"}
    values |= {name: "" for name in ("mark", "root") if name in names}
    page = BeautifulSoup(environment.from_string(source).render(values), "html.parser")
    assert not [script for script in page.find_all("script") if "ran()" in script.text and not script.get("src")]
    assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert not page.find_all("b&")
