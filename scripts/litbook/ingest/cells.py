"""Find notebooks that cannot be read and cells that are not Python, before a build spends minutes on executing them."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import LOADER
from litbook.ingest.mistakes.cells import check_options, check_tags
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Directive, Page

CELL = "code-cell"
_FRONT = re.compile(r"---[ \t]*\n((?:.*\n)*?)---")
# What only IPython understands, also behind code: `%matplotlib inline`, `!ls`, `papers?`.
_OF_IPYTHON = re.compile(r"^[ \t]*[%!?]|=[ \t]*[%!]|\?[ \t]*$", re.MULTILINE)
_OPTION = re.compile(r"[ \t]*:[\w-]+:")
_MAY_FAIL = re.compile(r"raises-exception|skip-execution")


def check_notebooks(project: Project, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the files that should hold a notebook and do not, and cells of pages that are not Python."""
    for path in sorted(project.book.rglob("*.ipynb")):
        if any(part.startswith(".") for part in path.relative_to(project.book).parts):
            continue
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
            yield Fault(project.name(path), line, "not a notebook: invalid JSON", "save it again in Jupyter")
            continue
        if not isinstance(found, dict) or not isinstance(found.get("cells"), list):
            yield Fault(project.name(path), 0, "not a notebook: it has no 'cells'", "save it again in Jupyter")
            continue
        yield from _check_kernel(project.name(path), 0, _name_kernel(found.get("metadata")))
        for cell in found["cells"]:
            metadata = cell.get("metadata") if isinstance(cell, dict) else None
            yield from check_tags(project.name(path), 0, metadata.get("tags") if isinstance(metadata, dict) else None)
    for page in pages:
        yield from _check_page(page)


def _check_page(page: Page) -> Iterator[Fault]:
    cells = [directive for directive in page.directives if directive.name == CELL]
    if not cells:
        return
    file, lines, settings = f"book/{page.file}", page.source.split("\n"), _read_settings(page.source)
    if not settings.keys() & {"file_format", "jupytext", "kernelspec"}:
        what = "this cell is not executed: the page does not say that it is a notebook"
        yield Fault(file, cells[0].line, what, "begin the page with file_format: mystnb and a kernelspec, between ---")
        return
    kernel = _name_kernel(settings)
    line = next((number for number, text in enumerate(lines, 1) if text.strip() == f"name: {kernel}"), 1)
    yield from _check_kernel(file, line, kernel)
    for cell in cells:
        yield from check_options(file, cell)
        if kernel.startswith("python"):
            yield from _check_cell(file, lines, cell)


def _read_settings(source: str) -> dict[str, Any]:
    """Return the settings that begin a page; those that are not YAML are a flaw of the page."""
    front = _FRONT.match(source)
    try:
        settings = yaml.load(front[1], Loader=LOADER) if front else None
    except (yaml.YAMLError, ValueError):
        return {}
    return settings if isinstance(settings, dict) else {}


def _name_kernel(settings: object) -> str:
    kernel = settings.get("kernelspec") if isinstance(settings, dict) else None
    return str(kernel.get("name", "")) if isinstance(kernel, dict) else ""


def _check_kernel(file: str, line: int, name: str) -> Iterator[Fault]:
    """Yield a fault if no kernel of that name is installed; one that is always there is not looked for."""
    if name in ("", "python3"):
        return
    from jupyter_client.kernelspec import KernelSpecManager  # noqa: PLC0415 - slow to load, and seldom needed

    known = list(KernelSpecManager().find_kernel_specs())
    if name not in known:
        remedy = nearest(name, known) or f"use one of {', '.join(sorted(known))}, or install it"
        yield Fault(file, line, f"no kernel '{name}' is installed", remedy)


def _check_cell(file: str, lines: Sequence[str], cell: Directive) -> Iterator[Fault]:
    """Yield a fault if a cell is not Python; one whose tags let it fail may be anything."""
    first, last = cell.line, cell.last_line - 1  # without the marks; `cell.line` counts from 1
    if not lines[cell.line - 1].startswith(("`", "~", ":")) or not lines[last : last + 1]:  # in a quotation or list
        return
    body = lines[first:last]
    count = _count_options(body)
    if _MAY_FAIL.search("\n".join(body[:count])) or _OF_IPYTHON.search("\n".join(body[count:])):
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile("\n".join(body[count:]), file, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | ast.PyCF_ONLY_AST)
    except (SyntaxError, ValueError) as error:
        line = first + count + (getattr(error, "lineno", None) or 1)
        what = f"this cell is not Python: {getattr(error, 'msg', None) or error}"
        yield Fault(file, line, what, "correct the cell")


def _count_options(body: Sequence[str]) -> int:
    """Return how many lines at the start of a cell are its options: `:name: value`, or YAML between lines of dashes."""
    if body and body[0].startswith("---"):
        return next((at + 1 for at, text in enumerate(body[1:], 1) if text.startswith("---")), len(body))
    return next((at for at, text in enumerate(body) if not _OPTION.match(text)), len(body))
