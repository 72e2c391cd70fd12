"""The reader of RIS, as reference managers and databases export it, and of Web of Science's plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.ingest.formats.fields import headline, is_repository, prose
from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.people import is_placeholder, show_all
from litbook.ingest.formats.pieces import Entry, Piece, assemble, split_lines
from litbook.ingest.formats.risreference import make_ris_reference, make_wos_reference, read_people
from litbook.ingest.formats.tagged import Block, Shape, Tags, cut_blocks, read_tags
from litbook.ingest.formats.values import keep_others, latest_known, read_date
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import ARXIV, find_arxiv, find_doi, in_order, links_of, read_address

_BETWEEN = "white space and the words of the exporting tool between the records"
_RIS = Shape(
    opens=re.compile(r"TY {2}-"),
    closes=re.compile(r"ER {2}-"),
    tag=re.compile(r"([A-Z][A-Z0-9]) {2}-(?: (.*)|$)"),
)
# Tools by hand leave a space out, or set one too many; an abstract can then hold a line that looks like a tag.
_LOOSE_RIS = Shape(
    opens=re.compile(r"\s{0,3}TY\s{0,3}-\s{0,4}[A-Z]"),
    closes=re.compile(r"\s{0,3}ER\s{0,3}-\s*$"),
    tag=re.compile(r"\s{0,3}([A-Z][A-Z0-9])\s{0,3}-(?!-)(.*)"),
)
_WOS = Shape(
    opens=re.compile(r"PT [A-Z]"),
    closes=re.compile(r"ER\s*$"),
    tag=re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)"),
    apart=frozenset("AU AF BA BF BE CA GP C1 CR RI OI".split()),
)
_TITLES = ("TI", "T1", "CT", "BT")
_VENUES = ("T2", "JF", "JO", "JA", "BT", "C3", "J2")
_IDENTIFIERS = ("DO", "DI", "UR", "LK", "L1", "L2", "L3", "M3", "AN", "JO", "JF", "T2", "SO", "M1", "N1", "ID", "C6")
_INSIDE = re.compile(rf"\barxiv[:.]\s*({ARXIV})", re.IGNORECASE)
# Ovid sets the journal's short name behind the end of a record: one tag alone is not a lost record.
_STRAY = re.compile(r"(?:(?<=[\r\n])|\A)(?!ER)[A-Z][A-Z0-9] {2}- [^\r\n]*(?:\r\n|\r|\n)[A-Z][A-Z0-9] {2}-")


def matches(text: str) -> float:
    """Return how sure it is, from 0 to 1, that a text is RIS or Web of Science's plain text."""
    head = text[:200_000].replace("\r", "\n").lstrip("\ufeff \t\n")
    if re.match(r"TY {0,3}- {0,4}[A-Z]", head) or re.match(
        r"(?:FN (?:Clarivate|Thomson|ISI)|PT [A-Z][\r\n]+AU )", head
    ):
        return 0.97
    if re.search(r"^ {0,3}TY {0,3}- {0,4}[A-Z]", head, re.MULTILINE) and not head.startswith(("<", "{", "[", "@")):
        return 0.9
    return 0.0


def read_ris(source: str, text: str) -> Reading:
    """Return the records of an export, and every other part of it with the reason why it is not one."""
    shape = _find_shape(text)
    blocks = list(_cut_by_ends(text, shape) if _starts_early(text, shape) else cut_blocks(text, shape))
    pieces = [piece for block in blocks for piece in _make_pieces(text, block, shape)]
    pieces += _report_open(blocks)
    pieces += _find_strays(text, blocks)
    return assemble(source, text, pieces, _BETWEEN)


def _find_shape(text: str) -> Shape:
    head = text[:200_000].replace("\r", "\n")
    if re.search(r"^\ufeff?TY {2}-", head, re.MULTILINE):
        return _RIS
    return _WOS if re.search(r"^\ufeff?PT [A-Z][\r\n]", head, re.MULTILINE) else _LOOSE_RIS


def _starts_early(text: str, shape: Shape) -> bool:
    """Return whether records begin with another tag than TY, as some tools write them: then each ends with ER."""
    first = next((line for _, _, line in split_lines(text[:20_000]) if shape.tag.match(line.lstrip("\ufeff"))), "")
    ends = shape.closes and any(shape.closes.match(line) for _, _, line in split_lines(text))
    return shape is not _WOS and bool(first and ends) and not shape.opens.match(first.lstrip("\ufeff"))


def _cut_by_ends(text: str, shape: Shape) -> Iterator[Block]:
    """Yield the ranges of records from the first tag to the line that closes them."""
    start = -1
    for at, end, line in split_lines(text):
        if shape.closes and shape.closes.match(line):
            if start >= 0:
                yield Block(start, end, closed=True)
            start = -1
        elif start < 0 and shape.tag.match(line.lstrip("\ufeff")):
            start = at
    if start >= 0:
        yield Block(start, len(text), closed=False)


def _make_pieces(text: str, block: Block, shape: Shape) -> Iterator[Piece]:
    """Yield a record, or the reason why it is not one, and a remark on a line of names that may be several."""
    tags = read_tags(text[block.start : block.end], shape)
    entry = _make_wos_entry(tags) if shape is _WOS else make_ris_entry(tags)
    if not entry.title:
        is_empty = not set(tags) - {"TY", "PT", "ID", "?"}
        reason = "an empty record; remove it" if is_empty else "a record without a title; add a line 'TI  - …'"
        yield Piece(block.start, block.end, reason=reason)
        return
    yield Piece(block.start, block.end, entry)
    for tag in ("AU", "A1", "ED", "A2", "A3"):
        values = tags.get(tag, ())
        if len(values) == 1 and not split_list(values[0])[1]:
            reason = f"'{values[0][:60]}' may be several names; write a line '{tag}  - …' for each of them"
            yield Piece(block.start, block.start, reason=reason)


