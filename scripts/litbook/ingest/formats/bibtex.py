"""The reader of BibTeX and biblatex: bibtexparser cuts a file to blocks, pybtex reads the values in them.

A block without an end costs only itself: the next line that opens a block opens one. Where the two libraries disagree
on the end of a block (`\\}` is an escaped brace to one of them), the block counts that either of them can read.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bibtexparser import model as bib
from bibtexparser.exceptions import ParserStateException
from bibtexparser.splitter import Splitter
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError

from litbook.ingest.formats.bibcomments import ENTRY_START, close_comments
from litbook.ingest.formats.bibfields import Fields, make_entry
from litbook.ingest.formats.pieces import Piece, assemble
from litbook.ingest.formats.values import one_line
from litbook.model.review import Reading

_BETWEEN = "white space and comments between the entries"
_VOLUMES = ("proceedings", "mvproceedings", "periodical", "collection", "mvcollection")
_SETTINGS = {
    "xdata": "values that other entries take over",
    "set": "a set of entries",
    "control": "settings of a style",
}
_NAMES = frozenset(("author", "editor", "translator", "bookauthor"))
_FIELD_LINE = re.compile(r"\s*(?:,\s*)?([A-Za-z][\w:-]*)\s*=\s*[{\"]")
_STRAY_FIELD = re.compile(r"(?:(?<=[\r\n}])|\A)[ \t]*(?:,[ \t]*)?([A-Za-z][\w:-]*)\s{0,9}=\s{0,9}[{\"]")
# What a crossref lends: everything but these, and a title lends itself as the title of the book.
_OWN = frozenset("crossref xref xdata ids label key options presort sortkey entryset relatedtype related".split())
# EndNote writes entries without a key: a comma, or the first field, follows the brace.
_KEYLESS = re.compile(r"@\w+\s*[{(]\s*(?:,|[A-Za-z][\w-]*\s*=\s*[{\"\d])")
_LONGEST_SEGMENT = 200_000
_MOST_FAILURES = 300
# More fields than these without a comma between them are not a slip of the pen.
_MOST_RUN_ON = 30
# A value of so many braces and characters that pybtex would take minutes over it is taken as it stands.
_MOST_WORK = 200_000_000


@dataclass(slots=True)
class _Block:
    """Hold a block that was cut out: its range, and for an entry its type, key and fields, or else what is wrong."""

    start: int
    end: int
    kind: str = ""
    key: str = ""
    fields: Fields = ()
    reason: str = ""
    understood: bool = False
    remarks: list[str] = field(default_factory=list)


def matches(text: str) -> float:
    """Return how sure it is, from 0 to 1, that a text is BibTeX: that a line opens a block."""
    head = text[:200_000].replace("\r", "\n")
    if re.match(r"[\s\ufeff]*@\s?[A-Za-z]+\s*[{(]", head):
        return 0.97
    return 0.85 if ENTRY_START.search(head) and not re.match(r"[\s\ufeff]*[<{\[]", head) else 0.0


def read_bibtex(source: str, text: str) -> Reading:
    """Return the entries of a BibTeX file, and every other part of it with the reason why it is not one."""
    macros = _Macros()
    blocks = list(_read_blocks(text, macros))
    known = {block.key.lower(): block for block in reversed(blocks) if block.fields}
    wholes = _find_wholes(blocks)
    pieces: list[Piece] = []
    for block in blocks:
        pieces.append(_make_piece(block, known, wholes))
        pieces += [Piece(block.start, block.start, reason=one_line(remark)) for remark in block.remarks]
    pieces += _find_duplicates(text, blocks)
    pieces += _find_leftovers(text, blocks)
    return assemble(source, text, pieces, _BETWEEN)


# -- blocks ---------------------------------------------------------------------------------------------------------


def _read_blocks(text: str, macros: _Macros) -> Iterator[_Block]:
    """Return all blocks in their order; the abbreviations of the whole file are known to all of them."""
    # One sign for one sign: the places stay, and the splitter knows only the line feed.
    flat = close_comments(text.replace("\r", "\n"))
    cut = list(_locate(flat, _split(flat)))
    for _, found in cut:
        if isinstance(found, bib.String):
            macros.define(found.key, _read_value(found.value, macros)[0])
    second = _SecondChance(flat, macros)
    done = 0
    for number, (start, found) in enumerate(cut):
        if start < done:
            continue
        following = cut[number + 1][0] if number + 1 < len(cut) else len(flat)
        block = _make_block(start, found, macros)
        if isinstance(found, bib.ParsingFailedBlock) and not isinstance(found, _WRAPPERS):
            block = second.read(start) or _describe_failure(flat, start, following)
        if _is_commented_out(flat, start):
            block = _Block(start, max(block.end, start + 1), reason="an entry that is commented out", understood=True)
        block.remarks += _report_missing(macros)
        done = block.end
        yield block


_WRAPPERS = (bib.DuplicateBlockKeyBlock, bib.DuplicateFieldKeyBlock)


def _split(flat: str) -> list[bib.Block]:
    with _quiet():
        try:
            return list(Splitter(flat).split().blocks)
        except ParserStateException:
            return []


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the splitter from printing what is reported here in our own words."""
    logger = logging.getLogger("bibtexparser.splitter")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _locate(flat: str, blocks: Iterable[bib.Block]) -> Iterator[tuple[int, bib.Block]]:
    """Return each block with the place where it starts, without the comments between the blocks."""
    done = 0
    for block in blocks:
        if isinstance(block, bib.ImplicitComment) or not block.raw:
            continue
        start = flat.find(block.raw, done)
        if start >= 0:
            done = start + len(block.raw)
            yield start, block


