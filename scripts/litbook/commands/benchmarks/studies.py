"""Measure the rules that read abstracts of studies against samples that a person annotated.

A sample is a JSON object of fields of research, each a list of abstracts. An abstract has a title, a text and, under
the names in `STUDY_FIELDS`, what a person found: each value as a list of accepted phrases, in which {} mark the words
that it must hold. A found value is right if it holds these words and little else, or if it is a part of the phrase
with more than half of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from litbook.analyse.studies.study import find_study
from litbook.commands.benchmarks.findings import Score
from litbook.model.measured import Table
from litbook.model.stated import STUDY_FIELDS
from litbook.text.sentences import split_sentences

Sample = Mapping[str, Sequence[Mapping[str, Any]]]
_SPARE = 4  # words around the accepted phrase


def read_studies(path: Path) -> Sample:
    """Read a sample."""
    sample: Sample = json.loads(path.read_text("utf-8"))
    return sample


def score_studies(abstracts: Sequence[Mapping[str, Any]]) -> dict[str, Score]:
    """Return the score of each field over the abstracts of one field of research."""
    scores: dict[str, Score] = {}
    for item in abstracts:
        text = item["abstract"]
        found = find_study(item["title"], [text[start:end] for start, end in split_sentences(text)])
        for field in STUDY_FIELDS:
            wanted = [tuple(accepted) for accepted in item.get(field, [])]
            got = [draft.value for draft in found if draft.field == field]
            old = scores.get(field, Score())
            new = _match(wanted, got, f"{item['title'][:40]}: {field}")
            scores[field] = Score(
                old.right + new.right, old.wrong + new.wrong, old.missed + new.missed, (*old.lines, *new.lines)
            )
    return scores


def _match(wanted: Sequence[tuple[str, ...]], got: Sequence[str], place: str) -> Score:
    """Return the score of one field of one abstract; each wanted value can be found once."""
    open_ = list(wanted)
    lines = []
    wrong = 0
    for value in got:
        fitting = next((accepted for accepted in open_ if any(fits(value, phrase) for phrase in accepted)), None)
        if fitting is None:
            wrong += 1
            lines.append(f"{place} should not have '{value}'")
        else:
            open_.remove(fitting)
    lines += [f"{place} is missing '{accepted[0]}'" for accepted in open_]
    return Score(len(got) - wrong, wrong, len(open_), tuple(lines))


def fits(value: str, phrase: str) -> bool:
    """Return whether a found value is the one that a phrase with {} describes."""
    cores = re.findall(r"\{(.*?)\}", phrase) or [phrase]
    whole, found = _fold(re.sub(r"[{}]", "", phrase)), _fold(value)
    if all(_fold(core) in found for core in cores):
        return len(found.split()) <= len(whole.split()) + _SPARE
    words = [word for core in cores for word in _fold(core).split()]
    return found in whole and 2 * sum(word in found.split() for word in words) > len(words)


def _fold(text: str) -> str:
    return re.sub(r"[-–—−]", "-", " ".join(text.casefold().split()))


def render_studies(sample: Sample) -> str:
    """Return a table of all fields, followed by one line for each disagreement."""
    lines = [f"{'field':<14}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}"]
    differences: list[str] = []
    for name, abstracts in sample.items():
        scores = score_studies(abstracts)
        lines.append(f"{name} ({len(abstracts)} abstracts)")
        total = _add(scores.values())
        lines += [*_render(scores), *_render({"all": total})]
        differences += [f"  {line}" for score in scores.values() for line in score.lines]
    return "\n".join([*lines, "", "Where rules and people differ:", *differences])


def tabulate_studies(sample: Sample) -> Table:
    """Return precision and recall of each part over all fields, then of each field over all parts."""
    parts = {name: score_studies(abstracts) for name, abstracts in sample.items()}
    rows = [(f"{name} ({len(sample[name])})", "all", _add(scores.values())) for name, scores in parts.items()]
    whole = f"all of these ({sum(map(len, sample.values()))})"
    rows += [(whole, field, _add(scores[field] for scores in parts.values())) for field in STUDY_FIELDS]
    heads = ("Sample", "Field", "Right", "Wrong", "Missed", "Precision", "Recall")
    return Table(heads, tuple((name, field, *_list_figures(score)) for name, field, score in rows))


def _add(scores: Iterable[Score]) -> Score:
    all_ = tuple(scores)
    return Score(*(sum(getattr(score, part) for score in all_) for part in ("right", "wrong", "missed")))


def _list_figures(score: Score) -> tuple[str, ...]:
    numbers = map(str, (score.right, score.wrong, score.missed))
    return (*numbers, _share(score.precision), _share(score.recall))


def _render(scores: Mapping[str, Score]) -> Iterator[str]:
    for field, score in scores.items():
        shares = f"{_share(score.precision):>11}{_share(score.recall):>8}"
        yield f"  {field:<12}{score.right:>6}{score.wrong:>6}{score.missed:>7}{shares}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
