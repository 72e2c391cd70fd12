"""The reader of the Hugging Face Papers page, as text or as Markdown, however it was captured.

First each line is found to be text, fact or chrome (`hfpage`); then lines of text are joined to blocks where the
capture wrapped them; then titles are distinguished from abstracts, for all blocks together, so that a missing piece
shifts nothing that follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from litbook.ingest.formats.hflabels import ABSTRACT, OPENING, TITLE, Block, label_blocks, lean, share_pairs
from litbook.ingest.formats.hfpage import CHROME, FACT, TEXT, Line, read_lines
from litbook.model.review import Reading, Record, Unread

Span = tuple[int, int]
_CHROME_REASON = "page chrome"
# Where titles link to their papers, shorter lines that do not are the frame that some tool put around the page.
_BESIDE, _SHORTEST_PROSE = "a line beside the papers", 120
_REASONS = {TITLE: "too little for a title; complete it", ABSTRACT: "an abstract without a title; add one above"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """Hold the blocks of one paper: its title first, then what there is of its abstract."""

    title: Block
    abstract: tuple[Block, ...] = ()

    @property
    def last(self) -> int:
        return self.abstract[-1].last if self.abstract else self.title.last


_SIGNED = re.compile(r"^\s*#*\s*(?:daily|trending) papers\b", re.IGNORECASE | re.MULTILINE)
_HUB = re.compile(r"(?<!arxiv\.org)/papers/(\d{4}\.\d{4,5})")
_PAIRED = 0.6  # the share of blocks that are titles with abstracts, from which on a text may be such a page


def matches(text: str) -> float:
    """Return how sure it is, from 0 to 1, that a text is such a page: by its chrome, its links and its facts.

    Titles and abstracts in turn are not evidence: any prose has long and short lines.
    """
    head = text[:200_000].lstrip("\ufeff \t\r\n")
    if re.match(r"@\w+ *[{(]|TY  - |[{<]|\[\s*[\[{\"\]]|%", head):
        return 0.0
    if CHROME in head.lower():
        return 0.98
    lines = read_lines(head)
    signs = len(set(_HUB.findall(head))) + sum(
        "author_count" in line.facts or "published" in line.facts for line in lines
    )
    if not signs and not _SIGNED.search(head[:500]):
        return 0.0
    blocks = _make_blocks(lines)
    titles = label_blocks(blocks).count(TITLE)
    if signs * 2 >= titles:
        return 0.9
    return 0.8 if _SIGNED.search(head[:500]) and looks_like_pairs(head) else 0.0


def looks_like_pairs(text: str) -> bool:
    """Return whether a text has the shape of titles and abstracts in turn, as prose may have too."""
    return share_pairs(label_blocks(_make_blocks(read_lines(text)))) >= _PAIRED


def read_hfpapers(source: str, text: str) -> Reading:
    """Return the records of a page, and every other line with the reason why it is not part of one."""
    lines = read_lines(text)
    blocks = _make_blocks(lines)
    labels = label_blocks(blocks)
    entries = _make_entries(blocks, labels)
    spans = zip(entries, _find_spans(lines, blocks, entries), strict=True)
    records = tuple(_make_record(source, lines, entry, span) for entry, span in spans)
    linked = any(entry.title.paper for entry in entries)
    reasons = {
        at: _BESIDE if linked and len(block.text) < _SHORTEST_PROSE else _REASONS[label]
        for block, label in zip(blocks, labels, strict=True)
        for at in block.indexes
    }
    return Reading(source, records, tuple(_gather_unread(source, lines, records, reasons)))


# -- blocks: joining what was wrapped -------------------------------------------------------------------------------

_UNFINISHED = re.compile(r"[^.!?:;\"'”’)\]]$")
# So large a share of sentences broken within is a capture with wrapped lines.
_WRAPPED_SHARE = 0.15
# With so many title-abstract pairs, blank lines part titles from abstracts: what is together is one block.
_BLANK_LINES_PART = 0.8
_LONGEST_PAIR = 60
_LONGEST_TITLE = 300
_LONGEST_TAIL = 30
_ENDED = re.compile(r"[.!?][\"'”’)]*$|https?://\S+$")


def _make_blocks(lines: Sequence[Line]) -> list[Block]:
    runs = list(_find_runs(lines))
    seams = [(lines[a], lines[b]) for run in runs for a, b in pairwise(run)]
    single = [_make_block(lines, group) for run in runs for group in _split_run(lines, run, 0)]
    wrapped = sum(_is_broken(*seam) for seam in seams) >= max(1, _WRAPPED_SHARE * len(seams))
    if not wrapped or share_pairs(label_blocks(single)) == 1:
        return single
    whole = [_make_block(lines, group) for run in runs for group in _split_run(lines, run, None)]
    if share_pairs(label_blocks(whole)) > _BLANK_LINES_PART:
        return whole
    width = _find_width([len(line.text) for line in lines if line.kind == TEXT and " " in line.text])
    parted = len(runs) > 1 and max(map(len, runs)) <= _LONGEST_PAIR
    groups = (group for run in runs for group in _split_pair(lines, _split_run(lines, run, width), parted))
    return list(_split_joined(lines, [_make_block(lines, group) for group in groups]))


def _find_runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Return the indexes of lines of text that stand together; a heading and a link stand for themselves."""
    run: list[int] = []
    for at, line in enumerate(lines):
        if run and (line.kind != TEXT or _starts_run(lines[run[-1]], line)):
            yield run
            run = []
        if line.kind == TEXT:
            run.append(at)
    if run:
        yield run


