"""Short forms in brackets, "Long Form (LF)": what they stand for, and whether it is the authors' own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litbook.analyse.findings.introducing import ACTS, SHORT
from litbook.analyse.findings.names import COMMON, WORD, is_classic

# "two variants of the X method", "a faster gradient descent (GD)": X is older
OLDER = re.compile(
    r"\b(?:(?:variant|version|extension|generali[sz]ation|relaxation|implementation|analysi|modification|adaptation"
    r"|application|combination|limitation|special case|idea|notion|concept)s? of (?:the |an? )?(?:\w+ )?"
    r"|(?:faster|better|improved|simpler) (?:\w+ )?)$"
)
# "a solution X (Long Form of It)"
LONG_BEHIND = re.compile(rf"(?P<name>{WORD}) \((?P<long>[A-Za-z][\w-]*(?: [\w-]+){{1,9}})\)")
# "a reinforcement learning (RL) algorithm", "… (RL)-based": the letters are of a field
_OF_A_FIELD = re.compile(
    r" (?:algorithm|method|approach|framework|model|system|pipeline|agent|benchmark|technique|data ?set|corpus"
    r"|task)s?\b|[ -]based\b"
)
_BASED = re.compile(r"[ -]based\b")
_FIELD_ENDS = re.compile(
    r"\b(?:learning|networks?|models?|translation|answering|recognition|privacy|processing|retrieval|detection"
    r"|segmentation|generation|descent|programming|inference|reasoning|control|tracking|classification|estimation|extraction"
    r"|recommendation|understanding|planning|navigation|clustering|regression|embeddings?|tuning|training"
    r"|systems?|sampling|transformers?|multipliers|averaging|[Cc]arlo|[Bb]ayes|process(?:es)?|sensing|differences?"
    r"|gradients?)$"
)
_PLAIN_LETTERS = re.compile(r"[A-Z]{2,6}s?")


class Short(NamedTuple):
    """A short form in brackets: where its long form begins and where the bracket ends."""

    name: str
    start: int
    end: int


def short_forms(tail: str) -> Iterator[Short]:
    """Yield short forms in brackets, "Long Form (LF)"."""
    last = 0
    for match in SHORT.finditer(tail):
        name = match["short"]
        if not {name, name.removesuffix("s")} & COMMON and not is_classic(name):
            joined = tail[last : last + 5] == " and " and last
            yield Short(name, 0 if joined else _begin_long_form(tail[: match.start()], name), match.end())
            last = match.end()


def stands_for(short: str, long: str) -> bool:
    """Return whether a short form has the letters of a long one, which begins with the same."""
    letters = re.sub(r"[^a-z]", "", "".join(re.findall(r"[A-Z]", short)).lower())
    return bool(letters) and long[0].lower() == short[0].lower() and _spells(long.lower(), letters)


def _begin_long_form(before: str, short: str) -> int:
    """Return where the words begin whose letters make a short form; its own place if no words do."""
    letters = re.sub(r"[^a-z]", "", "".join(re.findall(r"[A-Z0-9]", short)).lower()) or short.lower()
    starts = [match.start() for match in re.finditer(r"(?<![\w])\w", before)]
    near = starts[-2 * len(short) - 4 :]
    for start in reversed(near):
        if "".join(before[at].lower() for at in starts if at >= start) == letters:
            return _to_word(before, start)
    for start in reversed(near):
        if before[start].lower() == letters[0] and _spells(before[start:].lower(), letters):
            return _to_word(before, start)
    return len(before) - len(before.rpartition(" ")[2])


def _to_word(text: str, start: int) -> int:
    """Return where a word with hyphens begins if a part of it has the same letter: "End-to-end", not "end"."""
    begin = text.rfind(" ", 0, start) + 1
    return begin if text[begin].lower() == text[start].lower() else start


def _spells(words: str, letters: str) -> bool:
    """Return whether the words contain the letters in this order."""
    rest = iter(words)
    return all(letter in rest for letter in letters)


def is_of_a_field(short: Short, tail: str, rest: Sequence[str]) -> bool:
    """Return whether a short form is of a field or of older work: "a reinforcement learning (RL) algorithm".

    Its long form begins with a small letter and ends as a field does, and a kind follows, unless the abstract later
    says what it does.
    """
    before, form = tail[: short.start], tail[short.start : short.end]
    if _BASED.match(tail, short.end) and (tail[short.end] == "-" or short.name.endswith("s")):
        return True
    long_form = form.rpartition(" (")[0]
    if not long_form[:1].islower():
        return bool(re.search(r"\b(?:variant|extension|generali[sz]ation|relaxation)s? of (?:the )?$", before))
    if OLDER.search(before):
        return True
    if (
        not _PLAIN_LETTERS.fullmatch(short.name)
        or not _FIELD_ENDS.search(long_form)
        or not _OF_A_FIELD.match(tail, short.end)
    ):
        return False
    return not acts(short.name, rest)


def acts(name: str, rest: Sequence[str]) -> bool:
    """Return whether sentences say what a name does, or call it their own."""
    its = re.escape(name)
    pattern = re.compile(rf"\b(?:(?:[Oo]ur|proposed) {its}\b|{its}(?: {ACTS}|, an? (?:new|novel))\b)")
    return any(map(pattern.search, rest))
