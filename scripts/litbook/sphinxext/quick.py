"""Spare Sphinx work whose result is known, and memory; every byte of the site stays the same."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import docutils.frontend
import myst_parser.parsers.sphinx_
import pybtex.richtext
import pydata_sphinx_theme
import sphinxcontrib.bibtex.domain
from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from litbook.project import Project
from litbook.sphinxext.events import prepared_review
from litbook.sphinxext.nav import PAPERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_MOST_DOCUMENTS = 40
_NEVER_EMPTY = ("litbook-nav.html", "litbook-search-field.html", "navbar-logo.html", "theme-switcher.html",
                "toggle-primary-sidebar.html")  # fmt: skip

_TRANSLATES = "sphinx.transforms.i18n."
_FOR_LATEX = ("sphinx.builders.latex.", "sphinx_jupyterbook_latex.")
# Notebooks, designs, tables of contents for LaTeX, keys, pictures, lists of references: no generated page has them.
_NOT_ON_PAPERS = (
    "myst_nb.",
    "sphinx.builders.html.transforms.KeyboardTransform",
    "sphinx.domains.c.",
    "sphinx.domains.cpp.",
    "sphinx.transforms.post_transforms.code.TrimDoctestFlagsTransform",
    "sphinx.transforms.post_transforms.images.",
    "sphinx_book_theme.",
    "sphinx_design.",
    "sphinxcontrib.bibtex.",
)


def calm_garbage_collector() -> None:
    """Look for cyclic garbage seldom: what a build makes lives until its end."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 1_000)


def walk_quickly() -> None:
    """Let docutils look through a document without a generator for each node in it, in the same order."""
    node = cast(Any, nodes.Node)
    node._fast_findall = _find_instances
    node._superfast_findall = _find_all


def _find_all(root: Any) -> Iterator[Any]:
    """Yield a node and what is below it; children are asked for after their parent was used, as docutils does."""
    yield root
    stack = [iter(root.children)]
    while stack:
        for child in stack[-1]:
            yield child
            if child.children:
                stack.append(iter(child.children))
                break
        else:
            stack.pop()


def _find_instances(root: Any, cls: type | tuple[type, ...]) -> Iterator[Any]:
    """Yield of a node and what is below it the instances of a class."""
    if isinstance(root, cls):
        yield root
    stack = [iter(root.children)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, cls):
                yield child
            if child.children:
                stack.append(iter(child.children))
                break
        else:
            stack.pop()


def render_quickly(app: Sphinx) -> None:
    """Spare Sphinx a whole docutils writer for each plain title, and for the contents of papers' pages, not shown."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        builder.render_partial = _render_partial(builder, builder.render_partial)


class _Few(dict[str, Any]):
    """Keep the first papers only: one takes 200 kB in memory, a chapter more, and it is soon read again."""

    def __setitem__(self, name: str, value: Any) -> None:
        if name.startswith(PAPERS) and len(self) < _MOST_DOCUMENTS:
            super().__setitem__(name, value)


def keep_few_documents(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Let Sphinx keep only so many documents in memory between reading and writing; it would keep all of them."""
    env._write_doc_doctree_cache = _Few()
    env._pickled_doctree_cache = _Few()


def remember_results(app: Sphinx) -> None:
    """Let functions that are asked the same thing on each page, or in each build, answer from memory."""
    _remember_texts()
    _remember_references()
    _remember_settings()
    _remember_parser()
    _keep_full_templates()
    builder = cast(Any, app.builder)
    if builder.format == "html":
        folder = Project(Path(app.srcdir)).cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def spare_transforms(app: Sphinx) -> None:
    """Spare papers' pages the transforms of what they cannot hold, and an English book those of translation."""
    registry = cast(Any, app.registry)
    if cast(Any, app.builder).format == "html":
        registry.post_transforms[:] = [one for one in registry.post_transforms if not _name(one).startswith(_FOR_LATEX)]
    if app.config.language == "en":
        registry.transforms[:] = [one for one in registry.transforms if not _name(one).startswith(_TRANSLATES)]
    everywhere = registry.get_post_transforms
    noted = {f"{PAPERS}{key}" for key in prepared_review(app).corpus.notes}

    def get_post_transforms() -> list[Any]:
        docname = app.env.docname
        if not docname.startswith(PAPERS) or docname in noted:
            return cast(list[Any], everywhere())
        return [one for one in everywhere() if not _name(one).startswith(_NOT_ON_PAPERS)]

    registry.get_post_transforms = get_post_transforms


