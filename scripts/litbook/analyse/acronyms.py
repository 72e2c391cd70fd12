"""Acronyms and what they stand for, word for word as the papers define them.

The rule is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions" (2003),
taken strictly, for a list that people read: every word of the long form must give a letter, small words and the later
parts of hyphenated words excepted. What this misses or gets wrong, people correct in `glossary.csv`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from litbook.model.editorial import Acronym, Correction, Meaning
from litbook.model.review import Paper
from litbook.text.acronyms import drop_plural, find_acronyms


@dataclass(frozen=True, slots=True)
class Definition:
    """Hold one place where a paper says what an acronym stands for, as it is written there."""

    name: str
    expansion: str
    citekey: str


def find_definitions(paper: Paper) -> Iterator[Definition]:
    """Yield what the title and the abstract of a paper define, each meaning once."""
    seen = set()
    for name, expansion in find_acronyms(paper.title.plain, paper.abstract.plain):
        singular = drop_plural(name)
        if (singular, same_words(expansion)) not in seen:
            seen.add((singular, same_words(expansion)))
            yield Definition(singular, expansion, paper.citekey)


def make_glossary(papers: Sequence[Paper], corrections: Iterable[Correction]) -> tuple[Acronym, ...]:
    """Return the acronyms of the papers in alphabetical order; the corrections of people win over the rules.

    Names that differ only in capitals share an entry. A meaning stands as its earliest paper writes it.
    """
    years = {paper.citekey: paper.year or 9999 for paper in papers}
    corrections = tuple(corrections)
    found = [one for paper in papers for one in find_definitions(paper) if not _is_dropped(one, corrections)]
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
    """Return what two spellings of one long form share: no capitals, no spaces, hyphens or plural."""
    return re.sub(r"[\W_]+", "", expansion).lower().removesuffix("s")


def drops(correction: Correction, definition: Definition) -> bool:
    """Tell whether a correction takes a definition out; what it leaves open fits any."""
    return (
        not correction.keep
        and correction.acronym == definition.name
        and (not correction.expansion or same_words(correction.expansion) == same_words(definition.expansion))
        and correction.citekey in ("", definition.citekey)
    )


def _is_dropped(definition: Definition, corrections: Iterable[Correction]) -> bool:
    return any(drops(correction, definition) for correction in corrections)
