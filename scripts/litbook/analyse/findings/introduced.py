"""The names of what a paper's authors introduce, and those of the models and benchmarks that others made."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from litbook.analyse.findings.methods import find_names
from litbook.analyse.findings.named import find_benchmarks, find_models
from litbook.analyse.findings.names import first_of_each
from litbook.analyse.findings.sorts import find_named_sorts, find_sort
from litbook.text.sentences import LONGEST_SENTENCE, split_sentences

# "<b>S</b>low <b>R</b>ising", "**SlowRise**": marks of letters hide names, which do not include them.
_MARKS = re.compile(r"</?(?:b|i|u|em|tt|strong|sub|sup|span|code)>|\*\*")

_DASHES = re.compile(r"(?<=\w)-{2,3}(?=\w)|(?<=\w )--(?= \w)")  # "our ovens---CRUST and CRUMB---": no word of a name

_QUOTES = re.compile(r"``([^`']{1,80})''")  # as LaTeX writes them


def find_introduced(title: str, sentences: Sequence[str]) -> dict[str, str]:
    """Return each name of what the authors introduce with its sort."""
    title, *sentences = (_QUOTES.sub(r"“\1”", _DASHES.sub("—", part)) for part in (title, *sentences))
    text = "\n".join((title, *sentences))
    if marked := _MARKS.search(text):
        title, *sentences = (_MARKS.sub("", part) for part in (title, *sentences))
    named = dict(find_named_sorts(sentences))
    names = first_of_each((*find_names(title, sentences), *named))
    known = {name.casefold(): sort for name, sort in named.items()}
    names = tuple(name for name in names if not marked or name in text)
    return {name: known.get(name.casefold()) or find_sort(name, sentences, len(names) == 1, title) for name in names}


def leave_out(names: Sequence[str], own: Collection[str]) -> tuple[str, ...]:
    """Leave out what the authors made themselves."""
    made = {name.casefold() for name in own}
    return tuple(name for name in names if name.casefold() not in made)


def names_others(title: str, abstract: str) -> bool:
    """Return whether a title and an abstract name a model or a benchmark that others made."""
    spans = split_sentences(abstract)
    title, *sentences = bound_sentences(title, [abstract[start:end] for start, end in spans])
    text = "\n".join((title, *sentences))
    named = (*find_models(text), *find_benchmarks(text))
    return bool(named) and bool(leave_out(named, find_introduced(title, sentences)))


def bound_sentences(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the title and the sentences, empty where one is longer than `LONGEST_SENTENCE`."""
    return tuple(text if len(text) <= LONGEST_SENTENCE else "" for text in (title, *sentences))