def _make_block(start: int, cut: bib.Block, macros: _Macros) -> _Block:
    end = start + len(cut.raw or "")
    found: bib.Block | None = cut
    while isinstance(found, _WRAPPERS):
        found = found.ignore_error_block
    if not isinstance(found, bib.Entry):
        return _Block(start, end, reason="abbreviations, comments and settings", understood=True)
    block = _Block(start, end, found.entry_type, found.key)
    block.fields = tuple(_read_fields(found, macros, block.remarks))
    return block


def _is_commented_out(flat: str, start: int) -> bool:
    return flat[max(0, start - 200) : start].rpartition("\n")[2].lstrip("\ufeff \t").startswith("%")


def _describe_failure(flat: str, start: int, following: int) -> _Block:
    """Say what is wrong with a block that neither library can read, up to where the next one starts."""
    raw = flat[start:following].rstrip()
    opening = re.match(r"@\s?([A-Za-z]*)\s*[{(]\s*([^\s,{}()=\"#%]*)", raw)
    name = f"the entry '{one_line(opening[2])}'" if opening and opening[2] else "an entry"
    ends = "; the file ends inside of it" if not flat[following:].strip() else ""
    lost = _find_open_field(raw)
    if lost:
        reason = f"{name} has no closing brace or quote for its field '{lost}'{ends}; add it"
    elif raw.count("{") > raw.count("}"):
        reason = f"{name} has no closing brace{ends}; add it"
    else:
        reason = f"{name} is damaged{ends}; each field needs the form name = {{value}}, with a comma between two fields"
    return _Block(start, start + len(raw), reason=reason)


def _find_open_field(raw: str) -> str:
    """Return the name of the field before the first line that begins a field while a value is still open."""
    depth, quotes, open_field = 0, 0, ""
    for line in raw[:_LONGEST_SEGMENT].split("\n"):
        begins = _FIELD_LINE.match(line)
        if begins and open_field and (depth > 1 or quotes % 2):
            return open_field
        if begins:
            open_field, quotes = begins[1], 0
            quoted = line[begins.end() - 1] == '"'
        depth += line.count("{") - line.count("}")
        quotes += len(re.findall(r'(?<![\\{])"', line)) if begins is None or quoted else 0
    return open_field if depth > 1 or quotes % 2 else ""


