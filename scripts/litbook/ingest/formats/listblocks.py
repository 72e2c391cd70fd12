"""Cut a list of papers, in Markdown, HTML or plain text, into the blocks that may be a paper each.

Only `linklist` uses this. It knows headings, bullets, rows of tables and paragraphs, and nothing of papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from litbook.ingest.formats.pieces import split_lines

HEADING, BULLET, ROW, TEXT, CODE, RULE = "heading", "bullet", "row", "text", "code", "rule"
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$|\s*<h([1-6])[^>]*>(.*?)(?:</h\3>)?\s*$", re.IGNORECASE)
_BULLET = re.compile(r"(\s*)(?:[-*+•◦▪●]|\(?\d{1,4}[.)]|\[\d{1,4}\](?!\())\s+(?:\[[ xX]\]\s+)?(.*)$")
_ROW = re.compile(r"\s*\|.*\|\s*$|\s*[^|\s][^|]*(?:\|[^|]*){2,}$")
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\s*$")
_RULE = re.compile(
    r"\s*(?:[-*_=]\s*){3,}$|\s*<(?:br|hr)\s*/?>\s*$|\s*</?(?:details|summary|div|p|ul|ol|table|center)\b[^>]*>\s*$",
    re.IGNORECASE,
)
# Org mode: headings are stars with a state before and tags behind, a drawer has what is said of a heading.
_ORG = re.compile(
    r"^(?:#\+(?:title|author|startup|filetags|options)\b.*|[ \t]*:PROPERTIES:[ \t]*)$", re.IGNORECASE | re.MULTILINE
)
_ORG_HEADING = re.compile(
    r"(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING|READ|READING|SOMEDAY|CANCELED|CANCELLED)\s+)?(?:\[#[A-Z]\]\s+)?(.*?)"
    r"(?:\s+:[\w@:]+:)?\s*$"
)
_ORG_LINK = re.compile(r"\[\[([^\[\]\s]+)\](?:\[([^\[\]]*)\])?\]")
_ORG_PROPERTY = re.compile(r"\s*:(\w[\w-]*):\s+(\S.*)$")
_ORG_FRAME = re.compile(r"\s*(?::[\w-]+:\s*$|:(?:ID|CUSTOM_ID|CREATED|INTERLEAVE\w*|NOTER\w*):|#\+)", re.IGNORECASE)
_FENCE = re.compile(r"\s*(```|~~~)")
_TARGET = re.compile(r"\s{0,3}\[([^\]]{1,80})\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """Hold the lines of one heading, bullet, row, paragraph or piece of code: their range, depth and text.

    `depth` is the level of a heading or the indentation of a bullet. `cells` are those of a row, `header` the row above
    the separator of its table. `section` are the headings that the block is under, and the bullets that are not papers.
    """

    kind: str
    start: int
    end: int
    text: str
    depth: int = 0
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    parts: tuple[Block, ...] = field(default=())


def find_targets(text: str) -> dict[str, str]:
    """Return the addresses of reference links, `[7]: https://…`, by their names."""
    found = (_TARGET.match(line) for _, _, line in split_lines(text) if line.lstrip().startswith("["))
    return {match[1].lower(): match[2] for match in found if match}


def cut_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text in their order; a paragraph and a bullet go on over unmarked lines."""
    open_block: Block | None = None
    fence = ""
    lines = list(split_lines(text))
    headers = _find_headers([line for _, _, line in lines])
    is_org = bool(_ORG.search(text[:100_000]))
    for number, (start, end, line) in enumerate(lines):
        bare = line.strip("\ufeff \t\r\n")
        mark = _FENCE.match(line)
        if fence or mark:
            if open_block and open_block.kind != CODE:
                yield open_block
                open_block = None
            open_block = _extend(open_block, Block(CODE, start, end, bare))
            closes = bool(mark and fence and bare.startswith(fence))
            fence = "" if closes else fence or (mark[1] if mark else "")
            if closes:
                yield open_block
                open_block = None
            continue
        block = (_read_org(line, start, end) if is_org else None) or _read_line(
            _ORG_LINK.sub(_turn_link, line) if is_org else line, start, end, headers.get(number, ())
        )
        joins = block.kind == TEXT and open_block and open_block.kind in (TEXT, BULLET) and bare
        if joins and open_block:
            open_block = _extend(open_block, block)
            continue
        if open_block:
            yield open_block
        open_block = block if bare else None
    if open_block:
        yield open_block


def _extend(block: Block | None, more: Block) -> Block:
    if block is None:
        return more
    text = f"{block.text}\n{more.text}"
    return Block(block.kind, block.start, more.end, text, block.depth, block.cells, block.header)


