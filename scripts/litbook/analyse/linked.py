"""Choose the related papers that readers see: those that people wrote about together, then those alike in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from litbook.model.citing import Citing
from litbook.model.editorial import Tension
from litbook.model.pages import Page
from litbook.model.review import Placement, Related, Theme

MOST = 5
# The least cosine of papers that are related by their words alone, and of those that a section discusses or that are
# cited together once. In three samples of 50 pairs, 11 of 25 pairs by words alone were judged related, and of those of
# a section 3 of 5 below 0.10. In three later ones, 8 of 14 pairs that are cited together once were judged related below
# 0.10, and 39 of 43 of the others that are cited together.
FLOOR, FLOOR_ONCE = 0.13, 0.10
# Papers alike in words alone are also among each other's nearest: of 19 such pairs 13 were judged related.
NEAREST = 2
_FEWEST_PHRASES = 2  # that papers alike in words share
_MOST_CITING = 3  # papers that are related because one cites the other, or both cite the same
_MOST_IN_SECTION = 8  # papers of a section that are said to be discussed together
_CHAPTERS = "chapters/"

_Pair = tuple[str, str]
Reasons = dict[_Pair, str]  # by ordered pairs of citekeys
_ByPaper = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Together:
    """Hold the reasons of each paper by the other: one question, one citation, one section of a chapter."""

    asked: _ByPaper
    cited: _ByPaper
    discussed: _ByPaper


def choose_related(
    near: Mapping[str, tuple[Related, ...]],
    placements: Mapping[str, Placement],
    tensions: Iterable[Tension],
    pages: Iterable[Page],
    themes: Iterable[Theme],
) -> dict[str, tuple[Related, ...]]:
    """Return at most `MOST` related papers for each paper; none if nothing is near enough.

    Papers that answer the same question come first, then those cited in one place that are also near in words, then
    those that already have a reason (see `put_citing_first`) or are discussed in one section of a chapter. Where people
    have not yet linked half of a theme's papers, papers that are only alike in words are related.
    """
    names = {theme.slug: theme.name for theme in themes}
    cited, times, discussed = _find_together(pages, names)
    close = {pair: reason for pair, reason in cited.items() if _is_near(*pair, near, times[pair] > 1)}
    together = _Together(*map(_by_paper, (_find_questions(tensions), close, discussed)))
    related = {key: _choose(key, row, placements, together) for key, row in near.items()}
    papers = Counter(placements[key].theme for key in related)
    linked = Counter(placements[key].theme for key, row in related.items() if row)
    written = {theme for theme, number in linked.items() if 2 * number >= papers[theme]}
    return {
        key: row if row or placements[key].theme in written else _find_alike(key, near) for key, row in related.items()
    }


def _is_near(one: str, other: str, near: Mapping[str, tuple[Related, ...]], often: bool) -> bool:
    """Return whether papers are near by words: among the nearest of the other, and alike enough if cited but once."""
    rows = ((other, near.get(one, ())), (one, near.get(other, ())))
    if any(not row for _, row in rows):  # nothing can be compared with one of them
        return True
    likeness = [item.likeness for key, row in rows for item in row if item.citekey == key]
    return bool(likeness) and (often or max(likeness) >= FLOOR_ONCE)


def _choose(
    key: str, row: Iterable[Related], placements: Mapping[str, Placement], together: _Together
) -> tuple[Related, ...]:
    known = {item.citekey: item for item in row}
    chosen: dict[str, Related] = {}
    for reasons in (together.asked, together.cited):
        for other, reason in reasons.get(key, {}).items():
            if other in placements and other not in chosen:
                chosen[other] = replace(known.get(other, Related(other, ())), reason=reason)
    for other, item in known.items():
        reason = item.reason or together.discussed.get(key, {}).get(other, "")
        if other not in chosen and (item.reason or (reason and item.likeness >= FLOOR_ONCE)):
            chosen[other] = replace(item, reason=reason)
    return tuple(chosen.values())[:MOST]


def _find_alike(key: str, near: Mapping[str, tuple[Related, ...]]) -> tuple[Related, ...]:
    """Return the papers that are alike enough in words, and of which each has this one among its nearest as well."""
    return tuple(
        item
        for item in near[key][:NEAREST]
        if item.likeness >= FLOOR
        and len(item.why) >= _FEWEST_PHRASES
        and any(back.citekey == key for back in near.get(item.citekey, ())[:NEAREST])
    )


def put_citing_first(near: Mapping[str, tuple[Related, ...]], citing: Citing) -> Mapping[str, tuple[Related, ...]]:
    """Return the papers near to each paper, first those most closely related to it by citations, with the reason."""
    return {key: _put_first(key, row, citing, near.keys()) for key, row in near.items()} if citing.listed else near


def _put_first(key: str, row: tuple[Related, ...], citing: Citing, papers: Collection[str]) -> tuple[Related, ...]:
    """Put at most `_MOST_CITING` papers first; those that share most references with this one are the closest."""
    shared = dict(citing.shared.get(key, ()))
    cites = {item.citekey for item in citing.cites.get(key, ())}
    cited_by = {item.citekey for item in citing.cited_by.get(key, ())}
    known = {item.citekey: item for item in row}
    likeness = {other: item.likeness for other, item in known.items()}
    ranked = sorted(
        ({*shared, *cites, *cited_by} - {key}) & set(papers),
        key=lambda other: (-shared.get(other, 0), other not in cites | cited_by, -likeness.get(other, 0), other),
    )
    first: dict[str, Related] = {}
    for other in ranked[:_MOST_CITING]:
        said = ["cites this paper"] if other in cited_by else []
        said += ["cited by this paper"] if other in cites else []
        said += [f"shares {shared[other]} references"] if other in shared else []
        first[other] = replace(known.get(other, Related(other, ())), reason=", ".join(said))
    return tuple((first | {other: item for other, item in known.items() if other not in first}).values())


def _by_paper(reasons: Reasons) -> _ByPaper:
    found: dict[str, dict[str, str]] = {}
    for (one, other), reason in reasons.items():
        found.setdefault(one, {})[other] = reason
    return found


def _find_questions(tensions: Iterable[Tension]) -> Reasons:
    """Return a reason for each ordered pair of papers that a tension quotes."""
    return {
        pair: f"same question: {tension.question}"
        for tension in tensions
        for pair in permutations(tension.citekeys(), 2)
    }


def _find_together(pages: Iterable[Page], names: Mapping[str, str]) -> tuple[Reasons, Counter[_Pair], Reasons]:
    """Return reasons for pairs in one citation, how often each is in one, and reasons for pairs in one section."""
    cited: Reasons = {}
    times: Counter[_Pair] = Counter()
    discussed: Reasons = {}
    for page in pages:
        name = names.get(page.file.removeprefix(_CHAPTERS).removesuffix(".md"))
        if not page.file.startswith(_CHAPTERS) or name is None:
            continue
        sections: dict[int, dict[str, None]] = {}
        for line, keys in _list_citations(page):
            pairs = list(permutations(dict.fromkeys(keys), 2))
            times.update(pairs)
            cited |= dict.fromkeys(pairs, f"cited together in {name}")
            at = max(
                (item.first_line for item in page.sections if item.first_line <= line <= item.last_line), default=0
            )
            sections.setdefault(at, {}).update(dict.fromkeys(keys))
        for held in sections.values():
            if len(held) <= _MOST_IN_SECTION:
                discussed |= dict.fromkeys(permutations(held, 2), f"discussed together in {name}")
    return cited, times, discussed


def _list_citations(page: Page) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the citekeys of each citation."""
    for role in page.roles:
        if role.name.startswith("cite"):
            yield role.line, [key.strip() for key in role.text.split(",") if key.strip()]
