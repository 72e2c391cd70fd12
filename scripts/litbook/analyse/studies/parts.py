"""Which sentences of an abstract speak of the study itself, rather than of what was known before or follows from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BACKGROUND = (
    r"BACKGROUND|INTRODUCTION|IMPORTANCE|CONTEXT|RATIONALE|STATE OF THE ART|PROBLEM STATEMENT|PREMISE|THEORY|MOTIVATION"
    r"|WHAT IS (?:ALREADY )?KNOWN[\w ]*|KEY ?WORDS|TRIAL REGISTRATION|FUNDING|REGISTRATION"
)
_OWN = (
    r"(?:STUDY |SPECIFIC |RESEARCH |PRIMARY )?(?:OBJECTIVES?|AIMS?|PURPOSE|QUESTIONS?|HYPOTHES[IE]S|GOALS?)|METHODS?"
    r"|METHODOLOGY|DESIGN|SETTINGS?|PARTICIPANTS|PATIENTS|SUBJECTS|INTERVENTIONS?|EXPOSURES?|MAIN OUTCOMES?|OUTCOMES?"
    r"|MEASURE(?:MENT)?S?|RESULTS?|FINDINGS|SAMPLE|PROCEDURES?|MATERIALS?|PRIMARY OUTCOMES?|DATA SOURCES?|ANALYSIS"
    r"|DESIGNS?"
    r"|PATIENTS? AND METHODS|STUDY DESIGN|CASE PRESENTATION|APPROACH"
)
_CONCLUSION = (
    r"(?:AUTHORS?['’]? )?CONCLUSIONS?|INTERPRETATION|DISCUSSION|IMPLICATIONS?|SIGNIFICANCE|LESSONS"
    r"|CLINICAL (?:RELEVANCE"
    r"|SIGNIFICANCE|IMPLICATIONS)|LIMITATIONS?|PRACTI(?:CE|CAL) IMPLICATIONS|RECOMMENDATIONS?|ORIGINALITY|RELEVANCE"
    r"|(?:IMPLICATIONS|RELEVANCE) (?:FOR|TO) [\w ]+"
)
# "METHODS: We …", "Design, Setting, and Participants: …", "Background We …", and a heading that is a sentence.
_HEADING = re.compile(
    rf"(?=[A-Z])(?i:(?P<background>{_BACKGROUND})|(?P<own>{_OWN})|(?P<conclusion>{_CONCLUSION}))"
    r"(?:(?:(?:/|,| and| &)[\w ,&/]{3,40}?)? ?[:—–]|\.?$|(?= [A-Z]))"
)
_SAYS_WE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|[Tt]his|[Hh]ere|[Hh]erein|[Tt]he (?:present|current) (?:\w+ )?(?:study|paper|work|article"
    r"|review)"
    r"|[Tt]he (?:\w+ )?(?:study|trial|aims?|purpose|objectives?|goal|authors?|paper|project|survey)"
    r"|[Uu]sing|[Ii]n an?|METHODS|DESIGN|AIMS?|OBJECTIVES?)\b"
    r"|\bw(?:as|ere) used to\b|\bwill (?:be|receive)\b|\bwere (?:\w+ly )?(?:\w+ed|given|taught)\b"
    r"|^An? [\w ,-]{0,60}?(?:study|trial"
    r"|experiment|survey) (?!of)"
    r"|\b(?:were|was) (?:\w+ly )?(?:recruit|randomi|enrol|interview|survey|allocat|assign|measur|collect|analy"
    r"|conduct|ask"
    r"|includ|examine|observe|perform|compar|record|administer|carried|held|invited|obtain|taught|follow|sampl|test)"
    r"|\b[Nn] ?= ?\d|\b(?:participated|took part|completed|answered)\b|^To (?:[a-z]+ly )?[a-z]+\b"
)
_SAYS_OTHERS = re.compile(
    r"\b(?:[Ww]e|[Tt]his|[Oo]ur) (?:know|lack|argue|live|has (?:led|been|raised)|is (?:an? |the )?(?:particularly"
    r"|common|major|growing)"
    r"|can be|may|problem|is because|growth|rapid)\b"
)
_CONCLUDES = re.compile(
    r"^(?:In (?:conclusion|summary|sum)|To conclude|Overall|Thus|Therefore|Hence|Taken together|Collectively|Together"
    r"|(?:It (?:is|can be|was)|We|The authors?|This (?:study|paper|article)|The (?:study|paper|article)) conclude[sd]?"
    r"|(?:These|Our|The|This|Study|Current|Present)(?: [\w'’-]+){0,3} (?:\w+ly )?"
    r"(?:suggests?|indicates?|highlights?|implies|imply|underscores?|underlines?|provides?|supports?|contributes?|adds?"
    r"|offers?|may|might|could|can|emphasi[sz]es?|demonstrates? that(?!.{0,90} (?:was|were) )|extends?|calls?"
    r"|has implications"
    r"|have implications)"
    r"|Findings (?:suggest|indicate|highlight|support)|Results (?:suggest|indicate that|highlight|support)"
    r"|Implications|Limitations|Further|Future|Practitioners|Educators|Clinicians should)\b"
)


def read_own(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences with those blank that say what was known before, or what follows.

    Numbers of sentences stay as they are. An abstract in which no sentence speaks of its own study keeps all.
    """
    headed = tuple(_follow_headings(sentences))
    parts = headed if any(headed) else tuple(_follow_wording(sentences))
    return tuple(text if part in ("", "own") else "" for text, part in zip(sentences, parts, strict=True))


def read_headings(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return of which part each sentence is by the headings before it: background, own or conclusion, or "" without."""
    return tuple(_follow_headings(sentences))


def _follow_headings(sentences: Sequence[str]) -> Iterator[str]:
    """Yield the part of each sentence, which is "" before the first heading; an aim is the study's own anywhere."""
    part = ""
    for text in sentences:
        match = _HEADING.match(text)
        if match:
            part = next(name for name in ("background", "own", "conclusion") if match[name])
        yield "own" if part == "background" and _states_aim(text) else part


def _states_aim(text: str) -> bool:
    return bool(_SAYS_WE.search(text)) and not _SAYS_OTHERS.search(text)


def _follow_wording(sentences: Sequence[str]) -> Iterator[str]:
    """Yield "own" from the first sentence that speaks of the study to the one before those that conclude."""
    first = next((number for number, text in enumerate(sentences) if _states_aim(text)), 0)
    concluded = False
    for number, text in enumerate(sentences):
        late = number > first and number >= len(sentences) // 2
        concluded = concluded or bool(late and _CONCLUDES.match(text))
        yield "background" if number < first else "conclusion" if concluded else "own"
