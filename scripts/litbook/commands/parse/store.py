"""Write what is kept of texts to `parsed.jsonl`, and the texts to a folder that is never committed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from litbook.core.atomic import write_bytes, write_text
from litbook.core.project import Project
from litbook.ingest.ledgers.parsed import read_parsed, write_line
from litbook.model.faults import CorpusError
from litbook.model.fulltext import Parsed

_IGNORE = "# Texts of papers: most may not be published. What the review keeps of them is in parsed.jsonl.\n*\n"


def keep_parsed(project: Project, new: Iterable[Parsed]) -> int:
    """Write what is kept of texts, in place of what was kept of the same papers; return how many lines changed.

    Raise `CorpusError` if the file has faults: its lines would be lost.
    """
    known, faults = read_parsed(project)
    if faults:
        raise CorpusError(faults)
    before = {item.citekey: _render(item) for item in known}
    now = before | {item.citekey: _render(item) for item in new}
    if now != before:
        write_text(project.parsed, "".join(now[citekey] for citekey in sorted(now)))
    return sum(before.get(citekey) != line for citekey, line in now.items())


def _render(item: Parsed) -> str:
    return json.dumps(write_line(item), ensure_ascii=False) + "\n"


def keep_text(project: Project, name: str, content: bytes) -> str:
    """Write the file of a text below the folder of texts, and return its name there.

    A file of this name with other content stays, and the new one gets a number.
    """
    write_text(project.texts / ".gitignore", _IGNORE)
    target = project.texts / name
    number = 2
    while target.is_file() and target.read_bytes() != content:
        target = project.texts / f"{Path(name).with_suffix('')}-{number}{Path(name).suffix}"
        number += 1
    write_bytes(target, content)
    return target.relative_to(project.texts).as_posix()
