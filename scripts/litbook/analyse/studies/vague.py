"""Comparators whose noun says nothing without what follows it: "compared with levels in healthy controls"."""

from __future__ import annotations

import re

_VAGUE = re.compile(
    r"(?:the |their |that |those )?(?:individuals|patients|people|those|participants|subjects|scores?|rates?|levels?"
    r"|children|adults|women"
    r"|men|students|remaining|values?|persons|ones|groups?|mothers|infants|samples?|results?|data|cases|users"
    r"|animals|cells|eyes)"
)
_GOES_ON = re.compile(
    r" (?:from|in|using|with|without|who|whose|of|at|on|among|not|after|receiving|treated|undergoing|that|aged|taking"
    r"|born|given|assigned|under|by|before|during)(?: [^\s,.;()]+){1,7}?(?=\s*(?:[,.;()]|$)| (?:was|were|had|is|are"
    r"|and|in|at)\b)"
)
# What was measured, not of whom: what follows it is the comparator.
_MEASURED = re.compile(
    r"(?:the |that |those )?(?:(?!no|non)[\w-]+ )?(?:concentrations?|values|levels|rates?|prevalence|incidence"
    r"|frequency"
    r"|measurements?|counts?|expression)"
)
_OF_WHOM = re.compile(
    r" (?:from|in|of|among|for|during|at|observed in|measured in) (?P<whom>(?:the )?[^\s,.;()]+(?: [^\s,.;()]+){1,6}?)"
    r"(?=\s*(?:[,.;()]|$)| (?:was|were|had|is|are|and)\b)"
)
_MEASURED_IN = re.compile(rf"{_MEASURED.pattern} (?:in|among) (?P<whom>[a-z][\w -]{{4,50}}s)")
# A phrase that was cut before its end, and no comparator.
_CUT = re.compile(r"\b(?:at|in|of|on|for|with|from|by|to|the|an?|regarding|per)$|\[")
_THINGS = re.compile(
    r"(?:the )?(?:[\w-]+ )?(?:statements?|questions?|parameters|variables|doses|criteria|definitions?)\b"
)


def complete(text: str, phrase: str, start: int) -> str:
    """Return a comparator with what makes its noun say something, or an empty string if nothing does."""
    if _CUT.search(phrase) or _THINGS.match(phrase):
        return ""
    if measured := _MEASURED_IN.fullmatch(phrase):
        return measured["whom"]
    follows = text.startswith(phrase, start)
    if _MEASURED.fullmatch(phrase) and follows:
        whom = _OF_WHOM.match(text, start + len(phrase))
        return whom["whom"] if whom else ""
    if not _VAGUE.fullmatch(phrase):
        return phrase
    more = _GOES_ON.match(text, start + len(phrase)) if follows else None
    return phrase + more.group() if more else ""
