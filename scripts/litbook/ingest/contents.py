"""Check `_toc.yml`, the order of the book: its form, the files that it names, and the pages that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from typing import Any

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, as_list, as_mapping, read_yaml
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Page
from litbook.model.review import Part

_FORMATS = {"jb-book": "chapters", "jb-article": "sections", "": "entries"}
_HEAD_KEYS = ("format", "root", "defaults", "meta", "title", "options", "parts", "chapters", "sections", "entries",
              "subtrees")  # fmt: skip
_ENTRY_KEYS = ("file", "url", "glob", "title", "options", "sections", "entries", "subtrees", "chapters")
_NAMES = ("file", "url", "glob")
_SUFFIXES = ("", ".md", ".ipynb", ".rst", ".txt")
_ORPHAN = re.compile(r"\A---\n(?:.*\n)*?orphan:\s*true\s*\n(?:.*\n)*?---\n")
_TWO = 2


def check_contents(
    project: Project, pages: Iterable[Page], parts: Iterable[Part], excluded: Sequence[str] = ()
) -> list[Fault]:
    """Return what is wrong with the table of contents, pages that it leaves out, and themes without a chapter.

    `excluded` are the patterns of files that the settings keep out of the book. Without `_config.yml` there is no book,
    and nothing is checked.
    """
    path = project.root / "_toc.yml"
    if not path.is_file():
        missing = (project.root / "_config.yml").is_file()
        return [Fault("_toc.yml", 0, "the file does not exist", "restore it from git")] if missing else []
    value, faults = read_yaml(path, "_toc.yml")
    if faults:
        return faults
    if not isinstance(value, Mapping):
        return [Fault("_toc.yml", 1, "not a table of contents", "write 'format', 'root' and 'parts'")]
    entries = list(_list_entries(value, faults))
    is_sound = not faults
    listed = _check_entries(project, entries, pages, faults)
    unlisted = _find_unlisted(pages, listed, excluded) if is_sound else ()  # or it would follow from a misspelt key
    return [*faults, *unlisted, *_find_missing_chapters(project, parts)]


def list_toc_files(project: Project) -> list[tuple[str, int]]:
    """Return the files that the table of contents names, each with its line; a damaged one names none."""
    value, faults = read_yaml(project.root / "_toc.yml", "_toc.yml")
    if faults or not isinstance(value, Mapping):
        return []
    entries = [(entry, key) for entry in _list_entries(value, []) for key in ("root", "file") if entry.text(key)]
    return [(entry.text(key), entry.line_of(key)) for entry, key in entries]


def _list_entries(head: Mapping, faults: list[Fault]) -> Iterator[Mapping]:
    """Yield the mapping of the root and of each entry below it, noting faults of their form."""
    form = head.text("format")
    if form not in _FORMATS:
        remedy = nearest(form, filter(None, _FORMATS)) or "use jb-book or jb-article"
        faults.append(Fault("_toc.yml", head.line_of("format"), f"unknown format '{form}'", remedy))
    if not head.text("root"):
        faults.append(Fault("_toc.yml", head.line, "missing 'root'", "name the landing page: root: book/index"))
    faults += _check_keys(head, _HEAD_KEYS)
    yield head
    for part in as_list(head.get("parts")):
        known = as_mapping(part)
        if not as_list(known.get("chapters")):
            line = known.line or head.line_of("parts")
            faults.append(Fault("_toc.yml", line, "a part without 'chapters'", "list at least one file below it"))
        yield from _list_below(known, faults)
    yield from _list_below(head, faults)


def _list_below(mapping: Mapping, faults: list[Fault]) -> Iterator[Mapping]:
    for key in ("chapters", "sections", "entries"):
        for item in as_list(mapping.get(key)):
            entry = as_mapping(item)
            if sum(name in entry for name in _NAMES) != 1:
                line = entry.line or mapping.line_of(key)
                shown = f" '{item}'" if isinstance(item, str) else ""
                faults.append(Fault("_toc.yml", line, f"an entry{shown} without 'file'", "write: - file: book/…"))
            faults += _check_keys(entry, _ENTRY_KEYS)
            yield entry
            yield from _list_below(entry, faults)
    for tree in as_list(mapping.get("subtrees")):
        yield from _list_below(as_mapping(tree), faults)


def _check_keys(mapping: Mapping, known: Sequence[str]) -> Iterator[Fault]:
    for key in mapping:
        if key not in known:
            remedy = nearest(key, known) or f"use one of {', '.join(known[:3])}"
            yield Fault("_toc.yml", mapping.line_of(key), f"unknown key '{key}'", remedy)


def _check_entries(
    project: Project, entries: Iterable[Mapping], pages: Iterable[Page], faults: list[Fault]
) -> dict[str, int]:
    """Return the files that entries name, by line, noting those that do not exist or are named twice."""
    known = [f"book/{page.file.removesuffix('.md')}" for page in pages]
    listed: dict[str, int] = {}
    for entry in entries:
        for pattern in filter(None, [entry.text("glob")]):
            matching = {name: entry.line_of("glob") for name in known if fnmatch(name, pattern)}
            listed |= matching
            if not matching and not any(project.root.glob(f"{pattern}.*")):
                what = f"no file matches '{pattern}'"
                faults.append(
                    Fault("_toc.yml", entry.line_of("glob"), what, "write it as in book/about/*, without .md")
                )
        key = "root" if "root" in entry else "file"
        name, line = entry.text(key), entry.line_of(key)
        stem = re.sub(r"\.(?:md|ipynb|rst)$", "", name)
        if not name:
            continue
        if stem in listed:
            faults.append(
                Fault("_toc.yml", line, f"duplicate entry '{name}', first on line {listed[stem]}", "remove one")
            )
        elif not any((project.root / f"{name}{suffix}").is_file() for suffix in _SUFFIXES):
            remedy = nearest(stem, known) or "correct the name, or remove the entry"
            faults.append(Fault("_toc.yml", line, f"the file '{name}' does not exist", remedy))
        listed.setdefault(stem, line)
    return listed


def _find_unlisted(pages: Iterable[Page], listed: dict[str, int], excluded: Sequence[str]) -> Iterator[Fault]:
    for page in pages:
        name = f"book/{page.file.removesuffix('.md')}"
        hidden = page.file.startswith("notes/") or any(fnmatch(f"{name}.md", pattern) for pattern in excluded)
        if name not in listed and not hidden and not _ORPHAN.match(page.source):
            what = "this page is not in _toc.yml, so nothing leads to it"
            yield Fault(f"book/{page.file}", 0, what, f"add the line: - file: {name}")


def _find_missing_chapters(project: Project, parts: Iterable[Part]) -> Iterator[Fault]:
    chapters = project.book / "chapters"
    slugs = [theme.slug for part in parts for theme in part.themes]
    spare = [path.stem for path in sorted(chapters.glob("*.md")) if path.stem not in slugs]
    for slug in slugs:
        if not (chapters / f"{slug}.md").is_file():
            remedy = nearest(slug, spare) or f"write {project.name(chapters)}/{slug}.md, or remove the theme"
            what = f"theme '{slug}' has no chapter: there is no {project.name(chapters)}/{slug}.md"
            yield Fault(project.name(project.themes), 0, what, remedy)


def patterns_of(settings: Any) -> tuple[str, ...]:
    """Return the patterns of files that the settings keep out of the book."""
    found = as_list(as_mapping(settings).get("exclude_patterns"))
    return tuple(map(str, found))
