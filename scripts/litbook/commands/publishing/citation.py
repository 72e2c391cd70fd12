"""Read and update CITATION.cff, the file in which people say who made the review and under which licence.

Format: Druskat et al., "Citation File Format", version 1.2.0, doi:10.5281/zenodo.5171937.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from litbook.core.project import Project
from litbook.ingest.ledgers.yamllines import Mapping as Entry
from litbook.ingest.ledgers.yamllines import as_list, as_mapping, as_strings, read_yaml
from litbook.model.faults import CorpusError, Fault

NAME = "CITATION.cff"
PLACEHOLDER = "the editors"
_ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True, slots=True)
class Creator:
    """A person ("Doe, Ada") or an organisation, with what is known of them."""

    name: str
    orcid: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Citing:
    """What CITATION.cff says that an archive needs too."""

    title: str
    creators: tuple[Creator, ...]
    license: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    url: str = ""


def read_citing(project: Project) -> tuple[Citing | None, list[Fault]]:
    """Return what the file says, or None, and what a release lacks in it."""
    path = project.root / NAME
    if not path.is_file():
        remedy = (
            "write one, with cff-version, message, title, authors and license: https://citation-file-format.github.io"
        )
        return None, [Fault(NAME, 0, "the file does not exist", remedy)]
    value, faults = read_yaml(path, NAME)
    if faults:
        return None, faults
    entry = as_mapping(value)
    faults = list(_check(entry))
    creators = tuple(_make_creator(as_mapping(author)) for author in as_list(entry.get("authors")))
    citing = Citing(
        title=entry.text("title"),
        creators=creators,
        license=entry.text("license"),
        abstract=entry.text("abstract"),
        keywords=as_strings(entry.get("keywords")),
        url=entry.text("url"),
    )
    return (None if faults else citing), faults


def _check(entry: Entry) -> Iterator[Fault]:
    for name in ("cff-version", "message", "title"):
        if not entry.text(name):
            yield Fault(NAME, entry.line, f"'{name}' is missing", "the format requires it")
    authors = [as_mapping(author) for author in as_list(entry.get("authors"))]
    line = entry.line_of("authors")
    if not authors or [author.text("name") for author in authors] == [PLACEHOLDER]:
        remedy = "write family-names and given-names of each, or the name of an organisation"
        yield Fault(NAME, line, "no author is named", remedy)
    for author in authors:
        if not (author.text("family-names") or author.text("name") or author.text("alias")):
            yield Fault(NAME, author.line or line, "an author without family-names or name", "write one of them")
        orcid = author.text("orcid")
        if orcid and not _is_orcid(orcid):
            remedy = "write https://orcid.org/ and its 16 digits; the last one is a check digit"
            yield Fault(NAME, author.line_of("orcid"), f"invalid ORCID '{orcid}'", remedy)
    if not entry.text("license"):
        remedy = "write its SPDX identifier, as in license: CC-BY-4.0; an archive would otherwise assume one"
        yield Fault(NAME, entry.line, "no licence is named", remedy)


def _is_orcid(text: str) -> bool:
    """Return whether an ORCID has its check digit (ISO 7064, MOD 11-2)."""
    match = _ORCID.fullmatch(text)
    if not match:
        return False
    digits = match[1].replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def _make_creator(author: Entry) -> Creator:
    parts = (author.text(name) for name in ("name-particle", "family-names", "name-suffix"))
    family = " ".join(filter(None, parts))
    person = ", ".join(filter(None, (family, author.text("given-names"))))
    match = _ORCID.fullmatch(author.text("orcid"))
    name = person or author.text("name") or author.text("alias")
    return Creator(name, match[1] if match else "", author.text("affiliation"))


def set_values(path: Path, values: Mapping[str, str]) -> bytes:
    """Return the file with these values at its top level; all else, comments and order included, stays as it is.

    Raise `CorpusError` if the file is written in a form that lines cannot be replaced in.
    """
    text = path.read_text("utf-8")
    before = yaml.safe_load(text)
    for name, value in values.items():
        # In quotation marks, since YAML would read 1.10 as the number 1.1; a date needs none.
        line = f"{name}: {value}" if _is_date(value) else f'{name}: "{value}"'
        pattern = re.compile(rf"^{re.escape(name)}[ \t]*:.*$", re.MULTILINE)
        text = pattern.sub(line, text, count=1) if pattern.search(text) else f"{text.rstrip()}\n{line}\n"
    if _load(text) != before | {name: _read(value) for name, value in values.items()}:
        remedy = f"write {' and '.join(f'{name}:' for name in values)} at the start of lines of their own"
        raise CorpusError([Fault(path.name, 0, "cannot be updated", remedy)])
    return text.encode()


def _is_date(value: str) -> bool:
    return isinstance(_read(value), date)


def _read(value: str) -> Any:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _load(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return None
