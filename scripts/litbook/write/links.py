"""Addresses and labels of what a paper links to."""

from __future__ import annotations

from collections.abc import Mapping

_ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
}
LABELS = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "acl": "ACL Anthology",
    "code": "Code",
    "project": "Project page",
}


def addresses(links: Mapping[str, str]) -> dict[str, str]:
    """Return the address of each link: identifiers are completed, addresses are taken as they are."""
    return {name: _ADDRESSES.get(name, "{}").format(value) for name, value in links.items()}
