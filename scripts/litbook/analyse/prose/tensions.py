"""Check each quotation of a tension against the abstract that it names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from litbook.model.editorial import Quotation
from litbook.model.faults import Fault, nearest
from litbook.model.review import Corpus

FILE = "book/corpus/tensions.yml"


def check_tensions(corpus: Corpus) -> Iterator[Fault]:
    """Yield quotations of unknown or excluded papers, and those that are not within one sentence of the abstract."""
    quotations = (quotation for tension in corpus.editorial.tensions for quotation in tension.quotations())
    return check_quotations(corpus, FILE, quotations)


def check_quotations(corpus: Corpus, file: str, quotations: Iterable[Quotation]) -> Iterator[Fault]:
    """Yield what is wrong with quotations in a hand-kept file: their papers, or their words."""
    abstracts = {paper.citekey: paper.abstract.plain for paper in corpus.papers}
    excluded = {exclusion.paper.citekey for exclusion in corpus.excluded}
    for quotation in quotations:
        if quotation.citekey in excluded:
            what = f"'{quotation.citekey}' is quoted but excluded by decisions.csv"
            yield Fault(file, quotation.line, what, "include it or quote another")
        elif quotation.citekey not in abstracts:
            remedy = nearest(quotation.citekey, abstracts) or "book/corpus/ledger.jsonl lists all citekeys"
            yield Fault(file, quotation.line, f"unknown citekey '{quotation.citekey}'", remedy)
        else:
            abstract = abstracts[quotation.citekey]
            sentences = [abstract[start:end] for start, end in corpus.sentences[quotation.citekey]]
            yield from _check_words(file, quotation, sentences)


def _check_words(file: str, quotation: Quotation, sentences: list[str]) -> Iterator[Fault]:
    if not any(quotation.quote in sentence for sentence in sentences):
        what = f"not word for word in one sentence of the abstract of '{quotation.citekey}': “{quotation.quote}”"
        yield Fault(file, quotation.line, what, _suggest(quotation.quote, sentences))


def _suggest(quote: str, sentences: list[str]) -> str:
    if not sentences:
        return "its source has no abstract"
    compared = difflib.SequenceMatcher(None, b=quote, autojunk=False)

    def likeness(sentence: str) -> int:
        compared.set_seq1(sentence)
        return sum(block.size for block in compared.get_matching_blocks())

    return f"the nearest sentence is “{max(sentences, key=likeness)}”"
