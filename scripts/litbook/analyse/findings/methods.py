"""The names that authors give to what they introduce: a method, a system, a benchmark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.findings.asides import read_asides
from litbook.analyse.findings.heads import ADJECTIVE, may_be_own, read_apposed, read_head
from litbook.analyse.findings.introducing import (
    ACTS,
    INTRODUCES,
    KIND,
    OFFERS,
    PHRASE,
    QUOTED,
    REACH,
    STOP,
    THING,
)
from litbook.analyse.findings.named import is_model
from litbook.analyse.findings.names import COMMON, TITLED, WORD, first_of_each
from litbook.analyse.findings.shorts import acts, short_forms
from litbook.analyse.findings.small import CALLED_SMALL, SMALL, is_small_name, read_small
from litbook.analyse.findings.titles import read_title, read_topic

# "X, a model of crusts, and Y, a new benchmark"
_AND_ALSO = re.compile(
    rf",? and (?:(?P<name>{WORD})(?:, | [–—-]+ |: )an? (?:[\w-]+,? ){{0,5}}?(?:{THING}|subset|extension|version)"
    rf"|(?P<other>{TITLED})(?:, | [–—-]+ |: )an? (?:[\w-]+,? ){{0,5}}?(?:benchmark|data ?set|corpus))\b"
)
# "a method …, called X": the name may stand far behind the verb.
_CALLED = re.compile(
    rf"(?<![\w-])(?:called|named|dubbed|termed|titled|namely|coined|call|dub|name|term"
    r"|denoted(?: as| by)?|abbreviated(?: as| to)?) (?:it "
    rf"|(?:this |our |the )(?:(?:[\w-]+ ){{0,2}}{KIND} )?)?(?:as )?"
    r"|\brefer(?:red)? to (?:[^,.;]{1,50} )?as (?:an? |the )?"
)
_CALLS = re.compile(r"\b[Ww]e (?:also |will |thus |therefore |hence |then )?(?:call|name|dub|term|refer to)\b")
_A_THING_CALLED = re.compile(
    rf"\ban? (?:[\w-]+,? ){{0,5}}?{THING} (?=(?:called|named|dubbed|termed|coined|titled) [A-Z“\"])"
)
_OWN_WORK = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|thesis))\b")
_OTHERS = re.compile(
    r"\b(?:recent|previous|prior|existing|well-known|popular|standard|so-called)\b"
    r"|\b(?:us|appl|employ|adopt|leverag|utili[sz]|evaluat|stud|compar|extend|investigat|analy[sz])(?:e|es|ed|ing|y"
    r"|ied|ying)?\b[^,;]{0,60}$",
    re.IGNORECASE,
)
_NO_METHOD = re.compile(
    r"(?<!this )(?<!these )\b"
    r"(?:phenomen\w+|(?:problem|effect|issue|concept|property|ability|setting|question|challenge)s?|capabilit\w+)\b"
)
_NEAR = 60
_OWN_WORD = rf"(?P<name>{WORD}|{TITLED}(?: {TITLED})+)"
_OWN = re.compile(
    rf"\b(?:[Oo]ur|[Rr]esult(?:ing|ant)|[Pp]roposed|[Nn]ovel|[Nn]ew) (?:[\w-]+ ){{0,3}}?{THING}"
    r"(?: for [^,.;:()]{0,50}\b[a-z-]{2,})?"
    rf"(?:, {_OWN_WORD},|,? (?:called|named|dubbed) {_OWN_WORD.replace('name', 'named')}(?![\w-]))"
)
# "our proposed crust design, coined CrumbNet", "the procedure we propose, called slowRise"
_OWN_CALLED = re.compile(
    rf"\b(?:[Oo]ur (?:[\w-]+ ){{0,3}}?(?:design|{THING})"
    r"|[Tt]he (?:[\w-]+ ){1,4}(?:that )?we (?:propose|introduce|present|develop))"
    rf",? (?:which we (?:call|name|term|dub)|called|named|dubbed|termed|coined) {_OWN_WORD}"
    r"(?=[.,;]|$| (?:that|which|is|for|to|and)\b)"
)
# "three data sets, namely CrustQA, CrumbQA and DoughQA"
_NAMELY = re.compile(
    rf"\b(?:two|three|four|five|several) (?:[\w-]+ ){{0,4}}?{THING}(?:,? (?:namely|called|named),?|:)"
    rf" (?P<names>{WORD}(?:(?:, and|,| and) {WORD}){{1,5}})"
)
# "(2) a simple baking method CrumbNet."
_A_NEW = re.compile(
    rf"\b(?:an?|our) (?:new|novel|simple)(?: (?:yet|but|and) \w+)? (?:[\w-]+ ){{0,4}}?{KIND}"
    rf" (?P<name>{WORD})(?=[.,;]| (?:\(|for\b|that\b|which\b))"
)
_OUR_NAME = re.compile(rf"\b(?:[Oo]ur|[Tt]he)(?P<of> proposed)? (?P<name>{WORD}) {ACTS}\b")
_THE_LONG_FORM = re.compile(
    rf"\b[Oo]ur (?:proposed |resulting )?{KIND},? (?=[\w-]+ )|"
    rf"\b[Oo]ur (?:[a-z-]+ ){{1,2}}{KIND}, (?=[A-Z])|\ban? (?:[\w-]+ ){{1,3}}{KIND}, the (?=[\w-]+ )"
    rf"|\b[Tt]his {KIND}, (?=[A-Z])"
    r"|\b[Oo]ur (?:proposed |novel |new )?(?=[A-Z][a-z]+[ -])"
)
_THE_PROPOSED = re.compile(
    rf"\b(?:(?:[Tt]he|[Oo]ur) proposed|[Oo]ur (?:own|new|novel|newly[ -][a-z]+)) (?P<name>{WORD}) {KIND}\b"
)
_STUDIES = re.compile(
    rf"\b[Ww]e (?:explore|describe|study|consider) (?:[\"“](?P<quoted>[^\"“”]{{2,40}}?),?[\"”],?"
    rf"|(?P<word>{WORD}),) an? (?:simple|novel|new)\b"
)
# "with two frameworks: Slow Rising (SR), which waits, and Early Folding (EF)"
_SEVERAL = re.compile(rf"\b(?:two|three|four|five) (?:[\w-]+ ){{0,4}}?{THING}:")
# "the methods are implemented in the R package crumb"
_PACKAGE = re.compile(
    r"\b(?:methods?|approach|algorithms?|models?|procedure|framework|tools?|functions|code|paper|described|estimators?)\b"
    r"[^.;]{0,40} (?:implemented in|available (?:in|as|through|via)|part of|distributed as|released as|provided in)"
    r" (?:the|an?|our) (?:[\w-]+ ){0,3}?(?:R|Python|PyTorch|Julia|MATLAB|Stata|open[- ]source|C\+\+|Java)"
    r" (?:[\w-]+ )?(?:package|library|toolbox|software|module)"
    r",? (?:called |named )?[\"“‘'`*{]*(?P<name>[A-Za-z][\w.]{2,30}\w)"
    r"(?=[\"”’'`*},.;)]|$| (?:for|which|that|\(|on|and)\b)"
)
# "the design and development of the robot X"
_DESIGN_OF = re.compile(
    r"\b(?:design|development|implementation|creation)(?:(?:,| and|, and) [a-z]+)* of (?:the |an? |our )?"
    r"(?:[\w-]+ ){0,4}?"
    rf"(?P<name>{WORD})(?=[,.;:]| \(|$| (?:and|that|which|to|for|as|in)\b)"
)
# "Implementing these in X, we …", where the abstract speaks of X again
_IMPLEMENTED = re.compile(
    r"\b[Ii]mplement(?:ed|ing|s)? (?:this|these|them|it|(?:our|the|this) [\w-]+(?: [\w-]+)?) (?:in|as) "
    rf"(?:(?:an?|the|our) (?:[\w-]+,? ){{1,5}}?(?:called |named )?)?(?P<name>{WORD})(?=[,.;]| \()"
)
_IN_BRACKETS = re.compile(rf"\b(?:[Rr]esulting|[Oo]ur) [\w-]+ \((?:called|termed|dubbed) (?P<name>{SMALL})\)")
_LISTED = re.compile(rf"(?:^|\(\w\) |, | and )an? [\"“](?P<name>\w[\w -]{{1,40}})[\"”] (?:[\w-]+ ){{0,4}}?{KIND}\b")
_STUDIES_CALLED = re.compile(
    r"\b[Ww]e (?:study|explore|describe|consider|investigate) an? (?:novel|new|simple) [^.;()]{2,120}?,? "
    r"(?=(?:called|named|dubbed|termed) )"
)


def find_names(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the names that title and abstract give to what the authors introduce, each once."""
    found = list(read_title(title, sentences))
    whole = "\n".join((title, *sentences))
    for number, sentence in enumerate(sentences):
        before = [earlier for earlier in sentences[:number] if not any(name in earlier for name in found)]
        read = (*_read_sentence(sentence, sentences[number:]), *read_asides(sentence, whole))
        found += [name for name in read if _is_new(name, title, before, found)]
    found = found or _read_spelled(title, sentences)
    names = first_of_each(found or list(read_topic(title, sentences))[:1])
    shorts = {name.replace("-", "").casefold() for name in names if len(name) > 1}
    return tuple(
        name
        for name in names
        if not _initials(name) & shorts and not _is_part(name, names) and not _begins_one(name, names, whole)
    )


