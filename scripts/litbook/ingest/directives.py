"""Determine what is Markdown in a directive: its body, its title, or nothing.

The build asks the directive's class; these lists give the same answer without loading docutils, and
`test_the_lists_of_directives_agree_with_the_build` compares them with every directive that a build registers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# The body is code, data, or not permitted at all.
OPAQUE = frozenset(
    "bibliography code code-block code-cell contents date default-role digraph eval eval-rst footbibliography glue "
    "graph graphviz highlight image include index literalinclude math mermaid meta nb-exec-table productionlist raw "
    "raw-cell role rubric sectnum sourcecode tabularcolumns target-notes thebe-button toctree unicode centered "
    "button-icon article-info".split()
)
# These take no argument, so the text after the name is the first line of the body.
BARE = frozenset(
    "accordion acks attention card-footer card-header caution compound danger epigraph error footer glossary grid-item "
    "header highlights hint hlist important landmarks line-block note parsed-literal pull-quote seealso steps tab-set "
    "tab-set-code tip warning".split()
)
# The argument is Markdown that readers see.
TITLED = frozenset(
    "admonition by-question card centered csv-table dropdown grid-item-card list-table margin rubric sidebar step "
    "tab-item table topic".split()
)
# Without a body these are errors, and their title is not rendered.
NOT_EMPTY = frozenset("admonition by-question csv-table list-table margin sidebar table topic".split())
# These take no options, so lines that look like options are text.
WITHOUT_OPTIONS = frozenset("acks epigraph footer header highlights only pull-quote".split())
# Cards separate header, body and footer by lines of marks.
_CARDS = frozenset({"card", "grid-item-card"})
_CARD_MARKS = re.compile(r"^(?:\^{3,}|\+{3,})[ \t]*$", re.MULTILINE)
_DASHES = re.compile(r"-{3,}")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a directive; `offset` is the number of lines from its opening to the first line of its body."""

    name: str
    argument: str
    options: Mapping[str, str]
    body: str
    offset: int


def split_directive(info: str, content: str, colons: bool) -> Parts | None:
    """Return the parts of a fence, or None if it is not a directive; `colons` says that its marks are colons."""
    name, argument = [*info.split(maxsplit=1), "", ""][:2]
    if not (name.startswith("{") and name.endswith("}") and len(name) > 2):
        return None
    name, argument = name[1:-1], argument.strip()
    lines = content.split("\n")
    nested = colons and content.startswith(":::")
    count = 0 if nested or name in WITHOUT_OPTIONS else _count_options(lines)
    offset = 1 + count + (len(lines) > count and not lines[count].strip())
    body = "\n".join(lines[offset - 1 :])
    if name in BARE and argument:
        body, offset = "\n".join([argument, *("" for _ in lines[:count]), *lines[count:]]), 0
    body = _CARD_MARKS.sub("", body) if name in _CARDS else body
    return Parts(name, argument, _read_options(lines[:count]), body, offset)


def _count_options(lines: list[str]) -> int:
    """Return how many lines at the start of a directive's content are its options."""
    if lines[0].startswith("---"):
        ends = (at for at, line in enumerate(lines[1:], start=1) if _DASHES.match(line))
        return next(ends, len(lines) - 1) + 1
    return next((at for at, line in enumerate(lines) if not line.lstrip().startswith(":")), len(lines))


def _read_options(lines: list[str]) -> dict[str, str]:
    """Return options by name, from lines such as `:class: tip` or, between dashes, `class: tip`."""
    options = {}
    for line in lines:
        name, colon, value = line.strip().removeprefix(":").partition(":")
        if colon and name and not _DASHES.match(line):
            options[name.strip()] = value.strip().strip("\"'")
    return options
