"""With what something was compared, and what was measured first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.studies.words import NOT_OURS
from litbook.model.stated import Draft

_CARE = r"(?:usual|standard|routine|conventional|regular)"
_KNOWN = (
    rf"(?:matching )?placebo(?! effect|-)|sham (?!-)\w+"
    rf"|{_CARE} (?:care|treatment|therapy|practice|follow-up|prescribing"
    r"|process|management|teaching|instruction)|(?:a |an )?wait(?:ing)?[- ]list|no (?:treatment|intervention|feedback"
    r"|training)|control session|treatment as usual|business as usual"
)
_STOP = (
    r"(?=\s*(?:[,;:.()\[\]]|$)|\s(?:in (?:a|an|the|this|four|five|\d|[A-Z])|at (?:a|an|the|\d|[A-Z]|four|\w+ hospitals)"
    r"|for (?:\d|\w+ (?:weeks|months|years|days|hours))|of the same|before|during|after|over|on|with \d|from|among"
    r"|matched|were|was|to (?:a|the)|because|by \d|and|within)\b)"
)
_ARMS = re.compile(
    r"\b(?:randomi[sz]ed|assigned|allocated|randomly assigned)\b[^.;]{0,120}?\bto "
    rf"[^.;]{{2,90}}? or (?:to )?(?P<other>(?:an? |the |their )?[^,;.()]{{3,60}}?){_STOP}"
)
_COMPARED = re.compile(
    r"(?:^|\b)(?:[Cc]ompar(?:ed|es|e|ing)|[Cc]omparison of)\b[^.,;]{0,90}? (?:with|versus|against|to) "
    rf"(?P<other>(?:an? |the |their |that by |women |those )?[^,;.()]{{3,60}}?){_STOP}"
)
_RECEIVED = re.compile(
    r"\b(?:received|took|offered|used|given)\b[^.;]{3,90}? or (?:to )?"
    rf"(?P<other>(?:an? |the |their )?[^,;.()]{{3,50}}?){_STOP}"
)
# What follows "or" and "with" without being the other arm.
_NO_ARM = re.compile(
    r"(?:older|more|younger|less|fewer|both|neither|later|higher|lower|no more|\d+ (?!controls)\S+|the code)(?=\s|$)"
)
_NO_OTHER = re.compile(rf"{_NO_ARM.pattern}|(?:on|in|with|by|and|at|to)(?=\s)")
# Two short phrases: "with spaced or massed retrieval"; the plain one is the comparator, or else the second.
_EITHER = re.compile(
    r"\b(?:with|by|either) (?P<one>(?:[\w-]+ ){0,2}[\w-]+?) or (?:by |with )?(?P<other>(?:[\w-]+ ){0,2}?[\w-]+?)"
    rf"{_STOP}"
)
_BOTH = re.compile(rf"\bwith (?P<one>[\w -]{{3,40}}?) and with (?P<other>[\w' -]{{3,40}}?){_STOP}")
_PLAIN = re.compile(r"\b(?:plain|usual|standard|traditional|conventional|regular|paper|no|normal|ordinary)\b")
_REFERENCE = re.compile(
    r"\b(?:reference standard|comparator|control condition)s?(?: was| were| is|:) (?P<other>[^.;()]{4,70}?)"
    r"(?=\s*(?:[.;(]|$))"
)
_AGAINST = re.compile(
    rf"\b(?:evaluated|tested|validated|assessed)\b[^.;]{{3,60}}? against (?P<other>[^,.;()]{{4,60}}?){_STOP}"
)
_CUE = re.compile(r"\b(?:study|experiment|trial|studied|randomi[sz]ed|assigned)\b|-subjects\b")
_NAMED = re.compile(rf"\b(?:{_KNOWN})", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\b(?:[Pp]rimary|[Mm]ain|PRIMARY|MAIN)(?: efficacy| clinical)? (?:[Oo]utcomes?|OUTCOMES?|[Ee]nd ?-?points?)"
    r"(?: [Mm]easures?| MEASURES?| and [Mm]easures)?(?: was| is| were|:|\.|,|) +"
    r"(?:was |is |the )?(?P<what>[^.;:()]{4,140}?)(?=\s*(?:[.;:(]|$))"
)
_LATE = re.compile(r"(?P<what>[A-Z][^,.;]{3,60}?) was the primary (?:outcome|end ?-?point)")
_HEADED = re.compile(r"(?:^|\. )OUTCOMES?: (?P<what>[^.;]{4,100})")
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)


def find_comparison(sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield with what the study compares: the other arm, or a comparator that has a name, such as placebo."""
    for pattern in (_ARMS, _COMPARED, _RECEIVED, _REFERENCE, _AGAINST):
        for number, text in enumerate(sentences, 1):
            match = None if _OTHERS.search(text) else pattern.search(text)
            if match and not (_NO_ARM if pattern is _ARMS else _NO_OTHER).match(match["other"]):
                yield Draft("comparison", match["other"].strip(), number)
                return
    for number, text in enumerate(sentences, 1):
        match = None if _OTHERS.search(text) else _NAMED.search(text)
        if match:
            yield Draft("comparison", match.group(), number)
            return
    for number, text in enumerate(sentences, 1):
        match = _EITHER.search(text) or _BOTH.search(text) if _CUE.search(text) else None
        if match and not _OTHERS.search(text) and not _NO_OTHER.match(match["other"]):
            plain = _PLAIN.search(match["one"]) and not _PLAIN.search(match["other"])
            yield Draft("comparison", match["one" if plain else "other"], number)
            return


def find_outcome(sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield the primary outcome, where the abstract calls it that."""
    for number, text in enumerate(sentences, 1):
        match = _LATE.search(text) or _OUTCOME.search(text) or _HEADED.search(text)
        if match:
            yield Draft("outcome", match["what"].strip(), number)
            return
    for number, text in enumerate(sentences[:-1], 1):  # a heading on its own: "PRIMARY OUTCOME. Knee pain …"
        if re.fullmatch(r"(?:PRIMARY|MAIN) OUTCOMES?(?: MEASURES?)?\.", text):
            yield Draft("outcome", sentences[number].split(";")[0].rstrip("."), number + 1)
            return