def _report_open(blocks: list[Block]) -> Iterator[Piece]:
    """Report once the records that no `ER` closes: they were read, but may be cut short."""
    still_open = [block for block in blocks if not block.closed]
    if still_open:
        more = f" (and {len(still_open) - 1} more)" if len(still_open) > 1 else ""
        reason = (
            f"a record without 'ER  - ' at its end{more}; it was read, add the line or see whether the export is whole"
        )
        yield Piece(still_open[0].start, still_open[0].start, reason=reason)


def _find_strays(text: str, blocks: list[Block]) -> Iterator[Piece]:
    """Report tags outside of all records: the line that opens their record is lost."""
    ends, starts = [0, *(block.end for block in blocks)], [*(block.start for block in blocks), len(text)]
    for start, end in zip(ends, starts, strict=True):
        stray = _STRAY.search(text, start, end)
        if stray:
            reason = "fields outside of any record; the line 'TY  - …' that opens it is missing"
            yield Piece(stray.start(), start + len(text[start:end].rstrip()), reason=reason)


# -- entries --------------------------------------------------------------------------------------------------------


def make_ris_entry(tags: Tags) -> Entry:
    """Return what a record says, whose values are given by the tags of RIS."""
    title_tag = next((tag for tag in _TITLES if tags.get(tag)), "")
    abstract_tag = next((tag for tag in ("AB", "N2") if tags.get(tag)), "")
    venue_tag = next((tag for tag in _VENUES if tag != title_tag and tags.get(tag) and _is_venue(tags[tag][0])), "")
    author_tag = next((tag for tag in ("AU", "A1") if tags.get(tag)), "")
    authors = read_people(tags.get(author_tag, ()))
    published = _read_published(tags)
    links = in_order(_find_links(tags), LINKS)
    venue = tags[venue_tag][0] if venue_tag else None
    same = {tag for tag in _VENUES if list(tags.get(tag, ())) == [venue]}
    return Entry(
        title=headline(tags[title_tag][0]) if title_tag else "",
        abstract=prose(" ".join(value for value in tags.get(abstract_tag, ()) if not is_placeholder(value))),
        authors=show_all(authors),
        published=published,
        venue=venue,
        links=links,
        extra=_make_extra(tags, {abstract_tag, author_tag, *same}, title_tag, published, links.get("doi", "")),
        reference=make_ris_reference(tags, authors),
    )


def _is_venue(value: str) -> bool:
    return not is_repository(value) and not is_placeholder(value)


def _make_wos_entry(tags: Tags) -> Entry:
    author_tag = next((tag for tag in ("AF", "AU") if tags.get(tag)), "")
    published = latest_known([_date(tags, "PY"), _date(tags, "PD", "PY"), _date(tags, "EA")])
    links = in_order(_find_links(tags), LINKS)
    used = {"AB", author_tag} | ({"SO"} if len(tags.get("SO", ())) == 1 else set())
    authors = read_people(tags.get(author_tag, ()))
    return Entry(
        title=prose(next(iter(tags.get("TI", ())), "")),
        abstract=prose(" ".join(tags.get("AB", ()))),
        authors=show_all(authors),
        published=published,
        venue=next(iter(tags.get("SO", ())), None),
        links=links,
        extra=_make_extra(tags, used, "TI", published, links.get("doi", "")),
        reference=make_wos_reference(tags, authors),
    )


def _make_extra(tags: Tags, used: set[str], title_tag: str, published: str | None, doi: str) -> dict[str, str]:
    """Return what no attribute holds: also a second title, and a date or DOI of which an attribute holds a part."""
    others = []
    for tag, values in tags.items():
        rest = list(values[1:] if tag == title_tag else values)
        held = (
            tag in used or (tag in ("DO", "DI") and rest == [doi]) or (tag == "PY" and rest == [(published or "")[:4]])
        )
        others += [] if held or _is_date(tag, rest, published) else [(tag, value) for value in rest]
    return dict(keep_others(others, ()))


def _is_date(tag: str, values: list[str], published: str | None) -> bool:
    """Return whether a tag says the date and nothing more."""
    return tag in ("DA", "Y1", "PY", "PD") and len(values) == 1 and values[0].strip("/ ").replace("/", "-") == published


def _read_published(tags: Tags) -> str | None:
    if not (tags.get("PY") or tags.get("Y1")):
        return _date(tags, "DA")
    return latest_known([_date(tags, "PY"), _date(tags, "Y1"), _date(tags, "DA"), _date(tags, "DA", "PY")])


def _date(tags: Tags, *names: str) -> str | None:
    return read_date(" ".join(tags[name][0] for name in names)) if all(tags.get(name) for name in names) else None


def _find_links(tags: Tags) -> Iterator[tuple[str, str]]:
    """Return the names and identifiers of the links of a record, the surest first."""
    for tag in _IDENTIFIERS:
        for value in tags.get(tag, ()):
            yield from links_of(find_doi(value) if tag != "UR" or "doi.org/" in value else "").items()
            if value.startswith(("http://", "https://")) and (found := read_address(value)):
                yield from (links_of(found[1]).items() if found[0] == "doi" else [found])
            elif value[:5].lower() == "arxiv":
                inside = _INSIDE.search(value[:200])
                yield "arxiv", find_arxiv(value) or (inside[1] if inside else "")
