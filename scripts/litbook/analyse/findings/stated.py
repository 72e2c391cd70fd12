"""What title and abstract state in so many words: the authors' own names, others' models and benchmarks, and results.

All of it is found by rules, and every value is a piece of the repaired text, character for character. The rules would
rather miss a name than take something else for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from litbook.analyse.findings.methods import find_names
from litbook.analyse.findings.named import find_benchmarks, find_models
from litbook.analyse.findings.names import first_of_each
from litbook.analyse.findings.numbers import find_numbers
from litbook.analyse.findings.sorts import find_named_sorts, find_sort
from litbook.analyse.studies.study import find_study
from litbook.model.stated import Stated
from litbook.text.sentences import LONGEST_SENTENCE


def find_stated(title: str, sentences: Sequence[str]) -> Stated:
    """Return what title and abstract state; `sentences` are those of the abstract, in order.

    Nothing is looked for in a sentence longer than `LONGEST_SENTENCE`.
    """
    title, *sentences = (text if len(text) <= LONGEST_SENTENCE else "" for text in (title, *sentences))
    introduced = _sort_names(title, sentences)
    own = tuple(introduced)
    text = "\n".join((title, *sentences))
    return Stated(
        method=tuple(name for name in own if introduced[name] == "method"),
        dataset=tuple(name for name in own if introduced[name] == "dataset"),
        task=tuple(name for name in own if introduced[name] == "task"),
        models=_others(find_models(text), own),
        benchmarks=_others(find_benchmarks(text), own),
        findings=tuple(finding for number, quote in enumerate(sentences, 1) for finding in find_numbers(number, quote)),
        study=find_study(title, sentences),
    )


def _sort_names(title: str, sentences: Sequence[str]) -> dict[str, str]:
    """Return each name of what the authors introduce with its sort."""
    named = dict(find_named_sorts(sentences))
    names = first_of_each((*find_names(title, sentences), *named))
    known = {name.casefold(): sort for name, sort in named.items()}
    return {name: known.get(name.casefold()) or find_sort(name, sentences, len(names) == 1, title) for name in names}


def _others(names: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """Leave out what the authors made themselves."""
    made = {name.casefold() for name in own}
    return tuple(name for name in names if name.casefold() not in made)
