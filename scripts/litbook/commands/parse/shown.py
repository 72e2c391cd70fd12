"""Number the sentences of a paper's full text, as claims refer to them."""

from __future__ import annotations

from collections.abc import Iterator

from litbook.commands.intake.files import Offered, read_offer
from litbook.commands.parse.binding import Binder
from litbook.commands.parse.chosen import number_sentences
from litbook.core.project import Project
from litbook.ingest import KnownReadings
from litbook.ingest.formats.wishes import NO_WISH, Refused
from litbook.ingest.fulltext.choice import is_parsed_paper, read_full_text
from litbook.model.faults import CorpusError, Fault
from litbook.model.fulltext import FullText
from litbook.model.review import Corpus


def render_text(project: Project, corpus: Corpus, citekey: str) -> str:
    """Return the sentences of the text that is on this machine; raise `CorpusError` without a text."""
    parsed = corpus.parsed.get(citekey)
    path = project.texts / parsed.file if parsed and parsed.file else None
    if path is None or not path.is_file():
        what = f"no text of '{citekey}' on this machine"
        raise CorpusError([Fault("litbook show --text", 0, what, "give its file to 'litbook parse'")])
    reading = read_offer(KnownReadings(), NO_WISH, Offered(path.name, path.read_bytes(), path))
    records = () if isinstance(reading, Refused) else tuple(filter(is_parsed_paper, reading.records))
    binder = Binder(corpus.papers, {})
    own = [record for record in records if len(records) == 1 or binder.bind(record, "").citekey == citekey]
    text = read_full_text(own[0]) if own else None
    return "\n".join(_render(text, citekey)) if text else f"{citekey}: the text has no sentences"


def _render(text: FullText, citekey: str) -> Iterator[str]:
    for at, section in enumerate(text.sections, start=1):
        yield f"{at}. {section.heading or '(no heading)'}"
        yield from (f"  {citekey}:{at}.{number}  {said}" for number, said in number_sentences(section))
