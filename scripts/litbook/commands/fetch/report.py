"""What a run of `litbook fetch` found, and its text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from litbook.text.nouns import count_noun


@dataclass(frozen=True, slots=True)
class Addition:
    """A value that was added to a paper."""

    citekey: str
    field: str
    service: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A value that a service contradicts; nothing was written for it."""

    citekey: str
    field: str
    known: str
    found: str
    service: str
    address: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A work that resembles the paper, and why it was not accepted."""

    citekey: str
    title: str
    why: str
    service: str
    address: str


@dataclass
class Report:
    """The results of one run.

    `papers` counts those considered; `asked` holds the citekeys that services were asked about, `answered` those with a
    proven answer, and `unknown` those without one that still lack authors or year.
    """

    papers: int = 0
    asked: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    additions: list[Addition] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    near_misses: list[NearMiss] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    interrupted: bool = False

    def render(self) -> str:
        """Return the report as text for a terminal."""
        return "\n".join(
            [
                *self.render_head(),
                *_render_list("contradiction", "not written", map(_describe_contradiction, self.contradictions)),
                *_render_list("near miss", "not proven, so not used", map(_describe_near_miss, self.near_misses)),
                *_render_list("paper that no service knows for certain", "authors or year missing", self.unknown),
                *_render_list("problem", "the next run will ask again", self.troubles),
            ]
        )

    def render_head(self) -> list[str]:
        """Return what was asked and added."""
        if not self.asked:
            return [
                f"Nothing to ask about {count_noun(self.papers, 'paper')}: nothing is missing, or it was asked before."
            ]
        by_paper: dict[str, dict[str, list[str]]] = {}
        for addition in sorted(self.additions, key=lambda addition: addition.citekey):
            by_paper.setdefault(addition.citekey, {}).setdefault(addition.service, []).append(addition.field)
        start = "Interrupted after" if self.interrupted else "Done:"
        asked, added = count_noun(len(self.asked), "paper"), count_noun(len(self.additions), "value")
        head = f"{start} asking about {asked}; {added} added to {len(by_paper)} of them."
        return [head, *(f"  {citekey}: {_describe_fields(services)}" for citekey, services in by_paper.items())]


def _describe_fields(by_service: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(f"{', '.join(names)} ({service})" for service, names in by_service.items())


def _render_list(what: str, remark: str, items: Iterable[str]) -> list[str]:
    lines = [f"  {item}" for item in items]
    if not lines:
        return []
    noun, _, rest = what.partition(" that ")
    plural = {"near miss": "near misses"}.get(noun, f"{noun}s") if len(lines) > 1 else noun
    return [f"{len(lines)} {plural}{' that ' + rest if rest else ''}{f' ({remark})' if remark else ''}:", *lines]


def _describe_contradiction(item: Contradiction) -> str:
    return f"{item.citekey}: {item.field} is {item.known}; {item.service} says {item.found} ({item.address})"


def _describe_near_miss(item: NearMiss) -> str:
    return f"{item.citekey}: {item.service} has '{item.title}' ({item.address}): {item.why}"
