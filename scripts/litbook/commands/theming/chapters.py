"""Chapters as a whole: another heading, or one chapter as a section of another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.ingest.markdown import Syntax
from litbook.ingest.pages import make_page
from litbook.model.pages import Directive, Page

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_DRAFTS = ("*Suggested automatically;", "*The papers of this theme were sorted into a group")


def retitle(text: str, title: str) -> str:
    """Return a chapter with another first heading."""
    page = make_page(text, "chapters/x.md")
    lines = _LINES.findall(text)
    top = next((section.first_line for section in page.sections if section.heading == page.title), 0)
    if top:
        ending = lines[top - 1][len(lines[top - 1].rstrip("\r\n")) :]
        lines[top - 1] = (f"# {title}" if lines[top - 1].startswith("#") else title) + ending
    return "".join(lines)


def is_unwritten(text: str) -> bool:
    """Return whether a chapter is still as litbook drafted it: it cites nothing."""
    page = make_page(text, "chapters/x.md")
    return any(sign in text for sign in _DRAFTS) and not any(
        role.name.startswith(("cite", "claim", "quote")) for role in page.roles
    )


def join_chapters(text: str, other: str, slug: str, syntax: Syntax) -> tuple[str, dict[str, str]]:
    """Return a chapter with another one as its last section, and what the anchors of that one become.

    The other's headings go down one level, before a last section that lists the papers; what lists the papers of the
    theme, `slug`, a second time goes. Raise nothing: a chapter that is still a draft adds nothing.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    before = make_page(other, "chapters/x.md", syntax)
    if is_unwritten(other):
        return text, {section.anchor: "" for section in before.sections} | {"": ""}
    into = make_page(text, "chapters/x.md", syntax)
    added = _demote(_without_lists(before, into, slug), syntax).replace("\n", end)
    lines = _LINES.findall(text)
    at = _find_list(into, slug, len(lines))
    head, tail = "".join(lines[:at]), "".join(lines[at:])
    joined = head.rstrip("\r\n") + end * 2 + added.strip("\r\n") + end + (end + tail if tail else "")
    return joined, _map_anchors(before, make_page(joined, "chapters/x.md", syntax), into)


def _without_lists(page: Page, into: Page, slug: str) -> str:
    """Return the other chapter without front matter, and without the lists that the first one has."""
    present = {directive.name for directive in into.directives if directive.argument == slug}
    doubled = [one for one in page.directives if one.argument == slug and one.name in present]
    gone = {number for one in doubled for number in _widen(page, one)}
    lines = page.source.split("\n")
    if lines[0] == "---" and "---" in lines[1:]:
        gone |= set(range(1, lines.index("---", 1) + 2))
    for section in page.sections:
        inside = range(section.first_line + 1, section.last_line + 1)
        left = [number for number in inside if number not in gone and lines[number - 1].strip()]
        if not left and gone.intersection(inside):
            gone.add(section.first_line)
    return "\n".join(line for number, line in enumerate(lines, start=1) if number not in gone)


def _widen(page: Page, directive: Directive) -> range:
    """Return the lines of a directive, or of the one around it that holds nothing else."""
    lines = page.source.split("\n")
    found = range(directive.line, directive.last_line + 1)
    for outer in sorted(page.directives, key=lambda one: -one.line):
        if outer.line < found.start and outer.last_line >= found.stop:
            inside = [*range(outer.line + 1, found.start), *range(found.stop, outer.last_line)]
            if all(not lines[number - 1].strip() or lines[number - 1].lstrip().startswith(":") for number in inside):
                found = range(outer.line, outer.last_line + 1)
    return found


def _demote(source: str, syntax: Syntax) -> str:
    """Return Markdown whose headings are one level lower."""
    lines = source.split("\n")
    for section in make_page(source, "chapters/x.md", syntax).sections:
        at = section.first_line - 1
        if lines[at].lstrip().startswith("#"):
            lines[at] = lines[at].replace("#", "##", 1)
        elif at + 1 < len(lines) and re.fullmatch(r" {0,3}(?:=+|-+)\s*", lines[at + 1]):
            deeper = "##" if "=" in lines[at + 1] else "###"
            lines[at], lines[at + 1] = f"{deeper} {lines[at].strip()}", ""
    return "\n".join(lines)


def _find_list(page: Page, slug: str, count: int) -> int:
    """Return how many lines come before the last section of the page, if it lists the theme's papers."""
    listing = [one.line for one in page.directives if one.name == "papers" and one.argument == slug]
    last = [one for one in page.sections if one.last_line >= count and one.first_line > 1]
    holding = [one for one in last if listing and one.first_line < listing[-1]]
    return holding[-1].first_line - 1 if holding else count


def _map_anchors(before: Page, joined: Page, into: Page) -> dict[str, str]:
    """Return the new anchor of each section of a chapter that became part of another."""
    own = [section.heading for section in into.sections]
    rest = list(joined.sections)
    for heading in own:
        at = next((at for at, section in enumerate(rest) if section.heading == heading), None)
        if at is not None:
            del rest[at]
    anchors: dict[str, str] = {}
    for section in before.sections:
        found = next((one for one in rest if one.heading == section.heading), None)
        anchors[section.anchor] = found.anchor if found else ""
        if found:
            rest.remove(found)
    first = next(iter(before.sections), None)
    return anchors | {"": anchors.get(first.anchor, "") if first else ""}


def find_citing_lines(page: Page, citekeys: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page that cite one of these papers."""
    for role in page.roles:
        if role.name.startswith("cite"):
            for key in re.split(r"[,\s]+", role.text):
                if key in citekeys:
                    yield role.line, key
