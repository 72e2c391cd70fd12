"""Compare two states of the collection, and render the differences as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from litbook.model.history import Touched
from litbook.model.notices import flag_of
from litbook.model.pages import Citation
from litbook.model.review import Decision, Paper, Part

# The kinds of change and their headings, in the order in which they are listed.
HOWS: Mapping[str, str] = {
    "new": "New",
    "retouched": "Title or abstract changed",
    "noticed": "Retracted, withdrawn, corrected or cleared",
    "placed": "Placed under a theme by a person",
    "moved": "Moved to another theme",
    "excluded": "Excluded",
    "readmitted": "No longer excluded",
    "dropped": "No longer in any source",
}
# Chapters that cite such a paper are worth checking. No chapter cites a new paper, and a first placement by a person
# changes no text.
_WORTH_A_LOOK = frozenset(("retouched", "noticed", "moved", "excluded", "readmitted", "dropped"))
_MOST_TITLES = 200


@dataclass(frozen=True, slots=True)
class PaperText:
    """Hold the title and abstract of a paper, and the label of the most serious notice about it, or nothing."""

    title: str
    abstract: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Hold the collection at one time: papers and decisions by citekey, titles of themes by slug.

    `renamed` has the slug that took the place of each former one.
    """

    papers: Mapping[str, PaperText]
    decisions: Mapping[str, Decision]
    themes: Mapping[str, str]
    renamed: Mapping[str, str] = field(default_factory=dict)


def take_snapshot(papers: Iterable[Paper], decisions: Iterable[Decision], parts: Sequence[Part]) -> Snapshot:
    """Return the part of a state of the collection that `compare` looks at."""
    return Snapshot(
        papers={
            paper.citekey: PaperText(paper.title.plain, paper.abstract.plain, flag_of(paper.notices))
            for paper in papers
        },
        decisions={decision.citekey: decision for decision in decisions},
        themes={theme.slug: theme.title for part in parts for theme in part.themes},
        renamed={old: theme.slug for part in parts for theme in part.themes for old in theme.was},
    )


def compare(before: Snapshot, after: Snapshot) -> tuple[Touched, ...]:
    """Return the changes of papers in the order of `HOWS`, then by citekey."""
    citekeys = sorted(before.papers.keys() | after.papers.keys())
    found = [touched for citekey in citekeys for touched in _compare_paper(citekey, before, after)]
    order = list(HOWS)
    return tuple(sorted(found, key=lambda touched: (order.index(touched.how), touched.citekey)))


def _compare_paper(citekey: str, before: Snapshot, after: Snapshot) -> Iterator[Touched]:
    old, new = before.papers.get(citekey), after.papers.get(citekey)
    if new is None:
        if old is not None and not _is_excluded(before, citekey):
            yield Touched("dropped", citekey, old.title)
        return
    if _is_excluded(after, citekey):
        if not _is_excluded(before, citekey):
            yield Touched("excluded", citekey, new.title, _reason(after.decisions[citekey]))
    elif old is None:
        yield Touched("new", citekey, new.title)
    elif _is_excluded(before, citekey):
        yield Touched("readmitted", citekey, new.title, _reason(after.decisions.get(citekey)))
    else:
        yield from _compare_included(citekey, old, new, _Themes(before, after))


@dataclass(frozen=True, slots=True)
class _Themes:
    before: Snapshot
    after: Snapshot

    def of(self, citekey: str, snapshot: Snapshot) -> str | None:
        """Return the theme under which a person placed a paper, by the slug that it has now."""
        decision = snapshot.decisions.get(citekey)
        theme = decision.theme if decision else None
        return self.after.renamed.get(theme, theme) if theme else theme

    def title(self, slug: str) -> str:
        """Return the current title of a theme, or else its old title, or its slug."""
        return self.after.themes.get(slug) or self.before.themes.get(slug) or slug


def _compare_included(citekey: str, old: PaperText, new: PaperText, themes: _Themes) -> Iterator[Touched]:
    if old.notice != new.notice:
        said = f"Now labelled “{new.notice}”." if new.notice else f"No longer labelled “{old.notice}”."
        yield Touched("noticed", citekey, new.title, said)
    if (old.title, old.abstract) != (new.title, new.abstract):
        yield Touched("retouched", citekey, new.title, _describe_retouch(old, new))
    was, now = themes.of(citekey, themes.before), themes.of(citekey, themes.after)
    if now is None or was == now:
        return
    reason = _reason(themes.after.decisions[citekey])
    if was is None:
        yield Touched("placed", citekey, new.title, f"Under {themes.title(now)}.{_after_space(reason)}")
    else:
        where = f"From {themes.title(was)} to {themes.title(now)}."
        yield Touched("moved", citekey, new.title, where + _after_space(reason))


def _describe_retouch(old: PaperText, new: PaperText) -> str:
    if old.title == new.title:
        return "The abstract was replaced."
    what = "The title" if old.abstract == new.abstract else "Title and abstract"
    return f"{what} changed; the title was “{_shorten(old.title)}”."


def _shorten(text: str) -> str:
    return text if len(text) <= _MOST_TITLES else f"{text[:_MOST_TITLES]} …"


def _is_excluded(snapshot: Snapshot, citekey: str) -> bool:
    decision = snapshot.decisions.get(citekey)
    return decision is not None and decision.status == "exclude"


def _reason(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return f"Reason: {decision.reason}" if decision.reason else "No reason was given."


def _after_space(text: str) -> str:
    return f" {text}" if text else ""


def find_pages_to_look_at(
    touched: Iterable[Touched], citations: Mapping[str, Iterable[Citation]]
) -> dict[str, tuple[Citation, ...]]:
    """Return the citations of changed papers by file, in the order of files and lines."""
    citekeys = {item.citekey for item in touched if item.how in _WORTH_A_LOOK}
    places = {place for citekey in citekeys for place in citations.get(citekey, ())}
    found: dict[str, list[Citation]] = {}
    for place in sorted(places, key=lambda place: (place.file, place.line, place.citekey)):
        found.setdefault(place.file, []).append(place)
    return {file: tuple(cited) for file, cited in found.items()}


def render_changes(touched: Iterable[Touched], citations: Mapping[str, Iterable[Citation]]) -> str:
    """Return changes as lines of text, with the citations that are worth checking at the end."""
    touched = tuple(touched)
    lines: list[str] = []
    for how, heading in HOWS.items():
        items = [item for item in touched if item.how == how]
        if items:
            lines += [f"{heading} ({len(items)}):", *(_line(item) for item in items)]
    pages = find_pages_to_look_at(touched, citations)
    if pages:
        lines.append("Worth checking, because they cite a paper that changed:")
        lines += [f"  book/{place.file}:{place.line}: {place.citekey}" for cited in pages.values() for place in cited]
    return "\n".join(lines)


def describe_changes(touched: Iterable[Touched], citations: Mapping[str, Iterable[Citation]]) -> dict[str, Any]:
    """Return changes, and the citations that are worth checking, as values that JSON can represent."""
    touched = tuple(touched)
    pages = find_pages_to_look_at(touched, citations)
    return {
        "changes": [asdict(item) for item in touched],
        "worth_checking": [
            {"file": f"book/{place.file}", "line": place.line, "citekey": place.citekey}
            for cited in pages.values()
            for place in cited
        ],
    }


def _line(item: Touched) -> str:
    return f"  {item.citekey}: {item.title}" + (f" ({item.detail})" if item.detail else "")
