"""Everything but `themes.yml` and `_toc.yml` that names a theme: pages, tables, lists of slugs, reading paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from litbook.commands.theming.draft import Draft
from litbook.commands.theming.renaming import Renaming, rename_in_page
from litbook.commands.theming.tables import edit_rows
from litbook.commands.theming.yamltext import List, YamlText, find, items_of
from litbook.core.project import Project
from litbook.ingest.pages import find_pages, make_page
from litbook.ingest.syntax import read_syntax
from litbook.model.faults import CorpusError, Fault


def chapter_of(project: Project, slug: str) -> Path:
    """Return the file of a theme's chapter."""
    return project.book / "chapters" / f"{slug}.md"


def rename_mentions(draft: Draft, notes: list[str], renaming: Renaming) -> None:
    """Let all of a review but its outline name the new theme; note what only a person can judge."""
    project = draft.project
    syntax = read_syntax(project)
    old, new = renaming.old, renaming.new
    paths = [path for path in (*find_pages(project), chapter_of(project, new)) if path != chapter_of(project, old)]
    for path in dict.fromkeys(paths):
        file = path.relative_to(project.book).as_posix()
        draft.put(path, rename_in_page(draft.text(path), file, syntax, renaming))
    _rename_in_tables(draft, old, new)
    for path in (project.tensions, project.columns):
        _rename_in_lists(draft, path, old, new)
    _rename_in_paths(draft, renaming)
    notes += list(_find_left(draft, old))


def _rename_in_tables(draft: Draft, old: str, new: str) -> None:
    def decide(row: dict[str, str]) -> dict[str, str]:
        theme = new if row.get("theme", "").strip() == old else row.get("theme", "")
        also = dict.fromkeys(new if one == old else one for one in row.get("also", "").split())
        changed = " ".join(one for one in also if one != theme)
        return {"theme": theme, "also": changed} if old in row.get("also", "").split() or theme == new else {}

    def place(row: dict[str, str]) -> dict[str, str]:
        return {"place": new} if row.get("place", "").strip() == old else {}

    def file(row: dict[str, str]) -> dict[str, str]:
        chapter = rf"^(\s*(?:book/)?chapters/){re.escape(old)}(?=\.md\s*$)"
        return {"file": re.sub(chapter, rf"\g<1>{new}", row.get("file", ""))}

    project = draft.project
    edits = {project.decisions: decide, project.concepts: place, project.excused: file, project.kept: file}
    for path, edit in edits.items():
        if text := draft.text(path):
            draft.put(path, edit_rows(text, edit))


def _rename_in_lists(draft: Draft, path: Path, old: str, new: str) -> None:
    """Rename a theme in the lists of themes that the entries of a file have; one that is there twice goes."""
    if not path.is_file():
        return
    text = YamlText(draft.project.name(path), draft.text(path))
    for entry in items_of(text.root):
        slugs = find(entry, "themes")
        named = [str(item.value) for item in items_of(slugs)]
        if not isinstance(slugs, List) or old not in named:
            continue
        if new in named:
            text.remove_value(slugs, named.index(old))
        else:
            text.replace(slugs.value[named.index(old)], new)
    draft.put(path, text.result())


def _rename_in_paths(draft: Draft, renaming: Renaming) -> None:
    path = draft.project.paths
    if not path.is_file():
        return
    text = YamlText(draft.project.name(path), draft.text(path))
    pages = (find(stop, "page") for entry in items_of(text.root) for stop in items_of(find(entry, "stops")))
    for page in pages:
        name, _, anchor = page.value.partition("#") if isinstance(page, yaml.ScalarNode) else ("", "", "")
        if page is not None and name.removesuffix(".md") == f"chapters/{renaming.old}":
            text.replace(page, f"chapters/{renaming.new}{renaming.target(anchor)}")
    draft.put(path, text.result())


def renumber_parts(draft: Draft, gone: int) -> None:
    """Let pages name the parts behind one that is gone by their new numbers."""
    project = draft.project
    syntax = read_syntax(project)
    for path in find_pages(project):
        text = draft.text(path)
        page = make_page(text, path.relative_to(project.book).as_posix(), syntax)
        lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)
        numbered = [one for one in page.directives if one.name == "themes" and one.argument.isdecimal()]
        for directive in numbered:
            number, at = int(directive.argument), directive.line - 1
            if number == gone:
                what = f"part {gone} would have no theme, and this page shows it"
                remedy = "remove the page or its list of themes, and run the command again"
                raise CorpusError([Fault(project.name(path), directive.line, what, remedy)])
            if number > gone:
                lines[at] = re.sub(rf"(\}}\s*){number}(?=\s*$)", rf"\g<1>{number - 1}", lines[at])
        if "".join(lines) != text:
            draft.put(path, "".join(lines))


def _find_left(draft: Draft, old: str) -> Iterator[str]:
    """Yield the places that still seem to name a slug, such as code of a notebook, for a person to judge."""
    project = draft.project
    seems = re.compile(rf"chapters/{re.escape(old)}(?![\w-])|([\"'`]){re.escape(old)}\1")
    corpus = [path for path in sorted(project.corpus.glob("*.*")) if path != project.themes]
    settings = [project.root / name for name in ("_config.yml", "README.md")]
    for path in (*find_pages(project), *corpus, *settings):
        for number, line in enumerate(draft.text(path).split("\n"), start=1):
            if seems.search(line) and path.suffix != ".jsonl":
                yield f"{project.name(path)}:{number}: still names '{old}'; look whether it should"
