"""Recognise the kind of a notice in the words of each service.

Crossref accepts twelve types of updates and passes on the "natures" of the Retraction Watch database; older deposits
have other spellings. arXiv has no field for withdrawals: its authors and administrators say so in the comment, or in
place of the abstract.
"""

from __future__ import annotations

import re

_UPDATES = {
    "retraction": "retraction", "retracted": "retraction", "retraction-notice": "retraction",
    "retraction-note": "retraction", "full-retraction": "retraction",
    "partial-retraction": "partial-retraction", "retraction-in-part": "partial-retraction",
    "removal": "removal", "removed": "removal", "permanent-removal": "removal", "temporary-removal": "removal",
    "withdrawal": "withdrawal", "withdrawn": "withdrawal", "withdrawal-notice": "withdrawal",
    "expression-of-concern": "concern", "expressionofconcern": "concern", "concern": "concern",
    "editorial-expression-of-concern": "concern", "editors-expression-of-concern": "concern",
    "notice-of-concern": "concern",
    "correction": "correction", "corrections": "correction", "corrected": "correction", "corrigendum": "correction",
    "corrigenda": "correction", "author-correction": "correction", "publisher-correction": "correction",
    "correction-notice": "correction",
    "erratum": "erratum", "errata": "erratum", "publishers-erratum": "erratum", "publisher-erratum": "erratum",
    "addendum": "addendum", "addenda": "addendum", "clarification": "clarification",
    "new-version": "new-version", "new-edition": "new-version", "updated-version": "new-version",
    "reinstatement": "reinstatement", "reinstated": "reinstatement",
}  # fmt: skip

_NOUN = r"(?:paper|article|submission|manuscript|pre-?print|e-?print|work|note|letter|version|document|report)"
_THIS = rf"(?:(?:this|the|our) (?:(?:present|entire|whole|submitted|current) )?)?{_NOUN}"
_ELSEWHERE = r"(?! from (?!(?:the )?(?:arxiv|archive)))"  # what was withdrawn from a conference is still on arXiv
_WITHDRAWN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_THIS} (?:has|have|is|was|had)(?: since| now| hereby| been| being| temporarily)* (?:withdrawn|retracted)\b"
        + _ELSEWHERE,
        rf"(?:{_THIS} )?(?:temporarily )?withdrawn"
        r"(?= (?:by|due|owing|because|for|since|as|pending|until|after|following|in favou?r)\b|$)",
        r"(?:the |all )?(?:(?:first |corresponding )?authors?|submitters?|arxiv(?: admin\w*)?) "
        rf"(?:\w+ ){{0,4}}withdr(?:aws?|awn|ew|awing) (?:this|the|our) {_NOUN}\b{_ELSEWHERE}",
        rf"we (?:\w+ ){{0,4}}withdr(?:aw|awn|ew|awing) (?:this|the|our) {_NOUN}\b{_ELSEWHERE}",
    )
)
_RESTORED = re.compile(r"\b(?:restor\w+|reinstat\w+|by mistake|(?:not|no longer|never) (?:been )?withdrawn)\b")
_CLAUSES = re.compile(r"[.;:,()\[\]]\s*")
_IN_TITLE = re.compile(
    r"\s*(?P<word>RETRACTED|WITHDRAWN|REMOVED|TEMPORARY REMOVAL)(?: (?:ARTICLE|PAPER|CHAPTER))?\s*[:–—-]\s*(?=\S)"
)
_TITLE_WORDS = {"RETRACTED": "retraction", "WITHDRAWN": "withdrawal"}


def kind_of_update(*words: str) -> str:
    """Return the kind that the type or else the label of an update of Crossref names; "other" for an unknown one."""
    spelt = (re.sub(r"[\s_-]+", "-", re.sub(r"[’']", "", word).strip().lower()) for word in words)
    return next((_UPDATES[word] for word in spelt if word in _UPDATES), "other")


def says_withdrawn(comment: str, summary: str) -> str:
    """Return the words by which an entry of arXiv says that it is withdrawn, or nothing.

    A comment can say so anywhere, an abstract only at its beginning; a withdrawal from a conference, of a part, or
    of an earlier version does not count.
    """
    for text, most in ((comment, None), (summary, 1)):
        plain = " ".join(text.lower().split()).replace("arxiv admin note: ", "")
        clauses = [clause.strip() for clause in _CLAUSES.split(plain)][:most]
        if not _RESTORED.search(plain) and any(pattern.match(part) for part in clauses for pattern in _WITHDRAWN):
            return " ".join(text.split())
    return ""


def split_title(title: str) -> tuple[str, str]:
    """Return the kind that a publisher's mark before a title names, or nothing, and the title without the mark."""
    match = _IN_TITLE.match(title)
    if match is None:
        return "", title
    return _TITLE_WORDS.get(match["word"], "removal"), title[match.end() :]
