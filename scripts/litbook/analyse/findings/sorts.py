"""What authors introduce: whether it is a method, a data set or a task, and names of the latter two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.findings.names import COMMON, TITLED, WORD

_METHOD = (
    r"(?:method|approach|algorithm|framework|model|system|technique|tool|toolkit|architecture|paradigm|strategy"
    r"|pipeline|module|agent|optimi[sz]er|library|platform|learner|network|procedure|objective|loss|metric|protocol)s?"
)
_DATASET = (
    r"(?:benchmarks?|data ?sets?|corpus|corpora|test ?(?:sets?|suites?|beds?)|(?:consistency|diagnostic) tests?"
    r"|(?:challenge|contrast|evaluation|validation) sets?|databases?|lexicons?|treebanks?"
    r"|(?:lexical|language|linguistic) resources?"
    r"|suites? of (?:\w+ )?(?:environments|tasks|tests|problems|games|questions)"
    r"|(?:collections?|sets?) of (?:[\w-]+,? ){0,4}?(?:texts?|documents|pairs|images|sentences|questions|dialogues"
    r"|corpora|data ?sets|videos|posts|tweets|articles|stories|scenes|recordings|annotations"
    r"|utterances|prompts|examples|instances))"
)
_TASK = r"(?:tasks?|problems?|settings?|challenges?)"
_SORTED = {"method": _METHOD, "dataset": _DATASET, "task": _TASK}
_ANY_KIND = re.compile("|".join(rf"(?<![\w-])(?P<{sort}>{kinds})\b" for sort, kinds in _SORTED.items()), re.IGNORECASE)
_QUOTES = r"[\"“”‘’'*]*"

# What a name is like by itself: "CrumbBench", "the dough consistency test".
_OWN_END = {
    "dataset": re.compile(
        r"(?:[Bb]ench(?:mark)?|[Dd]ata ?set|[Cc]orpus|Treebank|Bank|Lexicon|[Tt]est(?: suite| Suite)?|QA)$"
    ),
    "task": re.compile(r"[Tt]ask$"),
}
_JOINED = (
    r"(?: [-–—]+)?(?:,? (?:called|named|dubbed|termed|of|namely|as|we (?:call|name|term|dub|define as)))?(?: the)?,?"
)
_LONG_FORM = r"(?:(?:,| called| named| termed)(?: the)?(?: (?!we\b)(?-i:[a-z])[\w-]*){1,7} \()"  # before its short form
_BEFORE = re.compile(
    rf"(?<!this )(?<!these )\b(?P<kind>{_METHOD}|{_DATASET}|{_TASK})(?:{_LONG_FORM}|{_JOINED} ?\(?){_QUOTES}$",
    re.IGNORECASE,
)
# "a new data set, Loaf for Loaf (L4L)"
_BEFORE_LONG = re.compile(
    rf"\b(?:an?|new|novel|the(?= task)) (?:[\w-]+ ){{0,5}}?(?P<kind>{_METHOD}|{_DATASET}|{_TASK}),?"
    r"(?: called| named| of)?(?: the)? (?=[A-Z])(?:[\w-]+ ){1,8}\($"
)
# "constructing a data set of loaves, which we call X"
_WHICH_WE_CALL = re.compile(
    rf"\ban? (?:[\w-]+ ){{0,4}}?(?P<kind>{_METHOD}|{_DATASET}|{_TASK})\b[^.;:()]{{0,80}},"
    rf" (?:which|that) we (?:call|name|term|dub|refer to as) {_QUOTES}$"
)
# "X (Long Form)", or the bracket that ends "Long Form (X)".
_BRACKET = rf"{_QUOTES}(?: \([^()]{{1,60}}\)|\))?{_QUOTES}"
_BEHIND = re.compile(rf"{_BRACKET} (?P<kind>{_METHOD}|{_DATASET}|{_TASK})\b")
# "X, the first benchmark of dough", "X is a way to bake".
_APPOSED = re.compile(rf"{_BRACKET}(?:,| –| —|:| is){_QUOTES} (?:an?|the|our)\b", re.IGNORECASE)
# "To meet this challenge, X rises slowly" does not call X a challenge.
_CLAUSE_ENDS = re.compile(r"\w,$")
_INSERTED = re.compile(rf"{_QUOTES}(?:[,.;:()–—]| [(–—]| (?:and|that|which|to|for|with|in|\w+ing)\b|$)")
_HEAD_ENDS = re.compile(
    r"[.,;:()]|\b(?:comprising|including|consisting|combining|containing|for|that|to|which|in|on|with|by|from|using|as|where|of)\b"
)
# "the first crust, crumb and dough data set"
_LISTS_ADJECTIVES = re.compile(rf" ?[\w-]+(?: [\w-]+){{0,5}}(?:, [\w-]+){{1,3}},? and [\w-]+ {_DATASET}\b")
# "three data sets, namely CrustQA, CrumbQA", "two data sets of loaves (CRUST-A, CRUST-B)"
_LISTED = re.compile(
    rf"\b(?P<kind>{_METHOD}|{_DATASET}|{_TASK})(?<=s)\b"
    r"(?:[^.;:()]{0,80} \(|:|(?:[^.;:()]{0,60},)? (?:namely|called|named),?)"
    rf" ?(?P<others>(?:{WORD}(?:, and|,| and) ){{0,6}})$"
)
# "a relaxation for old problems, called CrumbMax": one name is not that of several things
_ONE_CALLED = re.compile(r"s,? (?:called|named|dubbed|termed)\W*$")
_MORE_LISTED = re.compile(rf"(?:, and|,| and) {WORD}")
_DEFINED = re.compile(
    rf"\b(?:a|the|this) (?:new |novel )?{_TASK},? (?:that |which )?we (?:define|call|term) (?:as )?[^,.;]{{0,60}}$"
)
# What an abstract says of its own work as a whole.
_SPEAKS = re.compile(rf"\b(?:[Tt]his|[Oo]ur)(?: [\w-]+)?? (?:(?P<dataset>{_DATASET})|(?P<method>{_METHOD}))\b")


# What an abstract introduces first: "we create a multilingual benchmark of …".
_MAKES = re.compile(
    r"\b(?:[Ww]e|[Tt]his (?:paper|work|study|article))(?: \w+ly| also| then| first| here| have)* (?:creat|present"
    r"|introduc|propos|buil[dt]|construct|releas|curat|compil|collect|develop|design|min|publish|annotat)(?:es?|ed|s)? "
)


def find_sort(name: str, sentences: Sequence[str], is_only: bool = True, title: str = "") -> str:
    """Return the sort of what a name stands for: "method", "dataset" or "task".

    The words beside the name decide, at the first place where they do; next, what follows the colon of a title that
    begins with it, or what the abstract makes first if it does not use the name; next, how it ends; for the only name
    of an abstract, how it speaks of its own work, "our benchmark". What nothing decides is a method.
    """
    found = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    places = (
        (sentence, *match.span())
        for pattern in (re.compile(found), re.compile(found, re.IGNORECASE))
        for sentence in sentences
        for match in pattern.finditer(sentence)
    )
    judged = (_judge(sentence[:start], sentence[end:]) for sentence, start, end in places)
    if sort := next(filter(None, judged), ""):
        return sort
    if title.startswith(f"{name}:") and (sort := _judge("", title.removeprefix(name)) or _judge_made(name, sentences)):
        return sort
    for sort, end in _OWN_END.items():
        if end.search(name):
            return sort
    if not is_only:
        return "method"
    spoken = {match.lastgroup for sentence in sentences for match in _SPEAKS.finditer(sentence)}
    return "dataset" if spoken == {"dataset"} else "method"


def _judge_made(name: str, sentences: Sequence[str]) -> str:
    """Return the sort of what an abstract makes first, if it never uses the name in its title, or ""."""
    used = re.compile(rf"(?<![\w/.-]){re.escape(name)}(?![\w-]|\.\w)", re.IGNORECASE)
    if any(map(used.search, sentences)):
        return ""
    made = (sentence[match.end() :] for sentence in sentences for match in _MAKES.finditer(sentence))
    return next((sort for sort in map(_judge_head, made) if sort in ("method", "dataset")), "")


def _judge_head(phrase: str) -> str:
    """Return the sort of the last kind before a phrase's first preposition or sign, or ""."""
    end = _LISTS_ADJECTIVES.match(phrase) or _HEAD_ENDS.search(phrase)
    kinds = [kind for kind in _ANY_KIND.finditer(phrase) if not end or kind.start() < end.end()]
    return (kinds[-1].lastgroup or "") if kinds else ""


