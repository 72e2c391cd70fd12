"""Names in the noun phrase that a sentence introduces: "X, a …", "a method, X", "two tools: X and Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.findings.introducing import KIND, PHRASE, PROPER, QUOTED, REACH, SHORT, THING
from litbook.analyse.findings.named import is_model
from litbook.analyse.findings.names import COMMON, FIELDS, TITLED, WORD, is_classic
from litbook.analyse.findings.shorts import LONG_BEHIND, OLDER, Short, acts, is_of_a_field, short_forms, stands_for

_WORD = re.compile(rf"{WORD}(?: \d(?![\w.,]*\d))?")
_SINGLE = re.compile(rf"(?:^|, )(?P<name>{TITLED})(?=$|,)")
_LISTED_BEFORE = re.compile(rf"\b{TITLED}$")
# "X, a …", "X and Y, two …", "X: …", "X – …"
_APPOSED = r"(?=,? (?:an?|the|our|one of|two|which|where|in which)\b|: | [–—-]+ |—|, \w+ing\b)"
_FIRST = re.compile(rf"(?P<name>{WORD})(?:(?:, (?:and )?| and )(?P<second>{WORD}))?{_APPOSED}")
_FIRST_PROPER = re.compile(rf"(?P<name>{PROPER}){_APPOSED}")
# "two tools: X and Y", "a new learning framework, X in the Loop, which"
_AFTER_THING = re.compile(
    rf"^(?:[\w-]+ ){{1,8}}?{THING}(?:[,:]| [–—-]+|—)(?: namely| called| named)?,? (?P<name>{PROPER})"
    rf"(?: and (?P<second>{PROPER}))?(?=,|[.;]?$|[.;] |: | [–—-]+ |—| that\b| which\b)"
)

_NAMED_THUS = re.compile(rf",| an? |$|\.| {KIND}\b| that\b| which\b| by \w+ing\b")
_ONE_OF_MANY = re.compile(r"\ban? (?:[\w-]+ ){0,3}$|^an? $")
ADJECTIVE = re.compile(r".*[A-Za-z0-9]-[a-z]+$")
_BEFORE_KIND = re.compile(rf",| \(|$|[.:;]| (?:training |learning )?{KIND}\b| that\b| which\b| –| —")
_AFTER_KIND = re.compile(
    rf"(?:^|\b{KIND},? |, |: |(?:^|[ ,])(?:an?|the|our|new|novel|two|three|four|simple|effective|efficient|general"
    r"|unified|lightweight|powerful|scalable|flexible|principled|generic) )$"
)
# "we design X to wait": nothing but the name is introduced
_ALONE = re.compile(rf"(?P<name>{WORD})(?= (?:to|for|that|which|by|with|in|as|on|using|via|and)\b|[.;]? ?$)")
# "the patient CrumbNet algorithm"
_AFTER_ADJECTIVES = re.compile(r"(?:the|our) (?:[a-z-]+ ){1,3}")
_MIXED = re.compile(r"(?=\w*[a-z])(?=\w*[A-Z]\w*[A-Z])\w+")
_KIND_BEFORE = re.compile(rf"\b{KIND},? $")
# "We propose to speed up the Slow-Rising algorithm": what is there already
_DOES_TO = re.compile(r"to .*\bthe $")


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
        if is_model(short.name) or is_of_a_field(short, tail, rest):
            continue
        is_near = short.start < end or (short.start < reach and acts(short.name, rest[1:]))
        if is_near or _is_whole(tail, short):
            yield short.name


# "We propose Patient Rising of loaves with OVENs (PROVEN)": the long form goes beyond its first noun phrase
_WHOLE = re.compile(r"[A-Z][\w-]*(?: [\w-]+){2,12} \(")


def _is_whole(tail: str, short: Short) -> bool:
    before = _WHOLE.match(tail)
    return bool(before and tail.startswith(short.name, before.end()) and stands_for(short.name, before.group()))


def _read_quoted(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    quoted = QUOTED.match(tail) or QUOTED.search(tail[:end])
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
            if not _ONLY_A_FIELD.fullmatch(name) or _is_said(name, rest[1:]):
                yield from _part_names(name)
            return


# "Crust Bank and Crumb Set": two names; "Fast and Forgetful Memory" is one
_TWO = re.compile(rf"({TITLED}(?: {TITLED})+) and ({TITLED}(?: {TITLED})+)")


def _part_names(name: str) -> tuple[str, ...]:
    """Return the one or two names that a phrase in capitals holds."""
    two = _TWO.fullmatch(name)
    return two.groups() if two else (name,)


# "a novel Interactive Baking technique" says of what field it is, unless the abstract uses the words as a name
_ONLY_A_FIELD = re.compile(
    r"[A-Z][a-z-]+(?: [A-Z][a-z-]+)? (?:Learning|Training|Tuning|Generation|Detection|Recognition|Segmentation"
    r"|Translation|Retrieval|Estimation|Prediction|Understanding|Reasoning|Classification|Optimi[sz]ation)"
)


def _is_said(name: str, sentences: Sequence[str]) -> bool:
    return any(name in sentence for sentence in sentences)


def _read_single(tail: str, end: int, rest: Sequence[str]) -> Iterator[str]:
    single = _SINGLE.search(tail[:end])
    is_listed = single and _LISTED_BEFORE.search(tail[: single.start()])  # "loaves of Rye, Spelt, Oat"
    if (
        single
        and not is_listed
        and (single.end() < end or tail[end : end + 1] == "," or tail[end : end + 6] == " that ")
    ):
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
    is_common = short and (short["short"] in COMMON or is_classic(short["short"]))
    return bool(is_common and _ONE_OF_MANY.search(tail[: match.start()]))


def may_be_own(name: str) -> bool:
    """Return whether a name can be that of something new: no field, no known model, and no adjective."""
    is_known = {name, name.removesuffix("s")} & COMMON or name in FIELDS or is_model(name) or is_classic(name)
    return not is_known and not ADJECTIVE.match(name)


def _names_it(head: str, tail: str, match: re.Match[str]) -> bool:
    """Return whether a name is that of the whole phrase: the phrase begins with it, or says of what kind it is."""
    before = _AFTER_KIND.search(head[: match.start()]) or (
        _MIXED.fullmatch(match.group()) and _AFTER_ADJECTIVES.fullmatch(head[: match.start()])
    )
    is_older = OLDER.search(head[: match.start()]) or _DOES_TO.match(head[: match.start()])
    ends = _BEFORE_KIND.match(tail, match.end()) or (
        match.end() == len(head) and _KIND_BEFORE.search(head[: match.start()])
    )
    return bool(before and not is_older and ends)
