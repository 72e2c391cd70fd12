"""Where a page names a theme: directives, counts, and links to its chapter and exports."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from litbook.ingest.markdown import Syntax
from litbook.ingest.pages import make_page
from litbook.model.pages import Directive

OF_A_THEME = ("papers", "coverage", "evidence-table")  # directives whose argument is a theme
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Renaming:
    """A slug and the one that takes its place; `anchors` are those of its chapter's sections, and what they become.

    The anchor "" is the whole chapter.
    """

    old: str
    new: str
    anchors: Mapping[str, str]

    def target(self, anchor: str) -> str:
        """Return the new anchor of a section of the old chapter, with its hash mark, or nothing for the whole page."""
        found = self.anchors.get(anchor, anchor)
        return f"#{found}" if found else ""


def rename_in_page(text: str, file: str, syntax: Syntax, renaming: Renaming) -> str:
    """Return a page that names a theme by its new slug; `file` is the page's path below `book/`."""
    if renaming.old not in text:
        return text
    page = make_page(text, file, syntax)
    lines = _LINES.findall(text)
    for directive in page.directives:
        _rename_in_directive(lines, directive, renaming)
    for role in page.roles:
        if role.name == "count" and role.text.split()[-1:] == [renaming.old]:
            for number in range(role.line, role.line + role.text.count("\n") + 1):
                _sub(lines, number, rf"(?<![\w-]){re.escape(renaming.old)}(?=\s*`)", renaming.new)
    for link in {link.target for link in page.links}:
        if (changed := _rename_target(link, file, renaming)) != link:
            lines = [_replace_target(line, link, changed) for line in lines]
    return "".join(lines)


def _rename_in_directive(lines: list[str], directive: Directive, renaming: Renaming) -> None:
    old = re.escape(renaming.old)
    if directive.name in OF_A_THEME and directive.argument == renaming.old:
        _sub(lines, directive.line, rf"(\}}\s*){old}(?=\s*$)", rf"\g<1>{renaming.new}")
    if directive.options.get("theme") == renaming.old:
        for number in range(directive.line + 1, directive.last_line + 1):
            _sub(lines, number, rf"^(\s*:?theme:\s*){old}(?=\s*$)", rf"\g<1>{renaming.new}")


def _sub(lines: list[str], number: int, pattern: str, new: str) -> None:
    lines[number - 1] = re.sub(pattern, new, lines[number - 1], flags=re.MULTILINE)


def _rename_target(target: str, file: str, renaming: Renaming) -> str:
    """Return the address of a link, which may lead to the chapter or to an export of the theme."""
    path, hash_mark, anchor = target.partition("#")
    if "://" in path or not path:
        return target
    folder = "" if path.startswith("/") else posixpath.join("book", posixpath.dirname(file))
    place = posixpath.normpath(posixpath.join(folder, unquote(path).lstrip("/")))
    above, name = posixpath.split(place)
    stem, dot, ending = name.partition(".")
    if stem != renaming.old or above not in ("book/chapters", "book/data/themes"):
        return target
    changed = f"{path.rpartition('/')[0]}{'/' if '/' in path else ''}{renaming.new}{dot}{ending}"
    return changed + (renaming.target(anchor) if above == "book/chapters" else hash_mark + anchor)


def _replace_target(line: str, target: str, changed: str) -> str:
    return re.sub(rf"(?<=[(<\s]){re.escape(target)}(?=[)>\s]|$)", changed.replace("\\", r"\\"), line)
