"""Measure the number check: rewrite the chapters' numbers that abstracts state, and count which rewritings it refuses.

Rewritings that make a sentence false must be refused; those that keep its meaning must not. A rewriting may produce a
number that the cited abstract states about something else, which no check by number, unit and noun can refuse. These
are identified by a text search that shares no code with the check, and are counted separately.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litbook.analyse.prose import check_page_numbers
from litbook.analyse.prose.numbercheck import CHAPTERS, Register, agree
from litbook.analyse.prose.ownwords import WORKS
from litbook.analyse.prose.sentences import Sentence, read_sentences
from litbook.commands.benchmarks.prose.mutants import (
    FALSE,
    HARMLESS,
    Figure,
    Rewriting,
    rewrite_range,
    swap_noun,
    transplant,
)
from litbook.ingest.pages import make_page
from litbook.model.pages import Excused, Page
from litbook.model.review import Corpus
from litbook.text.number_words import ONES, TENS
from litbook.text.numbers import YEAR, Number, find_numbers

_NOUN = "another noun that the cited abstract counts"
FROM_CITED, _FROM_CHAPTER, _FROM_ELSEWHERE = (
    "another number of the cited abstract",
    "a number of another paper of the chapter",
    "a number of a paper elsewhere",
)
_OTHER_PAPER, _RANGE = "another paper cited", "50–95% as 50 to 95%"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A page with one number rewritten: how, whether that makes it false, and what was written."""

    kind: str
    false: bool
    page: Page
    written: str
    line: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one kind of mutant: those made, and those refused.

    `chance` counts those that the cited abstract happens to state, which are in neither.
    """

    kind: str
    false: bool
    made: int
    refused: int
    chance: int
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """The tallies; `recall` and `precision` are in 0 … 1, or None if there is nothing to divide by."""

    tallies: tuple[Tally, ...]

    @property
    def recall(self) -> float | None:
        """Return the share of false mutants that were refused."""
        made, refused = self._sum(True)
        return refused / made if made else None

    @property
    def precision(self) -> float | None:
        """Return the share of refused mutants that are false."""
        refused = self._sum(True)[1] + self._sum(False)[1]
        return self._sum(True)[1] / refused if refused else None

    def _sum(self, false: bool) -> tuple[int, int]:
        tallies = [tally for tally in self.tallies if tally.false is false]
        return sum(tally.made for tally in tallies), sum(tally.refused for tally in tallies)


def measure_numbers(corpus: Corpus, pages: Sequence[Page], excused: Sequence[Excused] = (), seed: int = 0) -> Score:
    """Make all mutants of the chapters and check each as the build does; equal seeds give equal mutants."""
    judged: dict[tuple[bool, str], list[tuple[Mutant, bool | None]]] = {}
    for mutant, stated in make_mutants(corpus, pages, seed):
        refused = None if stated else _refuses(corpus, mutant.page, excused)
        judged.setdefault((mutant.false, mutant.kind), []).append((mutant, refused))
    return Score(tuple(_tally(kind, false, mutants) for (false, kind), mutants in judged.items()))


def _refuses(corpus: Corpus, page: Page, excused: Sequence[Excused]) -> bool:
    return any(True for _ in check_page_numbers(corpus, Register(corpus, excused), page))


def _tally(kind: str, false: bool, mutants: Sequence[tuple[Mutant, bool | None]]) -> Tally:
    """Count mutants by whether they were refused; None marks one that the cited abstract states."""
    return Tally(
        kind,
        false,
        made=sum(refused is not None for _, refused in mutants),
        refused=sum(refused is True for _, refused in mutants),
        chance=sum(refused is None for _, refused in mutants),
        missed=tuple(
            f"book/{mutant.page.file}:{mutant.line}: {mutant.written}"
            for mutant, refused in mutants
            if refused is not None and refused is not false
        ),
    )


def make_mutants(corpus: Corpus, pages: Sequence[Page], seed: int = 0) -> Iterator[tuple[Mutant, bool]]:
    """Yield every mutant of the chapters' numbers, and whether the cited abstract states it."""
    texts = {paper.citekey: f"{paper.title.plain}\n{paper.abstract.plain}" for paper in corpus.papers}
    figures = {key: tuple(_read_figures(text)) for key, text in sorted(texts.items())}
    for page in pages:
        if page.file.startswith(CHAPTERS):
            chapter = {key for sentence in read_sentences(page) for key in sentence.cited}
            for section in _cut_sections(page):
                for sentence in read_sentences(section):
                    yield from _mutate(_Site(section, sentence, chapter, seed), texts, figures)


