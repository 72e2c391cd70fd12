"""The names that authors give to what they introduce: a method, a system, a benchmark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.findings.named import is_model
from litbook.analyse.findings.names import COMMON, FIELDS, TITLED, WORD, first_of_each

# -- sentences that introduce something ------------------------------------------------------------------------------

_INTRODUCES = re.compile(
    r"(?:\b(?:[Ww]e|I|[Tt]his (?:\w+ )?(?:paper|work|article|study|report)|[Tt]he authors?)"
    r"(?: \w+ly| also| then| further| first| here| thus| hence| next| \(\w{1,3}\))*"
    r"|\b(?:[Ww]e|[Tt]his|[Oo]ur)\b(?:[^.;]|\be\.g\.|\bi\.e\.){0,200}?\b(?:and|to|by|then))"
    r" (?:propos|introduc|present|develop|design|devis|releas|creat|construct|build|built|contribut)(?:es?|ed"
    r"|ing|s)?\b:? "
    r"|\b[Tt]he (?:development|introduction) of (?=[\w-]+,|[\"“])"
    r"|\b(?:key|main|core|central|technical) (?:contribution|component|ingredient|idea) is (?:the )?(?=[A-Z])"
    r"|\b(?:[Cc]entral|[Kk]ey) to (?:our|this|the) \w+ (?:is|are) (?:the )?(?=[A-Z])"
    r"|\b(?:[Oo]ur|[Tt]he) (?:method|approach|framework|model|system) (?:also )?introduces "
)
# The name comes before the first of these, or its long form at least begins there.
_STOP = re.compile(
    r"[.;!?](?= |$)|,? \b(?:for|that|to|which|in|on|with|by|from|using|as|where|when|whose|is|are|at|via"
    r"|into|through|how|able|based|consisting|aim\w*|tailored|designed|inspired|capable|leveraging|enabling|allowing|comprising)\b"
)
_REACH = 200
_SHORT = re.compile(rf" \((?P<short>{WORD})[,)]")
_QUOTED = re.compile(r"[\"“](?P<name>\w[^\"“”]{1,40}?),?[\"”]")
# Several words with capitals: "Delta Activations", "Fast and Forgetful Memory".
_PHRASE = re.compile(rf"(?<![\w-]){TITLED}(?: (?:(?:and|of) )?{TITLED})+(?![\w-])")
_WORD = re.compile(rf"{WORD}(?: \d(?![\w.,]*\d))?")
_SINGLE = re.compile(rf"(?:^|, )(?P<name>{TITLED})(?=$|,)")
_KIND = (
    r"(?:method|approach|algorithm|framework|model|system|technique|tool|benchmark|data ?set|architecture"
    r"|paradigm|strategy"
    r"|pipeline|module|suite|corpus|agent|optimi[sz]er|library|platform|environment|task|variant|learner|network"
    r"|procedure|prompt)s?"
)
# "a method …, called X": the name may stand far behind the verb.
_CALLED = re.compile(
    rf"\b(?:called|named|dubbed|termed|titled|namely|coined|call|dub|name|term) (?:it |this |our "
    rf"|the )?(?:{_KIND} )?(?:as )?"
)
_CALLS = re.compile(r"\b[Ww]e (?:also )?(?:call|name|dub|term)\b")
_NO_METHOD = re.compile(
    r"\b(?:phenomen\w+|problem|effect|issue|concept|property|ability|setting|question|capability)\b"
)
_OWN_WORD = rf"(?P<name>{WORD}|{TITLED}(?: {TITLED})+)"
_OWN = re.compile(
    rf"\b(?:[Oo]ur|[Rr]esult(?:ing|ant)|[Pp]roposed|[Nn]ovel|[Nn]ew) (?:[\w-]+ ){{0,3}}?{_KIND}"
    rf"(?:, {_OWN_WORD},|,? (?:called|named|dubbed) {_OWN_WORD.replace('name', 'named')}(?![\w-]))"
)
_THE_LONG_FORM = re.compile(
    rf"\b[Oo]ur (?:proposed |resulting )?{_KIND},? (?=[\w-]+ )|\ban? (?:[\w-]+ ){{1,3}}{_KIND}, the (?=[\w-]+ )"
)
_THE_PROPOSED = re.compile(rf"\b(?:[Tt]he|[Oo]ur) proposed (?P<name>{WORD}) {_KIND}\b")
_STUDIES = re.compile(
    rf"\b[Ww]e (?:explore|describe|study|consider) (?:[\"“](?P<quoted>[^\"“”]{{2,40}}?),?[\"”],?"
    rf"|(?P<word>{WORD}),) an? (?:simple|novel|new)\b"
)
_FIRST = re.compile(rf"(?P<name>{WORD}),? (?:an?|the|which)\b")
_NAMED_THUS = re.compile(rf",| an? |$|\.| {_KIND}\b| that\b| which\b")
# "two variants of the X method": X is older
_OLDER = re.compile(
    r"\b(?:variants?|versions?|extensions?|generali[sz]ations?|implementations?|analysis) of (?:the )?$"
)
_ADJECTIVE = re.compile(r".*[A-Za-z0-9]-[a-z]+$")
_BEFORE_KIND = re.compile(rf",| \(|$|[.:;]| {_KIND}\b| that\b| which\b| –| —")
_AFTER_KIND = re.compile(rf"(?:^|\b{_KIND},? |, |: |(?:^|[ ,])(?:an?|the|our|new|novel) )$")


# A name in small letters: "we propose slow rising, a way to wait", "a method called oven patience".
_SMALL = r"(?:[a-z]+(?:-[a-z]+)*|[A-Z]{2,6}-[a-z]+)(?: [a-z]+(?:-[a-z]+)*){1,3}?"
_PROPOSES = re.compile(
    r"\b[Ww]e(?: \w+ly| also| then| further| first| here| thus| hence| finally)*"
    rf" (?P<verb>propose|introduce|present|develop) (?P<name>{_SMALL})"
    r"(?=,? (?:an?|the) [\w-]+ |, (?:which|where|in which|\w+ly \w+ing|\w+ing)\b| [–—] |\.$"
    r"| (?:that|which|to|for|with) )"
)
_CALLED_SMALL = re.compile(
    rf"(?P<name>{_SMALL}|[a-z]+-[a-z-]+)(?=[.,;)]|$| (?:that|which|to|for|in|by|where|with|based)\b)"
)
# What begins or ends a phrase of small letters that does not name anything.
_NO_FIRST = frozenset(
    "a an the to that this these those some several many two three four five both new novel simple strong further"
    " first more such our their its how what when why whether using fine-tuning training learning use replacing"
    " empirical theoretical extensive comprehensive preliminary practical adding combining leveraging".split()
)
_NO_LAST = frozenset(
    "evidence work research insight analysis guidance theory knowledge information progress data code support"
    " interest performance understanding attention methodology".split()
)
_NO_NAME = re.compile(r"\b(?:of|and|or|for|with(?:in)?|in|on|by|from|as|is|are|be|across|during|under|over|between)\b")
_MADE_BY = re.compile(r"(?:ing|tion|ment|ance|ence|al)$")


# "the resulting crusts (called slow crusts)", "(1) a “slow-rise” strategy and (2) a “cool-down” method"
_IN_BRACKETS = re.compile(rf"\b(?:[Rr]esulting|[Oo]ur) [\w-]+ \((?:called|termed|dubbed) (?P<name>{_SMALL})\)")
_LISTED = re.compile(rf"(?:^|\(\w\) |, | and )an? [\"“](?P<name>\w[\w -]{{1,40}})[\"”] (?:[\w-]+ ){{0,4}}?{_KIND}\b")
_STUDIES_CALLED = re.compile(
    r"\b[Ww]e (?:study|explore|describe|consider|investigate) an? (?:novel|new|simple) [^.;()]{2,120}?,? "
    r"(?=(?:called|named|dubbed|termed) )"
)


def _is_small_name(name: str, behind: str = ",") -> bool:
    """Return whether a phrase in small letters may name what is proposed: one thing, without an article.

    `behind` is what follows it: with neither comma nor dash, only a word for an act, "sampling", makes it a name.
    """
    words = name.split()
    last = words[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "sis", "us"))
    if words[0] in _NO_FIRST or last in _NO_LAST or plural or re.fullmatch(_KIND, last):
        return False
    if _NO_NAME.search(name):
        return False
    return bool(_MADE_BY.search(last)) or not behind.startswith((" to", " that", " which", " for", " with", "."))


def find_names(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the names that title and abstract give to what the authors introduce, each once."""
    found = [*_read_title(title, sentences), *(name for sentence in sentences for name in _read_sentence(sentence))]
    names = first_of_each(found or [*_read_topic(title, sentences), *_read_proposed(title, sentences)][:1])
    shorts = {name.replace("-", "").casefold() for name in names if len(name) > 1}
    return tuple(name for name in names if not _initials(name) & shorts)


