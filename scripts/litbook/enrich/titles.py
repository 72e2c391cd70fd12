"""What a title says about which work it names: titles that many works share, and notices about another work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
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
# What indexes add to a title, and publishers once a work is retracted: "[Review] [45 refs]", "[Erratum appears in …".
_ADDED = re.compile(
    r"\.?\s*(?:"
    r"\[(?:erratum|corrected|comment|retraction|original report|update|summary|republished|reprint)"
    r"[^\[\]]{0,30}? in\b.*"
    r"|\[(?:review|see comments?|\d+ refs?\.?|internet|electronic resource|(?:article )?in [a-z]+"
    r"|retracted(?: article)?)\]"
    r"|\((?:(?:provisional|structured|extended|student|panel|poster)? ?abstract|project record|review|experience paper"
    r"|short paper|invited (?:talk|paper)|panel(?: session)?|tutorial|retracted(?: article)?)\)"
    r")\s*$",
    re.IGNORECASE | re.DOTALL,
)
_WARNED = re.compile(r"^\s*(?:retracted|withdrawn)(?: article| paper)?\s*[:–—]\s*", re.IGNORECASE)
_MOST_ADDED = 4
_SPELT_ALIKE = 0.7  # share of letters in common, of words that one title has in place of those of the other
_LONG = 5  # words
_OF_ITS_OWN = re.compile(
    r"\b(?:reply|response|comment\w*|errat\w+|correct\w+|protocol|part|update\w*|follow)\b", re.IGNORECASE
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
def drop_added(title: str) -> str:
    """Return a title without what indexes and publishers add to it, or the whole where nothing else would be left."""
    bare = _WARNED.sub("", title)
    for _ in range(_MOST_ADDED):
        shorter = _ADDED.sub("", bare)
        if shorter == bare:
            break
        bare = shorter
    return bare if normalise_title(bare) else title


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


def differ_in_words(one: str, other: str) -> bool:
    """Return whether two similar titles have other words, and not only other spellings of the same ones.

    A title that was cut off lacks the last words of the other, and a long one may lack one word within; function
    words do not count.
    """
    first, second = significant_words(drop_added(one)), significant_words(drop_added(other))
    added = 0
    for kind, start, end, begin, finish in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        own, its = first[start:end], second[begin:finish]
        is_cut = end == len(first) and finish == len(second) and start + begin > 0
        if kind in ("delete", "insert") and not is_cut:
            added += max(end - start, finish - begin)
        if kind == "replace" and not (is_cut and _begins(own, its)) and not _are_spelt_alike(own, its):
            return True
    return added > (min(len(first), len(second)) >= _LONG)


def lacks_subtitle(one: str, other: str) -> bool:
    """Return whether one title is the other without its subtitle, which does not name a work of its own kind."""
    shorter, longer = sorted((drop_added(one), drop_added(other)), key=len)
    main, _, rest = longer.partition(":")
    if not rest or not is_distinctive(shorter) or normalise_title(main) != normalise_title(shorter):
        return False
    return not _OF_ITS_OWN.search(rest)


def _are_spelt_alike(some: Sequence[str], others: Sequence[str]) -> bool:
    return SequenceMatcher(None, "".join(some), "".join(others), autojunk=False).ratio() >= _SPELT_ALIKE


def _begins(some: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether one run of words is the beginning of the other: a title was cut off within a word."""
    shorter, longer = sorted(("".join(some), "".join(others)), key=len)
    return longer.startswith(shorter)
