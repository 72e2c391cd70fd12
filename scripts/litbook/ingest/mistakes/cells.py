"""Find options and tags of notebooks' cells that nothing reads: the cell would be shown as if it had none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.model.faults import Fault, nearest
from litbook.model.pages import Directive

# What Jupyter, MyST-NB and editors of notebooks keep with a cell.
_OPTIONS = frozenset(
    "tags mystnb render slideshow jupyter editable deletable collapsed scrolled name format id class vscode trusted "
    "lines_to_next_cell lines_to_end_of_cell_marker nbgrader execution papermill emphasize-lines number-lines "
    "lineno-start load".split()
)
# What MyST-NB, Jupyter Book and papermill do with a tag; any other is a person's own.
_TAGS = frozenset(
    "hide-input hide-output hide-cell remove-input remove-output remove-cell remove-stderr remove-stdout output_scroll "
    "full-width margin popout raises-exception skip-execution parameters injected-parameters thebe-init "
    "scroll-output".split()
)
_QUOTED = re.compile(r"[\"']?([^\"'\[\],\s]+)[\"']?")


def check_options(file: str, cell: Directive) -> Iterator[Fault]:
    """Yield the options of a cell that are not known, and its tags that are misspelt."""
    for name, value in cell.options.items():
        tag = name.replace("_", "-")
        if name == "tags":
            if value and not value.startswith("["):
                yield Fault(file, cell.line, f"the tags '{value}' are not a list", f"write :tags: [{value}]")
            else:
                yield from check_tags(file, cell.line, _QUOTED.findall(value))
        elif tag in _TAGS:
            yield Fault(file, cell.line, f"'{name}' is a tag, not an option of a cell", f"write :tags: [{tag}]")
        elif name not in _OPTIONS:
            remedy = nearest(name, _OPTIONS) or f"use one of {', '.join(sorted(_OPTIONS)[:4])} …, or remove it"
            yield Fault(file, cell.line, f"unknown option '{name}' of a cell", remedy)


def check_tags(file: str, line: int, tags: object) -> Iterator[Fault]:
    """Yield the tags of a cell that are nearly, but not quite, ones that something reads."""
    for tag in tags if isinstance(tags, list) else ():
        if str(tag) not in _TAGS and (remedy := nearest(str(tag), _TAGS)):
            yield Fault(file, line, f"unknown tag '{tag}' of a cell", remedy)
