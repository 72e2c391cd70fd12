"""Names in small letters: "we propose slow rising, a way to wait", "a method called oven patience"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.analyse.findings.introducing import KIND

SMALL = r"(?:[a-z]+(?:-[a-z]+)*|[A-Z]{2,6}-[a-z]+)(?: [a-z]+(?:-[a-z]+)*){1,3}?"
_PROPOSES = re.compile(
    r"\b(?:[Ww]e(?: \w+ly| also| then| further| first| here| thus| hence| finally)*"
    rf" (?P<verb>propose|introduce|present|develop)|by (?P<by>proposing|introducing)) (?P<name>{SMALL})"
    r"(?=,? (?:an?|the) [\w-]+ |, (?:which|where|in which|\w+ly \w+ing|\w+ing)\b| [–—] |\.$"
    r"| (?:that|which|to|for) )"
)
# "we propose a new one, patient rising, shown to wait"
_A_NEW_ONE = re.compile(
    rf"\ban? (?:new|novel) (?:[\w-]+ ){{0,3}}?(?:one|{KIND}), (?!\w+(?:ly|ing)\b)(?P<name>{SMALL}),"
    r" (?:shown|which|that|an?)\b"
)
CALLED_SMALL = re.compile(
    rf"(?P<name>{SMALL}|[a-z]+-[a-z-]+)(?=[.,;)]|$| (?:that|which|to|for|in|by|where|with|based)\b)"
)
# What begins or ends a phrase of small letters that does not name anything.
_NO_FIRST = frozenset(
    "a an the to that this these those some several many two three four five both new novel simple strong further"
    " first more such our their its how what when why whether using fine-tuning training learning use replacing"
    " empirical theoretical extensive comprehensive preliminary practical adding combining leveraging".split()
)
_NO_LAST = frozenset(
    "evidence work research insight analysis guidance theory knowledge information progress data code support"
    " interest performance understanding attention methodology".split()
)
_NO_NAME = re.compile(
    r"\b(?:of|and|or|to|for|with(?:in)?|in|on|by|from|as|is|are|be|across|during|under|over|between)\b"
)
_MADE_BY = re.compile(r"(?:ing|tion|ment|ance|ence|al)$")
_PROSE = (" to", " that", " which", " for", " with", ".")


def read_small(sentence: str) -> Iterator[str]:
    """Yield the names in small letters that a sentence proposes."""
    for match in _PROPOSES.finditer(sentence):
        behind = sentence[match.end() :]
        # not "we present strong evidence that"
        is_plain = match["verb"] in ("propose", "introduce") or behind.startswith(",")
        if is_plain and is_small_name(match["name"], behind):
            yield match["name"]
    yield from (match["name"] for match in _A_NEW_ONE.finditer(sentence) if is_small_name(match["name"]))


def is_small_name(name: str, behind: str = ",", *, is_called: bool = False) -> bool:
    """Return whether a phrase in small letters may name what is proposed: one thing, without an article.

    `behind` is what follows it: with neither comma nor dash, only a word for an act, "sampling", makes it a name.
    Several things may be called something.
    """
    words = name.split()
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "sis", "us"))
    if words[0] in _NO_FIRST or last in _NO_LAST or (plural and not is_called):
        return False
    if _NO_NAME.search(name) or (re.fullmatch(KIND, last) and not (is_called and plural)):
        return False
    return bool(_MADE_BY.search(last)) or not behind.startswith(_PROSE)
