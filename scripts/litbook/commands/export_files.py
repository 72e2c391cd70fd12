"""Write the references of a review to one file, in the format that its name says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from litbook.core.atomic import write_text
from litbook.enrich.merge import Enriched
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Corpus, Paper
from litbook.write.bibliography import render_csl, render_references, render_ris

FORMATS: Mapping[str, Callable[[Sequence[Paper]], str]] = {
    ".bib": render_references,
    ".ris": render_ris,
    ".json": render_csl,
}


def write_references(file: Path, corpus: Corpus, enriched: Enriched, notes: bool) -> int:
    """Write the papers of a review, and return their number; raise `CorpusError` if the format is not known."""
    render = FORMATS.get(file.suffix.lower())
    if render is None:
        raise CorpusError([Fault(str(file), 0, f"unknown format '{file.suffix}'", "write .bib, .ris or .json (CSL)")])
    if not file.absolute().parent.is_dir():
        raise CorpusError([Fault(str(file), 0, "the folder does not exist", "create it, or name another")])
    citekeys = {paper.citekey for paper in corpus.papers}
    papers = [paper for paper in enriched.papers if paper.citekey in citekeys] if notes else list(corpus.papers)
    write_text(file, render(papers))
    return len(papers)
