"""The address of a paper's text as a PDF that anyone may read, where a source tells it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from litbook.model.review import Paper, Record

# Where the text of a paper is open to anyone, by the link that leads to the paper.
_BY_LINK = {
    "arxiv": "https://arxiv.org/pdf/{}",
    "acl": "https://aclanthology.org/{}.pdf",
    "openreview": "https://openreview.net/pdf?id={}",
}
_PMC = "https://pmc.ncbi.nlm.nih.gov/articles/{}/pdf/"
# Hosts whose papers are all open.
_OPEN = re.compile(
    r"(?:^|\.)(?:arxiv\.org|aclanthology\.org|openreview\.net|proceedings\.mlr\.press|jmlr\.org|papers\.nips\.cc"
    r"|neurips\.cc|openaccess\.thecvf\.com|ceur-ws\.org|biorxiv\.org|medrxiv\.org|hal\.science|archives-ouvertes\.fr"
    r"|zenodo\.org|osf\.io|jair\.org|ojs\.aaai\.org|ijcai\.org|isca-archive\.org|isca-speech\.org|usenix\.org|plos\.org"
    r"|frontiersin\.org|mdpi\.com|elifesciences\.org|europepmc\.org|ncbi\.nlm\.nih\.gov|eprint\.iacr\.org"
    r"|drops\.dagstuhl\.de|joss\.theoj\.org|jstatsoft\.org|hindawi\.com|peerj\.com)$"
)
# The fields in which Semantic Scholar and OpenAlex say where a paper is open.
_STATED = ("openAccessPdf", "best_oa_location", "primary_location", "locations")
_MOST = 200_000  # characters of such a field


def find_open_pdf(paper: Paper) -> str:
    """Return the address of a PDF that is free to read, or nothing where no source tells one."""
    return next(_find(paper), "")


def _find(paper: Paper) -> Iterator[str]:
    yield from (form.format(paper.links[name]) for name, form in _BY_LINK.items() if paper.links.get(name))
    for record in paper.records:
        yield from filter(_is_pdf, _list_stated(record.extra))
    if re.fullmatch(r"PMC\d+", number := paper.reference.fields.get("PMCID", "")):
        yield _PMC.format(number)
    yield from (address for record in paper.records for address in _list_addresses(record) if _is_open(address))


def _list_stated(extra: Mapping[str, str]) -> Iterator[str]:
    """Yield what a service says is open, as an object or in columns of a table."""
    for name in _STATED:
        yield from _read_stated(extra.get(name, ""))
    for name, value in extra.items():
        place = name.removesuffix("pdf_url")
        is_open = place == "best_oa_location." or extra.get(f"{place}is_oa", "").lower() == "true"
        if name != place and is_open:
            yield value


def _read_stated(text: str) -> Iterator[str]:
    """Yield the addresses of PDFs in a field of a service that says which are open."""
    if not text.startswith(("{", "[")) or len(text) > _MOST:
        return
    try:
        value: Any = json.loads(text)
    except ValueError:  # shortened, or not JSON: then it tells nothing
        return
    for place in value if isinstance(value, list) else [value]:
        if isinstance(place, dict) and place.get("is_oa", True) is True:
            yield from (address for name in ("url", "pdf_url") if isinstance(address := place.get(name), str))


def _list_addresses(record: Record) -> Iterator[str]:
    known = record.reference
    named = {name.lower(): value for name, value in (*record.extra.items(), *known.others.items())}
    yield from filter(None, (named.get("pdf", ""), named.get("url", ""), known.fields.get("URL", "")))


def _is_open(address: str) -> bool:
    return _is_pdf(address) and bool(_OPEN.search(urlsplit(address).hostname or ""))


def _is_pdf(address: str) -> bool:
    """Return whether an address leads to a PDF, as far as it tells."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets around what is not an address of IPv6
        return False
    named = re.search(r"\.pdf$|/pdf(?:/|$)", parts.path, re.IGNORECASE)
    return parts.scheme in ("http", "https") and bool(named) and not re.search(r"[\s<>\"]", address)
