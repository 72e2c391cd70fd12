"""Find Markdown that would not be shown as meant: marks that are not closed, citations in another form, unknown names.

The build shows such text as it stands, or warns of it long after `litbook check` could have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import yaml

from litbook.ingest.ledgers.yamllines import LOADER
from litbook.ingest.registry import is_of_programs, list_directives, list_roles
from litbook.model.faults import nearest
from litbook.model.pages import Directive, Flaw, Role

if TYPE_CHECKING:
    from markdown_it.token import Token

_CITING = r"(?:cite(?::\w+)?|claim|quote)"
_KEY = r"[a-z][a-z_-]*\d{4}[a-z0-9_-]*"  # the shape of a citekey
# Roles that are written for what they show; the names of others are words that braces may well enclose.
_WRITTEN = frozenset("count acronym tension outside minutes download numref".split())
_BRACED = re.compile(r"(?<![{\w])\{([A-Za-z][\w:-]*)\}(?!\})")
_PANDOC = re.compile(r"\[[^\[\]@]*(?<![\w.])-?@([A-Za-z][\w:-]*)[^\[\]]*\]|(?<![\w.@/])@(" + _KEY + r")\b")
_TEX = re.compile(r"\\(?:[a-z]*cite[a-z]*)\*?(?:\[[^\]]*\])*\{([^{}]*)\}", re.IGNORECASE)
_BRACKETED = re.compile(rf"\[\[?({_KEY})\]")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_REFERENCE = re.compile(r"(?<![\w\]])\[[^\[\]]*[^\W\d][^\[\]]*\]\[([^\[\]]*[^\W\d]{2}[^\[\]]*)\]")
_TO_TARGET = "write {ref}`…` with the name of a target: (name)= above what it leads to"
_HEADING = "begin the heading with ## on a line of its own"
# Commands of LaTeX that people paste, and what to write instead.
_TEX_FORMS = {
    **dict.fromkeys("ref autoref cref Cref pageref nameref vref".split(), _TO_TARGET),
    **dict.fromkeys("section subsection subsubsection".split(), _HEADING),
    **dict.fromkeys("emph textit".split(), "write *…*"),
    "eqref": "write {eq}`…` with the label of the formula",
    "label": "write (name)= on a line of its own, above what it names",
    "textbf": "write **…**",
    "texttt": "write `…`",
    "footnote": "write [^1], and a line that begins with [^1]:",
    "url": "write <…>",
    "href": "write [text](address)",
    "begin": "write it in Markdown; see 'Edit this review'",
}
_TEX_COMMAND = re.compile(rf"\\({'|'.join(_TEX_FORMS)})\*?\{{")
_RST_LINK = re.compile(r"([^<>]+?)\s*<([^<>\s]+)>")
_RST_ROLE = re.compile(r"(?<![\w:]):([a-z][\w+-]*(?::[\w+-]+)*):$")
_RST_DIRECTIVE = re.compile(r"\s*\.\. ([a-z][\w:-]*)::(?:\s|$)")
_FRONT = re.compile(r"---[ \t]*\n((?:.*\n)*?) {0,3}---+[ \t]*(?:\n|\Z)")
_TO_SETTINGS = "write settings as in title: A title, and close them with --- above the text"
_UNCLOSED = re.compile(r"---[ \t]*\n[a-z][\w-]*:(?:[ \t].*)?\n(?!(?:.*\n)*? {0,3}---+[ \t]*(?:\n|\Z))")
_BEFORE_CODE = re.compile(rf"(?P<rst>:{_CITING}:)$|(?P<brace>\{{{_CITING}|\b{_CITING}\}})$|(?<![\w-]){_CITING}$")
_OPENING = re.compile(r"^(?P<marks>`{3,}|~{3,}|:{3,})\s*\{[\w:-]+\}")
_LOOSE = re.compile(r"^\s*:{1,2}\s*\{?([\w:-]+)\}")


def check_text(text: str, line: int, escaped: str, before_code: bool) -> Iterator[Flaw]:
    """Yield the flaws in a piece of running text on one line.

    `escaped` is what a backslash before it gives: a mark that has no meaning then, or the backslash and a letter.
    `before_code` says that a code span follows it.
    """
    text = escaped + text if escaped.startswith("\\") and escaped != "\\" else text
    for match in _BRACED.finditer(text):
        yield from _check_braced(match[1], line, text[: match.start()])
    for match in _PANDOC.finditer(text):
        key = match[1] or match[2]
        yield Flaw(line, f"'{match.group()}' is not read as a citation", f"write {{cite}}`{key}`")
    for match in _TEX.finditer(text):
        keys = ",".join(part.strip() for part in match[1].split(","))
        yield Flaw(line, f"'{match.group()}' is not read as a citation", f"write {{cite}}`{keys}`")
    for match in _BRACKETED.finditer(text):
        yield Flaw(line, f"'{match.group()}' is not read as a citation", f"write {{cite}}`{match[1]}`")
    for match in _FOOTNOTE.finditer(text):
        what = f"the footnote '{match.group()}' has no text"
        yield Flaw(line, what, f"add a line that begins with [^{match[1]}]: or remove the mark")
    for match in _REFERENCE.finditer(text):
        what = f"the link '{match.group()}' leads nowhere"
        yield Flaw(line, what, f"add a line such as [{match[1]}]: address, or write [text](address)")
    yield from _check_forms(text, line)
    found = _BEFORE_CODE.search(text) if before_code and not escaped else None
    role = _RST_ROLE.search(text) if before_code and not escaped and not found else None
    if role and role[1] in list_roles():
        what = f"'{role.group()}' before a code span is the form of reStructuredText"
        yield Flaw(line, what, f"write {{{role[1]}}}`…`")
    if found:
        form = "is the form of reStructuredText" if found["rst"] else "is not read as a role"
        name = found.group().strip(":{}")
        yield Flaw(line, f"'{found.group()}' before a code span {form}", f"write {{{name}}}`…`, without a space")


def _check_forms(text: str, line: int) -> Iterator[Flaw]:
    """Yield flaws for commands of LaTeX and directives of reStructuredText, which readers would see as written."""
    for match in _TEX_COMMAND.finditer(text):
        yield Flaw(line, f"'{match.group()}…}}' is the form of LaTeX", _TEX_FORMS[match[1]])
    directive = _RST_DIRECTIVE.match(text)
    if directive and directive[1] in list_directives():
        what = f"'{directive.group().strip()}' is the form of reStructuredText"
        yield Flaw(line, what, f"write :::{{{directive[1]}}} on a line of its own, and ::: where it ends")


def check_code(code: str, after: str, line: int) -> Iterator[Flaw]:
    """Yield a flaw if a code span and the text behind it are a link of reStructuredText."""
    match = _RST_LINK.fullmatch(code) if after.startswith("_") else None
    if match:
        yield Flaw(line, f"'`{code}`_' is the form of reStructuredText", f"write [{match[1]}]({match[2]})")


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


def _check_braced(name: str, line: int, before: str) -> Iterator[Flaw]:
    """Yield a flaw if braces in the text enclose the name of a role or directive."""
    if re.fullmatch(_CITING, name) or name in _WRITTEN:
        what = f"'{{{name}}}' is not followed by its text between backticks"
        yield Flaw(line, what, f"write {{{name}}}`…`, without a space between")
    elif name in list_directives() and not before.strip(" :`~"):
        yield Flaw(
            line, f"'{{{name}}}' does not begin a directive", f"write :::{{{name}}} on a line of its own, and :::"
        )


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
    for option in directive.options if known.options is not None else ():
        if option not in (known.options or ()):
            listed = ", ".join(sorted(known.options or ()))
            remedy = nearest(option, known.options or ()) or (f"use one of {listed}" if listed else "it takes none")
            yield Flaw(directive.line, f"unknown option '{option}' of '{name}'", remedy)
