"""Check every number of a chapter against the abstracts that its sentence cites."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from litbook.analyse.prose.claims import quote_text
from litbook.analyse.prose.ownwords import is_own, place_sentences
from litbook.analyse.prose.sentences import Sentence
from litbook.model.faults import Fault
from litbook.model.pages import Excused, Page
from litbook.model.review import Corpus, Paper
from litbook.text.numbers import POINTS, YEAR, Number, find_numbers

CHAPTERS = "chapters/"
_MOST_NEAREST = 3


class Register:
    """The numbers in the titles and abstracts of a review, and the excuses that were used."""

    def __init__(self, corpus: Corpus, excused: Iterable[Excused] = ()) -> None:
        self.papers: Mapping[str, Paper] = {paper.citekey: paper for paper in corpus.papers}
        self._sentences = corpus.sentences
        self._corpus = corpus
        self._excused = {(row.file, _squeeze(row.number)): row for row in excused}
        self._used: set[tuple[str, str]] = set()

    def knows(self, citekeys: Iterable[str]) -> bool:
        """Return whether all citekeys are of papers in the review."""
        return all(key in self.papers for key in citekeys)

    def states(self, citekey: str, number: Number) -> bool:
        """Return whether the title or abstract of a paper states a number, or it is the paper's year."""
        paper = self.papers.get(citekey)
        if paper is None:
            return False
        if number.unit == YEAR and number.value in (paper.year, paper.venue_year):
            return True
        return any(agree(number, other) for _, other in self.list_numbers(citekey))

    def states_in_text(self, claimed: Iterable[tuple[str, str]], number: Number) -> bool:
        """Return whether a sentence of a full text that is claimed states a number; other sentences do not count."""
        quotes = (quote_text(self._corpus, citekey, place) for citekey, place in claimed)
        return any(agree(number, other) for quote in quotes if quote for _, other in _read_numbers(quote))

    def list_numbers(self, citekey: str) -> tuple[tuple[str, Number], ...]:
        """Return the numbers of a paper's title and abstract, each with its text."""
        paper = self.papers.get(citekey)
        return _read_numbers(paper.title.plain, paper.abstract.plain) if paper else ()

    def find_sentences(self, citekey: str, number: Number) -> tuple[int, ...]:
        """Return which sentences of an abstract state a number, counted from 1; 0 stands for title and year."""
        paper = self.papers.get(citekey)
        if paper is None:
            return ()
        if number.unit == YEAR and number.value in (paper.year, paper.venue_year):
            return (0,)
        titled = any(agree(number, other) for _, other in _read_numbers(paper.title.plain))
        spans = self._sentences.get(citekey, ())
        stated = (other.start for _, other in _read_numbers(paper.abstract.plain) if agree(number, other))
        return (
            *([0] if titled else []),
            *(bisect_right(spans, (start, len(paper.abstract.plain))) for start in stated),
        )

    def read_sentence(self, citekey: str, number: int) -> str:
        """Return a sentence of an abstract by its number, from 1, or an empty string if the abstract is shorter."""
        paper, spans = self.papers.get(citekey), self._sentences.get(citekey, ())
        return paper.abstract.plain[slice(*spans[number - 1])] if paper and 0 < number <= len(spans) else ""

    def list_nouns(self, citekeys: Iterable[str]) -> set[str]:
        """Return the nouns of which the titles and abstracts of some papers give a number."""
        return {number.noun for key in citekeys for _, number in self.list_numbers(key) if number.noun}

    def excuses(self, file: str, *texts: str) -> bool:
        """Return whether a number of a file is excused under one of these texts, and mark the excuse as used."""
        keys = [(f"book/{file}", _squeeze(text)) for text in texts]
        found = [key for key in keys if key in self._excused]
        self._used.update(found)
        return bool(found)

    def find_unused(self) -> Iterator[Fault]:
        """Yield a fault for each unused excuse."""
        for key, row in self._excused.items():
            if key not in self._used:
                what = f"'{row.number}' is excused in {row.file}, but no number there needs an excuse"
                yield Fault(row.source, row.line, what, "delete the row, or copy file and number from the fault")


def agree(claim: Number, source: Number) -> bool:
    """Return whether a number in prose agrees with one in an abstract in value, unit and counted noun."""
    if claim.value != source.value or claim.vague != source.vague:
        return False
    if claim.unit != source.unit:
        # A score may be given with or without the word: "a gain of 5.4" and "5.4 points".
        return {claim.unit, source.unit} == {POINTS, ""} and not claim.noun and not source.noun
    return claim.noun == source.noun or not claim.noun or not source.noun


