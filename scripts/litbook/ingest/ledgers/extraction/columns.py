"""Read `extraction.yml`: the columns that a review extracts from its papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping, Problem, as_list, as_mapping, as_strings, check_keys, read_entries
from litbook.model.extraction import CHOICE, COLUMN_KINDS, INTERVAL, NUMBER, Choice, Column, Pooling
from litbook.model.faults import Fault, nearest
from litbook.model.stated import DRAFT_FIELDS

_KEYS = ("id", "name", "question", "kind", "unit", "choices", "several", "themes", "group", "draft", "level", "null",
         "pool")  # fmt: skip
_FEWEST_CHOICES = 2
# Measures that are ratios: no effect is 1, and they are drawn and summarised as logarithms.
_RATIOS = ("ratio", "odds", "fold", "hr", "or", "rr", "irr")


def read_columns(project: Project, slugs: Sequence[str]) -> tuple[tuple[Column, ...], list[Fault]]:
    """Read the columns in order and check each entry's form; a missing file counts as empty."""
    file = project.name(project.columns)
    entries, faults = read_entries(project.columns, file, "column")
    seen: dict[str, int] = {}
    columns = []
    for entry in entries:
        wrong = [Fault(file, line, what, remedy) for line, what, remedy in _check(entry, slugs, seen)]
        faults += wrong
        seen.setdefault(entry.text("id"), entry.line)
        if not wrong:
            columns.append(_make_column(entry))
    return tuple(columns), faults


def _make_column(entry: Mapping) -> Column:
    name = entry.text("name") or entry.text("id").replace("-", " ").capitalize()
    unit = entry.text("unit")
    pool = as_mapping(entry.get("pool"))
    return Column(
        id=entry.text("id"),
        name=name,
        question=entry.text("question"),
        kind=entry.text("kind"),
        line=entry.line,
        unit=unit,
        choices=tuple(_make_choices(entry.get("choices"))),
        several=entry.get("several") is True,
        themes=as_strings(entry.get("themes")),
        group=entry.text("group"),
        draft=entry.text("draft"),
        level=int(entry.text("level") or 95),
        null=_find_null(entry.text("null"), unit) if entry.text("kind") == INTERVAL else None,
        pooling=Pooling(pool.text("because"), entry.line_of("pool")) if pool else None,
    )


def _make_choices(value: Any) -> Iterator[Choice]:
    """Yield the choices of a list of names, or of a mapping from names to the words that a quotation must hold."""
    if isinstance(value, Mapping):
        for name, words in value.items():
            yield Choice(name, as_strings(words) or ((str(words),) if words else ()))
    else:
        yield from (Choice(" ".join(name.split())) for name in as_strings(value))


def _find_null(given: str, unit: str) -> Fraction:
    """Return the value that means no effect: the one given, or 1 for ratios and 0 for differences."""
    return Fraction(given) if given else Fraction(is_ratio(unit))


def is_ratio(unit: str) -> bool:
    """Return whether a measure of effect is a ratio, as "odds ratio" and "HR" are."""
    words = unit.lower().split()
    return any(word.strip("().,") in _RATIOS for word in words)


def _check(entry: Mapping, slugs: Sequence[str], seen: dict[str, int]) -> Iterator[Problem]:
    """Yield what is wrong with one column: line, problem and remedy."""
    name = entry.text("id")
    yield from check_keys(entry, "column", ("id", "question", "kind"))
    if name and name in seen:
        yield entry.line_of("id"), f"duplicate column '{name}', first on line {seen[name]}", "give it another id"
    for key in entry:
        if key not in _KEYS:
            remedy = nearest(key, _KEYS) or f"use {', '.join(_KEYS)}"
            yield entry.line_of(key), f"unknown key '{key}' of column '{name}'", remedy
    yield from _check_words(entry, slugs)
    yield from _check_kind(entry, name)
    yield from _check_figures(entry, name)


def _check_words(entry: Mapping, slugs: Sequence[str]) -> Iterator[Problem]:
    for key, known in (("kind", COLUMN_KINDS), ("draft", tuple(DRAFT_FIELDS))):
        word = entry.text(key)
        if word and word not in known:
            yield (
                entry.line_of(key),
                f"unknown {key} '{word}'",
                nearest(word, known) or f"use one of {', '.join(known)}",
            )
    for slug in as_strings(entry.get("themes")):
        if slugs and slug not in slugs:  # without any theme, the fault is in themes.yml
            remedy = nearest(slug, slugs) or "use a slug from themes.yml"
            yield entry.line_of("themes"), f"unknown theme '{slug}'", remedy
    if "themes" in entry and not as_list(entry.get("themes")):
        yield entry.line_of("themes"), "themes is not a list of slugs", "write [slug, slug], or leave the key out"
    if "several" in entry and not isinstance(entry.get("several"), bool):
        yield entry.line_of("several"), f"invalid several '{entry.text('several')}'", "write true or false"


def _check_kind(entry: Mapping, name: str) -> Iterator[Problem]:
    kind = entry.text("kind")
    names = [choice.name for choice in _make_choices(entry.get("choices"))]
    if kind == CHOICE and len(names) < _FEWEST_CHOICES:
        yield entry.line_of("choices"), f"column '{name}' has fewer than two choices", "list the choices"
    if kind in COLUMN_KINDS and kind != CHOICE and "choices" in entry:
        yield entry.line_of("choices"), f"column '{name}' of kind {kind} has choices", "write kind: choice"
    for choice in sorted({choice for choice in names if names.count(choice) > 1}):
        yield entry.line_of("choices"), f"duplicate choice '{choice}' of column '{name}'", "name each choice once"
    for key, kinds in (
        ("unit", (NUMBER, INTERVAL)),
        ("null", (INTERVAL,)),
        ("level", (INTERVAL,)),
        ("pool", (INTERVAL,)),
    ):
        if key in entry and kind in COLUMN_KINDS and kind not in kinds:
            yield entry.line_of(key), f"column '{name}' of kind {kind} has '{key}'", f"write kind: {kinds[0]}"
    if kind == INTERVAL and not entry.text("unit"):
        what = f"column '{name}' does not name its measure"
        yield entry.line, what, "write unit: odds ratio, unit: mean difference or the like"


def _check_figures(entry: Mapping, name: str) -> Iterator[Problem]:
    level = entry.text("level")
    if level and not (level.isdecimal() and 50 <= int(level) <= 99):
        yield entry.line_of("level"), f"invalid level '{level}'", "write a whole number of percent, such as 95"
    if entry.text("null"):
        try:
            Fraction(entry.text("null"))
        except (ValueError, ZeroDivisionError):
            yield entry.line_of("null"), f"invalid null '{entry.text('null')}'", "write the value that means no effect"
    if "pool" in entry and not as_mapping(entry.get("pool")).text("because"):
        what = f"column '{name}' asks for a summary without saying why its studies are comparable"
        yield entry.line_of("pool"), what, "write pool: {because: …}, or leave the key out"
