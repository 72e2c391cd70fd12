"""Identifiers of papers as `facts.jsonl` keeps them, read from text or from an address."""

from __future__ import annotations

import re

_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[!#-;=?-~]{1,200}")
_ACL = re.compile(r"\d{4}\.[a-z0-9_]{1,30}-[a-z0-9_]{1,30}\.\d{1,4}|[A-Z]\d{2}-\d{4,5}")
_ACL_DOI = re.compile(r"10\.(?:18653|3115)/v1/(.+)", re.IGNORECASE)
_OPENREVIEW = re.compile(r"[\w-]{6,20}")
# Where an address names a paper: the field of the facts, and what precedes the identifier.
_PLACES = (
    ("arxiv_id", re.compile(r"https?://(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf)/")),
    ("doi", re.compile(r"https?://(?:dx\.)?doi\.org/")),
    ("openreview_id", re.compile(r"https?://openreview\.net/(?:forum|pdf)\?id=")),
    ("acl_id", re.compile(r"https?://(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/")),
)
ID_FIELDS = tuple(field for field, _ in _PLACES)


def read_arxiv(value: object) -> str:
    """Return an arXiv identifier without its version."""
    found = _ARXIV.fullmatch(_trim(value, "arxiv:"))
    return found[1] if found else ""


def read_doi(value: object) -> str:
    """Return a DOI in lower case; one that only stands for an arXiv identifier is none."""
    text = re.sub(r"^https?://(dx\.)?doi\.org/", "", _trim(value, "doi:"))
    return text.lower() if _DOI.fullmatch(text) and not _ARXIV_DOI.match(text) else ""


def read_acl(value: object) -> str:
    """Return an identifier of the ACL Anthology."""
    text = _trim(value, "acl:")
    return text if _ACL.fullmatch(text) else ""


def read_openreview(value: object) -> str:
    """Return an identifier of OpenReview."""
    text = _trim(value, "")
    return text if _OPENREVIEW.fullmatch(text) else ""


def _trim(value: object, prefix: str) -> str:
    text = value.strip() if isinstance(value, str) else ""
    return text[len(prefix) :] if prefix and text.lower().startswith(prefix) else text


_READERS = {"arxiv_id": read_arxiv, "doi": read_doi, "openreview_id": read_openreview, "acl_id": read_acl}


def read_identifier(field: str, value: object) -> str:
    """Return the identifier that a field of the facts can hold, or the empty string."""
    return _READERS[field](value)


def find_identifiers(*values: object) -> dict[str, str]:
    """Return the identifiers that DOIs and addresses name, the first of each kind."""
    found: dict[str, str] = {}
    for value in values:
        text = value.strip() if isinstance(value, str) else ""
        for field, name in (*_unwrap_address(text).items(), *_unwrap_doi(text).items()):
            if name:
                found.setdefault(field, name)
    return found


def _unwrap_address(text: str) -> dict[str, str]:
    places = ((field, place.match(text)) for field, place in _PLACES)
    ends = {field: re.sub(r"(\.pdf|/)$", "", text[start.end() :]) for field, start in places if start}
    return {field: read_identifier(field, end) for field, end in ends.items()}


def _unwrap_doi(text: str) -> dict[str, str]:
    """Read the identifier that arXiv and the ACL Anthology put into their DOIs."""
    doi = re.sub(r"^https?://(dx\.)?doi\.org/", "", text)
    arxiv, acl = _ARXIV_DOI.fullmatch(doi), _ACL_DOI.fullmatch(doi)
    found = {"arxiv_id": read_arxiv(arxiv[1]) if arxiv else "", "doi": read_doi(doi)}
    return found | {"acl_id": (read_acl(acl[1]) or read_acl(acl[1].upper())) if acl else ""}