def _begins_one(name: str, names: Sequence[str], whole: str) -> bool:
    """Return whether a name is the first word of what another one is short for: "PAtient Loaf MakING (PALMING)"."""
    shorts = "|".join(re.escape(short) for short in names if short != name and short[0] == name[0])
    behind = re.compile(rf"(?<![\w-]){re.escape(name)}(?: [\w-]+){{1,10}} \((?:{shorts})\)")
    return bool(shorts and behind.search(whole))


def _is_part(name: str, names: Sequence[str]) -> bool:
    """Return whether a name in capitals is the end of a longer one: "Forgetful Memory"."""
    return any(longer.endswith(f" {name}") for longer in names) and bool(PHRASE.fullmatch(name))


# "Experiments show that the SC-Net outperforms all", where the title spells "Slow Crust Networks"
_WINS = re.compile(rf"(?P<name>{WORD}) (?:consistently |significantly |clearly )?(?:outperforms|surpasses|achieves)\b")
_LEAST_LETTERS = 3


def _read_spelled(title: str, sentences: Sequence[str]) -> list[str]:
    """Return the name of what wins, if capitals in the title spell it."""
    spelled = "".join(re.findall(r"\b[A-Z]", title))
    for match in (win for sentence in sentences for win in _WINS.finditer(sentence)):
        letters = "".join(re.findall("[A-Z]", match["name"]))
        if len(letters) > _LEAST_LETTERS and letters in spelled and may_be_own(match["name"]):
            return [match["name"]]
    return []


