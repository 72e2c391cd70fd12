"""Figures of the search: as tables for the command line, and as the JSON that is committed and shown on a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

FILE = Path("tests/search-figures.json")
TOLERANCE = 0.02  # a figure may fall by so much before it counts as worse


@dataclass(frozen=True, slots=True)
class Quality:
    """Hold how well one set of questions was answered: shares, from 0 to 1.

    `first` is the share of questions with a right paper among the first five; for questions without an answer it is the
    share reported to have no close match. `recall` is the share of the right papers among the first ten.
    """

    trial: str
    questions: int
    first: float
    recall: float
    called_far: float
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phone:
    """Hold what a reader with a phone waits for, in milliseconds: 95th percentiles, and medians (`_50`).

    `opened` is the time from the opening of `search.html?q=…` to its first paper, and `asked` that from a question
    asked on an open page. Of the former, `work` is the median of what the page's thread did, and `files` and `loaded`
    those of the files and bytes of the index.
    """

    opened: float
    opened_50: float
    asked: float
    asked_50: float
    work: float
    files: int
    loaded: int


@dataclass(frozen=True, slots=True)
class Speed:
    """Hold sizes in bytes, compressed, and times in milliseconds at one number of papers.

    `shift` is the most that results of a question moved what was there: the sum of layout shifts (web.dev/cls) on a
    phone's screen, or None if it was not measured; so is `phone`.
    """

    papers: int
    index: int
    files: int
    question_most: int
    cold_95: float
    typed_50: float
    typed_95: float
    shift: float | None = None
    phone: Phone | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold all that was measured, and at how many papers; `engines` is what `engines.cjs` printed."""

    papers: int
    quality: Sequence[Quality] = ()
    speed: Sequence[Speed] = ()
    engines: Sequence[Any] = ()


def read_figures(root: Path) -> Figures:
    """Return the committed figures, or none."""
    path = root / FILE
    if not path.is_file():
        return Figures(0)
    values: dict[str, Any] = json.loads(path.read_text("utf-8"))
    quality = [Quality(**{**row, "failed": tuple(row["failed"])}) for row in values["quality"]]
    return Figures(values["papers"], quality, list(map(_read_speed, values["speed"])), values["engines"])


def _read_speed(row: Mapping[str, Any]) -> Speed:
    phone = row.get("phone")
    return Speed(**{**row, "phone": Phone(**phone) if phone else None})


def find_drops(before: Sequence[Quality], now: Sequence[Quality]) -> list[str]:
    """Return a line for each figure that is worse than the committed one by more than the tolerance, or missing."""
    measured = {figure.trial: figure for figure in now}
    lines = []
    for was in before:
        figure = measured.get(was.trial)
        for name, old in (("first", was.first), ("recall", was.recall)):
            value = getattr(figure, name, 0.0)
            if value < old - TOLERANCE:
                lines.append(f"{was.trial}: {name} was {old:.3f} and is {value:.3f}")
    return lines


def render_quality(figures: Sequence[Quality]) -> str:
    """Return the table of what was found."""
    head = f"{'questions':52} {'number':>6} {'first 5':>8} {'recall@10':>9} {'called far':>10}"
    rows = [
        f"{figure.trial:52} {figure.questions:6} {figure.first:8.3f} {figure.recall:9.3f} {figure.called_far:10.3f}"
        for figure in figures
    ]
    return "\n".join([head, *rows])


def render_speed(figures: Sequence[Speed]) -> str:
    """Return the table of bytes and times."""
    names = ("papers", "index kB", "files", "kB a question", "cold p95 ms", "typed p50", "p95 ms", "shift")
    head = "{:>7} {:>9} {:>6} {:>14} {:>12} {:>10} {:>7} {:>7}  phone: opened, asked (p50); work, files, kB".format(
        *names
    )
    rows = [
        f"{figure.papers:7} {figure.index / 1e3:9.0f} {figure.files:6} {figure.question_most / 1e3:14.0f} "
        f"{figure.cold_95:12.0f} {figure.typed_50:10.1f} {figure.typed_95:7.1f} {render_shift(figure):>7}  "
        f"{render_phone(figure.phone)}"
        for figure in figures
    ]
    goals = "goals: 450 kB at 248 papers, 200 kB a question there and 300 kB at 10,000; 95 of 100 letters under 50 ms"
    return "\n".join([head, *rows, goals])


def render_phone(phone: Phone | None) -> str:
    """Return what a reader with a phone waits for, or a dash."""
    if phone is None:
        return "–"
    return (
        f"{phone.opened:.0f} ({phone.opened_50:.0f}), {phone.asked:.0f} ({phone.asked_50:.0f}); "
        f"{phone.work:.0f}, {phone.files}, {phone.loaded / 1e3:.0f}"
    )


def render_shift(figure: Speed) -> str:
    """Return how much results shift the page, with three digits, or a dash."""
    return "–" if figure.shift is None else f"{figure.shift:.3f}"


def render_engines(engines: Sequence[Any], ours: Sequence[Quality]) -> str:
    """Return the table of other engines beside ours: the share of questions with a right paper among the first five."""
    if not engines:
        return ""
    heads = " ".join(f"{row['engine'][:24]:>24}" for row in engines)
    lines = [f"{'first 5':52} {'ours':>6} {heads}"]
    for figure in ours:
        values = [row["figures"].get(figure.trial) for row in engines]
        if all(values):
            lines.append(
                f"{figure.trial:52} {figure.first:6.3f} " + " ".join(f"{value['first']:24.3f}" for value in values)
            )
    sizes = " ".join(f"{row['figures']['titles']['bytes'] / 1e3:24.0f}" for row in engines)
    return "\n".join([*lines, f"{'index, kB compressed, without what a result shows':52} {'':6} {sizes}"])


def render_figures(figures: Figures, about: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return all figures as JSON, shares with three digits, so that a commit shows what changed and nothing else.

    `about` says how they were measured, for the list of everything that was measured.
    """
    shown = [{**asdict(figure), **_round(figure)} for figure in figures.quality]
    times = [_round_times(asdict(speed)) for speed in figures.speed]
    values = {**about, "papers": figures.papers, "quality": shown, "speed": times, "engines": figures.engines}
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def _round_times(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return times and sizes with one digit, the shift with three, and of the phone none."""
    kept = {name: value for name, value in row.items() if name != "phone"}
    phone = row["phone"] and {name: round(value) for name, value in row["phone"].items()}
    rounded = {
        name: value if value is None else round(value, 3 if name == "shift" else 1) for name, value in kept.items()
    }
    return {**rounded, "phone": phone}


def _round(figure: Quality) -> dict[str, float]:
    return {name: round(getattr(figure, name), 3) for name in ("first", "recall", "called_far")}
