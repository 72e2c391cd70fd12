"""Resolve the stops of reading paths, and compute how long they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from litbook.analyse.prose.words import count_words
from litbook.core.urls import paper_page
from litbook.model.editorial import PlannedPath, PlannedStop, ReadingPath, Stop, Tension
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Page, Section
from litbook.model.queries import choose_tensions
from litbook.model.review import Corpus, Paper
from litbook.text.nouns import count_noun

FILE = "book/corpus/paths.yml"
# The mean rate of silent reading of non-fiction by adults in English: M. Brysbaert, "How many words do we read per
# minute? A review and meta-analysis of reading rate", Journal of Memory and Language 109 (2019).
WORDS_A_MINUTE = 238
_MOST_OVER = 1.2


class LostStopError(ValueError):
    """Raised for a stop without a target, with the fault and the remedy, separated by a semicolon and a space."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Hold everything that a stop can lead to."""

    corpus: Corpus
    pages: Mapping[str, Page]
    papers: Mapping[str, Paper]
    tensions: Mapping[str, Tension]


def plan_paths(corpus: Corpus, paths: Iterable[ReadingPath], pages: Iterable[Page]) -> tuple[PlannedPath, ...]:
    """Return the paths with the targets of their stops; a stop without a target is kept, without words and address.

    `{minutes}` in the title of a path is the sum of the minutes of its stops.
    """
    shelf = _Shelf(
        corpus,
        {page.file.removesuffix(".md"): page for page in pages if not page.file.startswith("notes/")},
        {paper.citekey: paper for paper in corpus.papers},
        {tension.id: tension for tension in corpus.editorial.tensions},
    )
    return tuple(_plan(shelf, path) for path in paths)


def minutes_of(words: int) -> int:
    """Return the minutes that it takes to read some words, rounded up."""
    return -(-words // WORDS_A_MINUTE)


def add_minutes(stops: Iterable[PlannedStop]) -> int:
    """Return how long some stops take: the sum of what each is said to take."""
    return sum(minutes_of(stop.words) for stop in stops)


def check_paths(corpus: Corpus) -> Iterator[Fault]:
    """Yield stops without a target, and paths that take a fifth longer than they promise."""
    for planned in corpus.editorial.paths:
        for stop in planned.stops:
            if not stop.docname:
                what, _, remedy = stop.title.partition("; ")
                yield Fault(FILE, stop.stop.line, what, remedy)
        path = planned.path
        if planned.words > path.minutes * WORDS_A_MINUTE * _MOST_OVER:
            what = f"reading path '{path.id}' takes {minutes_of(planned.words)} minutes and promises {path.minutes}"
            yield Fault(FILE, path.line, what, "remove a stop, or promise more minutes")


def _plan(shelf: _Shelf, path: ReadingPath) -> PlannedPath:
    chapters = {stop.target.removeprefix("chapters/") for stop in path.stops if stop.kind == "page"}
    skipped = tuple(theme.slug for theme in shelf.corpus.themes() if theme.slug not in chapters)
    stops = tuple(_find(shelf, stop) for stop in path.stops)
    title = path.title.replace("{minutes}", count_noun(add_minutes(stops), "minute"))
    return PlannedPath(replace(path, title=title), stops, skipped)


def _find(shelf: _Shelf, stop: Stop) -> PlannedStop:
    try:
        return {"page": _find_page, "paper": _find_paper, "tension": _find_tension}[stop.kind](shelf, stop)
    except LostStopError as error:
        return PlannedStop(stop, str(error), 0, "")


def _find_page(shelf: _Shelf, stop: Stop) -> PlannedStop:
    page = shelf.pages.get(stop.target)
    if page is None:
        remedy = nearest(stop.target, shelf.pages) or "write its path below book/, without .md"
        raise LostStopError(f"unknown page '{stop.target}'; {remedy}")
    section = _find_section(page, stop) if stop.section else None
    words = count_words(page, section) + _count_drawn(shelf.corpus, page, section)
    shown = f"{page.title}: {section.heading}" if section else page.title
    return PlannedStop(stop, shown, words, f"book/{stop.target}", stop.section)


def _find_section(page: Page, stop: Stop) -> Section:
    sections = {section.anchor: section for section in reversed(page.sections)}
    if stop.section not in sections:
        remedy = nearest(stop.section, sections) or f"it has {', '.join(sorted(filter(None, sections)))}"
        raise LostStopError(f"unknown section '{stop.section}' of page '{stop.target}'; {remedy}")
    return sections[stop.section]


def _count_drawn(corpus: Corpus, page: Page, section: Section | None) -> int:
    """Count the words of the tensions that a page draws, but not of its lists of papers, which readers only scan."""
    words = 0
    for directive in page.directives:
        inside = section is None or section.first_line <= directive.line <= section.last_line
        if directive.name == "tensions" and inside:
            chosen = set(corpus.editorial.tensions)
            for by in directive.options.keys() & {"theme", "paper"}:
                chosen &= set(choose_tensions(corpus, by, directive.options[by]))
            words += sum(_count_tension(tension) for tension in chosen)
    return words


def _find_paper(shelf: _Shelf, stop: Stop) -> PlannedStop:
    paper = shelf.papers.get(stop.target)
    if paper is None:
        remedy = nearest(stop.target, shelf.papers) or "book/corpus/ledger.jsonl lists all citekeys"
        raise LostStopError(f"unknown citekey '{stop.target}'; {remedy}")
    words = len(f"{paper.title.plain} {paper.abstract.plain}".split())
    return PlannedStop(stop, paper.title.plain, words, paper_page(paper.citekey))


def _find_tension(shelf: _Shelf, stop: Stop) -> PlannedStop:
    tension = shelf.tensions.get(stop.target)
    home = shelf.corpus.editorial.homes.get("tensions")
    if tension is None:
        remedy = nearest(stop.target, shelf.tensions) or "the tensions are in book/corpus/tensions.yml"
        raise LostStopError(f"unknown tension '{stop.target}'; {remedy}")
    if home is None:
        raise LostStopError("no page shows all tensions; add a page with the directive {tensions}")
    return PlannedStop(
        stop, tension.question, _count_tension(tension), f"book/{home.removesuffix('.md')}", tension.anchor
    )


def _count_tension(tension: Tension) -> int:
    quotes = " ".join(quotation.quote for quotation in tension.quotations())
    return len(f"{tension.question} {quotes} {tension.note} {tension.would_decide} {tension.how}".split())
