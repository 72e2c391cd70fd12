"""What a title names: the word before its colon, or what an abstract without a name proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.findings.introducing import ACTS, INTRODUCES, KIND
from litbook.analyse.findings.named import is_model
from litbook.analyse.findings.names import COMMON, FIELDS, TITLED, WORD
from litbook.analyse.findings.shorts import acts, short_forms

_SPEAKS_OF_NEW = re.compile(rf"{INTRODUCES.pattern}|\bintroduction of\b")
_SURVEY = re.compile(r"\b(?:survey|review|overview|tutorial|guide|case study)\b", re.IGNORECASE)
_MOST_WORDS = 5


def read_title(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the name before the colon of a title, if it looks like one or the abstract introduces it."""
    before, colon, behind = title.partition(": ")
    ends = _ENDS_IN_SHORT.search(title)
    if ends and ends["short"] not in COMMON and not is_model(ends["short"]) and acts(ends["short"], sentences[1:]):
        yield ends["short"]
    if not colon or _SURVEY.search(behind):
        return
    short = next(short_forms(before), None)
    if short and (short.start == 0 or before[short.start].isupper()):
        yield short.name
        return
    words = before.split()
    if len(words) == 1:
        if before not in COMMON and (
            re.fullmatch(WORD, before) or _recurs(before, sentences) or _is_said_to_be(before, behind)
        ):
            yield before
    elif both := _BOTH.fullmatch(before):
        yield from (name for name in both.groups() if name not in COMMON and not is_model(name))
    elif len(words) <= _MOST_WORDS and before[0].isupper():
        yield from _read_long_title(before.removeprefix("The "), sentences)


_ENDS_IN_SHORT = re.compile(rf"[A-Za-z]\w* \((?P<short>{WORD})\)$")


_BOTH = re.compile(rf"(?P<one>{WORD}) (?:and|&) (?P<other>{WORD})")
_SAID_TO_BE = re.compile(
    rf"(?:An?|The|Towards an?) (?:[\w-]+,? ){{0,5}}?(?:{KIND}|[Tt]oolkit|[Aa]nalyzer|[Mm]etric)\b", re.IGNORECASE
)


def _is_said_to_be(name: str, behind: str) -> bool:
    """Return whether a title calls its first word a thing: "Oven: A Slow Baking Framework for Bread"."""
    return bool(re.fullmatch(TITLED, name) and _SAID_TO_BE.match(behind))


_TOPIC = re.compile(r"(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){1,4})(?:: | for )")
# What is done with data is what a method is for, and not its name.
_AIM = re.compile(
    r"(?:Generation|Translation|Detection|Recognition|Segmentation|Classification|Answering|Retrieval|Estimation"
    r"|Understanding|Prediction|Summari[sz]ation|Identification|Parsing|Forecasting|Tracking"
    r"|Augmentation|Reasoning|Completion|Extraction|Model+ing|Evaluation|Navigation|Manipulation|Planning)$"
)
_NOUN_OF_ACT = re.compile(r"(?:ing|tion|ment|Debate|Search)$")
_LEAST_WORDS = 3
_ACT = re.compile(r"\w+ing$")  # "Improving Dough for Bakers" says what is done
_PROPOSES_ONE = re.compile(
    rf"\b(?:[Ww]e|[Tt]his (?:paper|work|study)) (?:\w+ly |also |then )?(?:propos|introduc|present|explor|develop)"
    rf"(?:e|es|s) (?:an?|the) (?:[\w-]+,? ){{0,5}}?{KIND}\b|\b[Oo]ur (?:[\w-]+ )?{KIND}\b"
)


