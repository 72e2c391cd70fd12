"""The reader of one paper's page or note in Markdown: what its front matter says, in YAML or TOML.

Hugo and Jekyll have such a page for each publication of a site, Obsidian and Zettelkasten a note for each paper read.
The text below is the owner's: it belongs to the record, and nothing is read from it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import yaml

from litbook.ingest.formats.accounts import find_all
from litbook.ingest.formats.columns import name_roles
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.flatten import flatten, is_paper
from litbook.ingest.formats.objects import make_object
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.yamlitems import MOST_VALUES, build_value
from litbook.ingest.ledgers.yamllines import LOADER
from litbook.model.review import Reading

_HEAD = re.compile(
    r"\ufeff?\s*(?:---[ \t]*\r?\n(?P<yaml>.*?\n)(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?\n)\+\+\+)[ \t]*"
    r"(?:\r?\n|$)",
    re.DOTALL,
)
# An author alone is said of every post; these are said of papers.
_SIGNS = frozenset(("doi", "arxiv", "openreview", "acl", "abstract", "venue"))
# Identifiers in the text below: a page with more is a list of papers, unless its front matter identifies one.
_MOST_CITED, _MOST_CITED_BY_NOTE = 2, 12
_NOTED = frozenset(("citekey", "citationkey", "zotero-key", "bibkey"))
_BETWEEN = "white space around the page"
_OWNER = "admin"  # how themes of Hugo name the site's owner among the authors


def matches(text: str) -> float:
    """Return how sure it is that a text is the page of one paper: by its front matter, and few identifiers below."""
    found = _HEAD.match(text[:200_000])
    value = _load(found) if found else {}
    if not found or not is_paper(value):
        return 0.0
    header, cells = flatten(value)
    said = {role for role, at in name_roles(header).items() if cells[at]}
    below = find_all(text[found.end() :]) - find_all(found[0])
    is_note = bool(said & {"doi", "arxiv"} or {name.lower() for name in value} & _NOTED)
    most = _MOST_CITED_BY_NOTE if is_note else _MOST_CITED
    return 0.96 if said & _SIGNS and len(below) <= most else 0.0


def read_frontmatter(source: str, text: str) -> Reading:
    """Return the paper that a page is about."""
    found = _HEAD.match(text)
    made = make_object(_tidy(_load(found))) if found else None
    piece = Piece(0, len(text), made) if isinstance(made, Entry) else Piece(0, len(text), reason="no front matter")
    return assemble(source, text, [piece], _BETWEEN)


def _load(found: re.Match[str]) -> Json:
    """Return what front matter says, or nothing if it is damaged."""
    try:
        if found["toml"] is not None:
            value: object = tomllib.loads(found["toml"])
        else:
            node = yaml.compose(found["yaml"], Loader=LOADER)
            value = build_value(node, [MOST_VALUES]) if node else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {str(name): item for name, item in value.items()} if isinstance(value, Mapping) else {}


def _tidy(said: Json) -> Json:
    """Return what a page says without the owner's placeholder among the authors and without marks of emphasis."""
    tidied = {name: value.replace("*", "") if name == "publication" and isinstance(value, str) else value
              for name, value in said.items()}  # fmt: skip
    authors = tidied.get("authors")
    if isinstance(authors, list):
        tidied["authors"] = [name for name in authors if name != _OWNER]
    return tidied
