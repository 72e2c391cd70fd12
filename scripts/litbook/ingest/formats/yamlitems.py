"""The reader of YAML: CSL YAML of Better BibTeX and pandoc, and lists of objects that have a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from litbook.ingest.formats.csljson import is_csl_entry, make_item
from litbook.ingest.formats.fields import Json, Refusal, clean
from litbook.ingest.formats.flatten import is_paper
from litbook.ingest.formats.objects import make_object
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.ingest.ledgers.yamllines import LOADER
from litbook.model.review import Reading
from litbook.model.vocabulary import CSL_TYPES

_BETWEEN = "the frame around the entries"
_TITLE = re.compile(r"^[ \t-]{0,40}[\"']?(?:title|TI|T1|name)[\"']?\s*:", re.IGNORECASE | re.MULTILINE)
_KEYED = re.compile(r"(?:---.*\n|#.*\n|\s*\n)*(?:[ \t]*- )?[ \t]*[\"']?[\w. -]{1,60}[\"']?\s*:(?:\s|$)")
_LINE = re.compile(r"[ \t]*(?:- ?)*[\"']?[\w. /@-]{1,60}[\"']?:(?:\s|$)|[ \t]*-(?:\s|$)|[ \t]{2,}|#|---|\.\.\.")
# Aliases may repeat a node many times over: so many values are read of one entry, and no more.
MOST_VALUES = 20_000
_MARGIN = re.compile(r"^([A-Za-z][\w -]{0,40}):(?=\s)", re.MULTILINE)
_DEEPEST = 8
_HAYAGRIVA = frozenset(("date", "parent", "serial-number", "page-range"))
_NO_PAPER = "an entry without a title, or with a title and nothing else that papers have; complete it"


def matches(text: str) -> float:
    """Return how sure it is that a text is YAML with titles: by its first key, and the keys that say "title"."""
    head = text[:200_000].lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not _TITLE.search(head) or not _KEYED.match(head):
        return 0.0
    # A key that comes again at the margin begins another record of labelled text, which YAML would read as one.
    if any(len(_MARGIN.findall(part)) != len(set(_MARGIN.findall(part))) for part in re.split(r"(?m)^---", head)):
        return 0.0
    lines = [line for line in head.splitlines() if line.strip()]
    fits = sum(bool(_LINE.match(line)) for line in lines)
    return 0.83 if fits >= 0.9 * len(lines) else 0.0


def read_yaml(source: str, text: str) -> Reading:
    """Return a record for each entry of CSL YAML, and for each other mapping that is one of a paper."""
    return read_mapped(source, text, {})


def read_mapped(source: str, text: str, columns: Mapping[str, str]) -> Reading:
    """Return a record for each mapping that has a title, in the field that a person named."""
    plain = text.replace("\ufeff", " ", 1) if text.startswith("\ufeff") else text
    try:
        roots = list(yaml.compose_all(plain, Loader=LOADER))
        pieces = [piece for root in roots for piece in _walk(root, plain, columns, 0)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return assemble(source, text, [Piece(0, len(text), reason=_explain(error))] if text else [], _BETWEEN)
    return assemble(source, text, pieces, _BETWEEN)


def _explain(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return f"the YAML is not well-formed{where} ({getattr(error, 'problem', None) or 'invalid'}); repair it"


def _walk(node: Node, text: str, columns: Mapping[str, str], depth: int) -> Iterator[Piece]:
    if isinstance(node, MappingNode):
        value = build_value(node, [MOST_VALUES])
        made = _make(value, columns) if isinstance(value, dict) else Refusal(_NO_PAPER)
        start, end = _range(node, text)
        if isinstance(made, Entry):
            yield Piece(start, end, made)
        elif depth < _DEEPEST and any(isinstance(child, MappingNode | SequenceNode) for _, child in node.value):
            for _, child in node.value:
                yield from _walk(child, text, columns, depth + 1)
        elif isinstance(value, dict) and "title" in value:
            yield Piece(start, end, reason=made.reason, understood=made.understood)
    elif isinstance(node, SequenceNode) and depth < _DEEPEST:
        for child in node.value:
            yield from _walk(child, text, columns, depth + 1)


def _make(value: Json, columns: Mapping[str, str]) -> Entry | Refusal:
    # The items of Papis and Hayagriva have types of the same names, and authors as text, unlike those of CSL.
    is_other = bool(value.keys() & _HAYAGRIVA) or isinstance(value.get("author"), str)
    is_csl = value.get("type") in CSL_TYPES and is_csl_entry(value) and not is_other
    if not columns and is_csl and "title" in value:
        made = make_item(value)
        if isinstance(made, Entry) and (made.title or made.links):
            return made
    parent = value.get("parent")
    if isinstance(parent, dict) and "date" in parent and "date" not in value:
        value = {**value, "date": parent["date"]}  # Hayagriva dates a volume, and by it what is in it
    return make_object(value, columns) if is_paper(value, columns) else Refusal(_NO_PAPER)


def _range(node: Node, text: str) -> tuple[int, int]:
    """Return the range of a node without the white space behind it, from the dash before it on."""
    start, end = node.start_mark.index, node.end_mark.index
    inside = text[start:end].rstrip()
    line = text.rfind("\n", 0, start) + 1
    return (line if text[line:start].strip() in ("-", "") else start), start + len(inside)


def build_value(node: Node, budget: list[int]) -> object:
    """Return the value of a node as JSON would have it: numbers and dates as they were written."""
    budget[0] -= 1
    if budget[0] < 0:
        raise ValueError("too many values")
    if isinstance(node, MappingNode):
        return {clean(str(build_value(key, budget))): build_value(value, budget) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [build_value(item, budget) for item in node.value]
    value = node.value if isinstance(node, ScalarNode) else ""
    if node.tag.endswith(":null"):
        return None
    if node.tag.endswith(":int") and value.isascii() and value.isdigit():
        return int(value)
    return value
