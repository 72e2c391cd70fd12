"""Check `_config.yml`, the settings of the book: its form, misspelt names, and what litbook needs of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, as_list, as_mapping, read_yaml
from litbook.model.faults import Fault, nearest

_FILE = "_config.yml"
_CITED = "CITATION.cff"  # published as it is, and read by the release
# What Jupyter Book 1.x reads; below some names a mapping of others.
_SECTIONS: dict[str, tuple[str, ...]] = {
    "parse": ("myst_enable_extensions", "myst_url_schemes", "myst_dmath_double_inline", "myst_extended_syntax",
              "myst_substitutions"),
    "execute": ("execute_notebooks", "cache", "exclude_patterns", "timeout", "run_in_temp", "allow_errors",
                "stderr_output", "eval_regex", "raise_on_error", "show_tb"),
    "html": ("favicon", "use_edit_page_button", "use_repository_button", "use_issues_button", "baseurl",
             "use_multitoc_numbering", "extra_footer", "extra_navbar", "home_page_in_navbar", "analytics", "comments",
             "announcement", "google_analytics_id", "navbar_number_sections"),
    "latex": ("latex_engine", "use_jupyterbook_latex", "latex_documents"),
    "launch_buttons": ("notebook_interface", "binderhub_url", "jupyterhub_url", "thebe", "colab_url", "deepnote_url"),
    "repository": ("url", "path_to_book", "branch", "provider"),
    "sphinx": ("extra_extensions", "local_extensions", "recursive_update", "config"),
}  # fmt: skip
_VALUES = ("title", "author", "copyright", "logo", "email", "description", "exclude_patterns", "only_build_toc_files",
           "bibtex_bibfiles", "comments_config", "binder")  # fmt: skip
# What MyST-Parser knows; with any other, the build does not begin.
_SYNTAX = frozenset(
    "amsmath attrs_block attrs_image attrs_inline colon_fence deflist dollarmath fieldlist html_admonition html_image "
    "linkify replacements smartquotes strikethrough substitution tasklist".split()
)
_TEXTS = ("title", "author", "copyright", "logo")
_OWN = ("litbook_editors", "litbook_content_policy", "litbook_paper_documents", "litbook_export_notes")
_MODES = ("auto", "cache", "force", "inline", "off")
_THEME = "litbook"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*")
_EXTENSION = "litbook.sphinxext"


def check_settings(project: Project) -> tuple[Any, list[Fault]]:
    """Return the settings, or None, and what is wrong with them; a missing file is a fault where there is a book."""
    path = project.root / _FILE
    if not path.is_file():
        missing = (project.root / "_toc.yml").is_file()
        return None, [Fault(_FILE, 0, "the file does not exist", "restore it from git")] if missing else []
    value, faults = read_yaml(path, _FILE)
    if faults:
        return None, faults
    if not isinstance(value, Mapping):
        return None, [Fault(_FILE, 1, "not a list of settings", "write one on each line, as in title: A review")]
    cited = project.root / _CITED
    of_citation = read_yaml(cited, _CITED)[1] if cited.is_file() else []
    return value, [
        *of_citation,
        *_check_names(value),
        *_check_values(value),
        *_check_choices(value),
        *_check_files(project, value),
        *_check_sphinx(value),
    ]


def _check_names(settings: Mapping) -> Iterator[Fault]:
    known = (*_SECTIONS, *_VALUES)
    for name, value in settings.items():
        if name not in known:
            remedy = nearest(name, known) or "see Jupyter Book's settings; those of Sphinx go below 'sphinx', 'config'"
            yield Fault(_FILE, settings.line_of(name), f"unknown setting '{name}'", remedy)
        elif name in _SECTIONS and value is not None and not isinstance(value, Mapping):
            yield Fault(_FILE, settings.line_of(name), f"'{name}' holds settings of its own", "indent them below it")
        elif name in _SECTIONS:
            yield from _check_section(as_mapping(value), name, _SECTIONS[name])


def _check_section(section: Mapping, title: str, known: Sequence[str]) -> Iterator[Fault]:
    for name in section:
        if name not in known and (remedy := nearest(name, known)):
            yield Fault(_FILE, section.line_of(name), f"unknown setting '{name}' below '{title}'", remedy)


def _check_values(settings: Mapping) -> Iterator[Fault]:
    for name in _TEXTS:
        value = settings.get(name)
        if value is not None and not isinstance(value, str):
            what = f"'{name}' is not text: {value}"
            yield Fault(_FILE, settings.line_of(name), what, "put it in quotation marks")
    for section in (as_mapping(settings.get("parse")), as_mapping(as_mapping(settings.get("sphinx")).get("config"))):
        for name in as_list(section.get("myst_enable_extensions")):
            if name not in _SYNTAX:
                line, remedy = section.line_of("myst_enable_extensions"), nearest(str(name), _SYNTAX)
                yield Fault(_FILE, line, f"unknown extension of Markdown '{name}'", remedy or "remove it")
    html = as_mapping(settings.get("html"))
    address = urlsplit(html.text("baseurl"))
    if html.text("baseurl") and (address.scheme not in ("http", "https") or not address.hostname):
        what = f"invalid address '{html.text('baseurl')}'"
        yield Fault(_FILE, html.line_of("baseurl"), what, "write one that begins with https://, or leave it out")


def _check_choices(settings: Mapping) -> Iterator[Fault]:
    """Yield values that Jupyter Book and Sphinx take without a word, and then do something else."""
    execute = as_mapping(settings.get("execute"))
    mode = execute.get("execute_notebooks")
    if isinstance(mode, str) and mode not in _MODES:
        what = f"unknown way to execute notebooks '{mode}'"
        yield Fault(_FILE, execute.line_of("execute_notebooks"), what, f"use one of {', '.join(_MODES)}")
    if (limit := execute.get("timeout")) is not None and not isinstance(limit, int):
        yield Fault(_FILE, execute.line_of("timeout"), f"'timeout' is not a number: {limit}", "give whole seconds")
    config = as_mapping(as_mapping(settings.get("sphinx")).get("config"))
    theme = config.text("html_theme")
    if theme != _THEME and (remedy := nearest(theme, [_THEME])):
        yield Fault(_FILE, config.line_of("html_theme"), f"unknown theme '{theme}'", remedy)
    language = config.text("language")
    if language and not _LANGUAGE.fullmatch(language):
        what = f"'{language}' is not the code of a language"
        yield Fault(_FILE, config.line_of("language"), what, "write one such as en, de or pt_BR")


def _check_files(project: Project, settings: Mapping) -> Iterator[Fault]:
    """Yield the pictures of the whole book that are not there."""
    html = as_mapping(settings.get("html"))
    for section, name in ((settings, "logo"), (html, "favicon")):
        target = section.get(name)
        if isinstance(target, str) and target and "://" not in target and not (project.root / target).is_file():
            what = f"'{name}' names a file that does not exist: {target}"
            yield Fault(_FILE, section.line_of(name), what, "add the file, or correct the name")


def _check_sphinx(settings: Mapping) -> Iterator[Fault]:
    sphinx = as_mapping(settings.get("sphinx"))
    config = as_mapping(sphinx.get("config"))
    for name in config:
        if name.startswith("litbook_") and name not in _OWN:
            remedy = nearest(name, _OWN) or f"use one of {', '.join(_OWN)}"
            yield Fault(_FILE, config.line_of(name), f"unknown setting '{name}'", remedy)
    named = [
        *as_list(config.get("extensions")),
        *as_list(sphinx.get("extra_extensions")),
        *as_mapping(sphinx.get("local_extensions")),
    ]
    if _EXTENSION not in named:
        line = config.line_of("extensions") or sphinx.line
        what = f"the extension {_EXTENSION} is missing: the build would not know papers and citations"
        yield Fault(_FILE, line, what, f"add {_EXTENSION} to 'extensions' below 'sphinx', 'config'")
