"""Measure on labelled files how much of screening the order of the desk saves."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from litbook.desk.ranking import estimate, simulate, work_saved
from litbook.ingest.formats.labels import read_label
from litbook.ingest.formats.values import one_line
from litbook.ingest.sources import read_source
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Record

_SEED = 5


@dataclass(frozen=True, slots=True)
class Saved:
    """What the order saves on one file, as means of several runs from different first papers.

    `active` and `drawn` are the work saved at a recall of 95%, by the order of the desk and by random order. `stopped`
    is the share of papers screened when the desk says that 95% are found, and `recall` what was found by then.
    """

    name: str
    papers: int
    included: int
    runs: int
    active: float
    drawn: float
    stopped: float
    recall: float


def measure_screening(path: Path, runs: int, label: str = "", included: Collection[str] = ()) -> Saved:
    """Screen a labelled file in the desk's order several times; raise `CorpusError` without labels of both kinds.

    With `label`, the name of a column or field, papers are included whose value there is one of `included`, and those
    with another value are excluded.
    """
    reading = read_source(path.name, path.read_bytes())
    if reading is None:
        raise CorpusError([Fault(str(path), 0, "unknown format", "use an export that litbook reads")])
    found = [(record, _read(record, label, included)) for record in reading.records]
    known = [(record, chosen) for record, chosen in found if chosen is not None]
    labels = [chosen for _, chosen in known]
    if len(set(labels)) < 2:
        remedy = "use an export with a column such as 'label_included' that says 1 or 0, or name a column with --label"
        raise CorpusError([Fault(str(path), 0, "labels of included and of excluded papers are missing", remedy)])
    texts = [f"{record.title}\n{record.abstract}" for record, _ in known]
    lottery = random.Random(_SEED)
    results = [_run(texts, labels, lottery) for _ in range(runs)]
    active, drawn, stopped, recall = (mean(values) for values in zip(*results, strict=True))
    return Saved(path.name, len(labels), sum(labels), runs, active, drawn, stopped, recall)


def _read(record: Record, label: str, included: Collection[str]) -> bool | None:
    """Return whether a record is labelled as included, or None if it has no label."""
    if not label:
        read = read_label(record)
        return read.included if read else None
    value = next((one_line(value) for name, value in record.extra.items() if name.lower() == label.lower()), "")
    return value in included if value else None


def _run(texts: list[str], labels: list[bool], lottery: random.Random) -> tuple[float, float, float, float]:
    kinds = {kind: [at for at, label in enumerate(labels) if label is kind] for kind in (True, False)}
    order = simulate(texts, labels, (lottery.choice(kinds[True]), lottery.choice(kinds[False])))
    drawn = lottery.sample(range(len(labels)), len(labels))
    sequence = [labels[at] for at in order]
    stop = next(
        (at for at in range(10, len(labels), 10) if estimate(sequence[:at], len(labels)).enough >= 0.95), len(labels)
    )
    found = sum(sequence[:stop]) / sum(labels)
    return work_saved(labels, order), work_saved(labels, drawn), stop / len(labels), found


def render_saved(saved: Saved) -> str:
    """Return the figures as text."""
    return (
        f"{saved.name}: {saved.papers} papers, {saved.included} included; means of {saved.runs} runs\n"
        f"  work saved at a recall of 95% (WSS@95): {saved.active:.1%}; in random order {saved.drawn:.1%}\n"
        f"  stopping when the desk is 95% sure of a recall of 95%: after {saved.stopped:.1%} of the papers, "
        f"with {saved.recall:.1%} of the included ones"
    )
