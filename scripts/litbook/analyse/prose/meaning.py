"""Check sentences with claims against the meaning of the claimed sentences, as far as rules can tell.

Each rule fires only where the two texts share the words that it compares: what was negated, compared, bounded, or given
a number. Most ways of saying something false are beyond rules; the method page says how many are noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from litbook.analyse.prose.numbercheck import CHAPTERS, Register, agree
from litbook.analyse.prose.sentences import Sentence
from litbook.model.faults import Fault
from litbook.model.pages import Page
from litbook.model.review import Paper
from litbook.text.numbers import Number, find_numbers
from litbook.text.sentences import LONGEST_SENTENCE
from litbook.text.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_STEM = 5  # letters, so that "robust" and "robustly" are one word
_NEAR = 40  # characters before a comparison in which a negation belongs to it
# Any of these may turn the meaning of a sentence around.
_NEGATION = re.compile(
    r"\b(?:not?|none|never|neither|nor|cannot|without|lack\w*|fail\w*|hardly|rarely|barely|little|few|absent|missing|"
    r"unlike|instead|unnecessary|un\w+able|rather than|far from|no longer|only|nothing|avoid\w*|prevent\w*|"
    r"insufficient\w*|ineffective\w*|limited|weak\w*|poor\w*|worse|struggle\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|no|never|neither|cannot|lacks?|lacked|lacking|fail(?:s|ed)? to|barely|hardly|rarely)\b((?: [\w-]+){1,3})"
    r"|n['’]t\b((?: [\w-]+){1,3})"
)
_HELPS = re.compile(r"\b(?:help|improv|benefi|boost|enhanc)\w*", re.IGNORECASE)
_HARMS = re.compile(r"\b(?:harm|hurt|degrad|worsen|impair|deteriorat|damag)\w*", re.IGNORECASE)
_OPPOSITE = {
    "more": ("less", "fewer"), "less": ("more",), "fewer": ("more",), "larger": ("smaller",), "smaller": ("larger",),
    "bigger": ("smaller",), "longer": ("shorter",), "shorter": ("longer",), "higher": ("lower",), "lower": ("higher",),
    "better": ("worse",), "worse": ("better",), "stronger": ("weaker",), "weaker": ("stronger",),
    "faster": ("slower",), "slower": ("faster",), "deeper": ("shallower",), "earlier": ("later",),
    "later": ("earlier",),
}  # fmt: skip
_COMPARED = re.compile(rf"\b({'|'.join(_OPPOSITE)}) ([^\W\d_][\w-]{{2,}})", re.IGNORECASE)
_EXCEEDS = re.compile(r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beats?|beating)\b")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:\w+ )?(?:outperformed|surpassed|exceeded|beaten)\b")
_LOWER = re.compile(
    r"\b(?:at least|more than|no (?:less|fewer) than|not (?:less|fewer) than|upwards of) $", re.IGNORECASE
)
_UPPER = re.compile(r"\b(?:at most|less than|fewer than|no more than|not more than) $", re.IGNORECASE)
_ABOVE = re.compile(
    r"\b(?:at least|more than|upwards of|over|above|exceeding|no (?:less|fewer) than|beyond) (?:an? )?$", re.IGNORECASE
)
_BELOW = re.compile(r"\b(?:at most|up to|less than|fewer than|under|below|no more than|nearly|almost) $", re.IGNORECASE)
_BEGINS_RANGE = re.compile(r"\+| or more\b| or above\b|(?:-to-|–|-| to )\d")
_ENDS_RANGE = re.compile(r"\d(?:-to-|–|-| to )$")
_VERSIONED = re.compile(r"\b(?=[\w-]*[A-Z])(?=[\w-]*\d)[A-Za-z][\w-]*\w")
_UNIT_ENDS = re.compile(r";|: |, |\.? (?:and|while|whereas|but|versus|vs\.?) ")


@dataclass(frozen=True)
class _Text:
    """Hold one sentence with what the rules look at."""

    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(_stem(word) for word in _WORD.findall(self.text) if len(word) > 3)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(number for number in find_numbers(self.text) if not number.vague)

    @cached_property
    def units(self) -> tuple[tuple[frozenset[str], tuple[Number, ...]], ...]:
        """Return the names and numbers of each part.

        A part without a number belongs to the next one, and one without a name speaks of the names before it.
        """
        if len({number.value for number in self.numbers}) < 2:
            return ((frozenset(_find_names(self.text)), self.numbers),)
        parts: list[tuple[frozenset[str], tuple[Number, ...]]] = []
        start = 0
        for end in [*(match.start() for match in _UNIT_ENDS.finditer(self.text)), len(self.text)]:
            numbers = tuple(number for number in self.numbers if start <= number.start < end)
            if numbers:
                named = frozenset(_find_names(self.text[start:end]))
                parts.append((named or (parts[-1][0] if parts else named), numbers))
                start = end
        return tuple(parts)


def check_meaning(register: Register, page: Page, sentences: Sequence[Sentence]) -> Iterator[Fault]:
    """Yield the sentences of a chapter that say the opposite of what they claim, as far as a rule can tell."""
    if not page.file.startswith(CHAPTERS):
        return
    for sentence in sentences:
        claimed = [_Text(text) for key, number in sentence.claimed if (text := register.read_sentence(key, number))]
        if not claimed or sentence.kind in ("heading", "caption") or len(sentence.text) > LONGEST_SENTENCE:
            continue
        said = _Text(sentence.text)
        cited = [paper for key in sentence.cited if (paper := register.papers.get(key))]
        for what, remedy in (*_find_unknown(said, cited), *_compare(said, claimed)):
            if not register.excuses(page.file, what.partition("'")[2].partition("'")[0]):
                yield Fault(f"book/{page.file}", sentence.lines[0], what, remedy)
                break


def _compare(said: _Text, claimed: Sequence[_Text]) -> Iterator[tuple[str, str]]:
    yield from _find_bounds(said, claimed)
    yield from _find_swaps(said, claimed)
    if len(claimed) == 1:
        yield from _find_negated(said, claimed[0])
        yield from _find_opposites(said, claimed[0])
        yield from _find_turned(said, claimed[0])


# -- names ------------------------------------------------------------------------------------------------------------


def _find_unknown(said: _Text, cited: Sequence[Paper]) -> Iterator[tuple[str, str]]:
    """Yield names with a digit, such as GPT-4, that no cited abstract has in any spelling."""
    known = [_squeeze(f"{paper.title.plain} {paper.abstract.plain}") for paper in cited]
    for match in _VERSIONED.finditer(said.text):
        if known and not any(_squeeze(match.group()) in text for text in known):
            what = f"'{match.group()}' is in no abstract that this sentence cites"
            yield what, "cite the paper that names it, or correct the name"


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


# -- bounds ------------------------------------------------------------------------------------------------------------


def _find_bounds(said: _Text, claimed: Sequence[_Text]) -> Iterator[tuple[str, str]]:
    """Yield numbers with a bound ("at least 5") that no claimed sentence gives with one in this direction."""
    for number in said.numbers:
        before = said.text[max(0, number.start - 20) : number.start]
        for bound, source in ((_LOWER, _ABOVE), (_UPPER, _BELOW)):
            match = bound.search(before)
            same = [(text, other) for text in claimed for other in text.numbers if agree(number, other)]
            if match and same and not any(_has_bound(text.text, other, source) for text, other in same):
                label = f"{match.group()}{said.text[number.start : number.figure]}"
                what = f"'{label}': the claimed sentence gives the number without this bound"
                yield what, "write the number as the abstract does"


def _has_bound(text: str, number: Number, bound: re.Pattern[str]) -> bool:
    before, behind = text[max(0, number.start - 20) : number.start], text[number.figure : number.figure + 10]
    ranges = _BEGINS_RANGE.match(behind) if bound is _ABOVE else _ENDS_RANGE.search(before)
    return bool(bound.search(before) or ranges)


# -- numbers that changed places ---------------------------------------------------------------------------------------


def _find_swaps(said: _Text, claimed: Sequence[_Text]) -> Iterator[tuple[str, str]]:
    """Yield two numbers of which each is beside the name that the claimed sentences give the other."""
    units = [unit for text in claimed for unit in text.units]
    beside = [(names, number) for names, numbers in said.units for number in numbers]
    for (one_names, one), (other_names, other) in permutations(beside, 2):
        if one.value >= other.value:
            continue
        ones = [names for names, numbers in units if any(agree(one, number) for number in numbers)]
        others = [names for names, numbers in units if any(agree(other, number) for number in numbers)]
        first = _find_moved(one_names - other_names, ones, others)
        second = _find_moved(other_names - one_names, others, ones)
        if first and second:
            label = said.text[one.start : one.figure]
            what = (
                f"the numbers '{label}' of {first} and of {second} have changed places in comparison with the claimed"
            )
            yield what, "check which number belongs to which name"


def _find_moved(names: frozenset[str], own: Sequence[frozenset[str]], others: Sequence[frozenset[str]]) -> str:
    """Return a name that the source has beside the other number and not beside this one, or an empty string."""
    return next((name for name in sorted(names) if _is_in(name, others) and own and not _is_in(name, own)), "")


def _is_in(name: str, units: Sequence[frozenset[str]]) -> bool:
    return any(name in names for names in units)


# -- negation and opposites --------------------------------------------------------------------------------------------


def _find_negated(said: _Text, source: _Text) -> Iterator[tuple[str, str]]:
    """Yield a word that the claimed sentence negates, and a sentence without any negation states."""
    if _NEGATION.search(said.text):
        return
    for match in _NEGATED.finditer(source.text):
        words = [word for word in (match[1] or match[2]).split() if len(word) > 3 and word.lower() not in STOP_WORDS]
        stems = [_stem(word) for word in words]
        shared = sum(stem in said.stems for stem in stems)
        if stems and shared >= min(2, len(stems)) and not _affirms(source.text, match, stems):
            yield (
                f"the claimed sentence says '{match.group().strip()}', and this one does not",
                "say it as the abstract does",
            )


def _affirms(text: str, match: re.Match[str], stems: Sequence[str]) -> bool:
    """Return whether the rest of a sentence has all the negated words once more, or "not only"."""
    rest = _Text(text[: match.start()] + " " + text[match.end() :])
    return " only" in match.group() or rest.stems.issuperset(stems)


def _find_opposites(said: _Text, source: _Text) -> Iterator[tuple[str, str]]:
    """Yield a comparison with the opposite direction of that in the claimed sentence: "more sensitive" of "less"."""
    if _NEGATION.search(_COMPARED.sub("", said.text)):
        return
    in_source = [
        (m[1].lower(), _stem(m[2]), m)
        for m in _COMPARED.finditer(source.text)
        if not _NEGATION.search(source.text, max(0, m.start() - _NEAR), m.start())
    ]
    in_said = [(m[1].lower(), _stem(m[2]), m) for m in _COMPARED.finditer(said.text)]
    for direction, noun, match in in_said:
        same = [(other, found) for other, stem, found in in_source if stem == noun]
        turned = [found for other, found in same if other in _OPPOSITE[direction]]
        if turned and len(turned) == len(same) and _has_same_subject(said.text, match, source.text, turned[0]):
            yield f"'{match.group()}': the claimed sentence says '{turned[0].group()}'", "say it as the abstract does"
    helps, harms = bool(_HELPS.search(said.text)), bool(_HARMS.search(said.text))
    for says, other, pattern in ((helps, harms, _HELPS), (harms, helps, _HARMS)):
        opposite = (_HARMS if pattern is _HELPS else _HELPS).search(source.text)
        if says and not other and opposite and not pattern.search(source.text) and not _NEGATION.search(source.text):
            yield (
                f"the claimed sentence says '{opposite.group()}', and this one the opposite",
                "say it as the abstract does",
            )


def _has_same_subject(said: str, match: re.Match[str], source: str, found: re.Match[str]) -> bool:
    """Return whether the words before two comparisons are alike, rather than those before one and behind the other."""
    before = _subject(said[: match.start()])
    own = _subject(re.split(r"[;:]", source[: found.start()])[-1])
    behind = _subject(re.split(r"[;:,]", source[found.end() :])[0])
    if not before:  # "Larger models …": the comparison is of the subject itself
        return True
    return len(before & own) > len(before & behind)


def _subject(text: str) -> set[str]:
    words = (word.lower() for word in re.findall(r"[^\W\d_]{4,}", text))
    return {word[:4] for word in words if word not in STOP_WORDS and word != "than"}


def _find_turned(said: _Text, source: _Text) -> Iterator[tuple[str, str]]:
    """Yield "A outperforms B" where the claimed sentence says that B outperforms A."""
    one, other = list(_EXCEEDS.finditer(said.text)), list(_EXCEEDS.finditer(source.text))
    if len(one) != 1 or len(other) != 1 or any(_PASSIVE.search(text) for text in (said.text, source.text)):
        return
    first, second = set(_find_names(said.text[: one[0].start()])), set(_find_names(said.text[one[0].end() :]))
    before, behind = set(_find_names(source.text[: other[0].start()])), set(_find_names(source.text[other[0].end() :]))
    if _NEGATION.search(said.text) or not (first - second) & (behind - before) or not (second - first) & before:
        return
    winner, loser = min((first - second) & (behind - before)), min((second - first) & before)
    yield f"'{one[0].group()}': in the claimed sentence {loser} does, not {winner}", "say it as the abstract does"


# -- words ------------------------------------------------------------------------------------------------------------


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")[:_STEM]


def _find_names(text: str) -> Iterator[str]:
    """Yield the names of models and methods: words with two capitals, or with a digit and a capital."""
    for match in _WORD.finditer(text):
        name = match.group().removesuffix("'s").removesuffix("’s").rstrip("-'’")
        capitals = sum(sign.isupper() for sign in name)
        if capitals > 1 or (capitals and any(sign.isnumeric() for sign in name)):
            yield name.removesuffix("s") if capitals > 2 else name
