"""Summarise the effects of a column where its author asks for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from statistics import NormalDist

from litbook.core.cache import Cache
from litbook.model.extraction import Column, Effect, Extracted, Extraction, Summary
from litbook.model.faults import Fault

_FEWEST = 2


def pool_effects(file: str, held: Extraction, cache: Cache) -> tuple[dict[str, Summary], list[Fault]]:
    """Return the summary of each column that asks for one, and why one cannot be made.

    Papers on which the extractors differ are left out until they agree.
    """
    summaries: dict[str, Summary] = {}
    faults: list[Fault] = []
    for column in held.columns:
        if column.pooling is None:
            continue
        found, problem = _list_effects(column, held)
        if problem:
            faults.append(Fault(file, column.pooling.line, problem[0], problem[1]))
        else:
            summaries[column.id] = cache.once(summarise, column.id, found, column.null == 1, column.level)
    return summaries, faults


def list_pooled(column: Column, held: Extraction) -> list[Extracted]:
    """Return the rows whose effects a summary of the column would include, in the order of their papers."""
    differing = {conflict.citekey for conflict in held.conflicts if conflict.column == column.id}
    rows = [
        row
        for (citekey, name), shown in held.of.items()
        if name == column.id and citekey not in differing
        for row in shown
    ]
    return sorted((row for row in rows if row.effect), key=lambda row: (row.citekey, row.line))


def _list_effects(column: Column, held: Extraction) -> tuple[tuple[Effect, ...], tuple[str, str] | None]:
    rows = list_pooled(column, held)
    keys = [row.citekey for row in rows]
    twice = next((key for key in keys if keys.count(key) > 1), "")
    if twice:
        what = f"'{column.id}' cannot be summarised: {twice} has several effects, which are not independent"
        return (), (what, "keep one effect of each paper, or leave out 'pool'")
    if len(rows) < _FEWEST:
        what = f"'{column.id}' cannot be summarised: papers with an effect on which extractors agree: {len(rows)}"
        return (), (what, "leave out 'pool' until there are two")
    if find_spec("statsmodels") is None:
        what = f"the summary of '{column.id}' needs statsmodels, which is not installed"
        return (), (what, "run: pip install litbook[effects]")
    return tuple(row.effect for row in rows if row.effect), None


def summarise(name: str, effects: Sequence[Effect], is_ratio: bool, level: int) -> Summary:
    """Return the random-effects summary of effects, ratios by their logarithms.

    The variance between studies is estimated as R. C. Paule and J. Mandel propose ("Consensus values and weighting
    factors", 1982), the interval as G. Knapp and J. Hartung do ("Improved tests for a random effects meta-regression",
    2003), with their correction for studies that differ by less than chance; the estimates are by statsmodels.
    """
    import numpy as np  # noqa: PLC0415 - loads only if a summary is stale
    from scipy.stats import chi2, t  # noqa: PLC0415
    from statsmodels.stats.meta_analysis import combine_effects  # noqa: PLC0415

    scale = math.log if is_ratio else float
    back = math.exp if is_ratio else float
    width = 2 * NormalDist().inv_cdf(0.5 + level / 200)
    middles = np.array([scale(effect.estimate) for effect in effects])
    errors = np.array([(scale(effect.high) - scale(effect.low)) / width for effect in effects])
    result = combine_effects(middles, errors**2, method_re="iterated")
    middle, q, freedom = float(result.mean_effect_re), max(0.0, float(result.q)), len(effects) - 1
    error = max(float(result.sd_eff_w_re), float(result.sd_eff_w_re_hksj))
    reach = float(t.ppf(0.5 + level / 200, freedom)) * error
    return Summary(
        column=name,
        studies=len(effects),
        estimate=back(middle),
        low=back(middle - reach),
        high=back(middle + reach),
        tau_squared=float(result.tau2),
        i_squared=max(0.0, 1 - freedom / q) if q else 0.0,
        q=q,
        p=float(chi2.sf(q, freedom)),
    )
