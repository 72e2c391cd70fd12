"""Parts of people's names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from litbook.model.review import Paper

# Two or more words with a capital each: all but the last are given names.
_PLAIN = re.compile(r"[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)+")


@dataclass(frozen=True, slots=True)
class Name:
    """Hold a name as bibliographies need it; `family` includes particles ("van den Oord"), `last` does not."""

    family: str
    given: str
    last: str


@lru_cache(maxsize=65536)
def split_name(author: str) -> Name:
    """Split a name as BibTeX does; a name of one word is a family name.

    To BibTeX a tie and a space after a backslash are spaces as well; a comma here does not turn a name around.
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
    """Return the family names of one or two authors, or that of the first of many."""
    last = [name for author in paper.authors[:3] if (name := split_name(author).last)]
    if len(paper.authors) > 2:
        return f"{last[0]} et al." if last else ""
    return " and ".join(last)
