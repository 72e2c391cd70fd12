"""A library of 200 items leaves as it came, as other programs read it: none of litbook's readers judges here."""

from __future__ import annotations

import json
import subprocess
import unicodedata
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from invented import ROOT
from library import make_library, write_bibtex, write_csl, write_ris
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from litbook.analyse.history.measured import read_measured
from litbook.commands.benchmarks.exports import measure_exports, tabulate_preserved
from litbook.core.project import Project
from litbook.enrich.merge import enrich
from litbook.ingest.sources import read_source
from litbook.model.review import Paper
from litbook.write.bibliography import render_csl, render_references, render_ris

pytestmark = pytest.mark.slow

ITEMS = make_library()
SOURCES = {"bib": write_bibtex(ITEMS), "ris": write_ris(ITEMS), "json": write_csl(ITEMS)}
Fields = Mapping[str, str]


@cache
def papers_of(form: str) -> tuple[Paper, ...]:
    """Return the papers of the library in one format, in its order: all of them at once, as a review has them."""
    reading = read_source(f"zotero.{form}", SOURCES[form].encode())
    assert reading is not None
    assert [piece.reason for piece in reading.unread if not piece.understood] == []
    return tuple(sorted(enrich(reading.records, (), (), "2031-01-01").papers, key=_place))


def _place(paper: Paper) -> tuple[int, int]:
    return paper.records[0].first_line, paper.records[0].offset


def fold(value: object) -> str:
    """Return the letters and digits of a value."""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    return "".join(sign for sign in text if sign.isalnum())


# --- CSL-JSON ---


def read_csl(text: str) -> list[Fields]:
    return [{name: fold(json.dumps(value, ensure_ascii=False)) for name, value in item.items() if name != "id"}
            for item in json.loads(text)]  # fmt: skip


# --- BibTeX, by pybtex and by bibtexparser ---


def read_by_pybtex(text: str) -> list[Fields]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        entries = parse_string(text, "bibtex").entries.values()
    decode = LatexNodes2Text().latex_to_text
    return [
        {"type": entry.type}
        | {name: fold(decode(value)) for name, value in entry.fields.items()}
        | {role: fold(decode(" and ".join(map(str, people)))) for role, people in entry.persons.items()}
        for entry in entries
    ]


def read_by_bibtexparser(text: str) -> list[Fields]:
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    decode = LatexNodes2Text().latex_to_text
    return [
        {"type": entry.entry_type} | {field.key.lower(): fold(decode(str(field.value))) for field in entry.fields}
        for entry in library.entries
    ]


# --- RIS, by rispy ---


def read_by_rispy(text: str) -> list[Fields]:
    mapping = {tag: tag for tag in rispy.TAG_KEY_MAPPING}
    entries = rispy.loads(
        text, mapping=mapping, enforce_list_tags=False, list_tags=list(mapping), skip_unknown_tags=False
    )
    return [{name: fold("|".join(sorted(value)) if isinstance(value, list) else value) for name, value in entry.items()
             if name not in ("UK", "ID") and not isinstance(value, dict)} for entry in entries]  # fmt: skip


JUDGES: Mapping[str, tuple[str, Callable[[Sequence[Paper]], str], Callable[[str], list[Fields]]]] = {
    "CSL-JSON, as it is": ("json", render_csl, read_csl),
    "BibTeX by pybtex": ("bib", render_references, read_by_pybtex),
    "BibTeX by bibtexparser": ("bib", render_references, read_by_bibtexparser),
    "RIS by rispy": ("ris", render_ris, read_by_rispy),
}
PRINTED = 0.99  # pandoc cuts a title at its colon, unless a second pair of braces is around it


@pytest.mark.parametrize("judge", JUDGES)
def test_every_field_of_the_library_comes_back(judge: str) -> None:
    form, render, read = JUDGES[judge]
    before, after = read(SOURCES[form]), read(render(papers_of(form)))
    assert len(before) == len(after) == len(ITEMS)
    assert [item.get("type", item.get("TY")) for item in before] == [item.get("type", item.get("TY")) for item in after]
    lost = [(at, name, value, after[at].get(name, "")) for at, item in enumerate(before)
            for name, value in item.items() if value and after[at].get(name, "") != value]  # fmt: skip
    assert lost == []


def test_as_many_fields_come_back_as_published(tmp_path: Path) -> None:
    paths = [tmp_path / f"library.{form}" for form in SOURCES]
    for path, text in zip(paths, SOURCES.values(), strict=True):
        path.write_text(text, "utf-8")
    published = read_measured(Project(ROOT))["exports"].tables["files"]
    assert tabulate_preserved(map(measure_exports, paths)) == published


# --- What pandoc's citeproc makes of it ---

pypandoc = pytest.importorskip("pypandoc", reason="pandoc comes with pypandoc-binary, which only some systems have")


def cite_by_pandoc(name: str, text: str, folder: Path) -> tuple[str, str]:
    """Return the list of references that pandoc prints of a whole file, and its warnings."""
    (folder / name).write_text(text, "utf-8")
    page = "---\nnocite: '@*'\n---\n"
    command = [
        pypandoc.get_pandoc_path(),
        "--citeproc",
        f"--bibliography={folder / name}",
        "-t",
        "plain",
        "--wrap=none",
    ]
    done = subprocess.run(command, input=page.encode(), capture_output=True, check=True)
    return done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(("form", "render"), [("bib", render_references), ("ris", render_ris), ("json", render_csl)])
def test_pandoc_cites_the_exports_as_it_cites_the_sources(form: str, render: Any, tmp_path: Path) -> None:
    before, had = cite_by_pandoc(f"before.{form}", SOURCES[form], tmp_path)
    after, warned = cite_by_pandoc(f"after.{form}", render(papers_of(form)), tmp_path)
    assert warned.count("\n") <= had.count("\n"), warned  # some types have no printed form in the style
    one, other = ({fold(line) for line in text.split("\n\n")} for text in (before, after))
    assert len(other) >= len(one)
    assert len(one & other) / len(one) >= PRINTED, sorted(one - other)[:5] + sorted(other - one)[:5]
