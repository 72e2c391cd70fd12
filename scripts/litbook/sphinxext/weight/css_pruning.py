"""Send no rule of style that no page can use.

The theme's stylesheet has 400 kB: all of Bootstrap and 1,900 icons. When all pages stand, the stylesheets of the theme
and of the extensions are written once more, without the rules for classes that are in no page and in no script of the
site. A selector is left out only for a class that it needs; what stands in brackets, as in `:not(.this)`, is not asked.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from litbook.core.atomic import write_text

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# Ours are written for these pages, and people's own are theirs.
_REDUCED = ("styles/pydata-sphinx-theme.css", "styles/sphinx-book-theme.css", "sphinx-design.min.css", "basic.css")
_CLASSES = re.compile(rb"""\bclass=(?:"([^"]*)"|'([^']*)')""")
_WORDS = re.compile(r"[A-Za-z_][\w-]*")
_TOKENS = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\)|[{};]""", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NEEDED = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_COMMAS = re.compile(r",(?![^(]*\))")
_NESTING = ("@media", "@supports", "@layer", "@container")


def reduce_styles(app: Sphinx, error: Exception | None) -> None:
    """Write the stylesheets anew in a build that wrote pages: Sphinx has then put whole ones in their place."""
    if error is not None or app.builder.format != "html" or app.builder.finish_tasks is None:
        return
    out = Path(app.outdir)
    used = find_classes(out)
    for pattern in _REDUCED:
        for path in sorted((out / "_static").glob(pattern)):
            write_text(path, reduce_style(path.read_text("utf-8"), used))


def hush_overwriting() -> None:
    """Let Sphinx put its whole stylesheets in the place of the reduced ones without a word on each."""
    logging.getLogger("sphinx.sphinx.util.osutil").addFilter(_is_told)


def _is_told(record: logging.LogRecord) -> bool:
    places = [Path(str(place)) for place in record.args or ()]
    return not any(place.match(f"_static/{pattern}") for place in places for pattern in _REDUCED)


def find_classes(out: Path) -> frozenset[str]:
    """Return the classes in the pages of a folder, and all words of its scripts: these set classes too."""
    values: set[tuple[bytes, bytes]] = set()
    for page in out.rglob("*.html"):
        if "_static" not in page.parts:
            values.update(_CLASSES.findall(page.read_bytes()))
    found = {name.decode("utf-8", "replace") for pair in values for value in pair for name in value.split()}
    for script in (*(out / "_static").glob("*.js"), *(out / "_static/scripts").glob("*.js")):
        if "fontawesome" not in script.name:
            found.update(_WORDS.findall(script.read_text("utf-8", "replace")))
    return frozenset(found)


def reduce_style(css: str, used: frozenset[str]) -> str:
    """Return a stylesheet without the rules that need a class which is not used; what is not understood stays."""
    return "".join(_reduce(css, _split(css), used))


def _split(css: str) -> Iterator[tuple[str, int]]:
    """Yield each brace and semicolon of a stylesheet, outside of comments and strings, with its place."""
    return ((token[0], token.start()) for token in _TOKENS.finditer(css) if token[0] in "{};")


def _reduce(css: str, marks: Iterable[tuple[str, int]], used: frozenset[str]) -> Iterator[str]:
    """Yield what stays, rule by rule; `start` is where the rule at hand begins, `body` where its block does."""
    start, depth, body = 0, 0, -1
    for mark, at in marks:
        if mark == "{":
            if depth == 0 and _COMMENT.sub("", css[start:at]).lstrip().startswith(_NESTING):
                yield css[start : at + 1]
                start = at + 1
                continue
            body = at if depth == 0 else body
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
            if depth == 0:
                yield _keep(css[start:body], css[body : at + 1], used)
                start = at + 1
        elif depth == 0:  # the end of an outer block, or of a statement such as @import
            yield css[start : at + 1]
            start = at + 1
    yield css[start:]


def _keep(head: str, block: str, used: frozenset[str]) -> str:
    """Return a rule with those of its selectors that can match, or nothing; licences in comments stay."""
    comments = "".join(_COMMENT.findall(head))
    kept = [selector for selector in _COMMAS.split(_COMMENT.sub("", head)) if _can_match(selector, used)]
    return comments + (",".join(kept) + block if kept else "")


def _can_match(selector: str, used: frozenset[str]) -> bool:
    if "\\" in selector or selector.lstrip().startswith("@"):
        return True
    return used.issuperset(_NEEDED.findall(_BRACKETS.sub("", selector)))