def read_topic(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield what the title names where the abstract proposes one method and gives it no name elsewhere."""
    yield from _read_acts(title.removeprefix("On "), sentences)
    yield from _read_proposed(title, sentences)


def _read_acts(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the words in capitals before the colon or the "for" of a title if they name an act."""
    match = _TOPIC.match(title)
    if not match or _SURVEY.search(title) or not any(_PROPOSES_ONE.search(sentence) for sentence in sentences):
        return
    words = match["name"].split()
    text = " ".join(sentences).casefold()
    last = " ".join(words[-2:])
    if sum(word.casefold() not in text for word in words) > 1 or last in FIELDS:
        return  # what the abstract does not speak of, or a field
    is_whole = match.group().endswith(": ")
    if last.casefold() not in text if is_whole else len(words) < _LEAST_WORDS:
        return  # a motto; "Slow Baking for Bread"
    is_method = _NOUN_OF_ACT.search(words[-1]) and not _AIM.search(words[-1]) and not _ACT.match(words[0])
    if is_method and not COMMON.intersection(words):
        yield from {match["name"]} - FIELDS


_PROPOSED = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:paper|work|study)) (?:\w+ly |also |then )?(?:propos|introduc|present|develop)(?:e|es|s)"
    r" an? (?:new |novel |simple )*(?P<name>[\w-]+(?: [\w-]+){1,3}?)"
    r" (?:strategy|technique|paradigm|procedure|framework|method|approach|algorithm|mechanism)\b"
)


_NAMED_BEFORE = re.compile(r"(?:^|: |\b(?:via|Via|with|With|by|By|using|Using|through|Through|on|On) )$")
_NAMED_BEHIND = re.compile(r"$|[:,?]| (?:for|to|in|of|with)\b")


def _read_proposed(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield what the abstract proposes, "an early dough folding strategy", where the title has it too."""
    for match in (found for sentence in sentences for found in _PROPOSED.finditer(sentence)):
        at = title.casefold().find(match["name"].casefold())
        end = at + len(match["name"])
        if at >= 0 and _NAMED_BEFORE.search(title[:at]) and _NAMED_BEHIND.match(title, end):
            yield title[at:end]


def _recurs(name: str, sentences: Sequence[str]) -> bool:
    """Return whether a one-word name is inside a sentence, where an ordinary word has no capital."""
    pattern = re.compile(rf"(?<=\w )(?<![\w-]){re.escape(name)}(?![\w-])")
    return any(pattern.search(sentence) for sentence in sentences)


def _read_long_title(name: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the short form of a name of several words that the abstract uses, or the name if it is its own."""
    short = "".join(word[0] for word in re.split(r"[ -]", name) if word[:1].isupper())
    if len(short) > 2 and short not in COMMON and any(re.search(rf"\b{short}\b", sentence) for sentence in sentences):
        yield short
    elif _ends_in_name(name) or (not _PLAIN_PHRASE.fullmatch(name) and _is_introduced(name, sentences)):
        yield name


_PLAIN_PHRASE = re.compile(r"[A-Z][a-z-]+(?: [a-z-]+)* (?:of|on|in|for|with|to|from|under)(?: [a-z-]+)+")
# "Fast CrumbKV": the last word looks like a name and like no mere short form.
_ENDS_IN_NAME = re.compile(rf"(?:[A-Z][a-z]+ ){{1,2}}(?=\w*(?:[a-z][A-Z]|[A-Z]{{2}}[a-z]))(?P<last>{WORD})")


def _ends_in_name(name: str) -> bool:
    match = _ENDS_IN_NAME.fullmatch(name)
    return bool(match and not is_model(match["last"]))


_WINS = r"outperforms?|achieves?|consistently|significantly|surpasses|attains?"
_LAST_IS_NAME = re.compile(rf" {WORD}$")


def _is_introduced(name: str, sentences: Sequence[str]) -> bool:
    """Return whether an abstract introduces a name, or praises it: "our Slow Crust", "Slow Crust outperforms"."""
    if any(_SPEAKS_OF_NEW.search(sentence) and name.casefold() in sentence.casefold() for sentence in sentences):
        return True
    own = re.compile(
        rf"\b(?:[Oo]ur|[Pp]roposed) {re.escape(name)}\b"
        rf"|\b{re.escape(name)} (?:{ACTS if _LAST_IS_NAME.search(name) else _WINS})\b"
    )
    return name not in FIELDS and name.rpartition(" ")[2] not in COMMON and any(map(own.search, sentences))
