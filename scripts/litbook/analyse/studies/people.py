"""Who took part in a study, or what it analysed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.studies.samples import Counted
from litbook.analyse.studies.words import END, NOT_OURS, PEOPLE
from litbook.model.stated import Draft

_MORE = (
    r"(?:with|after|aged|who|whose|without|starting|discharged (?:with|from)"
    r"|undergoing|receiving|living with|working|attending"
    r"|scheduled for|presenting with|(?:over|older than|younger than)(?= \d)|of(?! whom)"
    r"|in(?= (?:training|grades?|years?|lower|upper|primary|secondary|introductory|their"
    r"|[a-z-]+ (?:program\w*|schools?|courses?|classes|teams)\b))|from(?! the| \d)"
    r"|admitted to|taking|awaiting"
    r"|recovering from|hospitali[sz]ed (?:for|with)|treated (?:for|with)|referred for|seen (?:for|with))"
)
_TAIL = re.compile(rf"(?: and (?:[a-z-]+ )?{PEOPLE})?(?: {_MORE} [^,;:.()\[\]—]{{1,90}}?)?{END}")
_BEFORE_N = re.compile(rf"(?P<who>(?:[\w-]+ )?(?i:{PEOPLE})(?: {_MORE} [^().]{{2,70}}?)?) \((?:[^()]*[,;] )?[Nn] ?=")
_SMALL = (
    r"(?!(?:were|was|and|or|of|in|to|with|from|per|the|a|an|their|many|most|some|few|for|by|how|more|that|other|these"
    r"|those|both|as|among|assigned|which|when|whether|if|randomi[sz]ed|than|what|do|does|did|million|billion"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)
_WHO = re.compile(rf"(?<![\w-])(?P<who>(?i:(?:{_SMALL}[a-z'’-]+ )?(?i:{PEOPLE})) {_MORE} [^;:.()\[\]]{{2,110}}?){END}")
_PLAIN = re.compile(
    rf"(?<![\w-])(?P<who>(?i:(?:{_SMALL}[a-z'’-]+ )?(?:{PEOPLE})(?: and (?:[\w-]+ )?{PEOPLE})?))(?![\w'’-])"
)
_CUE = re.compile(
    r"\b(?:enrol\w*|recruit\w*|includ\w+|randomi[sz]\w+|assign\w*|allocat\w+|follow(?:ed)?|survey\w*|interview\w*"
    r"|analy[sz]\w+|participa\w+|took part|stud(?:y|ied)|trial|experiment|cohort|compar\w+|asked|tested|measured"
    r"|evaluat\w+|observed|collected|answered|sample|register|data|received|receive|offered|invited|eligible|given"
    r"|aim|purpose|objective|explore|examined?|sought|investigat\w+)\b|^(?:\w+:? )?To \w+|PARTICIPANTS|^Participants",
    re.IGNORECASE,
)
_N = re.compile(r"\b[Nn] ?= ?\d\d|interviews? with")
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)
_PLACE = re.compile(
    r" (?:in|at|(?<!discharged )from|across|of|on|by) "
    r"(?:[A-Z]|\d|(?:[\w-]+ ){0,4}(?:hospitals?|clinics?|centres?|centers?|universit\w+"
    r"|compan\w+|schools|units?|practices?|sites?|countries|villages|towns?|wards?|districts|register|municipalities"
    r"|programs?|programmes?|topics?)\b).*$"
    r"|,? (?:and|or) (?:\w+ed|held|compare|read|took|gave|had)\b.*$"
    r"| (?:compared|(?<!admitted )(?<!exposed )(?<!referred )to(?! \d)|about|by|under"
    r"|during|using) .*$"
    r"| attending (?:\w+ )*(?:clinics|centres|centers|hospitals|practices|schools)\b.*$"
)
_VAGUE = frozenset("participants people individuals subjects persons respondents controls cases members users".split())
# Said of people, this tells nothing of who they are.
_PROCEDURE = re.compile(
    r"^(?:(?:randomi[sz]ed|eligible|consecutive|included|enrolled|analysed|analyzed|screened|additional|selected"
    r"|consenting|participating|total|anonymous|further|unique|new|all|our) )+"
)


# Things that people make and that studies sample as they sample people.
_MADE = re.compile(
    r"\S+(?: \S+)* (?:projects|libraries|packages|repositories|programs|systems|suites|notebooks|models)"
)


def find_population(title: str, sentences: Sequence[str], sample: Sequence[Counted]) -> Iterator[Draft]:
    """Yield who was studied, in the words that say most of them, or else the things that were."""
    places = (*enumerate(sentences, 1), (0, title))
    ways = (_describe_counted(sample), _describe_n(sentences), _find_described(places), _name_counted(sample))
    for found in ways:
        for phrase, number in found:
            who = _PROCEDURE.sub("", _cut_place(phrase))
            if who and who.casefold() not in _VAGUE:
                yield Draft("population", who, number)
                return
    if not any(item.kind == "people" for item in sample) and not any(map(_N.search, sentences)):
        return
    for number, text in enumerate(sentences, 1):
        if not _OTHERS.search(text) and _CUE.search(text) and (match := _PLAIN.search(text)):
            who = _PROCEDURE.sub("", match["who"])
            if who.casefold() not in _VAGUE:
                yield Draft("population", who, number)
                return


def _describe_counted(sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield the people who are counted, where the text says more of them than their number."""
    for item in sample:
        if item.kind != "people":
            continue
        tail = _TAIL.match(item.text, item.end)
        who = item.what + (tail.group() if tail else "")
        if " " in _PROCEDURE.sub("", _cut_place(who)):
            yield who, item.sentence


def _describe_n(sentences: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the people whose number follows them in brackets."""
    for number, text in enumerate(sentences, 1):
        if match := _BEFORE_N.search(text):
            yield match["who"], number
            return


def _find_described(places: Sequence[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Yield people of whom a sentence about the study, or its title, says more than that they took part."""
    for number, text in places:
        if not _OTHERS.search(text) and (number == 0 or _CUE.search(text)):
            for match in _WHO.finditer(text):
                if " " in _cut_place(match["who"]):
                    yield match["who"], number


def _name_counted(sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield people as they are counted, or else things that are named by what they are of."""
    yield from ((item.what, item.sentence) for item in sample if item.kind == "people")
    yield from ((item.what, item.sentence) for item in sample if item.kind == "thing" and _MADE.fullmatch(item.what))


def _cut_place(who: str) -> str:
    """Return a phrase without the place at its end, which is not a property of the people."""
    return _PLACE.sub("", who).strip()
