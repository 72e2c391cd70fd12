"""Decide whether two records describe the same work, from identifiers, titles, abstracts, authors and places."""

from __future__ import annotations

import functools
import operator
import re
import sys
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from litbook.enrich.renewals import compare_titles, cut_title
from litbook.enrich.titles import (
    differ_in_kind,
    differ_in_words,
    drop_added,
    is_distinctive,
    is_generic,
    lacks_subtitle,
    name_notice,
)
from litbook.model.review import Record
from litbook.text.boilerplate import trim_abstract
from litbook.text.citekey import are_misspelt, are_other_people, family_name, normalise_title, significant_words

_IDENTIFIERS = ("arxiv", "doi", "openreview", "acl")
# An identifier of these names one work in all its versions; a DOI or PMID may name a whole supplement or book.
_OF_ONE_WORK = frozenset(("arxiv", "openreview", "acl"))
# Prefixes of DOIs that servers of preprints give; the published version has another one.
_PREPRINT = re.compile(
    r"10\.(?:1101|2139|3123[46]|20944|21203|22541|26434|31219|31222|31223|35542|36227|48550|55458)/|10\.5281/zenodo"
)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)")
_VERSION = re.compile(r"(?<=\d)v\d+$|/v\d+$")
_PRELIMINARY = re.compile(r"arxiv|rxiv|preprint|ssrn|working paper", re.IGNORECASE)
_VENUE_WORD = re.compile(r"\b(?!the\b|and\b|int|conf|proc|journal|jour\b)\w{3,}")
_VOWEL = re.compile("[aeiou]")
_FEWEST_WORDS = 6  # shorter abstracts are placeholders
# Shares of common three-word sequences, in all of both abstracts and in the shorter one: copies are edited or cut.
_ALIKE, _CONTAINED = 0.3, 0.6
_SAME_TEXT, _SAME_PIECE = 0.5, 0.8
_LIKE_TITLE, _NEARLY_TITLE = 0.5, 0.75
_ALL_BUT_FUNCTION_WORDS = 0.99
_MARKS = 512  # bits, for about sixty pieces of a title
_FEWEST_CONSONANTS = 3
_MOST_PEOPLE = 0.5
_YEARS_APART = 1  # online first, and in print a year later
_LONGEST_DELAY = 3  # years from a preprint to its publication; guidelines and updates keep their title for longer


class Abstracts(Enum):
    """How two abstracts compare."""

    UNKNOWN = "unknown"
    DIFFERENT = "different"
    ALIKE = "alike"
    SAME = "same"


class Verdict(NamedTuple):
    """Whether two records are the same work: True, False, or None without sufficient evidence; `weight` ranks True."""

    same: bool | None
    weight: int = 0


OPEN, APART = Verdict(None), Verdict(False)


@dataclass(frozen=True)
class Clues:
    """What a record says about which work it describes."""

    record: Record
    identifiers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "identifiers", read_identifiers(self.record))

    @cached_property
    def title(self) -> str:
        return normalise_title(drop_added(self.record.title))

    @cached_property
    def is_generic(self) -> bool:
        return is_generic(self.record.title)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the words of the abstract without publishers' lines, or nothing for a placeholder."""
        found = re.findall(r"\w+", trim_abstract(self.record.abstract).casefold())
        return tuple(map(sys.intern, found)) if len(found) >= _FEWEST_WORDS else ()

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Return the hashes of the abstract's three-word sequences; they are compared only within one run."""
        return frozenset(map(hash, zip(self.words, self.words[1:], self.words[2:], strict=False)))

    @cached_property
    def first_author(self) -> str:
        names = self.record.reference.names.get("author", ())
        first = names[0].surname if names else next(iter(self.record.authors), "")
        return family_name(first)

    @cached_property
    def people(self) -> frozenset[str]:
        """Return the family names of all authors by their consonants: exports lose or spell out letters with marks."""
        names = self.record.reference.names.get("author", ())
        shown = [name.surname for name in names] if names else self.record.authors
        return frozenset(_keep_consonants(name) for name in map(family_name, shown) if name)

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        """Return the words of the title without function words, if they show which work it names."""
        bare = drop_added(self.record.title)
        return tuple(significant_words(bare)) if is_distinctive(bare) else ()

    @cached_property
    def title_marks(self) -> tuple[int, int]:
        """Return the number of the title's pieces, and as bits a mark of each."""
        pieces = cut_title(self.title)
        return len(pieces), functools.reduce(operator.or_, (1 << hash(piece) % _MARKS for piece in pieces))

    @property
    def venue(self) -> str:
        return self.record.venue or self.record.reference.fields.get("container-title", "")

    @cached_property
    def page(self) -> str:
        found = re.match(r"\s*(\w+)", self.record.reference.fields.get("page", ""))
        return found[1].casefold().lstrip("0") if found else ""

    @cached_property
    def volume(self) -> str:
        found = re.search(r"\d+", self.record.reference.fields.get("volume", ""))
        return found[0] if found else ""

    @cached_property
    def year(self) -> int | None:
        dated = self.record.published or ""
        return self.record.year or (int(dated[:4]) if dated[:4].isdigit() else None)

    @property
    def is_preliminary(self) -> bool:
        """Return whether the record is of a preprint, or does not say where the work was published."""
        preprint = "preprint" in self.identifiers or ("arxiv" in self.identifiers and "doi" not in self.identifiers)
        return preprint or not self.venue or bool(_PRELIMINARY.search(self.venue))

    def content(self) -> tuple[object, ...]:
        """Return all that a comparison uses: records with equal content need not be compared."""
        return self.title, self.record.abstract, self.record.authors, self.year, self.volume, self.page, str(
            sorted(self.identifiers.items())
        )  # fmt: skip


