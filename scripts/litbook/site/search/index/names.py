"""Names that papers give to their methods, and acronyms with what they stand for, both read from the corpus itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from litbook.site.search.index.terms import COMMON, make_terms, normalise

_BRACKETED = re.compile(r"(?<= )\(([A-Za-z][\w-]{1,9})\)")
_WORDS_BEFORE = re.compile(r"(?:[\w-]+ ){1,9}\Z")
_REACH = 300
# A capital after the first letter, or a digit beside capitals: DELTA, BeLLM, TD-MPC2, Se2.
_NAME = re.compile(r"(?<![\w-])(?:[A-Za-z]+-)*(?:[A-Za-z0-9]+[A-Z]|[A-Z][a-z]*[\d²³])[\w²³-]*")
_LEAD = re.compile(r"^([\w^²³ -]{2,30}?)(?: \([^)]*\))?:")


def find_names(title: str, abstract: str) -> frozenset[str]:
    """Return the names in a paper's text: words that are spelled like names, and a lead of its title before a colon."""
    names = set(_NAME.findall(title)) | set(_NAME.findall(abstract))
    lead = _LEAD.match(title)
    if lead and len(lead[1].split()) == 1:
        names.add(lead[1])
    return frozenset(names)


def find_acronyms(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return each acronym's term with the terms of its long form, the one that most texts give.

    The rule is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions"
    (2003), taken strictly: the words before the bracket must begin with the acronym's letters.
    """
    found: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for text in texts:
        for words, acronym in set(_find_bracketed(text)):
            long = _spell_out(words.split(), acronym)
            if long:
                found["".join(make_terms(acronym.replace("-", ""), common=True))][long] += 1
    return {acronym: _commonest(longs) for acronym, longs in sorted(found.items()) if acronym}


def _find_bracketed(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word in brackets with the words before it."""
    for match in _BRACKETED.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        if before:
            yield before.group(), match[1]


def _commonest(longs: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    return min(longs, key=lambda long: (-longs[long], long))


def _spell_out(words: list[str], acronym: str) -> tuple[str, ...]:
    """Return the terms of the last words whose first letters make the acronym, or nothing."""
    letters = re.sub(r"s$", "", acronym.replace("-", "")).lower()
    for count in range(1, len(words) + 1):
        tail = normalise(" ".join(words[-count:])).replace("-", " ").split()
        telling = [word for word in tail if word not in COMMON]
        if letters in ("".join(word[0] for word in tail), "".join(word[0] for word in telling)) and len(letters) > 1:
            return tuple(make_terms(" ".join(telling), common=True))
    return ()