def _judge(before: str, behind: str) -> str:
    """Return the sort that the words around a name give it, or ""."""
    if _DEFINED.search(before[-100:]):
        return "task"
    apposed = _APPOSED.match(behind)
    if apposed:
        sort = _judge_head(behind[apposed.end() :])
        if sort:
            return sort
    listed = _find_list(before, behind)
    beside = _BEHIND.match(behind) or listed
    if not beside and (not _CLAUSE_ENDS.search(before.rstrip()) or _INSERTED.match(behind)):
        beside = _BEFORE.search(before[-80:]) or _BEFORE_LONG.search(before[-150:])
        beside = beside or _WHICH_WE_CALL.search(before[-200:])
    if beside and not listed and beside["kind"].endswith("s") and _ONE_CALLED.search(beside.group()):
        return ""
    kind = _ANY_KIND.fullmatch(beside["kind"]) if beside else None
    return (kind.lastgroup if kind else None) or ""


def _find_list(before: str, behind: str) -> re.Match[str] | None:
    """Return the kind of several things, one of which has the name."""
    listed = _LISTED.search(before[-250:])
    return listed if listed and (listed["others"] or _MORE_LISTED.match(behind)) else None


# -- names of tasks and data sets -------------------------------------------------------------------------------------

_WE = r"\b(?:[Ww]e|I) (?:\w+ly |also |first |then |further |therefore |thus |here )*"
_NAME = rf"(?P<name>{WORD}|[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*){{0,3}}?)"
_NAME_OR_TITLED = _NAME.replace("(?P<name>", rf"(?P<name>{TITLED}(?: {TITLED})+(?! \()|")
_FIRST = r"(?:new |novel |first |challenging |toy |synthetic )*"
_NEW = r"(?:new |novel |first |toy )(?:new |novel |first |challenging |toy |synthetic )*"
_ENDS = r"(?=[.,;:()]|$| (?:and|to|that|which|where|wherein|in which|for|by|with)\b)"
_NAMING = (
    # "we define the task of dough folding"
    re.compile(
        rf"{_WE}(?:define|introduce|propose|present|formali[sz]e|pose) (?:the|a) {_FIRST}(?:task|problem|challenge)"
        rf" (?:of|called|named|termed) {_QUOTES}{_NAME_OR_TITLED}{_ENDS}"
    ),
    # "a new task of dough folding"
    re.compile(rf"\b(?:new|novel) (?:task|problem) (?:of|called|named|termed) {_QUOTES}{_NAME_OR_TITLED}{_ENDS}"),
    # "a new problem formulation dubbed patient dough folding (PDF)"
    re.compile(
        r"\b(?:new|novel) (?:[\w-]+ ){0,3}?(?:task|problem)(?: formulation| setting)?,?"
        r" (?:called|named|dubbed|termed|coined)"
        rf" {_QUOTES}(?P<name>{TITLED}(?: {TITLED})+|{WORD}|[a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*){{1,3}}?)"
        r"(?=[\"”’'.,;:()]|$| (?:that|which|where|in which|to)\b| \()"
    ),
    # "we introduce the dough folding challenge"
    re.compile(
        rf"{_WE}(?:define|introduce|propose|present)"
        rf" (?:the {_FIRST}{_NAME}|an? {_NEW}(?P<short>{WORD})) (?:task|challenge)\b(?! set)"
    ),
    # "I introduce the folding problem, a hard task"
    re.compile(
        rf"{_WE}(?:define|introduce|propose|present) the (?P<name>[a-z]+(?:-[a-z]+)*(?: [a-z-]+)?? problem)(?=, an? )"
    ),
    # "we introduce the baking under pressure problem to see how bakers fare"
    re.compile(
        rf"{_WE}(?:define|introduce) the (?P<name>[a-z]+(?:-[a-z]+)*(?: [a-z-]+){{1,3}}) problem"
        r"(?=,? (?:to|where|in which)\b)"
    ),
    # 'a toy "dough folding" task'
    re.compile(
        rf"(?:{_WE}|\band )(?:define|introduce|propose|present|design) (?:the|an?) {_FIRST}"
        r"[\"“‘'](?P<name>\w[^\"“”’']{1,40})[\"”’'] (?:task|problem)\b"
    ),
    # "a task we define as Dough Folding (DF)"
    re.compile(
        r"\b(?:tasks?|problems?),? (?:that |which )?we (?:also )?(?:define|call|term|name|dub|refer to)(?: as)?"
        rf"(?: the)? {_QUOTES}(?:[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){{0,4}} \((?={WORD}\)))?"
        rf"(?P<name>{WORD}|{TITLED}(?: {TITLED})+)"
    ),
)
_NAMING_DATA = (
    # "we introduce the dough consistency test"
    re.compile(
        rf"{_WE}(?:introduce|propose|present|release|construct|build|develop) the "
        r"(?P<name>(?:[\w-]+ ){1,4}?test)(?! set| suite| data)\b"
    ),
    # "we introduce an 'oven test'"
    re.compile(
        rf"{_WE}(?:introduce|propose|present|release|construct|build|develop) (?:the|an?) {_FIRST}"
        r"[\"“‘'](?P<name>\w[^\"“”’']{1,40} (?:test|benchmark|data ?set|corpus))[\"”’']"
    ),
)
_KIND_NAMED = re.compile(r"task|problem|challenge|test|benchmark|data ?set|corpus")  # each pattern has one of these
_NO_NAME = re.compile(
    r"(?:[a-z]+ing (?:[\w-]+ )*[a-z]+[^s\W]s$|[a-z]+(?:al|ive|ic|ous|able)$"
    r"|.* (?:a|an|the|for|of|to|and|in|on|with)\b|\w+ing (?:a|an|the|how|what|which|good)\b|\w+ing$"
    r"|(?:new|novel|first|same|following)\b)"
)


def find_named_sorts(sentences: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each name of a task or a data set that a sentence introduces by its kind, with its sort."""
    for sentence in filter(_KIND_NAMED.search, sentences):
        for sort, patterns in (("task", _NAMING), ("dataset", _NAMING_DATA)):
            for pattern in patterns:
                for match in pattern.finditer(sentence):
                    name = match.groupdict().get("short") or match["name"]
                    if name not in COMMON and not _NO_NAME.match(name):
                        yield name, sort
