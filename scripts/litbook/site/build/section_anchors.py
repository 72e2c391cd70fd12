"""Anchors of sections, made of their own words; docutils numbers those in other scripts and repeated ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from litbook.site.build.titles import plain_title
from litbook.text.anchors import make_anchors

_CITATIONS = frozenset(("bibtex-citation", "litbook-claims", "litbook-quoted", "litbook-quoted-from"))


class NameSections(SphinxTransform):
    """Give each section of a document the anchor that `ingest` expects of it."""

    default_priority = 3  # before anything asks for a section's identifier

    def apply(self, **_kwargs: Any) -> None:
        """Replace the identifiers that docutils made of headings."""
        sections = list(_list_sections(self.document, 1))
        anchors = make_anchors([(level, _read_title(section)) for level, section in sections])
        # All at once: one section's new anchor can be another's old one.
        old = [section["ids"][0] for _, section in sections if section["ids"]]
        for identifier in old:
            self.document.ids.pop(identifier, None)
        for (_level, section), anchor in zip(sections, anchors, strict=True):
            self._rename(section, anchor)

    def _rename(self, section: nodes.section, anchor: str) -> None:
        before = section["ids"][:1]
        if not anchor or anchor in self.document.ids:  # taken by something that is not a section
            anchor = before[0] if before and before[0] not in self.document.ids else nodes.make_id(f"section-{anchor}")
        self.document.ids[anchor] = section
        section["ids"][:1] = [anchor]
        for name, identifier in list(self.document.nameids.items()):
            if identifier in before and name in section["names"]:
                self.document.nameids[name] = anchor


class ListTargets(SphinxTransform):
    """Tell MyST where links such as `[text](page.md#anchor)` can lead: to anchors and labels of sections."""

    default_priority = 870  # after labels have joined their sections, and before MyST resolves links

    def apply(self, **_kwargs: Any) -> None:
        """Replace the anchors that MyST would make of headings."""
        sections = [section for _, section in _list_sections(self.document, 1)]
        slugs = {target: (section.line, section["ids"][0], _show_title(section))
                 for section in sections for target in section["ids"]}  # fmt: skip
        self.document.myst_slugs = slugs  # type: ignore[attr-defined] # MyST's own, of which docutils knows nothing
        self.env.metadata[self.env.docname]["myst_slugs"] = slugs


def _list_sections(parent: nodes.Element, level: int) -> Iterator[tuple[int, nodes.section]]:
    """Yield the sections that headings began; those that our directives draw have names of their own."""
    for child in parent.children:
        if isinstance(child, nodes.section) and not _is_drawn(child):
            yield level, child
            yield from _list_sections(child, level + 1)


def _is_drawn(section: nodes.section) -> bool:
    return any(name.startswith("litbook-") for name in section["classes"])


def _show_title(section: nodes.section) -> str:
    title = next(iter(section.findall(nodes.title)), None)
    return plain_title(title) if title else ""


def _read_title(section: nodes.section) -> str:
    """Return the words of a heading without its citations."""
    title = next(iter(section.findall(nodes.title)), None)
    return " ".join("".join(_read_words(title)).split()) if title else ""


def _read_words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif not isinstance(node, nodes.raw) and not (
        isinstance(node, nodes.Element) and _CITATIONS.intersection(node.get("classes", ()))
    ):
        for child in node.children:
            yield from _read_words(child)


def _is_citation(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and bool(_CITATIONS.intersection(node.get("classes", ())))
