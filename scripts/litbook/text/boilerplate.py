"""Recognise what databases and publishers add to abstracts: headings, copyright lines, placeholders for "none"."""

from __future__ import annotations

import re

_NONE = re.compile(
    r"[\[(]?(?:(?:sorry, )?no abstract(?: (?:is )?(?:available|provided|supplied|given))?|(?:the )?abstract (?:is )?"
    r"(?:not |un)available|not available|n/?a|none|null|-+)\.?[\])]?\.?",
    re.IGNORECASE,
)
# "Abstract syntax trees are …" starts with the word too, but not as a heading: a heading is followed by punctuation, a
# capital after ABSTRACT, or a typical first word.
_HEADING = re.compile(
    r"(?:Abstract|ABSTRACT|Summary|SUMMARY)(?:\s*[:.–—]\s*|(?<=[A-Z])\s+(?=[A-Z])"
    r"|\s*(?=(?:Background|Objectives?|Aims?|Introduction|Purpose|Importance|We|The|This|In|Here)\b))"
)
_YEAR = r"(?:19|20)\d\d"
_SIGN = rf"(?:(?:Crown )?Copyright (?=©|\([Cc]\)|{_YEAR}|The Author))?(?:©|\([Cc]\) (?={_YEAR})|(?<=Copyright ))"
_TAIL = re.compile(rf"(?:(?<=[.!?)\]”\"] )|(?<=[.!?]))(?:{_SIGN}|\(PsycI(?:nfo|NFO) Database Record)")
_LEAD = re.compile(rf"{_SIGN}(?:[^.]|(?<=\b[A-Z])\.(?=[A-Z]\.)){{4,160}}\.(?: All rights reserved\.)? (?=[A-Z])")
_TAIL_SIGNS = ("©", "(C)", "(c)", "Copyright ", "(PsycI")  # one of them begins what `_TAIL` finds, or comes soon after
# A copyright line starts in these last characters of the text, and only further boilerplate follows it.
_LONGEST_TAIL = 500
_SENTENCE_END = re.compile(r"(?<=[a-z)\]V])\.+ (?=[A-Z(])")
_FURTHER = re.compile(
    r"\(?(?:all rights|published|this is an open|this article is|this work is|the authors?\b|open access"
    r"|for permissions|licen[sc]e|creative commons|production and hosting|hosting by|on behalf|reprint|https?:"
    r"|publishing|crown|copyright|elsevier|springer|wiley|[\w &.]{0,24}(?:inc|ltd|llc|gmbh)\b)",
    re.IGNORECASE,
)
# EBSCO's trailer names the journal and goes on to the end of the text.
_EBSCO = re.compile(
    r"\s*(?:\[ABSTRACT FROM (?:AUTHOR|PUBLISHER)\]\s*)?\(?Copyright of (?:[^.]|\.(?=\S)){2,300}? is the property of "
    r".{0,200}?(?:content may not be|may not be copied).*\Z",
    re.DOTALL,
)
# What remains of markup, of entities and of imprints in a copy of an abstract that was exported badly.
_SIGNS_OF_DAMAGE = ("<", "&", "©", "Copyright", "All rights")
_DAMAGE = re.compile(r"</?[A-Za-z][^<>]*>|&(?:lt|gt|amp|#\d+);|©|\bCopyright\b|\bAll rights reserved\b")


def is_no_abstract(text: str) -> bool:
    """Return whether an abstract is only a placeholder for a missing one, as in "[No abstract available]"."""
    return bool(_NONE.fullmatch(text))


def trim_abstract(text: str) -> str:
    """Return an abstract without its heading and without copyright lines before and after it."""
    text = _EBSCO.sub("", text) if "property of" in text else text
    text = text[match.end() :] if (match := _HEADING.match(text)) else text
    text = text[match.end() :] if (match := _LEAD.match(text)) else text
    first = max(0, len(text) - _LONGEST_TAIL)
    if not any(sign in text[first:] for sign in _TAIL_SIGNS):
        return text.rstrip()
    starts = (match.start() for match in _TAIL.finditer(text, first))
    end = next((start for start in starts if _is_imprint(text[start:])), len(text))
    return text[:end].rstrip()


def _is_imprint(tail: str) -> bool:
    """Return whether every sentence after the first is one that follows a copyright sign."""
    return all(map(_FURTHER.match, _SENTENCE_END.split(tail)[1:]))


def rate_abstract(text: str) -> int:
    """Return how good a copy of an abstract is: its length, or half of that if markup or an imprint remains in it."""
    kept = trim_abstract(text)
    damaged = any(sign in kept for sign in _SIGNS_OF_DAMAGE) and _DAMAGE.search(kept)
    return len(kept) // 2 if damaged else len(kept)
