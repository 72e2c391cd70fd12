"""Models and benchmarks that others made: known names, with sizes and versions, and names that a cue points at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.analyse.findings.names import COMMON, LEARNING, WORD, first_of_each, known_names, phrase_pattern

_TOKEN = re.compile(r"(?<![\w/.@-])(?=[\w+·-]*[A-Z\d])[A-Za-z0-9][\w+·-]*(?:\.\d[\w+-]*)*")
_BARE_NAMES = ("davinci", "word2vec", "fastText", "wav2vec")
_BARE = re.compile(rf"(?<![\w/.@-])(?:{'|'.join(_BARE_NAMES)})\b")

_LONGEST = 40

# -- models ---------------------------------------------------------------------------------------------------------

# What may follow a known name: a version, sizes, and words that tell variants apart.
_VERSION = re.compile(
    r"(?:[- ]?[vV]?\d+(?:\.\d+)*[a-zA-Z]{0,2}\+?)?"
    r"(?:-(?:[Tt]urbo|[Ii]nstruct|[Cc]hat|[Bb]ase|[Ll]arge|[Ss]mall|[Mm]ini|[Mm]edium|XX?L|xx?l|NeXT|VL|OV|Neo"
    r"|Vision|it"
    r"|Coder|Math|Distill|Preview|preview|[LBSH]|\d+(?:\.\d+)?[BMKbmk]?|\d{3,4}))*"
)
_AFTER = re.compile(r" (?:v\d+(?:\.\d+)*|\d(?:\.\d+)?)(?:[- ]\d+(?:\.\d+)?B)?(?![\w%,.]*\d)(?![\w%-])")
_SIZE_AFTER = re.compile(r" \d+(?:\.\d+)?B(?![\w/])")
_TAKES_NUMBER = frozenset("Llama LLaMA GPT Gemini Claude Phi LLaVA LLaVa Qwen Gemma Mistral".split())
_TAIL = re.compile(
    r"-(?:based|like|style|generated|guided|powered|trained|pretrained|initiali[sz]ed|derived|family)\b.*"
)
_SIZED = re.compile(r"[A-Z][A-Za-z]+[\w.]*-\d+(?:\.\d+)?[BM]")


def find_models(text: str) -> tuple[str, ...]:
    """Return the names of models in a text, each once, in order of first appearance."""
    if not LEARNING.search(text):
        return ()
    return first_of_each(name for _, name in sorted(_locate_models(text)))


def _locate_models(text: str) -> Iterator[tuple[int, str]]:
    names = known_names("models")
    for match in _TOKEN.finditer(text):
        token = _TAIL.sub("", match.group()).rstrip("-+") if "-" in match.group() else match.group()
        family = _family(token, names)
        if family is None and not _SIZED.fullmatch(token):
            continue
        end = match.start() + len(token)
        after = _SIZE_AFTER.match(text, end)
        if family == token and family in _TAKES_NUMBER:
            after = _AFTER.match(text, end) or after
        yield match.start(), text[match.start() : after.end() if after else end]
    yield from ((match.start(), match.group()) for match in phrase_pattern("models").finditer(text))
    if any(name in text for name in _BARE_NAMES):
        yield from ((match.start(), match.group()) for match in _BARE.finditer(text))


def _family(token: str, names: frozenset[str]) -> str | None:
    """Return the longest known name that a token begins with, if a version is all that follows it."""
    for end in range(min(len(token), _LONGEST), 1, -1):
        if token[:end] in names and _VERSION.fullmatch(token, end):
            return token[:end]
    return None


# -- benchmarks -----------------------------------------------------------------------------------------------------

_EDITION = re.compile(r"(?:[- ]?v?\d+(?:\.\d+)*[kK]?)?(?:-(?:[A-Z]{1,2}|Sketch|Hard|Pro|Lite|Plus|\d+))?")
_NOUN = r"(?:data ?sets?|benchmarks?|corpus|corpora|leaderboard|test ?sets?|test suite|environments?|game|challenge)"
_LIGHT = (
    r"(?:(?:popular|public|standard|real-world|simulation-based|synthetic|challenging|benchmark|the|large-scale) )*"
)
_ITEM = rf"{_LIGHT}(?:[A-Z][a-z]+ (?={WORD}))?{WORD}(?: Bench| Suite)?"
_LIST = rf"(?P<list>{_ITEM}(?:(?:, (?:and |or )?| and | or |/){_ITEM})*)"
# "on the X benchmark", "X and Y datasets": one name alone takes the article, or it may be a task.
_BEFORE = re.compile(rf"(?P<the>\b[Tt]he |\b[Oo]n )?{_LIST}(?: benchmark)? (?P<noun>{_NOUN})\b")
_BEHIND = re.compile(
    rf"\b{_NOUN}(?: \([^()]*\))?,? ?(?:such as|like|including|includes|i\.e\.,?|e\.g\.,?|namely|:|\((?:e\.g\.,?"
    rf"|i\.e\.,?)?)"
    rf" ?{_LIST}"
)
_GAME = re.compile(r"\bgames? of (?P<list>[A-Z][a-z]+)\b")
_CUE = re.compile(rf"\b(?:{_NOUN}|[Gg]ames?)\b")
_REACH_BEFORE, _REACH_BEHIND = 120, 160
_LIST_NAME = re.compile(rf"(?:[A-Z][a-z]+ (?={WORD}))?(?P<word>{WORD})(?: Bench| Suite)?")
_BENCH_WORDS = re.compile(rf"{WORD} Bench\b")
_BENCH_ENDS = ("bench", "Bench", "QA")


def find_benchmarks(text: str) -> tuple[str, ...]:
    """Return the names of benchmarks and data sets in a text, each once, in order of first appearance."""
    tasks = _defined_short_forms(text)
    found = sorted(_locate_benchmarks(text), key=lambda item: (item[0], -len(item[1])))
    kept = []
    end = -1
    for start, name in found:
        if start >= end and name not in tasks and name not in COMMON and not is_model(name):
            kept.append(name)
            end = start + len(name)
    return first_of_each(kept)


def _locate_benchmarks(text: str) -> Iterator[tuple[int, str]]:
    if LEARNING.search(text):
        names = known_names("benchmarks")
        for match in _TOKEN.finditer(text):
            if match.group().endswith(_BENCH_ENDS) or _edition_of(match.group(), names):
                yield match.start(), match.group()
        yield from ((match.start(), match.group()) for match in phrase_pattern("benchmarks").finditer(text))
        if " Bench" in text:
            yield from ((match.start(), match.group()) for match in _BENCH_WORDS.finditer(text))
    for cue in _CUE.finditer(text):
        for finder, first, last in (
            (_BEFORE, cue.start() - _REACH_BEFORE, cue.end()),
            (_BEHIND, cue.start(), cue.end() + _REACH_BEHIND),
            (_GAME, cue.start(), cue.end() + _REACH_BEHIND),
        ):
            found = finder.search(text, max(0, first), last)
            if found:
                yield from _read_list(found)


def _read_list(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    names = list(_LIST_NAME.finditer(match["list"])) if match.re is not _GAME else [match]
    if match.re is _BEFORE and len(names) == 1 and not match["the"]:
        return
    if match.re is _BEFORE and len(names) == 1 and match["noun"].endswith("s") and match["noun"] != "corpus":
        return
    start = match.start("list")
    for name in names:
        if match.re is _GAME:
            yield start, name["list"]
        elif name["word"] not in COMMON:
            yield start + name.start(), name.group()


def _edition_of(token: str, names: frozenset[str]) -> bool:
    return any(
        token[:end] in names and _EDITION.fullmatch(token, end) for end in range(min(len(token), _LONGEST), 1, -1)
    )


def is_model(name: str) -> bool:
    """Return whether a name is that of a known model, whatever its version."""
    return _family(name, known_names("models")) is not None


_DEFINED = re.compile(rf"(?<![\w-])[a-z][\w-]* \((?P<short>{WORD})\)")


def _defined_short_forms(text: str) -> set[str]:
    """Return short forms that a text explains in small letters, "visual question answering (VQA)": no names.

    Unlike for the glossary, the letters need not match: a form in brackets behind a common noun is enough.
    """
    return {form for match in _DEFINED.finditer(text) for form in (match["short"], match["short"].removesuffix("s"))}
