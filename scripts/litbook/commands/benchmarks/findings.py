"""Measure the rules that read abstracts against a sample that people read.

The sample is a JSON object of parts, each of which maps citekeys to what a person found: "models" and "benchmarks" are
lists of names; "introduces" maps a sort, such as "method", to names, each as the list of its accepted forms, and
"unclear" to names on which readers may differ, which count neither way; "findings" is a list of objects with
"sentence", "number" and "measured", the accepted wordings. A field that is absent for a paper was not looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.measured import Table
from litbook.model.review import Corpus
from litbook.model.stated import SORTS, Stated

FINDINGS = Path("tests/findings-figures.json")
REPEATED = "test_the_rules_score_as_published"
Sample = Mapping[str, Mapping[str, Mapping[str, Any]]]
_NAMES = ("models", "benchmarks")


@dataclass(frozen=True, slots=True)
class Score:
    """True positives, false positives and false negatives of one field; `lines` lists the latter two."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lines: tuple[str, ...] = ()

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that is right, or None if nothing was found."""
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Return the share of what is there that was found, or None if nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else None


def read_sample(path: Path, corpus: Corpus) -> Sample:
    """Read the sample; raise `CorpusError` if it names a paper that the review does not have."""
    sample: Sample = json.loads(path.read_text("utf-8"))
    known = {paper.citekey for paper in corpus.papers}
    faults = [
        Fault(str(path), 0, f"unknown citekey '{citekey}'", nearest(citekey, known))
        for part in sample.values()
        for citekey in part
        if citekey not in known
    ]
    if faults:
        raise CorpusError(faults)
    return sample


def score(part: Mapping[str, Mapping[str, Any]], found: Mapping[str, Stated]) -> dict[str, Score]:
    """Return the score of each field that people looked for in one part of the sample.

    "introduces" compares names, and "sort" their sorts, among names that are right; "findings" compares sentence and
    number, and "measured" the wording, among findings that are right.
    """
    scores: dict[str, Score] = {}
    for citekey, answers in part.items():
        for field, wanted, got in _pairs(answers, found[citekey]):
            lines = [f"{citekey}: {field} should not have '{item}'" for item in sorted(got - wanted)]
            lines += [f"{citekey}: {field} is missing '{item}'" for item in sorted(wanted - got)]
            old = scores.get(field, Score())
            scores[field] = Score(
                old.right + len(got & wanted),
                old.wrong + len(got - wanted),
                old.missed + len(wanted - got),
                (*old.lines, *lines),
            )
    return scores


def _pairs(answers: Mapping[str, Any], stated: Stated) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield, for each field, what people found and what the rules found."""
    if "introduces" in answers:
        yield from _pair_introduced(answers["introduces"], stated)
    for field in _NAMES:
        if field in answers:
            yield field, set(answers[field]), set(getattr(stated, field))
    if "findings" in answers:
        wanted = {f"{item['sentence']}: {item['number']}": item["measured"] for item in answers["findings"]}
        got = {f"{item.sentence}: {item.number}": item.measured for item in stated.findings}
        yield "findings", set(wanted), set(got)
        both = wanted.keys() & got.keys()
        right = {f"{place} of {got[place]}" for place in both if got[place] in wanted[place]}
        yield (
            "measured",
            right | {f"{place} of {wanted[place][0]}" for place in both if got[place] not in wanted[place]},
            {f"{place} of {got[place]}" for place in both},
        )


def _pair_introduced(wanted: Mapping[str, Any], stated: Stated) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield the pairs of names and of their sorts; each name is in the form that people give first."""
    first = {form: forms[0] for sort in SORTS for forms in wanted.get(sort, ()) for form in forms}
    sorts = {forms[0]: sort for sort in SORTS for forms in wanted.get(sort, ())}
    found = {
        first.get(name, name): sort
        for sort in SORTS
        for name in getattr(stated, sort)
        if name not in wanted.get("unclear", ())
    }
    yield "introduces", set(sorts), set(found)
    right = sorted(sorts.keys() & found.keys())
    yield "sort", {f"{name}: {sorts[name]}" for name in right}, {f"{name}: {found[name]}" for name in right}


def render_scores(sample: Sample, found: Mapping[str, Stated]) -> str:
    """Return a table of all parts and fields, followed by one line per disagreement."""
    lines = [f"{'part':<12}{'field':<12}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}"]
    differences: list[str] = []
    for part, answers in sample.items():
        lines.append(f"{part} ({len(answers)} abstracts)")
        for field, result in score(answers, found).items():
            shares = f"{_share(result.precision):>11}{_share(result.recall):>8}"
            lines.append(f"{'':<12}{field:<12}{result.right:>6}{result.wrong:>6}{result.missed:>7}{shares}")
            differences += [f"  {part}: {line}" for line in result.lines]
    return "\n".join([*lines, "", "Where rules and people differ:", *differences])


def tabulate_scores(sample: Sample, found: Mapping[str, Stated]) -> Table:
    """Return precision and recall of each part and field, as a page shows them."""
    rows = [
        (
            f"{part} ({len(answers)} abstracts)",
            field,
            *map(str, (result.right, result.wrong, result.missed)),
            _share(result.precision),
            _share(result.recall),
        )
        for part, answers in sample.items()
        for field, result in score(answers, found).items()
    ]
    return Table(("Sample", "Field", "Right", "Wrong", "Missed", "Precision", "Recall"), tuple(rows))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
