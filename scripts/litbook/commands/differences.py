"""What a new export changed of papers that were there: field by field, and the claims that quote what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from litbook.model.pages import Claim, KeptClaim
from litbook.model.review import Paper
from litbook.model.vocabulary import UNSPECIFIC
from litbook.text.sentences import split_sentences
from litbook.write.csl import describe_reference, write_iso_date
from litbook.write.item import complete_reference

_LONGEST = 100


def render_differences(
    before: Iterable[Paper],
    after: Iterable[Paper],
    claims: Iterable[KeptClaim],
    read_written: Callable[[], Mapping[str, Sequence[Claim]]],
) -> tuple[str, ...]:
    """Return a line for each paper that changed, below it one for each field, and one for each claim to look at.

    `claims` are those that a build kept; `read_written` reads those on the pages, which no build may have seen yet.
    """
    known = {paper.citekey: paper for paper in before}
    kept = list(claims)
    written: Mapping[str, Sequence[Claim]] | None = None
    lines: list[str] = []
    for paper in after:
        old = known.get(paper.citekey)
        if old is None or (changed := list(_compare(_describe(old), _describe(paper)))) == []:
            continue
        lines += [f"{paper.citekey}: {paper.title.plain}", *(f"  {line}" for line in changed)]
        lines += [f"  {line}" for line in _find_broken(paper, kept)]
        if old.abstract.plain != paper.abstract.plain:
            written = read_written() if written is None else written
            known_to_build = {claim.sentence for claim in kept if claim.citekey == paper.citekey}
            fresh = [claim for claim in written.get(paper.citekey, ()) if claim.sentence not in known_to_build]
            lines += [f"  {line}" for line in _find_moved(old, paper, fresh)]
    return tuple(lines)


def _describe(paper: Paper) -> dict[str, str]:
    known = complete_reference(paper)
    people = {role: "; ".join(name.display for name in names) for role, names in known.names.items()}
    dates = {name: write_iso_date(date) or date.literal for name, date in known.dates.items()}
    fields = {name: str(value) for name, value in describe_reference(known).items() if isinstance(value, str)}
    texts = {
        "title": paper.title.plain,
        "abstract": paper.abstract.plain,
        "type": "" if known.type in UNSPECIFIC else known.type,
    }
    return {**texts, **people, **dates, **fields}


def _compare(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        was, is_now = old.get(name, ""), new.get(name, "")
        if was != is_now:
            yield f"{name}: {_quote(was, is_now)} -> {_quote(is_now, was)}"


def _quote(text: str, other: str) -> str:
    """Return a text in quotes; of a long one what is around the first character that differs from the other."""
    if not text:
        return "nothing"
    if len(text) <= _LONGEST:
        return f"“{text}”"
    differs = next((at for at, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), len(other))
    start = max(0, min(differs, len(text)) - _LONGEST // 2)
    piece = text[start : start + _LONGEST]
    return f"“{'…' if start else ''}{piece}{'…' if start + _LONGEST < len(text) else ''}”"


def _find_broken(paper: Paper, claims: Iterable[KeptClaim]) -> Iterator[str]:
    for claim in claims:
        if claim.citekey == paper.citekey and claim.quote not in paper.abstract.plain:
            place = f"claims.jsonl:{claim.line}"
            yield f"{place}: sentence {claim.sentence}, which a claim cites, has changed; look at the claim"


def _find_moved(old: Paper, new: Paper, claims: Iterable[Claim]) -> Iterator[str]:
    """Yield a line for each claim whose sentence reads differently now."""
    was, is_now = (_list_sentences(paper.abstract.plain) for paper in (old, new))
    for claim in claims:
        at = claim.sentence - 1
        if not claim.section and was[at : at + 1] != is_now[at : at + 1]:
            place = f"book/{claim.file}:{claim.line}"
            yield f"{place}: sentence {claim.sentence}, which a claim cites, has changed; look at the claim"


def _list_sentences(text: str) -> list[str]:
    return [text[slice(*span)] for span in split_sentences(text)]
