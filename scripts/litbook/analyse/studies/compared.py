"""With what something was compared, and what was measured first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from litbook.analyse.studies.words import NOT_OURS, PEOPLE
from litbook.model.stated import Draft

_CARE = r"(?:usual|standard|routine|conventional|regular)"
_KNOWN = (
    rf"(?:matching )?placebo(?! effect|-)|sham (?!-)\w+"
    rf"|{_CARE} (?:care|treatment|therapy|practice|follow-up|prescribing"
    r"|process|management|teaching|instruction)|(?:a |an )?wait(?:ing)?[- ]list|no (?:treatment|intervention|feedback"
    r"|training)|control session|treatment as usual|business as usual"
)
_STOP = (
    r"(?=\s*(?:[,;:.()\[\]]|$)|\s(?:in (?:a|an|the|this|four|five|\d+|[A-Z])"
    r"|in (?:adults|patients|people|children|women|men|students)"
    r"|at (?:a|an|the|\d|[A-Z]|four|\w+ hospitals)"
    r"|for (?:\d|\w+ (?:weeks|months|years|days|hours))|of the same|before|during|after|over|on|with \d|from|among"
    rf"|matched|were|was|are|is|to (?:a|the|{PEOPLE})|because|by \d|and|within|each|who)\b)"
)
_PHRASE = r"(?P<other>(?:an? |the |their |its )?[^,;.()]{3,60}?)"
# "compare drugs in people with asthma": what follows is said of the people.
_NO_PEOPLE = "".join(
    rf"(?<!{word})" for word in ("people", "patients", "adults", "children", "men", "those", "students")
)
# "assigned to X or to Y"
_ARMS = re.compile(
    r"\b(?:randomi[sz]ed|assigned|allocated|randomly assigned)\b[^.;]{0,120}?\bto "
    rf"(?P<one>[^.;]{{2,90}}?) or (?:to )?{_PHRASE}{_STOP}"
)
_COMPARED = re.compile(
    r"(?:^|\b)(?:[Cc]ompar(?:ed|es|e|ing)|[Cc]omparison of)\b[^.,;]{0,90}?"
    rf"{_NO_PEOPLE} (?:with|versus|against|to) "
    rf"(?P<other>(?:an? |the |their |that by |women |those )?[^,;.()]{{3,60}}?){_STOP}"
)
_RECEIVED = re.compile(
    rf"\b(?:received?|took|get|got|offered|used?|given)\b(?P<one>[^.;]{{3,90}}?) or (?:to )?{_PHRASE}{_STOP}"
)
_REFERENCE = re.compile(
    r"\b(?:reference standard|comparator|control condition|control group|comparison)s?(?: was| were| is|:) "
    r"(?P<other>[^.;()]{4,70}?)(?=\s*(?:[.;(]|$))"
    r"|\bas (?:the |a )?(?:reference|gold)(?: standard)?,? (?:by |with )?"
    r"(?P<reference>[^.,;()]{4,70}?)(?=\s*(?:[.,;(]|$))"
)
_AGAINST = re.compile(
    rf"\b(?:evaluated|tested|validated|assessed)\b[^.;]{{3,110}}? against (?P<other>[^,.;()]{{4,60}}?){_STOP}"
)
# The group that a text names second: "the other half saw X", "the control group waited for X".
_OTHER_GROUP = re.compile(
    r"\b(?:[Tt]he )?(?:other half|others|rest|other group|(?:control|comparison) (?:group|condition|participants|arm))"
    rf" (?:saw|got|received|used|had|read|continued|continued with|kept|went on with) {_PHRASE}{_STOP}"
)
_WENT_ON = re.compile(rf"\beither\b[^.;]{{5,90}}? or (?:went on with|continued with|continued|kept) {_PHRASE}{_STOP}")
# "Interventions: X plus Y, or Y only."
_HEADED_ARMS = re.compile(
    rf"\b(?:Interventions?|INTERVENTIONS?|Exposures?):? (?P<one>[^.;]{{3,120}}?),? or {_PHRASE}{_STOP}"
)
_KEPT = re.compile(
    r"\b(?:followed|continued|kept|attended|maintained|were taught|had) (?:with )?(?:their |the )?"
    rf"(?P<other>(?:normal|usual|regular|standard|existing|conventional|traditional|ordinary) [\w -]{{3,40}}?){_STOP}"
)
_HALVES = re.compile(
    r"\bhalf\b[^.;]{3,90}? and (?:the other )?half (?:(?:in|with|to|by|used|received|got|saw|read) )?"
    rf"(?P<other>[^,;.()]{{3,50}}?){_STOP}"
)
_EITHER_LONG = re.compile(
    rf"\beither (?:(?:at|by|with|in|to|on) )?(?P<one>[^,.;]{{3,90}}?) or (?:(?:at|by|with|in|to|on) )?{_PHRASE}{_STOP}"
)
_VERSUS = re.compile(rf"\w (?:versus|vs\.?) (?P<other>(?!\d)[a-z][^,;.()]{{3,50}}?){_STOP}")
_IN_TITLE = re.compile(
    r"\w (?:versus|vs\.?) (?P<other>[^,;:.?]{3,50}?)(?=\s*(?:[,;:.?]|$)|\s(?:for|in|on|of|after|among|during|to)\b)"
)
_OUT = r"(?:without|given|receiving|assigned|of the|in the|(?:who|that) (?:were|was|did|do|had|have) not)"
# The group that a result is measured by: "more tests than developers who were not", "as often as those given X".
_THAN_GROUP = re.compile(
    rf"\b(?:more|less|fewer|better|worse|\w+er|as \w+)\b[^.;]{{0,80}}? (?:than|as) (?:in |among )?"
    rf"(?P<other>(?:those|the others|controls?\b|(?:[a-z-]+s|children|people|women|men)) {_OUT}"
    rf"(?: (?:[\w-]+ ){{0,5}}?[\w-]+)?"
    rf"|controls|(?:the )?(?:control|comparison) group){_STOP}"
)
# A result beside that of another group, in a sentence that tests the difference: "lower than in food-secure adults".
_TESTED = re.compile(r"\bCI\b|\bCrI\b|nterval\b|\b[Pp] ?[<=>≤]|\d ?%|\b(?:v|vs|versus)\b")
_THAN = re.compile(
    rf"\b(?:more|less|fewer|better|worse|sooner|\w{{2,}}er)\b[^.;]{{0,90}}? than "
    r"(?:(?:in|among|with|for|by|did|under|after|at) )?"
    rf"(?:(?P<group>(?:those|(?:[\w-]+ )?[a-z-]+s|children|people|women|men) "
    rf"(?:who|that|whom|which|without|with) [^,.;()\[\]]{{3,60}}?)"
    rf"(?=\s*(?:[,.;()\[\]]|$)| (?:in|at) (?:a|the|\d|[A-Z]))|(?P<other>[^,.;()\[\]]{{3,60}}?){_STOP})"
    r"|\b(?:relative to|as against|in contrast (?:to|with)) (?P<beside>[^,.;()\[\]]{3,60}?)"
    r"(?=\s*(?:[,.;()\[\]]|$)| (?:in|on|at|by|with|of|during|after)\b)"
)
_WITHOUT = re.compile(
    rf"\b(?:than|and|or|versus|vs\.?|against|to) (?:(?!without)[\w%.]+ ){{0,3}}?"
    r"(?P<other>(?:(?:those|[a-z-]+s|children|people|women|men) )?without"
    rf"(?: (?:an? |the |any )?(?!\d)[\w-]+)??){_STOP}(?<!and without)(?<!or without)"
)
_NO_GROUP = re.compile(
    r"(?:\d|half|one|two|three|twice|(?:re|pre|ex)\w+ed\b|expected|assumed|hoped|thought|needed|planned|usual\b(?= *$)"
    r"|others?\b|those$|without$|ever|once|before|average|baseline|chance"
    r"|(?:this|that|these|it|them|the (?:first|last|other|rest))\b)"
)
_SERVED = re.compile(
    r"(?:^|[;,] |\band |: )(?:(?:the )?\d[\d,.]* )?(?P<other>[A-Za-z][\w ,'-]{3,60}?) "
    r"(?:(?:served|acted|functioned) as|were|was) "
    r"(?:(?:the|a) )?(?:controls?|comparison group|comparison|control group)\b"
)
_THOSE_WHO = re.compile(
    r"\b(?:those|\w+s) who [^.;]{5,110}?, (?:and |while |whereas )?(?P<other>those who [^,.;()\d]{3,50}?)"
    r"(?=\s*(?:[,.;()]|$)| (?:after|in|by|for|with|at) (?:a |the )?\d)"
)
# What follows "or" and "with" without being the other arm.
_NO_ARM = re.compile(
    r"(?:older|more|younger|less|fewer|both|neither|later|higher|lower|no more|\d+ (?!controls)\S+|the code)(?=\s|$)"
)
_NO_OTHER = re.compile(
    rf"{_NO_ARM.pattern}|(?:on|in|with|by|and|at|to)(?=\s)"
    r"|(?:what|how|before|after)\b|(?:it|them|each other|one another|baseline|expected|those|this|that"
    r"|the (?:first|last|previous|other|rest|year)"
    r"|\w+ years?|(?:an? |the )?(?:survey|study|trial|report)s?)(?=\s|$)"
)
# Two short phrases: "with spaced or massed retrieval"; the plain one is the comparator, or else the second.
_EITHER = re.compile(
    r"\b(?:with|by|either) (?P<one>(?:[\w-]+ ){0,2}[\w-]+?) or (?:by |with )?(?P<other>(?:[\w-]+ ){0,2}?[\w-]+?)"
    rf"{_STOP}"
)
# The same preposition or the same noun twice: "with X or with Y", "in X or in Y", "tests with X and tests with Y".
_TWICE = re.compile(
    rf"\b(?P<word>with|by|from|in|through|using|under|\w+ with|\w+ without) (?P<one>[^,;.()]{{2,60}}?),? (?:and|or) "
    rf"(?:one |the other )?(?P=word) (?P<other>[\w' -]{{3,60}}?){_STOP}"
)
_ONE_WITH = re.compile(
    rf"\bone (?:with|by|in) (?P<one>[^,;.()]{{2,50}}?) and (?:one|the other) (?:with|by|in) {_PHRASE}{_STOP}"
)
_RATHER = re.compile(
    r"\b(?:taught|introduced|received|given|trained|treated|learned|learnt|worked|practised)\b(?P<one>[^.;]{3,80}?)"
    r" (?:rather than|instead of|as opposed to) (?:through |by |with |from )?"
    rf"(?P<other>[^,;.()]{{3,50}}?){_STOP}"
)
_PLAIN = re.compile(r"\b(?:plain|usual|standard|traditional|conventional|regular|paper|no|normal|ordinary)\b")
_SHORT = 5  # words of a comparator that is named first
_CUE = re.compile(
    r"\b(?:study|experiment|trial|studied|randomi[sz]ed|assigned|followed|taught|measured|got|interviewed|fixed|read"
    r"|developed|worked|cared for|treated|given|kept|solved|answered|learned|graded|evaluated)\b|-subjects?\b"
)
# Designs in which nothing is compared, so that "compared with" sets something beside the study.
_ALONE = re.compile(
    r"qualitative|interview|survey|mapping|scoping|literature review|grounded|action research|focus groups|Delphi"
    r"|case series|diary|think-aloud|ethnograph|sampling",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"random|trial|experiment|cohort|control|compar|cross-?over|between|within", re.IGNORECASE)
_NAMED = re.compile(rf"\b(?:{_KNOWN})", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\b(?:[Pp]rimary|[Mm]ain|PRIMARY|MAIN)(?: efficacy| clinical)? (?:[Oo]utcomes?|OUTCOMES?|[Ee]nd ?-?points?)"
    r"(?: [Mm]easures?| MEASURES?| and [Mm]easures)?(?: was| is| were|:|\.|,|) +"
    r"(?:was |is |the )?(?P<what>[^.;:()]{4,140}?)(?=\s*(?:[.;:(]|$))"
)
_LATE = re.compile(
    r"(?P<what>[A-Z][^,.;]{3,80}?)(?: was|, which was|,) (?:the|our) (?:primary|main)(?: efficacy"
    r"| effectiveness| clinical| safety)? (?:outcome|end ?-?point)"
)
_HEADED = re.compile(r"(?:^|\. )OUTCOMES?: (?P<what>[^.;]{4,100})")
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)


def find_comparison(title: str, sentences: Sequence[str], design: str) -> Iterator[Draft]:
    """Yield with what the study compares: the other arm, or a comparator that has a name, such as placebo.

    `design` is that of the study, or empty: a text about interviews that says "compared with" compares nothing.
    """
    if _ALONE.search(design) and not _COMPARING.search(design):
        return
    places = [(number, text) for number, text in enumerate(sentences, 1) if not _OTHERS.search(text)]
    found = next((draft for way in _WAYS if (draft := way(places)) is not None), None)
    if found is None and (match := _IN_TITLE.search(title)):
        found = Draft("comparison", match["other"].strip(), 0)
    if found is not None:
        yield found


_Places = Sequence[tuple[int, str]]
_Way = Callable[[_Places], Draft | None]


def _find_other(pattern: re.Pattern[str], excluded: re.Pattern[str]) -> _Way:
    """Return what finds the comparator by a pattern that names it `other`."""

    def find(places: _Places) -> Draft | None:
        for number, text in places:
            match = pattern.search(text)
            if match and not excluded.match(_name_other(match)):
                return Draft("comparison", _choose(match), number)
        return None

    return find


def _name_other(match: re.Match[str]) -> str:
    """Return the phrase that a pattern names, under whichever of its names."""
    names = match.groupdict()
    return (names["other"] or names.get("reference") or names.get("group") or names.get("beside") or "").strip()


def _choose(match: re.Match[str]) -> str:
    """Return the second of two phrases, or the first if it is short and the plain one.

    Of "a compiler with plain or enhanced messages" the first has only its adjective.
    """
    one, other = (match.groupdict().get("one") or "").strip(), _name_other(match)
    plain = None if _PLAIN.search(other) else _PLAIN.search(one)
    if plain is None:
        return other
    return plain.group() if plain.end() == len(one) else one if len(one.split()) <= _SHORT else other


def _find_named(places: _Places) -> Draft | None:
    """Return a comparator that has a name of its own."""
    for number, text in places:
        if match := _NAMED.search(text):
            return Draft("comparison", match.group(), number)
    return None


def _find_of_two(*patterns: re.Pattern[str]) -> _Way:
    """Return what finds the comparator among two phrases: the plain one, or else the second."""

    def find(places: _Places) -> Draft | None:
        for number, text in places:
            match = next((match for pattern in patterns if (match := pattern.search(text))), None)
            if match and _CUE.search(text) and not _NO_OTHER.match(match["other"]):
                return Draft("comparison", _choose(match), number)
        return None

    return find


def _find_tested(pattern: re.Pattern[str]) -> _Way:
    """Return what finds the group to which a tested result belongs that is set beside that of another."""

    def find(places: _Places) -> Draft | None:
        for number, text in places:
            match = pattern.search(text) if _TESTED.search(text) else None
            if match and not _NO_GROUP.match(_name_other(match)):
                return Draft("comparison", _name_other(match), number)
        return None

    return find


# From the surest way to name a comparator to the least sure.
_WAYS: tuple[_Way, ...] = (
    _find_other(_ARMS, _NO_ARM),
    *(_find_other(pattern, _NO_OTHER) for pattern in (_COMPARED, _RECEIVED, _REFERENCE, _AGAINST)),
    *(_find_other(pattern, _NO_OTHER) for pattern in (_OTHER_GROUP, _WENT_ON, _HEADED_ARMS, _KEPT, _VERSUS)),
    _find_named,
    _find_of_two(_ONE_WITH, _TWICE, _EITHER, _RATHER, _HALVES, _EITHER_LONG),
    _find_other(_SERVED, _NO_OTHER),
    _find_other(_THAN_GROUP, _NO_ARM),
    _find_tested(_WITHOUT),
    _find_tested(_THAN),
    _find_tested(_THOSE_WHO),
)


_HOW = re.compile(r", (?:as )?(?:analy[sz]ed|assessed|measured|defined|adjudicated|determined|evaluated) .*$")


def find_outcome(sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield the primary outcome, where the abstract calls it that."""
    for number, text in enumerate(sentences, 1):
        match = _LATE.search(text) or _OUTCOME.search(text) or _HEADED.search(text)
        if match:
            yield Draft("outcome", _HOW.sub("", match["what"].strip()), number)
            return
    for number, text in enumerate(sentences[:-1], 1):  # a heading on its own: "PRIMARY OUTCOME. Knee pain …"
        if re.fullmatch(r"(?:PRIMARY|MAIN) OUTCOMES?(?: MEASURES?)?\.", text):
            yield Draft("outcome", sentences[number].split(";")[0].rstrip("."), number + 1)
            return
