"""With what something was compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from litbook.analyse.studies import groups
from litbook.analyse.studies.beside import IN_THAN, MADE_BY
from litbook.analyse.studies.vague import complete
from litbook.analyse.studies.words import NOT_OURS, PEOPLE
from litbook.model.stated import Draft

_CARE = r"(?:usual|standard|routine|conventional|regular)"
_KNOWN = (
    rf"(?:matching )?placebo(?! effect|-)|(?<![\w-])sham (?!-)\w+"
    rf"|{_CARE} (?:care|treatment|therapy|practice|follow-up|prescribing"
    r"|process|management|teaching|instruction)|(?:a |an )?wait(?:ing)?[- ]list|no (?:treatment|intervention|feedback"
    r"|training)(?!-)|control session|treatment as usual|business as usual"
)
_STOP = (
    r"(?=\s*(?:[,;:()\[\]]|\.(?!\d)|$)|\s(?:in (?:a|an|the|this|vitro|vivo|four|five|\d+|[A-Z])"
    r"|in (?:[\w-]+ )?(?:adults|patients|people|children|women|men|students)"
    r"|at (?:a|an|the|\d|[A-Z]|four|\w+ hospitals)"
    r"|for (?:\d|\w+ (?:weeks|months|years|days|hours))|of the same|before|during|after|over|on|with \d|from|among"
    rf"|matched|were|was|are|is|to (?:a|the|{PEOPLE})|because|by \d|and|within|each|who|across|using|when|while"
    rf"|as well as"
    rf"|due"
    r"|published|described|generated|associated|to (?:suffer|have|be|die|develop|receive|experience|report|use"
    r"|indicate|determine|assess|evaluate|see|find|test|estimate|explore)"
    r"|using|based|offered by|provided by|regarding|in terms|in both|at all|with (?:large|an? (?:large|small|medium"
    r"|significant)))\b)"
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
_SET_BESIDE = (
    r"(?:(?:that|those) (?:of|(?:observed |seen |found )?(?:in|from|for|among)) )?"
    r"(?P<other>(?:an? |the |their |that by |women |those )?(?:[^,;.()]|(?<=[A-Za-z-]\d)\.(?=\d)){2,60}?)"
)
# "than compared with X": what follows at once is the other; "compare X with Y" names it after the first.
_COMPARED = re.compile(
    rf"(?:\b[Cc]ompar(?:ed|able|ing) (?:with|to|against)|\b[Ii]n comparison (?:with|to)"
    rf"|(?<!locations )(?<!location )(?<!position )(?<!positions )(?<!timing )(?<!crashes )\b[Rr]elative to"
    rf"|\b[Ii]n contrast to) {_SET_BESIDE}{_STOP}"
)
_BETWEEN = re.compile(
    rf"\b(?:[Cc]ompar(?:ed|es?|ing)"
    rf"|differences?|differed|distinguish\w*|discriminat\w+|agreement)\b(?:(?!relation|prevalence|associate|association"
    rf"|correlat)[^.;]){{0,130}}? between "
    rf"(?P<one>(?:(?! terms | relation )[^.;,]){{3,60}}?) and {_SET_BESIDE}{_STOP}"
)
_TWO_GROUPS = re.compile(
    rf"\binto (?:two|2) (?:\w+ )?(?:groups|arms|conditions): (?P<one>[^.;]{{3,90}}?),? (?:or|and|versus"
    rf"|vs\.?) {_PHRASE}{_STOP}"
)
_BOTH_NAMED = re.compile(
    rf"\b(?:[Cc]ompar(?:ed|es|e|ing) (?!with\b|to\b)|[Cc]omparison of )(?:(?!correlat|associate|association|relation"
    rf"|reveal|show"
    rf"|present)[^.,;]){{2,90}}?"
    rf"{_NO_PEOPLE}(?<!measured)(?<!associated)(?<!treated)(?<!diagnosed)(?<!together)(?<!infected)"
    rf"(?<!according)(?<!agreement)(?<!consistent)(?<!dealing)(?<!familiarity)(?<!satisfaction)(?<!due)(?<!related)(?<!prior)(?<!relation)(?<!response)(?<!adapted)(?<!addition)"
    rf" (?:with|versus|vs\.?|against|to(?= (?:an?|the|those|their|that|controls?|usual"
    rf"|standard)\b)) {_SET_BESIDE}{_STOP}(?! and | to )"
)
_RECEIVED = re.compile(
    rf"\b(?:{PEOPLE}|groups?|half|arms?|who)\b[^.;,()]{{0,60}}?\b(?:received?|took|got|offered|given)\b"
    rf"(?P<one>[^.;]{{3,90}}?) or (?:to )?{_PHRASE}{_STOP}"
)
_REFERENCE = re.compile(
    r"(?<!with the )(?<!by the )\b(?:reference standard|comparator|control condition|control group"
    r"|comparison)s?(?: was| were| is"
    r"|:) (?!\w+ed\b|\w+ly\b|also\b|not\b|then\b)"
    r"(?P<other>[^.;()]{4,70}?)(?=\s*(?:[.;(]|$))"
    r"|\bas (?:the |a )?(?:reference|gold)(?: standard)?,? (?:by |with )?"
    r"(?P<reference>[^.,;()]{4,70}?)(?=\s*(?:[.,;(]|$))"
)
_AGAINST = re.compile(
    rf"\b(?:evaluated?|tested|validated?|assess(?:ed)?)\b[^.;]{{3,110}}? against (?P<other>[^,.;()]{{4,60}}?){_STOP}"
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
    r"\b(?:followed|continued|kept|attended|were taught) (?:with )?(?:their |the )?"
    rf"(?P<other>(?:normal|usual|regular|standard|existing|conventional|traditional|ordinary) [\w -]{{3,40}}?){_STOP}"
)
_HALVES = re.compile(
    r"\bhalf\b[^.;]{3,90}? and (?:the other )?half (?:(?:in|with|to|by|used|received|got|saw|read) )?"
    rf"(?P<other>[^,;.()]{{3,50}}?){_STOP}"
)
_EITHER_LONG = re.compile(
    rf"\beither (?:(?:at|by|with|in|to|on) )?(?P<one>[^,.;]{{3,90}}?) or (?:(?:at|by|with|in|to|on) )?{_PHRASE}{_STOP}"
)
_VERSUS = re.compile(
    r"^(?=.*\b(?:[Cc]ompar|[Rr]andom|[Dd]iffer|[Ee]ffica|[Ee]ffect|impact|outcome|higher|lower|assign|[Pp] ?[<=>]"
    r"|CI\b|trial"
    r"|non-?inferior|greater|less|more|rates?\b))"
    rf".*?(?<!\w)(?!\()\w+ (?:\([^()]*\) )?(?:versus|vs\.?) (?P<other>(?!\d)[a-zA-Z][^,;.()]{{3,50}}?){_STOP}"
)
_IN_TITLE = re.compile(
    r"\w (?:versus|vs\.?) (?P<other>[^,;:.?]{3,50}?)(?=\s*(?:[,;:.?]|$)|\s(?:for|in|on|of|after|among|during|to)\b)"
)
_OUT = r"(?:without|given|receiving|assigned|of the|in the|(?:who|that) (?:were|was|did|do|had|have) not)"
# The group that a result is measured by: "more tests than developers who were not", "as often as those given X".
_THAN_GROUP = re.compile(
    rf"\b(?:more|less|fewer|better|worse|\w+er|as \w+)\b[^.;]{{0,80}}? (?:than|as) (?:in |among )?"
    rf"(?P<other>(?:those|the others|controls?\b|(?:[a-z-]+s|children|people|women|men)) {_OUT}"
    rf"(?: (?:[\w-]+ ){{0,5}}?[\w-]+)?"
    rf"|controls?|(?:the )?(?:control|comparison) group){_STOP}"
)
# A result beside that of another group, in a sentence that tests the difference: "lower than in food-secure adults".
_TESTED = re.compile(
    r"\bCI\b|\bCrI\b|nterval\b|[FtZ] ?= ?[-−]?\d|\d ?%.* than (?:in|among)\b|\b[Pp] ?[<=>≤]|\b(?:v|vs|versus)\b"
    r"|\bsignificant"
)
_THAN = re.compile(
    rf"\b(?:more|less|fewer|better|worse|sooner|(?!old|young|earl|rath|oth|either|aft|und|ov"
    rf"|numb)\w{{2,}}er)\b[^.;]{{0,90}}? than "
    r"(?:(?:that|those) (?:of|in|for|from|among) (?:the )?|(?:in|among|with|for|by|did|under|after|at) )?"
    rf"(?:(?P<group>(?:those|(?:[\w-]+ )?[a-z-]+s|children|people|women|men) "
    rf"(?:who|that|whom|which|without|with) [^,.;()\[\]]{{3,60}}?)"
    rf"(?=\s*(?:[,.;()\[\]]|$)| (?:in|at) (?:a|the|\d|[A-Z]))|(?P<other>[^,.;()\[\]]{{3,60}}?){_STOP})"
    r"|\b(?:relative to|as against|in contrast (?:to|with)) (?P<beside>[^,.;()\[\]]{3,60}?)"
    r"(?=\s*(?:[,.;()\[\]]|$)| (?:in|on|at|by|with|of|during|after)\b)"
)
_WITHOUT = re.compile(
    rf"\b(?:than|versus|vs\.?|against|compared (?:with|to)) (?:(?!without)[\w%.]+ ){{0,3}}?"
    r"(?P<other>(?:(?:those|[a-z-]+s|children|people|women|men) )?without"
    rf"(?: (?:an? |the |any )?(?!\d)[\w-]+)??){_STOP}(?<!and without)(?<!or without)"
)
_NO_GROUP = re.compile(
    r"(?:\d|half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twice|(?:the |their )?(?:second"
    r"|counterparts|other)|(?:re|pre|ex)\w+ed\b|expected|assumed|hoped|thought|needed|planned|usual\b(?= *$)"
    r"|others?\b|(?:on |in )?any\b|all\b|an? minimal|those$|those that|without$|ever|once|before|average|baseline"
    r"|(?:the )?(?:previous|prior|pre-?test|pretest)\b"
    r"|chance"
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
    r"(?:older|more(?! (?:conventional|traditional|classical|established) )|younger|less|fewer|both|neither|later"
    r"|higher|lower|no more|\d+ (?!controls)\S+|the code)(?=\s|$)"
)
_NO_OTHER = re.compile(
    rf"{_NO_ARM.pattern}|(?:the |its |their )?(?:results?|findings|existing|previous|other|others|published"
    rf"|literature|current"
    r"|multiple|various|reported|data|methods?|an? baseline|baselines?|address|state|different|middle|identify"
    r"|determine"
    r"|assess|see|find|test"
    r"|examine|explore|establish|evaluate|those (?:for|of|at|in) the pre-?test|pre-?test|their (?:earlier|own|pre)"
    r"|pre-?treatment"
    r"|during|age|respect|regard|an? [\w-]+ test|contrasts|further|Kaplan-Meier|log-rank|using|adjust\w*|situation"
    r"|earlier|many|when|related work|prior|state|counterparts|for|second|third"
    r")(?=\s|$)|\d[\d.,]*(?:%|$| of\b)|(?:on|in|with|by|and|at|to)(?=\s)"
    r"|the \d|(?:pre|post)-?operative\b|an? group$|[“\"]|[^,.;]*\b(?:rates?|scores?|mean|value) of(?: \d|$)"
    r"|(?:what|how|before|after)\b|(?:it|them|each other|one another|baseline|expected|those|this|that"
    r"|the (?:first|last|previous|other|rest|year)"
    r"|\w+ years?|(?:an? |the )?(?:survey|study|trial|report)s?)(?=\s|$)"
)
# Two short phrases: "with spaced or massed retrieval"; the plain one is the comparator, or else the second.
_EITHER = re.compile(
    r"(?<!patients )(?<!people )(?<!adults )(?<!children )(?<!women )(?<!treated )(?<!those )"
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
_PLAIN = re.compile(r"\b(?:plain|controls?|usual|standard|traditional|conventional|regular|paper|no|normal|ordinary)\b")
_SHORT = 5  # words of a comparator that is named first
# "characterised by either X or Y" tells kinds, not arms.
_KINDS = re.compile(r"\b(?:character|define|caus|label|classif)\w*\b[^.;]{0,40}\b(?:either|by)\b")
_CUE = re.compile(
    r"\b(?:experiment|trial|randomi[sz]ed|assigned|allocated|half|groups?|conditions?|taught|fixed|read|worked"
    r"|cared for"
    r"|treated|given|solved|answered|learned|graded|evaluated|cross-?over|classes|arms?|wrote)\b|-subjects?\b"
)
# Designs in which nothing is compared, so that "compared with" sets something beside the study.
_ALONE = re.compile(
    r"qualitative|interview|survey|mapping|scoping|literature review|grounded|action research|focus groups|Delphi"
    r"|case series|diary|think-aloud|ethnograph|sampling",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"random|trial|experiment|cohort|control|compar|cross-?over|between|within", re.IGNORECASE)
_NAMED = re.compile(rf"\b(?:{_KNOWN})(?!\w)", re.IGNORECASE)
_GROUPS = re.compile(
    r"\b(?:groups?|arms?|controls?|received?|assigned|randomi[sz]ed|allocated|compar\w+|versus|vs|either|or"
    r"|continued|trial"
    r"|half|conditions?)\b"
)
_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)


# What is in brackets is said by the way: "(positive versus negative)".
_BRACKETED = re.compile(r"\([^()]*\)")


class Place(NamedTuple):
    """A sentence with what it says in brackets blanked, and whether it tests a difference."""

    number: int
    text: str
    is_tested: bool


def find_comparison(title: str, sentences: Sequence[str], design: str) -> Iterator[Draft]:
    """Yield with what the study compares: the other arm, or a comparator that has a name, such as placebo.

    `design` is that of the study, or empty: of a text about interviews, only what names whole groups is read.
    """
    places = [
        Place(number, _BRACKETED.sub(_blank, text), _TESTED.search(text) is not None)
        for number, text in enumerate(sentences, 1)
        if not _OTHERS.search(text)
    ]
    is_alone = _ALONE.search(design) and not _COMPARING.search(design)
    found = next((draft for way in (_SURE if is_alone else _WAYS) if (draft := way(places)) is not None), None)
    if found is None and not is_alone:
        found = _find_in_title(title)
    if found is not None:
        yield found


def _find_in_title(title: str) -> Draft | None:
    """Return what a title sets its subject beside."""
    for pattern in (_IN_TITLE, *groups.IN_TITLE):
        if (match := pattern.search(title)) and not groups.NO_SIDE.match(match["other"]):
            return Draft("comparison", match["other"].strip(), 0)
    return None


def _blank(match: re.Match[str]) -> str:
    return f"({' ' * (len(match.group()) - 2)})"


_Places = Sequence[Place]
_Way = Callable[[_Places], Draft | None]


def _find_other(pattern: re.Pattern[str], excluded: re.Pattern[str]) -> _Way:
    """Return what finds the comparator by a pattern that names it `other`."""

    def find(places: _Places) -> Draft | None:
        for number, text, _ in places:
            for match in pattern.finditer(text):
                if excluded.match(_name_other(match)):
                    continue
                phrase = _choose(match)
                if whole := complete(text, phrase, text.find(phrase, match.start())):
                    return Draft("comparison", whole, number)
        return None

    return find


def _name_other(match: re.Match[str]) -> str:
    """Return the phrase that a pattern names, under whichever of its names."""
    names = match.groupdict()
    return (names["other"] or names.get("reference") or names.get("group") or names.get("beside") or "").strip()


def _choose(match: re.Match[str]) -> str:
    """Return one of two phrases, as the text has it: without what it says in brackets, and what leads to it."""
    return re.sub(r"^(?:.* than|on|in|with|by|at|among) (?:in )?", "", _choose_side(match).split(" (")[0]).strip()


def _choose_side(match: re.Match[str]) -> str:
    """Return the second of two phrases, or the first if it is short and the plain one.

    Of "a compiler with plain or enhanced messages" the first has only its adjective.
    """
    one, other = (match.groupdict().get("one") or "").strip(), _name_other(match)
    plain = None if _PLAIN.search(other) else _PLAIN.search(one)
    if plain is None:
        return other
    return plain.group() if plain.end() == len(one) else one if len(one.split()) <= _SHORT else other


def _find_named(places: _Places) -> Draft | None:
    """Return a comparator that has a name of its own, in a sentence that speaks of groups."""
    for number, text, _ in places:
        match = _NAMED.search(text)
        if match and (_GROUPS.search(text) or match.group().casefold().endswith(("placebo", "usual", "list"))):
            return Draft("comparison", match.group(), number)
    return None


def _find_of_two(*patterns: re.Pattern[str]) -> _Way:
    """Return what finds the comparator among two phrases: the plain one, or else the second."""

    def find(places: _Places) -> Draft | None:
        for number, text, _ in places:
            match = next((match for pattern in patterns if (match := pattern.search(text))), None)
            if match and _CUE.search(text) and not _NO_OTHER.match(match["other"]) and not _KINDS.search(text):
                return Draft("comparison", _choose(match), number)
        return None

    return find


def _find_tested(pattern: re.Pattern[str]) -> _Way:
    """Return what finds the group to which a tested result belongs that is set beside that of another."""

    def find(places: _Places) -> Draft | None:
        for number, text, is_tested in places:
            match = pattern.search(text) if is_tested else None
            phrase = _name_other(match) if match else ""
            if (
                match is None
                or _NO_GROUP.match(phrase)
                or not (" " in phrase or phrase.endswith("s") or phrase.istitle())
            ):
                continue
            if whole := complete(text, phrase, text.find(phrase, match.start())):
                return Draft("comparison", whole, number)
        return None

    return find


# From the surest way to name a comparator to the least sure.
_WAYS: tuple[_Way, ...] = (
    _find_other(_ARMS, _NO_ARM),
    *(
        _find_other(pattern, _NO_OTHER)
        for pattern in (_TWO_GROUPS, _BOTH_NAMED, _COMPARED, _BETWEEN, _RECEIVED, _REFERENCE, _AGAINST)
    ),
    *(_find_other(pattern, _NO_OTHER) for pattern in (_OTHER_GROUP, _WENT_ON, _HEADED_ARMS, _KEPT, _VERSUS)),
    _find_named,
    _find_of_two(_ONE_WITH, _TWICE, _EITHER, _RATHER, _HALVES, _EITHER_LONG),
    _find_other(_SERVED, _NO_OTHER),
    _find_other(_THAN_GROUP, _NO_ARM),
    _find_tested(_WITHOUT),
    _find_tested(IN_THAN),
    _find_other(MADE_BY, _NO_OTHER),
    _find_tested(_THAN),
    _find_tested(_THOSE_WHO),
    _find_other(groups.DIVIDED, _NO_OTHER),
    _find_other(groups.CONTROL_GROUP, _NO_ARM),
    _find_other(groups.CONTROLS, _NO_ARM),
    *(
        _find_other(pattern, groups.NO_SIDE)
        for pattern in (
            groups.SHARE_IN,
            groups.COUNTED,
            groups.NON_GROUP,
            groups.EXPOSED,
            groups.NAMED,
            groups.WITHOUT,
            groups.THAN_GROUP,
            groups.NUMBERED,
            groups.CONDITION,
            groups.PLAIN_SECOND,
        )
    ),
)
# What even a survey or interviews compare, where they say so of whole groups.
_SURE = (_find_other(groups.OPENING, groups.NO_SIDE), _find_other(groups.THAN_GROUP, groups.NO_SIDE))
