"""Answer from memory what Sphinx and its extensions ask anew on each page, or in each build."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import docutils.frontend
import myst_parser.parsers.sphinx_
import pybtex.plugin
import pybtex.richtext
import sphinxcontrib.bibtex.domain
from jinja2 import FileSystemBytecodeCache
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from litbook.core.project import Project
from litbook.sphinxext.performance.patch import replace_once
from litbook.sphinxext.performance.sentence_rule import read_sentences_at_once

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def remember_results(app: Sphinx) -> None:
    """Let functions that are asked the same thing on each page, or in each build, answer from memory."""
    # pybtex reads each name and title at each citation, and looks through every installed package for its plugins.
    replace_once(pybtex.richtext.Text, "from_latex", functools.lru_cache(maxsize=None))
    replace_once(pybtex.plugin, "_load_entry_point", functools.lru_cache(maxsize=None))
    replace_once(sphinxcontrib.bibtex.domain, "format_references", _remember_references)
    replace_once(docutils.frontend, "get_default_settings", _remember_settings)
    replace_once(myst_parser.parsers.sphinx_, "create_md_parser", _remember_parser)
    _keep_compiled_templates(app)


def _keep_compiled_templates(app: Sphinx) -> None:
    builder = cast(Any, app.builder)
    if builder.format == "html":
        folder = Project(Path(app.srcdir)).cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _remember_parser(make: Callable[..., Any]) -> Callable[..., Any]:
    """Let one Markdown parser read all pages that set nothing of their own; a parser is made new for each page."""
    known: list[tuple[Any, Any]] = []

    def create(config: Any, renderer: Any) -> Any:
        if renderer is not SphinxRenderer:
            return make(config, renderer)
        if not known or known[0][0] is not config:
            known[:] = [(config, make(config, renderer))]
            read_sentences_at_once(known[0][1])
        return known[0][1]

    return create


def _remember_references(make: Callable[..., Any]) -> Callable[..., Any]:
    """Format a reference once on each page, however often it is cited there."""
    # An answer keeps its entries alive, so that no other entry can have the identity of one of them.
    known: dict[object, tuple[list[Any], Any]] = {}

    def format_references(style: object, role: str, references: Iterable[Any]) -> Any:
        cited = list(references)
        name = (type(style), role, *(_name_reference(*item) for item in cited))
        if name not in known:
            known[name] = (cited, make(style, role, cited))
        return known[name][1]

    return format_references


def _name_reference(entry: Any, formatted: Any, info: Any) -> tuple[object, ...]:
    where = (info.fromdocname, info.todocname, info.citation_id)
    return (id(entry), formatted.label, *where, info.title, info.pre_text, info.post_text)


def _remember_settings(make: Callable[..., Any]) -> Callable[..., Any]:
    """Let docutils make its settings once; the parser asks for new ones for each document, and drops them."""
    known: dict[tuple[object, ...], Any] = {}

    def get_default_settings(*components: object) -> Any:
        if components not in known:
            known[components] = make(*components)
        return known[components].copy()

    return get_default_settings