def _is_new(name: str, title: str, before: Sequence[str], found: Sequence[str]) -> bool:
    """Return whether a name is not one that the abstract already spoke of, as of others' work."""
    pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    return name in found or bool(pattern.search(title)) or not any(pattern.search(sentence) for sentence in before)


def _initials(name: str) -> set[str]:
    """Return the initials of a name of several words, with a hyphen as one word and as two."""
    return {
        "".join(word[0] for word in re.split(parts, name) if word).casefold() for parts in (" ", "[ -]") if " " in name
    }


def _read_sentence(sentence: str, rest: Sequence[str]) -> Iterator[str]:
    """Yield the names that a sentence introduces; `rest` is the sentence and all that follow it."""
    for match in INTRODUCES.finditer(sentence):
        tail = sentence[match.end() : match.end() + REACH]
        stop = STOP.search(tail)
        yield from read_head(tail, stop.start() if stop else len(tail), rest)
        yield from _read_first_called(tail, 0)
        if namely := _NAMELY.search(sentence, match.end()):
            yield from (name for name in re.findall(WORD, namely["names"]) if may_be_own(name))
        if several := _SEVERAL.search(sentence, match.end()):
            named = sentence[several.end() :].lstrip()
            yield from (short.name for short in short_forms(named) if named[short.start].isupper())
        yield from (listed["name"] for listed in _LISTED.finditer(tail))
        yield from (of["name"] for of in _DESIGN_OF.finditer(tail) if may_be_own(of["name"]))
        also = (further["name"] or further["other"] for further in _AND_ALSO.finditer(sentence, match.end()))
        yield from (name for name in also if may_be_own(name))
    for match in OFFERS.finditer(sentence):
        yield from _read_offered(sentence[match.end() : match.end() + REACH], rest)
    calls = _CALLS.search(sentence)
    if calls:
        yield from (name for name in _read_first_called(sentence, calls.start()) if not name.islower())
    yield from read_small(sentence)
    yield from (match["name"] for match in _IN_BRACKETS.finditer(sentence))
    implemented = (match["name"] for match in _IMPLEMENTED.finditer(sentence))
    yield from (name for name in implemented if may_be_own(name) and any(name in later for later in rest[1:]))
    for match in (*_STUDIES_CALLED.finditer(sentence), *_find_things_called(sentence)):
        called = _CALLED.match(sentence, match.end())
        if called:
            yield from _read_called(sentence, called)
    for match in _THE_LONG_FORM.finditer(sentence):
        yield from (
            short.name for short in short_forms(sentence[match.end() : match.end() + REACH]) if short.start == 0
        )
    yield from _read_own(sentence)
    yield from (match["name"] for match in _PACKAGE.finditer(sentence))


