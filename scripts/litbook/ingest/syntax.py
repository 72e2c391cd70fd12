"""Read from `_config.yml` which Markdown the build understands, and whether notes may leave with the exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import yaml

from litbook.core.project import Project
from litbook.ingest.markdown import Syntax

# What Jupyter Book sets where `_config.yml` is silent: its `default_config.yml`.
DEFAULTS: Mapping[str, Any] = {
    "enable_extensions": ("colon_fence", "dollarmath", "linkify", "substitution", "tasklist"),
    "dmath_double_inline": True,
}

# With these, the directives and roles of the build are those of `known.txt`.
_OWN_EXTENSIONS = frozenset(
    ("myst_nb", "jupyter_book", "sphinx_external_toc", "sphinx_design", "litbook.sphinxext", "sphinxcontrib.bibtex")
)


def read_syntax(project: Project) -> Syntax:
    """Return the parser's settings of a review; a file that is missing or is not YAML gives Jupyter Book's own.

    The build refuses a damaged `_config.yml` before it reads a page.
    """
    given = _read_config(project)
    sphinx = _section(given, "sphinx")
    parse, config = _section(given, "parse"), _section(sphinx, "config")
    return make_syntax({**DEFAULTS, **_choose(parse), **_choose(config), "is_closed": _is_closed(sphinx, config)})


def _is_closed(sphinx: Mapping[str, Any], config: Mapping[str, Any]) -> bool:
    """Return whether the build loads litbook's own extensions and no others, so that its directives are known."""
    loaded = config.get("extensions")
    named = [*(loaded if isinstance(loaded, list) else [None]), *_section(sphinx, "local_extensions")]
    return not sphinx.get("extra_extensions") and all(name in _OWN_EXTENSIONS for name in named)


def exports_notes(project: Project) -> bool:
    """Return whether the settings let the notes of a library leave with the site's downloads."""
    return _section(_section(_read_config(project), "sphinx"), "config").get("litbook_export_notes") is True


def copies_pictures_of_html(project: Project) -> bool:
    """Return whether pictures that HTML names come into the site: MyST reads them, or other files are copied."""
    config = _section(_section(_read_config(project), "sphinx"), "config")
    return bool(config.get("html_extra_path")) or "html_image" in read_syntax(project).enable_extensions


def _read_config(project: Project) -> object:
    try:
        return yaml.safe_load((project.root / "_config.yml").read_text("utf-8", "replace"))
    except (OSError, yaml.YAMLError):
        return None


def make_syntax(settings: Mapping[str, Any]) -> Syntax:
    """Return settings by their names; those that do not concern the parser are ignored."""
    known = {field.name for field in fields(Syntax)}
    return Syntax(**{name: _freeze(value) for name, value in settings.items() if name in known})


def _section(value: object, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _choose(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("myst_"): value for name, value in settings.items() if name.startswith("myst_")}


def _freeze(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | set) else value
