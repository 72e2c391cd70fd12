"""Recognise identifiers of papers by their form, and reduce them to the bare identifier.

Records name them "arxiv", "doi" … in `links`; facts name them "arxiv_id", "doi" …
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|econ"
    "|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics"
    "|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
ARXIV = rf"(?:\d{{2}}(?:0[1-9]|1[0-2])\.\d{{4,5}}|(?:{_ARCHIVES})(?:\.[A-Za-z-]{{2,10}})?/\d{{7}})"
ACL = r"(?:\d{4}\.[a-z][a-z0-9_]{0,30}-[a-z0-9_]{1,30}\.\d{1,5}|[A-Z]\d{2}-\d{4,5})"
DOI = r"10\.\d{4,9}/[^\s\"<>\ud800-\udfff]{1,300}"
_RESOLVER = r"doi[.-]org(?:\.[\w.-]{1,60})?"  # libraries append the name of their proxy
# As the value of a field, a DOI can have angle brackets, a resolver or proxy before it, and other text after it.
_DOI_VALUE = re.compile(
    rf"(?:\[doi\]|[\s(\[<])*(?:(?:https?://)?(?:[\w-]{{1,60}}\.){{0,5}}{_RESOLVER}/|(?:urn:|info:)?doi\s*[:=/]?\s*"
    r"|https?://[\w.-]{1,200}/(?:doi|article|chapter|book)/(?:(?:abs|full|pdf|epdf|pdfdirect|ref)/)?){0,3}"
    r"(10\.\d{4,9}/[^\s\"\ud800-\udfff]{1,300}?)"
    r"(?:[;,|]?\s+(?:doi:\s*)?(?:10\.\d{4,9}/|https?://)\S*|\s*\[doi\].*|\s*[A-Z][A-Z0-9] {1,3}- ?.*|[;,|]https?://\S*)?\s*",
    re.IGNORECASE,
)
_TEX_BRACKETS = re.compile(r"\$\s*([<>])\s*\$|\{?\\text(less|greater)\s*(?:\{\})?\}?|\$\\(l|g)t\$|\\([_<>#%&()\[\]{}])")

# An address that a proxy of a library carries in its own, and what addresses have behind a DOI.
_PROXY = re.compile(r"^\s*https?://[^\s?]{1,200}\?(?:[^\s]{0,100}&)?(?:url|qurl)=(?=https?://)", re.IGNORECASE)
_BEHIND = re.compile(r"/(?:abstract|full|full-?text|pdf|epdf|meta|html)/?$|[?#][^\s]*$|\.pdf$", re.IGNORECASE)
_TEX_LINK = re.compile(r"\\(?:href|url|doi)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?")
_SHORT_DOI = re.compile(rf"(?:https?://)?(?:(?:dx\.)?{_RESOLVER}/|doi:\s*)?(10/[a-z0-9]{{3,10}})", re.IGNORECASE)

# The start of an address's host, so that a folder of another host with the same name does not match.
_HOST = r"(?<![\w.-])(?<![^/]/)(?:[a-z\d-]{1,40}\.){0,3}"
_SITES = tuple(
    (name, re.compile(_HOST + pattern, flags))
    for name, pattern, flags in (
        ("arxiv", rf"(?:arxiv\.org|alphaxiv\.org|ar5iv\.[a-z.]+)/[a-z]+/({ARXIV})", re.IGNORECASE),
        ("arxiv", rf"huggingface\.co/papers/({ARXIV})", re.IGNORECASE),
        ("openreview", r"openreview\.net/[a-z]+\?(?:[^#\s]{0,200}&)?id=([\w-]{6,20})", re.IGNORECASE),
        ("acl", rf"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers)?(?:/[A-Z]/[A-Z]\d\d)?)/({ACL})", 0),
        ("doi", rf"(?:{_RESOLVER}|dl\.acm\.org/doi(?:/[a-z]+)?|link\.springer\.com/[a-z-]+)/({DOI})", re.IGNORECASE),
    )
)
_FORGE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[\w.-]+/[\w.-]+", re.I
)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({ARXIV})(?:v\d+)?", re.IGNORECASE)
_ACL_DOI = re.compile(r"10\.(?:18653|3115)/v1/(.+)", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def find_arxiv(text: str) -> str:
    """Return the arXiv identifier in a field, without prefix, class and version, or an empty string."""
    pattern = rf"\s*(?:arxiv\s*[:.]?\s*)?({ARXIV})(?:v\d+)?(?:\s*\[[\w. -]+\])?\s*"
    match = re.fullmatch(pattern, text, re.IGNORECASE) or _SITES[0][1].search(text) or _SITES[1][1].search(text)
    return match[1] if match else ""


def find_doi(text: str) -> str:
    """Return the DOI in a field, decoded and without the resolver's address, or an empty string."""
    if "10." not in text:
        return ""
    plain = html.unescape(unquote(text)) if "%" in text or "&" in text else text
    plain = _TEX_LINK.sub(r"\1", plain)
    plain = _TEX_BRACKETS.sub(_read_bracket, plain) if "\\" in plain or "$" in plain else plain
    plain = _PROXY.sub("", plain)
    match = _DOI_VALUE.fullmatch(plain.strip().strip("$"))
    if not match:
        return ""
    found = re.sub(r"(?:</[A-Za-z]{1,10}>|\[doi\])+$", "", match[1])
    return trim(_BEHIND.sub("", found) if "://" in plain else found)


