"""Spare papers' pages what Sphinx does to each document and no generated page can need; every byte stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.transforms import Transformer
from sphinx.environment.collectors.toctree import TocTreeCollector

from litbook.core.urls import citekey_of, is_paper_page
from litbook.site.build.prepare import prepared_review
from litbook.sphinxext.performance.patch import replace_once

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TRANSLATES = "sphinx.transforms.i18n."
_FOR_LATEX = "sphinx.builders.latex."
# References and substitutions of reStructuredText, numbered lists, code that is tested, terms and footnotes.
_NOT_READ = (
    "docutils.transforms.misc.Transitions",
    "docutils.transforms.references.",
    "litbook.site.prisma.directives.",
    "sphinx.domains.citation.",
    "sphinx.ext.intersphinx.",
    "sphinx.transforms.ApplySourceWorkaround",
    "sphinx.transforms.AutoIndexUpgrader",
    "sphinx.transforms.AutoNumbering",
    "sphinx.transforms.DefaultSubstitutions",
    "sphinx.transforms.DoctestTransform",
    "sphinx.transforms.GlossarySorter",
    "sphinx.transforms.HandleCodeBlocks",
    "sphinx.transforms.MoveModuleTargets",
    "sphinx.transforms.ReorderConsecutiveTargetAndIndexNodes",
    "sphinx.transforms.references.SphinxDanglingReferences",
    "sphinx_design.",
    "sphinx_external_toc.",
)
# Notebooks, designs, tables of contents for LaTeX, keys, pictures, lists of references.
_NOT_WRITTEN = (
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


def spare_transforms(app: Sphinx) -> None:
    """Spare papers' pages the transforms of what they cannot hold, and an English book those of translation."""
    registry = cast(Any, app.registry)
    if cast(Any, app.builder).format != "html":
        return
    for transforms in (registry.transforms, registry.post_transforms):
        transforms[:] = [one for one in transforms if not _name(one).startswith(_FOR_LATEX)]
    if app.config.language == "en":
        registry.transforms[:] = [one for one in registry.transforms if not _name(one).startswith(_TRANSLATES)]
    everywhere = registry.get_post_transforms

    @cache
    def for_papers() -> list[Any]:
        return [one for one in everywhere() if not _name(one).startswith(_NOT_WRITTEN)]

    def get_post_transforms() -> list[Any]:
        return for_papers() if is_generated(app.env) else cast(list[Any], everywhere())

    registry.get_post_transforms = get_post_transforms
    replace_once(Transformer, "add_transforms", _spare_reading)


def is_generated(env: BuildEnvironment) -> bool:
    """Tell whether no person wrote a part of the page at hand: a note is part of its paper's page."""
    citekey = citekey_of(env.docname)
    return citekey is not None and citekey not in prepared_review(env.app).corpus.notes


def _name(transform: type) -> str:
    return f"{transform.__module__}.{transform.__name__}"


def _spare_reading(add: Callable[[Any, Iterable[Any]], None]) -> Callable[[Any, Iterable[Any]], None]:
    def add_transforms(self: Any, transforms: Iterable[Any]) -> None:
        env = getattr(self.document.settings, "env", None)
        if env is not None and env.app.builder.format == "html" and is_generated(env):
            transforms = [one for one in transforms if not _name(one).startswith(_NOT_READ)]
        add(self, transforms)

    return add_transforms


def spare_contents(app: Sphinx) -> None:
    """Make no table of contents of a paper's page: none is shown, and no other page has one that it stands in."""
    listeners = app.events.listeners["doctree-read"]
    listeners[:] = [
        item._replace(handler=_make_collect(item.handler))
        if isinstance(getattr(item.handler, "__self__", None), TocTreeCollector)
        else item
        for item in listeners
    ]


def _make_collect(collect: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def process_doc(app: Sphinx, doctree: nodes.document) -> None:
        docname = app.env.docname
        if app.builder.format != "html" or not is_paper_page(docname):
            return collect(app, doctree)
        app.env.tocs[docname] = nodes.bullet_list("")
        app.env.toc_num_entries[docname] = 0

    return process_doc
