"""What people extracted: each value held to its quotation, agreement of extractors, summaries of effects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from litbook.analyse.extraction.agreement import compare_by, find_conflicts, measure_agreement
from litbook.analyse.extraction.check import check_rows
from litbook.analyse.extraction.pooling import pool_effects
from litbook.core.cache import Cache
from litbook.core.project import Project
from litbook.model.extraction import AGREED, Extracted, Extraction
from litbook.model.faults import Fault
from litbook.model.review import Corpus

__all__ = ["extract"]


def extract(project: Project, corpus: Corpus, read: Extraction, cache: Cache) -> tuple[Extraction, list[Fault]]:
    """Return what was extracted, held to the papers' texts, with everything that follows from it, and the faults."""
    if not read:
        return read, []
    rows, faults = check_rows(project.name(project.extraction), corpus, read)
    if faults:
        return replace(read, rows=rows), faults
    held = replace(read, rows=rows, of=_choose_shown(rows), conflicts=find_conflicts(read.columns, rows))
    summaries, faults = pool_effects(project.name(project.columns), held, cache)
    return replace(held, agreements=measure_agreement(read.columns, rows), summaries=summaries), faults


def _choose_shown(rows: Sequence[Extracted]) -> Mapping[tuple[str, str], tuple[Extracted, ...]]:
    """Return the rows to show of each paper and column: those agreed on, or else one for each different value."""
    gathered: dict[tuple[str, str], list[Extracted]] = {}
    for row in rows:
        gathered.setdefault((row.citekey, row.column), []).append(row)
    shown = {}
    for place, held in gathered.items():
        chosen = [row for row in held if row.by == AGREED] or held
        shown[place] = tuple({compare_by(row): row for row in reversed(chosen)}.values())[::-1]
    return shown
