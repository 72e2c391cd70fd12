"""Whether a sentence of an abstract can be read alone, and the part of it that can.

A quotation without its neighbours must not point to them: "To address this limitation, we propose" is quoted from "we"
on, and a sentence about "these models" is passed by if another one is as good.
"""

from __future__ import annotations

import re

from litbook.text.sentences import ELLIPSIS, shorten

MOST = 200  # characters of a gist
# What a text calls itself.
WORKS = (
    r"paper|work|survey|article|study|report|review|tutorial|chapter|monograph|thesis|book|manuscript|research|trial"
    r"|investigation|essay|meta-analysis|dissertation|protocol|commentary|case series|special issue"
)
_WORK = rf"(?:{WORKS}|project)"
_POINTING = r"(?:this|these|such|those|that|the above|the aforementioned|the former|the latter)"
_ADVERBS = "|".join(
    "accordingly, additionally, also, altogether, as a result, besides, but, by contrast, concretely, consequently"
    ", conversely, crucially, finally, first, firstly, furthermore, hence, here, however, importantly, in addition"
    ", in conclusion, in contrast, in particular, in response, in short, in summary, indeed, instead, lastly, meanwhile"
    ", moreover, nevertheless, nonetheless, notably, on the contrary, overall, second, similarly, specifically, then"
    ", therefore, thus, to conclude, to do so, to do this, together, yet".split(", ")
)
_ANSWERS = (
    "to|for|in|with|by|from|on|given|under|inspired by|guided by|addressing|following|leveraging|motivated by|based on"
    "|building on|building upon|driven by|towards?|as"
)
# What comes before the statement itself: where it is, how it goes on from the sentence before, what it answers. Each
# part is atomic: there are several ways to read one, and the effort must not be their product.
_OPENING = re.compile(
    rf"^(?>(?:in|with|through) (?:this|our|the present|the current) (?:[\w-]+ ){{0,2}}{_WORK},? "
    rf"|(?:{_ADVERBS}),? "
    rf"|(?:{_ANSWERS}) (?:[\w-]+ ){{0,4}}?{_POINTING}\b[^,;:.]{{0,90}}, "
    rf"|to (?:answer|investigate|address) \([a-z0-9]\), "
    rf")+(?=(?:we|I|our|the authors|this {_WORK}|the (?:present|current) (?:[\w-]+ ){{0,2}}{_WORK})\b)",
    re.IGNORECASE,
)
# A demonstrative with its noun, which is somewhere else; "this paper" is here, "such as" and "such that" point nowhere.
_ELSEWHERE = re.compile(
    rf"\b(?i:this|these|those|such)\b(?! (?:[\w-]+ ){{0,2}}{_WORK}\b)(?! (?:as|that)\b)"
    r"|\b(?:that|which) (?:gap|limitation|issue|problem|challenge|question|need|end|goal)s?\b"
    r"|\b(?:all|any|none) (?:of )?(?:two|three|four|five|these|them) (?:are|were|is|can|have)\b"
    r"|\bboth (?:fields|directions|paradigms|approaches|worlds|areas|settings|problems)\b(?!:)"
    r"|\b(?:the (?:above|aforementioned|former|latter)|as follows|both of these|aforementioned)\b"
)
_NUMBER = re.compile(r"^\(?(?:\d|[ivx]+)[).] (?=[A-Z])")  # of a list that is not quoted
# A clause that only leads to the statement: it goes if the sentence is too long to be quoted whole.
_LEADING = re.compile(
    r"^(?:while|although|though|whereas|despite|unlike|since|because|as|given|when|by|with|in|to|for|motivated"
    r"|inspired)"
    r"\b.{20,220}?, (?=we\b)",
    re.IGNORECASE,
)
# What only leads to a finding in the same sentence: "we evaluate six models and find that" goes if it is too long.
_REACHED = re.compile(
    r"^.{0,120}?\b[Ww]e .{10,220}?,? (?:and|to) (?:\w+ly )?(?:find|found|show|demonstrate|observe|reveal) that "
    r"(?!(?:it|they|its|their|this|these|those|such|that|both|one|he|she)\b)"
)
_EARLY = 90  # a demonstrative behind this place mostly points back into its own sentence
_PRONOUN = re.compile(
    r"^(?:It|They|Its|Their|He|She|Both|Each|One|Another|Others?|Doing so|Here)\b"
    r"(?! (?:is|was) (?:known|shown|well|often|commonly|widely)\b)"
)
_LEANING = 2.5  # as much as a sentence about what comes next loses


