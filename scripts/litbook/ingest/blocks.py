"""Read the blocks, roles and directives of a page from the tokens of the Markdown parser."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from litbook.ingest.directives import NOT_EMPTY, OPAQUE, TITLED, Parts, split_directive
from litbook.ingest.headings import CITATIONS, Heading, make_heading
from litbook.ingest.markdown import Syntax, locate_tokens, make_parser
from litbook.ingest.mistakes.blocks import check_block, check_list_table
from litbook.ingest.mistakes.formulas import check_formula, check_tex
from litbook.ingest.mistakes.html import check_html
from litbook.ingest.mistakes.structure import check_fence, check_footnotes
from litbook.ingest.mistakes.text import check_code, check_text
from litbook.ingest.rawhtml import find_links
from litbook.model.pages import HOLE, Block, Directive, Flaw, Link, Role
from litbook.text.sentences import count_words

if TYPE_CHECKING:
    from markdown_it.token import Token

# Citations that follow a statement; one that is part of the sentence, as {cite:t}, is read like a word.
_BEHIND = frozenset({"claim", "cite", "cite:p", "cite:ps", "cite:cp", "cite:cps"})
_FIGURES = frozenset({"figure", "figure-md"})
_LINKS = frozenset({"link_open", "image"})
_ADDRESS = re.compile(r"<?\b(?:https?|ftp|mailto)://?[^\s>)]+>?")
_SPACES = re.compile(r"[ \t\xa0]{2,}|[\t\xa0]")
_RUNS = re.compile(r"[ \t\xa0]+|[^ \t\xa0]+")

# Where the lines of a block's content are in the source: offset in the content, place in the source, line from 1.
Pieces = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """The contents of a page, each in order of lines."""

    blocks: tuple[Block, ...]
    roles: tuple[Role, ...]
    directives: tuple[Directive, ...]
    headings: tuple[Heading, ...]
    links: tuple[Link, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def read_blocks(source: str, syntax: Syntax) -> Found:
    """Return the blocks, roles, directives and headings of a page; its lines must end with line feeds."""
    reader = _Reader(source, syntax)
    reader.read()
    order = sorted(range(len(reader.roles)), key=lambda index: reader.roles[index].start)
    now = {before: after for after, before in enumerate(order)}
    blocks = [
        replace(block, roles=tuple((at, now[index]) for at, index in block.roles)) if block.roles else block
        for block in reader.blocks
    ]
    return Found(
        tuple(sorted(blocks, key=lambda block: block.line)),
        tuple(reader.roles[index] for index in order),
        tuple(sorted(reader.directives, key=lambda directive: directive.line)),
        tuple(reader.headings),
        tuple(reader.links),
        tuple(reader.flaws),
    )


class _Reader:
    """Walks through the tokens of a page and of its directives."""

    def __init__(self, source: str, syntax: Syntax) -> None:
        self.blocks: list[Block] = []
        self.roles: list[Role] = []
        self.directives: list[Directive] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.flaws: list[Flaw] = []
        self._source = source
        self._parser = make_parser(syntax)
        self._plain = syntax.is_plain
        self._env: dict[str, Any] = {}  # link references and footnotes apply to the whole page
        self._lines = source.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._footnotes: dict[str, tuple[list[Token], int]] = {}
        self._referenced: set[str] = set()
        self._targets: dict[str, int] = {}  # by name: the line of the first
        self._cells: dict[int, int] = {}  # by line of a table: where its next cell may start
        self._html: list[tuple[str, int]] = []  # each piece with its line

    def read(self) -> None:
        """Read the whole page."""
        self._read(self._source, 0, "")
        for label in sorted(self._referenced & self._footnotes.keys()):  # the build omits all other footnotes
            tokens, first = self._footnotes[label]
            self._walk(tokens, first, "footnote")
        self.links += [link for html, line in self._html for link in find_links(html, line)]
        if not self._plain:
            self.flaws += [*check_html(self._html), *check_footnotes(self._footnotes, self._referenced)]

    # -- blocks -----------------------------------------------------------------------------------------------------

    def _read(self, text: str, first: int, inside: str) -> None:
        """Read Markdown whose lines are those of the page from `first` on; `inside` names the enclosing directive."""
        tokens = self._parser.parse(text + "\n", self._env)
        if tokens and tokens[0].type == "front_matter":
            tokens = tokens[1:]
        self.flaws += check_list_table(tokens, first, first) if inside == "list-table" else ()
        self._walk(tokens, first, inside)

    def _walk(self, tokens: Sequence[Token], first: int, inside: str) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if not self._plain:
                self.flaws += check_block(tokens, at, first, self._lines)
                self.flaws += check_formula(token, first + (token.map or [0])[0] + 1)
            if token.type in ("footnote_reference_open", "tr_open") or _is_row(token, inside):
                end = _find_close(tokens, at)
                if token.type == "tr_open":
                    self._read_row(tokens[at:end], first)
                elif token.type == "list_item_open":
                    self._read_listed_row(tokens[at:end], first, inside)
                else:
                    self._note_footnote(token, tokens[at + 1 : end], first)
                at = end
            elif token.type == "inline":
                self._read_inline(token, tokens[at - 1], first, inside)
            elif token.type in ("fence", "colon_fence"):
                self._read_fence(token, first, inside)
            elif token.type == "myst_target":
                self._note_target(token, first)
            elif token.type == "html_block" and token.map:
                self._html.append((token.content, first + token.map[0] + 1))
            at += 1

    def _note_target(self, token: Token, first: int) -> None:
        """Note a flaw if a name that links can lead to is given twice: the build lets them lead to neither."""
        name, line = " ".join(token.content.lower().split()), first + (token.map or [0])[0] + 1
        if self._targets.setdefault(name, line) != line:
            what = f"the target '({token.content})=' is on line {self._targets[name]} already"
            self.flaws.append(Flaw(line, what, "give one of them another name"))

    def _note_footnote(self, token: Token, tokens: Sequence[Token], first: int) -> None:
        """Keep the text of a footnote until the page is read; of two with one label the build shows the first."""
        label, line = token.meta["label"], first + (token.map or [0])[0] + 1
        if label in self._footnotes:
            what = f"the footnote '[^{label}]' has a text already"
            self.flaws.append(Flaw(line, what, "give one of them another mark, or remove it"))
        else:
            self._footnotes[label] = (list(tokens), first)

    def _read_fence(self, token: Token, first: int, inside: str) -> None:
        assert token.map is not None
        line, colons = first + token.map[0], token.type == "colon_fence"
        self.flaws += check_fence(token, line + 1)
        parts = None if self._plain else split_directive(token.info, token.content, colons)
        if parts:
            last = first + token.map[1]
            self.directives.append(Directive(parts.name, parts.argument, line + 1, parts.options, last))
            self._read_title(parts, line)
            if parts.name == "math":
                self.flaws += check_tex("\n\n".join(filter(None, (parts.argument, parts.body.strip()))), line + 1)
            if parts.name not in OPAQUE:
                self._read(parts.body, line + parts.offset, parts.name if inside not in _FIGURES else inside)
        elif colons:
            self._read(token.content, line + 1, inside or "div")

    def _read_title(self, parts: Parts, line: int) -> None:
        drawn = parts.body.strip() or parts.name not in NOT_EMPTY
        if parts.name in TITLED and parts.argument and drawn:
            (token,) = self._parser.parseInline(parts.argument, self._env)
            self._add("title", [self._locate(parts.argument, line)], [token])

    def _read_inline(self, token: Token, opening: Token, first: int, inside: str) -> None:
        assert token.map is not None
        pieces = self._locate(token.content, first + token.map[0])
        heading = opening.type == "heading_open" and not inside and opening.level == 0
        kind = "caption" if inside in _FIGURES else "paragraph"
        if heading:
            titled = any(other.level == 1 for other in self.headings)
            kind = "page-title" if opening.tag == "h1" and not titled else "heading"
        before = len(self.roles)
        self._add(kind, [pieces], [token])
        if heading:
            computed = any(not CITATIONS.fullmatch(role.name) for role in self.roles[before:])
            self.headings.append(make_heading(opening, token, pieces[0][2], computed))

    def _read_row(self, tokens: Sequence[Token], first: int) -> None:
        cells = [token for token in tokens if token.type == "inline" and token.map]
        if cells and cells[0].map:
            line = first + cells[0].map[0]
            self._add("row", [self._locate_cell(cell.content, line) for cell in cells], cells)

    def _read_listed_row(self, tokens: Sequence[Token], first: int, inside: str) -> None:
        """Read a row of a list-table, whose cells are list items; directives in a cell are read by themselves."""
        cells = [token for token in tokens if token.type == "inline" and token.map]
        places = [self._locate(cell.content, first + cell.map[0]) for cell in cells if cell.map]
        if cells:
            self._add("row", places, cells)
        self._walk([token for token in tokens if token.type in ("fence", "colon_fence")], first, inside)

    # -- places -----------------------------------------------------------------------------------------------------

    def _locate(self, content: str, first: int) -> Pieces:
        """Return where each line of a block's content is, after the marks of quotations, lists and headings."""
        pieces = []
        offset = 0
        for number, part in enumerate(content.split("\n"), start=first):
            line = self._lines[min(number, len(self._lines) - 1)]
            column = line.rfind(part)
            if column < 0:  # a tab before it became spaces
                column = max(line.rfind(part.strip()), 0) - (len(part) - len(part.lstrip()))
            pieces.append((offset, self._starts[number] + column, number + 1))
            offset += len(part) + 1
        return pieces

    def _locate_cell(self, content: str, number: int) -> Pieces:
        """Return where a table cell is: after the previous one; each `|` in it has a backslash."""
        line = self._lines[number]
        at = self._cells.get(number, 0)
        pieces = []
        offset = 0
        for part in content.split("|"):
            column = max(line.find(part, at), at)
            pieces.append((offset, self._starts[number] + column, number + 1))
            offset += len(part) + 1
            at = column + len(part)
        self._cells[number] = at
        return pieces

    # -- text -------------------------------------------------------------------------------------------------------

    def _add(self, kind: str, places: Sequence[Pieces], tokens: Sequence[Token]) -> None:
        """Add a block with the text of inline tokens; those of a row are its cells, separated by bars."""
        writer = _Writer()
        for pieces, token in zip(places, tokens, strict=True):
            if kind == "row":
                writer.bar(pieces[0][1], pieces[0][2])
            self._write(writer, pieces, token)
        if kind == "row":
            writer.bar(places[-1][-1][1], places[-1][-1][2])
        block = writer.make(kind, places[0][0][2])
        if block:
            self.blocks.append(block)

    def _write(self, writer: _Writer, pieces: Pieces, token: Token) -> None:
        skipped_to = -1
        opened: list[int] = []
        children = token.children or []
        for at, (child, start, end) in enumerate(locate_tokens(token.content, children)):
            place, line = _place(pieces, start)
            self._look_at(children, at, line)
            if child.type in ("text", "text_special") and start >= skipped_to:
                writer.write(child.content, place, line)
            elif child.type == "myst_role":
                self._write_role(writer, child, token.content[start:end], pieces, start)
            elif child.type == "footnote_ref":
                self._referenced.add(child.meta.get("label", ""))
                writer.gap(place, line)
            elif child.type == "substitution_inline":
                writer.write(HOLE, place, line)
            elif child.type == "link_open" and child.info == "auto":
                skipped_to = child.meta.get("span", (0, 0))[1] or end + len(str(child.attrs.get("href", "")))
                writer.gap(place, line)
            elif child.type in ("em_open", "strong_open"):
                opened.append(writer.size)
            elif child.type in ("em_close", "strong_close"):
                writer.stressed.append((opened.pop(), writer.size))
            elif child.nesting == 0:  # code, mathematics, HTML, an image or the end of a line
                writer.words += count_words(child.content) if child.type == "code_inline" else 0
                writer.gap(place, line)

    def _look_at(self, tokens: Sequence[Token], at: int, line: int) -> None:
        """Note a link or picture, and what is wrong with a piece of text."""
        token = tokens[at]
        if token.type == "text" and not self._plain:
            before = tokens[at - 1].content if at and tokens[at - 1].type == "text_special" else ""
            before_code = any(other.type == "code_inline" for other in tokens[at + 1 : at + 2])
            self.flaws += check_text(token.content, line, before, before_code)
        elif token.type == "code_inline" and not self._plain:
            after = "".join(other.content for other in tokens[at + 1 : at + 2] if other.type == "text")
            self.flaws += check_code(token.content, after, line)
        elif token.type in _LINKS and token.info != "auto":
            target = token.attrs.get("src" if token.type == "image" else "href", "")
            self.links.append(Link(str(target), line, token.type == "image"))
        elif not self._plain and token.type != "html_inline":
            self.flaws += check_formula(token, line)
        elif token.type == "html_inline":
            self._html.append((token.content, line))

    def _write_role(self, writer: _Writer, token: Token, written: str, pieces: Pieces, start: int) -> None:
        name = token.meta["name"]
        behind = len(name) + 2
        ticks = len(written) - behind - len(written[behind:].lstrip("`"))
        text = written[behind + ticks : len(written) - ticks]
        (place, line), (last, _) = _place(pieces, start), _place(pieces, start + len(written) - 1)
        writer.roles.append((writer.size, len(self.roles)))
        self.roles.append(Role(name, text, place, last + 1, place + behind + ticks, line))
        if name in _BEHIND:
            writer.gap(place, line)
        else:
            writer.words += 0 if name.startswith("cite") else count_words(text)
            writer.write(HOLE, place, line)


