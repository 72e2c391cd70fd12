"""Noun phrases of people, or of animals, with the words that describe their noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litbook.analyse.studies.words import COUNT, END, PEOPLE

ANIMALS = (
    r"(?:rats|mice|hamsters|guinea pigs|rabbits|dogs|cats|horses|mares|pigs|piglets|sows|sheep|lambs|ewes|goats|cows"
    r"|cattle|heifers|calves|bulls|chickens|chicks|broilers|hens|ducks|birds|fish|zebrafish|salmon|trout|monkeys"
    r"|foals|marsupials|kangaroos|ruminants|primates|ponies|donkeys|camels|buffaloes|rodents|voles|squirrels"
    r"|turkeys|geese|quails?|owls|penguins|parrots|sparrows|crickets|beetles|moths|butterflies|shrimps?|crabs"
    r"|oysters|mussels"
    r"|corals|toads|salamanders|lemurs|gorillas|baboons|hyenas|foxes|beavers"
    r"|macaques|chimpanzees|bats|frogs|bees|honeybees|bumblebees|mosquitoes|flies|ants|spiders|snakes|turtles"
    r"|lizards|deer|elephants|wolves|bears|whales|dolphins|seals|larvae)"
)
# Words that end a phrase to the left: they do not describe people.
_NOT_BEFORE = (
    r"of|in|on|at|to|by|for|from|with|without|within|among|amongst|between|across|through|into|over|under|via|per"
    r"|during|after|before|since|until|than|as|like|about|against|toward|towards|around|versus|vs|and|or|but|nor|that"
    r"|which|who|whom|whose|whether|if|when|where|while|because|how|what|why|is|are|was|were|be|been|being|has|have"
    r"|had|do|does|did|can|could|may|might|will|would|should|must|the|a|an|this|these|those|that|their|his|her|its"
    r"|our|your|my|all|both|each|every|any|some|many|most|more|few|fewer|several|other|another|others|no|not|only"
    r"|also|then|there|it|they|we|he|she|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred"
    r"|thousand|million|total|different|various|such|same|respective|participating|eligible|consecutive|consenting"
    r"|included|enrolled|recruited|selected|randomi[sz]ed|assigned|allocated|surveyed|interviewed|invited|asked"
    r"|studied|analy[sz]ed|examined|compared|tested|screened|remaining|additional|individual|using|including"
    r"|involving|comparing|helping|making|giving|let|lets|help|helps|allow|allows|enable|enables|require|requires"
    r"|affects?|influences?|improves?|increases?|reduces?|supports?|shows?|suggests?|among|current|new|so|even|well"
    r"|however|respectively|data|first|second|third|number|sample|group|groups|cohort|follow|cent|percent|times"
    r"|years?|months?|weeks?|days?|hours?|minutes?|present|predicts?|identif\w+|promot\w+|led|gave|given|made|did"
    r"|our|out|off|up|down|based|according|due|once|just|still|yet|often|very|much|less|least|potential|future"
    r"|consist\w*|compris\w*|treating|teaching(?= students| pupils)|motivat\w+|encourag\w+|engag\w+|provid\w+|offer\w*"
    r"|guid\w+|assist\w+|distinguish\w*|differentiat\w*|enabl\w+|educating|empower\w*|equip\w*|prepar\w+"
    r"|recommend\w*|identifying|exposing|advis\w+|connecting|conducted|train|assessing|among|aged|facing|affecting"
    r"|facilitat\w+"
    r"|where\w*|regarding|concerning|evaluat(?:e|es|ing)|assess(?:es|ing)?|understand\w*|explor(?:e|es|ing)"
    r"|investigat(?:e|es|ing)|examines?|examining|measur(?:e|es|ing)|engages?|invites?|reach|attract|teach|challenges?"
    r"|enhanc\w+|foster\w*|develop|compares?|analy[sz]e|monitor\w*|recruit"
    r"|keep\w*|multiple|numerous|become|becomes|becoming|were|target\w*|follow\w*|non|vice|et|al"
)
_WORD = rf"(?!(?i:{_NOT_BEFORE})(?![\w’'-]))[A-Za-z][\w'’/-]*(?:\.[A-Z]\.)?|\d+(?:-\w+)+"
_MORE = (
    r"(?:with|without|aged|ages|who|living with|undergoing|receiving|suffering from|affected by|diagnosed with"
    r"|hospitali[sz]ed (?:for|with)|infected with|speciali[sz]ing in|enrolled (?:in|at)"
    r"|admitted (?:to|for|with)|treated (?:for|with)|exposed to|engaged in|enrolled in|taking|at (?:high |increased"
    r" |ultra-high )?risk (?:of|for)|in need of|on (?:dialysis|\w+ therapy))"
)
_END = rf"(?:{END}|(?=\s(?:in (?=[A-Z])|using|based|through|via|versus|and (?:their|its|the)|to)\b)|(?=, | - | – ))"
_HEAD = (
    rf"(?P<head>(?i:{PEOPLE}|{ANIMALS}|humans)|[A-Z]\w+(?:ians|ese|Americans)"
    r"(?= (?:and|in|who|with|aged|were|was|during|from|to|living)\b| ?[,.;:()]|$))"
)
_PHRASE = re.compile(
    rf"(?:^|[:;,(—“\"] ?|\b(?:(?i:of|in|among|amongst|for|with|from|on|to|between|across|the|how|which|that|whether|our"
    rf"|these|all|followed|studied|examined|asked|observed|taught|trained|interviewed|surveyed|recruited|enrolled"
    rf"|included|including|involving|comprised|invited|by|an?|and"
    rf"|or|consecutive|eligible|individual|selected|used|identif(?:y|ied|ying)|compared?|through|toward|towards"
    rf"|against|when|where|was"
    rf"|many|some|most|several|other"
    rf"|were|hosting|helping|help|helps|allowing|as)|{COUNT}|[Nn] ?= ?[\d,]+) )"
    rf"(?P<who>(?:(?:{_WORD})(?:,? and (?={_WORD})(?!(?i:{PEOPLE})\b)| )){{0,4}}?{_HEAD})(?![\w-]|['’]\w)"
    rf"(?P<tail> (?i:{_MORE}) [^;:.()\[\]]{{2,90}}?{_END})?"
)
_OTHER_SIDE = re.compile(
    r"\b(?:compar\w+ (?:with|to)|than(?: in| those of)?|versus|vs\.?|unlike|by|excluding) (?:the )?$"
)


# "supporting designers" says what is done; "nursing students", "working mothers" and "30 computing students" say who.
_ING = re.compile(
    r"(?i:(?!nursing|working|teaching|engineering|practi[cs]ing|breastfeeding|age?ing|lactating|sleeping|training"
    r"|drinking|living|developing|visiting|programming|computing|marketing|banking|acting|learning|coaching"
    r"|counsell?ing)\w+ing )"
)
_HEADED = re.compile(rf"\b(?i:{PEOPLE})$")
_COUNTED = re.compile(rf"(?:{COUNT}|[Nn] ?= ?[\d,]+) $")


_ONE = rf"(?:(?:{COUNT}) )?(?:(?!(?:{_NOT_BEFORE})\b)[a-z-]+ )?(?i:{PEOPLE})"
_LISTED_BEFORE = re.compile(rf"(?<![\w-]){_ONE}(?:, {_ONE}){{0,3}},? (?:and|or|as well as) (?:{COUNT} )?$")
_LISTED_AFTER = re.compile(rf"(?: \([Nn] ?= ?\d+\))?(?:, {_ONE}){{0,2}},? (?:and|as well as) {_ONE}(?![\w’'-])")


_AGE_BEFORE = re.compile(r"\b\d\d? (?:to|and) $")  # "18 to 29-year-old men"


def list_all(who: str, text: str) -> str:
    """Return people with those whom a text names in one list with them, as the text has it: "players and coaches"."""
    start = text.find(who)
    if start < 0:
        return who
    end = start + len(who)
    before = next((match for match in _LISTED_BEFORE.finditer(text, 0, start)), None)
    after = _LISTED_AFTER.match(text, end) if _HEADED.search(who) else None
    if before is None:
        before = _AGE_BEFORE.search(text, 0, start) if re.match(r"\d\d?-year", who) else None
    return text[before.start() if before else start : after.end() if after else end]


class Phrase(NamedTuple):
    """A noun phrase; `before` are the words that describe its noun, `tail` what follows it."""

    text: str
    head: str
    before: str
    tail: str
    start: int

    @property
    def size(self) -> int:
        """Return by how many words the noun is described."""
        return len(self.before.split()) + (2 if self.tail else 0)


def find_phrases(text: str) -> Iterator[Phrase]:
    """Yield the phrases of a sentence or title, those left out with whom something is compared."""
    at = 0
    while match := _PHRASE.search(text, at):
        at = match.end("head")
        start = match.start("who")
        if not _OTHER_SIDE.search(text, 0, start):
            if made := _ING.match(text, start, match.start("head")):
                start = made.end() if not _COUNTED.search(text, 0, start) else start
            before = text[start : match.start("head")].strip()
            tail = match["tail"] or ""
            yield Phrase(text[start : match.end()], match["head"], before, tail, start)