def explain_doi(text: str) -> str:
    """Return what is wrong with the value of a field for a DOI, and what to do; nothing if it is one, or is empty."""
    if not text.strip() or find_doi(text):
        return ""
    shown = text.strip()[:60]
    if match := _SHORT_DOI.fullmatch(text.strip()):
        return f"'{match[1]}' is a short DOI; write the whole one, to which https://doi.org/{match[1]} leads"
    return f"'{shown}' is not a DOI; write it as 10.1234/abc"


def _read_bracket(match: re.Match[str]) -> str:
    named = {"less": "<", "greater": ">", "l": "<", "g": ">"}
    return match[1] or match[4] or named[match[2] or match[3]]


def trim(text: str) -> str:
    """Return an identifier without trailing punctuation, and without closing brackets that it does not open."""
    while text and (text[-1] in ".,;:'`" or text.count(text[-1]) > text.count(_BRACKETS.get(text[-1], text[-1]))):
        text = text[:-1]
    return text


def read_address(address: str) -> tuple[str, str] | None:
    """Return the link name and identifier in an address of a known site, or None."""
    for name, pattern in _SITES:
        if match := pattern.search(address):
            found = trim(unquote(match[1])) if name == "doi" else match[1]
            inner = _ARXIV_DOI.fullmatch(found) if name == "doi" else None
            return ("arxiv", inner[1]) if inner else (name, found)
    if match := _FORGE.fullmatch(address.strip().rstrip("/").removesuffix(".git")):
        return "code", match[0]
    return None


def links_of(doi: str) -> dict[str, str]:
    """Return the links that a DOI stands for.

    arXiv's own DOIs give the arXiv identifier instead; those of the ACL give its identifier as well.
    """
    if match := _ARXIV_DOI.fullmatch(doi):
        return {"arxiv": match[1]}
    if not doi:
        return {}
    match = _ACL_DOI.fullmatch(doi)
    acl = (_find_acl(match[1]) or _find_acl(match[1].upper())) if match else ""
    return {"doi": doi, **({"acl": acl} if acl else {})}


def _find_acl(text: str) -> str:
    match = re.fullmatch(rf"\s*(?:acl:\s*)?({ACL})\s*", text)
    return match[1] if match else ""


def in_order(found: Iterable[tuple[str, str]], names: Iterable[str]) -> Mapping[str, str]:
    """Return the first non-empty identifier of each name, in the order of `names`."""
    first: dict[str, str] = {}
    for name, value in found:
        if value:
            first.setdefault(name, value)
    return {name: first[name] for name in names if name in first}


# -- by the field names of the facts ----------------------------------------------------------------------------------

_FIELDS = {"arxiv": "arxiv_id", "doi": "doi", "openreview": "openreview_id", "acl": "acl_id"}
ID_FIELDS = tuple(_FIELDS.values())


def read_identifier(field: str, value: object) -> str:
    """Return the valid identifier in a field of the facts, or an empty string; a DOI in lower case.

    arXiv's own DOIs are not accepted as a DOI: they only restate the arXiv identifier.
    """
    text = value if isinstance(value, str) else ""
    if field == "arxiv_id":
        return find_arxiv(text)
    if field == "acl_id":
        return _find_acl(text)
    if field == "openreview_id":
        return text.strip() if re.fullmatch(r"\s*[\w-]{6,20}\s*", text, re.ASCII) else ""
    doi = find_doi(text)
    return doi.lower() if doi.isascii() and doi.isprintable() and not _ARXIV_DOI.fullmatch(doi) else ""


def find_identifiers(*values: object) -> dict[str, str]:
    """Return the identifiers in DOIs and addresses, by field name of the facts; the first of each kind."""
    found: dict[str, str] = {}
    for value in values:
        text = value.strip() if isinstance(value, str) else ""
        for name, identifier in (*filter(None, [read_address(text)]), *links_of(find_doi(text)).items()):
            field = _FIELDS.get(name, "")
            if kept := field and read_identifier(field, identifier):
                found.setdefault(field, kept)
    return found