@dataclass(slots=True)
class _Writer:
    """Collects the visible text of a block, with single spaces for white space."""

    size: int = 0
    words: int = 0
    texts: list[str] = field(default_factory=list)
    pieces: Pieces = field(default_factory=list)
    stressed: list[tuple[int, int]] = field(default_factory=list)
    roles: list[tuple[int, int]] = field(default_factory=list)

    def write(self, text: str, place: int, line: int) -> None:
        """Add text that is unchanged in one line of the source."""
        if "://" in text or "mailto:" in text:
            text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
        if not _SPACES.search(text) and not (text.startswith(" ") and self._after_space()):
            self._put(text, place, line)
            return
        for run in _RUNS.finditer(text):
            if run.group()[0] in " \t\xa0":
                self.gap(place + run.start(), line)
            else:
                self._put(run.group(), place + run.start(), line)

    def gap(self, place: int, line: int) -> None:
        """Add a space, unless there is one already or nothing precedes it."""
        if not self._after_space():
            self._put(" ", place, line)

    def bar(self, place: int, line: int) -> None:
        """Add the separator between two cells."""
        self.gap(place, line)
        self._put("|", place, line)
        self.gap(place, line)

    def make(self, kind: str, line: int) -> Block | None:
        """Return the block, or None if it has neither text nor a role."""
        text = "".join(self.texts).rstrip(" ")
        if not text and not self.roles:
            return None
        words = self.words + count_words(text)
        return Block(kind, text, line, tuple(self.pieces), tuple(self.roles), words, tuple(self.stressed))

    def _after_space(self) -> bool:
        return not self.texts or self.texts[-1].endswith(" ")

    def _put(self, text: str, place: int, line: int) -> None:
        if text:
            last = self.pieces[-1] if self.pieces else None
            if last is None or place - last[1] != self.size - last[0] or line != last[2]:
                self.pieces.append((self.size, place, line))
            self.texts.append(text)
            self.size += len(text)


def _is_row(token: Token, inside: str) -> bool:
    return token.type == "list_item_open" and token.level == 1 and inside == "list-table"


def _place(pieces: Pieces, offset: int) -> tuple[int, int]:
    """Return the offset in the source of a character of a block's content, and its line."""
    at, place, line = pieces[bisect_right(pieces, (offset, 1 << 62)) - 1]
    return place + offset - at, line


def _find_close(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the token that closes the one at `at`."""
    level = tokens[at].level
    return next(end for end in range(at + 1, len(tokens)) if tokens[end].nesting < 0 and tokens[end].level == level)
