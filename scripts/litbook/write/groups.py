"""Papers that share an author, a venue or a year, and the addresses of the pages that list them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from litbook.core.identity import ByIdentity, ByItems
from litbook.model.queries import newest_first
from litbook.model.review import Corpus, Paper
from litbook.text.escape import clean
from litbook.text.venues import name_series

KINDS = ("authors", "venues", "years")
FEWEST = 2  # papers of an author or a venue that has a page; a year has one in any case
MOST_AUTHORS = 50  # of a paper that have pages and are in lists for scripts: some papers have thousands
_LONGEST = 60
# Names of files that a folder or Windows keeps for itself, and of the pages that divide a long list by initials.
_TAKEN = re.compile(r"index|initial-.*|con|prn|aux|nul|(?:com|lpt)\d|")


@dataclass(frozen=True, slots=True)
class Group:
    """Hold papers that share an author, a venue or a year, the newest first; without a page the slug is empty."""

    kind: str
    name: str
    slug: str
    papers: tuple[Paper, ...]

    @property
    def address(self) -> str:
        """Return the address of the page below the site's root, or nothing."""
        return f"{self.kind}/{self.slug}.html" if self.slug else ""


Grouped = Mapping[str, Mapping[str, Group]]


def group_papers(corpus: Corpus) -> Grouped:
    """Return the groups of each of `KINDS` by their names, in the order of the names.

    An author is a name as it is written and a venue all its years and volumes, as in the figures.
    """
    return _group(ByIdentity(corpus))


def names_of(kind: str, paper: Paper) -> list[str]:
    """Return the names of the groups to which a paper belongs; none where nothing is known."""
    return _NAMES[kind](paper)


_NAMES: Mapping[str, Callable[[Paper], list[str]]] = {
    "authors": lambda paper: list(dict.fromkeys(author for author in paper.authors if clean(author))),
    "venues": lambda paper: [series] if clean(series := name_series(paper.venue or "")) else [],
    "years": lambda paper: [str(paper.cited_year)] if paper.cited_year else [],
}


def find_page(corpus: Corpus, kind: str, name: str) -> str:
    """Return the address of an author's, a venue's or a year's page below the site's root; nothing if it has none."""
    group = group_papers(corpus)[kind].get(name)
    return group.address if group else ""


def list_pages(corpus: Corpus) -> frozenset[str]:
    """Return the addresses of all pages of groups below the site's root."""
    return _list_pages(ByIdentity(corpus))


@lru_cache(maxsize=2)
def _list_pages(key: ByIdentity[Corpus]) -> frozenset[str]:
    return frozenset(group.address for groups in _group(key).values() for group in groups.values() if group.slug)


@lru_cache(maxsize=2)
def _group(key: ByIdentity[Corpus]) -> Grouped:
    return _group_all(ByItems(key.value.papers))


@lru_cache(maxsize=2)
def _group_all(papers: ByItems[Paper]) -> Grouped:
    ordered = sorted(papers.values, key=newest_first)
    return {kind: _group_by(kind, ordered) for kind in KINDS}


def _group_by(kind: str, papers: Iterable[Paper]) -> dict[str, Group]:
    gathered: dict[str, list[Paper]] = {}
    for paper in papers:
        for name in names_of(kind, paper):
            gathered.setdefault(name, []).append(paper)
    fewest = 1 if kind == "years" else FEWEST
    slugs = make_slugs(name for name, held in gathered.items() if len(held) >= fewest)
    return {name: Group(kind, name, slugs.get(name, ""), tuple(gathered[name])) for name in sorted(gathered)}


def make_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return for each name a part of an address in small ASCII letters, digits and hyphens; no two are the same.

    Of names that are alike in ASCII the one that it changes least keeps the plain form, and the others end in a digest
    of the name: so an address depends on other names only where these are spelt almost alike.
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(_fold(name), []).append(name)
    slugs: dict[str, str] = {}
    for folded, spellings in alike.items():
        plainest = min(spellings, key=lambda name: (sum(not sign.isascii() for sign in name), name))
        for name in spellings:
            plain = name == plainest and not _TAKEN.fullmatch(folded) and len(folded) <= _LONGEST
            slugs[name] = folded if plain else _add_digest(folded, name)
    return slugs


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")


def _add_digest(folded: str, name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{folded[:_LONGEST].strip('-')}-{digest}".strip("-")
