"""Questions for measuring the search, generated from the collection, so that no one has to write or judge them.

Each trial comes with the collection to ask: whatever a question was made from is removed from it first.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from litbook.model.review import Corpus, Paper, Text
from litbook.site.search.index.names import find_names
from litbook.site.search.index.sections import read_sections
from litbook.site.search.index.terms import make_terms, read_words, stem

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"(])")
_MOST_WORDS = 14
_MANY = 10  # papers that use a name, from which on it is a topic rather than one paper's name


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the citekeys of the papers that answer it; none means that the collection has no answer."""

    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions with the collection to ask, and whether the index may include the chapters."""

    name: str
    corpus: Corpus
    questions: tuple[Question, ...]
    with_chapters: bool = False


def make_trials(corpus: Corpus, pages: Mapping[str, str], written: Path | None) -> Iterator[Trial]:
    """Yield all trials: questions with known answers, generated ones, and those that people wrote."""
    yield Trial("titles", corpus, _ask(corpus, lambda paper: paper.title.plain), with_chapters=True)
    yield Trial("names", corpus, tuple(_ask_names(corpus)), with_chapters=True)
    yield Trial("titles, misspelt", corpus, _ask(corpus, lambda paper: misspell(paper.title.plain)), with_chapters=True)
    yield Trial("names, misspelt", corpus, tuple(_ask_names(corpus, misspell_name)), with_chapters=True)
    untitled = _change(corpus, lambda paper: replace(paper, title=Text("")))
    yield Trial("a title, for the abstract alone", untitled, _ask(corpus, lambda paper: paper.title.plain))
    yield _leave_out(corpus, "half an abstract, for the other half", _halve)
    yield _leave_out(corpus, "a sentence, for the rest of its abstract", _take_sentence)
    yield Trial("a chapter's sentence without the title's words", corpus, tuple(_ask_chapters(corpus, pages)))
    if written:
        yield from _read_written(corpus, written)


def _ask(corpus: Corpus, question: Callable[[Paper], str]) -> tuple[Question, ...]:
    return tuple(Question(question(paper), (paper.citekey,)) for paper in corpus.papers if paper.title.plain)


def _change(corpus: Corpus, change: Callable[[Paper], Paper]) -> Corpus:
    return replace(corpus, papers=tuple(map(change, corpus.papers)))


# --- Names and misspellings ---


def _ask_names(corpus: Corpus, change: Callable[[str], str] = lambda name: name) -> Iterator[Question]:
    """Ask for each name that is in only one title and in few texts: a name in many texts is a topic."""
    named = {paper.citekey: find_names(paper.title.plain, "") for paper in corpus.papers}
    titles = Counter(name for names in named.values() for name in names)
    texts = Counter(term for paper in corpus.papers for term in set(make_terms(paper.abstract.plain)))
    for paper in corpus.papers:
        for name in sorted(named[paper.citekey]):
            own = titles[name] == 1 and max((texts[term] for term in make_terms(name)), default=_MANY) < _MANY
            question = change(name) if own and len(name) > 2 else ""
            if question:
                yield Question(question, (paper.citekey,))


def misspell(text: str) -> str:
    """Make one typing error in every second word of five letters or more."""
    words = text.split(" ")
    long = [number for number, word in enumerate(words) if len(word) >= 5 and word.isalpha()][::2]
    return " ".join(_mistype(word) if number in long else word for number, word in enumerate(words))


def misspell_name(name: str) -> str:
    """Make one typing error in a name of five letters or more; with fewer it would be a different name."""
    return _mistype(name) if len(name) >= 5 else ""


def _mistype(word: str) -> str:
    """Swap two letters, or drop, double or replace one, anywhere but at the start of the word."""
    chance = random.Random(f"typo {word}")
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeiorstn") + word[at + 1 :],
        )
    )


# --- Parts of abstracts ---


def _leave_out(corpus: Corpus, name: str, part: Callable[[Paper], tuple[str, str]]) -> Trial:
    """Ask with one part of each abstract, where the collection has only the other part and no titles."""
    parts = {paper.citekey: part(paper) for paper in corpus.papers}
    changed = _change(corpus, lambda paper: replace(paper, abstract=Text(parts[paper.citekey][1])))
    questions = tuple(Question(asked, (key,)) for key, (asked, _) in parts.items() if asked)
    return Trial(name, changed, questions)


def _halve(paper: Paper) -> tuple[str, str]:
    sentences = _SENTENCE_END.split(paper.abstract.plain)
    middle = len(sentences) // 2
    return " ".join(sentences[middle:]) if middle else "", " ".join(sentences[:middle] or sentences)


def _take_sentence(paper: Paper) -> tuple[str, str]:
    sentences = _SENTENCE_END.split(paper.abstract.plain)
    if len(sentences) < 3:
        return "", paper.abstract.plain
    at = random.Random(f"sentence {paper.citekey}").randrange(len(sentences))
    return sentences[at], " ".join(sentences[:at] + sentences[at + 1 :])


# --- What people wrote ---


def _ask_chapters(corpus: Corpus, pages: Mapping[str, str]) -> Iterator[Question]:
    """Ask with a chapter's sentence that cites one paper, without the words of that paper's title."""
    said: dict[str, list[str]] = {}
    for section in (section for html in pages.values() for section in read_sections(html)):
        cited = Counter(sentence for _, sentence in section.cited)
        for citekey, sentence in section.cited:
            if cited[sentence] == 1:
                said.setdefault(citekey, []).append(sentence)
    for paper in corpus.papers:
        sentences = said.get(paper.citekey)
        if sentences:
            sentence = random.Random(f"chapter {paper.citekey}").choice(sentences)
            words = list(_drop_words(sentence, paper.title.plain))
            if len(words) > 2:
                yield Question(" ".join(words[:_MOST_WORDS]), (paper.citekey,))


def _drop_words(sentence: str, title: str) -> Iterable[str]:
    known = set(map(stem, read_words(title, common=True)))
    return (word for word in read_words(sentence) if stem(word) not in known)


def _read_written(corpus: Corpus, folder: Path) -> Iterator[Trial]:
    keys = {record.title: paper.citekey for paper in corpus.papers for record in paper.records}
    dev = json.loads((folder / "search-dev.json").read_text("utf-8"))
    asked = tuple(_read_question(row["query"], [keys.get(title, "") for title in row["relevant"]]) for row in dev)
    yield Trial("questions, written for the development", corpus, asked, with_chapters=True)
    held = json.loads((folder / "search-paraphrases.json").read_text("utf-8"))
    for name, key in (
        ("paraphrases, written for tuning", "tuning"),
        ("paraphrases, held out", "held-out"),
        ("paraphrases, written blind", "blind"),
        ("paraphrases, written blind again", "blind-again"),
    ):
        rows = tuple(_read_question(row["query"], row["relevant"]) for row in held[key])
        yield Trial(name, corpus, rows, with_chapters=True)
    for name, key in (("", "absent"), (", again", "absent-again")):
        absent = tuple(Question(text, ()) for text in held[key])
        yield Trial(f"what the collection does not hold{name}", corpus, absent, with_chapters=True)


def _read_question(text: str, relevant: Sequence[str]) -> Question:
    return Question(text, tuple(key for key in relevant if key))