def _keep_consonants(name: str) -> str:
    kept = _VOWEL.sub("", name)
    return kept if len(kept) >= _FEWEST_CONSONANTS else name


def read_identifiers(record: Record) -> dict[str, str]:
    """Return the identifiers of a record by kind; a preprint's DOI is a kind of its own, and versions do not count."""
    found = {name: record.links[name].casefold() for name in _IDENTIFIERS if record.links.get(name)}
    if pmid := record.reference.fields.get("PMID", "").strip():
        found["pmid"] = pmid
    if "arxiv" in found:
        found["arxiv"] = _VERSION.sub("", found["arxiv"])
    if doi := found.get("doi", ""):
        if arxiv := _ARXIV_DOI.fullmatch(doi):
            del found["doi"]
            found.setdefault("arxiv", _VERSION.sub("", arxiv[1]))
        elif _PREPRINT.match(doi):
            found["preprint"] = _VERSION.sub("", found.pop("doi"))
    return found


def may_be_same(one: Clues, other: Clues) -> bool:
    """Return False if two records cannot be the same work, at a hundredth of what comparing them costs.

    Without a common identifier, titles must have half of their pieces in common. A mark that only one of them has is
    of a piece that only one of them has, so that marks give the most that they can have in common.
    """
    if any(other.identifiers.get(kind) == value for kind, value in one.identifiers.items()):
        return True
    if one.title == other.title or not one.title or not other.title or one.title_words == other.title_words:
        return True
    (size, marks), (_, its) = one.title_marks, other.title_marks
    most = (size - (marks & ~its).bit_count()) / (size + (its & ~marks).bit_count())
    return most >= _LIKE_TITLE or one.title.startswith(other.title) or other.title.startswith(one.title)


def compare_records(one: Clues, other: Clues) -> Verdict:
    """Return whether two records are the same work.

    Contradictions are considered first: a notice about a work is not the work, and two identifiers of one kind need
    abstracts that agree. A shared identifier is not enough if titles and also abstracts or authors differ, as in the
    supplements of congresses and in chapters under the DOI of their book.
    """
    if name_notice(one.record.title) != name_notice(other.record.title) and one.title and other.title:
        return APART
    abstracts = _compare_abstracts(one, other)
    alike = _compare_titles(one, other)
    if not _is_denied_by_identifiers(one, other, abstracts, alike):
        shared = [kind for kind, value in one.identifiers.items() if other.identifiers.get(kind) == value]
        return _judge_sharing(one, other, shared, abstracts, alike) if shared else _judge(one, other, abstracts, alike)
    return APART


def _compare_titles(one: Clues, other: Clues) -> float | None:
    """Return the likeness of two titles in 0 … 1, or None if one is missing or is shared by many works."""
    if not one.title or not other.title or one.is_generic or other.is_generic:
        return None
    if one.title == other.title:
        return 1.0
    if one.title_words and one.title_words == other.title_words:
        return _ALL_BUT_FUNCTION_WORDS
    likeness = compare_titles(one.title, other.title)
    shorter, longer = sorted((one.title, other.title), key=len)
    cut = longer.startswith(shorter) and is_distinctive(min(one.record.title, other.record.title, key=len))
    return max(likeness, _LIKE_TITLE) if cut else min(likeness, 0.99)


