"""The names in a field of BibTeX or biblatex: cut as BibTeX does, and marked as guessed where they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pybtex.bibtex.utils import split_name_list
from pybtex.database import InvalidNameString, Person

from litbook.ingest.formats.namelists import SEPARATOR, is_shown, split_list, split_shown
from litbook.ingest.formats.people import MORE, is_placeholder, read_name, remove_marks
from litbook.ingest.formats.tex import decode_tex
from litbook.ingest.formats.values import one_line
from litbook.model.reference import PersonName
from litbook.text.person_names import guess_name, looks_like_organisation, tidy_suffix

_BRACED = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix)\s*=")
_EXTENDED_PART = re.compile(r"(?<![a-z-])(family|given|prefix|suffix)\s*=\s*\"?([^,\"]*)")
_OTHERS = frozenset(("others", "et al"))
# DBLP tells people of one name apart by a number.
_NUMBER = re.compile(r" 0\d{3}(?=$|,)")
# More names than any paper has; splitting them takes more than linear time.
_LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class Names:
    """Hold the names of a field; `whole` if they are all that it says, `doubtful` what may be several names in one."""

    names: tuple[PersonName, ...] = ()
    whole: bool = True
    doubtful: str = ""


def read_names(value: str) -> Names:
    """Return the names in a field, in their order; "and others" is not a name."""
    value = one_line(remove_marks(value.replace("\\and ", " and ")))
    if len(value) > _LONGEST:
        return Names(whole=False)
    # "{A and B and C}" guards a whole list by mistake; an organisation has one "and" at most.
    if re.fullmatch(r"\{[^{}]*\}", value) and _is_list(value[1:-1]):
        value = value[1:-1]
    said = MORE.sub("", value)
    written = [name for name in split_name_list(said) if name]
    kept = [name for name in written if name.lower().strip("{}.") not in _OTHERS]
    whole = said == value and len(kept) == len(written)
    if mixed := _split_mixed(kept):
        names = tuple(filter(None, map(read_name, map(_text, mixed))))
        return Names(names, whole, value if len(names) < 3 else "")
    # Where every name has its comma, "Prado Invento, Ana Maria" has two family names; alone it may be two people.
    turned = len(kept) > 1 and all("," in name for name in kept)
    found: list[PersonName | None] = []
    doubtful = ""
    for name in kept:
        parts, certain = ([name], not _may_be_list(name)) if _is_marked(name) else split_list(name)
        found += [read_person(parts[0])] if len(parts) == 1 else map(read_name, map(_text, parts))
        doubtful = doubtful if certain or (turned and len(parts) == 1) else name
    return Names(tuple(filter(None, found)), whole, doubtful)


def _is_marked(name: str) -> bool:
    """Return whether a name is marked as one: by braces, or by the names of its parts; or has nothing to part it at."""
    return "{" in name or bool(_EXTENDED.match(name)) or not SEPARATOR.search(name)


def _may_be_list(name: str) -> bool:
    """Return whether braces hold what looks like several people: "{Jane Doe, Kay Roe}"."""
    pieces = re.split(r"\s*,\s*|\sand\s", name[1:-1]) if re.fullmatch(r"\{[^{}]*\}", name) else []
    return len(pieces) > 1 and all(map(is_shown, pieces))


def _split_mixed(names: list[str]) -> list[str]:
    """Return the names in "Ada Doe, Bo Roe and Cy Poe": a comma parts names where the last one is not turned round."""
    if len(names) != 2 or "," not in names[0] or "," in names[1]:
        return []
    if names[0].endswith(",") and looks_like_organisation(names[1]):
        return [*people, names[1]] if (people := split_shown(names[0])) else []
    return split_shown(" and ".join(names))


def _is_list(inside: str) -> bool:
    """Return whether names in one pair of braces are several: more than two, or each with its initials."""
    names = re.split(r"\sand\s", inside)
    return len(names) > 2 or (len(names) == 2 and all(re.fullmatch(r"[^,]+,(?: ?[A-Z]\.)+", name) for name in names))


def read_person(name: str) -> PersonName | None:
    """Return the parts of one name; one in braces is literal."""
    if is_placeholder(name) or is_placeholder(name.strip("{}")):
        return None
    found = _read_parts(_NUMBER.sub("", name))
    return found if found.display else None


def _read_parts(name: str) -> PersonName:
    if _BRACED.fullmatch(name):
        return PersonName(literal=_text(name))
    if "{" not in name and "=" not in name and looks_like_organisation(name):
        return PersonName(literal=_text(name))  # "Ministry of Kelp, Norway"
    if _EXTENDED.match(name):
        return _read_extended(name)
    if "," not in name and "{" not in name:
        return guess_name(_text(name))
    try:
        person = Person(name)
    except InvalidNameString:
        return read_name(_text(name)) or PersonName()
    words = (person.last_names, [*person.first_names, *person.middle_names], person.prelast_names)
    family, given, particle, suffix = (_text(" ".join(part)) for part in (*words, person.lineage_names))
    return tidy_suffix(PersonName(family, given, particle, suffix=suffix))


def _read_extended(name: str) -> PersonName:
    """Return the parts of a name of biblatex's extended format: "family=Berg, given=Jan, prefix=van der"."""
    said = {part: _text(value) for part, value in _EXTENDED_PART.findall(name)}
    prefix, dropped = said.get("prefix", ""), re.search(r"useprefix\s*=\s*\"?false", name)
    return PersonName(
        family=said.get("family", ""),
        given=said.get("given", ""),
        particle="" if dropped else prefix,
        dropping=prefix if dropped else "",
        suffix=said.get("suffix", ""),
    )


def _text(value: str) -> str:
    return one_line(decode_tex(one_line(value)))