def _initials(name: str) -> set[str]:
    """Return the initials of a name of several words, with a hyphen as one word and as two."""
    return {
        "".join(word[0] for word in re.split(parts, name) if word).casefold() for parts in (" ", "[ -]") if " " in name
    }


def _read_sentence(sentence: str) -> Iterator[str]:
    for match in _INTRODUCES.finditer(sentence):
        tail = sentence[match.end() : match.end() + _REACH]
        stop = _STOP.search(tail)
        yield from _read_head(tail, stop.start() if stop else len(tail))
        called = _CALLED.search(tail)
        if called and not _NO_METHOD.search(tail[: called.start()]):
            yield from _read_called(tail, called)
        yield from (listed["name"] for listed in _LISTED.finditer(tail))
    calls = _CALLS.search(sentence)
    called = _CALLED.search(sentence, calls.start()) if calls else None
    if called and not _NO_METHOD.search(sentence[: called.start()]):
        yield from (name for name in _read_called(sentence, called) if not name.islower())
    for match in _PROPOSES.finditer(sentence):
        behind = sentence[match.end() :]
        # not "we present strong evidence that"
        is_plain = match["verb"] in ("propose", "introduce") or behind.startswith(",")
        if is_plain and _is_small_name(match["name"], behind):
            yield match["name"]
    yield from (match["name"] for match in _IN_BRACKETS.finditer(sentence))
    for match in _STUDIES_CALLED.finditer(sentence):
        called = _CALLED.match(sentence, match.end())
        if called:
            yield from _read_called(sentence, called)
    for match in _THE_LONG_FORM.finditer(sentence):
        yield from (name for name, start in _short_forms(sentence[match.end() : match.end() + _REACH]) if start == 0)
    own = (match["name"] or match["named"] for match in _OWN.finditer(sentence))
    proposed = (match["name"] for match in _THE_PROPOSED.finditer(sentence))
    studied = (match["quoted"] or match["word"] for match in _STUDIES.finditer(sentence))
    yield from (name for name in (*own, *proposed, *studied) if name not in COMMON)


