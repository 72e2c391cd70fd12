"""Find what running text does not mean to the build: citations, links and commands in the forms of other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.ingest.registry import list_directives, list_roles
from litbook.model.pages import Flaw

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
# Links whose marks are in another order or have a space between them, and addresses with a space.
_APART = re.compile(r"\[([^\[\]]+)\] \(((?:https?://|mailto:|\.{0,2}/|[\w./-]+\.(?:md|ipynb)\b)[^()\s]*)\)")
_REVERSED = re.compile(r"\(([^()]+)\)\[((?:https?://|mailto:)[^\[\]\s]+|[\w./-]+\.(?:md|ipynb)(?:#[\w-]+)?)\]")
_SPACED = re.compile(r"\[([^\[\]]*)\]\(([^()<>]*\w [^()<>]*\.(?:md|ipynb|html?|pdf|png|jpe?g|svg|gif))\)")
_FORMULA = re.compile(r"(?<![\\$\w])\$(?:\\[A-Za-z]|[A-Za-z]\s*[_^=<>\\+*/|])[^$]{0,20}|\$\$")
_STRONG = re.compile(r"(?<![*\w])\*\*(?=[^\s*])[^*]{0,20}|(?<=[^\s*])\*\*(?![*\w])")
_BEFORE_CODE = re.compile(rf"(?P<rst>:{_CITING}:)$|(?P<brace>\{{{_CITING}|\b{_CITING}\}})$|(?<![\w-]){_CITING}$")


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
    yield from _check_marks(text, line)
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


def _check_marks(text: str, line: int) -> Iterator[Flaw]:
    """Yield marks of links, formulas and bold text that have stayed in the text, where readers see them."""
    for form in (_APART, _REVERSED):
        for match in form.finditer(text):
            yield Flaw(line, f"'{match.group()}' is not read as a link", f"write [{match[1]}]({match[2]})")
    for match in _SPACED.finditer(text):
        remedy = f"write [{match[1]}](<{match[2]}>), since the address has a space"
        yield Flaw(line, f"'{match.group()}' is not read as a link", remedy)
    for match in _FORMULA.finditer(text):
        what = f"'{match.group().strip()}' is not read as a formula"
        yield Flaw(line, what, "close it with the same mark, without a space beside it; for a dollar sign write \\$")
    for match in _STRONG.finditer(text):
        what = f"the bold text of '{match.group().strip()}' is not closed, or not opened"
        yield Flaw(
            line, what, "put ** directly before its first and behind its last letter; for two asterisks write \\*\\*"
        )


def check_code(code: str, after: str, line: int) -> Iterator[Flaw]:
    """Yield a flaw if a code span and the text behind it are a link of reStructuredText."""
    match = _RST_LINK.fullmatch(code) if after.startswith("_") else None
    if match:
        yield Flaw(line, f"'`{code}`_' is the form of reStructuredText", f"write [{match[1]}]({match[2]})")


def _check_braced(name: str, line: int, before: str) -> Iterator[Flaw]:
    """Yield a flaw if braces in the text enclose the name of a role or directive."""
    if re.fullmatch(_CITING, name) or name in _WRITTEN:
        what = f"'{{{name}}}' is not followed by its text between backticks"
        yield Flaw(line, what, f"write {{{name}}}`…`, without a space between")
    elif name in list_directives() and not before.strip(" :`~"):
        yield Flaw(
            line, f"'{{{name}}}' does not begin a directive", f"write :::{{{name}}} on a line of its own, and :::"
        )
