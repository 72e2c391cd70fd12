"""The two files that hold the order of the themes: `themes.yml` and `_toc.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from litbook.commands.theming.yamltext import List, Mapping, YamlText, find, items_of, text_of, write_scalar
from litbook.core.urls import chapter_page
from litbook.model.faults import CorpusError, Fault, nearest

_LISTS = ("belongs", "does_not_belong", "phrases", "key_questions")
_BELOW = ("chapters", "sections", "entries")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is: the list that holds it, its number there, the entry, and its part, which may be missing."""

    items: List
    at: int
    node: Mapping
    part: Mapping | None


class Outline:
    """The text of `themes.yml` with edits."""

    def __init__(self, file: str, text: str) -> None:
        self.text = YamlText(file, text)
        self.parts = [part for part in items_of(self.text.root) if isinstance(part, Mapping)]

    @property
    def slugs(self) -> list[str]:
        """The slugs of all themes in order."""
        return [text_of(place.node, "slug") for place in self._places()]

    def _places(self) -> Iterator[Place]:
        for part in self.parts:
            found = find(part, "themes")
            for at, node in enumerate(items_of(found)):
                if isinstance(node, Mapping) and isinstance(found, List):
                    yield Place(found, at, node, part)

    def find(self, slug: str) -> Place:
        """Return the place of a theme; raise `CorpusError` for an unknown one."""
        for place in self._places():
            if text_of(place.node, "slug") == slug:
                return place
        remedy = nearest(slug, self.slugs) or f"use one of {', '.join(self.slugs)}"
        raise CorpusError([Fault(self.text.file, 0, f"unknown theme '{slug}'", remedy)])

    def find_part(self, title: str) -> Mapping | None:
        """Return a part by its title, or None."""
        return next((part for part in self.parts if text_of(part, "title").casefold() == title.casefold()), None)

    def number_of(self, part: Mapping) -> int:
        """Return the number of a part, from 1."""
        return self.parts.index(part) + 1

    def rename(self, old: str, new: str) -> None:
        """Give a theme another slug, keep the old one under 'was', and let rules lead to the new one."""
        place = self.find(old)
        slug = find(place.node, "slug")
        assert slug is not None
        self.text.replace(slug, new)
        self.forget(new, but=old)
        self._keep(place, [*(former for former in _former(place) if former != new), old])
        self.redirect(old, new)

    def forget(self, slug: str, but: str = "") -> None:
        """Remove a slug from the former ones of all themes but one, since a theme has it now."""
        for place in self._places():
            if slug in (former := _former(place)) and text_of(place.node, "slug") != but:
                self._keep(place, [one for one in former if one != slug])

    def _keep(self, place: Place, former: list[str]) -> None:
        self.text.set_slugs(place.node, "was", former)

    def redirect(self, old: str, new: str) -> None:
        """Let the rules that lead to one theme lead to another; one that would lead to its own theme goes."""
        for place in self._places():
            rules = find(place.node, "does_not_belong")
            if not isinstance(rules, List):
                continue
            own = text_of(place.node, "slug") == new
            left = len(rules.value)
            for at, rule in enumerate(rules.value):
                target = find(rule, "goes_to")
                if target is None or target.value != old:
                    continue
                if not own:
                    self.text.replace(target, new)
                elif left == 1:
                    self.text.remove_key(place.node, "does_not_belong")
                else:
                    self.text.remove(rules, at)
                    left -= 1

    def merge(self, old: str, new: str) -> None:
        """Put what one theme says about itself into another, and remove it."""
        gone, stays = self.find(old), self.find(new)
        for name in _LISTS:
            mine, others = find(gone.node, name), find(stays.node, name)
            if not isinstance(mine, List) or not mine.value:
                continue
            known = [_plain(item) for item in items_of(others)]
            sources = [
                source
                for item, source in zip(mine.value, self.text.sources_of(mine), strict=True)
                if _plain(item) not in known and text_of(item, "goes_to") != new
            ]
            self.text.extend(stays.node, name, sources)
        self._keep(stays, [*_former(stays), *_former(gone), old])
        if comments := self.text.comments(gone.items, gone.at):
            self.text.insert_comments(stays.items, stays.at, comments)
        self.redirect(old, new)
        self._remove(gone)

    def _remove(self, place: Place) -> None:
        """Remove a theme, and with the last theme of a part the part."""
        if len(place.items.value) > 1 or place.part is None:
            self.text.remove(place.items, place.at)
            return
        assert isinstance(self.text.root, List)
        self.text.remove(self.text.root, self.text.root.value.index(place.part), with_comments=False)

    def put(self, slug: str, source: str, beside: Place, *, behind: bool) -> None:
        """Put a theme, given by its lines or else as it is, beside another."""
        lines = source or self._take(slug)
        self.text.insert(beside.items, beside.at + behind, lines)

    def put_in_new_part(self, slug: str, source: str, title: str) -> None:
        """Put a theme, given by its lines or else as it is, in a new part at the end."""
        lines = source or self._take(slug)
        assert isinstance(self.text.root, List)
        inside = "".join(f"    {line}" if line.strip() else line for line in lines.splitlines(keepends=True))
        part = f"- title: {write_scalar(title)}\n  themes:\n{inside}"
        self.text.insert(self.text.root, len(self.text.root.value), part)

    def _take(self, slug: str) -> str:
        """Remove a theme and return its lines."""
        place = self.find(slug)
        lines = self.text.source(place.items, place.at)
        self._remove(place)
        return lines

    def last_of(self, part: Mapping | None, left_out: str) -> str:
        """Return the last slug of a part, or of all without one, but for one; an empty part has none."""
        slugs = self.slugs if part is None else [text_of(node, "slug") for node in items_of(find(part, "themes"))]
        return next((slug for slug in reversed(slugs) if slug != left_out), "")


