"""The reader of PubMed's "Summary (text)" and "Abstract (text)": numbered records as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from litbook.ingest.formats.csljson import make_csl_entry
from litbook.ingest.formats.fields import Json
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.formats.values import one_line, read_date
from litbook.model.review import Reading

_BETWEEN = "white space between the records"
_UNKNOWN = "a record in another order than PubMed's; add its PMID or DOI in another export"
_START = re.compile(r"(?:\A\ufeff?|(?<=\n))[ \t]*(\d{1,6})(?::|\.) (?=\S)")
_PMID = re.compile(r"\bPMID: ?(\d{1,9})\b")
_PMCID = re.compile(r"\bPMCID: ?(PMC\d+)\b")
_DOI = re.compile(r"\bdoi: ?(10\.\d{4,9}/\S+?)\.?(?=\s|$)", re.IGNORECASE)
_NAME = r"[^\W\d_][^,.;:()]{0,60}? [A-Z]{1,4}(?: (?:Jr|Sr|2nd|3rd|II|III))?|[^\W\d_][^,.;:()]{2,90}"
_AUTHORS = re.compile(rf"(?:{_NAME})(?:[,;] (?:{_NAME}))*(?:,? et al)?\.")
_SUMMARY = re.compile(r"(?P<title>.+?[.?!\]]) (?P<journal>[^.]{2,120})\. (?P<rest>(?:19|20)\d\d\b.*)", re.DOTALL)
_CITED = re.compile(r"(?P<journal>[^.]{2,120})\. (?P<rest>(?:19|20)\d\d\b.*)", re.DOTALL)
_PLACE = re.compile(
    r"(?P<date>(?:19|20)\d\d(?: [A-Z][a-z]{2})?(?:[-/][A-Z][a-z]{2})?(?: \d{1,2})?)"
    r"[^;:.]*(?:;(?P<volume>[\w.]*)(?:\((?P<issue>[^()]*)\))?)?(?::(?P<page>[\w-]+))?"
)
# Paragraphs of the long form that are neither names nor the abstract.
_ASIDE = re.compile(
    r"Author information:|Collaborators:|(?:Comment|Erratum|Update|Republished|Retraction|Summary for patients) "
    r"(?:in|of|on)\b|Copyright|©|Conflict of interest|DOI:|PMID:|PMCID:|\[Indexed|Publisher:|Plain Language"
    r"|Published by"
)


def matches(text: str) -> float:
    """Return how sure it is that a text is one of the two: by records numbered from one, each with its PMID."""
    starts = list(_cut(text[:200_000]))
    if not starts or text[: starts[0][0]].strip("\ufeff \t\r\n"):
        return 0.0
    stated = sum(bool(_PMID.search(text, start, end)) for start, end in starts[:200])
    return 0.95 if stated >= 0.8 * len(starts[:200]) else 0.0


def read_pubmed_text(source: str, text: str) -> Reading:
    """Return the records of PubMed's printed forms, and every other part with the reason it was skipped."""
    return assemble(source, text, _make_pieces(text), _BETWEEN)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of records; only a number that follows the last one begins another, after a blank line."""
    starts: list[int] = []
    for found in _START.finditer(text):
        before = text[: found.start()][-4:].replace("\r", "")
        if int(found[1]) == len(starts) + 1 and (not starts or before.endswith("\n\n")):
            starts.append(found.start())
    for start, end in pairwise([*starts, len(text)]):
        yield start, start + len(text[start:end].rstrip())


def _make_pieces(text: str) -> Iterator[Piece]:
    for start, end in _cut(text):
        entry = _make_entry(text[start:end])
        yield Piece(start, end, entry) if entry else Piece(start, end, reason=_UNKNOWN)


def _make_entry(block: str) -> Entry | None:
    body = _START.sub("", block, count=1)
    paragraphs = [one_line(part) for part in re.split(r"\r?\n[ \t]*\r?\n|\r\r", body) if part.strip()]
    item = _read_printed(paragraphs) if len(paragraphs) > 2 else _read_summary(one_line(body))
    if not item or not item["title"]:
        return None
    whole = one_line(block)
    known = {"DOI": _DOI.search(whole), "PMID": _PMID.search(whole), "PMCID": _PMCID.search(whole)}
    item |= {name: found[1] for name, found in known.items() if found}
    return make_csl_entry({name: value for name, value in item.items() if value})


def _read_summary(text: str) -> dict[str, object] | None:
    """Return what a record of one paragraph says: names, title, journal, date and place."""
    named = _AUTHORS.match(text)
    found = _SUMMARY.match(text[named.end() :].strip()) if named else None
    names = named[0] if named and found else ""
    found = found or _SUMMARY.match(text)
    return _make_item(names, found["title"], found["journal"], found["rest"]) if found else None


def _read_printed(paragraphs: list[str]) -> dict[str, object] | None:
    """Return what a record of several paragraphs says; the longest that is not an aside is the abstract."""
    cited = _CITED.match(paragraphs[0])
    if not cited:
        return None
    title, *others = paragraphs[1:]
    bare = re.sub(r"\(\d{1,3}\)(?:\(\d{1,3}\))*|(?<=\w)[#*†‡]", "", others[0]) if others else ""
    named = bool(_AUTHORS.fullmatch(bare)) and not _ASIDE.match(bare)
    texts = [text for text in others[named:] if not _ASIDE.match(text)]
    item = _make_item(bare if named else "", title, cited["journal"], cited["rest"])
    item["abstract"] = max(texts, key=len, default="")
    return item


def _make_item(names: str, title: str, journal: str, rest: str) -> dict[str, object]:
    place = _PLACE.match(rest)
    said = place.groupdict() if place else {}
    date = read_date(said.get("date") or "")
    return {
        "type": "article-journal",
        "title": title.strip().strip("[]").removesuffix(".").strip("[]"),
        "author": [_read_name(name) for name in re.split(r"[,;] ", names.rstrip(".")) if name and name != "et al"],
        "container-title": journal,
        "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else None,
        **{name: said.get(name) for name in ("volume", "issue", "page")},
    }


def _read_name(name: str) -> Json:
    family, _, given = name.removesuffix(" et al").rpartition(" ")
    return {"family": family, "given": given} if family and given.isupper() else {"literal": name}
