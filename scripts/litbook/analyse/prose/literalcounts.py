"""Find typed numbers that count the collection: they soon become wrong, so the build should compute them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litbook.analyse.prose.counts import count
from litbook.analyse.prose.numbercheck import CHAPTERS, Register
from litbook.analyse.prose.ownwords import counts_works, is_small, place_sentences
from litbook.analyse.prose.sentences import HOLE, Sentence
from litbook.model.faults import Fault
from litbook.model.pages import Page
from litbook.model.review import KINDS, Corpus
from litbook.text.numbers import YEAR, Number, find_numbers

_NOTES = "notes/"  # a note is about one paper
# Nouns of the collection, with the form of {count} for each.
_NOUNS = {
    "paper": "papers", "abstract": "papers", "theme": "themes", "chapter": "themes", "part": "parts",
    "author": "authors",
}  # fmt: skip
_PAPERS = re.compile(rf"\b(?:papers|abstracts|collection)\b|{HOLE}", re.IGNORECASE)
_OF_THEM = re.compile(r"\s(?:\w+\s)?of (?:them|these|those)\b(?! \w+s\b)", re.IGNORECASE)
_WHEN = re.compile(
    r"\bpapers?\b(?: \w+){0,2}? (?P<when>since|after|before|until|from|of|in) (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
_COUNTED = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) $", re.IGNORECASE)
_COLLECTION = re.compile(
    r"\b(?:of|in|on) (?:this|the|our) (?:whole )?(?:book|chapter|collection|corpus|part|review|theme)\b", re.IGNORECASE
)
# Small numbers equal many counts, so equality does not show which one is meant.
_TELLING = 5


@dataclass(frozen=True, slots=True)
class LiteralCount:
    """Hold a typed count: its place in the sentence, its text, and the form of {count} that it may stand for."""

    start: int
    label: str
    number: Number
    form: str


def find_all_counts(sentences: Sequence[Sentence]) -> dict[tuple[int, int], LiteralCount]:
    """Return the typed counts of a page by the index of their sentence and their place in it."""
    befores = ["", *(sentence.text for sentence in sentences)]
    return {
        (place, found.start): found
        for place, sentence in enumerate(sentences)
        for found in find_literal_counts(sentence.text, befores[place])
    }


def check_literal_counts(
    corpus: Corpus,
    register: Register,
    page: Page,
    sentences: Sequence[Sentence],
    counts: Mapping[tuple[int, int], LiteralCount],
) -> Iterator[Fault]:
    """Yield typed numbers of papers, themes, chapters, parts and authors that no cited abstract states."""
    if page.file.startswith(_NOTES):
        return
    settings = tuple(place_sentences(sentences, [()] * len(sentences)))
    for (place, start), found in counts.items():
        sentence = sentences[place]
        stated = any(register.states(key, found.number) for key in sentence.cited)
        if stated or register.excuses(page.file, found.label):
            continue
        if page.file.startswith(CHAPTERS) and _is_dated(sentence, found):
            continue
        if not page.file.startswith(CHAPTERS) or not _counts_works(sentence, found):
            what = f"'{found.label}' is a typed count of the collection"
            yield Fault(f"book/{page.file}", sentence.lines[start], what, _advise(corpus, page, found))
        elif not counts_works(settings[place], found.number):
            cited = len(settings[place].cited_nearby)
            what = f"'{found.label}' counts more works than the {cited} that this paragraph cites"
            yield Fault(f"book/{page.file}", sentence.lines[start], what, "correct the number, or cite the others")


def _counts_works(sentence: Sentence, found: LiteralCount) -> bool:
    """Return whether a count in a chapter is of the works that it speaks of: a small one that names no collection."""
    named = _COLLECTION.search(sentence.text, found.number.figure)
    return found.form in ("papers", "authors") and is_small(sentence, found.number) and not named


def _is_dated(sentence: Sentence, found: LiteralCount) -> bool:
    """Return whether a year only dates works that are counted, as in "two papers of 2022"."""
    start = sentence.text.rfind(found.label, 0, found.number.end)
    return found.form.startswith("papers ") and bool(_COUNTED.search(sentence.text[:start]))


def find_literal_counts(text: str, before: str = "") -> tuple[LiteralCount, ...]:
    """Return the typed counts of a sentence; `before` is the sentence before it, to which "of them" may refer."""
    years = {match.start("year"): match for match in _WHEN.finditer(text)}
    return tuple(
        found
        for number in find_numbers(text)
        if not number.named and (found := _read(text, before, number, years.get(number.start)))
    )


def _read(text: str, before: str, number: Number, year: re.Match[str] | None) -> LiteralCount | None:
    if year and number.unit in {YEAR, ""}:
        since = year["when"].lower() in {"since", "after", "from"}
        form = f"papers {'since' if since else 'of'} {int(number.value)}"
        return LiteralCount(number.start, year.group(), number, form)
    noun = re.search(r"([A-Za-z]+)$", text[number.figure : number.end])
    word = noun[1].lower() if noun else ""
    named = _NOUNS.get(word) or _NOUNS.get(word.removesuffix("s"))
    if named and not number.unit:
        return LiteralCount(number.start, text[number.start : number.end], number, named)
    them = _OF_THEM.match(text, number.figure)
    if them and not number.unit and _PAPERS.search(before + text):
        return LiteralCount(number.start, text[number.start : them.end()], number, "papers")
    return None


def _advise(corpus: Corpus, page: Page, found: LiteralCount) -> str:
    """Return the form to write: if possible one that gives the typed number now, preferring the page's own theme."""
    form = found.form
    if form == "papers" and found.number.value > _TELLING:
        equal = (form for form in _list_forms(corpus, page) if count(corpus, form) == str(found.number.value))
        form = next(equal, form)
    return f"write {{count}}`{form}`, or another form of it, and the build computes the number"


def _list_forms(corpus: Corpus, page: Page) -> Iterator[str]:
    slugs = [theme.slug for theme in corpus.themes()]
    own = page.file.removeprefix(CHAPTERS).removesuffix(".md")
    yield "papers"
    yield from (f"papers in {slug}" for slug in sorted(slugs, key=lambda slug: slug != own))
    yield from ("papers cited", "papers decided", "papers with a venue", "papers with code", "papers with doi")
    yield from (f"papers of kind {kind}" for kind in KINDS)
    years = sorted({paper.cited_year for paper in corpus.papers if paper.cited_year})
    yield from (f"papers {when} {year}" for when in ("of", "since") for year in years)
