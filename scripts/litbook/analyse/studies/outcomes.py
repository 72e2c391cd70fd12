"""What a study measured first: the outcome that it calls primary or main."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.model.stated import Draft

_NAME = (
    r"(?:[Pp]rimary|[Mm]ain|[Pp]rincipal|PRIMARY|MAIN)"
    r"(?: (?:study|efficacy|clinical|effectiveness|safety|feasibility))? (?i:(?:outcome|end ?-?point)s?)"
    r"(?>(?: (?i:(?:measure(?:ment)?|variable|parameter|assessment)s?))?(?: (?i:and measures?))?)"
    r"(?: of (?:the|this|our) (?:study|trial|review))?"
)
# What became of an outcome does not say what it is.
_SAID_OF = (
    r"(?!(?:\w+ly |not |also |only )*(?:observed|met|reached|achieved|similar|higher|lower|reported|seen|assessed"
    r"|measured|occurred|evaluated|available|reduced|improved|analy[sz]ed|compared|different|recorded|obtained"
    r"|determined|collected|found|identified|present|experienced|better|worse|not|were|was|is|and|in|at|for|missing|to"
    r"|applicable)\b)"
)
_IS = r"(?:was|is|were|are|will be|included?|comprised|being)(?: defined as)?:?"
_OUTCOME = re.compile(
    rf"\b{_NAME}(?: \([A-Z]+\))?(?P<sign> {_IS}|:|(?<!s),|\.(?=$| [A-Z])|(?= [A-Z])) +"
    rf"(?:[Tt]he {_NAME} {_IS} )?(?:was |were |is )?(?:[Tt]he )?{_SAID_OF}"
    r"(?P<what>[^.;:()]{4,140}?)(?=\s*(?:[.;:(]|$|,? and the secondary\b))"
)
_LATE = re.compile(
    r"(?P<what>[A-Z][^,.;:]{3,80}?)(?:(?:,? which)? was (?:the|our)|, (?:the|our)(?= [\w -]{6,40}?[,.]))"
    r" (?:primary|main)(?: efficacy| effectiveness| clinical| safety)? (?:outcome|end ?-?point)"
)
_HEADED = re.compile(r"(?:^|\. )OUTCOMES?: (?P<what>[^.;]{4,100})")
# A sentence under a heading rather than the name of an outcome.
_TELLS = re.compile(
    r"\b(?:was|were|had|has|showed|underwent|is|are|did|not|assess|decreased|increased|rated)\b"
    r"|^(?:We|At|After|In|The patient)\b",
    re.I,
)
# The one outcome of a study needs no rank: "The outcome was the occurrence of herpes zoster."
_ONLY = re.compile(
    r"(?:^|[:.] )(?:The|Our|Study|The study) (?:outcome|end ?-?point)(?: of interest| measure| variable)? was (?:the )?"
    rf"{_SAID_OF}(?P<what>[^.;:()]{{4,140}}?)(?=\s*(?:[.;:(]|$))"
)
_HOW = re.compile(r", (?:as )?(?:analy[sz]ed|assessed|measured|defined|adjudicated|determined|evaluated) .*$")


def find_outcome(sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield the primary outcome, where the abstract calls it that."""
    for number, text in enumerate(sentences, 1):
        match = _LATE.search(text) or _OUTCOME.search(text) or _HEADED.search(text)
        if match and not _is_sentence(match):
            yield Draft("outcome", _HOW.sub("", match["what"].strip()), number)
            return
    for number, text in enumerate(sentences, 1):
        if match := _ONLY.search(text):
            yield Draft("outcome", _HOW.sub("", match["what"].strip()), number)
            return
    for number, text in enumerate(sentences[:-1], 1):  # a heading on its own: "PRIMARY OUTCOME. Knee pain …"
        if re.fullmatch(r"(?:PRIMARY|MAIN) OUTCOMES?(?: MEASURES?)?\.", text):
            yield Draft("outcome", sentences[number].split(";")[0].rstrip("."), number + 1)
            return


def _is_sentence(match: re.Match[str]) -> bool:
    """Return whether what follows a heading tells of a result instead of naming an outcome."""
    named = match.re is _OUTCOME and match["sign"].strip() not in ("", ":", ",", ".")
    return not named and match.re is not _LATE and _TELLS.search(match["what"]) is not None
