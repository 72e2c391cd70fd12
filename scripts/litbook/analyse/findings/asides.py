"""Names that authors give outside "we propose X": in the passive, in an apposition, in a list behind a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.analyse.findings.heads import may_be_own
from litbook.analyse.findings.introducing import ACTS, INTRODUCES, KIND, THING
from litbook.analyse.findings.names import FIELDS, TITLED, WORD, known_names
from litbook.analyse.findings.shorts import short_forms, stands_for

_DATA = r"(?:data ?set|corpus|benchmark|test ?(?:set|suite|bed)|treebank|lexicon|challenge set)s?"
_OWN_WORK = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|thesis))\b")
_OTHERS = re.compile(
    r"\b(?:recent(?:ly)?|previous(?:ly)?|prior|existing|public|well-known|popular|standard|et al)\b"
    r"|\b(?:us|appl|employ|adopt|leverag|utili[sz]|evaluat|compar|extend|outperform|test)(?:e|es|ed|ing|s|y|ies"
    r"|ied|ying)?\b[^,;]{0,60}$",
    re.IGNORECASE,
)
# "a novel crust-by-length (CL) layer is proposed", "the Slow Oven Net (SON) is introduced"
_IS_MADE = (
    r"(?: (?:is|are)|, which (?:is|are))(?: \w+ly| also| then| further| thus)? (?:proposed|introduced|presented"
    r"|developed|designed|devised)\b(?! (?:in|by) \[?[A-Z\d])"
)
_SHORT_IS_MADE = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he) (?P<new>new |novel )?(?P<long>[^.;:()]{{3,90}}) \((?P<short>{WORD})\)(?: [\w-]+){{0,6}}"
    rf"{_IS_MADE}"
)
_WORD_IS_MADE = re.compile(
    rf"(?:\b[Ii]n this (?:paper|work|study|article), (?:the )?|\b(?:called|named|dubbed|termed|namely) |{KIND},? )"
    rf"(?P<name>{WORD}),?(?: {THING})?{_IS_MADE}"
)
# "the novel CRUST data set", "the creation of the CRUST corpus"
_NEW_DATA = re.compile(
    r"\b(?:(?:[Tt]he|[Aa]|[Oo]ur) (?:new|novel|(?:own |newly )(?:built|created|collected|constructed|annotated|curated"
    r"|introduced|proposed|compiled))(?: [a-z][\w-]*){0,3}?"
    r"|(?:construction|creation|collection|introduction|annotation|development) of (?:the|an?|our)(?: new| novel)?)"
    rf" (?P<name>{WORD}) {_DATA}\b"
)
# "we annotate a Patient Crust Corpus"
_DATA_NAMED = re.compile(
    r"(?:creat|construct|build|collect|annotat|releas|present|introduc|propos|compil|curat|assembl|develop)"
    r"(?:e|es|ed|ing)? (?:an?|the|our)(?: new| novel| large| public)* (?P<name>(?:[A-Z][\w-]+ ){1,6}"
    r"(?:Corpus|Dataset|Data Set|Benchmark|Treebank|Bank|Lexicon|Test Suite|Challenge Set)(?: (?:19|20)\d\d)?)\b"
    r"(?! \([A-Z])(?=[,.;]| [a-z(])"
)
# "the first loaf-based (LB) data set CrumbSet"
_DATA_BEFORE = re.compile(
    rf"\b(?:an?|the first|our)(?: [\w()-]+){{0,8}}? {_DATA},? (?P<name>{WORD})"
    r"(?=[.,;]|$| (?:that|which|consisting|containing)\b)"
)
# "our fine CrumbScore metric", where the name is said again
_OUR_THING = re.compile(
    rf"\b[Oo]ur (?:(?!{KIND} )[a-z][\w-]* ){{0,2}}(?P<name>{WORD})"
    rf" (?:{KIND}|{_DATA}|(?:metric|measure|score|loss|index|estimator|toolkit|package|simulator)s?)\b"
)
# "our new measure of crusts, CrumbScore"; "an unsupervised metric CrumbScore"
_NEW_THING = re.compile(
    rf"\b(?:an?|[Oo]ur|the) (?:new|novel|proposed) (?:[\w-]+ ){{0,4}}?{THING},? (?P<name>{WORD})"
    rf"(?=[.,;]|$| (?:for|that|which|to|{ACTS})\b)"
)
# "the loaves go to CrumbNet, a novel oven"
_APPOSED_NEW = re.compile(
    rf"(?P<name>{WORD}), (?:(?:an?|our|the first) (?:[\w-]+,? ){{0,2}}?(?:novel|new) [a-z]"
    rf"|the first (?:[\w-]+ ){{0,3}}?(?:{_DATA}|{KIND})\b)"
)
# "This created data set named CrustQA is used", "a data set of crusts (the CrustQA data set)"
_DATA_CALLED = re.compile(
    rf"\b(?:[Tt]his (?:[\w-]+ ){{0,4}}?{_DATA},? (?:called|named|dubbed|termed) (?P<name>{WORD})"
    rf"|{_DATA}\b[^.;()]{{0,60}} \(the (?P<other>{WORD}) {_DATA}\))"
)
# "a novel way to bake loaves (WBL): SlowOven (Slow Loaves in an Oven)"
_NEW_BEHIND_COLON = re.compile(
    rf"\ban? (?:new|novel) (?:[\w-]+ ){{0,3}}?{KIND}\b[^.;:]{{0,80}}: (?P<name>{WORD})(?=,|\.|$| [(–—])"
)
# "we train a small oven, dubbed BigBread, that"
_TRAINED = re.compile(
    rf"\b[Ww]e (?:pre-?|fine-?)?train an? (?:[\w-]+ ){{1,6}}?[\w-]+, (?:called|named|dubbed|termed) (?P<name>{WORD})"
)
# "our algorithms—CRUST, CRUMB, and RYE—arise"
_ITEM = rf"{WORD}"
_LIST = rf"(?P<names>{_ITEM}(?:(?:, and|,| and) {_ITEM}){{1,5}})"
_OUR_LIST = re.compile(rf"\b[Oo]ur (?:[\w-]+ ){{0,3}}?{THING}(?: ?[—–] ?| - |: | \(|, ){_LIST} ?(?=[—–),.;])")
# "two data sets made of loaves (CRUST-A, CRUST-B)"
_SEVERAL = re.compile(
    rf"\b(?:two|three|four|five|six|several) (?:[\w-]+ ){{0,5}}?(?:{THING}|{_DATA})\b[^.;:()]{{0,80}}"
    rf"(?: \(|,? (?:called|named|namely|dubbed|termed|i\.e\.),? ){_LIST}(?=[).,;]|$| (?:that|which|for|to)\b)"
)
_MAKES = re.compile(
    r"\b[Ww]e (?:\w+ly |also |then |further )?(?:propos|introduc|present|develop|provid|creat|construct|releas"
    r"|contribut|build|collect|craft|curat|compil|design|devis|annotat|publish)"
)
# "two parts: the LoafFinder finds loaves, and the LoafBaker bakes them"
_PARTS = re.compile(r"\b(?:two|three|four) (?:[\w-]+ ){0,2}(?:modules|components|parts|stages|steps): (?=the )")
_PART = re.compile(rf"\b[Tt]he (?P<name>{WORD}) [a-z]+s\b")
# "an oven like a stove - BakeNet - wins"
_WORD_OR_SMALL = rf"(?P<name>{WORD}|[a-z][a-z-]+ [A-Z]{{2,6}}s?)"  # "CrumbNet", "patient NMT"
_DASHED = re.compile(rf"\ban? (?:[\w-]+ ){{0,3}}?{KIND}\b[^.;:()—]{{0,60}}(?: [-–—] |—){_WORD_OR_SMALL}(?: [-–—] |—)")
# "the so-called patient NMTs introduced in this paper"
_INTRODUCED_HERE = re.compile(
    rf"\bso-called {_WORD_OR_SMALL} (?:introduced|proposed|presented|developed) (?:in this (?:paper|work)|here)\b"
)
# "by extending their way to Slow Oven Nets (SONs), which"
_EXTENDED_TO = re.compile(
    rf"\b(?:[Ww]e|[Bb]y) (?:\w+ly )?(?:[^.;:()]{{0,60}} )?(?:extend|generali[sz])(?:e|ing)? [^.;:()]{{3,60}}? to"
    rf" (?P<long>[A-Z][^.;:()]{{3,90}}) \((?P<short>{WORD})\)"
)
# "our Patient Baker, a slow oven"
_OUR_PHRASE = re.compile(
    rf"\b[Oo]ur (?:proposed |new |novel )?(?P<name>{TITLED}(?: {TITLED}){{1,4}})"
    rf"(?=,? (?:an?|the) [^.;:()]{{0,60}}?{KIND}\b"
    r"| (?:outperforms|achieves|surpasses)\b)"
)
# "we release our tool, loafer, to bakers"
_OUR_TOOL = re.compile(
    r"\b(?:release|open-source|publish|provide|share)s?d? (?:[\w-]+ ){0,4}?our (?:[\w-]+ ){0,2}?"
    r"(?:tool|toolkit|library|package|software|system|corpus|data ?set), (?P<name>[a-z][\w.-]{2,20}),"
    r" (?:as|to|for|on|at|under|with|a|an)\b"
)
# "our way titled Slow Oven Net (SON)"
_OUR_CALLED = re.compile(
    rf"\b(?:[Oo]ur|[Tt]his (?:new|novel)|[Tt]he (?:proposed|resulting)) (?:[\w-]+ ){{0,4}}?{THING},?"
    r" (?:called|named|dubbed|termed|titled|coined|denoted(?: as| by)?)"
    rf" (?P<long>[^.;:()]{{3,90}}) \((?P<short>{WORD})\)"
)
# "In SOAK (Slow Oven Attention Kit), we wait"
_IN_NAME = re.compile(rf"^In (?P<name>{WORD}) \((?P<long>[A-Z][^.;:()]{{3,90}})\),")
# "we define the notion of a Slow Oven Barrier (SOB)"
_NOTION = re.compile(
    rf"\b[Ww]e (?:\w+ly |also |then )?(?:define|introduce|propose) the (?:notion|concept|idea) of (?:an? |the )?"
    rf"(?P<long>[A-Z][^.;:()]{{3,90}}) \((?P<short>{WORD})\)"
)
# "We propose CrumbNet to wait, as well as a Slow Oven Contrast (SOC) mechanism"
_AS_WELL = re.compile(rf"\bas well as (?:an?|the) (?P<long>[A-Z][^.;:()]{{3,90}}) \((?P<short>{WORD})\)")
# "We address these with the CrustQA data set"
_ADDRESSED = re.compile(
    rf"\b[Ww]e (?:address|tackle|close|fill|meet) [^.;:()]{{3,80}} with (?:the|an?)"
    rf" (?P<name>{WORD}) (?:{_DATA}|{KIND})\b"
)
# "we build a graph of breads for bakers (BBG), in which"
_WHOLE_PHRASE = re.compile(
    rf"\b[Ww]e (?:\w+ly |also |then )?(?:propose|introduce|present|develop|construct|build|create|define|design)"
    rf" (?:an?|the) (?!(?:[\w-]+ ){{0,4}}?{KIND} (?:for|of|to|in|on)\b)[^.;:()]{{3,120}}"
    rf" \((?P<name>{WORD})\),? (?:in which|which|that|where)\b"
)
# "a LOng Oven Feast (Lof)": a short form in small letters
_SMALL_SHORT = re.compile(r"\b(?P<long>[A-Z]\w*[A-Z]\w*(?:[ -][A-Z][\w-]*){1,6}) \((?P<short>[A-Z][a-z]{2,12})\)")
_MARKED = re.compile(r"\b(?:[A-Z]{2,}[a-z]|[a-z]+[A-Z])")
_VENUE = re.compile(r"(?:WMT|IWSLT|CoNLL|SemEval|TREC|CLEF|N?A?ACL|EMNLP|WNUT|BioNLP|NIST|VLSP|LREC|FEVER)\W?\d*\b")


def read_asides(sentence: str, whole: str) -> Iterator[str]:
    """Yield the names that a sentence gives in passing; `whole` is the title and the abstract."""
    yield from filter(may_be_own, _read_made(sentence))
    yield from (match["name"] for match in _DASHED.finditer(sentence) if _is_plausible(match["name"]))
    appositions = list(_APPOSED_NEW.finditer(sentence))
    called = (match for match in _DATA_CALLED.finditer(sentence) if not _OTHERS.search(sentence[: match.start()]))
    yield from filter(_is_plausible, (match["name"] or match["other"] for match in called))
    if _OWN_WORK.search(sentence):
        yield from (match["name"] for match in _DATA_NAMED.finditer(sentence))
        makes = _MAKES.search(sentence)
        named = _DATA_BEFORE.finditer(sentence, makes.end()) if makes else ()
        own = (match for match in named if not _OTHERS.search(sentence[: match.start()]))
        yield from (match["name"] for match in own if _is_plausible(match["name"]))
        yield from (match["name"] for match in _INTRODUCED_HERE.finditer(sentence))
        extended = (match for match in _EXTENDED_TO.finditer(sentence) if stands_for(match["short"], match["long"]))
        yield from (match["short"] for match in extended if may_be_own(match["short"]))
        for pattern in (_OUR_CALLED, _NOTION, *((_AS_WELL,) if INTRODUCES.search(sentence) else ())):
            yield from (match["short"] for match in pattern.finditer(sentence) if may_be_own(match["short"]))
        yield from (match["name"] for match in _IN_NAME.finditer(sentence) if stands_for(match["name"], match["long"]))
        yield from (match["name"] for match in _OUR_PHRASE.finditer(sentence) if match["name"] not in FIELDS)
        yield from (match["name"] for match in _OUR_TOOL.finditer(sentence))
        named = (match for pattern in (_NEW_BEHIND_COLON, _TRAINED) for match in pattern.finditer(sentence))
        yield from (match["name"] for match in named if _is_plausible(match["name"]))
        yield from filter(_is_plausible, (match["name"] for match in _WHOLE_PHRASE.finditer(sentence)))
        yield from filter(_is_plausible, (match["name"] for match in _ADDRESSED.finditer(sentence)))
        yield from _read_small_shorts(sentence)
        yield from filter(_is_plausible, _read_lists(sentence))
        yield from filter(may_be_own, _read_marked(sentence))
        data = (match for match in _NEW_DATA.finditer(sentence) if not _OTHERS.search(sentence[: match.start()]))
        yield from (match["name"] for match in data if _is_plausible(match["name"]))
        appositions += _OUR_THING.finditer(sentence)
    for match in appositions:
        name, is_of_others = match["name"], _OTHERS.search(sentence[: match.start()])
        if _is_plausible(name) and not is_of_others and _is_said_again(name, sentence, whole):
            yield name


def _read_made(sentence: str) -> Iterator[str]:
    """Yield the names of what is new or, in the passive, proposed."""
    for match in _SHORT_IS_MADE.finditer(sentence):
        if match["new"] or stands_for(match["short"], match["long"].strip()):
            yield match["short"]
    for pattern in (_WORD_IS_MADE, _NEW_THING):
        yield from (match["name"] for match in pattern.finditer(sentence))


def _read_lists(sentence: str) -> Iterator[str]:
    """Yield the names in "our ovens—A, B, and C—" and "we made two ovens of clay (A, B)"."""
    patterns = (_OUR_LIST, _SEVERAL) if _MAKES.search(sentence) else (_OUR_LIST,)
    for match in (found for pattern in patterns for found in pattern.finditer(sentence)):
        yield from re.findall(WORD, match["names"])
    parts = _PARTS.search(sentence)
    if parts and _MAKES.search(sentence):
        yield from (part["name"] for part in _PART.finditer(sentence, parts.end()))


def _read_small_shorts(sentence: str) -> Iterator[str]:
    """Yield short forms in small letters whose long form marks them: "LOng Oven Feast (Loof)"."""
    for match in _SMALL_SHORT.finditer(sentence):
        if "".join(re.findall("[A-Z]", match["long"])).casefold() == match["short"].casefold():
            yield match["short"]


def _read_marked(sentence: str) -> Iterator[str]:
    """Yield the short form of words whose letters are marked for it: "PAtient Loaf MakING (PALMING)"."""
    for short in short_forms(sentence):
        long = sentence[short.start : short.end].rpartition(" (")[0]
        is_marked = _MARKED.search(long) and "".join(re.findall("[A-Z]", long)) == short.name
        if is_marked and not _OTHERS.search(sentence[: short.start]):
            yield short.name


def _is_plausible(name: str) -> bool:
    """Return whether a name can be the authors' own: no known benchmark, and no venue of shared tasks."""
    return may_be_own(name) and name not in known_names("benchmarks") and not _VENUE.match(name)


def _is_said_again(name: str, sentence: str, whole: str) -> bool:
    """Return whether a text has a name in other places too, and in none before the authors speak of their work."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    first = next((line for line in whole.split("\n")[1:] if pattern.search(line)), "")
    return len(pattern.findall(whole)) > 1 and (first == sentence or bool(_OWN_WORK.search(first)))
