"""Phrases that have crept into our English before, and what to write instead; nothing here is about grammar as such."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from invented import ROOT

PLACES = ("scripts", "tests", ".ci", ".github", "README.md", "book/about")
# Texts that are quoted or data: recordings of services, exports, questions to the search, invented reviews, this list.
QUOTED = (
    "scripts/litbook/analyse/findings/names.txt",
    "scripts/litbook/site/search/index/english.bin",
    "scripts/litbook/text/stop_words.py",
    "tests/cases/",
    "tests/findings-sample.json",
    "tests/recordings/",
    "tests/samples/",
    "tests/search-",
    "tests/studies-sample.json",
    "tests/support/axe-core-",
    "tests/test_words.py",
    "tests/toy/",
)
# Each pattern, with an example of the habit and what to write instead. Patterns are searched in lower-case text with
# spaces for underscores, so that names count too.
HABITS = {
    r"(?<!there )\b(?:is|are|was|were) none\b": ("a part that is none", "is not one, is missing"),
    r"(?<!there )\b(?:is|are) no (?!longer|more|less|one\b)[a-z]+": ("'x' is no day", "invalid, is not a"),
    r"\bstand(?:s|ing)? (?:in|at|on|there|so|beside|behind|below|under|apart|already|twice|before|between|next to)\b": (
        "it stands in the file", "is, appears"),
    r"\bmend(?:s|ed|ing)?\b": ("mend it", "repair, correct, fix"),
    r"\banew\b": ("made anew", "again"),
    r"\bfor ever\b": ("kept for ever", "permanently"),
    r"\btells? whether\b": ("tell whether it is", "return whether"),
    r"\btold\b": ("told with its line", "reported, distinguished; the noun is message"),
    r"\bnobody\b": ("nobody decided", "no one, or a passive verb"),
    r"\bstrangers?\b": ("strangers' text", "untrusted text"),
    r"\bkept in peace\b": ("is kept in peace", "is ignored"),
    r"\bpass(?:es|ed|ing)? over\b": ("are passed over", "skip, ignore"),
    r"\bin vain\b": ("asked in vain", "without success"),
    r"\btak(?:e|es|en|ing) along\b": ("can be taken along", "export, download"),
    r"\bfurniture\b": ("page furniture", "page chrome"),
    r"\b(?:is|are) (?:another|others)(?= *[.,;:)])": ("the abstract is another.", "differs, was replaced"),
    r"\b(?:a|an|one) [a-z]+ more\b(?! (?:than|or|often|[a-z]+ly))": ("with a subtitle more", "another, an added"),
    r"\bof one'?s own\b": ("a review of one's own", "your own, its own"),
    r"\bthe ordinary way\b": ("in the ordinary way", "an ordinary Jupyter Book"),
}  # fmt: skip
# Words as data, names in invented works and quotations; and public names that are to be renamed.
ALLOWED = (
    r"cy nobody|nobody, cy|\bnobody\d{4}\w*|garcia.nobody|[\"']nobody[\"']",
    r"is_no_abstract|is no_cache\b",
    r"strangers' text \|",  # in the glossary, as the phrase to avoid
)
_SUFFIXES = {".py", ".md", ".js", ".cjs", ".css", ".html", ".yml", ".toml", ".txt", ""}


def our_files() -> tuple[Path, ...]:
    """Return the tracked files whose words are ours."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *PLACES]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    names = sorted(name for name in listed if name and not name.startswith(QUOTED))
    return tuple(ROOT / name for name in names if (ROOT / name).suffix in _SUFFIXES and (ROOT / name).is_file())


def find_habits(text: str) -> list[tuple[int, str, str]]:
    """Return line, phrase and advice for every habit in a text."""
    plain = text.replace("None", "    ").lower()  # Python's None is not a word
    for pattern in ALLOWED:
        plain = re.sub(pattern, lambda match: " " * len(match[0]), plain)
    # One space between words, without comment marks at line starts, so that a phrase may span two lines or be a name.
    words = [
        (word, number)
        for number, line in enumerate(plain.replace("_", " ").split("\n"), start=1)
        for word in re.sub(r"^\s*(?:#|//|\*)", "", line).split()
    ]
    flat = " ".join(word for word, _ in words)
    found = [
        (words[flat.count(" ", 0, match.start())][1], match[0], advice)
        for pattern, (_, advice) in HABITS.items()
        for match in re.finditer(pattern, flat)
    ]
    return sorted(found)


@pytest.mark.parametrize(("pattern", "example"), [(pattern, example) for pattern, (example, _) in HABITS.items()])
def test_every_pattern_finds_its_example_across_underscores_and_lines(pattern: str, example: str) -> None:
    for text in (
        f"x\n{example}",
        f"def test_{example.replace(' ', '_')}",
        f"# {example.replace(' ', chr(10) + '    # ')}",
    ):
        assert (HABITS[pattern][1]) in [advice for _, _, advice in find_habits(text)], text
    assert find_habits(f"x\n{example}")[0][0] == 2


@pytest.mark.parametrize(
    "text",
    ["if value is None:", "there is no abstract", "it stands for a title", "Cy Nobody, Nobody, Cy", "no more than 3"],
)
def test_ordinary_english_and_code_are_left_alone(text: str) -> None:
    assert find_habits(text) == []


def test_our_own_bad_habits_are_gone() -> None:
    assert [
        f"{path.relative_to(ROOT).as_posix()}:{line}: '{phrase}'; write instead: {advice}"
        for path in our_files()
        for line, phrase, advice in find_habits(path.read_text("utf-8"))
    ] == []
