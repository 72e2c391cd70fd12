"""The sentences of pages that cite each paper, for the way back from the paper."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from litbook.analyse.prose.sentences import Sentence, read_keys, read_sentences, show_sentence
from litbook.model.pages import TIES, Mention, Page, Role
from litbook.text.anchors import cite_anchor, claim_anchor

_ELSEWHERE = ("about/", "notes/")  # manuals cite only as examples; a note is on the page of its paper
_CITE = re.compile(r"cite(?::\w+)?")
# Citations and marks by where their role begins, and by the citekey.
_Places = Mapping[tuple[int, str], str]


def find_mentions(page: Page) -> tuple[Mention, ...]:
    """Return the sentences of a page that cite papers, once for each paper that they cite."""
    if page.file.startswith(_ELSEWHERE):
        return ()
    places = _find_places(page)
    return tuple(
        Mention(citekey, page.file, page.title, show_sentence(page, sentence), anchor)
        for sentence in read_sentences(page)
        for citekey in dict.fromkeys(sentence.cited)
        if (anchor := _find_anchor(sentence, citekey, places))
    )


def gather_mentions(mentions: Iterable[Mention]) -> dict[str, tuple[Mention, ...]]:
    """Return the mentions by the paper that they cite, in their order."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.citekey].append(mention)
    return {citekey: tuple(items) for citekey, items in found.items()}


def _find_places(page: Page) -> _Places:
    """Return the anchors of all citations and marks: the n-th of a paper or a sentence has the number n."""
    seen: Counter[str] = Counter()
    places: dict[tuple[int, str], str] = {}
    for role in page.roles:
        for key, anchor, number in _list_anchors(role):
            seen[anchor] += 1
            numbered = claim_anchor(key, number, seen[anchor]) if number else cite_anchor(key, seen[anchor])
            places.setdefault((role.start, key), numbered)
    return places


def _list_anchors(role: Role) -> Iterator[tuple[str, str, int]]:
    """Yield the citekeys of a role, each with its first anchor and the sentence that it names, or 0."""
    if _CITE.fullmatch(role.name):
        yield from ((key, cite_anchor(key), 0) for key in read_keys(role))
    elif role.name in TIES:
        for item in role.text.split(","):
            key, _, number = item.strip().partition(":")
            if number.isdecimal():
                yield key, claim_anchor(key, int(number)), int(number)


def _find_anchor(sentence: Sentence, citekey: str, places: _Places) -> str:
    """Return the anchor of the first mark in a sentence that names a sentence of the paper, or of the citation."""
    ordered = sorted(sentence.citations, key=lambda role: role.name != "claim")
    return next((places[role.start, citekey] for role in ordered if (role.start, citekey) in places), "")