def check_numbers(
    register: Register, page: Page, sentences: Sequence[Sentence], counted: Container[tuple[int, int]] = ()
) -> Iterator[Fault]:
    """Yield the numbers of a chapter that no abstract cited in their sentence states.

    `counted` holds numbers that another check covers, by the index of their sentence and their place in it.
    """
    if not page.file.startswith(CHAPTERS):
        return
    nearby = tuple(dict.fromkeys(key for sentence in sentences for key in sentence.cited))
    numbers = [find_numbers(sentence.text) for sentence in sentences]
    for place, setting in enumerate(place_sentences(sentences, numbers)):
        sentence = setting.sentence
        if not register.knows(sentence.cited):  # a citation of no paper is a fault by itself
            continue
        for number in numbers[place] if sentence.kind != "caption" else ():
            stated = number.named or any(register.states(key, number) for key in sentence.cited)
            if not stated and register.states_in_text(sentence.claimed_text, number):
                continue
            if stated or (place, number.start) in counted:
                yield from _check_claimed(register, page, sentence, number) if stated else ()
                continue
            if not is_own(setting, number, register.list_nouns(sentence.cited or setting.cited_nearby)):
                yield from _report(register, page, sentence, number, nearby)


def _check_claimed(register: Register, page: Page, sentence: Sentence, number: Number) -> Iterator[Fault]:
    """Yield a fault if a number is stated only in sentences to which the claims beside it do not lead."""
    if number.named:
        return
    claimed: dict[str, set[int]] = {}
    for key, at in sentence.claimed:
        claimed.setdefault(key, {0}).add(at)
    places = {key: found for key in dict.fromkeys(sentence.cited) if (found := register.find_sentences(key, number))}
    if any(key not in claimed or claimed[key].intersection(found) for key, found in places.items()):
        return
    label = sentence.text[number.start : number.end]
    if places and not register.excuses(page.file, label):
        key, found = next(iter(places.items()))
        what = f"the number '{label}' is in sentence {found[0]} of {key}, which this sentence does not claim"
        yield Fault(f"book/{page.file}", sentence.lines[number.start], what, f"add {key}:{found[0]} to the {{claim}}")


def _report(
    register: Register, page: Page, sentence: Sentence, number: Number, nearby: tuple[str, ...]
) -> Iterator[Fault]:
    label = sentence.text[number.start : number.end]
    if register.excuses(page.file, label, sentence.text[number.start : number.figure]):
        return
    line = sentence.lines[number.start]
    elsewhere = [key for key in nearby if key not in sentence.cited and register.states(key, number)]
    if not sentence.cited:
        what = f"the number '{label}' is in a sentence without a citation"
        remedy = "cite the paper whose abstract states it in this sentence, or leave it out"
    else:
        near = "".join(f" '{text}' in {key}," for text, key in _find_nearest(register, sentence.cited, number))
        what = f"the number '{label}' is not in any abstract that this sentence cites"
        what += f"; nearest:{near.rstrip(',')}" if near else "; they have no similar number"
        remedy = "write the number, unit and noun of the abstract, or cite the paper that states it"
    if elsewhere:
        remedy = f"cite {elsewhere[0]} in this sentence if it is the source: its abstract states this number"
    yield Fault(f"book/{page.file}", line, what, remedy)


def _find_nearest(register: Register, cited: tuple[str, ...], number: Number) -> list[tuple[str, str]]:
    ranked: list[tuple[float, str, str]] = []
    for key in dict.fromkeys(cited):
        for text, other in register.list_numbers(key):
            distance = _measure(number, other)
            if distance <= 1:
                ranked.append((distance, text, key))
    ranked.sort()
    return list(dict.fromkeys((text, key) for _, text, key in ranked))[:_MOST_NEAREST]


def _measure(one: Number, other: Number) -> float:
    """Return the distance of two numbers: at most 1 if their values, or their units and nouns, are the same."""
    alike = one.unit == other.unit and (bool(one.unit) or one.noun == other.noun)
    if one.value == other.value:
        return 0.5
    small, large = sorted((float(one.value), float(other.value)))
    return 1 - small / large + (0 if alike else 1)


@lru_cache(maxsize=4096)
def _read_numbers(*texts: str) -> tuple[tuple[str, Number], ...]:
    return tuple((text[number.start : number.end], number) for text in texts for number in find_numbers(text))


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
