"""Numbers that state a result, and what was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from litbook.model.stated import Finding
from litbook.text.numbers import ORDERS, PERCENT, POINTS, TIMES, Number
from litbook.text.numbers import find_numbers as text_numbers

_RESULT_UNITS = frozenset({PERCENT, POINTS, TIMES, ORDERS})
_METRIC = re.compile(r".*\d ?(?:dB|mm|ms)")
_MEASURE_BEHIND = re.compile(r" (?:BLEU|F1)\b")
# "an accuracy of 0.85", "reduces the error to 12.3"
_SCORE_BEFORE = re.compile(
    r"\b(?:accurac(?:y|ies)|AUC|F1(?:[- ]score)?|score|perplexity|correlation|FID|BLEU|ROUGE|error|loss|MPJPE)"
    r" (?:of|to|at|by) (?:only |about |up to )?[+≈~]?$"
)
_HALF = re.compile(r"\bby (?P<number>half)\b")
_RANGE = re.compile(r"–|-| to ")
_ANY = re.compile(r"\d|\borders? of magnitude\b|\bby half\b")
# A sentence on what others found, on the plan, or on the size of the data does not state a result.
_BACKGROUND = re.compile(
    r"^(?:Recent|Existing|Previous|Prior|Current|Many|Most|Traditional|Conventional)\b|\b(?:has"
    r"|have) been shown\b|\bWe hope\b"
)
_NOT_A_RESULT = re.compile(
    r"(?: of (?:the )?(?:data|training|parameters|tokens|text|samples|examples|images|labels|annotations)\b"
    r"|[- ](?:shot|way|bit)\b"
    r"| (?:larger|bigger|cheaper|the size|their size|its size)\b)"
)

_CHANGE = r"(?:improvements?|gains?|increases?|reductions?|drops?|decreases?|boosts?)"
_QUANTITY = (
    rf"(?:accurac(?:y|ies)|performance(?: {_CHANGE})?|perplexit(?:y|ies)|error rates?|errors?|F1[- ]scores?|F1"
    rf"|AUC|AUROC|BLEU|ROUGE|MPJPE|FID"
    r"|mAP|mIoU|IoU|PSNR|SSIM|MSE|efficiency|throughput|speed-?ups?|speeds?|latency|(?:training|inference"
    r"|response|running) times?"
    r"|costs?|memory(?: usage)?|FLOPs|tokens|rates?|recall|precision|scores?|correlation|agreement|consistency"
    r"|robustness"
    r"|generali[sz]ation|parameters|samples|predictions|improvements?|gains?|reductions?|effects?|annotation"
    r"|hallucinations?|problems)"
)
# Words before a quantity that are not part of its name.
_NO_PART = (
    r"(?:the|an?|of|and|or|in|on|by|with|to|for|its|their|our|is|are|up|at|as|while|than|over|that|which|from"
    r"|only|about|models?|down"
    r"|achiev\w*|improv\w*|reduc\w*|cut\w*|halv\w*|increas\w*|decreas\w*|boost\w*|lift\w*|lower\w*|gain\w*|attain\w*"
    r"|reach\w*|outperform\w*"
    r"|yield\w*|maintain\w*|exhibit\w*|show\w*|speed up|fewer|more|less|longer|shorter|higher|high|low|better"
    r"|strong|significant\w*|competitive)"
)
_MEASURED = re.compile(rf"(?<![\w-])(?:(?!{_NO_PART}\b)[A-Za-z][\w-]* ){{0,2}}?{_QUANTITY}(?![\w-])")
_VAGUE = re.compile(rf".*\b(?:{_CHANGE}|effects?|performance)$")
_BREAK = re.compile(r"[;:]|, (?:while|whereas|and|but)\b| while ")
_FAR_BEFORE, _FAR_BEHIND = 90, 60
# What may come between a quantity and the number that is its value.
_GLUE = re.compile(
    rf" (?:(?:{_CHANGE}|of|by|to|at|is|was|up|upwards|as|low|high|much|many|below|above|about|nearly|almost"
    rf"|roughly|over|only|on"
    r"|average|an|a|exceeding|reaching|than|more|further) )*(?:≈|~)?"
)
_BEHIND = re.compile(
    rf" (?:(?:relative|absolute|average|higher|lower|fewer|better|more|less|faster|improved|{_CHANGE}|of|in|on"
    rf"|for|the|their|its) )*"
)


def find_numbers(number: int, sentence: str) -> Iterator[Finding]:
    """Yield the results of one sentence that are numbers with a unit; `number` counts the sentences from 1."""
    if not _ANY.search(sentence) or _BACKGROUND.search(sentence):
        return
    spans = [*_find_spans(sentence), *(match.span("number") for match in _HALF.finditer(sentence))]
    measured = ""
    for start, end in sorted(spans):
        if not _NOT_A_RESULT.match(sentence, end):
            # "a boost of 5% for A, and 3% for B": one quantity, two numbers
            measured = _find_measured(sentence, start, end) or measured
            yield Finding(number, measured, sentence[start:end])


def _find_spans(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers with a unit, and the scores without one, are in a sentence; a range is one number."""
    first: Number | None = None
    numbers = [number for number in text_numbers(sentence) if _is_written_out(sentence, number)]
    for number, following in zip_longest(numbers, numbers[1:]):
        first = first or number
        if following and _RANGE.fullmatch(sentence, number.figure, following.start):
            continue
        start, end = first.start - (sentence[first.start - 1 : first.start] in {"+", "≈", "~"}), number.figure
        measure = _MEASURE_BEHIND.match(sentence, end)
        near = max(0, first.start - _FAR_BEFORE)  # to search from the beginning each time takes quadratic time
        scored = not number.unit and sentence[end - 1].isdigit() and _SCORE_BEFORE.search(sentence, near, first.start)
        if number.unit in _RESULT_UNITS or measure or _METRIC.fullmatch(sentence, start, end) or scored:
            yield start, measure.end() if measure else end
        first = None


def _is_written_out(sentence: str, number: Number) -> bool:
    """Return whether a number is in digits, or counts orders of magnitude; fractions and names are left out."""
    figure = sentence[number.start : number.figure]
    return not number.named and (number.unit == ORDERS or (figure[:1].isdigit() and "/" not in figure))


def _find_measured(sentence: str, start: int, end: int) -> str:
    """Return the quantity that a number is the value of, as far as words can tell, or an empty string."""
    first, last = _clause(sentence, start, end)
    found = []
    for match in _MEASURED.finditer(sentence, first, last):
        if match.end() <= start:
            if match.end() == start - 1 and re.fullmatch(_CHANGE, match.group()):
                continue  # "models gain 31%" says what they do
            joined = _GLUE.fullmatch(sentence, match.end(), start)
            distance = 0 if joined else 10 + start - match.end()
        elif match.start() >= end:
            joined = _BEHIND.fullmatch(sentence, end, match.start())
            distance = 1 if joined else 40 + match.start() - end
        else:
            continue
        found.append((distance + (25 if _VAGUE.match(match.group()) else 0), match.start(), match.group()))
    return min(found)[2] if found else ""


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the part of a sentence in which a number stands, and no more than is near."""
    before = max(0, start - _FAR_BEFORE)
    first = max((match.end() for match in _BREAK.finditer(sentence, before, start)), default=before)
    behind = _BREAK.search(sentence, end, end + _FAR_BEHIND)
    return first, behind.start() if behind else min(len(sentence), end + _FAR_BEHIND)
