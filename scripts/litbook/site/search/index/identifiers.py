"""Identifiers: what a reader may paste to find one paper or one person, and whom it leads to.

A paper is found by its citekey, the key that a source gave it, its arXiv identifier, DOI, PMID and ACL or OpenReview
name, by each address that is known for it, and by its label, "Min et al., 2022a". `litbook-search-query.js` reduces
what was pasted to the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from litbook.model.review import Corpus, Paper
from litbook.site.search.index.shards import Part, fold_strings
from litbook.site.search.index.terms import normalise, read_words
from litbook.text.person_names import names_of
from litbook.write.groups import group_papers
from litbook.write.labels import label_of

PERSON = "~"  # precedes the words of a name; no identifier begins with it
LABEL = "&"  # precedes and follows a name with a year
_A_PART = 400  # keys in one part
_SHELL = re.compile(r"^(?:[a-z]+:)?//(?:www\.)?|[?#].*$|(?:\.git|\.pdf)?/*$", re.IGNORECASE)

Found = int | list[object]


def cut_identifiers(corpus: Corpus) -> tuple[dict[str, Part], list[str]]:
    """Return all keys with what they lead to in parts, and the first key of each part.

    A key of a paper leads to its number; that of a person to name, number of papers and address.
    """
    found: dict[str, Found] = dict(_find_people(corpus))
    for number, paper in reversed(tuple(enumerate(corpus.papers))):  # of two papers with one key the first one counts
        found.update((key, number) for key in (*find_keys(paper), *_find_labels(corpus, paper)))
    keys = sorted(found)
    starts = keys[::_A_PART]
    parts: dict[str, Part] = {}
    for at in range(0, len(keys), _A_PART):
        some = keys[at : at + _A_PART]
        parts[f"ids-{len(parts)}"] = {"part": "ids", "keys": fold_strings(some), "found": [found[key] for key in some]}
    return parts, starts


def find_keys(paper: Paper) -> Iterator[str]:
    """Yield the keys that lead to a paper, in lower case and without white space."""
    fields = paper.reference.fields
    given = (
        paper.citekey,
        *paper.reference.keys,
        *(paper.links.get(name, "") for name in ("doi", "acl", "openreview")),
    )
    arxiv = re.sub(r"v\d+$", "", paper.links.get("arxiv", ""))
    numbers = (f"pmid:{fields.get('PMID', '')}", fields.get("PMCID", ""), fields.get("DOI", ""))
    addresses = (strip_address(value) for value in (*paper.links.values(), fields.get("URL", "")) if "://" in value)
    for key in (*given, arxiv, *numbers, *addresses):
        bare = re.sub(r"\s", "", key).lower()
        if bare and not bare.endswith(":") and not bare.startswith(PERSON):
            yield bare


def _find_labels(corpus: Corpus, paper: Paper) -> Iterator[str]:
    """Yield what leads from the name of the first author, in several forms, with the year of the label to a paper."""
    label = label_of(corpus, paper)
    first = next(iter((*names_of(paper), *names_of(paper, "editor"))), None)
    if first is None or not paper.cited_year:
        return
    names = (first.surname, first.core, first.core.rpartition(" ")[2], first.display)
    for name in filter(None, dict.fromkeys(map(_keep_letters, names))):
        yield f"{LABEL}{name}{label.year}{LABEL}{paper.citekey}"


def _keep_letters(name: str) -> str:
    return "".join(sign for sign in normalise(name) if sign.isalnum() or category(sign)[0] == "M")


def strip_address(address: str) -> str:
    """Return an address without scheme, `www.`, query, fragment and ending, so that its forms are equal."""
    return _SHELL.sub("", address.strip())


def _find_people(corpus: Corpus) -> Iterator[tuple[str, Found]]:
    for group in group_papers(corpus)["authors"].values():
        words = sorted(read_words(group.name, common=True))
        if group.slug and len(words) > 1:
            yield f"{PERSON}{'_'.join(words)}", [group.name, len(group.papers), group.address]
