"""Split names of people into family and given names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from litbook.model.review import Paper

# Two or more words with a capital each: all but the last are given names.
_PLAIN = re.compile(r"[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)+")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; `family` includes particles ("van den Oord"), `last` does not."""

    family: str
    given: str
    last: str


@lru_cache(maxsize=65536)
def split_name(author: str) -> Name:
    """Split a name as BibTeX does; a name of one word is a family name.

    Ties (`~`), commas and escaped spaces count as spaces: names are in natural order, so a comma does not reverse them.
    """
    if _PLAIN.fullmatch(author):  # most names; to load what reads all others takes longer than this whole stage
        given, _, family = author.rpartition(" ")
        return Name(family, given, family)
    from pybtex.database import Person  # noqa: PLC0415

    person = Person(re.sub(r"\\*[,~\s]+", " ", author).strip())
    family = " ".join([*person.prelast_names, *person.last_names])
    given = " ".join([*person.first_names, *person.middle_names])
    return Name(family or given, given if family else "", " ".join(person.last_names) or family or given)


def name_authors(paper: Paper) -> str:
    """Return the family names of one or two authors, or the first with "et al." for more."""
    last = [name for author in paper.authors[:3] if (name := split_name(author).last)]
    if len(paper.authors) > 2:
        return f"{last[0]} et al." if last else ""
    return " and ".join(last)
