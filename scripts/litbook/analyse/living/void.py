"""Find sentences that rest on retracted, withdrawn or removed papers, and those that editors keep."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litbook.analyse.prose.sentences import read_sentences
from litbook.model.editorial import Quotation
from litbook.model.faults import Fault
from litbook.model.notices import KeptSentence, Notice, find_standing, is_void
from litbook.model.pages import HOLE, Page
from litbook.model.review import Corpus

_SOURCE = "book/corpus/kept.csv"
_TENSIONS, _HIGHLIGHTS = "book/corpus/tensions.yml", "book/corpus/highlights.yml"
_MANUALS = "about/"  # these cite papers only as examples
_LONGEST = 60  # characters of a sentence that a remedy quotes
_BEFORE_MARK = re.compile(r" (?=[.,;:!?)])")  # where a citation was
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class _Resting:
    """Hold a sentence that rests on a void paper: where it is, and its words without what roles show."""

    file: str
    line: int
    citekey: str
    text: str


def check_void(corpus: Corpus, pages: Iterable[Page], kept: Sequence[KeptSentence]) -> Iterator[Fault]:
    """Yield sentences, tensions and highlights on void papers that are not kept, and rows that keep nothing."""
    void = {paper.citekey: notice for paper in corpus.papers if (notice := _void_by(paper.notices))}
    used: set[int] = set()
    for resting in _find_resting(corpus, pages, void) if void else ():
        rows = [row for row in kept if _keeps(row, resting)]
        used |= {row.line for row in rows}
        if not rows:
            yield _report(resting, void[resting.citekey])
    for row in kept:
        if row.line not in used:
            yield Fault(_SOURCE, row.line, *_explain_unused(row, void))


def _void_by(notices: Iterable[Notice]) -> Notice | None:
    notices = tuple(notices)
    return find_standing(notices) if is_void(notices) else None


def _find_resting(corpus: Corpus, pages: Iterable[Page], void: Mapping[str, Notice]) -> Iterator[_Resting]:
    for page in pages:
        if not page.file.startswith(_MANUALS):
            yield from _find_on_page(page, void)
    editorial = corpus.editorial
    quoted: list[tuple[str, Quotation]] = [
        *((_TENSIONS, item) for tension in editorial.tensions for item in tension.quotations()),
        *((_HIGHLIGHTS, item) for highlight in editorial.highlights for item in highlight.quotations),
    ]
    for file, item in quoted:
        if item.citekey in void:
            yield _Resting(file, item.line, item.citekey, item.quote)


def _find_on_page(page: Page, void: Mapping[str, Notice]) -> Iterator[_Resting]:
    """Yield the sentences of a page that cite or claim a void paper, and the blocks that quote one."""
    file = f"book/{page.file}"
    for sentence in read_sentences(page) if any(_names(role.text, void) for role in page.roles) else ():
        for citekey in dict.fromkeys(key for key in sentence.cited if key in void):
            yield _Resting(file, sentence.citations[0].line, citekey, sentence.text)
    for block in page.blocks:
        for _, index in block.roles:
            role = page.roles[index]
            citekey = role.text.partition(":")[0].strip()
            if role.name == "quote" and citekey in void:
                yield _Resting(file, role.line, citekey, block.text)


def _names(text: str, void: Mapping[str, Notice]) -> bool:
    return any(citekey in text for citekey in void)


def _keeps(row: KeptSentence, resting: _Resting) -> bool:
    is_here = row.file.removeprefix("book/") == resting.file.removeprefix("book/") and row.citekey == resting.citekey
    return is_here and flatten(row.sentence) in flatten(resting.text)


def flatten(text: str) -> str:
    """Return words to compare: one space between them, straight quotation marks, and nothing that roles show."""
    return _BEFORE_MARK.sub("", " ".join(text.replace(HOLE, " ").translate(_QUOTES).split()))


def _report(resting: _Resting, notice: Notice) -> Fault:
    date = f" on {notice.date}" if notice.date else ""
    what = f"this rests on '{resting.citekey}', {notice.label}{date} ({notice.address})"
    file, words = resting.file.removeprefix("book/"), _choose_words(resting.text)
    row = io.StringIO()
    csv.writer(row, lineterminator="").writerow([file, resting.citekey, words, "REASON", "NAME", "DATE"])
    return Fault(
        resting.file, resting.line, what, f"rewrite it, or keep it with this row in {_SOURCE}: {row.getvalue()}"
    )


def _choose_words(text: str) -> str:
    """Return the longest run of words that no role interrupts, cut to a length that can be copied."""
    runs = [_BEFORE_MARK.sub("", " ".join(run.split())) for run in text.split(HOLE)]
    longest = max(runs, key=len).strip(" .,;:()[]")
    return longest if len(longest) <= _LONGEST else re.sub(r"\s+\S*$", "", longest[:_LONGEST])


def _explain_unused(row: KeptSentence, void: Mapping[str, Notice]) -> tuple[str, str]:
    if row.citekey not in void:
        what = f"'{row.citekey}' has no notice that takes away the ground of a sentence"
        return what, "correct the citekey, or delete the row"
    what = f"no sentence of {row.file} that rests on '{row.citekey}' has the words “{row.sentence}”"
    return what, "copy words of the sentence, or delete the row"
