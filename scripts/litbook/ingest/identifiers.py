"""Identifiers of papers: told from each other by their form, and reduced to the bare one that `links` holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|econ"
    "|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics"
    "|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
ARXIV = rf"(?:\d{{2}}(?:0[1-9]|1[0-2])\.\d{{4,5}}|(?:{_ARCHIVES})(?:\.[A-Za-z-]{{2,10}})?/\d{{7}})"
ACL = r"(?:\d{4}\.[a-z][a-z0-9]*-[a-z0-9_]+\.\d+|[A-Z]\d{2}-\d{4})"
DOI = r"10\.\d{4,9}/[^\s\"<>\ud800-\udfff]{1,300}"

_SITES = (
    ("arxiv", re.compile(rf"(?:arxiv\.org|alphaxiv\.org|ar5iv\.[a-z.]+)/[a-z]+/({ARXIV})", re.IGNORECASE)),
    ("arxiv", re.compile(rf"huggingface\.co/papers/({ARXIV})", re.IGNORECASE)),
    ("openreview", re.compile(r"openreview\.net/[a-z]+\?(?:[^#\s]{0,200}&)?id=([\w-]{6,20})", re.IGNORECASE)),
    ("acl", re.compile(rf"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers)?(?:/[A-Z]/[A-Z]\d\d)?)/({ACL})")),
    (
        "doi",
        re.compile(rf"(?:doi\.org|dl\.acm\.org/doi(?:/[a-z]+)?|link\.springer\.com/[a-z-]+)/({DOI})", re.IGNORECASE),
    ),
)
_FORGE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+", re.I
)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({ARXIV})(?:v\d+)?", re.IGNORECASE)
_ACL_DOI = re.compile(rf"10\.(?:18653/v1|3115/v1)/({ACL})")
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def find_arxiv(text: str) -> str:
    """Return the arXiv id that a field holds as its value, without prefix, class and version, or nothing."""
    pattern = rf"\s*(?:arxiv\s*[:.]?\s*)?({ARXIV})(?:v\d+)?(?:\s*\[[\w. -]+\])?\s*"
    match = re.fullmatch(pattern, text, re.IGNORECASE) or _SITES[0][1].search(text) or _SITES[1][1].search(text)
    return match[1] if match else ""


def find_doi(text: str) -> str:
    """Return the DOI that a field holds, without its resolver's address, or nothing."""
    match = re.fullmatch(rf"\s*(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?({DOI})\s*", unquote(text), re.IGNORECASE)
    return trim(match[1]) if match else ""


def trim(text: str) -> str:
    """Return an identifier without the punctuation of the sentence, and brackets that it did not open, at its end."""
    while text and (text[-1] in ".,;:'`" or text.count(text[-1]) > text.count(_BRACKETS.get(text[-1], text[-1]))):
        text = text[:-1]
    return text


def read_address(address: str) -> tuple[str, str] | None:
    """Return the name of a link and its identifier for an address, if it is of a site that is known."""
    for name, pattern in _SITES:
        if match := pattern.search(address):
            found = trim(unquote(match[1])) if name == "doi" else match[1]
            inner = _ARXIV_DOI.fullmatch(found) if name == "doi" else None
            return ("arxiv", inner[1]) if inner else (name, found)
    if match := _FORGE.fullmatch(address.strip().rstrip("/").removesuffix(".git")):
        return "code", match[0]
    return None


def links_of(doi: str) -> dict[str, str]:
    """Return the links that a DOI stands for: arXiv's own is the arXiv id, that of the ACL holds its id as well."""
    if match := _ARXIV_DOI.fullmatch(doi):
        return {"arxiv": match[1]}
    if not doi:
        return {}
    match = _ACL_DOI.fullmatch(doi)
    return {"doi": doi, **({"acl": match[1]} if match else {})}


def in_order(found: Iterable[tuple[str, str]], names: Iterable[str]) -> Mapping[str, str]:
    """Return the first identifier of each name, in the order of `names`."""
    first: dict[str, str] = {}
    for name, value in found:
        if value:
            first.setdefault(name, value)
    return {name: first[name] for name in names if name in first}
