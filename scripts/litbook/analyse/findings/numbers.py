"""Numbers that state a result, and what was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.model.stated import Finding

_DIGITS = r"(?<![\w.,/-])[+≈~]?\d+(?:,\d{3})*(?:\.\d+)?(?:(?:–|-| to )\d+(?:\.\d+)?)?"
_UNIT = (
    r"(?: ?%| ?×| ?x\b|x\b|[- ]fold\b| percent(?:age points?)?\b| (?:absolute |percentage )?points?\b| times\b"
    r"| pp\b| BLEU\b"
    r"| ?dB\b| ?mm\b| ?ms\b| F1\b| orders of magnitude\b)"
)
_NUMBER = re.compile(
    rf"{_DIGITS}{_UNIT}(?: (?:absolute )?(?:percentage )?points?\b)?|\b(?:one|two|three|four|five"
    rf"|several) orders? of magnitude\b"
)
# "an accuracy of 0.85", "reduces the error to 12.3"
_SCORE = re.compile(
    rf"\b(?:accurac(?:y|ies)|AUC|F1(?:[- ]score)?|score|perplexity|correlation|FID|BLEU|ROUGE|error|loss|MPJPE)"
    rf" (?:of|to|at|by) (?:only |about |up to )?(?P<number>{_DIGITS})(?!\w|%| ?%|[.,]\d)"
)
_HALF = re.compile(r"\bby (?P<number>half)\b")
_ANY = re.compile(r"\d|\borders? of magnitude\b|\bby half\b")
# A sentence on what others found, on the plan, or on the size of the data is no result.
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
# Words that may stand before a quantity without being part of its name.
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
# What may stand between a quantity and the number that is its value.
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
    spans = [match.span() for match in _NUMBER.finditer(sentence)]
    spans += [match.span("number") for pattern in (_SCORE, _HALF) for match in pattern.finditer(sentence)]
    measured = ""
    for start, end in sorted(spans):
        if not _NOT_A_RESULT.match(sentence, end):
            # "a boost of 5% for A, and 3% for B": one quantity, two numbers
            measured = _find_measured(sentence, start, end) or measured
            yield Finding(number, measured, sentence[start:end])


def _find_measured(sentence: str, start: int, end: int) -> str:
    """Return the quantity that a number is the value of, as near as words can tell, or nothing."""
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
