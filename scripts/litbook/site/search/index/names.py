"""Names that papers give to their methods, and acronyms with what they stand for, both read from the corpus itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from litbook.site.search.index.terms import COMMON, make_terms, normalise
from litbook.text.acronyms import drop_plural
from litbook.text.acronyms import find_acronyms as find_definitions

_PREFIX = re.compile(r"\b(anti|co|non|pre|re|sub|un)-(?=\w)")
# A capital after the first letter, or a digit beside capitals: DELTA, BeLLM, TD-MPC2, Se2.
# Not the class of arXiv in "cs.CL".
_NAME = re.compile(r"(?<![\w-])(?<![a-z]\.)(?:[A-Za-z]+-)*(?:[A-Za-z0-9]+[A-Z]|[A-Z][a-z]*[\d²³])[\w²³-]*")
_JOINED = re.compile(r"(?:[A-Z][a-z]{2,}){2,}")  # StreamAdapter
_LEAD = re.compile(r"^([\w^²³ -]{2,30}?)(?: \([^)]*\))?:")


def find_names(title: str, abstract: str) -> frozenset[str]:
    """Return the names in a paper's text: words that are spelled like names, and a lead of its title before a colon."""
    names = set(_NAME.findall(title)) | set(_NAME.findall(abstract))
    lead = _LEAD.match(title)
    if lead and len(lead[1].split()) == 1:
        names.add(lead[1])
    return frozenset(names)


def split_name(name: str) -> tuple[str, ...]:
    """Return the words that a name joins by their capitals, as `StreamAdapter` does; none if it joins none."""
    return tuple(re.findall("[A-Z][a-z]+", name)) if _JOINED.fullmatch(name) else ()


def find_acronyms(texts: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return each acronym as a term with the terms of the long form that most pairs of title and abstract give."""
    found: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for title, abstract in texts:
        spelled = {(_make_term(name), _spell_out(expansion)) for name, expansion in find_definitions(title, abstract)}
        for acronym, long in spelled:
            if acronym and long:
                found[acronym][long] += 1
    return {acronym: _commonest(longs) for acronym, longs in sorted(found.items())}


def _make_term(name: str) -> str:
    return "".join(make_terms(drop_plural(name).replace("-", ""), common=True))


def _spell_out(expansion: str) -> tuple[str, ...]:
    """Return the terms of a long form; a prefix with a hyphen belongs to its word, as the index has it."""
    joined = _PREFIX.sub(r"\1", normalise(expansion)).replace("-", " ")
    return tuple(make_terms(" ".join(word for word in joined.split() if word not in COMMON), common=True))


def _commonest(longs: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    return min(longs, key=lambda long: (-longs[long], long))