def _read_head(tail: str, end: int) -> Iterator[str]:
    """Yield the names in what is introduced: `end` is where its first noun phrase ends."""
    head = tail[:end]
    first = _FIRST.match(tail)
    if first and first["name"] not in COMMON:
        yield first["name"]
        return
    shorts = [name for name, start in _short_forms(tail) if start < end and not is_model(name)]
    if shorts:
        yield from shorts
        return
    quoted = _QUOTED.search(head)
    if quoted and _NAMED_THUS.match(tail, quoted.end()):
        yield quoted["name"]
        return
    for match in sorted(
        [*_PHRASE.finditer(head), *_WORD.finditer(head)], key=lambda found: (found.start(), -found.end())
    ):
        name = match.group()
        if _may_be_own(name) and _names_it(head, tail, match):
            yield name
            return
    single = _SINGLE.search(head)
    if single and (single.end() < len(head) or tail[end : end + 1] == "," or tail[end : end + 6] == " that "):
        yield single["name"]


def _may_be_own(name: str) -> bool:
    return name not in COMMON and name not in FIELDS and not _ADJECTIVE.match(name) and not is_model(name)


def _names_it(head: str, tail: str, match: re.Match[str]) -> bool:
    """Return whether a name is that of the whole phrase: the phrase begins with it, or says of what kind it is."""
    before = _AFTER_KIND.search(head[: match.start()])
    is_older = _OLDER.search(head[: match.start()])
    return bool(before and not is_older and _BEFORE_KIND.match(tail, match.end()))


def _short_forms(tail: str) -> Iterator[tuple[str, int]]:
    """Yield short forms in brackets, "Long Form (LF)", with the place where the long form begins."""
    last = 0
    for match in _SHORT.finditer(tail):
        name = match["short"]
        if name not in COMMON:
            joined = tail[last : last + 5] == " and " and last
            yield name, 0 if joined else _begin_long_form(tail[: match.start()], name)
            last = match.end()


def _begin_long_form(before: str, short: str) -> int:
    """Return where the words begin whose letters make a short form; its own place if no words do."""
    letters = re.sub(r"[^a-z]", "", "".join(re.findall(r"[A-Z0-9]", short)).lower()) or short.lower()
    starts = [match.start() for match in re.finditer(r"(?<![\w])\w", before)]
    for start in reversed(starts[-2 * len(short) - 4 :]):
        if before[start].lower() == letters[0] and _spells(before[start:].lower(), letters):
            return start
    return len(before) - len(before.rpartition(" ")[2])


