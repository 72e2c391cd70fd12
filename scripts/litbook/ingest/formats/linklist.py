"""The reader of lists of papers with links or identifiers, in Markdown, HTML or plain text.

Awesome lists, tables of daily papers, digests, reading lists: an identifier, or the address of a paper's page, is the
sure sign of a paper; what has none is never one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from litbook.ingest.formats.accounts import LOOSE, find_all
from litbook.ingest.formats.bibtex import read_bibtex
from litbook.ingest.formats.columns import name_roles
from litbook.ingest.formats.listblocks import (
    BULLET,
    CODE,
    HEADING,
    ROW,
    TEXT,
    Block,
    cut_blocks,
    cut_html_blocks,
    find_targets,
    nest,
)
from litbook.ingest.formats.listitem import (
    Item,
    find_links,
    find_names,
    is_worded,
    looks_like_title,
    plain_text,
    read_item,
)
from litbook.ingest.formats.listlines import MORE_AUTHORS
from litbook.ingest.formats.people import show_all
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.model.reference import AND_OTHERS, Reference
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import in_order

_BETWEEN = "headings and lines between the papers"
_SURE = 0.8
_HTML = re.compile(r"[\s\ufeff]*<(?:!doctype html|html|head|body|ul|ol|dl|table|div|article|h[1-6])\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"[\s\ufeff]*(?:@\w+\s*[{(]|TY\s+-|PMID\s*-|%[0A] |\{\s*\"|\[\s*[{\[]|<\?xml|</?jats:|%PDF|_{20,}\s)"
)
_SECTIONS = re.compile(
    r"\W*(?:citations?|cit(?:e|ing)\b.*|references?|introduction|installation|usage|abstract|(?:table of )?contents?"
    r"|licen[sc]e|acknowledge?ments?|contribut\w+|news|updates?|overview|papers?|links?|resources?|related.*)\W*",
    re.IGNORECASE,
)
_LABELS = ("title", "authors", "date", "year", "venue", "abstract")
_PROSE = 400  # from this length on, a paragraph without a title of its own is prose that mentions papers


def matches(text: str) -> float:
    """Return how sure it is that a text is such a list: that lines of it bear identifiers beside words."""
    head = text[:60_000]
    if _OTHERS.match(head) or not (find_all(head) or re.search(r"https?://\S+", head)):
        return 0.0
    records = [piece.entry for piece in _make_pieces(head) if piece.entry]
    titled = sum(1 for entry in records if entry.title)
    return _SURE if titled * 2 > len(records) else 0.0


def read_linklist(source: str, text: str) -> Reading:
    """Return a record for each item that bears an identifier, or leads to the page of a paper."""
    return assemble(source, text, _make_pieces(text), _BETWEEN)


def _make_pieces(text: str) -> list[Piece]:
    is_html = bool(_HTML.match(text))
    blocks = nest(list(cut_html_blocks(text) if is_html else cut_blocks(text)))
    return list(_Lister(text, find_targets(text)).read(blocks))


class _Lister:
    """Read blocks one after the other; a heading alone above one paper is its title."""

    def __init__(self, text: str, targets: Mapping[str, str]) -> None:
        self.text, self.targets = text, targets
        self.other_links: list[Block] = []

    def read(self, blocks: Sequence[Block]) -> Iterator[Piece]:
        """Yield the pieces of the blocks, and a remark on lines with links to other pages."""
        yield from self._read(blocks, ())
        if self.other_links:
            first, number = self.other_links[0], len(self.other_links)
            said = f"{number} line{'s' * (number > 1)} with links that lead to no known page of a paper skipped"
            yield Piece(first.start, first.start, reason=f"{said}; add the identifiers of those that are papers")

    def _read(self, blocks: Sequence[Block], around: tuple[str, ...]) -> Iterator[Piece]:
        at = 0
        while at < len(blocks):
            block = blocks[at]
            end = at + 1
            if block.kind == HEADING:
                end = self._find_end(blocks, at)
                item = self._read_headed(blocks[at:end])
                if item:
                    yield self._make(item, block, blocks[end - 1].end, around)
                else:
                    end = at + 1
                    yield Piece(block.start, block.end, reason=_BETWEEN, understood=True)
            elif block.kind == CODE:
                yield from self._read_code(block)
            elif block.kind == ROW:
                yield from self._read_row(block, around)
            elif block.kind == BULLET:
                yield from self._read_bullet(block, around)
            elif block.kind == TEXT and _SECTIONS.fullmatch(block.text):
                yield Piece(block.start, block.end, reason=_BETWEEN, understood=True)
            elif block.kind == TEXT:
                end = self._find_run(blocks, at)
                yield from self._read_text(blocks[at:end], around)
            at = end

    # -- headings -----------------------------------------------------------------------------------------------------

    def _find_end(self, blocks: Sequence[Block], at: int) -> int:
        """Return where the blocks end that are under a heading, up to the next heading."""
        end = at + 1
        while end < len(blocks) and blocks[end].kind != HEADING:
            end += 1
        return end

    def _read_headed(self, blocks: Sequence[Block]) -> Item | None:
        """Return the one paper that a heading and what is under it describe, or None."""
        heading, *below = blocks
        if any(block.kind == ROW and "title" in _roles_of(block) for block in below):
            return None
        own = self._papers(heading)
        others = [papers for block in below if (papers := self._papers(block))]
        distinct = self._count(others + ([own] if own else []))
        title = plain_text(heading.text)
        if not looks_like_title(title) or _SECTIONS.fullmatch(title) or distinct != 1:
            return None
        lines = [line for block in below for line in _lines_of(block)]
        if own:
            return read_item(lines, self.targets, heading.text)
        # A paper that has a title of its own is one in the section of this heading.
        alone = read_item(lines, self.targets)
        return None if alone.title or len(title) < 12 else read_item(lines, self.targets, heading.text)

    def _papers(self, block: Block) -> frozenset[str]:
        """Return the identifiers, or else the pages, of the papers that a block names."""
        links = find_links("\n".join(_lines_of(block)), self.targets)
        found = {
            f"{name}:{value.lower()}" for link in links for name, value in link.found if name not in ("code", "project")
        }
        return frozenset(found or {link.address for link in links if link.is_page})

    def _count(self, groups: Sequence[frozenset[str]]) -> int:
        """Return how many papers these identifiers are of: one paper has at most one of each kind."""
        kinds: dict[str, set[str]] = {}
        for name in {name for group in groups for name in group}:
            kinds.setdefault(name.partition(":")[0], set()).add(name)
        return max((len(names) for names in kinds.values()), default=0)

    # -- bullets, rows, paragraphs ------------------------------------------------------------------------------------

    def _read_bullet(self, block: Block, around: tuple[str, ...]) -> Iterator[Piece]:
        own = self._papers(Block(BULLET, block.start, block.end, block.text))
        inside = [papers for part in block.parts if (papers := self._papers(part))]
        if not own and self._count(inside) > 1:
            yield from self._read(nest(block.parts), (*around, *block.section, plain_text(block.text)))
        elif not own and not inside:
            yield self._skip(block)
        else:
            yield from self._read_lines(block, _lines_of(block), around)

    def _read_row(self, block: Block, around: tuple[str, ...]) -> Iterator[Piece]:
        if not self._papers(block):
            yield self._skip(block)
            return
        roles = _roles_of(block)
        cells = {role: block.cells[at] for role, at in roles.items() if at < len(block.cells)}
        item = read_item([block.text.replace("|", " | ")], self.targets)
        labelled = [
            f"{role}: {cells[role]}" for role in ("title", "authors", "date", "venue", "abstract") if cells.get(role)
        ]
        # Under a heading that says so, a title may be as short as "FPN".
        title = plain_text(cells.get("title", ""))
        chosen = read_item([*labelled, block.text], self.targets) if is_worded(title) else item
        if not chosen.title and block.header:
            first = next((words for cell in block.cells if looks_like_title(words := plain_text(cell))), "")
            chosen = replace(chosen, title=first)
        yield self._make(self._take_names(chosen, cells, roles), block, block.end, around)

    def _take_names(self, item: Item, cells: Mapping[str, str], roles: Mapping[str, int]) -> Item:
        """Return the item of a row with the names of its column of authors: others are of institutes and places."""
        if "authors" not in cells:
            return replace(item, names=()) if roles else item
        names, shown = find_names({"authors": cells["authors"]}, ())
        return replace(item, names=names, shown=shown or ("" if names else plain_text(cells["authors"])))

    def _find_run(self, blocks: Sequence[Block], at: int) -> int:
        """Return where a run of paragraphs ends that may be one paper: up to the first that names one."""
        end = at + 1
        while end < len(blocks) and blocks[end].kind == TEXT and end - at < 4 and not self._papers(blocks[end - 1]):
            end += 1
        is_long = any(len(block.text) > _PROSE for block in blocks[at : end - 1])
        named = self._papers(blocks[end - 1])
        return end if named and not is_long and self._count([named]) == 1 else at + 1

    def _read_text(self, blocks: Sequence[Block], around: tuple[str, ...]) -> Iterator[Piece]:
        """Read paragraphs: one paper, or one in each line, or the titles that prose links to."""
        block = blocks[-1]
        if not self._papers(block):
            yield self._skip(block)
            return
        lines = [line for one in blocks for line in _lines_of(one)]
        bearing = [line for line in lines if find_all(line)]
        if len(blocks) == 1 and self._count([self._papers(block)]) > 1 and len(bearing) > 1:
            yield from self._read_each_line(block, around)
        elif self._count([self._papers(block)]) > 1:
            yield from self._read_prose(block, around)
        else:
            whole = Block(TEXT, blocks[0].start, block.end, "\n".join(lines), section=block.section)
            item = read_item(lines, self.targets)
            if len(block.text) > _PROSE and not item.title:
                yield self._skip(block)
            else:
                yield self._make(item, whole, block.end, around)

    def _read_each_line(self, block: Block, around: tuple[str, ...]) -> Iterator[Piece]:
        """Read a paragraph each line of which bears a paper, or begins one that goes on in the next."""
        start, held = block.start, []
        for line in self.text[block.start : block.end].splitlines(keepends=True):
            held.append(line)
            end = start + sum(map(len, held))
            if self._papers(Block(TEXT, start, end, line)):
                part = Block(TEXT, start, end, "".join(held), section=block.section)
                yield from self._read_lines(part, [text.strip() for text in held], around)
                start, held = end, []

    def _read_lines(self, block: Block, lines: Sequence[str], around: tuple[str, ...]) -> Iterator[Piece]:
        """Yield the paper that lines describe, or each of several that they link to by their titles."""
        papers = self._papers(block)
        item = read_item(lines, self.targets)
        titled = [link for link in item.links if link.is_paper and looks_like_title(link.words) and " " in link.words]
        if self._count([papers]) > 1 and len({link.words for link in titled}) > 1:
            yield from self._read_prose(block, around)
        else:
            yield self._make(item, block, block.end, around)

    def _read_prose(self, block: Block, around: tuple[str, ...]) -> Iterator[Piece]:
        """Yield a paper for each title that is a link; all but the first have no lines of their own."""
        text = self.text[block.start : block.end]
        places = [
            (match.start(), match.end(), match[0])
            for match in re.finditer(r"\[[^\[\]]{4,300}\]\([^()\s]+\)", text)
            if any(link.is_paper and looks_like_title(link.words) for link in find_links(match[0], self.targets))
        ]
        if not places:
            yield self._skip(block)
        for start, end, words in places:
            part = Block(TEXT, block.start + start, block.start + end, words, section=block.section)
            yield self._make(read_item([words], self.targets), part, part.end, around)

    def _read_code(self, block: Block) -> Iterator[Piece]:
        """Yield the entries of a piece of BibTeX; other code is not part of the list."""
        if not re.search(r"^\s*@\w+\s*[{(]", block.text, re.MULTILINE):
            yield Piece(block.start, block.end, reason=LOOSE, understood=True)
            return
        inside = self.text[block.start : block.end]
        for record in read_bibtex("", inside).records:
            start = block.start + record.offset
            said = (record.title, record.abstract, record.authors, record.published, record.venue)
            entry = Entry(*said, record.links, record.extra, record.reference)
            yield Piece(start, start + len(record.raw.rstrip()), entry)

    def _skip(self, block: Block) -> Piece:
        links = find_links("\n".join(_lines_of(block)), self.targets)
        if any(re.match(r"https?://", link.address) for link in links):
            self.other_links.append(block)
        return Piece(block.start, block.end, reason=LOOSE, understood=True)

    # -- entries ------------------------------------------------------------------------------------------------------

    def _make(self, item: Item, block: Block, end: int, around: tuple[str, ...]) -> Piece:
        section = [clean for text in (*around, *block.section) if (clean := _clean_section(text))]
        page = next(iter(item.pages()), "")
        extra = {"section": " / ".join(section), "authors": item.shown, "URL": page, **item.others}
        fields = {"keyword": section[-1] if section else "", "URL": page}
        return Piece(
            block.start,
            end,
            Entry(
                title=item.title,
                abstract=item.abstract,
                authors=show_all(item.names),
                published=item.published or _date_identifier(dict(item.identifiers()).get("arxiv", "")),
                venue=item.venue or None,
                links=in_order(item.identifiers(), LINKS),
                extra={name: value for name, value in extra.items() if value},
                reference=Reference(
                    native="list:",
                    names={"author": item.names} if item.names else {},
                    fields={name: value for name, value in fields.items() if value},
                    others={AND_OTHERS: "author"} if item.names and MORE_AUTHORS.search(item.shown) else {},
                ),
            ),
        )


def _date_identifier(arxiv: str) -> str | None:
    """Return the month that an arXiv identifier states: that of the first version."""
    found = re.match(r"(?:[a-z.-]+/)?(\d\d)(0[1-9]|1[0-2])", arxiv, re.IGNORECASE)
    return f"{19 if found[1] > '90' else 20}{found[1]}-{found[2]}" if found else None


def _roles_of(block: Block) -> dict[str, int]:
    """Return which cell of a row is the title, the authors and so on, by the header of its table."""
    return name_roles([plain_text(cell) for cell in block.header])


def _lines_of(block: Block) -> list[str]:
    return [*block.text.split("\n"), *(line for part in block.parts for line in _lines_of(part))]


def _clean_section(text: str) -> str:
    """Return a heading as a keyword: without its number and marks."""
    return re.sub(r"^[\W\d_]+|[^\w)]+$", "", plain_text(text))[:80]
