"""Find acronyms and their long forms, word for word as a text defines them.

The rule is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions" (2003),
applied strictly, for lists that people read: every word of the long form must contribute a letter, except small words
and the later parts of hyphenated words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

_MOST_WORDS = 10
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,11}[A-Za-z0-9])"
_BRACKETED = re.compile(rf"(?<= )\(({_NAME})\)")
# A long form begins where a word begins: trying every place of a text without spaces would take quadratic time.
_WORDS_BEFORE = re.compile(rf"(?<![\w'’&-])(?:[\w'’&-]+,? ){{1,{_MOST_WORDS}}}\Z")
_REACH = 300
_BEFORE = re.compile(rf"(?<![\w-])({_NAME}) \(((?:[\w'’&-]+,? ){{1,{_MOST_WORDS}}}[\w'’&-]+)\)")
_APPOSED = re.compile(rf"(?<![\w-])({_NAME}), (?:the |an? )?((?:[A-Z][\w-]+ ){{1,{_MOST_WORDS}}}[A-Z][\w-]+)")
_APPOSITION = re.compile(r", (?:the |an? )?[A-Z][\w-]+ [A-Z]")  # a part of `_APPOSED` that is faster to look for
_LEAD = re.compile(rf"({_NAME}): (.+)")
# The end of a match that is not part of the long form: a possessive, a comma, "-based".
_TAIL = re.compile(r"(?:-based|['’,])+$")
_SMALL = frozenset(
    "a an and as at by for from in into of on or over the through to under using via with without".split()
)
_SPOKEN = {"2": "to", "4": "for"}
# Several letters from one word count only in long names, such as "CoLLEGe"; in short ones they match by chance.
_LONG_NAME = 5
_LONGEST_WORD = 40
_MOST_PARTS = 3 * _MOST_WORDS


@lru_cache(maxsize=1 << 15)
def find_acronyms(title: str, abstract: str) -> tuple[tuple[str, str], ...]:
    """Return each short form that a title or abstract defines, with its long form, in order of appearance."""
    return tuple(_walk_pairs(title, abstract))


def _walk_pairs(title: str, abstract: str) -> Iterator[tuple[str, str]]:
    lead = _LEAD.match(title)
    if lead and _is_name(lead[1]):
        words = lead[2].split()[:_MOST_WORDS]
        yield from _name_first(lead[1], (words[:count] for count in range(1, len(words) + 1)))
    bracketed = " (" in abstract
    for match in _BRACKETED.finditer(abstract) if bracketed else ():
        before = _WORDS_BEFORE.search(abstract, max(0, match.start() - _REACH), match.start())
        if before and _is_name(match[1]):
            words = before.group().split()
            yield from _name_first(match[1], (words[-count:] for count in range(1, len(words) + 1)))
    for pattern, possible in ((_BEFORE, bracketed), (_APPOSED, _APPOSITION.search(abstract))):
        for match in pattern.finditer(abstract) if possible else ():
            if _is_name(match[1]):
                yield from _name_first(match[1], [match[2].split()])


def _name_first(name: str, candidates: Iterable[list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the name with the first candidate that spells it out."""
    for words in candidates:
        if _spells(drop_plural(name), words):
            yield name, _TAIL.sub("", " ".join(words))
            return


def _is_name(word: str) -> bool:
    """Return whether a word has two capitals: RL, CoT, T2I, but neither Fact nor A."""
    return sum(sign.isupper() for sign in word) > 1


def drop_plural(name: str) -> str:
    """Return a short form without its plural s, as in LLMs."""
    return name[:-1] if re.search(r"[A-Z]s$", name) else name


def _spells(name: str, words: Sequence[str]) -> bool:
    """Return whether words give the letters of a name in their order; the first must give one."""
    letters = name.replace("-", "").lower()
    parts = [
        (part, place > 0 or part.lower() in _SMALL)
        for word in words
        for place, part in enumerate(re.findall(r"[^\W_]+", word))
    ]
    if not 1 < len(parts) <= _MOST_PARTS:
        return False

    @cache
    def fits(letter: int, part: int) -> bool:
        if part == len(parts):
            return letter == len(letters)
        text, may_be_skipped = parts[part]
        given = (end for end in _give(letters, letter, text) if fits(end, part + 1))
        return any(True for _ in given) or (may_be_skipped and part > 0 and fits(letter, part + 1))

    return fits(0, 0)


def _give(letters: str, start: int, part: str) -> Iterator[int]:
    """Yield the positions in the name up to which one part of a word can account for letters."""
    if start == len(letters):
        return
    if _SPOKEN.get(letters[start]) == part.lower():
        yield start + 1
    if letters[start] != part[0].lower():
        return
    yield start + 1
    ends = {(start + 1, 1)}  # position in the name, and position in the word
    seen = set(ends)
    while ends:
        letter, at = ends.pop()
        for place in range(at, min(len(part), _LONGEST_WORD) if letter < len(letters) else at):
            joined = place == at and len(letters) >= _LONG_NAME
            fits = letters[letter] == part[place].lower() and (joined or part[place].isupper())
            if fits and (letter + 1, place + 1) not in seen:
                yield letter + 1
                ends.add((letter + 1, place + 1))
                seen.add((letter + 1, place + 1))