def _starts_run(before: Line, line: Line) -> bool:
    """Return whether a line cannot belong with the one above it; plain text below a heading can be its second line."""
    if before.heading and not line.link:
        return bool(line.heading)
    return bool(line.heading or line.link == "whole" or (before.link, before.paper) != (line.link, line.paper))


def _is_broken(before: Line, after: Line) -> bool:
    """Return whether a sentence runs on over a line's end."""
    return bool(_UNFINISHED.search(before.text)) and after.text[:1].islower()


def _find_width(lengths: list[int]) -> int:
    """Return the width to which lines are filled: the greatest length that is not rare; single long titles are."""
    counts = Counter(lengths)
    peak = max(counts.values(), default=0)
    return max((length for length, count in counts.items() if count >= peak / 5), default=0)


def _split_run(lines: Sequence[Line], run: list[int], width: int | None) -> list[list[int]]:
    """Part lines that stand together where one does not go on in the next; without a width they all do.

    Below a heading only its title is parted from the rest.
    """
    if lines[run[0]].heading:
        cut = 2 if len(run) > 1 and _continues_heading(lines[run[0]], lines[run[1]]) else 1
        return [run[:cut], run[cut:]] if run[cut:] else [run]
    groups = [[run[0]]]
    for a, b in pairwise(run):
        if width is None or _joins(lines[a], lines[b], width):
            groups[-1].append(b)
        else:
            groups.append([b])
    return groups


def _joins(before: Line, after: Line, width: int) -> bool:
    """Return whether a line goes on in the next: a sentence does, or its first word had no room; width 0 is unknown."""
    if before.link == "part" or (width and _is_broken(before, after)):
        return True
    needed = len(before.text) + 1 + len(after.text.split(" ", 1)[0])
    return needed > width >= len(before.text) or 0 < width < len(before.text) == len(before.text.split(" ", 1)[0])


def _continues_heading(heading: Line, after: Line) -> bool:
    """Return whether a title under a heading was wrapped: its second line is indented, runs on or is a short tail."""
    is_tail = len(after.text) < _LONGEST_TAIL < len(heading.text)
    runs_on = after.raw[:1] in " \t" or after.text[:1].islower() or is_tail
    return runs_on and len(after.text) < _LONGEST_TITLE / 2 and not after.text.endswith(".")