def _compare_abstracts(one: Clues, other: Clues) -> Abstracts:
    if not one.words or not other.words:
        return Abstracts.UNKNOWN
    if one.words == other.words:
        return Abstracts.SAME
    common = len(one.shingles & other.shingles)
    of_all = common / max(1, len(one.shingles | other.shingles))
    of_shorter = common / max(1, min(len(one.shingles), len(other.shingles)))
    if of_all >= _SAME_TEXT or of_shorter >= _SAME_PIECE:
        return Abstracts.SAME
    return Abstracts.ALIKE if of_all >= _ALIKE or of_shorter >= _CONTAINED else Abstracts.DIFFERENT


def _is_denied_by_identifiers(one: Clues, other: Clues, abstracts: Abstracts, alike: float | None) -> bool:
    differing = [
        kind
        for kind, value in one.identifiers.items()
        if kind in other.identifiers and _differ(value, other.identifiers[kind])
    ]
    agrees = abstracts is Abstracts.SAME or (abstracts is Abstracts.ALIKE and alike == 1)
    return bool(differing) and not agrees


def _differ(one: str, other: str) -> bool:
    # An identifier that was cut off, or that more text was glued to, contradicts nothing.
    return not one.startswith(other) and not other.startswith(one)


def _judge_sharing(one: Clues, other: Clues, shared: list[str], abstracts: Abstracts, alike: float | None) -> Verdict:
    people = are_other_people(one.record.authors, other.record.authors)
    retitled = alike is not None and alike < _LIKE_TITLE
    differ = abstracts is Abstracts.DIFFERENT
    if _OF_ONE_WORK.isdisjoint(shared):
        contradicted = (retitled and (people or differ)) or (
            alike is None and (people or differ) and _is_titled(one, other)
        )
    else:
        contradicted = retitled and people and differ
    return APART if contradicted else Verdict(True, 40 + _weigh(one, other, abstracts, alike))


def _is_titled(one: Clues, other: Clues) -> bool:
    return bool(one.title and other.title)


def _judge(one: Clues, other: Clues, abstracts: Abstracts, alike: float | None) -> Verdict:
    """Judge two records without a common identifier."""
    people = are_other_people(one.record.authors, other.record.authors)
    if alike is None:
        return _judge_generic(one, other, abstracts) if one.title == other.title and not people else OPEN
    if alike < _LIKE_TITLE:
        return APART if people or abstracts is Abstracts.DIFFERENT else OPEN
    # Names are damaged in so many ways that they do not outweigh a title and an abstract.
    agrees = alike == 1 and (
        abstracts in (Abstracts.ALIKE, Abstracts.SAME)
        or (people and are_misspelt(one.record.authors, other.record.authors))
    )
    if (people and not agrees) or _are_elsewhere(one, other):
        return APART
    confirmed = _judge_equal(one, other, abstracts) if alike == 1 else _is_respelt(one, other, abstracts, alike)
    return Verdict(confirmed, _weigh(one, other, abstracts, alike) if confirmed else 0)


def _judge_equal(one: Clues, other: Clues, abstracts: Abstracts) -> bool | None:
    """Return whether records with equal titles are the same work, or None if that is open."""
    # A column keeps its title, too, with few of the same authors.
    column = abstracts is Abstracts.UNKNOWN and 0 < _share_people(one, other) < _MOST_PEOPLE
    if column or abstracts is Abstracts.DIFFERENT:
        return False
    return True if _is_confirmed(one, other, abstracts) else None


def _is_respelt(one: Clues, other: Clues, abstracts: Abstracts, alike: float) -> bool | None:
    """Return True for similar titles of one work, or None: another title never proves another work."""
    if _share_people(one, other) < _MOST_PEOPLE:
        return None
    titles = drop_added(one.record.title), drop_added(other.record.title)
    if differ_in_kind(*titles) and not (alike >= _NEARLY_TITLE and _is_one_place(one, other)):
        return None
    near = alike >= _NEARLY_TITLE and abstracts is Abstracts.UNKNOWN and _agree_otherwise(one, other)
    near = near and not differ_in_words(*titles)
    near = near or (lacks_subtitle(*titles) and one.people == other.people and _are_published_together(one, other))
    return True if near or (abstracts is Abstracts.SAME and _near_in_time(one, other)) else None


