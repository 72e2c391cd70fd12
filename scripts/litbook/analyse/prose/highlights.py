"""Check each highlight of the front page against what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.analyse.prose.numbercheck import Register
from litbook.analyse.prose.tensions import check_quotations
from litbook.model.editorial import Highlight
from litbook.model.faults import Fault, nearest
from litbook.model.review import Corpus
from litbook.text.numbers import find_numbers

FILE = "book/corpus/highlights.yml"


def check_highlights(corpus: Corpus, register: Register) -> Iterator[Fault]:
    """Yield highlights of unknown tensions, with inaccurate quotations, or with numbers that no abstract states."""
    highlights = corpus.editorial.highlights
    tensions = {tension.id: tension.citekeys() for tension in corpus.editorial.tensions}
    for highlight in highlights:
        if highlight.tension and highlight.tension not in tensions:
            remedy = nearest(highlight.tension, tensions) or "book/corpus/tensions.yml lists all ids"
            yield Fault(FILE, highlight.line, f"unknown tension '{highlight.tension}'", remedy)
        citekeys = tensions.get(highlight.tension) or tuple(item.citekey for item in highlight.quotations)
        yield from _check_numbers(register, highlight, citekeys)
    yield from check_quotations(corpus, FILE, (item for highlight in highlights for item in highlight.quotations))


def _check_numbers(register: Register, highlight: Highlight, citekeys: tuple[str, ...]) -> Iterator[Fault]:
    known = all(key in register.papers for key in citekeys)
    for number in find_numbers(highlight.says) if known and citekeys else ():
        if not (number.named or any(register.states(key, number) for key in citekeys)):
            what = f"the number '{highlight.says[number.start : number.end]}' is not in any abstract that is quoted"
            yield Fault(FILE, highlight.line, what, "write the abstract's number, or quote the paper that states it")
