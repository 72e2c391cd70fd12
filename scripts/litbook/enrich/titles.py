"""What a title says about which work it names: titles that many works share, and notices about another work."""

from __future__ import annotations

import re
from functools import lru_cache

from litbook.text.citekey import normalise_title, significant_words

# Titles that say nothing about which work they name, normalised.
_GENERIC = frozenset(
    "abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments addendum addenda announcement "
    "announcements appendix authorindex authorreply authorresponse authorsreply authorsresponse avantpropos "
    "backmatter berichtigung bibliography bookreview bookreviews boardofeditors comment commentary comments conclusion "
    "conclusions contents contributors correction corrections correspondence corrigenda corrigendum cover discussion "
    "editorial editorialboard editorials editornote editorsnote editorsnotes einleitung errata erratum "
    "fromtheeditor fromtheeditors foreword frontmatter glossary guesteditorial guesteditorsintroduction highlights "
    "index inhalt inhaltsverzeichnis inmemoriam inreply inthisissue introduction introduccion invitedtalk "
    "issueinformation keynote keynoteaddress keynotetalk letter letters lettertoeditor lettertotheeditor "
    "letterstotheeditor masthead news notitle notitleavailable obituary openingremarks panel paneldiscussion plenary "
    "posterabstracts posters preface prefacio proceedings programme program publisherinformation questionsandanswers "
    "references reply replybyauthors replybytheauthors replytotheeditor researchhighlights response responses "
    "responsebyauthors retraction rezension review reviews subjectindex summary tableofcontents theauthorreplies "
    "theauthorsreply theauthorsrespond theauthorsreplies titlepage untitled vorwort welcome workshopsummary".split()
)
_COUNTED = re.compile(r"(?:abstract|paper|poster|session|chapter|part|section|no|nr|p|s|o)?\s*[-.:#]?\s*[\divxlc]{1,6}")
_CORRECTION = re.compile(
    r"[\[(]?(?:(?:author|publisher)(?:['’]?s)? correction|correction(?: to)?(?=\s*[:—–\]-])|correction to\b"
    r"|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|berichtigung|fe de erratas|expression of concern)\b"
    r"|.*[\[(](?:erratum|corrigendum|correction)[\])]\.?$",
    re.IGNORECASE,
)
_RETRACTION = re.compile(
    r"[\[(]?retraction(?: note| notice)?(?: to| of)?\s*[:—–\]-]|retraction (?:note|notice)\b", re.IGNORECASE
)
_REPLY = re.compile(
    r"(?:(?:the )?authors?['’]?s? (?:reply|response)|in reply|reply|response|a response|comments?|a comment|commentary"
    r"|rebuttal|rejoinder|re)(?::| (?:on|to|by|from|re)\b)|(?:comment|reply|review) on \S+$|re:",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_FEWEST_LETTERS = 24
# What distinguishes the parts of a series, and studies of two groups by the same authors.
_NUMBER = re.compile(r"\d+|\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b|\b(?:one|two|three|four|five|first|second|third|fourth)\b")
_OPPOSITES = (
    ("vitro", "vivo", "silico"), ("men", "women"), ("male", "female", "males", "females"), ("boys", "girls"),
    ("children", "adults", "adolescents"), ("mice", "rats", "humans"), ("protocol",), ("short", "long"),
    ("low", "high"), ("increases", "decreases"), ("rural", "urban"), ("left", "right"), ("upper", "lower"),
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def is_generic(title: str) -> bool:
    """Return whether a title, such as "Editorial", "Index" or "Comment on …", does not show which work it names."""
    return normalise_title(title) in _GENERIC or bool(_COUNTED.fullmatch(title.casefold())) or bool(name_notice(title))


@lru_cache(maxsize=1 << 16)
def name_notice(title: str) -> str:
    """Return "correction", "retraction" or "reply" for a notice about another work, or an empty string."""
    plain = title.strip()
    if _CORRECTION.match(plain):
        return "correction"
    if _RETRACTION.match(plain):
        return "retraction"
    return "reply" if _REPLY.match(plain) else ""


@lru_cache(maxsize=1 << 16)
def is_distinctive(title: str) -> bool:
    """Return whether a title is so long that two works of the same authors hardly share it."""
    return len(significant_words(title)) >= _FEWEST_WORDS or len(normalise_title(title)) >= _FEWEST_LETTERS


def differ_in_kind(one: str, other: str) -> bool:
    """Return whether two similar titles differ in a number, or in a word that names another group, as parts do."""
    first, second = one.casefold(), other.casefold()
    if sorted(_NUMBER.findall(first)) != sorted(_NUMBER.findall(second)):
        return True
    words, others = set(re.findall(r"\w+", first)), set(re.findall(r"\w+", second))
    return any(words.intersection(group) != others.intersection(group) for group in _OPPOSITES)