def _cut_sections(page: Page) -> Iterator[Page]:
    """Yield each section of a page alone, in its lines of the page, so that a mutant is read in a fraction of the time.

    The check looks at nothing beyond the section of a number.
    """
    lines = page.source.splitlines(keepends=True)
    headings = [block.line - 1 for block in page.blocks if block.kind == "heading"]
    starts = [0, *(at for at in headings if lines[at].startswith("## ")), len(lines)]
    for start, end in pairwise(starts):
        yield make_page("\n" * start + "".join(lines[start:end]), page.file)


@dataclass(frozen=True, slots=True)
class _Site:
    page: Page
    sentence: Sentence
    chapter: set[str]
    seed: int

    def write(self, kind: str, false: bool, span: tuple[int, int], text: str) -> Mutant:
        """Replace characters of the sentence by `text`, and nothing else on the page."""
        places = self.sentence.places
        prose = self.page.source[: places[span[0]]] + text + self.page.source[places[span[1] - 1] + 1 :]
        return self.make(kind, false, prose, text, self.sentence.lines[span[0]])

    def make(self, kind: str, false: bool, prose: str, text: str, line: int) -> Mutant:
        return Mutant(kind, false, make_page(prose, self.page.file), text, line)


def _mutate(
    site: _Site, texts: Mapping[str, str], figures: Mapping[str, tuple[Figure, ...]]
) -> Iterator[tuple[Mutant, bool]]:
    sentence = site.sentence
    if not sentence.places or not sentence.cited:
        return
    cited = "\n".join(texts[key] for key in sentence.cited)
    own = [one for key in sentence.cited for one in figures[key]]
    near = [one for key in sorted(site.chapter - set(sentence.cited)) for one in figures[key]]
    far = [one for key, ones in figures.items() if key not in site.chapter for one in ones]
    stated = [one.number for one in own]
    numbers = [
        number
        for number in find_numbers(sentence.text)
        if not number.named
        and number.unit != YEAR
        and number.noun not in WORKS  # "two papers" is the chapter's own count
        and any(agree(number, other) for other in stated)
    ]
    for number in numbers:
        one = _make_figure(sentence.text, number)
        for kind, false, rewriting, others in _list_kinds(own, near, far):
            chance = random.Random(f"{site.seed}:{site.page.file}:{sentence.places[number.start]}:{kind}")
            written = rewriting(one, chance, others)
            if written and written != one.counted:
                mutant = site.write(kind, false, (number.start, number.end), written)
                yield mutant, false and (kind == FROM_CITED or _is_stated(written, cited))
    for start, end, written in rewrite_range(sentence.text):
        yield site.write(_RANGE, False, (start, end), written), False
    if numbers:
        yield from _cite_another(site, numbers, texts)


def _list_kinds(
    own: list[Figure], near: list[Figure], far: list[Figure]
) -> Iterator[tuple[str, bool, Rewriting, list[Figure]]]:
    yield from ((kind, True, rewriting, []) for kind, rewriting in FALSE.items())
    yield _NOUN, True, swap_noun, own
    yield FROM_CITED, True, transplant, own
    yield _FROM_CHAPTER, True, transplant, near
    yield _FROM_ELSEWHERE, True, transplant, far
    yield from ((kind, False, rewriting, []) for kind, rewriting in HARMLESS.items())