def _name(transform: type) -> str:
    return f"{transform.__module__}.{transform.__name__}"


def _remember_parser() -> None:
    """Let one Markdown parser read all pages that set nothing of their own; a parser is made new for each page."""
    parsers = cast(Any, myst_parser.parsers.sphinx_)
    make = parsers.create_md_parser
    if hasattr(make, "litbook_known"):
        return
    known: list[tuple[Any, Any]] = []

    def create(config: Any, renderer: Any) -> Any:
        if renderer is not SphinxRenderer:
            return make(config, renderer)
        if not known or known[0][0] is not config:
            known[:] = [(config, make(config, renderer))]
        return known[0][1]

    create.litbook_known = known  # type: ignore[attr-defined]
    parsers.create_md_parser = create


def _remember_texts() -> None:
    """Let pybtex read each name and title once, and not at each citation."""
    text = cast(Any, pybtex.richtext.Text)
    if not hasattr(text.from_latex, "cache_info"):
        text.from_latex = functools.lru_cache(maxsize=None)(text.from_latex)


def _remember_references() -> None:
    """Format a reference once on each page, however often it is cited there."""
    domain = cast(Any, sphinxcontrib.bibtex.domain)
    make = domain.format_references
    if hasattr(make, "litbook_known"):
        return
    known: dict[object, Any] = {}

    def format_references(style: object, role: str, references: Iterable[Any]) -> Any:
        cited = list(references)
        name = (type(style), role, *(_name_reference(*item) for item in cited))
        if name not in known:
            known[name] = make(style, role, cited)
        return known[name]

    format_references.litbook_known = known  # type: ignore[attr-defined]
    domain.format_references = format_references


def _name_reference(entry: Any, formatted: Any, info: Any) -> tuple[object, ...]:
    where = (info.fromdocname, info.todocname, info.citation_id)
    return (entry.key, formatted.label, *where, info.title, info.pre_text, info.post_text)


def _remember_settings() -> None:
    """Let docutils make its settings once; the parser asks for new ones for each document, and drops them."""
    frontend = cast(Any, docutils.frontend)
    make = frontend.get_default_settings
    if hasattr(make, "litbook_known"):
        return
    known: dict[tuple[object, ...], Any] = {}

    def get_default_settings(*components: object) -> Any:
        if components not in known:
            known[components] = make(*components)
        return known[components].copy()

    get_default_settings.litbook_known = known  # type: ignore[attr-defined]
    frontend.get_default_settings = get_default_settings


def _keep_full_templates() -> None:
    """Spare the theme to draw, on each page, templates that are never empty, to find out whether they are."""
    utils = cast(Any, pydata_sphinx_theme).utils
    if not isinstance(utils._update_and_remove_templates, functools.partial):
        check = utils._update_and_remove_templates

        def update(*args: Any, templates_skip_empty_check: Sequence[str] = (), **kwargs: Any) -> Any:
            return check(*args, templates_skip_empty_check=[*templates_skip_empty_check, *_NEVER_EMPTY], **kwargs)

        utils._update_and_remove_templates = functools.partial(update)


def _render_partial(builder: Any, render: Callable[[Any], dict[str, str]]) -> Callable[[Any], dict[str, str]]:
    def render_partial(node: Any) -> dict[str, str]:
        if isinstance(node, nodes.title) and all(isinstance(child, nodes.Text) for child in node.children):
            return {"title": escape(node.astext())}
        if isinstance(node, nodes.bullet_list) and str(getattr(builder, "current_docname", "")).startswith(PAPERS):
            return {"fragment": ""}
        return render(node)

    return render_partial
