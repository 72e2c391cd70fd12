"""Put each sentence mark beside the name of its paper, and name a paper once where the next sentence is on it too.

Sentences in a row share a mark, as "5–8", and more than two marks of a paper become one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

CITATION, MARKS = "bibtex-citation", "litbook-claims"
_MOST_MARKS = 2  # of one paper, one after the other


class PairMarks(SphinxPostTransform):
    """Pair citations and marks; it runs before the cards are collected."""

    default_priority = 50
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Change the document."""
        pair_marks(self.document)


def pair_marks(document: nodes.Element) -> None:
    """Go through the citations of each block of text in their order."""
    for block in list(document.findall(nodes.TextElement)):
        before: list[str] = []
        for citation, marks in list(_find_pairs(block)):
            keys = _cited(citation)
            if marks is not None:
                _drop_anchors(citation, marks)
                if len(keys) > 1:
                    _move_marks(citation, marks)
                elif keys == before and _is_in_brackets(citation):
                    _drop_name(citation, marks)
            before = keys
    for marks in list(document.findall(nodes.inline)):
        if MARKS in marks["classes"]:
            _join_marks(marks)


def _join_marks(marks: nodes.Element) -> None:
    """Let sentences of one paper share marks."""
    links = [node for node in marks.children if isinstance(node, nodes.reference)]
    shown: list[nodes.Node] = []
    for _, group in groupby(links, key=lambda link: link["citekey"]):
        runs = _find_runs(list(group))
        is_many = len(runs) > _MOST_MARKS
        joined: list[nodes.Node] = [_join([*chain(*runs)], "…")] if is_many else [_join(run, "–") for run in runs]
        shown += [nodes.Text(" · ")] if shown else []
        shown += _separate(joined)
    if len(shown) < len(marks.children):
        marks.children = []
        marks += shown


def _find_runs(links: list[nodes.reference]) -> list[list[nodes.reference]]:
    """Return marks in groups: those of sentences of an abstract that follow one another are together."""
    runs: list[list[nodes.reference]] = []
    for link in links:
        number, last = link.astext(), runs[-1][-1].astext() if runs else ""
        if number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1:
            runs[-1].append(link)
        else:
            runs.append([link])
    return runs


def _join(links: list[nodes.reference], by: str) -> nodes.reference:
    """Return one mark for several sentences: it leads to the first, has the anchors of all, and says them all."""
    first = links[0]
    if len(links) > 1:
        shown = by.join((first.astext(), links[-1].astext()))
        titles = [str(link.get("reftitle", "")) for link in links]
        if all(titles):
            quotes = (title.partition(": ")[2] for title in titles)
            paper = titles[0].partition(": ")[0].partition(" of ")[2]
            numbers = shown if by == "–" else f"{shown} ({', '.join(link.astext() for link in links)})"
            first["reftitle"] = f"Sentences {numbers} of {paper}: {' '.join(quotes)}"  # begins with what is seen
        anchors = [nodes.inline("", "", ids=[anchor]) for link in links[1:] for anchor in link["ids"]]
        first.children = []
        first += [*anchors, nodes.Text(shown)]
    return first


def _find_pairs(block: nodes.Element) -> Iterator[tuple[nodes.Element, nodes.Element | None]]:
    """Yield the citations that are children of a block, each with the marks that follow it immediately."""
    for at, node in enumerate(block.children):
        if isinstance(node, nodes.inline) and CITATION in node["classes"]:
            after = block.children[at + 1] if at + 1 < len(block.children) else None
            follows = isinstance(after, nodes.inline) and MARKS in after["classes"]
            yield node, after if follows and isinstance(after, nodes.Element) else None


def _cited(citation: nodes.Element) -> list[str]:
    return [link["citekey"] for link in citation.children if isinstance(link, nodes.reference)]


def _is_in_brackets(citation: nodes.Element) -> bool:
    return citation.astext().startswith("[")


def _drop_anchors(citation: nodes.Element, marks: nodes.Element) -> None:
    """Take the anchors of citations beside a mark of the same paper that has one: the paper page leads to the mark."""
    marked = {mark["citekey"] for mark in marks.findall(nodes.reference) if mark["ids"]}
    for link in citation.findall(nodes.reference):
        if link["citekey"] in marked:
            link["ids"] = []


def _move_marks(citation: nodes.Element, marks: nodes.Element) -> None:
    """Move each mark behind the link to its paper; what is of no paper that is cited stays behind the citation."""
    links = {link["citekey"]: link for link in citation.children if isinstance(link, nodes.reference)}
    own: dict[str, list[nodes.Node]] = {}
    left: list[nodes.Node] = []
    for mark in (node for node in marks.children if isinstance(node, nodes.reference)):
        (own.setdefault(mark["citekey"], []) if mark["citekey"] in links else left).append(mark)
    for citekey, moved in own.items():
        citation.insert(citation.index(links[citekey]) + 1, nodes.inline("", "", *_separate(moved), classes=[MARKS]))
    if left:
        marks.children = []
        marks += _separate(left)
    else:
        marks.parent.remove(marks)


def _separate(marks: list[nodes.Node]) -> list[nodes.Node]:
    return [piece for at, mark in enumerate(marks) for piece in ([nodes.Text(" "), mark] if at else [mark])]


def _drop_name(citation: nodes.Element, marks: nodes.Element) -> None:
    """Take away a name that the sentence before has given, with the space in front of it; the marks get its anchor."""
    marks["ids"] += [anchor for link in citation.findall(nodes.reference) for anchor in link["ids"]]
    parent = citation.parent
    at = parent.index(citation)
    before = parent[at - 1] if at else None
    if isinstance(before, nodes.Text):
        parent[at - 1] = nodes.Text(before.rstrip())  # by place: `replace` takes the first text that is equal
    parent.remove(citation)
