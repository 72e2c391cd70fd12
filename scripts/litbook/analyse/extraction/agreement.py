"""How far extractors agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from litbook.model.extraction import AGREED, CHOICE, NUMBER, YES_NO, Agreement, Column, Conflict, Effect, Extracted

# The values that one extractor gives to one paper: one, or several where the column allows it.
Value = Effect | Fraction | str
Said = frozenset[Value]


def measure_agreement(columns: Sequence[Column], rows: Sequence[Extracted]) -> tuple[Agreement, ...]:
    """Return the agreement of each two extractors on each column of which they read the same papers."""
    return tuple(found for column in columns for found in _measure_column(column, rows))


def find_conflicts(columns: Sequence[Column], rows: Sequence[Extracted]) -> tuple[Conflict, ...]:
    """Return the papers on which extractors differ, unless a row by "agreed" says what they agreed on."""
    conflicts = []
    for column in columns:
        for citekey, said in sorted(_gather(column.id, rows).items()):
            held = tuple(row for row in rows if (row.citekey, row.column) == (citekey, column.id))
            if len(set(said.values())) > 1 and all(row.by != AGREED for row in held):
                conflicts.append(Conflict(citekey, column.id, held))
    return tuple(conflicts)


def _gather(column: str, rows: Sequence[Extracted]) -> dict[str, dict[str, Said]]:
    """Return what each extractor says of each paper in a column."""
    said: dict[str, dict[str, set[Value]]] = {}
    for row in rows:
        if row.column == column and row.by != AGREED:
            said.setdefault(row.citekey, {}).setdefault(row.by, set()).add(compare_by(row))
    return {key: {by: frozenset(values) for by, values in readers.items()} for key, readers in said.items()}


def compare_by(row: Extracted) -> Value:
    """Return what makes two values of a column the same: a number's value, or else the words."""
    if row.effect is not None:
        return row.effect
    return row.value.casefold() if row.number is None else row.number


def _measure_column(column: Column, rows: Sequence[Extracted]) -> Iterator[Agreement]:
    said = _gather(column.id, rows)
    extractors = sorted({by for readers in said.values() for by in readers})
    for pair in combinations(extractors, 2):
        both = [
            (readers[pair[0]], readers[pair[1]])
            for readers in said.values()
            if pair[0] in readers and pair[1] in readers
        ]
        if both:
            same = sum(one == other for one, other in both)
            statistic, value = _compute(column, both)
            yield Agreement(column.id, (pair[0], pair[1]), len(both), same, statistic, value)


def _compute(column: Column, both: Sequence[tuple[Said, Said]]) -> tuple[str, float | None]:
    """Return the name of the statistic that fits a column, and its value; no name where none fits."""
    if column.several:
        return "", None
    if column.kind in (CHOICE, YES_NO):
        return "kappa", kappa([(min(one, key=str), min(other, key=str)) for one, other in both])
    if column.kind == NUMBER:
        values = [(next(iter(one)), next(iter(other))) for one, other in both]
        return "ICC", icc(
            [
                (float(one), float(other))
                for one, other in values
                if isinstance(one, Fraction) and isinstance(other, Fraction)  # else the paper does not say
            ]
        )
    return "", None


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Return Cohen's kappa of two raters, or None where both use one and the same value throughout.

    J. Cohen, "A coefficient of agreement for nominal scales", 1960.
    """
    total = len(pairs)
    ones, others = (Counter(pair[at] for pair in pairs) for at in (0, 1))
    expected = sum(ones[value] * others[value] for value in ones) / total**2
    observed = sum(one == other for one, other in pairs) / total
    return None if expected == 1 else (observed - expected) / (1 - expected)


def icc(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return the intraclass correlation of two raters for absolute agreement of single values.

    ICC(A,1) of K. O. McGraw and S. P. Wong, "Forming inferences about some intraclass correlation coefficients", 1996.
    None for fewer than two pairs, or where all values are the same.
    """
    total = len(pairs)
    if total < 2:
        return None
    mean = sum(map(sum, pairs)) / (2 * total)
    rows = 2 * sum((sum(pair) / 2 - mean) ** 2 for pair in pairs) / (total - 1)
    raters = total * sum((sum(pair[at] for pair in pairs) / total - mean) ** 2 for at in (0, 1))
    whole = sum((value - mean) ** 2 for pair in pairs for value in pair)
    error = (whole - rows * (total - 1) - raters) / (total - 1)
    divisor = rows + error + 2 * (raters - error) / total
    return None if divisor == 0 else (rows - error) / divisor
