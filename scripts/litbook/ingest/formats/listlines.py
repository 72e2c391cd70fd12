"""Lines of lists that say author, year and title in a fixed order: references, and titles with authors behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.people import read_name, read_only_names
from litbook.model.reference import PersonName

MORE_AUTHORS = re.compile(r"[\s,;&]*(?:\bet\.?\s?al\b\.?|\band others\b).*$", re.IGNORECASE)
# "Moll et al. (2031)", "Moll and Kraut (2031)": a heading that cites.
AUTHOR_YEAR = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:(?:,| and| &| y| et) [A-ZÀ-Þ][^\W\d_]+)*(?: et al\.?)? \((?:19|20)\d\d")
# "SpatialOwl, SpatialOwl: Seeing in Space" says the short name of what it introduces twice.
TWICE = re.compile(r"(\S[^,:]{1,40}), (?=\1:)")
_REFERENCE = re.compile(
    r"\s*(?P<authors>[^\W\d_][^()\d]{3,600}?[.,]?)\s*\((?P<year>(?:19|20)\d\d[a-z]?)(?:,[^()]{1,30})?\)[.:,]?\s+"
    r"(?P<title>[^\W\d_].{8,300}?[.?!])(?:\s+(?P<venue>[A-Z][^,.\d]{2,150}))?"
)
_TITLE_FIRST = re.compile(
    r"\s*(?P<title>[^\W_].{7,300}?)\s*\((?P<year>(?:19|20)\d\d)\)[.,:]{0,2}\s+(?P<authors>[^\[\]()|]{3,300}?)[\s,:;]*"
    r"(?:[\[(|].*)?"
)
_SURNAME = r"[A-Z][\w'’-]+"
_NAMES = re.compile(
    rf"{_SURNAME}(?:(?:,|,? and|,? &) {_SURNAME})*(?:,? et al\.?)?[.,]?|.*\b[A-Z]\.(?:\W|$).*", re.DOTALL
)

_ONE = rf"(?:[A-Z]\.[ -]?)+(?:\w+ )?{_SURNAME}"
_INITIALS = re.compile(rf"{_ONE}(?:(?:,|,? and|,? &) {_ONE})*")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what a line says of a paper; `shown` are the words for the authors if they say more than the names."""

    title: str
    names: tuple[PersonName, ...]
    year: str
    shown: str = ""
    venue: str = ""


def read_reference(line: str) -> Line | None:
    """Return what a reference in the style of the APA says: "Doe, A., & Roe, B. (2031). Title. Journal, 3, 1-9."."""
    found = _REFERENCE.match(line)
    if not found or not _are_names(found["authors"]):
        return None
    parts, _ = split_list(found["authors"])
    names = tuple(name for part in parts if (name := read_name(part)))
    venue = re.sub(r"^In\s+", "", found["venue"] or "").strip(" .,*")
    return Line(found["title"].strip(" ."), names, found["year"][:4], venue=venue)


def read_title_first(line: str) -> Line | None:
    """Return what a line says as "Title (2031), A. Doe and B. Roe [pdf]", or None for any other form."""
    found = _TITLE_FIRST.fullmatch(line)
    if not found:
        return None
    said = found["authors"].strip(" ,")
    bare = MORE_AUTHORS.sub("", said)
    # "Fast R-CNN (2015), R. Girshick": initials behind the year leave no doubt which of the two are names.
    if _are_names(found["title"]) and not _INITIALS.fullmatch(bare):
        return None
    names = tuple(read_only_names(bare.strip(" ."))) if _are_names(bare) else ()
    return Line(found["title"], names, found["year"], said if bare != said else "") if names else None


def _are_names(text: str) -> bool:
    return bool(_NAMES.fullmatch(text.strip()) or read_only_names(MORE_AUTHORS.sub("", text).strip(" .,")))
