"""Where figures lead: to a paper's page, or to the search page with exactly the papers of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from litbook.core.urls import page_address

_ROOT = "../../"  # from a page in book/analysis/
MOST = 300  # citekeys in an address: servers refuse addresses of more than some 8,000 characters


def link_paper(citekey: str) -> str:
    """Return the address of a paper's page, from a notebook's page."""
    return f"{_ROOT}{page_address(citekey)}"


def link_papers(citekeys: Iterable[str]) -> str | None:
    """Return the address of a list of exactly these papers, of their page if it is one; None for none or too many."""
    keys = sorted(citekeys)
    if len(keys) == 1:
        return link_paper(keys[0])
    return f"{_ROOT}search.html?papers={','.join(keys)}" if 0 < len(keys) <= MOST else None


def link_search(chosen: Mapping[str, str]) -> str:
    """Return the address of the search page with filters: theme (a slug), kind, year, venue, code ("yes")."""
    return f"{_ROOT}search.html?{urlencode(sorted(chosen.items()))}"