class _SecondChance:
    """Read with pybtex the blocks that bibtexparser found no end for: it counts an escaped brace as a brace."""

    def __init__(self, flat: str, macros: _Macros) -> None:
        self._flat = flat
        self._macros = macros
        self._starts: list[int] | None = None
        self._failures = 0

    def read(self, start: int) -> _Block | None:
        """Return the block that starts here if it is whole, up to the next line that surely opens another."""
        if self._failures >= _MOST_FAILURES:
            return None
        if self._starts is None:
            self._starts = [match.start() for match in ENTRY_START.finditer(self._flat)]
        after = bisect_right(self._starts, start)
        end = self._starts[after] if after < len(self._starts) else len(self._flat)
        segment = self._flat[start : min(end, start + _LONGEST_SEGMENT)]
        parser = LowLevelParser(segment, macros=self._macros, keyless_entries=bool(_KEYLESS.match(segment)))
        try:
            kind, (key, values) = next(iter(parser))
        except (PybtexSyntaxError, StopIteration, ValueError, RecursionError):
            self._failures += 1
            return None
        block = _Block(start, start + parser.pos, kind.lower(), key or "")
        block.fields = tuple((name, one_line("".join(parts))) for name, parts in values)
        if re.match(r"@\s?\w+\s*[{(]\s*[^\s,{}()]+\s+[A-Za-z]", segment):
            block.remarks.append(f"there is no comma after the key '{key}'; add it")
        return block


# -- values ---------------------------------------------------------------------------------------------------------


class _Macros(dict[str, str]):
    """Hold the abbreviations of a file; one that is not defined stands for its own name, and is noted."""

    def __init__(self) -> None:
        super().__init__(month_names)
        self.missing: list[str] = []
        self.reported: set[str] = set()

    def define(self, name: str, value: str) -> None:
        self[name.lower()] = value

    def __missing__(self, name: str) -> str:
        if name.lower() in self:
            return self[name.lower()]
        self.missing.append(name)
        return name


def _read_fields(found: bib.Entry, macros: _Macros, remarks: list[str]) -> Iterator[tuple[str, str]]:
    """Return names and values; a field that follows another without a comma is read, and reported."""
    for each in found.fields:
        name = _drop_comments(each.key).strip().rpartition("\n")[2].strip()
        rest = each.value
        for _ in range(_MOST_RUN_ON):
            # In a list of names a percent sign begins a comment; anywhere else it is one.
            rest = _drop_comments(rest) if name.lower() in _NAMES else rest
            value, rest = _read_value(rest, macros)
            following = re.match(r"([A-Za-z][\w:-]*)\s*=\s*(.*)", rest, re.DOTALL)
            if rest and not following:
                value = _strip_delimiters(each.value)
                macros.missing.clear()
                remarks.append(f"the value of '{name}' in '{found.key}' is not whole; put braces around it")
            yield name, one_line(value)
            if rest and following:
                remarks.append(f"there is no comma after the field '{name}' in '{found.key}'; add it")
            if not following:
                break
            name, rest = following[1], following[2]
        else:
            remarks.append(f"a value in '{found.key}' runs on over many fields; put commas between them")


def _drop_comments(text: str) -> str:
    """Return a text without what follows a percent sign on a line, but for the last line."""
    head, end, last = text.rpartition("\n")
    return re.sub(r"(?<!\\)%[^\n]*", "", head) + end + last


def _report_missing(macros: _Macros) -> Iterator[str]:
    """Report each abbreviation that is not defined once for the whole file; months have many spellings."""
    for name in macros.missing:
        if name.lower() not in macros.reported and name[:3].lower() not in month_names:
            macros.reported.add(name.lower())
            yield f"the abbreviation '{name}' is not defined; define it with @string, or put braces around it"
    macros.missing.clear()


def _read_value(raw: str, macros: Mapping[str, str]) -> tuple[str, str]:
    """Return the value at the start of a text, and what follows it."""
    if len(raw) * (1 + raw.count("{")) > _MOST_WORK and raw.startswith('"'):
        return _strip_delimiters(raw), ""
    # A value at the very end of a text is not a whole value to pybtex: a comma follows it, as in an entry.
    parser = LowLevelParser(raw + " ,", macros=macros)
    try:
        parser.parse_value()
    except (PybtexSyntaxError, ValueError, RecursionError):
        return _strip_delimiters(raw), ""
    return "".join(parser.current_value), re.sub(r"(?:^|(?<=\n))[ \t]*%[^\n]*", "", raw[parser.pos :]).strip()


