"""Find links and pictures on pages that lead to no file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from litbook.core.project import Project
from litbook.ingest.syntax import copies_pictures_of_html
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Directive, Link, Page

_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto", "ftp", "doi", "tel", "data", "geo", "urn", "inv", "myst", "wiki", "arxiv")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_FOLDERS = ("chapters", "about", "analysis")
_PICTURES = ("figure", "image")
_INCLUDED = ("include", "literalinclude")
_PAGES = (".md", ".ipynb")
_NAMED = re.compile(r"(?:.*<)?(?P<target>[^<>]*?)>?", re.DOTALL)  # "text <target>", or the target alone


def find_dead_links(project: Project, pages: Iterable[Page], citekeys: Collection[str]) -> Iterator[Fault]:
    """Yield links to files that are neither there nor made by the build, and pictures that are not there.

    `citekeys` are those of the papers, each of which will have a page.
    """
    pages = tuple(pages)
    names = frozenset(Path(page.file).name for page in pages)
    known = _Known(project, frozenset(citekeys), names, not copies_pictures_of_html(project))
    for page in pages:
        # A note is shown on the page of its paper.
        folder = project.papers if page.file.startswith("notes/") else (project.book / page.file).parent
        for link in (*page.links, *_list_roles(page)):
            if explained := _check_link(known, folder, link):
                yield Fault(f"book/{page.file}", link.line, *explained)
        for directive in page.directives:
            yield from _check_picture(project, page, folder, directive)
            yield from _check_included(project, page, directive)


@dataclass(frozen=True, slots=True)
class _Known:
    """What links may lead to: citekeys, and the names of the pages that people wrote.

    `leaves_html` says that the build does not look at the pictures that HTML names, nor copies other files.
    """

    project: Project
    citekeys: frozenset[str]
    names: frozenset[str]
    leaves_html: bool


def _list_roles(page: Page) -> Iterator[Link]:
    """Yield the links that roles for documents and downloads make."""
    for role in page.roles:
        match = _NAMED.fullmatch(role.text.strip()) if role.name in ("doc", "download") else None
        if match:
            yield Link(match["target"], role.line)


def _check_link(known: _Known, folder: Path, link: Link) -> tuple[str, str] | None:
    """Return what is wrong with a link and what to do, or None."""
    target = unquote(link.target).partition("#")[0].partition("?")[0].removeprefix("path:").removeprefix("project:")
    if _ELSEWHERE.match(target):
        return _check_address(target)
    if not target or (link.is_html and (target.startswith("/") or "_static/" in target)):  # files of the site
        return None
    path = resolve(known.project, folder, target)
    if link.is_html and known.leaves_html:
        return _check_html(known, path, target, link)
    if path.is_file() or (not path.suffix and path.with_suffix(".md").is_file()) or _is_made(known, path):
        return None
    if link.is_picture:
        return f"missing picture '{target}'", "add the file, or correct the name"
    return f"broken link to '{target}'", _advise(known, path)


def _check_address(address: str) -> tuple[str, str] | None:
    """Return what is wrong with an address that is not of a file of the review, or None."""
    scheme, colon, rest = address.partition(":")
    if not colon or address.startswith(("#", "//")):
        return None
    if len(scheme) == 1:
        return f"'{address}' is a file of one computer", "put it beside the page, and write its name from there"
    if scheme.lower() in ("http", "https") and not re.match(r"//[^/\s]", rest):
        return f"invalid address '{address}'", f"begin it with {scheme.lower()}://"
    remedy = nearest(scheme.lower(), _SCHEMES) if scheme.lower() not in _SCHEMES else None
    return (f"unknown kind of address '{scheme}:' in '{address}'", remedy) if remedy else None


def _check_html(known: _Known, path: Path, target: str, link: Link) -> tuple[str, str] | None:
    """Return what is wrong with a link or picture of HTML, which the build copies as it stands, or None."""
    instead = f"![what it shows]({target})" if link.is_picture else f"[text]({target})"
    if path.suffix == ".html":
        return _check_page_of_site(known, path, target)
    if path.is_file() and not path.is_relative_to(known.project.data):
        kind = "picture" if link.is_picture else "page" if path.suffix in _PAGES else "file"
        where = "is not in the site under this name" if kind == "page" else "is not copied into the site"
        return f"the {kind} '{target}' {where}, since HTML names it", f"write {instead}"
    of_people = path.parent.is_relative_to(known.project.book) and path.parent.name in _FOLDERS
    if path.is_file() or _is_made(known, path) or not (link.is_picture or of_people or path.suffix in _PAGES):
        return None  # or it may be a file that the site has, and the review has not
    if link.is_picture:
        return f"missing picture '{target}'", "add the file, or correct the name"
    return f"broken link to '{target}'", _advise(known, path)


def _check_page_of_site(known: _Known, path: Path, target: str) -> tuple[str, str] | None:
    """Return what is wrong if a page of the site would have to be made of a page that people write, and is not."""
    of_people = path.parent.is_relative_to(known.project.book) and path.parent.name in _FOLDERS
    if not of_people or any(path.with_suffix(suffix).is_file() for suffix in _PAGES):
        return None
    page = path.with_suffix(".md")
    return f"broken link to '{target}'", nearest(page.name, known.names) or "correct or remove it"


def _advise(known: _Known, path: Path) -> str:
    if path.name.startswith("www."):
        return f"write https://{path.name}…"
    if _MAIL.fullmatch(path.name):
        return f"write mailto:{path.name}"
    if path.parent.name == "papers":
        return nearest(path.stem, known.citekeys) or "correct or remove it"
    if path.with_suffix(".md").is_file():
        return f"name the page's file, {path.stem}.md"
    return nearest(path.name, known.names) or "correct or remove it"


def _check_picture(project: Project, page: Page, folder: Path, directive: Directive) -> Iterator[Fault]:
    name = unquote(directive.argument)
    if directive.name not in _PICTURES or not name or _ELSEWHERE.match(name):
        return
    if not resolve(project, folder, name).is_file() and not name.endswith(".*"):
        what = f"missing figure '{name}'"
        yield Fault(f"book/{page.file}", directive.line, what, "add the file, or correct the name")


def _check_included(project: Project, page: Page, directive: Directive) -> Iterator[Fault]:
    """Yield a fault if the text, code or table that a directive takes from a file is not there."""
    name = directive.argument if directive.name in _INCLUDED else ""
    name = directive.options.get("file", "") if directive.name == "csv-table" else name
    if not name or name.startswith("<"):  # a file of docutils
        return
    path = resolve(project, (project.book / page.file).parent, name)
    if not path.is_file() and not path.is_relative_to(project.data):
        what = f"missing file '{name}' of '{directive.name}'"
        yield Fault(f"book/{page.file}", directive.line, what, "add the file, or correct the name")


def resolve(project: Project, folder: Path, target: str) -> Path:
    """Return the path of a target; one that begins with a slash is taken from the root of the review."""
    return project.root / target.lstrip("/") if target.startswith("/") else Path(_normalise(folder / target))


def _normalise(path: Path) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return str(Path(*parts))


def _is_made(known: _Known, path: Path) -> bool:
    """Return whether the build makes a file: the page of a paper, or an export."""
    if path.parent == known.project.papers:
        return path.suffix in ("", *_PAGES) and path.stem in known.citekeys
    return path.is_relative_to(known.project.data)
