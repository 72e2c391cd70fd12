"""Write what the machine makes below `book/`: the only module that does.

The contract: a file that a person wrote is never touched; a generated file is written only when its bytes change, whole
or not at all; a generated page whose paper is gone is deleted; deleting `book/papers` and `book/data` is harmless.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from litbook.core.atomic import sweep, write_text
from litbook.core.cache import keep, recall
from litbook.core.code import digest_code
from litbook.core.project import Project
from litbook.model.pages import Citation
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, LedgerEntry, Paper
from litbook.write.bibliography import render_csl, render_references, render_ris
from litbook.write.catalogue import render_csv, render_json
from litbook.write.labels import find_lettered
from litbook.write.paper import gather_page, render_paper

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Written:
    """Count what a run did to the generated files."""

    changed: tuple[Path, ...]
    deleted: tuple[Path, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _File:
    """Hold what a file is made from, by a digest of the value, and how."""

    made_from: str
    render: Callable[[], str]


def write(project: Project, corpus: Corpus, ledger: Iterable[LedgerEntry]) -> Written:
    """Bring `book/papers`, `book/data` and the ledger up to date with the corpus.

    A page or an export that is as it was written, and would be made from the same value by the same code, is not made
    again.
    """
    # The ledger comes first: a run that dies has shown no citekey that the next one could give to another work.
    texts = {project.ledger: _render_ledger(ledger), **_render_claims(project, corpus)}
    changed = [path for path, text in texts.items() if write_text(path, text)]
    files = _list_files(project, corpus)
    changed += _write_files(project.cache / "written.json", files)
    stale = sorted({*project.papers.glob("*.md"), *project.theme_data.glob("*.*")} - files.keys())
    for path in stale:
        path.unlink()
    for folder in (project.corpus, project.papers, project.data, project.theme_data, project.cache):
        sweep(folder)
    return Written(tuple(changed), tuple(stale), len(texts) + len(files))


def _write_files(stamps: Path, files: Mapping[Path, _File]) -> list[Path]:
    """Write the files, but for those that are as `stamps` says they were written from the same value by this code."""
    code = digest_code(__name__)
    before = recall(stamps, code, lambda text: dict(json.loads(text))) or {}
    now: dict[str, list[str]] = {}
    changed = []
    for path, file in files.items():
        name = f"{path.parent.name}/{path.name}"
        now[name] = before.get(name, [])
        if now[name] != [file.made_from, _digest_file(path)]:
            text = file.render()
            changed += [path] if write_text(path, text) else []
            now[name] = [file.made_from, _digest_file(path)]
    if now != before:
        keep(stamps, code, json.dumps(now))
    return changed


def _digest_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def write_ledger(project: Project, ledger: Iterable[LedgerEntry]) -> bool:
    """Bring the ledger alone up to date, and return whether it was written."""
    return write_text(project.ledger, _render_ledger(ledger))


def _list_files(project: Project, corpus: Corpus) -> dict[Path, _File]:
    papers = {paper.citekey: paper for paper in corpus.papers}
    pages = {
        project.papers / f"{key}.md": _make_from(gather_page(corpus, paper, papers), render_paper)
        for key, paper in papers.items()
    }
    return pages | _list_exports(project, _keep_exported(corpus))


def _make_from(value: _Value, render: Callable[[_Value], str]) -> _File:
    return _File(hashlib.sha256(repr(value).encode("utf-8")).hexdigest(), partial(render, value))


def _keep_exported(corpus: Corpus) -> Corpus:
    """Return a corpus with what the exports hold, and nothing else."""
    papers = tuple(replace(paper, records=(), facts=None, watched={}) for paper in corpus.papers)
    cited: dict[str, tuple[Citation, ...]] = dict.fromkeys(find_lettered(corpus), ())  # all that labels depend on
    kept = Corpus(papers, corpus.parts, {}, corpus.related, corpus.gists, corpus.evidence, cited, frozenset())
    placements = {paper.citekey: replace(corpus.placements[paper.citekey], reason="") for paper in papers}
    return replace(kept, placements=placements, sentences=corpus.sentences, stated=corpus.stated)


def _list_exports(project: Project, corpus: Corpus) -> dict[Path, _File]:
    """Return the exports of all papers, and of each theme that has some, for reference managers and as a table."""
    whole = {
        "papers.json": partial(render_json, corpus),
        "papers.csv": partial(render_csv, corpus),
        "papers.ris": partial(render_ris, corpus.papers),
        "papers.csl.json": partial(render_csl, corpus.papers),
        "references.bib": partial(render_references, corpus.papers),
    }
    renders: dict[str, Callable[[Sequence[Paper]], str]] = {
        "bib": render_references,
        "ris": render_ris,
        "csv": partial(render_csv, corpus),
    }
    themes = {
        project.theme_data / f"{theme.slug}.{kind}": partial(render, papers)
        for theme in corpus.themes()
        if (papers := papers_of(corpus, theme.slug))
        for kind, render in renders.items()
    }
    value = hashlib.sha256(repr(corpus).encode("utf-8")).hexdigest()
    files = {project.data / name: render for name, render in whole.items()} | themes
    return {path: _File(value, render) for path, render in files.items()}


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
