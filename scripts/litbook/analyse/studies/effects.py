"""Effects with their intervals, and P values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.model.stated import Draft

_NUMBER = r"[-−–]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:[.·]\d+|(?<=\d))"
_MEASURE = (
    r"(?:(?:adjusted|crude|unadjusted|pooled|standardi[sz]ed|weighted|least-squares|combined|between-group|a)?[ -]?)"
    r"(?:(?:incidence |prevalence )?(?:hazard|odds|risk|rate|prevalence|relative risk) ratio|relative risk"
    r"|(?:standardi[sz]ed )?mean (?:difference|change)|risk difference|difference in differences"
    r"|difference-in-differences|between-group difference|difference|effect size|a?[HOR]R|IRR|SMD|MD|RD"
    r"|Cohen[’']s d|Hedges[’']? ?g|beta|β|[dgbr]|coefficient|sensitivity|specificity|AUC|area under the curve)"
)
_LEVEL = (
    r"(?:\d\d(?:\.\d)? ?%[ -]?)?(?:CIs?|CrI|confidence (?:intervals?|limits)|credible intervals?)"
    r"(?: [(\[](?:CI|CrI)[)\]]|, CI)?"
)
_EFFECT = re.compile(
    rf"(?:(?P<measure>\b{_MEASURE})(?: of| was| is|,|:| =|=)? ?(?:=|was|of|by)? ?)?"
    rf"(?<![\w.·])(?!\d\d(?:\.\d)? ?%[ -]?(?:CI|CrI|conf"
    rf"|cred))(?P<estimate>{_NUMBER} ?%?)(?: \[[^\]\d][^\]]{{0,40}}\])?"
    rf"(?P<unit>[^\d()\[\];.]{{0,60}}?)[\s,;(\[]+{_LEVEL}[\s:=,]*[\[(]?"
    rf"(?P<low>{_NUMBER}) ?%?(?: to |, |; ?| ?[-–—−] ?)(?P<high>{_NUMBER}|N[RE]\b|not reached) ?%?",
    re.IGNORECASE,
)
# In a text that has named its interval once, "odds ratio 2.78, 1.94 to 3.97" and "OR 1.03 [0.98-1.09]".
_BARE = re.compile(
    r"\b(?P<measure>(?:adjusted |pooled |crude )?(?:(?:incidence |prevalence )?(?:hazard|odds|risk|rate) ratio"
    r"|relative risk|a?[HOR]R|IRR))(?: was| of|,|:| =)? ?(?P<estimate>\d+[.·]\d+)(?:,|;| [(\[]|) ?"
    r"(?P<low>\d+[.·]\d+)(?: to |, ?| ?[-–—] ?)(?P<high>\d+[.·]\d+)(?!\d)",
    re.IGNORECASE,
)
# How well a model fits is not an effect: "RMSEA = 0.04 (90 % CI 0.02-0.06)".
_FIT = re.compile(
    r"\b(?:RMSEA|SRMR|CFI|TLI|root mean square error of approximation\)?) ?(?:\(RMSEA\) ?)?(?:of|was|=|:)? ?$"
)
# A level that counts as significant was not measured: "the significance level at P value <.02".
_LEVEL_SET = re.compile(
    r"\b(?:significance|significant|alpha|threshold)(?: level)?(?: was)?(?: set| defined| considered)?(?: at| as)? $"
)
_P = re.compile(
    r"(?<![\w-])[Pp](?:[- ]?values?(?: were| was)?| for [a-z-]+)?\s?(?:=|<|>|≤|≥|of)\s?"
    r"(?:0?[.·]\d+(?:\s?[×x]\s?10\s?[-−–]\s?\d+)?|\d(?:[.·]\d+)?\s?[×x]\s?10\s?[-−–]\s?\d+|1\.0+)"
)


def find_effects(sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield each estimate with its confidence interval, from the name of its measure on."""
    for number, text in enumerate(sentences, 1):
        named = "CI" in text or "nterval" in text or "CrI" in text or "confidence limits" in text
        for match in (_EFFECT if named else _BARE).finditer(text):
            if not _FIT.search(text, 0, match.start("estimate")):
                after = text[match.end() : match.end() + 1]
                closed = match.group() + (after if after in ")]" and _is_open(match.group()) else "")
                yield Draft("effect", closed.strip(), number)


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def find_p_values(sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield each P value as it is written."""
    for number, text in enumerate(sentences, 1):
        for match in _P.finditer(text):
            if _LEVEL_SET.search(text, 0, match.start()):
                continue
            yield Draft("p-value", match.group(), number)
