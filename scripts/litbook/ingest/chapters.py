"""Find the citations in the pages that people wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from litbook.model import Citation
from litbook.project import Project

FOLDERS = ("chapters", "about", "analysis", "notes")
_FENCE = re.compile(r"^[ >]*(?P<marks>`{3,}+|~{3,}+)(?P<directive>\{[\w:+.-]+\})?(?P<rest>.*)$")
# A role is a code span with its name before it; a code span without one may show a role without citing, and so may a
# comment.
_SPAN = re.compile(
    r"<!--.*?-->"
    r"|(?P<role>\{[\w:+.-]+\})?(?P<ticks>`+)(?P<text>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_COMMENT = re.compile(r"^ {0,3}%")
_CITE = re.compile(r"\{cite(?::\w+)?\}")
_AROUND = re.compile(r"\{[^{}]*\}")
_KEY = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*$", re.MULTILINE)


def read_citations(project: Project) -> dict[str, tuple[Citation, ...]]:
    """Return for each cited key where it is cited, in the order of the files' names and of the lines.

    `book/index.md` and the Markdown files of `FOLDERS` are read; what stands in a code block or in a code span does
    not count.
    """
    found: dict[str, list[Citation]] = defaultdict(list)
    for path in _pages(project):
        for citation in find_citations(path.read_text("utf-8", "replace"), path.relative_to(project.book).as_posix()):
            found[citation.citekey].append(citation)
    return {key: tuple(places) for key, places in found.items()}


def _pages(project: Project) -> Iterator[Path]:
    if (project.book / "index.md").is_file():
        yield project.book / "index.md"
    for folder in FOLDERS:
        yield from sorted((project.book / folder).rglob("*.md"))


def find_citations(text: str, file: str) -> Iterator[Citation]:
    """Yield the citations of one page; `file` is its path below `book/`."""
    prose = _blank_code_blocks(text)
    match = _TITLE.search(prose)
    title = match.group(1) if match else file
    for span in _SPAN.finditer(prose):
        if span["role"] and _CITE.fullmatch(span["role"]):
            for key in _KEY.finditer(_AROUND.sub(_blank, span["text"])):
                line = prose.count("\n", 0, span.start("text") + key.start()) + 1
                yield Citation(key.group(), file, line, title)


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces as there were characters, so that places stay."""
    return re.sub(r"[^\n]", " ", match.group())


def _blank_code_blocks(text: str) -> str:
    """Return the text with the lines of code blocks and comments empty, so that line numbers stay."""
    lines: list[str] = []
    open_fences: list[str] = []
    in_code = False
    for line in text.splitlines():
        match = _FENCE.match(line)
        if match and open_fences and _closes(match, open_fences[-1]):
            open_fences.pop()
            in_code = False
        elif match and not in_code:
            open_fences.append(match["marks"])
            in_code = not match["directive"] or match["directive"].startswith("{code")
        lines.append("" if in_code or match or _COMMENT.match(line) else line)
    return "\n".join(lines)


def _closes(line: re.Match[str], fence: str) -> bool:
    return not line["directive"] and not line["rest"].strip() and line["marks"].startswith(fence)
