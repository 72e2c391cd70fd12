"""Cut a JSON document, or several in a row, into entries with their places, however damaged it is.

The frame around the entries is read flatly, sign by sign; each entry is decoded at once. Where an entry is damaged,
the next sound one is looked for: by the indentation of its line, or else by its being like an entry. All work is
linear in the length of the text: failed attempts have a budget.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from litbook.ingest.formats.fields import Json, Refusal
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.model.review import Reading

HEAD = 200_000
_CHUNK = 65_536
_DEEPEST = 100
# What a failed attempt costs beside its length, and one that failed for its depth, in characters of sound text; and
# how often the text may be read without success.
_FAILURE_COST, _DEPTH_COST = 4_000, 65_536
_VAIN = 20
# An entry has so large a share of the names that all others have; of those of a damaged one, so many will do.
_ALIKE, _SHARED = 0.6, 4

FRAME = "the frame around the entries"
_TOO_DEEP = "brackets nested too deeply; flatten this entry"
_JUNK = "text outside of any JSON document; delete it"
_UNCLOSED = "what is opened here is never closed: the file was cut off; export it again"
_CUT_OFF = "the file ends inside of this entry; export it again"
_NOTHING = "null instead of an entry: the service found nothing; look it up there"
_NO_ENTRY = "a value where an entry belongs; delete it"
_NAMELESS = "an entry without a title and without an identifier; add one"
_FAULTS = (
    ("Expecting ',' delimiter", "a comma or a closing bracket is missing; add it"),
    ("Expecting property name", "the name of a field is missing, or an entry is not closed; repair it"),
    ("Illegal trailing comma", "a comma before a closing bracket; delete it"),
    ("Expecting ':' delimiter", "a colon after the name of a field is missing; add it"),
    ("Unterminated string", "a text without a closing quote; add it"),
    ("Invalid \\", "a backslash that begins no escape; double it"),
    ("Expecting value", "a value is missing or not JSON; repair it"),
    ("", "not JSON; repair it"),
)

_SPACE = re.compile(r"[\s,\ufeff\x1e]*")
_SPACE_OUTSIDE = re.compile(r"[\s,\]}\ufeff\x1e]*")
_KEY = re.compile(r'[\s,]*+"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*+:\s*+', re.DOTALL)
_SCALAR = re.compile(r"(?:null|true|false|-?\d[\d.eE+-]*)(?=[\s,\]}]|\Z)")
_REST_OF_LINE = re.compile(r"[^\r\n\[{\]}]+|.", re.DOTALL)
# What can be left of a value where a file breaks off: of a number, a word or an escape.
_BREAKS_OFF = re.compile(r"[\w.+\\-]{0,15}\s*")
_OBJECT = re.compile(r'\{\s*+"')


@dataclass(frozen=True, slots=True)
class Form:
    """Describe a format of JSON: the names under which a frame holds entries, what an entry is, and how it is read."""

    lists: frozenset[str]
    is_entry: Callable[[Json], bool]
    make: Callable[[Json], Entry | Refusal]


class _DamageError(Exception):
    """Say where decoding failed and why; `costs` is how many characters were read without success."""

    def __init__(self, what: str, place: int, costs: int) -> None:
        super().__init__(what)
        self.what, self.place, self.costs = what, place, costs


def json_head(text: str) -> str:
    """Return the beginning of a text if it looks like JSON, for readers to find their format in it."""
    head = text[:HEAD].lstrip("\ufeff\x1e \t\r\n")
    return head if re.match(r"[\[{]\s*(?:[\[{\"\]}]|null)", head) else ""


def read_items(source: str, text: str, form: Form) -> Reading:
    """Return the records of a JSON document, and every other character with the reason why it is not part of one."""
    return assemble(source, text, _Cutter(text, form).cut(), FRAME)


class _Cutter:
    def __init__(self, text: str, form: Form) -> None:
        self.text, self.form = text, form
        self.pieces: list[Piece] = []
        # The last fault: its line, where that starts, and its place.
        self.line, self.line_start, self.counted = 1, 0, 0
        self.next_key = -1  # where the next field with entries stands
        self.open: list[int] = []  # where the brackets of the frame that are still open stand
        self.common: frozenset[str] | None = None  # the names that all entries so far have
        # The names that the entry that is looked for should have, and how many of them are enough.
        self.expected: frozenset[str] = frozenset()
        self.shared = 0.0
        self.budget = _VAIN * len(text) + 1_000_000
        self.base, self.chunk = 0, text[:_CHUNK]
        names = "|".join(map(re.escape, sorted(form.lists))) or "(?!)"
        self.list_key = re.compile(rf'"(?:{names})"\s*+:\s*+[\[{{]')

    def cut(self) -> list[Piece]:
        """Return the pieces of the text that are not its frame."""
        at = 0
        while (at := self._skip_space(at)) < len(self.text):
            at = self._step(at)
        last = self.pieces[-1] if self.pieces else None
        if self.open and not (last and last.end == at and not last.understood and last.entry is None):
            self.pieces.append(Piece(self.open[0], self.open[0], reason=_UNCLOSED))
        return self.pieces

    def _skip_space(self, at: int) -> int:
        match = (_SPACE if self.open else _SPACE_OUTSIDE).match(self.text, at)
        return match.end() if match else at

    def _step(self, at: int) -> int:
        """Read one sign of the frame, or one entry, and return where to go on."""
        sign = self.text[at]
        if sign == "{":
            return self._read_object(at)
        if sign == "[":
            return self._open(at)
        if sign in "]}":
            self._close(sign)
            return at + 1
        return self._read_field(at) if sign == '"' else self._read_other(at)

    def _open(self, at: int) -> int:
        if len(self.open) >= _DEEPEST:
            return self._add(Piece(at, len(self.text), reason=_TOO_DEEP))
        self.open.append(at)
        return at + 1

    def _close(self, sign: str) -> None:
        """Close the nearest bracket of this kind; one that was lost inside of it is closed as well."""
        kind = "[" if sign == "]" else "{"
        depth = next((n for n in range(len(self.open), 0, -1) if self.text[self.open[n - 1]] == kind), 0)
        if depth:
            del self.open[depth - 1 :]

    def _in_list(self) -> bool:
        return bool(self.open) and self.text[self.open[-1]] == "["

    def _read_object(self, at: int) -> int:
        if not self._in_list() and self._is_frame(at):
            return self._open(at)
        try:
            value, end = self._decode(at)
        except _DamageError as damage:
            return self._add_damage(at, damage)
        if isinstance(value, dict) and not self._holds_entries(value):
            return self._add_entry(at, end, value)
        return self._open(at)

    def _holds_entries(self, value: Json) -> bool:
        """Return whether an object is not an entry but a frame, such as one page of several."""
        holds = any(isinstance(value.get(name), list | dict) for name in self.form.lists)
        return holds and not self.form.is_entry(value)

    def _is_frame(self, at: int) -> bool:
        """Return whether an object holds entries, by the names of its fields up to the one that does."""
        at += 1
        while match := _KEY.match(self.text, at):
            if match[1] in self.form.lists and self.text[match.end() : match.end() + 1] in ("[", "{"):
                return True
            try:
                at = self._decode(match.end())[1]
            except _DamageError:
                return False
        return False

    def _read_field(self, at: int) -> int:
        """Read a field of the frame: the one that holds the entries is entered, others are skipped."""
        match = _KEY.match(self.text, at)
        if match and match[1] in self.form.lists and self.text[match.end() : match.end() + 1] in ("[", "{"):
            return match.end()
        try:
            _, end = self._decode(match.end() if match else at)
        except _DamageError as damage:
            return self._add_damage(at, damage)
        return end if match else self._add_stray(Piece(at, end, reason=_NO_ENTRY))

    def _read_other(self, at: int) -> int:
        if match := _SCALAR.match(self.text, at):
            nothing = match[0] == "null"
            add = self._add if nothing else self._add_stray
            return add(Piece(at, match.end(), reason=_NOTHING if nothing else _NO_ENTRY))
        match = _REST_OF_LINE.match(self.text, at)
        return self._add_stray(Piece(at, match.end() if match else at + 1, reason=_JUNK))

    # -- pieces -----------------------------------------------------------------------------------------------------

    def _add(self, piece: Piece) -> int:
        self.pieces.append(piece)
        return piece.end

    def _add_stray(self, piece: Piece) -> int:
        """Add what is not an entry to the piece before, if that is not one for the same reason."""
        last = self.pieces[-1] if self.pieces else None
        if last and last.reason == piece.reason and not self.text[last.end : piece.start].strip(" \t\r\n,"):
            self.pieces[-1] = replace(last, end=piece.end)
            return piece.end
        return self._add(piece)

    def _add_entry(self, at: int, end: int, value: Json) -> int:
        try:
            made = self.form.make(value)
        except RecursionError:
            made = Refusal(_TOO_DEEP)
        if self.form.is_entry(value):
            self.common = frozenset(value) & (self.common or frozenset(value))
        if isinstance(made, Entry) and not (made.title or made.links):
            made = Refusal(_NAMELESS)
        if isinstance(made, Entry):
            return self._add(Piece(at, end, made))
        return self._add(Piece(at, end, reason=made.reason, understood=made.understood))

    def _add_damage(self, at: int, damage: _DamageError) -> int:
        self.budget -= damage.costs
        end = self._find_next(at)
        to_end = end == len(self.text)
        if damage.what == _TOO_DEEP:
            reason = _TOO_DEEP
        elif to_end and (damage.what.startswith("Unterminated") or _BREAKS_OFF.fullmatch(self.text, damage.place)):
            reason = _CUT_OFF
        else:
            what = next(said for sign, said in _FAULTS if damage.what.startswith(sign))
            reason = f"{self._where(damage.place)}: {what}"
        return self._add(Piece(at, end, reason=reason))

    def _where(self, place: int) -> str:
        """Return line and column of a place, counted on from the last one; CR, LF and CRLF end a line."""
        text, start = self.text, self.counted
        place = max(place, start)
        last = max(text.rfind("\n", start, place), text.rfind("\r", start, place))
        if last >= 0:
            ends = text.count("\n", start, place) + text.count("\r", start, place)
            self.line += ends - text.count("\r\n", start, place)
            self.line_start = last + 1
        self.counted = place
        return f"line {self.line}, column {place - self.line_start + 1}"

    # -- decoding, and finding the next entry after a damaged one ---------------------------------------------------

    def _decode(self, at: int) -> tuple[object, int]:
        """Return a value and its end; only a chunk is looked at, for an error counts lines from the beginning."""
        size = _CHUNK
        if not self.base <= at < self.base + _CHUNK // 2:
            self.base, self.chunk = at, self.text[at : at + size]
        while True:
            try:
                value, end = _DECODER.raw_decode(self.chunk, at - self.base)
                return value, self.base + end
            except RecursionError:
                raise _DamageError(_TOO_DEEP, at, _DEPTH_COST) from None
            except json.JSONDecodeError as error:
                in_doubt = error.msg.startswith("Unterminated") or error.pos > len(self.chunk) - 16
                whole = self.base + len(self.chunk) >= len(self.text)
                if whole or not in_doubt:
                    costs = len(self.chunk) + self.base - at if in_doubt else error.pos + self.base - at
                    raise _DamageError(error.msg, self.base + error.pos, costs + _FAILURE_COST) from None
            except ValueError:
                raise _DamageError("", at, _DEPTH_COST) from None
            size *= 4
            self.base, self.chunk = at, self.text[at : at + size]

    def _find_next(self, at: int) -> int:
        """Return where the next entry or field with entries stands after a damaged one, or the end of the text."""
        self.expected = self.common or frozenset()
        self.shared = _ALIKE * len(self.expected)
        same_line = next(self._find_lines(at), -1)
        if not self._in_list():
            stop = same_line if same_line >= 0 else len(self.text)
            if (key := self._find_key(at + 1)) < stop:
                return key
        if same_line >= 0:
            return same_line
        if not self.common:
            self.expected = self._read_names(at)
            self.shared = min(_SHARED, _ALIKE * len(self.expected))
        for match in _OBJECT.finditer(self.text, at + 1):
            if self.budget < 0:
                break
            if self._is_alike(match.start(), damaged=False):
                return match.start()
        return len(self.text)

    def _read_names(self, at: int) -> frozenset[str]:
        """Return the names of the fields of a damaged entry up to the damage."""
        names: set[str] = set()
        at += 1
        while match := _KEY.match(self.text, at):
            names.add(match[1])
            try:
                at = self._decode(match.end())[1]
            except _DamageError as damage:
                self.budget -= damage.costs
                break
        return frozenset(names)

    def _find_key(self, at: int) -> int:
        if self.next_key < at:
            match = self.list_key.search(self.text, at)
            self.next_key = match.start() if match else len(self.text)
        return self.next_key

    def _find_lines(self, at: int) -> Iterator[int]:
        """Find the lines that begin as the one of the damaged entry does, if this is first on its line."""
        before = self.text[max(0, at - _DEEPEST) : at]
        indent = re.split(r"[\r\n]", before)[-1]
        if self.text[at] != "{" or indent.strip(" \t\ufeff") or (indent == before and at > _DEEPEST):
            return
        done = at
        for match in _line_pattern(indent.strip("\ufeff")).finditer(self.text, at + 1):
            self.budget -= (match.start() - done) // 8
            done = match.start()
            if self.budget < 0:
                return
            if self._is_alike(match.end() - 1, damaged=True):
                yield match.end() - 1
        self.budget -= (len(self.text) - done) // 8

    def _is_alike(self, at: int, damaged: bool) -> bool:
        """Return whether an object is an entry and has most of the names that all entries have."""
        try:
            value, end = self._decode(at)
        except _DamageError as damage:
            self.budget -= damage.costs
            return damaged
        alike = isinstance(value, dict) and self.form.is_entry(value)
        if alike and isinstance(value, dict):
            alike = len(self.expected & value.keys()) >= self.shared
        self.budget -= 0 if alike else end - at
        return alike or (isinstance(value, dict) and self._holds_entries(value))


@lru_cache(maxsize=64)
def _line_pattern(indent: str) -> re.Pattern[str]:
    return re.compile(rf'[\r\n]{re.escape(indent)}\{{(?=[\s"}}])')


def _keep_all(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object; a name that comes again gets a number, so that no value is lost."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    made, counts = {}, dict.fromkeys(made, 1)
    for name, value in pairs:
        key = name
        while key in made:
            counts[name] += 1
            key = f"{name} ({counts[name]})"
        made[key] = value
    return made


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_keep_all)
