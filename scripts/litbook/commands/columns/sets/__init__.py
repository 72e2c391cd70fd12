"""Starter sets of columns, as they are added to `extraction.yml`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.ingest.ledgers.extraction.columns import read_columns
from litbook.ingest.ledgers.extraction.values import COLUMNS
from litbook.model.faults import CorpusError

_HEAD = """\
# What this review extracts from each paper: one entry for each column. Each needs an id, a question and a kind: text,
# number, choice, yes-no or interval (an effect with its limits). Numbers and intervals have a unit; choices may name
# words, of which a quotation must hold one. several: true allows several values of one paper, themes: [slug] limits a
# column to the papers of some themes, and draft shows what rules find in abstracts until a person has extracted a
# value. Values go into extraction.csv.
"""
_ENTRY = re.compile(r"^- id: (?P<id>\S+)\n(?:(?!- |#).*\n)*", re.MULTILINE)


def _read(name: str) -> str:
    return (files("litbook.commands.columns.sets") / f"{name}.yml").read_text("utf-8")


def describe_set(name: str) -> str:
    """Return the names of the columns of a set."""
    return ", ".join(re.findall(r"^  name: (.+)$", _read(name), re.MULTILINE))


def add_sets(project: Project, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Add the columns of sets to `extraction.yml`; return the ids of those added, and of those that were there.

    What people wrote in the file stays, character for character. Raise `CorpusError` if it has faults.
    """
    present, faults = read_columns(project, ())
    if faults:
        raise CorpusError(faults)
    text = project.columns.read_text("utf-8") if project.columns.is_file() else _HEAD
    known = {column.id for column in present}
    added: list[str] = []
    repeated: list[str] = []
    for name in names:
        pieces = []
        for identifier, entry in _list_entries(_read(name)):
            if identifier in known:
                repeated.append(identifier)
            else:
                pieces.append(entry)
                added.append(identifier)
                known.add(identifier)
        if pieces:
            text = f"{text.rstrip()}\n\n{_comment(_read(name))}{''.join(pieces)}"
    if added:
        write_text(project.columns, text)
    if not project.extraction.is_file():
        write_text(project.extraction, render_header())
    return added, repeated


def _list_entries(text: str) -> Iterator[tuple[str, str]]:
    for match in _ENTRY.finditer(text):
        yield match["id"], match.group()


def _comment(text: str) -> str:
    """Return the lines above the first column."""
    return text[: text.index("- id:")]


def render_header() -> str:
    """Return `extraction.csv` without a value."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(COLUMNS)
    return line.getvalue()
