"""Parts of people's names: guessed once where a source gives a name only as it is shown.

The order of a shown name is given names, particles, family name, suffix, as BibTeX reads it, except where
`family_first` recognises another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from litbook.model.reference import PersonName
from litbook.model.review import Paper
from litbook.text.escape import clean
from litbook.text.family_first import cut_family_first

SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|vi{1,3}|2nd|3rd|4th)\.?", re.IGNORECASE)
_SEPARATORS = re.compile(r"(?<!\\)\\*+[,~\s]+")
_GLUED_INITIAL = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÖØ-Þ]\.(?=[A-ZÀ-ÖØ-Þ][^\W\d_.])")  # "J.Doe"
# Words that only names of organisations contain, and words that are never in lower case in the name of a person.
_ORGANISATION = re.compile(
    r"(?<!\S)(?:universit\w{1,4}|universidade?|organi[sz]a[tcçz]\w{2,4}|organizzazione|associa[tçz]\w{2,4}|associazione"
    r"|asociaci[oó]n|societ(?:y|ies|à)|soci[eé]t[eé]|socieda(?:d|de)|gesellschaft|consortium|consortia|verband"
    r"|collaborations?|collaborators|committees?|comi(?:té|tê|tato)|commissions?|comisi[oó]n|comiss[aã]o|councils?|consejo|conselho"
    r"|conseil|ministry|minist[eèé]r(?:io|e|o|ium)|bundesministerium|bundesamt|secretariat|secretar[ií]a|departments?"
    r"|departamento|d[eé]partement|agency|agencia|agência|agence|agentur|foundation|fundaci[oó]n|funda[cç][aã]o|fondation"
    r"|fondazione|stiftung|institut(?:e|es|o|ion|ions)?|laborator(?:y|ies)|laboratoire|laborat[oó]rio|centers?|centres?"
    r"|zentrum|initiative|federation|academy|academia|acad[eé]mie|akademie|administration|authorit(?:y|ies)"
    r"|investigators|(?:team|group|network|project|force|board|alliance|coalition|parliament|senate|museum|hospital"
    r"|inc\.?|ltd\.?|llc|gmbh|corporation|bureau|unit)(?=$|[,;]|\s\())(?![^\s,;])",
    re.IGNORECASE,
)
_LOWER_CASE_WORD = re.compile(r"\s(?:of|for|and|und|et|&|on|the)\s")
# Words for a generation that go with the family name in Portuguese: "A. Nada Filho" is "Nada Filho, A.".
_GENERATIONS = frozenset(("Filho", "Júnior", "Junior", "Sobrinho"))
# Particles that some families write with a capital; "Van" alone is a given name in Vietnam.
_CAPITAL = re.compile(r"(?:(?:Van|Von|De) )?(?:De|Del|Della|Den|Der|Dos|La|Las|Le|Los)")
_PARTICLES = frozenset(
    "van von de der den del della di da dos das do du des la le ter ten te zu zur zum af av al el bin ibn".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a name as lists need it; `family` includes particles ("van den Oord"), `last` does not."""

    family: str
    given: str
    last: str


@lru_cache(maxsize=65536)
def guess_name(shown: str) -> PersonName:
    """Return the parts of a name as it is shown, marked as guessed; a single word and an organisation are literal.

    To BibTeX a tie and a space after a backslash are spaces as well; a comma here does not turn a name around.
    """
    words = _GLUED_INITIAL.sub(r"\g<0> ", _SEPARATORS.sub(" ", shown)).split()
    plain = " ".join(words)
    if parts := cut_family_first(plain):
        return PersonName(*parts, guessed=True)
    if len(words) < 2 or looks_like_organisation(plain):
        return PersonName(literal=plain, guessed=True)
    suffix = words.pop() if len(words) > 2 and SUFFIX.fullmatch(words[-1]) else ""
    length = _count_family(words)
    words = [*words[:-length], " ".join(words[-length:])]
    # The particle begins with the first word in lower case behind a given name, and ends with the last such word.
    lower = [at for at, word in enumerate(words[:-1]) if word[0].islower() and (at or word in _PARTICLES)]
    start, end = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    return PersonName(
        family=" ".join(words[end:]),
        given=" ".join(words[:start]),
        particle=" ".join(words[start:end]),
        suffix=suffix,
        guessed=True,
    )


