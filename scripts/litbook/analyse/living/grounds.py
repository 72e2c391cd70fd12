"""The grounds of a disagreement or a claim, computed: how many papers of which kinds, on what, from when, by whom.

Grounds are listed, never added up: neither a vote nor a share of papers says how strong a finding is. A grade is what
an editor says of that, with a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from litbook.model.faults import Fault, nearest
from litbook.model.living import Grade
from litbook.model.notices import is_void
from litbook.model.queries import find_paper
from litbook.model.review import Corpus, Paper
from litbook.model.stated import Stated
from litbook.text.dates import say_date
from litbook.text.nouns import count_noun

_FILE = "book/corpus/grades.csv"
_MOST_NAMED = 4  # models or benchmarks
_KINDS = {"benchmark-or-dataset": "benchmark or dataset"}


@dataclass(frozen=True, slots=True)
class Strength:
    """What is shown beside a tension or a highlight: the grounds of each side, independence, and the grade, in words.

    `independence` is empty where nothing speaks against it, `grade` where no editor gave one. `brief` is all of it in
    few words.
    """

    sides: tuple[str, ...]
    independence: str = ""
    grade: str = ""
    brief: str = ""


def weigh(corpus: Corpus, of: str, name: str, sides: Sequence[Iterable[str]]) -> Strength:
    """Return the strength of a tension or highlight with this id; `sides` are the citekeys of the papers of each."""
    papers = [_find_papers(corpus, side) for side in sides]
    return Strength(
        tuple(describe_grounds(corpus, side) for side in papers),
        _describe_independence(papers) if len(papers) > 1 else "",
        describe_grade(corpus, of, name),
        _say_briefly(corpus, of, name, papers),
    )


def _say_briefly(corpus: Corpus, of: str, name: str, sides: Sequence[Sequence[Paper]]) -> str:
    """Return the grade, how many papers there are on each side, and whether these share authors, for one cell."""
    grade = _find_grade(corpus, of, name)
    numbers = [len(side) for side in sides]
    words = [grade.grade.capitalize()] if grade else []
    words.append(f"{count_noun(numbers[0], 'paper')}{''.join(f' against {number}' for number in numbers[1:])}")
    if _find_shared(sides):
        words.append("shared authors")
    return ", ".join(words)


def _find_papers(corpus: Corpus, citekeys: Iterable[str]) -> list[Paper]:
    found = (find_paper(corpus, citekey) for citekey in dict.fromkeys(citekeys))
    return [paper for paper in found if paper is not None]


def describe_grounds(corpus: Corpus, papers: Sequence[Paper]) -> str:
    """Return the grounds in one line: number and kinds of the papers, their years, and what they name."""
    placed = [corpus.placements.get(paper.citekey) for paper in papers]
    kinds = Counter(_KINDS.get(place.kind, place.kind) if place and place.kind else "kind unknown" for place in placed)
    years = sorted({paper.cited_year for paper in papers if paper.cited_year})
    stated = [corpus.stated.get(paper.citekey, Stated()) for paper in papers]
    void = sum(is_void(paper.notices) for paper in papers)
    parts = [
        f"{count_noun(len(papers), 'paper')} ({_list_counted(kinds)})" if papers else "no paper",
        f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "year unknown",
        _name("models", (model for item in stated for model in item.models)),
        _name("benchmarks", (benchmark for item in stated for benchmark in item.benchmarks)),
        f"{void} of them retracted or withdrawn" if void else "",
    ]
    return "; ".join(filter(None, parts))


def _list_counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{number} {kind}" if len(kinds) > 1 else kind for kind, number in kinds.most_common())


def _name(what: str, names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    more = f" and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
    return f"{what} named: {', '.join(listed[:_MOST_NAMED])}{more}" if listed else ""


def _describe_independence(sides: Sequence[Sequence[Paper]]) -> str:
    """Say which authors are on several sides, as far as authors are known; nothing where there are none."""
    shared = _find_shared(sides)
    papers = [{paper.citekey for paper in side} for side in sides]
    both = any(one & other for one, other in combinations(papers, 2))
    unknown = sum(not paper.authors for side in sides for paper in side)
    parts = [
        f"Not independent: {', '.join(shared)} wrote on more than one side" if shared else "",
        "one paper is quoted on more than one side" if both else "",
        f"the authors of {count_noun(unknown, 'paper')} are unknown" if unknown else "",
    ]
    said = "; ".join(filter(None, parts))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _find_shared(sides: Sequence[Sequence[Paper]]) -> list[str]:
    """Return the authors who are on more than one side."""
    people = [{author for paper in side for author in paper.authors} for side in sides]
    return sorted({author for one, other in combinations(people, 2) for author in one & other})


def describe_grade(corpus: Corpus, of: str, name: str) -> str:
    """Return the newest grade with its reason, who gave it and when, or nothing."""
    grade = _find_grade(corpus, of, name)
    if grade is None:
        return ""
    return f"{grade.grade.capitalize()}: {grade.reason} ({grade.by}, {say_date(grade.date)})"


def _find_grade(corpus: Corpus, of: str, name: str) -> Grade | None:
    found = [grade for grade in corpus.grades if (grade.of, grade.id) == (of, name)]
    return max(found, key=lambda item: (item.date, item.line), default=None)


def check_grades(corpus: Corpus) -> Iterator[Fault]:
    """Yield grades of what is not in the review."""
    known = {
        "tension": [tension.id for tension in corpus.editorial.tensions],
        "highlight": [highlight.id for highlight in corpus.editorial.highlights],
        "paper": [paper.citekey for paper in corpus.papers],
    }
    first: dict[tuple[str, str, str], Grade] = {}
    for grade in corpus.grades:
        if grade.id not in known[grade.of]:
            remedy = nearest(grade.id, known[grade.of]) or f"grade a {grade.of} of this review, or delete the row"
            yield Fault(_FILE, grade.line, f"unknown {grade.of} '{grade.id}'", remedy)
        before = first.setdefault((grade.of, grade.id, grade.date), grade)
        if before is not grade:
            what = f"duplicate grade of {grade.of} '{grade.id}' on {grade.date}, first on line {before.line}"
            yield Fault(_FILE, grade.line, what, "delete one of the rows: the newest grade counts")
