"""Helpers for trials of lost work: invented works in many formats, and killing the process at any moment.

No such paper or person exists.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from invented import make_abstract, write_page

_MARK = re.compile(r"[Mm]ark(\d+)q")


@dataclass
class Work:
    """An invented work as the sources give it now; its abstract starts with a mark that identifies it."""

    number: int
    title: str
    abstract: str = ""
    doi: str = ""
    original: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.abstract = f"Mark{self.number}q {make_abstract(self.number, 60)}"
        self.original = (self.title, self.abstract)

    def retouch(self, chance: random.Random) -> None:
        """Edit title, abstract and DOI as database editors do; it remains the same work."""
        title, abstract = self.original
        self.title = chance.choice([title, title.upper(), f"{title}: A Survey", title.replace(" ", "  ")])
        words = abstract.split()
        for place in chance.sample(range(1, len(words)), chance.randint(0, 3)):
            words[place] = "corrected"
        self.abstract = " ".join(words)
        self.doi = self.doi or chance.choice(["", f"10.5555/invented.{self.number}"])


def _write_bib(works: Sequence[Work]) -> str:
    return "\n".join(
        f"@article{{key{work.number},\n  title = {{{work.title}}},\n  abstract = {{{work.abstract}}},\n"
        f"  author = {{Invented, Ada}},\n  year = 2031,\n" + (f"  doi = {{{work.doi}}},\n" if work.doi else "") + "}\n"
        for work in works
    )


def _write_ris(works: Sequence[Work]) -> str:
    return "".join(
        f"TY  - JOUR\r\nTI  - {work.title}\r\nAB  - {work.abstract}\r\nAU  - Made, Bo\r\nPY  - 2030\r\n"
        + (f"DO  - {work.doi}\r\n" if work.doi else "")
        + "ER  - \r\n\r\n"
        for work in works
    )


def _write_csv(works: Sequence[Work]) -> str:
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow(["Title", "Abstract", "Authors", "Year", "DOI"])
    table.writerows([work.title, work.abstract, "Nobody, Cy", "2029", work.doi] for work in works)
    return lines.getvalue()


def _write_csl(works: Sequence[Work]) -> str:
    return json.dumps(
        [
            {
                "id": f"k{work.number}",
                "type": "article-journal",
                "title": work.title,
                "abstract": work.abstract,
                "author": [{"family": "Nobody", "given": "Cy"}],
                "issued": {"date-parts": [[2032]]},
            }
            | ({"DOI": work.doi} if work.doi else {})
            for work in works
        ],
        indent=1,
    )


def _write_text(works: Sequence[Work]) -> str:
    return write_page([(work.title, work.abstract) for work in works])


FORMATS: Mapping[str, Callable[[Sequence[Work]], str]] = {
    "bib": _write_bib,
    "ris": _write_ris,
    "csv": _write_csv,
    "json": _write_csl,
    "txt": _write_text,
}


@dataclass
class Source:
    """One export: its name, its format and its works."""

    name: str
    form: str
    works: list[Work]

    def content(self) -> bytes:
        return FORMATS[self.form](self.works).encode()


def find_works(tree: Mapping[str, bytes]) -> dict[str, int]:
    """Return which work each citekey refers to on pages and in the catalogue, which must agree."""
    marks: dict[str, set[int]] = defaultdict(set)
    for name, content in tree.items():
        folder, _, file = name.rpartition("/")
        if folder == "book/papers" and not file.startswith("."):
            marks[file.removesuffix(".md")] |= set(map(int, _MARK.findall(content.decode())))
    for paper in json.loads(tree.get("book/data/papers.json", b"[]")):
        marks[paper["citekey"]] |= set(map(int, _MARK.findall(paper["abstract"])))
    assert [key for key, found in marks.items() if len(found) != 1] == []
    return {key: next(iter(found)) for key, found in marks.items()}


def is_draft(name: str) -> bool:
    """Return whether a file is a draft that a killed run left behind."""
    file = name.rpartition("/")[2]
    return file.startswith(".") and file.endswith(".draft")


def is_whole_result(name: str, content: bytes) -> bool:
    """Return whether a file holds cached results behind their digest, as it must: equal values may differ in bytes."""
    return name.endswith(".pickle") and content[:32] == hashlib.sha256(content[32:]).digest()


# -- death of a process ---------------------------------------------------------------------------------------------


class DeathError(BaseException):
    """The end of a run, as if killed: nothing catches it, and no file changes afterwards."""


@dataclass
class _Fate:
    root: str = ""  # empty: no death
    steps: int = 0  # changes of the disk that are still allowed
    dead: bool = False


_FATE = _Fate()
_TORN = b"the first half of a fi"
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_watched: list[bool] = []


def watch(event: str, args: tuple[object, ...]) -> None:
    """Count the changes that the process makes to the disk, by any function, and die at the last one.

    An audit hook is called before each change. Dying while a file is being written leaves a part of it on the disk.
    """
    if not _FATE.root or not (event in _CHANGES or (event == "open" and is_write(args))) or not _is_inside(args):
        return
    _FATE.steps -= 1
    if _FATE.steps >= 0 and not _FATE.dead:
        return
    if event == "open" and not _FATE.dead:
        root, _FATE.root = _FATE.root, ""
        with open(str(args[0]), "ab" if "a" in str(args[1]) else "wb") as torn:
            torn.write(_TORN)
        _FATE.root = root
    _FATE.dead = True
    raise DeathError


def is_write(args: tuple[object, ...]) -> bool:
    """Return whether the arguments of the audit event `open` are of a file that is opened to be written."""
    return bool(set(str(args[1] or "")) & set("wax+")) or (isinstance(args[2], int) and bool(args[2] & _WRITES))


def _is_inside(args: tuple[object, ...]) -> bool:
    """Return whether a change is inside the folder; paths relative to an open folder always are."""
    paths = [os.fspath(path) for path in args[:2] if isinstance(path, str | os.PathLike)]
    return any(not os.path.isabs(path) or path.startswith(_FATE.root) for path in map(str, paths))


def doom(root: str, steps: int) -> None:
    """Make the process die after `steps` more changes of files in a folder."""
    _FATE.root, _FATE.steps, _FATE.dead = root, steps, False


@contextmanager
def dying_after(root: os.PathLike[str], steps: int) -> Iterator[None]:
    """Simulate the death of the process after `steps` changes of files in a folder, if it makes that many."""
    if not _watched:
        sys.addaudithook(watch)
        _watched.append(True)
    doom(os.fspath(root), steps)
    try:
        yield
    except DeathError:
        pass
    finally:
        _FATE.root = ""
