"""Check corrections of the glossary against the papers, and acronyms in prose against the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.analyse.acronyms import Definition, drops, find_definitions, same_words
from litbook.model.editorial import Acronym, Meaning
from litbook.model.faults import Fault, nearest
from litbook.model.review import Corpus

FILE = "book/corpus/glossary.csv"
_ASKED = re.compile(r"(?P<name>.+?)(?:\s*<(?P<expansion>[^<>]+)>)?", re.DOTALL)


class UnknownAcronymError(ValueError):
    """Raised for an acronym that the glossary does not have, or has with several meanings."""


def find_meaning(corpus: Corpus, asked: str) -> tuple[Acronym, Meaning]:
    """Return the entry and meaning for `SLM`, or for `SLM <small language models>` where there are several meanings.

    Raise `UnknownAcronymError` with the fault and the remedy, separated by a semicolon and a space.
    """
    match = _ASKED.fullmatch(" ".join(asked.split()))
    name, expansion = (match["name"], match["expansion"]) if match else ("", None)
    entries = {acronym.name.casefold(): acronym for acronym in corpus.editorial.acronyms}
    entry = entries.get(name.casefold())
    if entry is None:
        names = [acronym.name for acronym in entries.values()]
        raise UnknownAcronymError(
            f"unknown acronym '{name}'; {nearest(name, names) or 'add it to glossary.csv, or spell it out'}"
        )
    if expansion is None and len(entry.meanings) == 1:
        return entry, entry.meanings[0]
    meanings = {same_words(meaning.expansion): meaning for meaning in entry.meanings}
    if expansion is None or same_words(expansion) not in meanings:
        what = f"'{name}' does not stand for '{expansion}'" if expansion else f"'{name}' has more than one meaning"
        choices = ", ".join(f"{entry.name} <{meaning.expansion}>" for meaning in entry.meanings)
        raise UnknownAcronymError(f"{what}; write one of: {choices}")
    return entry, meanings[same_words(expansion)]


def check_glossary(corpus: Corpus) -> Iterator[Fault]:
    """Yield corrections of an unknown paper, that keep words not in their paper, or that drop no definition."""
    papers = {paper.citekey: paper for paper in corpus.papers}
    excluded = {exclusion.paper.citekey for exclusion in corpus.excluded}
    found = tuple(_find_dropped(corpus))
    for one in corpus.editorial.corrections:
        if one.citekey in excluded:
            what = f"'{one.citekey}' is excluded by decisions.csv"
            yield Fault(FILE, one.line, what, "include it or delete this row")
        elif one.citekey and one.citekey not in papers:
            remedy = nearest(one.citekey, papers) or "book/corpus/ledger.jsonl lists all citekeys"
            yield Fault(FILE, one.line, f"unknown citekey '{one.citekey}'", remedy)
        elif one.keep and not any(
            one.expansion in text.plain for text in (papers[one.citekey].title, papers[one.citekey].abstract)
        ):
            what = f"'{one.expansion}' does not appear word for word in the title or abstract of '{one.citekey}'"
            yield Fault(FILE, one.line, what, "copy it from there")
        elif not one.keep and not any(drops(one, definition) for definition in found):
            what = f"nothing to drop: '{one.acronym}' is not defined so in any paper"
            yield Fault(FILE, one.line, what, "delete this row, or copy the definition from the glossary")


def _find_dropped(corpus: Corpus) -> Iterator[Definition]:
    """Yield the definitions in papers that contain a short form of which people drop definitions."""
    names = {one.acronym for one in corpus.editorial.corrections if not one.keep}
    for paper in corpus.papers:
        if any(name in text.plain for name in names for text in (paper.title, paper.abstract)):
            yield from find_definitions(paper)
