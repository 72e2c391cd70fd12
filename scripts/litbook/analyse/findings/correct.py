"""People's corrections win over the rules, and each is held to the text of its paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litbook.model.faults import Fault, nearest
from litbook.model.stated import Finding, Stated, StatedCorrection


def correct(found: Stated, corrections: Iterable[StatedCorrection]) -> Stated:
    """Return what was found with the corrections of one paper made, in the order of their lines.

    The first "replace" of a field empties it, for a finding that of its sentence; further ones add to it.
    """
    emptied: set[tuple[str, int]] = set()
    for correction in sorted(corrections, key=lambda item: item.line):
        place = (correction.field, correction.sentence)
        if correction.action == "replace" and place not in emptied:
            emptied.add(place)
            found = _empty(found, correction)
        found = _drop(found, correction) if correction.action == "drop" else _add(found, correction)
    return found


def correct_all(found: Mapping[str, Stated], corrections: Iterable[StatedCorrection]) -> dict[str, Stated]:
    """Return what papers state of those that people corrected."""
    by_paper: dict[str, list[StatedCorrection]] = {}
    for correction in corrections:
        by_paper.setdefault(correction.citekey, []).append(correction)
    return {citekey: correct(found[citekey], items) for citekey, items in by_paper.items()}


def _values(found: Stated, field: str) -> tuple[str, ...]:
    values: tuple[str, ...] = getattr(found, field)
    return values


def _with(found: Stated, field: str, values: tuple[str, ...]) -> Stated:
    return replace(found, **{field: values})  # type: ignore[arg-type]


def _empty(found: Stated, correction: StatedCorrection) -> Stated:
    if correction.field != "finding":
        return _with(found, correction.field, ())
    return replace(found, findings=tuple(item for item in found.findings if item.sentence != correction.sentence))


def _drop(found: Stated, correction: StatedCorrection) -> Stated:
    if correction.field != "finding":
        kept = tuple(value for value in _values(found, correction.field) if value != correction.value)
        return _with(found, correction.field, kept)
    return replace(found, findings=tuple(item for item in found.findings if not _is_meant(item, correction)))


def _is_meant(finding: Finding, correction: StatedCorrection) -> bool:
    return (finding.sentence, finding.number) == (correction.sentence, correction.value)


def _add(found: Stated, correction: StatedCorrection) -> Stated:
    if correction.field != "finding":
        values = dict.fromkeys((*_values(found, correction.field), correction.value))
        return _with(found, correction.field, tuple(values))
    added = Finding(correction.sentence, correction.measured, correction.value)
    others = [item for item in found.findings if not _is_meant(item, correction)]
    return replace(found, findings=tuple(sorted([*others, added], key=lambda item: item.sentence)))


# -- what is wrong with corrections -----------------------------------------------------------------------------------


def check_corrections(
    file: str,
    corrections: Iterable[StatedCorrection],
    texts: Mapping[str, tuple[str, Sequence[str]]],
    found: Mapping[str, Stated],
) -> list[Fault]:
    """Hold each correction to its paper; `texts` gives the title and the abstract's sentences of each paper.

    `found` is what the rules found. Faults: no such paper, a value that its text does not contain, a sentence that the
    abstract does not have, a drop or a replacement of what was never found.
    """
    faults = []
    for correction in corrections:
        if correction.citekey not in texts:
            remedy = nearest(correction.citekey, texts) or "the keys are in book/corpus/ledger.jsonl"
            faults.append(Fault(file, correction.line, f"no paper '{correction.citekey}'", remedy))
            continue
        check = _check_finding if correction.field == "finding" else _check_name
        for what, remedy in check(correction, *texts[correction.citekey], found[correction.citekey]):
            faults.append(Fault(file, correction.line, f"{correction.citekey}: {what}", remedy))
    return faults


_Problems = Iterator[tuple[str, str]]


def _check_name(correction: StatedCorrection, title: str, sentences: Sequence[str], found: Stated) -> _Problems:
    values = _values(found, correction.field)
    if correction.action == "drop":
        if correction.value not in values:
            yield (
                f"'{correction.value}' is not found under {correction.field}, so it cannot be dropped",
                _offer(correction.value, values),
            )
        return
    if correction.action == "replace" and not values:
        yield f"the rules found nothing under {correction.field}, so nothing can be replaced", "write add"
    text = "\n".join((title, *sentences))
    if not _contains(correction.value, text):
        yield f"'{correction.value}' stands neither in the title nor in the abstract", _near(correction.value, text)


def _check_finding(correction: StatedCorrection, _: str, sentences: Sequence[str], found: Stated) -> _Problems:
    if not 1 <= correction.sentence <= len(sentences):
        yield f"no sentence {correction.sentence}", f"the abstract has {len(sentences)}"
        return
    there = [item.number for item in found.findings if item.sentence == correction.sentence]
    if correction.action == "drop":
        if correction.value not in there:
            yield (
                f"'{correction.value}' is not found in sentence {correction.sentence}, so it cannot be dropped",
                _offer(correction.value, there),
            )
        return
    if correction.action == "replace" and not there:
        yield f"the rules found nothing in sentence {correction.sentence}, so nothing can be replaced", "write add"
    for value in (correction.value, correction.measured):
        if value and not _contains(value, sentences[correction.sentence - 1]):
            yield (
                f"'{value}' is not in sentence {correction.sentence}",
                _near_or_elsewhere(value, correction.sentence, sentences),
            )


def _contains(value: str, text: str) -> bool:
    """Return whether a text contains a value as a whole word or number: "3%" is not in "13.3%"."""
    return re.search(rf"(?<![^\W_])(?<!\d[.,])(?:{re.escape(value)})(?![^\W_]|[.,]\d)", text) is not None


def _offer(value: str, values: Sequence[str]) -> str:
    if not values:
        return "the rules found nothing there: delete the row"
    return nearest(value, values) or f"found were {', '.join(values)}"


def _near_or_elsewhere(value: str, sentence: int, sentences: Sequence[str]) -> str:
    for number, text in enumerate(sentences, 1):
        if _contains(value, text):
            return f"it is in sentence {number}"
    return _near(value, sentences[sentence - 1])


def _near(value: str, text: str) -> str:
    """Return a hint at the words of a text that look most like a value: as many of them as it has."""
    words = text.split()
    number = len(value.split())
    pieces = {" ".join(words[at : at + number]).strip('.,;:()[]"“”') for at in range(len(words))}
    return nearest(value, pieces) or "copy it from the paper's page"
