"""Acronyms and what they stand for, word for word as the papers define them.

The rule is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions" (2003),
taken strictly, for a list that people read; see `litbook.text.acronyms`. People correct it in `glossary.csv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from litbook.model.editorial import Acronym, Correction, Meaning
from litbook.model.review import Paper
from litbook.text.acronyms import drop_plural, find_acronyms


@dataclass(frozen=True, slots=True)
class Definition:
    """Hold one definition of an acronym in a paper, as it is written there."""

    name: str
    expansion: str
    citekey: str


def find_definitions(paper: Paper) -> Iterator[Definition]:
    """Yield the acronyms that the title and abstract of a paper define, each meaning once."""
    for name, expansion in find_pairs(paper.title.plain, paper.abstract.plain):
        yield Definition(name, expansion, paper.citekey)


def make_glossary(
    papers: Sequence[Paper], corrections: Iterable[Correction], defined: Iterable[Definition] | None = None
) -> tuple[Acronym, ...]:
    """Return the acronyms of the papers in alphabetical order; people's corrections override the rules.

    Names that differ only in capitals share an entry. A meaning is spelled as in its earliest paper. `defined` are the
    definitions in all papers, if they are known already.
    """
    years = {paper.citekey: paper.year or 9999 for paper in papers}
    corrections = tuple(corrections)
    if defined is None:
        defined = (one for paper in papers for one in find_definitions(paper))
    found = [one for one in defined if not _is_dropped(one, corrections)]
    kept = (Definition(one.acronym, one.expansion, one.citekey) for one in corrections if one.keep)
    entries: defaultdict[str, defaultdict[str, dict[str, Definition]]] = defaultdict(lambda: defaultdict(dict))
    for one in sorted([*kept, *found], key=lambda one: (years.get(one.citekey, 9999), one.citekey)):
        entries[one.name.casefold()][same_words(one.expansion)].setdefault(one.citekey, one)
    return tuple(_make_entry(entries[name]) for name in sorted(entries))


def _make_entry(meanings: dict[str, dict[str, Definition]]) -> Acronym:
    made = [(next(iter(places.values())), tuple(places)) for places in meanings.values()]
    made.sort(key=lambda item: -len(item[1]))
    return Acronym(made[0][0].name, tuple(Meaning(first.expansion, keys, first.name) for first, keys in made))


def same_words(expansion: str) -> str:
    """Return a long form without capitals, spaces, hyphens and plural, so that its spellings compare equal."""
    return re.sub(r"[\W_]+", "", expansion).lower().removesuffix("s")


def drops(correction: Correction, definition: Definition) -> bool:
    """Return whether a correction removes a definition; fields that it leaves empty match anything."""
    return (
        not correction.keep
        and correction.acronym == definition.name
        and (not correction.expansion or same_words(correction.expansion) == same_words(definition.expansion))
        and correction.citekey in ("", definition.citekey)
    )


def _is_dropped(definition: Definition, corrections: Iterable[Correction]) -> bool:
    return any(drops(correction, definition) for correction in corrections)


@lru_cache(maxsize=1 << 15)
def find_pairs(title: str, abstract: str) -> tuple[tuple[str, str], ...]:
    """Return the names and long forms that a title and an abstract define, each meaning once."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for name, expansion in find_acronyms(title, abstract):
        singular = drop_plural(name)
        found.setdefault((singular, same_words(expansion)), (singular, expansion))
    return tuple(found.values())
