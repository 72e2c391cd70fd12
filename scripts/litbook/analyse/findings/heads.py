"""Names in the noun phrase that a sentence introduces: "X, a …", "a method, X", "two tools: X and Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.findings.introducing import KIND, PHRASE, PROPER, QUOTED, REACH, SHORT, THING
from litbook.analyse.findings.named import is_model
from litbook.analyse.findings.names import COMMON, FIELDS, TITLED, WORD
from litbook.analyse.findings.shorts import LONG_BEHIND, OLDER, acts, is_of_a_field, short_forms, stands_for

_WORD = re.compile(rf"{WORD}(?: \d(?![\w.,]*\d))?")
_SINGLE = re.compile(rf"(?:^|, )(?P<name>{TITLED})(?=$|,)")
# "X, a …", "X and Y, two …", "X: …", "X – …"
_APPOSED = r"(?=,? (?:an?|the|our|one of|two|which|where|in which)\b|: | [–—-]+ |—|, \w+ing\b)"
_FIRST = re.compile(rf"(?P<name>{WORD})(?:(?:, (?:and )?| and )(?P<second>{WORD}))?{_APPOSED}")
_FIRST_PROPER = re.compile(rf"(?P<name>{PROPER}){_APPOSED}")
# "two tools: X and Y", "a new learning framework, X in the Loop, which"
_AFTER_THING = re.compile(
    rf"^(?:[\w-]+ ){{1,8}}?{THING}(?:[,:]| [–—-]+|—)(?: namely| called| named)?,? (?P<name>{PROPER})"
    rf"(?: and (?P<second>{PROPER}))?(?=,|[.;]?$|[.;] |: | [–—-]+ |—| that\b| which\b)"
)

_NAMED_THUS = re.compile(rf",| an? |$|\.| {KIND}\b| that\b| which\b")
_ONE_OF_MANY = re.compile(r"\ban? (?:[\w-]+ ){0,3}$|^an? $")
ADJECTIVE = re.compile(r".*[A-Za-z0-9]-[a-z]+$")
_BEFORE_KIND = re.compile(rf",| \(|$|[.:;]| {KIND}\b| that\b| which\b| –| —")
_AFTER_KIND = re.compile(rf"(?:^|\b{KIND},? |, |: |(?:^|[ ,])(?:an?|the|our|new|novel|two|three|four) )$")
# "we design X to wait": nothing but the name is introduced
_ALONE = re.compile(rf"(?P<name>{WORD})(?= (?:to|for|that|which|by|with|in|as|on|using|via|and)\b|[.;]? ?$)")
_KIND_BEFORE = re.compile(rf"\b{KIND},? $")


def read_head(tail: str, end: int, rest: Sequence[str]) -> list[str]:
    """Return the names in what is introduced: `tail` begins with it, and its first noun phrase ends at `end`.

    `rest` is the sentence and all that follow it. The first way to read a name that finds one decides.
    """
    return next(filter(None, (list(reader(tail, end, rest)) for reader in _READERS)), [])


def _read_first(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    first = _FIRST.match(tail)
    if first and first["name"] not in COMMON:
        yield from (name for name in first.groups() if name and name not in COMMON)


def _read_long_behind(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    behind = LONG_BEHIND.search(tail, 0, end + REACH)
    if behind and behind.start() < end and behind["name"] not in COMMON and stands_for(behind["name"], behind["long"]):
        yield behind["name"]


def _read_shorts(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    reach = len(tail) if tail.startswith("to ") else end
    for short in short_forms(tail):
        if short.start >= reach or is_model(short.name) or is_of_a_field(short, tail, rest):
            continue
        if short.start < end or acts(short.name, rest[1:]):
            yield short.name


def _read_quoted(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    quoted = QUOTED.search(tail[:end])
    if quoted and _NAMED_THUS.match(tail, quoted.end()):
        yield quoted["name"]


def _read_alone(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    alone = _ALONE.match(tail)
    if alone and may_be_own(alone["name"]):
        yield alone["name"]


def _read_beside(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    yield from filter(may_be_own, read_apposed(tail))


def _read_inside(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    found = [*PHRASE.finditer(tail[:end]), *_WORD.finditer(tail[:end])]
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        name = match.group()
        if may_be_own(name) and not _is_of_many(tail, match) and _names_it(tail[:end], tail, match):
            yield name
            return


def _read_single(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    single = _SINGLE.search(tail[:end])
    if single and (single.end() < end or tail[end : end + 1] == "," or tail[end : end + 6] == " that "):
        yield single["name"]


_READERS = (
    _read_first,
    _read_long_behind,
    _read_shorts,
    _read_quoted,
    _read_alone,
    _read_beside,
    _read_inside,
    _read_single,
)


def read_apposed(tail: str) -> list[str]:
    """Return the names of "X, a …", "X and Y, two …", "a framework, X …" or "two tools: X and Y"."""
    for pattern in (_FIRST, _FIRST_PROPER, _AFTER_THING):
        match = pattern.match(tail)
        if match:
            return [name for name in match.groups() if name and name not in COMMON and name not in FIELDS]
    return []


def _is_of_many(tail: str, match: re.Match[str]) -> bool:
    """Return whether a name is one of many such things: "a Convolutional Neural Network (CNN)"."""
    short = SHORT.match(tail, match.end())
    return bool(short and short["short"] in COMMON and _ONE_OF_MANY.search(tail[: match.start()]))


def may_be_own(name: str) -> bool:
    """Return whether a name can be that of something new: no field, no known model, and no adjective."""
    return name not in COMMON and name not in FIELDS and not ADJECTIVE.match(name) and not is_model(name)


def _names_it(head: str, tail: str, match: re.Match[str]) -> bool:
    """Return whether a name is that of the whole phrase: the phrase begins with it, or says of what kind it is."""
    before = _AFTER_KIND.search(head[: match.start()])
    is_older = OLDER.search(head[: match.start()])
    ends = _BEFORE_KIND.match(tail, match.end()) or (
        match.end() == len(head) and _KIND_BEFORE.search(head[: match.start()])
    )
    return bool(before and not is_older and ends)
