"""Find the texts that pages show, in the code that writes them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from litbook.core.code import PACKAGE

Found = tuple[int, str]  # line, text

# The folders whose Python writes pages; those of `analyse` put grounds, status and reasons in words.
_PYTHON = ("site", "write", "figures", "analyse/living", "analyse/studies", "analyse/related.py", "analyse/prisma.py")
# Modules of these folders whose strings are for the build, for editors or for programs.
_UNSEEN_FILES = frozenset({"faults.py", "observers.py", "terms.py", "jsonld.py", "policy.py", "schemaorg.py"})
_GAP = "…"
# Calls whose strings readers do not see: patterns, faults and keys of caches.
_UNSEEN_CALLS = frozenset({
    "compile", "sub", "match", "search", "fullmatch", "findall", "finditer", "split", "rsplit", "partition",
    "rpartition", "replace", "removeprefix", "removesuffix", "startswith", "endswith", "query", "Fault", "error",
    "warning", "info", "debug", "connect", "add_directive", "add_config_value", "add_role", "getattr", "select",
    "select_one", "read_text", "strftime", "encode", "decode", "open", "TypeVar", "cast", "raw", "glob", "rglob",
})  # fmt: skip
_SHOWN = frozenset({"aria-label", "title", "placeholder", "alt", "aria-description"})
_SELECTOR = re.compile(r"^(?:use strict$|[.#\[](?![# ])|[a-z]+(?:-[a-z]+)+ |(?:[a-z]+, )*[a-z]+\[)|\[[\w-]+\]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"[{}<>=\\|]|;(?!\s)|::|//|\w\(|^[\w./#%*\[\]:-]+$|^\W*[a-z-]+:\s|--\w|\.\w+\b.*\{|^@|\bvar\b")
_JINJA = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FILLED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_SCRIPT = re.compile(
    r"//[^\n]*|/\*.*?\*/|(?P<plain>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|`(?P<filled>(?:[^`\\]|\\.)*)`", re.DOTALL
)


def collect_texts() -> Iterator[tuple[str, list[Found]]]:
    """Yield the name of each file that shows a text, relative to the package, and its texts in order."""
    readers = ((_list_python(), read_python), (_list("*.html"), read_template), (_list("*.js"), read_script))
    for paths, read in readers:
        for path in paths:
            found = list(dict.fromkeys(read(path.read_text("utf-8"))))
            if found:
                yield path.relative_to(PACKAGE).as_posix(), found


def _list_python() -> list[Path]:
    roots = [PACKAGE / name for name in _PYTHON]
    found = [path for root in roots for path in ([root] if root.is_file() else sorted(root.rglob("*.py")))]
    return [path for path in found if path.name not in _UNSEEN_FILES]


def _list(pattern: str) -> list[Path]:
    return sorted((PACKAGE / "site").rglob(pattern))


# --- Python ---


def read_python(code: str) -> Iterator[Found]:
    """Yield line and text of the strings that a module shows; parts computed at run time are "…"."""
    yield from _walk(ast.parse(code))


def _walk(node: ast.AST) -> Iterator[Found]:
    if isinstance(node, (ast.Raise, ast.Assert)) or (isinstance(node, ast.Call) and _is_unseen(node)):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring
        return
    if isinstance(node, (ast.Constant, ast.JoinedStr)):
        yield from _show(node.lineno, _join(node))
        return
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _is_unseen(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in _UNSEEN_CALLS


def _join(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_join(part) if isinstance(part, ast.Constant) else _GAP for part in node.values)


# --- Templates and scripts ---


class _Texts(HTMLParser):
    """Collect the texts of HTML and of the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("script", "style")
        self.found += [(self.getpos()[0], value) for name, value in attrs if name in _SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append((self.getpos()[0], data))


def _read_html(text: str) -> list[Found]:
    parser = _Texts()
    parser.feed(text)
    parser.close()
    return parser.found


def read_template(text: str) -> Iterator[Found]:
    """Yield line and text of what a template shows; values filled in are "…"."""
    kept = _JINJA.sub(lambda found: "\n" * found[0].count("\n"), text)
    for line, shown in _read_html(_FILLED.sub(_GAP, kept)):
        yield from _keep(line, shown)


def read_script(text: str) -> Iterator[Found]:
    """Yield line and text of the strings that a script shows; parts computed at run time are "…"."""
    for found in _SCRIPT.finditer(text):
        shown = (found["plain"] or "")[1:-1] or re.sub(r"\$\{[^}]*\}", _GAP, found["filled"] or "")
        yield from _show(text.count("\n", 0, found.start()) + 1, shown)


# --- What counts as a text ---


def _show(line: int, text: str) -> Iterable[Found]:
    """Yield the texts in a string, which may be HTML."""
    if re.search(r"</?[a-z][^>]*>", text):
        return [kept for _, shown in _read_html(text) for kept in _keep(line, shown)]
    return _keep(line, text)


def _keep(line: int, text: str) -> Iterable[Found]:
    """Return the text if people would read it: words with a space between, or one word that begins in upper case."""
    shown = " ".join(unescape(text).split())
    words = _WORD.findall(shown.replace(_GAP, " "))
    sentence = len(words) > 1 and " " in shown
    label = len(words) == 1 and words[0].istitle() and shown.strip(f"{_GAP}.:,() ").isalpha()
    wanted = (sentence and not _CODE.search(shown) and not _SELECTOR.search(shown)) or label
    return [(line, shown)] if wanted else []