def _read_line(line: str, start: int, end: int, header: tuple[str, ...]) -> Block:
    bare = line.strip("\ufeff \t\r\n")
    if heading := _HEADING.match(line.lstrip("\ufeff")):
        level = len(heading[1]) if heading[1] else int(heading[3])
        return Block(HEADING, start, end, heading[2] or heading[4] or "", level)
    if _SEPARATOR.match(line) or _RULE.match(line) or _TARGET.match(line):
        return Block(RULE, start, end, bare)
    if header:  # a row may lack its last bar
        return Block(ROW, start, end, bare, cells=tuple(_cut_cells(bare)), header=header)
    if bullet := _BULLET.match(line.lstrip("\ufeff")):
        return Block(BULLET, start, end, bullet[2], len(bullet[1].expandtabs(4)))
    return Block(TEXT, start, end, bare, len(line) - len(line.lstrip(" \t")) if bare else 0)


def _read_org(line: str, start: int, end: int) -> Block | None:
    """Return the block of a line that only Org mode has, or None."""
    if heading := _ORG_HEADING.match(line):
        return Block(HEADING, start, end, _ORG_LINK.sub(_turn_link, heading[2]), len(heading[1]))
    if _ORG_FRAME.match(line):
        return Block(RULE, start, end, line.strip())
    if said := _ORG_PROPERTY.match(line):
        return Block(TEXT, start, end, f"{said[1]}: {said[2]}")
    return None


def _turn_link(link: re.Match[str]) -> str:
    """Return a link of Org mode as one of Markdown."""
    return f"[{link[2] or link[1]}]({link[1]})"


def _find_headers(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Return the header of each line that is in a table of Markdown, its header included."""
    found: dict[int, tuple[str, ...]] = {}
    for at, line in enumerate(lines):
        if not at or not _SEPARATOR.match(line) or not _ROW.match(lines[at - 1]):
            continue
        header = tuple(_cut_cells(lines[at - 1].strip()))
        found[at - 1] = header
        row = at + 1
        while row < len(lines) and "|" in lines[row] and lines[row].strip() and not _SEPARATOR.match(lines[row]):
            found[row] = header
            row += 1
    return found


def _cut_cells(row: str) -> list[str]:
    """Return the cells of a row; a bar after a backslash, or in code, is part of its cell."""
    bare = row.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", bare)]


# -- blocks under blocks --------------------------------------------------------------------------------------------


def nest(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with their sections, and each bullet with the deeper bullets below it as its parts."""
    nested: list[Block] = []
    path: list[tuple[int, str]] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind == HEADING:
            path = [one for one in path if one[0] < block.depth] + [(block.depth, block.text)]
        below = [(level, text) for level, text in path if block.kind != HEADING or level < block.depth]
        end = at + 1
        while block.kind == BULLET and end < len(blocks) and _is_below(blocks[end], block):
            end += 1
        parts = tuple(blocks[at + 1 : end])
        section = tuple(text for _, text in below)
        last = blocks[end - 1].end
        nested.append(
            Block(block.kind, block.start, last, block.text, block.depth, block.cells, block.header, section, parts)
        )
        at = end
    return nested


def _is_below(block: Block, bullet: Block) -> bool:
    """Return whether a block belongs to a bullet above it: it is indented more."""
    return block.kind in (BULLET, TEXT) and block.depth > bullet.depth


# -- HTML -----------------------------------------------------------------------------------------------------------

_BLOCK_TAG = re.compile(
    r"<(h[1-6]|li|tr|dt|p|article|blockquote|table|ul|ol|dl|hr|nav|footer|header)\b[^>]*>", re.IGNORECASE
)
_SKIPPED = re.compile(
    r"<(script|style|svg|nav|footer|noscript|template)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL
)


_BREAK = re.compile(r"</?(?:div|dd|td|th|br|section)\b[^>]*>", re.IGNORECASE)


def cut_html_blocks(text: str) -> Iterator[Block]:
    """Yield the headings, items, rows and paragraphs of a page; scripts and navigation are left out."""
    plain = _SKIPPED.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), text)
    opened = list(_BLOCK_TAG.finditer(plain))
    for at, tag in enumerate(opened):
        end = opened[at + 1].start() if at + 1 < len(opened) else len(plain)
        name, inside = tag[1].lower(), _BREAK.sub("\n", plain[tag.end() : end])
        if not re.sub(r"<[^>]*>", "", inside).strip():
            continue
        if name[1:].isdigit():
            yield Block(HEADING, tag.start(), end, re.sub(r"\s+", " ", inside).strip(), int(name[1:]))
        elif name in ("li", "tr", "dt", "article"):
            yield Block(BULLET, tag.start(), end, inside.strip())
        else:
            yield Block(TEXT, tag.start(), end, inside.strip())
