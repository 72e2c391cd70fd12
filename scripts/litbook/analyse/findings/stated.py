"""What title and abstract state in so many words: the authors' own names, others' models and benchmarks, and results.

All of it is found by rules, and every value is a piece of the repaired text, character for character. The rules would
rather miss a name than take something else for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from litbook.analyse.findings.introduced import bound_sentences, find_introduced, leave_out
from litbook.analyse.findings.named import find_benchmarks, find_models
from litbook.analyse.findings.numbers import find_numbers
from litbook.analyse.studies.study import find_study
from litbook.model.stated import Stated


def find_stated(title: str, sentences: Sequence[str]) -> Stated:
    """Return what title and abstract state; `sentences` are those of the abstract, in order.

    Nothing is looked for in a sentence longer than `LONGEST_SENTENCE`.
    """
    title, *sentences = bound_sentences(title, sentences)
    introduced = find_introduced(title, sentences)
    own = tuple(introduced)
    text = "\n".join((title, *sentences))
    return Stated(
        method=tuple(name for name in own if introduced[name] == "method"),
        dataset=tuple(name for name in own if introduced[name] == "dataset"),
        task=tuple(name for name in own if introduced[name] == "task"),
        models=leave_out(find_models(text), own),
        benchmarks=leave_out(find_benchmarks(text), own),
        findings=tuple(finding for number, quote in enumerate(sentences, 1) for finding in find_numbers(number, quote)),
        study=find_study(title, sentences),
    )
