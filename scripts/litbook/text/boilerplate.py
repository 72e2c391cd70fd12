"""What databases and publishers set around an abstract: its heading, the line of copyright, and words for "none"."""

from __future__ import annotations

import re

_NONE = re.compile(
    r"[\[(]?(?:(?:sorry, )?no abstract(?: (?:is )?(?:available|provided|supplied|given))?|(?:the )?abstract (?:is )?"
    r"(?:not |un)available|not available|n/?a|none|null|-+)\.?[\])]?\.?",
    re.IGNORECASE,
)
# "Abstract syntax trees are …" begins with a word that is no heading.
_HEADING = re.compile(
    r"(?:Abstract|ABSTRACT|Summary|SUMMARY)(?:\s*[:.–—]\s*|(?<=[A-Z])\s+(?=[A-Z])"
    r"|\s*(?=(?:Background|Objectives?|Aims?|Introduction|Purpose|Importance|We|The|This|In|Here)\b))"
)
_YEAR = r"(?:19|20)\d\d"
_SIGN = rf"(?:(?:Crown )?Copyright (?=©|\([Cc]\)|{_YEAR}|The Author))?(?:©|\([Cc]\) (?={_YEAR})|(?<=Copyright ))"
_TAIL = re.compile(rf"(?:(?<=[.!?)\]”\"] )|(?<=[.!?]))(?:{_SIGN}|\(PsycI(?:nfo|NFO) Database Record)")
_LEAD = re.compile(rf"{_SIGN}(?:[^.]|(?<=\b[A-Z])\.(?=[A-Z]\.)){{4,160}}\.(?: All rights reserved\.)? (?=[A-Z])")
# A line of copyright is no longer than this, and goes on with nothing but such sentences.
_LONGEST_TAIL = 500
_SENTENCE_END = re.compile(r"(?<=[a-z)\]V])\.+ (?=[A-Z(])")
_FURTHER = re.compile(
    r"\(?(?:all rights|published|this is an open|this article is|this work is|the authors?\b|open access"
    r"|for permissions|licen[sc]e|creative commons|production and hosting|hosting by|on behalf|reprint|https?:"
    r"|publishing|crown|copyright|elsevier|springer|wiley|[\w &.]{0,24}(?:inc|ltd|llc|gmbh)\b)",
    re.IGNORECASE,
)


def is_no_abstract(text: str) -> bool:
    """Tell whether the text of an abstract only says that there is none, as in "[No abstract available]"."""
    return bool(_NONE.fullmatch(text))


def trim_abstract(text: str) -> str:
    """Return an abstract without its heading and without the line of copyright before or behind it."""
    text = text[match.end() :] if (match := _HEADING.match(text)) else text
    text = text[match.end() :] if (match := _LEAD.match(text)) else text
    starts = (match.start() for match in _TAIL.finditer(text, max(0, len(text) - _LONGEST_TAIL)))
    end = next((start for start in starts if _is_imprint(text[start:])), len(text))
    return text[:end].rstrip()


def _is_imprint(tail: str) -> bool:
    """Tell whether all sentences of a text, but for the first, are such as follow a sign of copyright."""
    return all(map(_FURTHER.match, _SENTENCE_END.split(tail)[1:]))