def _spells(words: str, letters: str) -> bool:
    """Return whether the words contain the letters in this order."""
    rest = iter(words)
    return all(letter in rest for letter in letters)


def _read_called(text: str, called: re.Match[str]) -> Iterator[str]:
    rest = text[called.end() : called.end() + 100].lstrip("‘'")
    short = next(_short_forms(rest), None)
    stop = _STOP.search(rest)
    if short and short[1] <= 12 and (stop is None or short[1] < stop.start()):
        yield short[0]
        return
    match = _QUOTED.match(rest) or re.match(rf"(?P<name>{_PHRASE.pattern}|{WORD}|{TITLED}(?=[,.]|$))", rest)
    if match and match["name"] not in COMMON and not _ADJECTIVE.match(match["name"]):
        yield match["name"]
        return
    small = None if match else _CALLED_SMALL.match(rest)
    if small and _is_small_name(small["name"]):
        yield small["name"]


# -- titles ---------------------------------------------------------------------------------------------------------

_SPEAKS_OF_NEW = re.compile(rf"{_INTRODUCES.pattern}|\bintroduction of\b")
_SURVEY = re.compile(r"\b(?:survey|review|overview|tutorial|guide|case study)\b", re.IGNORECASE)
_MOST_WORDS = 5


def _read_title(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the name before the colon of a title, if it looks like one or the abstract introduces it."""
    before, colon, behind = title.partition(": ")
    if not colon or _SURVEY.search(behind):
        return
    short = _SHORT.search(before + " ")
    if short:
        yield short["short"]
        return
    words = before.split()
    if len(words) == 1:
        if before not in COMMON and (re.fullmatch(WORD, before) or _recurs(before, sentences)):
            yield before
    elif len(words) <= _MOST_WORDS and before[0].isupper():
        yield from _read_long_title(before.removeprefix("The "), sentences)


_TOPIC = re.compile(r"(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*){1,4})(?:: | for )")
_NOUN_OF_ACT = re.compile(r"(?:ing|tion|ment|Debate|Search)$")
_ACT = re.compile(r"\w+ing$")  # "Improving Dough for Bakers" says what is done
_PROPOSES_ONE = re.compile(
    rf"\b(?:[Ww]e|[Tt]his (?:paper|work|study)) (?:\w+ly |also |then )?(?:propos|introduc|present|explor|develop)"
    rf"(?:e|es|s) (?:an?|the) (?:[\w-]+,? ){{0,5}}?{_KIND}\b|\b[Oo]ur (?:[\w-]+ )?{_KIND}\b"
)


def _read_topic(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the words in capitals before the colon or the "for" of a title where the abstract proposes one method."""
    title = title.removeprefix("On ")
    match = _TOPIC.match(title)
    if not match or _SURVEY.search(title) or not any(_PROPOSES_ONE.search(sentence) for sentence in sentences):
        return
    words = match["name"].split()
    if _NOUN_OF_ACT.search(words[-1]) and not _ACT.match(words[0]) and not COMMON.intersection(words):
        yield from {match["name"]} - FIELDS


_PROPOSED = re.compile(
    rf"\b(?:[Ww]e|[Tt]his (?:paper|work|study)) (?:\w+ly |also |then )?(?:propos|introduc|present|develop)(?:e|es|s)"
    rf" an? (?:new |novel |simple )*(?P<name>[\w-]+(?: [\w-]+){{1,3}}?) {_KIND}\b"
)


def _read_proposed(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield what the abstract proposes, "an early dough folding strategy", where the title has it too."""
    for match in (found for sentence in sentences for found in _PROPOSED.finditer(sentence)):
        at = title.casefold().find(match["name"].casefold())
        if at >= 0:
            yield title[at : at + len(match["name"])]


def _recurs(name: str, sentences: Sequence[str]) -> bool:
    """Return whether a one-word name is inside a sentence, where an ordinary word has no capital."""
    pattern = re.compile(rf"(?<=\w )(?<![\w-]){re.escape(name)}(?![\w-])")
    return any(pattern.search(sentence) for sentence in sentences)


def _read_long_title(name: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the short form of a name of several words that the abstract uses, or the name that it introduces."""
    short = "".join(word[0] for word in re.split(r"[ -]", name) if word[:1].isupper())
    if len(short) > 2 and short not in COMMON and any(re.search(rf"\b{short}\b", sentence) for sentence in sentences):
        yield short
    elif any(_SPEAKS_OF_NEW.search(sentence) and name.casefold() in sentence.casefold() for sentence in sentences):
        yield name