def _read_own(sentence: str) -> Iterator[str]:
    """Yield names that authors call their own: "our method, X, …", "the proposed X model", "our X improves"."""
    own = (match["name"] or match["named"] for match in _OWN.finditer(sentence))
    called = (match["name"] for match in _OWN_CALLED.finditer(sentence))
    proposed = (match["name"] for pattern in (_THE_PROPOSED, _A_NEW) for match in pattern.finditer(sentence))
    studied = (match["quoted"] or match["word"] for match in _STUDIES.finditer(sentence))
    acting = (
        match["name"]
        for match in _OUR_NAME.finditer(sentence)
        if match["of"] or (match.group()[1:].startswith("ur") and not match["name"].isupper())
    )
    yield from (name for name in (*own, *called, *proposed, *studied) if name not in COMMON and not is_model(name))
    yield from (name for name in acting if may_be_own(name))


def _find_things_called(sentence: str) -> Iterator[re.Match[str]]:
    """Yield "a scheme", before "called X", where the sentence is about the authors' work and not about others'."""
    if not _OWN_WORK.search(sentence):
        return
    for match in _A_THING_CALLED.finditer(sentence):
        if not _OTHERS.search(sentence[: match.start()]):
            yield match


def _read_first_called(text: str, start: int) -> Iterator[str]:
    """Yield what is "called X" first, unless it is a phenomenon or the like."""
    called = _CALLED.search(text, start)
    if called and not _NO_METHOD.search(text[max(0, called.start() - _NEAR) : called.end()]):
        yield from _read_called(text, called)


def _read_offered(tail: str, rest: Sequence[str]) -> Iterator[str]:
    """Yield the name of what is established, provided or trained, if it begins the phrase or has a kind before it.

    A short form of words in capitals is their own if the abstract says what it is, or later what it does.
    """
    names = read_apposed(tail)
    yield from (name for name in names if may_be_own(name))
    called = None if names else _CALLED.search(tail)
    if called and _THING_BEFORE.search(tail[: called.start()]):
        yield from _read_called(tail, called)
    for short in short_forms(tail):
        is_said_to_be = _SAID_TO_BE.match(tail, short.end) and short.start <= _NEAR
        if (
            tail[short.start].isupper()
            and may_be_own(short.name)
            and (is_said_to_be or _KIND_BEFORE.search(tail[: short.start]) or acts(short.name, rest[1:]))
        ):
            yield short.name


def _read_called(text: str, called: re.Match[str]) -> Iterator[str]:
    rest = text[called.end() : called.end() + 100].lstrip("‘'")
    short = next(short_forms(rest), None)
    stop = STOP.search(rest)
    if short and short.start <= 12 and (stop is None or short.start < stop.start()):
        yield short.name
        return
    of_a_field = _OF_A_FIELD.match(rest)
    if of_a_field and _KIND_BEFORE.search(text[: called.start()]):
        yield of_a_field["name"]
        return
    match = QUOTED.match(rest) or re.match(rf"(?P<name>{PHRASE.pattern}|{WORD}|{TITLED}(?=[,.]|$))", rest)
    if match and match["name"] not in COMMON and (_ENDS.match(rest, match.end()) or not ADJECTIVE.match(match["name"])):
        yield match["name"]
        return
    small = None if match else CALLED_SMALL.match(rest)
    if small and is_small_name(small["name"], is_called=True):
        yield small["name"]
    elif not match and _THING_BEFORE.search(text[: called.start()]):
        yield from (one["name"] for one in (_ONE_SMALL.match(rest),) if one)


_SAID_TO_BE = re.compile(r", an? [a-z]| (?:algorithm|method|approach|framework|model|system|network|score|metric)\b")
_KIND_BEFORE = re.compile(rf"\b{KIND},? $")
_THING_BEFORE = re.compile(rf"\b{THING},? $")
# "a framework called patient NMT"
_OF_A_FIELD = re.compile(
    r"(?P<name>[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*)? [A-Z]{2,6}s?)(?=[,.;)]|$| (?:that|which|to|for|with)\b)"
)
_ENDS = re.compile(r"[,.;)]|$")
_ONE_SMALL = re.compile(r"(?P<name>[a-z]{3,20})(?=[,.;)]|$| (?:that|which|to|for|in|by|where|with)\b)")