def _cite_another(site: _Site, numbers: list[Number], texts: Mapping[str, str]) -> Iterator[tuple[Mutant, bool]]:
    """Cite another paper of the chapter instead, in a sentence that cites a single one."""
    others = sorted(site.chapter - set(site.sentence.cited))
    if len(set(site.sentence.cited)) > 1 or not others:
        return
    roles = site.sentence.citations
    key = random.Random(f"{site.seed}:{site.page.file}:{roles[0].start}:cite").choice(others)
    prose, written = site.page.source, f"{{cite}}`{key}`"
    for place, role in reversed(list(enumerate(roles))):
        prose = prose[: role.start] + ("" if place else written) + prose[role.end :]
    counted = [site.sentence.text[number.start : number.end] for number in numbers]
    mutant = site.make(_OTHER_PAPER, True, prose, written, roles[0].line)
    yield mutant, all(_is_stated(text, texts[key]) for text in counted)


def _read_figures(text: str) -> Iterator[Figure]:
    for line in text.split("\n"):
        yield from (_make_figure(line, number) for number in find_numbers(line) if not number.named)


def _make_figure(text: str, number: Number) -> Figure:
    return Figure(number, text[number.start : number.figure], text[number.start : number.end])


# -- numbers that the cited abstract states anyway --------------------------------------------------------------------

_UNITS = (r"\s?(?:%|per ?cent)(?!age)", r"[ -](?:percentage )?points?", r"\s?(?:x|×)\b|\s?×|[ -]?(?:times|fold)\b")
_SAME_WORDS = {**ONES, **TENS}


def _is_stated(written: str, text: str) -> bool:
    """Return whether a text contains a number as written, with its unit or noun, by comparing words only."""
    figure = re.match(r"\d[\d,]*(?:\.\d+)?(?:[BMK]\b)?|[A-Za-z]+", written)
    if not figure:
        return False
    rest = written[figure.end() :]
    same = {figure.group(), figure.group().lower(), figure.group().replace(",", "")}
    same |= {word for word, value in _SAME_WORDS.items() if str(value) == figure.group()}
    same |= {str(_SAME_WORDS[name]) for name in same if name in _SAME_WORDS}
    unit = next((unit for unit in _UNITS if re.match(unit, rest)), None)
    if unit is None:
        nouns = re.findall(r"[A-Za-z]{3,}", rest)
        between = r"(?:[ -](?!(?:across|and|at|by|for|from|in|of|on|over|per|spanning|to|with)\b)[\w-]+){0,6}"
        unit = rf"{between}[ -]{nouns[-1].removesuffix('s')}" if nouns else r"\b"
    return any(re.search(rf"(?<![\w.,-]){re.escape(name)}(?:{unit})", text, re.IGNORECASE) for name in same)


def render_score(score: Score, missed: bool = False) -> str:
    """Return the tallies as a table, with recall and precision; `missed` lists mutants that were judged wrongly."""
    lines = [f"{'what was written instead':<52}{'made':>6}{'refused':>9}{'share':>8}{'stated':>8}"]
    for false, title in ((True, "False, must be refused"), (False, "Same meaning, must not be refused")):
        lines.append(f"{title}:")
        tallies = [tally for tally in score.tallies if tally.false is false]
        for tally in (*tallies, add_up(tallies, false)):
            share = f"{tally.refused / tally.made:.3f}" if tally.made else "-"
            lines.append(f"  {tally.kind:<50}{tally.made:>6}{tally.refused:>9}{share:>8}{tally.chance:>8}")
            lines += [f"      {text}" for text in tally.missed if missed]
    recall, precision = (f"{value:.3f}" if value is not None else "-" for value in (score.recall, score.precision))
    lines += [
        f"Recall {recall}: refused among the false. Precision {precision}: false among the refused.",
        "Stated: the cited abstract states this number about something else; counted in neither figure.",
    ]
    return "\n".join(lines)


def add_up(tallies: Sequence[Tally], false: bool) -> Tally:
    """Return the sum of tallies."""
    made, refused, chance = (sum(getattr(tally, name) for tally in tallies) for name in ("made", "refused", "chance"))
    return Tally("all of these", false, made, refused, chance)
