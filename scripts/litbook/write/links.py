"""Addresses and labels of what a paper links to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
}
_SAFE = "/:;()._-,+@!*'=~$&"  # what an address can hold as it is; a DOI can have < > # ? % as well
LABELS = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "acl": "ACL Anthology",
    "code": "Code",
    "project": "Project page",
}
# Of the link to the text itself, the best place first.
READ_LABELS = {
    "arxiv": "Read on arXiv",
    "openreview": "Read on OpenReview",
    "acl": "Read in the ACL Anthology",
    "doi": "Read via DOI",
}


def addresses(links: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each link: identifiers are completed, addresses are taken as they are."""
    coded = {
        name: quote(value, safe=_SAFE, errors="replace") if name == "doi" else value for name, value in links.items()
    }
    return {name: _ADDRESSES.get(name, "{}").format(value) for name, value in coded.items()}
