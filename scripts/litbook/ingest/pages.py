"""Read the pages that people wrote: their roles, and their prose without code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from litbook.core.project import Project
from litbook.model.pages import TIES, Citation, Claim, Directive, Page, Role

FOLDERS = ("chapters", "about", "analysis", "notes")
_FENCE = re.compile(r"^[ >]*(?P<marks>`{3,}+|~{3,}+|:{3,}+)(?P<directive>\{[\w:+.-]+\})?(?P<rest>.*)$")
# A role is a code span with its name before it; a code span without one may show a role without using it, and so may a
# comment.
_SPAN = re.compile(
    r"<!--.*?-->"
    r"|(?P<role>\{[\w:+.-]+\})?(?P<ticks>`+)(?P<text>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL,
)
_OPTION = re.compile(r"[ >]*:(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*")
_COMMENT = re.compile(r"^ {0,3}%")
_CITE = re.compile(r"cite(?::\w+)?")
_AROUND = re.compile(r"\{[^{}]*\}")
_KEY = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
_CLAIM = re.compile(r"(?P<citekey>[^\s,:]+):(?P<sentence>\d{1,3})(?=\s*(?:,|\Z))")
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*$", re.MULTILINE)


def read_pages(project: Project) -> tuple[Page, ...]:
    """Return the Markdown files of `book/`, `index.md` first, and of `FOLDERS`, in the order of their names."""
    return tuple(
        make_page(path.read_text("utf-8", "replace"), path.relative_to(project.book).as_posix())
        for path in _find_pages(project)
    )


def _find_pages(project: Project) -> Iterator[Path]:
    index = project.book / "index.md"
    yield from sorted(project.book.glob("*.md"), key=lambda path: (path != index, path))
    for folder in FOLDERS:
        yield from sorted((project.book / folder).rglob("*.md"))


def make_page(text: str, file: str) -> Page:
    """Return one page; `file` is its path below `book/`."""
    prose = _blank_code_blocks(text)
    match = _TITLE.search(prose)
    starts = [0, *(match.end() for match in re.finditer("\n", prose))]
    roles = tuple(
        Role(
            span["role"][1:-1],
            span["text"],
            span.start(),
            span.end(),
            span.start("text"),
            bisect_right(starts, span.start()),
        )
        for span in _SPAN.finditer(prose)
        if span["role"]
    )
    return Page(file, match.group(1) if match else file, prose, roles, tuple(_find_directives(text)))


def gather_citations(pages: Iterable[Page]) -> dict[str, tuple[Citation, ...]]:
    """Return for each cited key where it is cited, in the order of the pages and of the lines."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for page in pages:
        for citation in find_citations(page):
            found[citation.citekey].append(citation)
    return {key: tuple(places) for key, places in found.items()}


def find_citations(page: Page) -> Iterator[Citation]:
    """Yield the citations of one page; what stands in a code block, a comment or a code span does not count."""
    for role in page.roles:
        if _CITE.fullmatch(role.name):
            for key in _KEY.finditer(_AROUND.sub(_blank, role.text)):
                line = page.prose.count("\n", 0, role.text_start + key.start()) + 1
                yield Citation(key.group(), page.file, line, page.title)


def gather_claims(pages: Iterable[Page]) -> dict[str, tuple[Claim, ...]]:
    """Return for each citekey the statements that are tied to a sentence of it, in the order of the pages."""
    found: dict[str, list[Claim]] = defaultdict(list)
    roles = [(page, role) for page in pages for role in page.roles if role.name in TIES]
    for page, role in roles:
        for match in _CLAIM.finditer(role.text):
            line = page.prose.count("\n", 0, role.text_start + match.start()) + 1
            claim = Claim(match["citekey"], int(match["sentence"]), page.file, line, page.title)
            found[claim.citekey].append(claim)
    return {key: tuple(claims) for key, claims in found.items()}


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces as there were characters, so that places stay."""
    return re.sub(r"[^\n]", " ", match.group())


def _blank_code_blocks(text: str) -> str:
    """Return the text with the lines of code blocks, fences and comments empty, so that line numbers stay."""
    return "\n".join(
        "" if in_code or fence or _COMMENT.match(line) else line for line, fence, in_code in _walk_fences(text)
    )


def _find_directives(text: str) -> Iterator[Directive]:
    lines = text.splitlines()
    for number, (_, fence, _) in enumerate(_walk_fences(text), start=1):
        if fence and fence["directive"]:
            options = map(_OPTION.fullmatch, lines[number:])
            given = {option["name"]: option["value"] for option in takewhile(bool, options) if option}
            yield Directive(fence["directive"][1:-1], fence["rest"].strip(), number, given)


def _walk_fences(text: str) -> Iterator[tuple[str, re.Match[str] | None, bool]]:
    """Yield each line, its match where it opens or closes a fence that counts, and whether it is code."""
    open_fences: list[str] = []
    in_code = False
    for line in text.splitlines():
        match = _FENCE.match(line)
        if match and open_fences and _closes(match, open_fences[-1]):
            open_fences.pop()
            in_code = False
        elif match and not in_code and (match["directive"] or match["marks"][0] != ":"):
            open_fences.append(match["marks"])
            in_code = not match["directive"] or match["directive"].startswith("{code")
        else:
            match = None
        yield line, match, in_code


def _closes(line: re.Match[str], fence: str) -> bool:
    return not line["directive"] and not line["rest"].strip() and line["marks"].startswith(fence)