def _count_family(words: list[str]) -> int:
    """Return how many words at the end of a shown name are the family name, without particles in lower case."""
    for length in (2, 1):
        if len(words) > length + 1 and _CAPITAL.fullmatch(" ".join(words[-1 - length : -1])):
            return length + 1
    if len(words) > 3 and words[-2] == "y":
        return 3  # "Ana Prado y Nada": two family names
    return 2 if len(words) > 2 and words[-1] in _GENERATIONS and words[-2][0].isupper() else 1


def tidy_suffix(name: PersonName) -> PersonName:
    """Return a name whose suffix is where it belongs, wherever its source put it among the parts."""
    family, given = name.family, name.given
    if not name.suffix:
        if _is_suffix(given):
            return replace(guess_name(family), suffix=given) if " " in family else replace(name, given="", suffix=given)
        whole, suffix = _cut_suffix(family)
        first, behind = _cut_suffix(given)
        return replace(name, family=whole, given=first, suffix=suffix or behind)
    if SUFFIX.fullmatch(given) and not SUFFIX.fullmatch(name.suffix):
        return replace(name, given=name.suffix, suffix=given)
    return name


def _cut_suffix(part: str) -> tuple[str, str]:
    """Return a part of a name without the suffix at its end, and the suffix."""
    rest, _, last = re.sub(r"\s*,\s*", " ", part).rpartition(" ")
    return (rest, last) if rest and _is_suffix(last) else (part, "")


def _is_suffix(word: str) -> bool:
    """Return whether a word is a suffix; a number in Roman letters has capitals, and "Vi" is a name."""
    return bool(SUFFIX.fullmatch(word)) and (word.isupper() or word[:1].isdigit() or word[-2:].strip(".").endswith("r"))


def looks_like_organisation(name: str) -> bool:
    """Return whether a name of several words has one that people's names do not have."""
    return bool(_ORGANISATION.search(name) or _LOWER_CASE_WORD.search(name))


def invert_name(text: str) -> PersonName | None:
    """Return the parts of "Family, Given", "Family, Given, Jr." or "Family, Jr., Given", or nothing without a comma."""
    parts = [part for part in (part.strip() for part in text.split(",")) if part]
    if len(parts) < 2 or "," not in text.strip().rstrip(","):
        return None
    if len(parts) > 2 and SUFFIX.fullmatch(parts[1]):
        parts = [parts[0], *parts[2:], parts[1]]
    if len(parts) == 2 and SUFFIX.fullmatch(parts[1]):
        return None
    given, _, last = parts[1].rpartition(" ")
    if len(parts) == 2 and given and SUFFIX.fullmatch(last):
        parts = [parts[0], given, last]
    words = parts[0].split()
    end = next((at for at, word in enumerate(words[:-1]) if word not in _PARTICLES), len(words) - 1)
    particle, family = " ".join(words[:end]), " ".join(words[end:])
    return PersonName(family, given=parts[1], particle=particle, suffix=", ".join(parts[2:]))


def split_name(author: str) -> Name:
    """Split a name as it is shown; a name of one word is a family name."""
    name = guess_name(author)
    return Name(name.surname, name.given, name.core)


def is_cut_short(paper: Paper) -> bool:
    """Return whether the source names only the first authors, as "Doe et al."; facts with all of them say no more."""
    return paper.reference.is_cut_short and len(paper.reference.names.get("author", ())) == len(paper.authors)


def shown_authors(paper: Paper) -> tuple[str, ...]:
    """Return the authors of a paper; "et al." follows the last one where the source leaves out others."""
    if not is_cut_short(paper) or not paper.authors:
        return paper.authors
    return (*paper.authors[:-1], f"{paper.authors[-1]} et al.")


def names_of(paper: Paper, role: str = "author") -> tuple[PersonName, ...]:
    """Return the names of a paper's authors, or of those in another role, guessed where no source gave the parts."""
    known = paper.reference.names.get(role, ())
    if role != "author" or len(known) == len(paper.authors):
        return known
    return tuple(guess_name(clean(author)) for author in paper.authors)
