"""Find marks that are not closed, wrong headings and settings of a page, and names that the build does not know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

import yaml

from litbook.ingest.ledgers.yamllines import LOADER
from litbook.ingest.registry import is_of_programs, list_directives, list_roles
from litbook.model.faults import nearest
from litbook.model.pages import Directive, Flaw, Role

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\n((?:.*\n)*?) {0,3}---+[ \t]*(?:\n|\Z)")
_TO_SETTINGS = "write settings as in title: A title, and close them with --- above the text"
_UNCLOSED = re.compile(r"---[ \t]*\n[a-z][\w-]*:(?:[ \t].*)?\n(?!(?:.*\n)*? {0,3}---+[ \t]*(?:\n|\Z))")
# Settings of a page that something reads; one that is not nearly any of them is a person's own.
_SETTINGS = frozenset(
    "title subtitle description keywords author authors date synonyms orphan tocdepth nocomments nosearch html_meta "
    "substitutions file_format kernelspec jupytext myst mystnb mystnb-parser language_info myst_substitutions "
    "celltoolbar license bibliography venue github numbering tags jupyter thebe hide-toc no-search".split()
)
# What Sphinx builds a book as, and what a condition consists of.
_BOOK_FORMS = ("html", "latex", "epub", "text", "singlehtml", "dirhtml", "man", "texinfo", "xml", "linkcheck")
_CONDITIONS = (ast.Expression, ast.BoolOp, ast.UnaryOp, ast.And, ast.Or, ast.Not, ast.Name, ast.Load)
_OPENING = re.compile(r"^(?P<marks>`{3,}|~{3,}|:{3,})\s*\{[\w:-]+\}")


def check_front_matter(source: str, is_part: bool) -> Iterator[Flaw]:
    """Yield a flaw if a page begins with settings that are not closed or not YAML: readers see them, or lose text.

    `is_part` says that the page is included in another one, where the build leaves its settings out unread.
    """
    if _UNCLOSED.match(source):
        yield Flaw(1, "the settings that '---' opens are not closed", "add a line of --- below the last of them")
    found = _FRONT.match(source)
    if not found or is_part:
        return
    try:
        value = yaml.load(found[1], Loader=LOADER)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        yield Flaw(line, "invalid YAML between the lines of --- that begin the page", _TO_SETTINGS)
        return
    if value is not None and not isinstance(value, dict):
        yield Flaw(2, "no settings between the lines of --- that begin the page", _TO_SETTINGS)
    for name in map(str, value if isinstance(value, dict) else ()):
        if name not in _SETTINGS and (remedy := nearest(name, _SETTINGS)):
            line = next((at for at, text in enumerate(source.split("\n"), 1) if text.startswith(f"{name}:")), 1)
            yield Flaw(line, f"unknown setting '{name}' of a page", remedy)


def check_fence(token: Token, line: int) -> Iterator[Flaw]:
    """Yield a flaw if a block between marks is not closed, or is code that holds the beginning of another block.

    `line` is the block's first line.
    """
    marks = token.markup
    first, end = token.map or (0, 0)
    closed = end - first == token.content.count("\n") + 2  # its lines, and one above and below them
    shown = f"'{marks}{token.info.strip()}'"
    if not closed:
        what = f"the block that {shown} opens is not closed"
        if marks[0] == ":" and not token.info.strip():
            remedy = "remove this line, or give the block around it more colons than the block within it"
        else:
            remedy = f"add a line of {marks} where it ends, or remove this line"
        yield Flaw(line, what, remedy)
        return
    if marks[0] == ":" or token.info.strip().startswith("{"):
        return
    for number, text in enumerate(token.content.split("\n"), start=1):
        match = _OPENING.match(text)
        if match and match["marks"][0] == marks[0] and len(match["marks"]) >= len(marks):
            what = f"the code that {shown} opens contains '{text.strip()}' of line {line + number}"
            yield Flaw(line, what, "close the code before that line, or open it with more marks if it shows an example")
            return


def check_footnotes(texts: Mapping[str, tuple[Sequence[Token], int]], marks: Set[str]) -> Iterator[Flaw]:
    """Yield footnotes that no mark leads to; `texts` has the tokens of each, and the line from which they count."""
    for label in sorted(texts.keys() - marks):
        tokens, first = texts[label]
        line = first + next((token.map[0] for token in tokens if token.map), 0) + 1
        what = f"nothing refers to the footnote '[^{label}]', so readers would not see it"
        yield Flaw(line, what, f"put [^{label}] where it belongs, or remove it")


def check_headings(headings: Iterable[tuple[int, int]], top: int) -> Iterator[Flaw]:
    """Yield headings more than one level below the one before; each is its level and line, `top` the page's level."""
    before = top
    for level, line in headings:
        if level > before + 1:
            place = f"a heading of level {before}" if before else "no heading"
            what = f"a heading of level {level} follows {place}"
            yield Flaw(line, what, f"begin it with '{'#' * (before + 1)} '")
        before = level


def check_names(roles: Iterable[Role], directives: Iterable[Directive], is_closed: bool) -> Iterator[Flaw]:
    """Yield roles, directives and options that the build does not know, and directives without their argument.

    If other extensions are loaded, which may define names of their own, only options of known directives are checked.
    """
    if is_closed:
        for role in roles:
            if role.name not in list_roles() and not is_of_programs(role.name):
                yield Flaw(role.line, f"unknown role '{role.name}'", _advise_role(role.name))
    for directive in directives:
        yield from _check_directive(directive, is_closed)


def _advise_role(name: str) -> str:
    if name in list_directives():
        return f"it is a directive: write :::{{{name}}} on a line of its own, and ::: where it ends"
    return nearest(name, list_roles()) or "write a role of 'Edit this review', or put the text between backticks alone"


def _check_directive(directive: Directive, is_closed: bool) -> Iterator[Flaw]:
    name, known = directive.name, list_directives().get(directive.name)
    if known is None:
        if is_closed and not is_of_programs(name):
            if name in list_roles():
                remedy = f"it is a role: write {{{name}}}`…` within the text"
            else:
                remedy = nearest(name, list_directives()) or "write a directive of 'Edit this review'"
            yield Flaw(directive.line, f"unknown directive '{name}'", remedy)
        return
    if known.needs_argument and not directive.argument:
        yield Flaw(directive.line, f"'{name}' has nothing after its name", f"write its argument behind {{{name}}}")
    if name == "only" and is_closed:
        yield from _check_condition(directive)
    for option in directive.options if known.options is not None else ():
        if option not in (known.options or ()):
            listed = ", ".join(sorted(known.options or ()))
            remedy = nearest(option, known.options or ()) or (f"use one of {listed}" if listed else "it takes none")
            yield Flaw(directive.line, f"unknown option '{option}' of '{name}'", remedy)


def _check_condition(directive: Directive) -> Iterator[Flaw]:
    """Yield a flaw unless `only` has a condition that names forms of the book: else its text is never shown."""
    text = directive.argument.replace("-", "_")
    try:
        tree = ast.parse(text.strip() or "html", mode="eval")
    except (SyntaxError, ValueError):
        tree = None
    if tree is None or any(not isinstance(node, _CONDITIONS) for node in ast.walk(tree)):
        yield Flaw(
            directive.line, f"'{directive.argument}' is not a condition of 'only'", "write one such as: not latex"
        )
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id.removeprefix("format_").removeprefix("builder_") not in _BOOK_FORMS:
            remedy = nearest(node.id, _BOOK_FORMS) or f"use one of {', '.join(_BOOK_FORMS)}"
            yield Flaw(directive.line, f"'{node.id}' of 'only' is not a form of the book", remedy)
