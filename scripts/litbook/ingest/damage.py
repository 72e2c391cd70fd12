"""Find files that were damaged as a whole: left in the middle of a merge, or saved in another encoding.

Each is one fault: what else could be said of such a file follows from it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from litbook.core.project import Project
from litbook.ingest.formats.charsets import NAMES, recognise
from litbook.model.faults import Fault

_STARTS, _ENDS = re.compile(rb"<{7}(?: |$)"), re.compile(rb">{7}(?: |$)")
_MIDDLE = re.compile(rb"={7}$")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4000
_WORD = re.compile(r"[^\W_]+")
_NOT_UTF_8, _ODD_BYTES = "the file is not UTF-8", "bytes that are not UTF-8"
_CONFLICT = "unresolved merge conflict"
LONE_MARK = "a mark of a merge conflict"  # without the others, so that the rest of the file can be read
_RESOLVE = "keep what is right of both sides, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"


def list_damaged(faults: Iterable[Fault]) -> set[str]:
    """Return the files that were damaged as a whole, so that what else is wrong with them follows from it."""
    return {fault.file for fault in faults if fault.what.startswith((_CONFLICT, _NOT_UTF_8, _ODD_BYTES))}


def find_damage(project: Project, paths: Iterable[Path]) -> list[Fault]:
    """Return a fault for each merge conflict in the files, and for each that is not UTF-8."""
    return [fault for path in paths if path.is_file() for fault in _check_file(project.name(path), path)]


def find_conflicts(project: Project, paths: Iterable[Path]) -> list[Fault]:
    """Return a fault for each merge conflict in files of any encoding, such as sources."""
    return [fault for path in paths for fault in _check_conflicts(project.name(path), path.read_bytes())]


def _check_file(file: str, path: Path) -> list[Fault]:
    content = path.read_bytes()
    return _check_encoding(file, content) or _check_conflicts(file, content)


def _check_conflicts(file: str, content: bytes) -> list[Fault]:
    if b"<<<<<<<" not in content and b">>>>>>>" not in content:
        return []
    return [
        Fault(file, first, f"{_CONFLICT}, lines {first}–{last}", _RESOLVE)
        if first != last
        else Fault(file, first, LONE_MARK, "delete this line")
        for first, last in _find_conflicts(content.splitlines())
    ]


def _find_conflicts(lines: list[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each conflict, counted from 1; a mark without the others stands alone."""
    first = 0
    for number, line in enumerate(lines, start=1):
        if _STARTS.match(line):
            if first:
                yield first, first
            first = number
        elif _ENDS.match(line):
            yield first or number, number
            first = 0
    if first:
        middle = [number for number, line in enumerate(lines, start=1) if number > first and _MIDDLE.match(line)]
        yield first, max(middle, default=first)


def _check_encoding(file: str, content: bytes) -> list[Fault]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        wide = content.startswith(_UTF_16)
        name = "UTF-16" if wide or _has_zeros(content) else _name_encoding(content)
        line = content.count(b"\n", 0, error.start) + 1
    else:
        if not _has_zeros(content):
            return []
        name, line, wide = "UTF-16", 1, True
    example = "" if name == "UTF-16" else _show_example(content, line)
    what = f"{_NOT_UTF_8} but {name}{example}" if name else f"{_ODD_BYTES}{example}"
    return [Fault(file, 1 if wide else line, what, "save it as UTF-8")]


def _has_zeros(content: bytes) -> bool:
    head = content[:_HEAD]
    return max(head[::2].count(0), head[1::2].count(0)) * 3 >= len(head) > 0


def _name_encoding(content: bytes) -> str:
    encoding = recognise(content)
    return NAMES.get(encoding or "", "")


def _show_example(content: bytes, line: int) -> str:
    text = content.splitlines()[line - 1]
    encoding = recognise(content)
    shown = text.decode("cp1252" if encoding in (None, "utf-8", "") else encoding, "replace")
    odd = next((word for word in _WORD.findall(shown) if not word.isascii()), "")
    return f", here in '{odd}'" if odd and encoding else ""
