"""Gather the statements of the review, and sum up people's checks of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litbook.analyse.prose.claims import quote_of
from litbook.analyse.prose.sentences import Sentence, read_sentences, show_sentence
from litbook.model.pages import Page, Section
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.model.statements import VERDICTS, Audit, Check, Source, Statement, digest_text, latest_checks, list_samples

_MANUALS = "about/"  # these cite papers only as examples
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence that cites, before its sources are looked up; `claimed` are sentences of abstracts that it names."""

    text: str
    file: str
    anchor: str
    line: int
    heading: str
    before: str
    cited: tuple[str, ...]
    claimed: tuple[tuple[str, int], ...]


def find_cited(page: Page) -> tuple[Cited, ...]:
    """Return the sentences of a page that cite; a manual has none."""
    if page.file.startswith(_MANUALS) or not any(role.name.startswith(("cite", "claim")) for role in page.roles):
        return ()
    sentences = read_sentences(page)
    return tuple(
        _make_cited(page, sentence, _find_before(page, sentences, at))
        for at, sentence in enumerate(sentences)
        if sentence.cited
    )


def _find_before(page: Page, sentences: Sequence[Sentence], at: int) -> Sentence | None:
    """Return the sentence before this one in its paragraph, or the header of its table; None if it is the first."""
    this = sentences[at]
    if this.kind != "row":
        return sentences[at - 1] if at and sentences[at - 1].block == this.block else None
    first = this.block
    while first and page.blocks[first - 1].kind == "row":
        first -= 1
    return next((item for item in sentences if item.block == first and first < this.block), None)


def _make_cited(page: Page, sentence: Sentence, before: Sentence | None) -> Cited:
    section = _find_section(page, sentence.citations[0].line)
    return Cited(
        show_sentence(page, sentence),
        page.file,
        section.anchor if section else "",
        sentence.lines[0] if sentence.lines else sentence.citations[0].line,
        f"{page.title} › {section.heading}" if section and section.heading != page.title else page.title,
        show_sentence(page, before) if before else "",
        tuple(dict.fromkeys(sentence.cited)),
        tuple(dict.fromkeys(sentence.claimed)),
    )


def _find_section(page: Page, line: int) -> Section | None:
    around = [section for section in page.sections if section.first_line <= line <= section.last_line]
    return max(around, key=lambda section: section.first_line) if around else None


def make_statements(corpus: Corpus, found: Iterable[Sequence[Cited]]) -> tuple[Statement, ...]:
    """Return the statements in the order of the pages; a paper that is only cited counts with its whole abstract."""
    return tuple(
        Statement(
            item.text, item.file, item.anchor, item.line, tuple(_find_sources(corpus, item)), item.heading, item.before
        )
        for page in found
        for item in page
    )


def _find_sources(corpus: Corpus, item: Cited) -> Iterable[Source]:
    claimed = {citekey for citekey, _ in item.claimed}
    for citekey in item.cited:
        named = [number for key, number in item.claimed if key == citekey]
        for number in named:
            quote = quote_of(corpus, citekey, number)
            yield Source(citekey, number, quote, digest_text(quote))
        paper = find_paper(corpus, citekey) if citekey not in claimed else None
        if paper is not None:
            yield Source(citekey, 0, "", digest_text(paper.abstract.plain))


def sum_up_samples(checks: Sequence[Check], ids: Sequence[str]) -> tuple[Audit, ...]:
    """Return the result of each sample, in the order in which they were kept; `ids` are those of all statements."""
    return tuple(filter(None, (sum_up(sample, ids) for sample in list_samples(checks))))


def _bound_share(found: int, number: int) -> tuple[float, float]:
    """Return the bounds of Clopper and Pearson for a share, in 0 … 1."""
    from scipy.special import betaincinv  # noqa: PLC0415 - only a review with an audit needs it; scipy.stats takes a second

    tail = (1 - _CONFIDENCE) / 2
    low = float(betaincinv(found, number - found + 1, tail)) if found else 0.0
    return low, float(betaincinv(found + 1, number - found, 1 - tail)) if found < number else 1.0


def sum_up(checks: Sequence[Check], ids: Sequence[str] = ()) -> Audit | None:
    """Return the result of checks, the newest of each statement; None if there are none.

    The interval is that of Clopper and Pearson ("The use of confidence or fiducial limits", 1934), by quantiles of beta
    distributions; for a sample without replacement, as here, it is wider than necessary.
    """
    newest = latest_checks(checks)
    if not newest:
        return None
    counted = Counter(check.verdict for check in newest.values())
    wrong = len(newest) - counted["supported"]
    low, high = _bound_share(wrong, len(newest))
    drawn_from = [int(check.of) for check in newest.values() if check.of]
    days = sorted(check.date for check in newest.values())
    return Audit(
        checked=len(newest),
        verdicts=tuple((verdict, counted[verdict]) for verdict in VERDICTS),
        low=low,
        high=high,
        by=tuple(sorted({check.by for check in newest.values()})),
        first=days[0],
        last=days[-1],
        current=len(newest.keys() & set(ids)),
        statements=max(drawn_from, default=0),
    )
