"""Write what the machine makes below `book/`: the only module that does.

The contract: a file that a person wrote is never touched, wherever it is; a generated file is written only when its
bytes change, whole or not at all; a generated page whose paper is gone is deleted, if it is as it was written; deleting
`book/papers` and `book/data` is harmless.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from litbook.core.atomic import sweep, write_text
from litbook.core.cache import digest_parts
from litbook.core.identity import once_per_object
from litbook.core.output import OutputFolder
from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.model.pages import Citation
from litbook.model.queries import papers_of
from litbook.model.review import Corpus, LedgerEntry, Paper, Placement, Suggestion
from litbook.write.bibliography import render_csl, render_references, render_ris
from litbook.write.catalogue import render_csv, render_json
from litbook.write.claims import render_claims, render_schema
from litbook.write.extraction import name_extracted, render_effects, render_extraction
from litbook.write.labels import find_lettered
from litbook.write.lacking import render_lacking_ids, render_lacking_ris
from litbook.write.manifest import GeneratedFile, GeneratedFolder
from litbook.write.paper import gather_page, render_paper

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Value = TypeVar("_Value")
# The files on works that the review lacks; there are none if it lacks none.
_LACKING = {"lacking.ris": render_lacking_ris, "lacking.txt": render_lacking_ids}


@dataclass(frozen=True, slots=True)
class Written:
    """Count what a run did to the generated files."""

    changed: tuple[Path, ...]
    deleted: tuple[Path, ...]
    total: int


def write(
    project: Project, corpus: Corpus, ledger: Iterable[LedgerEntry], *, registered: bool = False, claimed: bool = False
) -> Written:
    """Bring `book/papers`, `book/data` and the files that must not lose a row up to date with the corpus.

    The ledger is left alone if `registered` says that it has all entries, and the claims unless `claimed` says that one
    is new: the order of rows that a merge has made stays.

    A page or an export that is as it was written, and would be made from the same value by the same code, is not made
    again. Raise `CorpusError`, before anything is written, for all in these folders that litbook did not write.
    """
    entries = tuple(ledger)
    known = frozenset(f"{entry.citekey}.md" for entry in entries)
    papers = GeneratedFolder(project, OutputFolder(project.root, project.papers), known)
    data = GeneratedFolder(project, OutputFolder(project.root, project.data), frozenset())
    pages = _list_pages(corpus)
    exports = _list_exports(_keep_exported(corpus)) | _list_claims(corpus) | _list_extracted(corpus)
    if faults := [*papers.find_foreign(pages), *data.find_foreign(exports)]:
        raise CorpusError(faults)
    # The ledger comes first: a run that dies has shown no citekey that the next one could give to another work.
    texts = {} if registered else {project.ledger: _render_ledger(entries)}
    texts |= {project.claims: _render_claims(corpus)} if claimed else {}
    changed = [path for path, text in texts.items() if write_text(path, text)]
    deleted = []
    for folder, path, files in ((papers, project.papers, pages), (data, project.data, exports)):
        written, gone = folder.bring_up_to_date(files)
        changed += [path / name for name in written]
        deleted += [path / name for name in gone]
    for folder_of_drafts in (project.corpus, project.papers, project.data, project.theme_data, project.cache):
        sweep(folder_of_drafts)
    return Written(tuple(changed), tuple(deleted), len(texts) + len(pages) + len(exports))


def write_ledger(project: Project, ledger: Iterable[LedgerEntry]) -> bool:
    """Bring the ledger alone up to date, and return whether it was written."""
    return write_text(project.ledger, _render_ledger(ledger))


def _list_pages(corpus: Corpus) -> dict[str, GeneratedFile]:
    papers = {paper.citekey: paper for paper in corpus.papers}
    pages = {key: gather_page(corpus, paper, papers) for key, paper in papers.items()}
    return {
        f"{key}.md": GeneratedFile(digest_parts(list_values(page)).hex(), partial(render_paper, page))
        for key, page in pages.items()
    }


def _list_claims(corpus: Corpus) -> dict[str, GeneratedFile]:
    said = _make_from((corpus.statements, corpus.checks), lambda value: render_claims(*value))
    return {"claims.json": said, "claims.schema.json": _make_from("", lambda _: render_schema())}


def _list_extracted(corpus: Corpus) -> dict[str, GeneratedFile]:
    """Return what was extracted as tables, if the review extracts anything."""
    if not corpus.extraction:
        return {}
    return {
        "extraction.csv": _make_from((corpus.extraction, name_extracted(corpus)), render_extraction),
        "extraction-effects.csv": _make_from(corpus.extraction, render_effects),
    }


def list_values(value: DataclassInstance) -> Iterator[object]:
    """Yield the values of a dataclass, one for each field."""
    return (getattr(value, known.name) for known in fields(value))


def _make_from(value: _Value, render: Callable[[_Value], str]) -> GeneratedFile:
    return GeneratedFile(digest_parts([value]).hex(), partial(render, value))


def _keep_exported(corpus: Corpus) -> Corpus:
    """Return a corpus with what the exports hold, and nothing else."""
    papers = tuple(map(_keep_published, corpus.papers))
    cited: dict[str, tuple[Citation, ...]] = dict.fromkeys(find_lettered(corpus), ())  # all that labels depend on
    kept = Corpus(papers, corpus.parts, {}, corpus.related, corpus.gists, corpus.evidence, cited, frozenset())
    placements = {paper.citekey: _keep_placed(corpus.placements[paper.citekey]) for paper in papers}
    return replace(kept, placements=placements, sentences=corpus.sentences, stated=corpus.stated, citing=corpus.citing)


def _keep_placed(placement: Placement) -> Placement:
    return replace(
        placement, reason="", by="", date="", suggestion=Suggestion(placement.suggestion.theme, (), None, 0.0)
    )


@once_per_object(most=1 << 14)
def _keep_published(paper: Paper) -> Paper:
    return replace(paper, records=(), facts=None, watched={})


def _list_exports(corpus: Corpus) -> dict[str, GeneratedFile]:
    """Return the exports of all papers, and of each theme that has some, for reference managers and as a table."""
    lacking = corpus.citing.lacking
    everything = digest_parts(list_values(corpus)).hex()
    files = {
        "papers.json": GeneratedFile(everything, partial(render_json, corpus)),
        "papers.csv": _list_rows(corpus, corpus.papers),
        "papers.ris": _make_from(corpus.papers, render_ris),
        "papers.csl.json": _make_from(corpus.papers, render_csl),
        "references.bib": _make_from(corpus.papers, render_references),
        **{name: _make_from(lacking, render) for name, render in _LACKING.items() if lacking},
    }
    for theme in corpus.themes():
        if papers := tuple(papers_of(corpus, theme.slug)):
            files |= {
                f"themes/{theme.slug}.bib": _make_from(papers, render_references),
                f"themes/{theme.slug}.ris": _make_from(papers, render_ris),
                f"themes/{theme.slug}.csv": _list_rows(corpus, papers),
            }
    return files


def _list_rows(corpus: Corpus, papers: tuple[Paper, ...]) -> GeneratedFile:
    """Return the table of some papers: it shows them, where they are placed, and the names of themes and parts."""
    placements = tuple(corpus.placements[paper.citekey] for paper in papers)
    made_from = digest_parts([papers, placements, corpus.parts]).hex()
    return GeneratedFile(made_from, partial(render_csv, corpus, papers))


def _render_ledger(ledger: Iterable[LedgerEntry]) -> str:
    return "".join(json.dumps(_describe(entry), ensure_ascii=False) + "\n" for entry in ledger)


def _render_claims(corpus: Corpus) -> str:
    """Return the sentences that claims are tied to, one line each."""
    rows = (
        {"citekey": claim.citekey, "sentence": claim.sentence, "quote": claim.quote} for claim in corpus.kept_claims
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


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
