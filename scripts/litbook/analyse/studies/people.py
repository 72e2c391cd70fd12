"""How many took part in a study, and who they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.studies.words import COUNT, END, NOT_OURS, PEOPLE, THINGS
from litbook.model.stated import Draft

_LABEL = r"(?:(?!(?:were|was|and|or|of|in|to|with|from|per|the|a|an|their)\b)[\w'’-]+ ){0,3}?"
_TAIL = (
    r"(?: (?:with|after|aged|who|whose|without|starting|discharged with|undergoing|receiving|living with|working|in"
    rf"|at|of|from|admitted to|among|on) [^,;:.()\[\]]{{1,80}}?{END})?"
)
_SAMPLE = re.compile(rf"(?<![\w.,·/-])(?P<count>{COUNT}) (?P<who>{_LABEL}(?:{PEOPLE}|{THINGS})(?![\w-]){_TAIL})")
_N = re.compile(r"\([Nn] ?= ?\d[\d,\u2009\u202f ]*\d?\)")
# The sentence counts those in the study rather than those with some result.
_TAKEN = re.compile(
    r"\b(?:enrol(?:led|led)?|enrolled|recruit(?:ed)?|includ(?:ed|es|ing)|randomi[sz]ed|randomi[sz]ation|assign(?:ed)?"
    r"|allocat(?:ed)|follow(?:ed)|survey(?:ed)?|interview(?:ed|s)|analy[sz]ed|participat(?:ed)|took part|stud(?:y|ied)"
    r"|trial|experiment|cohort|compar(?:ed|e|ison)|PARTICIPANTS|[Pp]articipants:|mined|asked|tested|measured|evaluated"
    r"|observed|collected|covered|answered|sample[d]?|in total|total of|report(?:s)? on|enrols|examined|were held|held"
    r"|spent|summari[sz]ed|register|data on|attended|predicted|learned|replicated|extracted|selected|identified"
    r"|classif(?:ied|ies)|looks at|series"
    r"|audited|advice on|developed a model|deployed|received|design|completed a|meta-analy[sz]ed|were surveyed)\b",
    re.IGNORECASE,
)
_BEFORE_N = re.compile(
    rf"(?P<who>(?:[A-Z]?[\w-]+ )?(?i:{PEOPLE})"
    r"(?: (?:with|starting|after|aged|undergoing|who) [^(),.]{2,60}?)?) \([Nn] ?="
)
_AIM = re.compile(r"^(?:\w+:? )?To \w+|\b(?:aim|purpose|objective|recruit|explore|examined?)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW = re.compile(r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|\d)")
_IS_PEOPLE = re.compile(rf"\b{PEOPLE}\b")
_RESULT = re.compile(
    r"\b(?:completed (?:the )?follow|withdrew|dropped out|died|occurred|had developed|were lost|were transferred"
    r"|were excluded|in each group|in both groups|per cent|of them|of these|among (?:those|them)|respectively)\b"
)
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)
_SUBSET = re.compile(
    r"(?:[<>=±]|\b(?:mean|median|than|least|most|within|aged?|to|up to|over|under|per)"
    r"|\d of(?: the)?|% of(?: the)?|\bof the) $"
)
_FOUND = re.compile(r"\b(?:screened|identified) $")  # of records, before some of them are included
_TOTAL = re.compile(r"\b(?:total of|total,|in all,|among|survey of|sample of) $", re.IGNORECASE)
_WHO = re.compile(
    rf"(?<![\w-])(?P<who>(?i:(?!(?:were|was|and|or|of|in|to|with|from|per|the|a|an|their|many|most|some|few|for|by|how"
    rf"|more|that|other|these|those|both|as|among|assigned|which|that)\b)[a-z'’-]+ )?(?i:{PEOPLE})"
    r" (?:with|after|aged|who|starting|discharged with|undergoing|over|in grades?|in lower|of a|working) "
    rf"[^,;:.()\[\]]{{2,70}}?){END}"
)
_PLACE = re.compile(
    r" (?:in|at|from|across|of|on|by) (?:[A-Z]|\d|(?:[\w-]+ ){0,4}(?:hospitals?|clinics?|centres?|centers?|universit\w+"
    r"|compan\w+|schools|units?|practices?|sites?|countries|villages|towns?|wards?|districts|register|municipalities"
    r"|programs?|programmes?|topics?)\b).*$"
    r"|,? (?:and|or) (?:\w+ed|held|compare|read|took|gave|had)\b.*$"
    r"| (?:compared|to(?! \d)|about|on|by|under|during|using) .*$"
)
_VAGUE = frozenset(
    "participants people individuals subjects persons respondents controls cases members users patients adults women"
    " men children families volunteers residents".split()
)


def find_sample(title: str, sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield the size of the sample, with the words that say of what, from the first sentence that counts it."""
    for number, text in enumerate(sentences, 1):
        if _OTHERS.search(text):
            continue
        bracket = _N.search(text)
        matches = [match for match in _SAMPLE.finditer(text) if _is_sample(text, match)]
        people = [match for match in matches if _IS_PEOPLE.search(match["who"])]
        if people or matches:
            match = (people or matches)[0]
            yield Draft("sample", _cut_place(match.group().strip()), number)
            return
        if bracket and _TAKEN.search(text):
            yield Draft("sample", bracket.group()[1:-1], number)
            return


def _is_sample(text: str, match: re.Match[str]) -> bool:
    """Return whether a number counts the sample, rather than a part of it, a year, or a few places."""
    before = text[max(0, match.start() - 30) : match.start()]
    if _TOTAL.search(before):
        return True
    if _YEAR.fullmatch(match["count"]) or _SUBSET.search(before) or _RESULT.search(text):
        return False
    if (_FEW.fullmatch(match["count"]) or _FOUND.search(before)) and not _IS_PEOPLE.search(match["who"]):
        return False
    return re.search(r"(?:^|[:.] )$", before) is not None or _TAKEN.search(text) is not None


def find_population(title: str, sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield who was studied: the first phrase in the abstract that says more of people than that they took part."""
    sample = next(find_sample(title, sentences), None)
    counted = _SAMPLE.match(sample.value) if sample else None
    who = _cut_place(counted["who"]) if counted and _IS_PEOPLE.search(counted["who"]) else ""
    if sample and not counted and (named := _BEFORE_N.search(sentences[sample.sentence - 1])):
        who = named["who"]
    if sample and who and who not in _VAGUE:
        yield Draft("population", who, sample.sentence)
        return
    for number, text in enumerate(sentences, 1):
        match = None if _OTHERS.search(text) else _WHO.search(text)
        if match and (_TAKEN.search(text) or _AIM.search(text)):
            yield Draft("population", _cut_place(match["who"]), number)
            return


def _cut_place(who: str) -> str:
    """Return a phrase without the place at its end, which is not a property of the people."""
    return _PLACE.sub("", who).strip()
