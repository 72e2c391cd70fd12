"""The labels by which the review cites papers: family names and year, with a letter where two would be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from string import ascii_lowercase

from litbook.core.identity import ByIdentity, ByItems
from litbook.model.review import Corpus, Paper
from litbook.text.person_names import is_cut_short, names_of


@dataclass(frozen=True, slots=True)
class Label:
    """Hold family names of all authors or editors, with their particles, and the year, as in "2009a".

    `more` says that the source leaves out further names.
    """

    names: tuple[str, ...]
    year: str
    more: bool = False

    @property
    def short(self) -> str:
        """Return the names of one or two, or the first of many."""
        many = self.names and (self.more or len(self.names) > 2)
        return f"{self.names[0]} et al." if many else " and ".join(self.names)

    @property
    def text(self) -> str:
        """Return names and year; nothing without names."""
        return ", ".join(filter(None, (self.short, self.year))) if self.names else ""

    @property
    def in_list(self) -> str:
        """Return names and year as lists of papers have them, without a comma; nothing without names."""
        return " ".join(filter(None, (self.short, self.year))) if self.names else ""


def make_label(paper: Paper) -> Label:
    """Return the label of a paper by itself."""
    people = names_of(paper) or names_of(paper, "editor")
    names = tuple(name.surname for name in people if name.surname)
    return Label(names, str(paper.cited_year or ""), is_cut_short(paper))


def label_of(corpus: Corpus, paper: Paper) -> Label:
    """Return the label of a paper in a review, in which no other cited paper has the same."""
    key = ByIdentity(corpus)
    label = _label_cited(key).get(paper.citekey) or _label_alone(key).get(paper.citekey)
    return label or make_label(paper)


def find_lettered(corpus: Corpus) -> list[str]:
    """Return the citekeys of the papers whose label has a letter."""
    return sorted(_label_cited(ByIdentity(corpus)))


@lru_cache(maxsize=2)
def _label_alone(key: ByIdentity[Corpus]) -> Mapping[str, Label]:
    """Return the label of each paper by itself; lists ask for it often, and some papers have thousands of authors."""
    return _label_all(ByItems(key.value.papers))


@lru_cache(maxsize=2)
def _label_all(papers: ByItems[Paper]) -> Mapping[str, Label]:
    return {paper.citekey: make_label(paper) for paper in papers.values}


@lru_cache(maxsize=2)
def _label_cited(key: ByIdentity[Corpus]) -> Mapping[str, Label]:
    """Return the labels of those cited papers that would share one, with letters in the order of their titles."""
    cited = key.value.citations.keys() | key.value.claims.keys()
    alone = _label_alone(key)
    alike: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in key.value.papers:
        if paper.citekey in cited and (text := alone[paper.citekey].text):
            alike[text.casefold()].append(paper)
    labels: dict[str, Label] = {}
    for papers in alike.values():
        papers.sort(key=lambda paper: (paper.title.plain.casefold(), paper.citekey))
        for number, paper in enumerate(papers if len(papers) > 1 else ()):
            label = alone[paper.citekey]
            labels[paper.citekey] = replace(label, year=f"{label.year or 'n.d.'}{_letter(number, len(papers))}")
    return labels


def _letter(number: int, total: int) -> str:
    """Return a, b … z, or aa, ab … where there are more."""
    letters = ascii_lowercase
    return letters[number] if total <= len(letters) else letters[number // 26 % 26] + letters[number % 26]


def join_facts(facts: Iterable[str]) -> str:
    """Return the facts that are known in one line, with dots between; a dot stays on the line of what precedes it."""
    return "\N{NO-BREAK SPACE}· ".join(filter(None, facts))
