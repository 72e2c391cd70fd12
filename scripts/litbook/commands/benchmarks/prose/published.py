"""The figures of the number check as they are committed, and as the page on the method shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from litbook.commands.benchmarks.prose.bench import FROM_CITED, Score, Tally, add_up
from litbook.commands.benchmarks.prose.falsehoods import Caught
from litbook.model.measured import Table

PROSE = Path("tests/prose-figures.json")
REPEATED = "test_the_number_check_is_as_good_as_published"
TOLERANCE = 0.01  # a share may differ by so much from what is published: chapters change


def list_values(score: Score, caught: Sequence[Caught]) -> dict[str, str]:
    """Return the figures that running text quotes, by name."""
    false, harmless = (_of(score, wanted) for wanted in (True, False))
    swapped = sum(tally.chance for tally in false if tally.kind == FROM_CITED)
    return {
        "recall": _share(score.recall),
        "precision": _share(score.precision),
        "false": f"{add_up(false, True).made:,}",
        "false refused": f"{add_up(false, True).refused:,}",
        "harmless": f"{add_up(harmless, False).made:,}",
        "harmless refused": f"{add_up(harmless, False).refused:,}",
        "stated": f"{add_up(false, True).chance:,}",
        "swapped": f"{swapped:,}",
        "by hand": f"{sum(item.made for item in caught):,}",
        "by hand refused": f"{sum(item.refused for item in caught):,}",
    }


def tabulate(score: Score, caught: Sequence[Caught]) -> dict[str, Table]:
    """Return the tables of the page: rewritten numbers, and false sentences that people wrote."""
    rows = []
    for false, name in ((True, "all that are false"), (False, "all with the same meaning")):
        tallies = _of(score, false)
        total = add_up(tallies, false)
        rows += [_row(tally, tally.kind) for tally in tallies if tally.made] + [_row(total, name)]
    by_hand = [(item.kind, *map(str, (item.made, item.refused, item.remarked))) for item in caught]
    return {
        "rewritten": Table(("Written instead", "Made", "Refused", "Share"), tuple(rows)),
        "by hand": Table(("What is wrong", "Sentences", "Refused", "Remarked"), tuple(by_hand)),
    }


def find_drops(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return a line for recall or precision if it differs from what is published by more than the tolerance."""
    return [
        f"{name} is published as {before[name]} and is {now[name]}"
        for name in ("recall", "precision")
        if abs(float(before[name]) - float(now[name])) > TOLERANCE
    ]


def _of(score: Score, false: bool) -> list[Tally]:
    return [tally for tally in score.tallies if tally.false is false]


def _row(tally: Tally, name: str) -> tuple[str, ...]:
    return (name, f"{tally.made:,}", f"{tally.refused:,}", _share(tally.refused / tally.made if tally.made else None))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
