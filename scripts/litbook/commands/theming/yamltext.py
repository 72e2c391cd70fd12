"""Edit a YAML file as text: every comment, blank line, quotation mark and order that an edit does not name stays.

PyYAML says where each node is; edits are noted as pieces of the text to replace, and made all at once.
"""

from __future__ import annotations

import json
import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import yaml

from litbook.model.faults import CorpusError, Fault

Mapping = yaml.MappingNode
List = yaml.SequenceNode
_BLOCK_TEXT = ("|", ">")
# Lines end as YAML has it.
_LINES = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])|[^\n\r\x85\u2028\u2029]+")
# What every reader of YAML takes for text, also in brackets.
_PLAIN = re.compile(r"[^\W_](?:(?:[\w ./()+-]|(?<! )#)*[\w)])?")
_SHORT = 40  # characters of an entry, above which a new list has lines


class YamlText:
    """The text of one file with the edits that are noted on it; `file` is its name in messages."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        self._lines = _LINES.findall(text)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[tuple[int, int, int, str]] = []  # from, to, rank among those at one place, text
        self.root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)

    def result(self) -> str:
        """Return the text with all edits; those at one place are in order, and lines that go are not edited."""
        pieces, at = [], 0
        for start, end, _, new in sorted(self._edits, key=lambda edit: edit[:3]):
            if start >= at or start == end:
                pieces += [self._text[at:start], new]
                at = max(at, end)
        return "".join([*pieces, self._text[at:]])

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, 0, new))

    def _insert(self, at: int, new: str, rank: int = 0) -> None:
        """Note an insertion; what is added to a list comes before a new key behind it, which has a higher rank."""
        self._edits.append((at, at, rank, new))

    def replace(self, node: yaml.Node, value: str) -> None:
        """Replace a scalar, in the quotation marks that it has."""
        start, end = node.start_mark.index, node.end_mark.index
        style = getattr(node, "style", None)
        if style in _BLOCK_TEXT:
            end = start + len(self._text[start:end].rstrip())
            style = '"'
        self._edit(start, end, write_scalar(value, style))

    def remove_value(self, items: List, at: int) -> None:
        """Remove a scalar from a list in brackets, or on a line of its own."""
        if not items.flow_style:
            self.remove(items, at)
            return
        start, end = items.value[at].start_mark.index, items.value[at].end_mark.index
        if at + 1 < len(items.value):
            end = items.value[at + 1].start_mark.index
        elif at:
            start = items.value[at - 1].end_mark.index
        self._edit(start, end, "")

    def remove(self, items: List, at: int, *, with_comments: bool = True) -> None:
        """Remove an item that has lines of its own, with the comments right above it unless they are to stay."""
        first, last = self._extent(items, at, with_comments)
        if first and not self._lines[first - 1].strip():  # of the blank lines around it, one side is enough
            while last < len(self._lines) and not self._lines[last].strip():
                last += 1
        self._edit(self._starts[first], self._starts[last], "")

    def remove_key(self, mapping: Mapping, name: str) -> None:
        """Remove a key with its value, which are on lines of their own."""
        key, value = find_pair(mapping, name)
        last = self._line_of(self._content_end(value))
        self._edit(self._starts[key.start_mark.line], self._starts[last + 1], "")

    def source(self, items: List, at: int) -> str:
        """Return the lines of an item with the comments right above it, as if its hyphen were in the first column."""
        first, last = self._extent(items, at, with_comments=True)
        text = "".join(self._lines[first:last])
        text = text if text.endswith("\n") else text + self._end
        return _shift(text, -items.start_mark.column)

    def comments(self, items: List, at: int) -> str:
        """Return the comments right above an item, as if they began in the first column."""
        first, _ = self._extent(items, at, with_comments=True)
        plain, _ = self._extent(items, at, with_comments=False)
        return _shift("".join(self._lines[first:plain]), -items.start_mark.column)

    def insert(self, items: List, at: int, source: str) -> None:
        """Insert lines, written as if hyphens were in the first column, before the item `at` or behind the last."""
        self._check_lines(items)
        indented = _shift(source.replace("\r\n", "\n").replace("\n", self._end), items.start_mark.column)
        blank = self._end if self._are_apart(items) else ""
        if at < len(items.value):
            first, _ = self._extent(items, at, with_comments=True)
            self._insert(self._starts[first], indented + blank)
            return
        _, last = self._extent(items, len(items.value) - 1, with_comments=False)
        missing = "" if self._lines[last - 1].endswith("\n") else self._end
        self._insert(self._starts[last], missing + blank + indented)

    def insert_comments(self, items: List, at: int, comments: str) -> None:
        """Insert comments, written as if they began in the first column, right above an item."""
        first, _ = self._extent(items, at, with_comments=False)
        self._insert(self._starts[first], _shift(comments, items.start_mark.column))

    def extend(self, mapping: Mapping, name: str, sources: Sequence[str]) -> None:
        """Add items, each the source of a value, to the list under a key, which is made if it is missing."""
        if not sources:
            return
        found = find(mapping, name)
        if isinstance(found, List) and found.value and not found.flow_style:
            self.insert(found, len(found.value), "".join(_as_item(source) for source in sources))
        elif isinstance(found, List):
            inside = ", ".join(map(_inline, sources))
            at = found.end_mark.index - 1
            self._insert(at, f", {inside}" if found.value else inside)
        else:
            self._add_list(mapping, name, sources, found)

    def _add_list(self, mapping: Mapping, name: str, sources: Sequence[str], empty: yaml.Node | None) -> None:
        column = mapping.start_mark.column
        if all(isinstance(yaml.safe_load(source), str) and len(source) <= _SHORT for source in sources):
            text = f"{name}: [{', '.join(map(_inline, sources))}]{self._end}"
        else:
            text = f"{name}:{self._end}" + _shift("".join(map(_as_item, sources)), 2)
        last = self._line_of(self._content_end(mapping)) + 1
        missing = "" if self._lines[last - 1].endswith("\n") else self._end
        if empty is not None:  # the key without a value
            self.remove_key(mapping, name)
        self._insert(self._starts[last], missing + _shift(text, column), rank=1)

    def set_slugs(self, mapping: Mapping, name: str, slugs: Sequence[str]) -> None:
        """Write a list of slugs under a key, or remove the key if there are none."""
        found = find(mapping, name)
        if found is None or not isinstance(found, List) or not found.flow_style:
            if found is not None:
                self.remove_key(mapping, name)
            if slugs:
                self._add_list(mapping, name, slugs, None)
        elif slugs:
            self._edit(found.start_mark.index, found.end_mark.index, f"[{', '.join(slugs)}]")
        else:
            self.remove_key(mapping, name)

    def set_text(self, mapping: Mapping, name: str, value: str) -> None:
        """Replace the value of a key, or add the key behind the first one of the mapping."""
        found = find(mapping, name)
        if found is not None:
            self.replace(found, value)
            return
        first = mapping.value[0][1]
        last = self._line_of(self._content_end(first)) + 1
        line = _shift(f"{name}: {write_scalar(value)}{self._end}", mapping.start_mark.column)
        self._insert(self._starts[last], line)

    def sources_of(self, items: List) -> Iterator[str]:
        """Yield the text of each value of a list, without its hyphen; those of lists on lines keep their comments."""
        for at, item in enumerate(items.value):
            if items.flow_style:
                yield self._text[item.start_mark.index : item.end_mark.index]
                continue
            first, last = self._extent(items, at, with_comments=False)
            text = _shift("".join(self._lines[first:last]), -items.start_mark.column)
            yield _shift(" " + text[1:], -2).rstrip("\r\n")

    def _extent(self, items: List, at: int, with_comments: bool) -> tuple[int, int]:
        """Return the first line of an item, counted from 0, and the line behind its last one."""
        self._check_lines(items)
        column = items.start_mark.column
        item = items.value[at]
        first = item.start_mark.line
        while self._lines[first][column : column + 1] != "-":
            first -= 1
        last = self._line_of(self._content_end(item)) + 1
        while with_comments and first and re.match(r"[ \t]*#", self._lines[first - 1]):
            first -= 1
        return first, last

    def _check_lines(self, items: List) -> None:
        if items.flow_style:
            line = items.start_mark.line + 1
            remedy = "write each entry on lines of its own, with a hyphen before it, and run the command again"
            raise CorpusError([Fault(self.file, line, "a list of entries in brackets", remedy)])

    def _are_apart(self, items: List) -> bool:
        """Return whether there are blank lines between the items."""
        if len(items.value) < 2:
            return False
        first, _ = self._extent(items, 1, with_comments=True)
        return bool(first) and not self._lines[first - 1].strip()

    def _content_end(self, node: yaml.Node) -> int:
        """Return the index behind the last character of a node; comments that follow it are not part of it."""
        if isinstance(node, yaml.ScalarNode):
            end = node.end_mark.index
            return len(self._text[:end].rstrip()) if node.style in _BLOCK_TEXT else end
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._content_end(last[1] if isinstance(node, Mapping) else last)

    def _line_of(self, end: int) -> int:
        """Return the line, counted from 0, of the character before an index."""
        return bisect_right(self._starts, max(0, end - 1)) - 1


def find_pair(mapping: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node]:
    """Return the nodes of a key and of its value; raise `KeyError` if the key is missing."""
    if isinstance(mapping, Mapping):
        for key, value in mapping.value:
            if key.value == name:
                return key, value
    raise KeyError(name)


def find(mapping: yaml.Node | None, name: str) -> yaml.Node | None:
    """Return the value of a key, or None."""
    try:
        return find_pair(mapping, name)[1]
    except KeyError:
        return None


def items_of(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the items of a list; anything else has none."""
    return list(node.value) if isinstance(node, List) else []


def text_of(mapping: yaml.Node | None, name: str) -> str:
    """Return the text under a key, or nothing."""
    found = find(mapping, name)
    return " ".join(found.value.split()) if isinstance(found, yaml.ScalarNode) else ""


def write_scalar(value: str, style: str | None = None) -> str:
    """Return a text as YAML, plain if it can be so anywhere, unless it has to be in quotation marks."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    plain = not style and _PLAIN.fullmatch(value) and yaml.safe_load(value) == value
    return value if plain else json.dumps(value, ensure_ascii=False)


def _inline(source: str) -> str:
    """Return the source of a value as it can be written in brackets, without comments."""
    value = yaml.safe_load(source)
    return write_scalar(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _as_item(source: str) -> str:
    """Return the source of a value as the item of a list, with its hyphen in the first column."""
    return f"- {textwrap.indent(source.rstrip(), '  ').strip()}\n"


def _shift(text: str, columns: int) -> str:
    """Return a text with all lines moved to the right, or to the left as far as they have spaces."""
    if columns >= 0:
        return textwrap.indent(text, " " * columns)
    return re.sub(rf"(?m)^ {{1,{-columns}}}", "", text)
