"""Measure drafted themes against the groups into which people have sorted a collection."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from litbook.commands.benchmarks.duplicates import read_label
from litbook.enrich.merge import enrich
from litbook.ingest.sources import read_source
from litbook.model.faults import CorpusError, Fault
from litbook.model.measured import Table
from litbook.model.review import Paper
from litbook.theme.propose import draft_themes
from litbook.theme.suggest import suggest_themes

FIGURES = Path("tests/themes-figures.json")
_LEFT_OUT = 20  # one paper in so many


@dataclass(frozen=True, slots=True)
class Drafted:
    """How a draft agrees with people's groups, as adjusted mutual information: 1 for the same groups, 0 for chance.

    `placed` is that of the themes suggested from the draft's phrases. `stable` compares the draft with one from which a
    twentieth of the papers is left out.
    """

    name: str
    papers: int
    groups: int
    titles: tuple[str, ...]
    drafted: float
    placed: float
    stable: float


def measure_draft(name: str, papers: Sequence[Paper], labels: Mapping[str, str]) -> Drafted:
    """Draft themes for papers whose groups are known by citekey."""
    from sklearn.metrics import adjusted_mutual_info_score  # noqa: PLC0415

    draft = draft_themes(papers)
    own = _invert(draft.members)
    suggested = suggest_themes(papers, draft.parts, ())
    keys = sorted(labels)
    fewer = [paper for paper in papers if hashlib.sha256(paper.citekey.encode()).digest()[0] % _LEFT_OUT]
    other = _invert(draft_themes(fewer).members)
    wanted = [labels[key] for key in keys]
    return Drafted(
        name,
        len(papers),
        len(set(wanted)),
        tuple(theme.title for part in draft.parts for theme in part.themes),
        drafted=adjusted_mutual_info_score(wanted, [own.get(key, "") for key in keys]),
        placed=adjusted_mutual_info_score(wanted, [suggested[key].theme for key in keys]),
        stable=adjusted_mutual_info_score([own.get(key, "") for key in other], list(other.values())),
    )


def _invert(members: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {key: slug for slug, keys in members.items() for key in keys}


def read_labelled(path: Path, label: str) -> tuple[list[Paper], dict[str, str]]:
    """Return the papers of a file and the value of each under `label`; raise `CorpusError`."""
    reading = read_source(path.name, path.read_bytes())
    if reading is None:
        raise CorpusError([Fault(str(path), 0, "unknown format", "use an export that litbook reads")])
    papers = list(enrich(reading.records, (), (), "").papers)
    labels = {paper.citekey: read_label(paper.records[0], label) for paper in papers}
    if not any(labels.values()):
        raise CorpusError([Fault(str(path), 0, f"missing label '{label}'", "name the column of groups with --label")])
    return papers, {citekey: value for citekey, value in labels.items() if value}


def count_kept(drafted: Drafted, kept: Sequence[str]) -> int:
    """Return how many of the names of drafted themes are among those that a reader kept."""
    wanted = {name.strip().casefold() for name in kept}
    return sum(title.casefold() in wanted for title in drafted.titles)


def tabulate_drafted(measured: Iterable[Drafted], kept: Sequence[str]) -> Table:
    """Return the figures by collection, as a page shows them."""
    heads = (
        "Collection",
        "Papers",
        "Groups",
        "Themes",
        "AMI of the draft",
        "AMI by suggestion",
        "Stable",
        "Names kept",
    )
    rows = [
        (
            *(one.name, f"{one.papers:,}", f"{one.groups:,}", f"{len(one.titles)}"),
            *(f"{one.drafted:.2f}", f"{one.placed:.2f}", f"{one.stable:.2f}"),
            f"{count_kept(one, kept)}" if kept else "",
        )
        for one in measured
    ]
    return Table(heads, tuple(rows))


def render_drafted(drafted: Drafted, kept: Sequence[str]) -> str:
    """Return the figures as text, and the share of theme names among those that a reader kept, if there are any."""
    lines = [
        f"{drafted.name}: {drafted.papers} papers in {drafted.groups} groups, {len(drafted.titles)} drafted themes",
        f"  agreement with the groups (AMI): drafted {drafted.drafted:.3f}, placed by suggestion {drafted.placed:.3f}",
        f"  agreement with the draft without a twentieth of the papers (AMI): {drafted.stable:.3f}",
    ]
    if kept:
        lines.append(f"  names that a reader kept: {count_kept(drafted, kept)} of {len(drafted.titles)}")
    return "\n".join([*lines, *(f"    {title}" for title in drafted.titles)])
