"""Groups that a text sets side by side: the second of two, or the one that a result is measured by."""

from __future__ import annotations

import re

from litbook.analyse.studies.words import COUNT, PEOPLE

_GROUP = (
    rf"(?i:(?:{PEOPLE}|groups?|arms?|conditions?|cohorts?|classes|schools|communities|mice|rats|animals|dogs|pigs|cells"
    r"|tissues?|samples|fields|eyes|strains?|firms|texts|stories|essays|images|centers|centres))"
)
_NAME = (
    r"(?:(?!\d+ |(?:the|those|that|in|of|by|for|from|on|at|to|was|were|is|are|had|with|and|or|other|previous|all"
    r"|any|last"
    r"|first)\b)[\w'’/+-]+ )"
)
_END = (
    r"(?=\s*(?:[,.;:()\[\]?]|$)| (?:in|on|at|with|after|during|for|by|of|from|and|to|was|were|had|when|who|across)\b)"
)

# "Compared to pure fields, …": even a survey compares what its sentence opens with.
OPENING = re.compile(
    r"^(?:[A-Z][\w ]{2,30}: )?(?:Compared|In comparison|Relative|In contrast) (?:with|to) (?:the |their )?"
    rf"(?P<other>{_NAME}{{1,4}}?{_GROUP})(?=,| who[^,]{{3,60}},)"
)
# "were higher in the obese group than in the non-obese group", "more than upper division students"
THAN_GROUP = re.compile(
    r"\b(?:more|less|fewer|better|worse|(?!older|younger|other|either|rather|after|under|over"
    r"|number)\w{2,}er)\b[^.;]{0,110}? than "
    r"(?:(?:those|that) )?(?:(?:in|of|for|among|from) )?(?:the )?"
    rf"(?P<other>{_NAME}{{1,4}}?{_GROUP}){_END}"
)
# "compared to 12.0% in the No-NSSI group", "7.4% compared with 5.6% in the control group"
SHARE_IN = re.compile(
    r"\b(?:compar(?:ed|able|ing) (?:to|with)|versus|vs\.?|against|and) (?:only )?[\d.,]+ ?(?:%|per cent)?"
    r"(?: ?[(\[][^()\[\]]*[)\]])? (?:in|for|among|of) (?:the |those )?"
    rf"(?P<other>{_NAME}{{0,4}}?(?i:{PEOPLE}|groups?|arms?|conditions?|cohorts?)){_END}"
    r"|\bcompar(?:ed|able) (?:to|with) [\d.,]+ ?% (?:when )?(?:performing|using|by) (?P<reference>[^,.;()]{3,40}?)"
    r"(?=\s*(?:[,.;()]|$)| (?:in|for|at)\b)"
)
# "with 36 students who did not"
COUNTED = re.compile(
    rf"\b[Cc]ompar(?:ed|es|ing) [^.;]{{3,90}}? (?:with|to) \d[\d,]* (?P<other>{_NAME}{{0,3}}?(?i:{PEOPLE})"
    r"(?: (?:who|without|with|not) [^,.;()]{3,50}?)?)(?=\s*(?:[,.;()]|$))"
)
# "two scaffoldings: (1) from the top down, and (2) from the bottom up (X-BU)"
NUMBERED = re.compile(
    r"\b(?:groups?|arms|conditions|into|interventions|treatments|regimens|strategies)\b[^.;]{0,60}?"
    r"(?:\(?(?:1|i|a|A)\)|\(?1\.) [^;]{3,120}?,? (?:and|or|vs\.?|versus) \(?(?:2|ii|b|B)[).] ?"
    r"(?:an? |the )?(?P<other>[^,.;()]{3,60}?)(?=\s*(?:[.;(]|,|$))"
)
WITHOUT = re.compile(
    rf"(?i:\b{PEOPLE}) with(?: {{2,}}| \( *\))? ?(?:and|or|versus|vs\.?) (?P<other>without(?: (?!the\b)[\w-]+){{1,4}}?)"
    r"(?=\s*(?:[,.;:()]|$)| (?:in|on|at|after|during|for|by|and|was|were|had|who|using|from|is|are)\b)"
)
EXPOSED = re.compile(
    rf"\b(?:[a-z]+ed|smoking) and (?P<other>(?:un|non-?)[a-z]+(?: [\w-]+)? (?i:{PEOPLE}|groups?))(?![\w-])"
)
CONDITION = re.compile(
    r"\b(?:under|in|with) (?:an? |the )[\w -]{3,50} condition\b[^.;]{0,40}?,? (?:and|or) (?:under |in "
    r"|with )?(?:an? |the )"
    r"(?P<other>[\w -]{3,40} condition)(?![\w-])"
)
NON_GROUP = re.compile(
    rf"\b(?:than|from|with|to|versus|vs\.?|in|and {COUNT}) (?:the )?(?P<other>(?:(?:[Nn]on|[Nn]o|[Nn]ever)-[\w-]+"
    rf"|[Uu]n(?:exposed"
    rf"|treated|affected|vaccinated|trained|infected)|[Nn]on(?:exposed|infected|diabetic|carrier))(?: [\w-]+)?"
    rf" (?i:groups?|arms?|{PEOPLE})|non-?(?:smokers|users|diabetics|carriers|survivors|responders|drinkers)){_END}"
)
# "comparing the drafts and the original news articles": the plain one of two is named second.
PLAIN_SECOND = re.compile(
    r"\b[Cc]ompar(?:e|ed|es|ing) (?:the )?[^.;,]{3,70}? (?:and|with|to) (?:the |an? )?"
    r"(?P<other>(?:original|human|manual|traditional|conventional|control|standard|routine|classical|existing"
    r"|non-?\w+|real|expert)(?:-\w+)? [\w -]{3,40}?)(?=\s*(?:[,.;()]|$)| (?:in|on|for|by|of|with|at|using|to)\b)"
)
# "divided into POCD and non-POCD groups", "a control group and a training group": the groups that a sentence lists.
DIVIDED = re.compile(
    r"\b(?:divided|split|classified|stratified|categori[sz]ed|separated|grouped|randomi[sz]ed|assigned|allocated)\b"
    r"[^.;]{0,60}? (?:in|into|to|as)\b:? (?P<one>[^.;]{2,90}?),? (?:and|or|versus|vs\.?) (?:an? |the )?"
    r"(?P<other>[\w-]+(?: [\w-]+){0,3} (?:groups?|arms?|cohorts?|conditions?))(?![\w-])"
)
CONTROL_GROUP = re.compile(
    r"(?<!\bno )(?<!ithout )(?<!ithout a )(?<!lack of a )(?<!lacked a )\b(?P<other>(?:(?:healthy|passive|active"
    r"|waitlist|wait-list|sham|vehicle|untreated|blank|attention|normal|matched"
    r"|non-\w+|placebo|usual-care|comparison) )*(?:control|sham|vehicle|placebo|untreated|waitlist|comparison"
    r"|comparator|non-exposed|unexposed|reference)[- ](?:groups?|arms?|cohorts?|patients|children|women|schools"
    r"|classes|animals|rats|mice"
    r"|eyes))(?![\w-])"
)
# "26 healthy controls", "the waitlist control group".
CONTROLS = re.compile(
    r"(?:\d |\b(?:and|with|to|from|than|over|of|their|two|three|four|five) )(?P<other>(?:(?:age|sex|gender)[\w-]* )?"
    r"(?:healthy |matched |normal |community |population |hospital )*(?:controls|control subjects)"
    r"|healthy (?:participants|subjects|volunteers|individuals|donors)|wild[- ]type (?:\w+))\b(?! the| for)"
    r"|\b(?:[Tt]he|an?|and|or) (?P<group>(?:passive |waitlist |no-treatment |attention )(?:control|comparison)"
    r" (?:group|arm|condition))\b"
)
# "three groups: non-T2D, pre-T2D and T2D", "a standard chow or a high-fat diet"
NAMED = re.compile(
    r"\bgroups?: (?P<other>(?:non-?[\w-]+|controls?|healthy \w+))(?=[,;]| and)"
    r"|\b(?P<group>(?:standard|normal|regular|control) (?:chow|diet|feed))(?= or | and |,)"
)
# What a title sets side by side.
_TITLE_END = (
    r"(?=\s*(?:[:.?;,(]|$)| (?:in|for|on|as|by|with|after|during|from|among|using|when|at|through|under|following"
    r"|to|of)\b)"
)
IN_TITLE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:comparison|compar\w+|differences?|contrast\w*|differ|discrepanc\w+|disparit\w+)\b[^:.?]*? "
        rf"between (?P<one>[^:.?]{{3,60}}?) and (?P<other>[^:.?;,]{{3,60}}?){_TITLE_END}",
        rf"\bcompared (?:to|with) (?P<other>[^:.?;,]{{3,60}}?){_TITLE_END}",
        rf"\b(?:comparing|comparison of) (?P<one>[^:.?]{{3,70}}?) (?:to|with|against|versus|vs\.?) (?:the )?"
        rf"(?P<other>[^:.?;,]{{3,60}}?){_TITLE_END}",
        r"\b(?:superior|inferior|non-?inferior|better|worse|safer|more \w+|less \w+) (?:to|than) (?:the )?"
        rf"(?P<other>[^:.?;,]{{3,50}}?){_TITLE_END}",
    )
)
# The side that says nothing: "between groups and individuals", "differences between and within".
NO_SIDE = re.compile(
    r"(?:groups?|individuals|others|the other|other|each|them|within|among|over time|baseline|pre|post|time|years?"
    r"|before|after|\d|two|three|different|various|all|expected|their|its|outcomes?|associated|correlat\w*|predict\w*)"
    r"\b(?!-)",
    re.IGNORECASE,
)
