"""What the rules find in the title and the abstract of one paper alone."""

from __future__ import annotations

from dataclasses import dataclass

from litbook.analyse.acronyms import find_pairs
from litbook.model.stated import Evidence, Stated
from litbook.text.sentences import Span, split_sentences


@dataclass(frozen=True, slots=True)
class Abstract:
    """Hold the gist, the sentences that state results, the ranges of all sentences, what is stated, and acronyms.

    `acronyms` are pairs of a name and its long form.
    """

    gist: Evidence | None
    evidence: tuple[Evidence, ...]
    sentences: tuple[Span, ...]
    stated: Stated
    acronyms: tuple[tuple[str, str], ...]


def read_abstract(title: str, abstract: str) -> Abstract:
    """Return what the rules find in a title and an abstract."""
    # Compiling the patterns of all rules takes a fifth of a second, and what they find seldom changes between builds.
    from litbook.analyse.evidence import choose_gist, find_evidence  # noqa: PLC0415
    from litbook.analyse.findings.stated import find_stated  # noqa: PLC0415

    spans = split_sentences(abstract)
    stated = find_stated(title, [abstract[start:end] for start, end in spans])
    return Abstract(choose_gist(title, abstract), find_evidence(abstract), spans, stated, find_pairs(title, abstract))
