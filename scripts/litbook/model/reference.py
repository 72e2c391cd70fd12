"""What a source says of a work as a reference: its type, names, dates and fields, in the vocabulary of CSL 1.0.2.

Every reader makes one `Reference`, `enrich` joins those of one work, and every export is made from the joined value.
Types and fields bear the names of https://docs.citationstyles.org/en/stable/specification.html (appendices III, IV);
title and abstract are a record's own attributes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

# Han, kana and Hangul: such a name is written family first, and without a space.
_EASTERN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
                      r"\uf900-\ufaff\U00020000-\U0003ffff]+")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonName:
    """Hold the parts of one name; an organisation, or a name that has no parts, is `literal` and nothing else.

    `particle` goes with the family name ("van den"); `dropping` is left out when the family name is used alone
    ("de" in "Jean de La Fontaine"). `guessed` marks parts that were cut from a name as it is shown.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    dropping: str = ""
    suffix: str = ""
    literal: str = ""
    guessed: bool = False

    @property
    def display(self) -> str:
        """Return the name in the order in which it is read."""
        if self.literal:
            return self.literal
        if _EASTERN.fullmatch(self.family) and _EASTERN.fullmatch(self.given):
            return f"{self.family}{self.given}"
        return _join(self.given, self.dropping, self.particle, self.family, self.suffix)

    @property
    def surname(self) -> str:
        """Return the family name with its particle, or the whole of a literal name."""
        return self.literal or _join(self.particle, self.family) or self.given

    @property
    def core(self) -> str:
        """Return the family name without particles: the word that citekeys, labels and sorting use."""
        words = (self.literal or self.family or self.given).split(" ")
        while not self.literal and len(words) > 1 and words[0][:1].islower():
            words = words[1:]
        return " ".join(words)


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


DateParts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Hold a date as far as it is known: year, year and month, or a day; `end` is given for a range.

    `season` is 1 for spring … 4 for winter, 0 for none. `literal` holds other text ("in press").
    """

    start: DateParts = ()
    end: DateParts = ()
    season: int = 0
    circa: bool = False
    literal: str = ""

    @property
    def year(self) -> int | None:
        return self.start[0] if self.start else None


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold a reference; what the source does not say is absent, and an empty `type` means that it names none.

    `native` is the type in the words of the source, with its format ("bibtex:phdthesis"), `keys` are the keys under
    which its owner cites it. `names` maps roles ("author", "editor"), `dates` and `fields` map variables of CSL;
    `others` holds what CSL has no word for, under the source's own name. `personal` names the fields in which the
    owner of a library keeps notes.
    """

    type: str = ""
    native: str = ""
    keys: tuple[str, ...] = ()
    names: Mapping[str, tuple[PersonName, ...]] = field(default_factory=dict)
    dates: Mapping[str, PartialDate] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()

    @property
    def is_cut_short(self) -> bool:
        """Return whether the source names only the first authors."""
        return "author" in self.others.get(AND_OTHERS, "").split(",")

    @property
    def form(self) -> str:
        """Return the format of the source: "bibtex", "ris" …"""
        return self.native.partition(":")[0]


NO_REFERENCE = Reference()
AND_OTHERS = "and others"  # in `others`: the roles whose list of names BibTeX cuts short, with commas between them

# Where reference managers keep what their owner writes or marks for no one else: JabRef's comments, marks and groups,
# Mendeley's and BibDesk's notes, EndNote's fields for users, BibTeX's `annote`, which standard styles do not print.
_PERSONAL_FIELDS = frozenset(("annote",))
_PERSONAL_OTHERS = re.compile(
    r"comments?(?:-.*)?|annotations?|annote|reviews?|owner|username|timestamp|creationdate|modificationdate|groups"
    r"|ranking|rating|priority|readstatus|read|relevance|printed|qualityassured|bdsk-.*|mendeley-.*|(?:my|private|personal)"
    r"[ _-]?notes?|notes|U[1-5]|RN",
    re.IGNORECASE,
)


def without_notes(known: Reference) -> Reference:
    """Return a reference without what its owner noted: annotations, comments, marks, and notes of RIS and EndNote."""
    hidden = known.personal | _PERSONAL_FIELDS
    fields = {name: value for name, value in known.fields.items() if name not in hidden}
    others = {name: value for name, value in known.others.items() if not _PERSONAL_OTHERS.fullmatch(name)}
    if len(fields) == len(known.fields) and len(others) == len(known.others):
        return known
    return replace(known, fields=fields, others=others, personal=frozenset())
