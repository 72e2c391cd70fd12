"""Find references and links on pages to labels and sections that are nowhere in the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from litbook.core.project import Project
from litbook.ingest.links import resolve
from litbook.ingest.syntax import read_syntax
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Page

_ROLES = frozenset({"ref", "numref", "eq", "term", "any"})
_TERM, _ANY = "term", "any"
_OF_SPHINX = frozenset({"genindex", "modindex", "search"})
# An object of a program, which other domains of Sphinx may know.
_OBJECT = re.compile(r"[\w.]*\w[.:(]\S*")
# What the build itself gives names: marks, tensions, terms, and sections whose words give none.
_DRAWN = re.compile(r"!|(?:claim|cite|tension|term|acronym|path|section|litbook)-|id\d")
_WITH_SECTIONS = frozenset("include eval-rst glossary acronyms concepts highlights reading-path tensions".split())
_SUFFIXES = (".md", ".ipynb", ".rst", ".txt")
_NAMED = re.compile(r"(?:.*<)?(?P<target>[^<>]*?)>?", re.DOTALL)  # "text <target>", or the target alone
# Every form in which a label may be written, also in notebooks; one that only looks like a label hides a fault,
# but raises none.
_LABELS = re.compile(
    r"""\((?P<target>[^()\n]+)\)="""
    r"""|(?<![\w-])(?:name|label|id)["']?[ \t]*[:=][ \t]*["']?(?P<option>[^"'\s,}][^"'\n,}]*)"""
    r"""|\{[^{}\n]*\#(?P<attribute>[^\s{}]+)"""
    r"""|\\label\{(?P<tex>[^{}\n]+)\}"""
    r"""|\$\$[ \t]*\((?P<formula>[^()\n]+)\)"""
    r"""|\{figure-md\}[ \t]*(?P<figure>\S+)"""
    r"""|\.\.[ ]_(?P<rst>[^:\n]+):""",
)


def find_dead_references(project: Project, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the roles that lead to no label, term or page, and links to sections that are not there.

    If other extensions are loaded, which may make labels, as of all headings, nothing is checked.
    """
    pages = tuple(pages)
    if read_syntax(project).is_closed:
        known = frozenset[str]().union(*(_list_labels(page.source) for page in pages))
        elsewhere = cache(lambda: _list_elsewhere(project, pages))  # read only if a label is on no page
        yield from _check_roles(project, pages, known, elsewhere)
        yield from _check_links(project, pages, known, elsewhere)


def _check_roles(
    project: Project, pages: Sequence[Page], known: Set[str], elsewhere: Callable[[], Set[str]]
) -> Iterator[Fault]:
    terms = frozenset(term for page in pages for term in _list_terms(page))
    for page in pages:
        for role in page.roles:
            match = _NAMED.fullmatch(role.text.strip()) if role.name in _ROLES else None
            label = _normalise(match["target"]) if match else ""
            if not match or not label or (role.name in (_TERM, _ANY) and label in terms):
                continue
            if role.name == _TERM:
                if not _has_terms_elsewhere(project, pages):
                    remedy = nearest(label, terms) or "add it to a :::{glossary}, or write the word alone"
                    yield Fault(f"book/{page.file}", role.line, f"unknown term '{label}'", remedy)
                continue
            if label in known | _OF_SPHINX or _DRAWN.match(label) or label in elsewhere():
                continue
            if role.name == _ANY and (_OBJECT.fullmatch(label) or _is_page(project, page, match["target"])):
                continue
            remedy = nearest(label, known) or f"write ({label})= on the line before what it names, or correct it"
            if role.name == "eq":
                remedy = nearest(label, known) or f"write $$ ({label}) at the end of the formula, or correct it"
            yield Fault(f"book/{page.file}", role.line, f"unknown label '{label}'", remedy)


def _check_links(
    project: Project, pages: Iterable[Page], known: Set[str], elsewhere: Callable[[], Set[str]]
) -> Iterator[Fault]:
    anchors = {project.book / page.file: _list_anchors(page) for page in pages if _is_whole(page)}
    for page in pages:
        for link in page.links if not page.file.startswith("notes/") else ():  # a note is shown on another page
            path, anchor = _split(project, page, link.target)
            if path not in anchors or not anchor or anchor in known | anchors[path] or _DRAWN.match(anchor):
                continue
            if anchor not in elsewhere():
                remedy = nearest(anchor, anchors[path] | known) or "correct or remove it"
                yield Fault(f"book/{page.file}", link.line, f"broken link to '{anchor}'", remedy)


def _is_whole(page: Page) -> bool:
    """Return whether all sections of a page are known: none is included, and none has a computed title."""
    included = any(directive.name in _WITH_SECTIONS for directive in page.directives)
    return not included and all(section.anchor for section in page.sections)


def _list_anchors(page: Page) -> set[str]:
    return {_normalise(section.anchor) for section in page.sections}


def _split(project: Project, page: Page, target: str) -> tuple[Path, str]:
    """Return the page of the review that a link leads to, if it is one, and the section there."""
    name, _, anchor = unquote(target).removeprefix("path:").removeprefix("project:").partition("#")
    path = project.book / page.file
    if not name:
        return path, _normalise(anchor)
    found = resolve(project, path.parent, name)
    return (found if found.suffix else found.with_name(f"{found.name}.md")), _normalise(anchor)


def _list_terms(page: Page) -> Iterator[str]:
    """Yield the terms of the glossaries on a page: lines that are not indented, up to a colon between spaces."""
    lines = page.source.split("\n")
    for directive in page.directives:
        for text in lines[directive.line : directive.last_line] if directive.name == "glossary" else ():
            if text[:1].strip() and not text.startswith((":", "`", "~", "..")):
                yield _normalise(text.partition(" : ")[0])


def _has_terms_elsewhere(project: Project, pages: Iterable[Page]) -> bool:
    """Return whether a notebook, an included text or a block of reStructuredText may define terms."""
    if any("glossary::" in page.source for page in pages):
        return True
    return any("glossary" in text for text in _read_elsewhere(project, pages))


def _is_page(project: Project, page: Page, target: str) -> bool:
    path = resolve(project, (project.book / page.file).parent, target)
    return any(path.with_name(f"{path.name}{suffix}").is_file() for suffix in ("", *_SUFFIXES))


def _list_labels(source: str) -> set[str]:
    return {_normalise(match[match.lastgroup or 0]) for match in _LABELS.finditer(source)}


def _list_elsewhere(project: Project, pages: Iterable[Page]) -> set[str]:
    """Return the labels of notebooks, included texts and whatever else the book holds."""
    return set().union(*map(_list_labels, _read_elsewhere(project, pages)))


def _read_elsewhere(project: Project, pages: Iterable[Page]) -> Iterator[str]:
    """Yield the text of notebooks, included texts and whatever else the book holds."""
    read = {project.book / page.file for page in pages}
    files = (path for path in sorted(project.book.rglob("*")) if path.suffix in _SUFFIXES and path not in read)
    yield from (path.read_text("utf-8", "replace") for path in files if path.is_file())


def _normalise(label: str) -> str:
    return " ".join(label.lower().split())