def _split_pair(lines: Sequence[Line], groups: list[list[int]], parted: bool) -> list[list[int]]:
    """Join what is between two blank lines, if they part the records, to a title and its abstract."""
    if not parted or len(groups) < 2:
        return groups
    rest = [at for group in groups[1:] for at in group]
    title, abstract = _join(lines, groups[0]), _join(lines, rest)
    is_pair = lean(title) < 0 < lean(abstract) and len(title) <= _LONGEST_TITLE
    return [groups[0], rest] if is_pair or lines[groups[0][0]].heading else [groups[0] + rest]


def _split_joined(lines: Sequence[Line], blocks: list[Block]) -> Iterator[Block]:
    """Part the titles that were joined to an abstract because they, or its last line, filled their lines to the end."""
    leans = [0.0, *(lean(block.text) for block in blocks), 0.0]
    for at, block in enumerate(blocks, start=1):
        group = list(block.indexes)
        start = 0
        for first, end in _find_titles(lines, group, leans[at - 1] > 0, leans[at + 1] > 0):
            yield from (_make_block(lines, group[a:b]) for a, b in ((start, first), (first, end)) if a < b)
            start = end
        if start < len(group):
            yield _make_block(lines, group[start:])


def _find_titles(
    lines: Sequence[Line], group: list[int], after_abstract: bool, before_abstract: bool
) -> Iterator[Span]:
    """Return where one to three lines inside of an abstract are a title: after a sentence, and before an opening.

    At an edge of the block, where an abstract without a title adjoins, less certainty will do than in its middle.
    """
    done = 0
    after_blank = lines[group[0] - 1].kind != TEXT
    for first in range(len(group) if len(group) > 2 else 0):
        if first < done or not (_ENDED.search(lines[group[first - 1]].text) if first else after_abstract):
            continue
        for end in range(first + 1, min(first + 4, len(group) + before_abstract)):
            after = lines[group[end]].text if end < len(group) else ""
            if _is_joined_title(_join(lines, group[first:end]), after, first == 0, after_blank):
                yield first, end
                done = end
                break


def _is_joined_title(title: str, after: str, is_first: bool, after_blank: bool) -> bool:
    opens = not after or bool(OPENING.match(after))
    if title[:1].islower() or (after and not after[:1].isupper()) or not (opens or is_first):
        return False
    return lean(title) <= (-2.2 if not after or (is_first and (opens or after_blank)) else -3.3)


def _make_block(lines: Sequence[Line], group: Sequence[int]) -> Block:
    first = lines[group[0]]
    return Block(group[0], group[-1], _join(lines, group), first.heading, first.paper)


def _join(lines: Sequence[Line], group: Sequence[int]) -> str:
    return " ".join(lines[at].text for at in group)


# -- records --------------------------------------------------------------------------------------------------------


def _make_entries(blocks: Sequence[Block], labels: Sequence[str]) -> list[_Entry]:
    """Pair titles with abstracts; under a heading all paragraphs up to the next are its abstract."""
    entries: list[_Entry] = []
    open_entry = False
    for block, label in zip(blocks, labels, strict=True):
        if label == TITLE:
            entries.append(_Entry(block))
        elif open_entry and entries and (not entries[-1].abstract or entries[-1].title.heading):
            entries[-1] = _Entry(entries[-1].title, (*entries[-1].abstract, block))
        open_entry = label == TITLE or bool(open_entry and entries and entries[-1].title.heading)
    return _drop_lone(entries)


