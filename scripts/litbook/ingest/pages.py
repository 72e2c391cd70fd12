"""Read the pages that people wrote: their blocks of text, roles and directives, as the build will see them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from litbook.core.cache import NO_CACHE, Cache
from litbook.core.project import Project
from litbook.ingest.blocks import Found, read_blocks
from litbook.ingest.headings import Heading
from litbook.ingest.markdown import Syntax
from litbook.ingest.mistakes.structure import check_front_matter, check_headings, check_names
from litbook.ingest.syntax import read_syntax
from litbook.model.pages import TIES, Citation, Claim, Flaw, Page, Section
from litbook.text.anchors import make_anchors

FOLDERS = ("chapters", "about", "analysis", "notes")
_CITE = re.compile(r"cite(?::\w+)?")
_AROUND = re.compile(r"\{[^{}]*\}")
_KEY = re.compile(r"[^\s,](?:[^,]*[^\s,])?")
_CLAIM = re.compile(r"(?P<citekey>[^\s,:]+):(?P<sentence>\d{1,3})(?=\s*(?:,|\Z))")
_TEXT_CLAIM = re.compile(r"(?P<citekey>[^\s,:]+):(?P<section>[1-9]\d{0,2})\.(?P<sentence>[1-9]\d{0,2})(?=\s*(?:,|\Z))")
_LINE_END = re.compile(r"\r\n?")


def read_pages(project: Project, cache: Cache = NO_CACHE) -> tuple[Page, ...]:
    """Return the Markdown files of `book/`, `index.md` first, and of `FOLDERS`, in the order of their names.

    A page is parsed again only if its text, the settings of the parser or this code changed.
    """
    syntax = read_syntax(project)
    inputs = (
        (path.read_text("utf-8-sig", "replace"), path.relative_to(project.book).as_posix(), syntax)
        for path in find_pages(project)
        if path.is_file()  # or there is a fault: see `irregular`
    )
    return tuple(cache.each(make_page, inputs))


def find_pages(project: Project) -> Iterator[Path]:
    """Yield the pages that people write, `index.md` first."""
    index = project.book / "index.md"
    yield from sorted(project.book.glob("*.md"), key=lambda path: (path != index, path))
    for folder in FOLDERS:
        yield from sorted((project.book / folder).rglob("*.md"))


def make_page(text: str, file: str, syntax: Syntax | None = None) -> Page:
    """Return one page; `file` is its path below `book/`, `syntax` the settings of the review's Markdown parser."""
    source = _LINE_END.sub("\n", text).replace("\0", "\ufffd")
    settings = syntax or Syntax()
    found = read_blocks(source, settings)
    return Page(
        file,
        next((_show(heading) for heading in found.headings if heading.level == 1), file),
        source,
        found.blocks,
        found.roles,
        found.directives,
        tuple(_find_sections(found.headings, source.rstrip("\n").count("\n") + 1)),
        found.links,
        tuple(sorted(_find_flaws(found, source, file, settings))),
    )


def _find_flaws(found: Found, source: str, file: str, settings: Syntax) -> set[Flaw]:
    levels = [(heading.level, heading.line) for heading in found.headings]
    is_note = file.startswith("notes/")
    top = 1 if is_note else 0  # a note is part of the page of its paper, below its title
    names = () if settings.is_plain else check_names(found.roles, found.directives, settings.is_closed)
    opening = () if settings.is_plain else check_front_matter(source, is_note)
    return {*found.flaws, *opening, *check_headings(levels, top), *names}


def _show(heading: Heading) -> str:
    """Return a heading as plain text, with its mathematics in characters where that is possible."""
    if any(is_maths for _, is_maths in heading.parts):
        from litbook.ingest.formats.tex import show_maths  # noqa: PLC0415 - pylatexenc is slow to load

        return " ".join("".join(show_maths(part) if is_maths else part for part, is_maths in heading.parts).split())
    return " ".join("".join(part for part, _ in heading.parts).split())


def _find_sections(headings: Sequence[Heading], last: int) -> Iterator[Section]:
    """Yield the section of each heading; it ends before the next heading of its level or a higher one."""
    anchors = make_anchors([(heading.level, "" if heading.has_role else heading.name) for heading in headings])
    for at, (heading, anchor) in enumerate(zip(headings, anchors, strict=True)):
        after = next((other for other in headings[at + 1 :] if other.level <= heading.level), None)
        yield Section(anchor, _show(heading), heading.line, after.line - 1 if after else last)


def gather_citations(pages: Iterable[Page]) -> dict[str, tuple[Citation, ...]]:
    """Return the citations of each key in the order of the pages and lines."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for page in pages:
        for citation in find_citations(page):
            found[citation.citekey].append(citation)
    return {key: tuple(places) for key, places in found.items()}


def find_citations(page: Page) -> Iterator[Citation]:
    """Yield the citations of one page; citations in code, comments and code spans do not count."""
    for role in page.roles:
        if _CITE.fullmatch(role.name):
            for key in _KEY.finditer(_AROUND.sub(_blank, role.text)):
                yield Citation(key.group(), page.file, role.line + role.text.count("\n", 0, key.start()), page.title)


def gather_claims(pages: Iterable[Page]) -> dict[str, tuple[Claim, ...]]:
    """Return the claims on each citekey in the order of the pages and lines."""
    found: dict[str, list[Claim]] = defaultdict(list)
    roles = [(page, role) for page in pages for role in page.roles if role.name in TIES]
    for page, role in roles:
        for match in _CLAIM.finditer(role.text):
            line = role.line + role.text.count("\n", 0, match.start())
            claim = Claim(match["citekey"], int(match["sentence"]), page.file, line, page.title)
            found[claim.citekey].append(claim)
    return {key: tuple(claims) for key, claims in found.items()}


def gather_text_claims(pages: Iterable[Page]) -> dict[str, tuple[Claim, ...]]:
    """Return the claims on sentences of each paper's full text, such as "hansen2023tdmpc2:4.12", in page order."""
    found: dict[str, list[Claim]] = defaultdict(list)
    roles = [(page, role) for page in pages for role in page.roles if role.name in TIES]
    for page, role in roles:
        for match in _TEXT_CLAIM.finditer(role.text):
            line = role.line + role.text.count("\n", 0, match.start())
            claim = Claim(match["citekey"], int(match["sentence"]), page.file, line, page.title, int(match["section"]))
            found[claim.citekey].append(claim)
    return {key: tuple(claims) for key, claims in found.items()}


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces as there were characters, so that places stay."""
    return re.sub(r"[^\n]", " ", match.group())
