"""Measure the checks on false sentences that a person wrote, as people would get them wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from litbook.analyse.prose import check_page_numbers
from litbook.analyse.prose.numbercheck import CHAPTERS, Register
from litbook.analyse.prose.remarks import find_name_remarks
from litbook.ingest.pages import make_page
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Corpus


@dataclass(frozen=True, slots=True)
class Falsehood:
    """A false sentence with its citations and claims, and the kind of its error."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Caught:
    """Counts for one kind: sentences, those that stop the build, and others on which there is a remark."""

    kind: str
    made: int
    refused: int
    remarked: int
    missed: tuple[str, ...]


def read_falsehoods(path: Path) -> tuple[Falsehood, ...]:
    """Read a list of objects with "kind" and "text"; raise `CorpusError` for anything else."""
    try:
        return tuple(Falsehood(item["kind"], item["text"]) for item in json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        remedy = 'write a list of objects with "kind" and "text"'
        raise CorpusError([Fault(str(path), 0, f"invalid list of falsehoods ({error})", remedy)]) from None


def measure_falsehoods(corpus: Corpus, falsehoods: Sequence[Falsehood]) -> tuple[Caught, ...]:
    """Check each sentence as the only one of a chapter, and count by kind what is noticed."""
    judged: dict[str, list[tuple[str, bool, bool]]] = {}
    for falsehood in falsehoods:
        page = make_page(f"# X\n\n{falsehood.text}\n", f"{CHAPTERS}x.md")
        refused = any(True for _ in check_page_numbers(corpus, Register(corpus), page))
        remarked = any(True for _ in find_name_remarks(corpus, page))
        judged.setdefault(falsehood.kind, []).append((falsehood.text, refused, remarked))
    return tuple(
        Caught(
            kind,
            len(items),
            sum(refused for _, refused, _ in items),
            sum(remarked and not refused for _, refused, remarked in items),
            tuple(text for text, refused, remarked in items if not refused and not remarked),
        )
        for kind, items in judged.items()
    )


def render_caught(caught: Sequence[Caught], missed: bool = False) -> str:
    """Return a table of the kinds, and with `missed` the sentences that nothing notices."""
    lines = [f"{'written by hand':<46} {'made':>6} {'refused':>8} {'remarked':>9}"]
    lines += [f"{item.kind:<46} {item.made:>6} {item.refused:>8} {item.remarked:>9}" for item in caught]
    made, refused, remarked = (sum(getattr(item, name) for item in caught) for name in ("made", "refused", "remarked"))
    lines.append(f"{'all of them':<46} {made:>6} {refused:>8} {remarked:>9}")
    lines += [f"missed: {text}" for item in caught for text in item.missed] if missed else []
    return "\n".join(lines)