def _drop_lone(entries: list[_Entry]) -> list[_Entry]:
    """Keep a title without an abstract, or without a heading, if it has the marks that titles have on this page."""
    whole = [entry.title for entry in entries if entry.abstract] or [
        entry.title for entry in entries if entry.title.marked
    ]
    level = max((title.heading for title in whole), key=[title.heading for title in whole].count, default=0)
    marked = any(title.marked for title in whole)

    # Where titles link to their papers, a line that links to none is a title only if it is a heading like theirs.
    linked = any(title.paper for title in whole)
    linked_level = max((title.heading for title in whole if title.paper), default=0)
    shown = {entry.title.paper for entry in entries if entry.title.paper and (entry.title.heading or entry.abstract)}

    def is_title(entry: _Entry) -> bool:
        title = entry.title
        if linked:
            is_picture = not title.heading and not entry.abstract and title.paper in shown
            is_like = bool(title.paper) or title.heading == linked_level > 0
            return is_like and not is_picture and not _PICTURE.fullmatch(title.text)
        if entry.abstract and (title.marked or not level):
            return True
        if marked:
            return bool(title.paper) or (title.heading == level > 0)
        return len(title.text) >= 12 and len(title.text.split()) > 1 and _is_prose(title.text)

    return [entry for entry in entries if is_title(entry)]


_PICTURE = re.compile(r"[\[(]?(?:image|picture|thumbnail|图片|画像|bild)\s*[:：].*", re.IGNORECASE)


def _is_prose(text: str) -> bool:
    """Tell letters and words from signs, and from `key: value`."""
    letters = sum(letter.isalpha() for letter in text)
    return letters >= 0.6 * len(text) and not re.match(r"[a-z_-]+: |.*://", text) and not re.search(r"[^.]\.$", text)


def _find_spans(lines: Sequence[Line], blocks: Sequence[Block], entries: Sequence[_Entry]) -> Iterator[Span]:
    """Give each entry the lines of facts that follow it, or those before it if this page puts them first."""
    facts = [at for at, line in enumerate(lines) if line.kind == FACT]
    leads = bool(facts and entries and facts[0] < entries[0].title.first and facts[-1] < entries[-1].last)
    starts = [*(block.first for block in blocks), len(lines)]
    ends = [-1, *(block.last for block in blocks)]
    for entry in entries:
        first, last = entry.title.first, entry.last
        if leads:
            before = bisect_right(facts, ends[bisect_left(starts, first)])
            first = min(first, *facts[before : before + 1], first)
        else:
            after = bisect_left(facts, starts[bisect_right(starts, last)])
            last = max(last, *facts[max(0, after - 1) : after], last)
        yield first, last


def _make_record(source: str, lines: Sequence[Line], entry: _Entry, span: Span) -> Record:
    first, last = span
    facts: dict[str, str] = {}
    for line in lines[first : last + 1]:
        facts = {**line.facts, **facts}
    arxiv = next((block.paper for block in (entry.title, *entry.abstract) if block.paper), facts.pop("arxiv", ""))
    published = facts.pop("published", None)
    code = facts.pop("code", "")
    return Record(
        source=source,
        first_line=first + 1,
        last_line=last + 1,
        raw="".join(line.raw for line in lines[first : last + 1]),
        title=entry.title.text,
        abstract=" ".join(block.text for block in entry.abstract),
        year=int(published[:4]) if published else None,
        published=published,
        links={name: value for name, value in (("arxiv", arxiv), ("code", code)) if value},
        extra=facts,
    )


def _gather_unread(
    source: str, lines: Sequence[Line], records: Sequence[Record], reasons: dict[int, str]
) -> Iterator[Unread]:
    """Return all lines outside of the records, adjacent ones with the same reason together."""
    taken = {number for record in records for number in range(record.first_line, record.last_line + 1)}
    left = [(at, reasons.get(at, _CHROME_REASON)) for at in range(len(lines)) if at + 1 not in taken]
    # The distance of a line from its place in the list is the same for adjacent lines.
    for (reason, _), group in groupby(enumerate(left), key=lambda item: (item[1][1], item[1][0] - item[0])):
        numbers = [at for _, (at, _) in group]
        raw = "".join(lines[at].raw for at in numbers)
        yield Unread(
            source, numbers[0] + 1, numbers[-1] + 1, raw, reason, understood=reason in (_CHROME_REASON, _BESIDE)
        )
