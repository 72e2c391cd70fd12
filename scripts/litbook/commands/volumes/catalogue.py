"""One catalogue of all volumes: a table of the papers, the parts with all details, and works in several volumes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from litbook.commands.volumes.settings import Volume, Volumes

_IDENTIFIERS = ("doi", "arxiv", "openreview", "acl")


@dataclass(frozen=True, slots=True)
class Line:
    """What a list shows of one paper; `year` is 0 where it is not known."""

    year: int
    title: str
    by: str
    volume: int
    citekey: str


@dataclass(frozen=True, slots=True)
class Held:
    """What one volume holds."""

    volume: Volume
    papers: int
    years: tuple[int, ...]
    chapters: int
    digest: str


@dataclass(slots=True)
class Catalogue:
    """The papers of all volumes, the newest first, and the works that several volumes have, by their identifiers."""

    held: list[Held] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shared: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def papers(self) -> int:
        """Their number."""
        return len(self.lines)


def read_catalogue(volumes: Volumes) -> Catalogue:
    """Read what the volumes publish of their papers, one volume after the other."""
    found = Catalogue()
    known: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, volume in enumerate(volumes.volumes):
        content = (volumes.html(volume) / "data" / "papers.json").read_bytes()
        papers: list[Mapping[str, Any]] = json.loads(content)
        found.lines += [_show(paper, number) for paper in papers]
        years = tuple(sorted({line.year for line in found.lines[-len(papers) :] if line.year})) if papers else ()
        chapters = len({paper["theme"] for paper in papers})
        found.held.append(Held(volume, len(papers), years, chapters, hashlib.sha256(content).hexdigest()))
        for row in _read_table(volumes, volume):
            for name in _IDENTIFIERS:
                if row.get(name):
                    known[row[name]].append((volume.name, row["citekey"]))
    found.lines.sort(key=lambda line: (-line.year, line.title.casefold(), line.volume, line.citekey))
    found.shared = {key: places for key, places in sorted(known.items()) if len({name for name, _ in places}) > 1}
    return found


def _show(paper: Mapping[str, Any], volume: int) -> Line:
    title, year = str(paper.get("title") or paper["citekey"]), int(paper.get("year") or 0)
    return Line(year, title, str(paper.get("label") or ""), volume, str(paper["citekey"]))


def render_catalogue(volumes: Volumes, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the files of the catalogue by their names in the joined site."""
    yield "data/papers.csv", _render_table(volumes)
    parts = [
        {
            "volume": held.volume.name,
            "title": held.volume.title,
            "papers": held.papers,
            "json": f"{held.volume.name}/data/papers.json",
            "sha256": held.digest,
            **{ending: f"{held.volume.name}/data/{file}" for ending, file in _EXPORTS.items()},
        }
        for held in catalogue.held
    ]
    whole = {"title": volumes.title, "papers": catalogue.papers, "table": "data/papers.csv", "parts": parts}
    yield "data/papers.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["identifier", "volume", "citekey"])
    table.writerows([key, *place] for key, places in catalogue.shared.items() for place in places)
    yield "data/in-several-volumes.csv", out.getvalue()


_EXPORTS = {"csv": "papers.csv", "bibtex": "references.bib", "ris": "papers.ris", "csl": "papers.csl.json"}


def _render_table(volumes: Volumes) -> str:
    """Return the tables of all volumes as one, with the volume first and addresses from the root of the joined site.

    The cells are those of the volumes' own tables, which are guarded against spreadsheets already.
    """
    columns = list(dict.fromkeys(name for volume in volumes.volumes for name in _read_columns(volumes, volume)))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["volume", *columns])
    for volume in volumes.volumes:
        for row in _read_table(volumes, volume):
            cells = {**row, "url": f"{volume.name}/{row.get('url', '')}"}
            table.writerow([volume.name, *(cells.get(name, "") for name in columns)])
    return out.getvalue()


def _read_columns(volumes: Volumes, volume: Volume) -> list[str]:
    with (volumes.html(volume) / "data" / "papers.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])


def _read_table(volumes: Volumes, volume: Volume) -> Iterator[dict[str, str]]:
    with (volumes.html(volume) / "data" / "papers.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