def _judge_generic(one: Clues, other: Clues, abstracts: Abstracts) -> Verdict:
    """Judge two records whose title many works share: only their texts or places can confirm it."""
    if abstracts is Abstracts.DIFFERENT or (one.page and other.page and one.page != other.page):
        return APART
    confirmed = abstracts is Abstracts.SAME or (_share_place(one, other) and _share_first_author(one, other))
    return Verdict(True, _weigh(one, other, abstracts, None)) if confirmed and one.title else OPEN


def _is_confirmed(one: Clues, other: Clues, abstracts: Abstracts) -> bool:
    """Return whether equal titles suffice: they are long, or the abstracts or the first author and year agree."""
    if abstracts in (Abstracts.ALIKE, Abstracts.SAME):
        return True
    if one.year == other.year or not one.year or not other.year:
        return is_distinctive(one.record.title) or _share_people(one, other) >= _MOST_PEOPLE
    if one.is_preliminary or other.is_preliminary:
        named = is_distinctive(one.record.title) or _share_people(one, other) >= _MOST_PEOPLE
        return named and _near_in_time(one, other, _LONGEST_DELAY)
    return _near_in_time(one, other) and is_distinctive(one.record.title) and _may_be_one_venue(one, other)


def _are_elsewhere(one: Clues, other: Clues) -> bool:
    """Return whether two records give different volumes and pages, as two publications of one text do."""
    if not (one.volume and other.volume and one.volume != other.volume):
        return False
    return one.page != other.page if one.page and other.page else _are_two_venues(one, other)


def _is_one_place(one: Clues, other: Clues) -> bool:
    """Return whether both begin on one page of a volume, by the same authors; abstracts share pages with letters."""
    return bool(one.volume) and one.page.isdecimal() and _share_place(one, other) and one.people == other.people


def _share_place(one: Clues, other: Clues) -> bool:
    if not one.page or one.page != other.page:
        return False
    return one.volume == other.volume if one.volume and other.volume else one.year == other.year


def _agree_otherwise(one: Clues, other: Clues) -> bool:
    """Return whether similar titles are of one work: in one place, or by all the same authors in one year."""
    if _share_place(one, other):
        return True
    placed = one.page and other.page and one.page != other.page
    return bool(not placed and one.people and one.people == other.people and one.year and one.year == other.year)


def _are_published_together(one: Clues, other: Clues) -> bool:
    """Return whether two records may be of one year's volume of a venue, and say nothing against it."""
    dated = one.year is not None and one.year == other.year
    placed = one.page and other.page and one.page != other.page
    return dated and not placed and _may_be_one_venue(one, other)


def _share_people(one: Clues, other: Clues) -> float:
    """Return the share of common family names in the shorter list of authors: exports cut long lists."""
    return len(one.people & other.people) / max(1, min(len(one.people), len(other.people)))


def _may_be_one_venue(one: Clues, other: Clues) -> bool:
    """Return whether most words in the shorter name of a venue begin like words of the other."""
    first, second = ({word[:3] for word in _VENUE_WORD.findall(item.venue.casefold())} for item in (one, other))
    return not first or not second or 2 * len(first & second) > min(len(first), len(second))


def _are_two_venues(one: Clues, other: Clues) -> bool:
    """Return whether each name of a venue has a word that the other lacks, by the first letters of each."""
    first, second = ({word[:3] for word in _VENUE_WORD.findall(item.venue.casefold())} for item in (one, other))
    return bool(first - second and second - first)


def _share_first_author(one: Clues, other: Clues) -> bool:
    return bool(one.first_author) and one.first_author == other.first_author


def _near_in_time(one: Clues, other: Clues, most: int = _YEARS_APART) -> bool:
    return one.year is None or other.year is None or abs(one.year - other.year) <= most


def _weigh(one: Clues, other: Clues, abstracts: Abstracts, alike: float | None) -> int:
    """Return how much evidence agrees; the strongest pairs are joined first."""
    by_abstract = {Abstracts.SAME: 8, Abstracts.ALIKE: 4}.get(abstracts, 0)
    by_people = 4 if one.record.authors == other.record.authors and one.record.authors else 0
    return (
        round(10 * (alike or 0))
        + by_abstract
        + by_people
        + 2 * _share_first_author(one, other)
        + 2 * _share_place(one, other)
        + (one.year == other.year)
    )
