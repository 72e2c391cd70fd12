"""Write what the machine makes below `book/`: the only module that does.

The contract: a file that a person wrote is never touched; a generated file is written only when its bytes change, whole
or not at all; a generated page whose paper is gone is deleted; deleting `book/papers` and `book/data` is harmless.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from litbook.core.atomic import sweep, write_text
from litbook.core.project import Project
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, LedgerEntry, Paper
from litbook.write.bibliography import render_csl, render_references, render_ris
from litbook.write.catalogue import render_csv, render_json
from litbook.write.paper import render_paper


@dataclass(frozen=True, slots=True)
class Written:
    """Count what a run did to the generated files."""

    changed: tuple[Path, ...]
    deleted: tuple[Path, ...]
    total: int


def write(project: Project, corpus: Corpus, ledger: Iterable[LedgerEntry]) -> Written:
    """Bring `book/papers`, `book/data` and the ledger up to date with the corpus."""
    # The ledger comes first: a run that dies has shown no citekey that the next one could give to another work.
    files = {
        project.ledger: _render_ledger(ledger),
        **_render_claims(project, corpus),
        **_render_files(project, corpus),
    }
    changed = tuple(path for path, text in files.items() if write_text(path, text))
    stale = sorted({*project.papers.glob("*.md"), *project.theme_data.glob("*.*")} - files.keys())
    for path in stale:
        path.unlink()
    for folder in (project.corpus, project.papers, project.data, project.theme_data, project.cache):
        sweep(folder)
    return Written(changed, tuple(stale), len(files))


def write_ledger(project: Project, ledger: Iterable[LedgerEntry]) -> bool:
    """Bring the ledger alone up to date, and tell whether it was written."""
    return write_text(project.ledger, _render_ledger(ledger))


def _render_files(project: Project, corpus: Corpus) -> dict[Path, str]:
    by_key = {paper.citekey: paper for paper in corpus.papers}
    pages = {project.papers / f"{key}.md": render_paper(corpus, paper, by_key) for key, paper in by_key.items()}
    exports = {
        "papers.json": render_json(corpus),
        "papers.csv": render_csv(corpus),
        "papers.ris": render_ris(corpus.papers),
        "papers.csl.json": render_csl(corpus.papers),
        "references.bib": render_references(corpus.papers),
    }
    return pages | {project.data / name: text for name, text in exports.items()} | _render_themes(project, corpus)


def _render_themes(project: Project, corpus: Corpus) -> dict[Path, str]:
    """Return the papers of each theme that has some, for reference managers and as a table."""
    renders: dict[str, Callable[[Sequence[Paper]], str]] = {
        "bib": render_references,
        "ris": render_ris,
        "csv": partial(render_csv, corpus),
    }
    return {
        project.theme_data / f"{theme.slug}.{kind}": render(papers)
        for theme in corpus.themes()
        if (papers := papers_of(corpus, theme.slug))
        for kind, render in renders.items()
    }


def _render_ledger(ledger: Iterable[LedgerEntry]) -> str:
    return "".join(json.dumps(_describe(entry), ensure_ascii=False) + "\n" for entry in ledger)


def _render_claims(project: Project, corpus: Corpus) -> dict[Path, str]:
    """Return the sentences that claims are tied to, where there are or were any."""
    lines = [
        json.dumps({"citekey": claim.citekey, "sentence": claim.sentence, "quote": claim.quote}, ensure_ascii=False)
        for claim in corpus.kept_claims
    ]
    return {project.claims: "".join(f"{line}\n" for line in lines)} if lines or project.claims.is_file() else {}


def _describe(entry: LedgerEntry) -> Mapping[str, str]:
    known = {
        "citekey": entry.citekey,
        "title": entry.title,
        "arxiv": entry.arxiv,
        "doi": entry.doi,
        "openreview": entry.openreview,
        "acl": entry.acl,
        "sketch": entry.sketch,
        "first_seen": entry.first_seen,
    }
    return {name: value for name, value in known.items() if value is not None}