def _strip_delimiters(raw: str) -> str:
    raw = raw.strip()
    return raw[1:-1] if raw[:1] + raw[-1:] in ("{}", '""') and len(raw) > 1 else raw


# -- entries --------------------------------------------------------------------------------------------------------


def _find_wholes(blocks: Iterable[_Block]) -> frozenset[str]:
    """Return the keys that entries refer to as that of their volume, and the titles that they give of it."""
    names = ("crossref", "xref", "booktitle")
    said = (value for block in blocks for name, value in block.fields if name.lower() in names)
    return frozenset(_fold(key) for key in said)


def _fold(text: str) -> str:
    return one_line(text).replace("{", "").replace("}", "").lower()


def _make_piece(block: _Block, known: Mapping[str, _Block], wholes: frozenset[str]) -> Piece:
    if block.reason:
        return Piece(block.start, block.end, reason=block.reason, understood=block.understood)
    if block.kind in _SETTINGS:
        return Piece(block.start, block.end, reason=_SETTINGS[block.kind], understood=True)
    entry = make_entry(block.kind, block.key, [*block.fields, *_inherit(block, known)], block.remarks)
    title = next((value for name, value in block.fields if name.lower() == "title"), "")
    if block.kind in _VOLUMES and not {_fold(block.key), _fold(title)}.isdisjoint(wholes):
        return Piece(
            block.start, block.end, reason="a volume, of which entries are parts, is not a paper", understood=True
        )
    if not entry.title:
        reason = f"the entry '{one_line(block.key)}' has no title; add one"
        return Piece(block.start, block.end, reason=reason)
    return Piece(block.start, block.end, entry)


def _inherit(block: _Block, known: Mapping[str, _Block]) -> Iterator[tuple[str, str]]:
    """Return the fields that an entry takes over from the one that it refers to, if it has none of that name."""
    own = {name.lower(): value for name, value in block.fields}
    keys = [own.get("crossref", ""), *own.get("xdata", "").split(",")]
    for key in filter(None, (key.strip() for key in keys)):
        parent = known.get(key.lower())
        if parent is None:
            block.remarks.append(
                f"'{one_line(block.key)}' refers to '{one_line(key)}', which is not in this file; add it"
            )
            continue
        lent = {name.lower(): value for name, value in reversed(parent.fields)}
        if parent.kind != "xdata":
            lent = {"booktitle": lent.get("booktitle", lent.get("title", "")), **lent}
            lent = {
                name: value for name, value in lent.items() if name not in ("title", "subtitle", "author", "doi", "url")
            }
        yield from ((name, value) for name, value in lent.items() if value and name not in own and name not in _OWN)


def _find_duplicates(text: str, blocks: Iterable[_Block]) -> Iterator[Piece]:
    """Report every key that an earlier entry has: both entries are kept."""
    first: dict[str, int] = {}
    line, done = 1, 0
    for block in blocks:
        if block.reason or not block.key:
            continue
        line += len(re.findall(r"\r\n|\r|\n", text[done : block.start]))
        done = block.start
        if block.key in first:
            reason = (
                f"the key '{one_line(block.key)}' is that of line {first[block.key]} too; both were read, rename one"
            )
            yield Piece(block.start, block.start, reason=reason)
        first.setdefault(block.key, line)


def _find_leftovers(text: str, blocks: list[_Block]) -> Iterator[Piece]:
    """Report fields outside of all entries: a brace too many ended theirs early, or the line that opens it is lost."""
    ends, starts = [0, *(block.end for block in blocks)], [*(block.start for block in blocks), len(text)]
    for before, start, end in zip([None, *blocks], ends, starts, strict=True):
        found = _STRAY_FIELD.search(text, start, end) if end - start > 5 else None
        if found is None:
            continue
        follows = before is not None and before.fields and not text[before.end : found.start(1)].strip(" \t\r\n,")
        reason = (
            f"fields behind the end of '{one_line(before.key)}'; a value has a closing brace too many, remove it"
            if before and follows
            else "fields outside of any entry; the line that opens their entry, @article{key, or the like, is missing"
        )
        yield Piece(found.start(), start + len(text[start:end].rstrip()), reason=reason)
