"""The noun that a number counts: found by simple rules on the words that follow, and normalised for comparison."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_](?:[\w'’+-]*[^\W_])?")
_SPACE = re.compile(r" +[\"'“‘]?(?=\S)")
_BETWEEN = re.compile(r"[\"'”’]? *,? +[\"'“‘]?|/")
# The search for a counted noun stops at these.
_STOPS = frozenset(
    "a an as at across after among are before be been being below between but by can compared could did do does during "
    "each either every for from had has have he her his how i if in into is it its may might must not on onto our out "
    "over per she should since so such than that the their then there these they this those through thus to under "
    "until up upon was we were what when where which while who will with within without would yet you across here "
    "respectively".split()
)
# Words that end like a plural but are not.
_NOT_PLURAL = frozenset(
    "across always as basis besides bias class gas has his is its less loss lens mass miss perhaps plus process "
    "previous serious simultaneous is this thus towards unless us various versus was yes diverse corpus focus "
    "campus virus status bus continuous heterogeneous homogeneous numerous autonomous ambiguous pass access cross "
    "progress success address times".split()
)
_IRREGULAR = {
    "people": "person", "children": "child", "criteria": "criterion", "corpora": "corpus", "phenomena": "phenomenon",
    "women": "woman", "men": "man", "indices": "index", "vertices": "vertex", "matrices": "matrix", "axes": "axis",
    "hypotheses": "hypothesis", "analyses": "analysis", "bases": "basis", "data": "data", "series": "series",
}  # fmt: skip
_PLURALS = {one: many for many, one in _IRREGULAR.items()}
# Words used for the same thing when it is counted.
_SAME = {
    name: words[0]
    for words in (
        ("model", "llm", "mllm", "lm", "vlm", "lvlm", "lmm", "slm", "plm", "lvm", "network"),
        ("dataset", "benchmark", "corpus", "testbed"),
        ("example", "demonstration", "demo", "sample", "shot", "instance", "exemplar"),
        ("parameter", "param", "weight"),
        ("participant", "subject", "person", "user", "annotator"),
        ("step", "hop"),
        ("domain", "area"),
        ("group", "cluster"),
        ("category", "class", "type", "kind"),
        ("paper", "work", "article", "publication", "study"),
    )
    for name in words
}
_FARTHEST = 8


def count_noun(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 paper", "1,000 papers", "2 searches", "3 people".

    `plural` is only for what is more than a noun, such as "person has" and "people have".
    """
    return f"{number:,} {noun if number == 1 else plural or make_plural(noun)}"


def make_plural(noun: str) -> str:
    """Return the plural of a noun, or of the last word of several: "entry" gives "entries"."""
    before, space, last = noun.rpartition(" ")
    return before + space + (_PLURALS.get(last) or _add_ending(last))


def _add_ending(word: str) -> str:
    if re.search(r"(?:s|sh|ch|x|z)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s"


def find_noun(text: str, at: int) -> tuple[str, int]:
    """Return the noun that a number ending at `at` counts, as a stem (see `make_stem`), and where the noun ends.

    It is the first plural among at most eight words after the number, or after its "of"; without one, "" and `at`.
    """
    end = at
    for step in range(_FARTHEST):
        gap = (_BETWEEN if step else _SPACE).match(text, end)
        word = _WORD.match(text, gap.end()) if gap else None
        if not word or (word.group() in {"and", "or"} and "," in text[end : word.start()]):
            break
        end = word.end()
        name = word.group().lower()
        if name in _STOPS and not (step == 1 and name in {"the", "these", "those"}):
            break
        if name in {"of", "out"} and step:
            break
        if name == "data" and text[end : end + 5] == " sets":
            return "dataset", end + 5
        if is_plural(word.group()) and not (name == "data" and text[end : end + 7] == " points"):
            return make_stem(word.group()), end
    return "", at


def is_plural(word: str) -> bool:
    """Return whether a word looks like a plural."""
    last = word.rpartition("-")[2]
    if last.lower() in _IRREGULAR:
        return True
    return (
        len(last) > 2
        and last.endswith("s")
        and not re.search(r"(?:ss|us|is|ous)$", last)
        and (last.lower() not in _NOT_PLURAL)
    )


def singular(word: str) -> str:
    """Return the singular of an English noun in lower case; other words come back unchanged.

    Unlike `make_stem` it keeps hyphenated words whole and does not replace synonyms.
    """
    name = word.removesuffix("'s").removesuffix("’s")
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if len(name) < 4 or name in _NOT_PLURAL or not is_plural(name):
        return name
    if re.search(r"(?:ss|sh|ch|x|z)es$", name):
        return name[:-2]
    return name[:-3] + "y" if name.endswith("ies") and len(name) > 4 else name[:-1]


def make_stem(word: str) -> str:
    """Return the singular of a noun in lower case, and one common word for synonyms."""
    name = word.rpartition("-")[2].lower().removesuffix("'s").removesuffix("’s")
    if name in _IRREGULAR:
        name = _IRREGULAR[name]
    elif re.search(r"(?:ss|sh|ch|x|z)es$", name):
        name = name[:-2]
    elif name.endswith("ies") and len(name) > 4:
        name = name[:-3] + "y"
    elif name.endswith("s") and not re.search(r"(?:ss|us|is)$", name):
        name = name[:-1]
    if re.fullmatch(r"[a-z]*lms?", name):
        name = "model"
    return _SAME.get(name, name)
