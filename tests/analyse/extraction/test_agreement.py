"""Agreement of two extractors, against values worked out in the papers that define them or by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from litbook.analyse.extraction.agreement import find_conflicts, icc, kappa, measure_agreement
from litbook.analyse.extraction.pooling import summarise
from litbook.model.extraction import CHOICE, NUMBER, Choice, Column, Effect, Extracted

DESIGN = Column("design", "Design", "Which design?", CHOICE, 1, choices=(Choice("trial"), Choice("cohort")))
SAMPLE = Column("sample", "Sample", "How many?", NUMBER, 5)


def row(key: str, value: str, by: str, column: Column = DESIGN) -> Extracted:
    number = Fraction(value) if column is SAMPLE and value != "not reported" else None
    return Extracted(2, key, column.id, value, "quoted", by, number=number)


def test_kappa_of_a_table_worked_by_hand() -> None:
    # 20 + 15 of 50 the same; expected by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / 0.5
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 4) is None


def test_icc_falls_with_a_constant_difference_which_a_correlation_would_not_see() -> None:
    assert icc([(1, 1), (2, 2), (5, 5)]) == pytest.approx(1)
    # Mean squares by hand: rows 2, raters 1.5, error 0; (2 - 0) / (2 + 0 + 2 * 1.5 / 3)
    assert icc([(1, 2), (2, 3), (3, 4)]) == pytest.approx(2 / 3)
    assert icc([(3, 4)]) is None


def test_agreement_counts_papers_that_both_read_and_what_one_does_not_report() -> None:
    rows = [row("a", "trial", "A"), row("a", "trial", "B"), row("b", "trial", "A"), row("b", "cohort", "B"),
            row("c", "cohort", "A"), row("d", "cohort", "B"),
            row("a", "10", "A", SAMPLE), row("a", "not reported", "B", SAMPLE)]  # fmt: skip
    design, sample = measure_agreement([DESIGN, SAMPLE], rows)
    assert (design.extractors, design.pairs, design.same, design.statistic) == (("A", "B"), 2, 1, "kappa")
    assert (sample.pairs, sample.same, sample.statistic, sample.value) == (1, 0, "ICC", None)


def test_what_extractors_agreed_on_ends_a_conflict_but_not_the_disagreement() -> None:
    rows = [row("a", "trial", "A"), row("a", "cohort", "B")]
    (conflict,) = find_conflicts([DESIGN], rows)
    assert (conflict.citekey, [item.by for item in conflict.rows]) == ("a", ["A", "B"])
    settled = [*rows, replace(rows[0], by="agreed")]
    assert find_conflicts([DESIGN], settled) == ()
    (measured,) = measure_agreement([DESIGN], settled)
    assert measured.same == 0


def test_the_order_of_several_values_does_not_matter() -> None:
    several = replace(DESIGN, several=True)
    rows = [row("a", "trial", "A"), row("a", "cohort", "A"), row("a", "cohort", "B"), row("a", "trial", "B")]
    assert find_conflicts([several], rows) == ()


def test_a_summary_of_equal_effects_is_that_effect_without_heterogeneity() -> None:
    effect = Effect(Fraction("0.5"), Fraction("0.25"), Fraction(1))
    summary = summarise("it", [effect] * 4, True, 95)
    assert (summary.studies, summary.tau_squared, summary.i_squared) == (4, 0, 0)
    assert summary.estimate == pytest.approx(0.5)
    assert summary.low < 0.5 < summary.high


def test_a_summary_of_unequal_effects_shows_their_heterogeneity() -> None:
    effects = [Effect(Fraction(value), Fraction(value) - 1, Fraction(value) + 1) for value in ("-5", "0", "5")]
    summary = summarise("it", effects, False, 95)
    assert summary.estimate == pytest.approx(0, abs=1e-6)
    assert summary.i_squared > 0.9
    assert summary.p < 0.001
    assert summary.tau_squared == pytest.approx(25 - (1 / 1.959964) ** 2, abs=1e-3)
