"""The values on what an abstract states: names, results with numbers, and people's corrections of both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one number that states a result, with its unit, and what was measured; both stand so in the sentence.

    `measured` is empty where the sentence does not say it in words that the rules know; `sentence` counts from 1.
    """

    sentence: int
    measured: str
    number: str


@dataclass(frozen=True, slots=True)
class Stated:
    """Hold what title and abstract of a paper state; every text stands so in one of them.

    `method` holds the names that the authors give to what is theirs: a method, a system, a benchmark. `models` and
    `benchmarks` hold the names of what others made. What is empty is not stated.
    """

    method: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedCorrection:
    """Hold one row of `findings.csv`: what a person adds to, drops from or puts in the place of what the rules found.

    `field` is "method", "models", "benchmarks" or "finding"; `action` "add", "drop" or "replace". `value` is the name,
    or the number of a finding; `sentence` and `measured` belong to a finding. `line` is the place in the file.
    """

    line: int
    citekey: str
    field: str
    action: str
    value: str
    sentence: int = 0
    measured: str = ""
    reason: str = ""
