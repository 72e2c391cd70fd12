"""How authors say that something is theirs: the verbs, the kinds of things, and what may follow a name."""

from __future__ import annotations

import re

from litbook.analyse.findings.names import TITLED, WORD

# -- words -----------------------------------------------------------------------------------------------------------

KIND = (
    r"(?:method|approach|algorithm|framework|model|system|technique|tool|benchmark|data ?set|architecture"
    r"|paradigm|strategy"
    r"|pipeline|module|suite|corpus|agent|optimi[sz]er|library|platform|environment|task|variant|learner|network"
    r"|procedure|prompt|solution)s?"
)
# What else may be called something.
THING = (
    rf"(?:{KIND}|(?:scheme|mechanism|loss|objective|metric|measure|score|index|layer|recipe|representation|class"
    r"|family|estimator|sampler|encoder|decoder|protocol|taxonomy|toolkit|attack|defen[cs]e|regulari[sz]er"
    r"|package|software|simulator|server|app|database|resource|collection|test|graph|language|concept|workflow)(?:e?s)?)"
)
# What follows the name of something that does its work; "ICL baselines" says nothing of that kind.
ACTS = (
    r"(?:can|could|is|has|achieves?|outperforms?|improves?|learns?|uses?|leverages?|reduces?|consists?|employs?"
    r"|enables?|yields?|shows?|allows?|does|provides?|performs?|consistently|significantly|substantially|first"
    r"|requires?|combines?|introduces?|takes|generates?|adapts?|encourages?|surpasses|attains?|obtains?|builds?"
    r"|captures?|offers?|supports?|integrates?|exploits?|operates|works|effectively|successfully|not only|also|then)"
)
ADVERBS = r"(?: \w+ly| also| then| further| first| here| thus| hence| next| have| has| \(\w{1,3}\))*"

# -- sentences that introduce something ------------------------------------------------------------------------------

_WHO = rf"\b(?:[Ww]e|I|[Tt]his (?:\w+ )?(?:paper|work|article|study|report)|[Tt]he authors?){ADVERBS}"
_BEFORE = r"\b(?:[Ww]e|[Tt]his|[Oo]ur)\b(?:[^.;]|\be\.g\.|\bi\.e\.|\bal\.){0,200}?\b(?:and|to|by|then)"
_FORMS = (
    r"(?:es?|ed|ing|s)?\b(?: and (?:analy[sz]|evaluat|releas|stud|describ|validat|annotat|shar|publish)(?:e|y)?)?:? "
)
INTRODUCES = re.compile(
    rf"(?:{_WHO}|{_BEFORE})(?: \w+,){{0,3}} (?:propos|introduc|present|pioneer(?= the [A-Z]| an? )"
    rf"|develop|design|devis|releas|creat|construct|build|built|contribut){_FORMS}"
    r"|\b[Tt]he (?:development|introduction) of (?=[\w-]+,|[\"“])"
    r"|\b(?:key|main|core|central|technical) (?:contribution|component|ingredient|idea) is (?:the )?(?=[A-Z])"
    r"|\b(?:[Cc]entral|[Kk]ey) to (?:our|this|the) \w+ (?:is|are) (?:the )?(?=[A-Z])"
    r"|\b(?:[Oo]ur|[Tt]he) (?:method|approach|framework|model|system) (?:also )?introduces "
)
# Verbs that also have other objects: only a name with "a …" or a kind beside it is theirs.
OFFERS = re.compile(
    rf"(?:{_WHO}|{_BEFORE}) (?:establish|offer|provid|describ|assembl|curat|collect|craft|gather|produc|compil|publish"
    rf"|unveil|showcas|implement|open-sourc|deriv|annotat|formulat|train|suggest|outlin|detail|explor|operationali[sz]|instantiat|reali[sz]"
    rf"|obtain|defin){_FORMS}"
    r"|\b[Tt]his (?:leads to|results in|yields|gives) "
)
# The name comes before the first of these, or its long form at least begins there.
STOP = re.compile(
    r"[.;!?](?= |$)|,? \b(?:for|that|to|which|in|on|with|by|from|using|as|where|when|whose|is|are|at|via"
    r"|into|through|how|able|based|consisting|aim\w*|tailored|designed|inspired|capable|combining|integrating|incorporating|composed|formulated|utili[sz]ing|employing|covering|called|named|dubbed|termed|leveraging|enabling|allowing|comprising)\b"
)
REACH = 200

# -- names in a phrase -----------------------------------------------------------------------------------------------

SHORT = re.compile(rf" \((?P<short>{WORD})(?:[,)]| for short\))")
QUOTED = re.compile(r"[\"“](?P<name>\w[^\"“”]{1,70}?),?[\"”]")
# Several words with capitals: "Delta Activations", "Fast and Forgetful Memory".
PHRASE = re.compile(rf"(?<![\w-]){TITLED}(?: (?:(?:and|of) )?{TITLED})+(?![\w-])")
_PART = r"(?:[A-Z][\w+-]{0,30}|[a-z]{1,3}[A-Z][\w+-]{0,30}|\d(?:\.\d)?)"
# Any words with capitals, and small words between them: "Mix-Policy DPO", "Mixture of LLMs in the Loop".
PROPER = rf"(?<![\w/.@-])(?!\d){_PART}(?: (?:(?:of|the|in|for|to|with|via|on|from) ){{0,2}}{_PART}){{0,6}}"
