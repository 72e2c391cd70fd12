"""What rules found in a paper for a column, to show until a person has extracted a value."""

from __future__ import annotations

from litbook.model.review import Corpus, Paper
from litbook.model.stated import DRAFT_FIELDS, NAME_FIELDS, Draft, Stated

_FINDINGS = "findings"


def find_drafts(corpus: Corpus, paper: Paper, field: str) -> tuple[Draft, ...]:
    """Return what rules found under one of `DRAFT_FIELDS`, each with the sentence that holds it."""
    stated = corpus.stated.get(paper.citekey, Stated())
    if field in NAME_FIELDS:
        return tuple(Draft(field, name, _find_sentence(corpus, paper, name)) for name in getattr(stated, field))
    if field == _FINDINGS:
        return tuple(
            Draft(field, f"{item.number} ({item.measured})" if item.measured else item.number, item.sentence)
            for item in stated.findings
        )
    return tuple(draft for draft in stated.study if draft.field == field)


def _find_sentence(corpus: Corpus, paper: Paper, name: str) -> int:
    """Return the number of the first sentence that holds a name; 0 stands for the title."""
    if name in paper.title.plain:
        return 0
    spans = corpus.sentences[paper.citekey]
    return next((at for at, (start, end) in enumerate(spans, 1) if name in paper.abstract.plain[start:end]), 0)


def quote_of(corpus: Corpus, paper: Paper, sentence: int) -> str:
    """Return a sentence of the abstract, or the title for 0."""
    if not sentence:
        return paper.title.plain
    return paper.abstract.plain[slice(*corpus.sentences[paper.citekey][sentence - 1])]


def has_values(corpus: Corpus) -> bool:
    """Return whether a column has a value to show, extracted by a person or found by rules."""
    if corpus.extraction.of:
        return True
    fields = [column.draft for column in corpus.extraction.columns if column.draft in DRAFT_FIELDS]
    return any(find_drafts(corpus, paper, field) for field in fields for paper in corpus.papers)