def lighten(sentence: str) -> str:
    """Return a sentence without the opening that says where it is, or what it answers: from "we" on."""
    rest = _NUMBER.sub("", sentence)
    found = _OPENING.match(rest)
    return rest[found.end() :] if found else rest


_ACTIVITY = re.compile(r"^[Ww]e (?:\w+ly |also )?(?:conduct(?:ed)?|perform(?:ed)?|carr(?:y|ied) out|r[au]n)\b")
# What praises without saying anything: "provides novel insights into", "shed light on", "an effective pathway".
_EMPTY = re.compile(
    r"\bsheds? (?:\w+ )?light\b|\b(?:has|have) (?:[\w-]+ )?implications\b|\bimplications for\b|\b(?:could|may"
    r"|might|will) be of (?:value|use|interest)\b"
    r"|\bcontributes? (?:not only )?to (?:the|a|an) (?:[\w-]+ )?(?:discussion|literature|field|debate"
    r"|understanding|growing)\b"
    r"|\b(?:was|were) (?:done|conducted|carried out|performed) (?:from|in|between|during|before|at)(?= [A-Z]| \d)"
    r"|\b(?:is|are) (?:\w+ )?(?:needed|required|warranted|recommended)\b|\bwe recommend\b|^(?:Clinicians|Educators"
    r"|Teachers"
    r"|Practitioners|Policymakers|Managers|Researchers|Institutions|Organi[sz]ations"
    r"|Healthcare services) (?:should|must|need)\b"
    r"|\b(?:provides?|provided|providing|(?:offer|yield|gain)(?:s|ing|ed)?|gives?|giving) (?:[\w-]+ ){0,3}?"
    r"(?:insights?|pathways?|guidance"
    r"|understanding|implications|regulations|foundations?)\b|\b(?:an?|the) illustrative examples?\b",
    re.IGNORECASE,
)
# A pronoun at the end, whose noun is in another sentence: "a strategy to alleviate it".
_TRAILING = re.compile(
    r"\b(?:to|and|by|for) (?:\w+ )?(?:alleviat|address|solv|mitigat|tackl|overcom|remov|remed|answer|handl|fix|resolv)"
    r"(?:e|ing|y|ying)? (?:it|them)\b(?=[.,;]|$)"
)


def points_elsewhere(sentence: str) -> bool:
    """Return whether a sentence points to another one, early or by its subject."""
    rest = lighten(sentence)
    pointing = _ELSEWHERE.search(rest)
    return bool(_PRONOUN.match(rest) or _TRAILING.search(rest)) or (pointing is not None and pointing.start() < _EARLY)


def weigh_leaning(sentence: str) -> float:
    """Return 0 for a sentence that says something alone, or a negative weight.

    It is negative where the sentence points to another one, or only says that something was carried out or learned.
    """
    rest = lighten(sentence)
    pointing = _ELSEWHERE.search(rest)
    leans = points_elsewhere(sentence)
    idle = 1.5 if _ACTIVITY.match(rest) else 0.0
    return (-_LEANING if leans else -0.8 if pointing else 0.0) - idle - (_LEANING if _EMPTY.search(rest) else 0.0)


def cut(sentence: str) -> tuple[str, bool]:
    """Return at most 200 characters of a sentence, and whether it goes on: then an ellipsis follows.

    Of a longer one, what leads to a finding goes first, or a clause in front of "we": what is left has the statement.
    """
    whole = sentence
    for leading in (_REACHED, _LEADING):
        if len(whole) > MOST:
            whole = leading.sub("", whole)
    short = shorten(whole, MOST)
    return (whole, False) if short == whole else (short.removesuffix(ELLIPSIS), True)