class Contents:
    """The text of `_toc.yml` with edits."""

    def __init__(self, text: str) -> None:
        self.text = YamlText("_toc.yml", text)

    def find(self, slug: str) -> Place | None:
        """Return the entry of a theme's chapter, or None."""
        wanted = chapter_page(slug)
        return next((place for place in self._places() if _stem(text_of(place.node, "file")) == wanted), None)

    def _places(self) -> Iterator[Place]:
        for part in items_of(find(self.text.root, "parts")):
            yield from _list_below(part, part)
        yield from _list_below(self.text.root, None)

    def rename(self, old: str, new: str) -> None:
        """Let the entry of a chapter name its new file."""
        place = self.find(old)
        file = find(place.node, "file") if place else None
        if file is not None:
            self.text.replace(file, file.value.replace(chapter_page(old), chapter_page(new)))

    def retitle(self, slug: str, old: set[str], new: str) -> None:
        """Give the entry of a chapter another title, if it has one of these."""
        place = self.find(slug)
        title = find(place.node, "title") if place else None
        if title is not None and title.value in old:
            self.text.replace(title, new)

    def remove(self, slug: str) -> None:
        """Remove the entry of a chapter, and with the last entry of a part the part."""
        place = self.find(slug)
        if place is None:
            return
        parts = find(self.text.root, "parts")
        if len(place.items.value) > 1 or place.part is None or not isinstance(parts, List):
            self.text.remove(place.items, place.at)
        else:
            self.text.remove(parts, parts.value.index(place.part), with_comments=False)

    def add(self, slug: str, beside: str, behind: bool, source: str = "") -> None:
        """Add the entry of a chapter beside that of another; raise `CorpusError` if that one is not there."""
        place = self.find(beside)
        if place is None:
            remedy = f"add it by hand: - file: {chapter_page(slug)}"
            raise CorpusError([Fault("_toc.yml", 0, f"there is no entry of {chapter_page(beside)}", remedy)])
        self.text.insert(place.items, place.at + behind, source or f"- file: {chapter_page(slug)}\n")

    def add_part(self, title: str, slug: str, last: str, source: str = "") -> None:
        """Add a part with one chapter behind the part that holds the chapter of the theme `last`."""
        place, parts = self.find(last), find(self.text.root, "parts")
        if place is None or place.part is None or not isinstance(parts, List):
            self.add(slug, last, behind=True, source=source)
            return
        entry = (source or f"- file: {chapter_page(slug)}\n").replace("\r\n", "\n")
        inside = "".join(f"    {line}" for line in entry.splitlines(keepends=True))
        lines = f"- caption: {write_scalar(title)}\n  chapters:\n{inside}"
        self.text.insert(parts, parts.value.index(place.part) + 1, lines)

    def source(self, slug: str) -> str:
        """Return the lines of a chapter's entry, or nothing."""
        place = self.find(slug)
        return self.text.source(place.items, place.at) if place else ""


def _list_below(node: yaml.Node | None, part: yaml.Node | None) -> Iterator[Place]:
    for key in _BELOW:
        found = find(node, key)
        for at, item in enumerate(items_of(found)):
            if isinstance(item, Mapping) and isinstance(found, List):
                yield Place(found, at, item, part if isinstance(part, Mapping) else None)
                yield from _list_below(item, part)


def _former(place: Place) -> list[str]:
    """Return the slugs that a theme had."""
    return [str(item.value) for item in items_of(find(place.node, "was"))]


def _stem(file: str) -> str:
    return re.sub(r"\.(?:md|ipynb|rst)$", "", file)


def _plain(node: yaml.Node) -> object:
    """Return what a node says, for comparing."""
    if isinstance(node, Mapping):
        return [(key.value, _plain(value)) for key, value in node.value]
    return [_plain(item) for item in node.value] if isinstance(node, List) else " ".join(str(node.value).split())
