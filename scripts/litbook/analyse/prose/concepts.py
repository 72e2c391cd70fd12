"""Find the sentences that explain the concepts of a review, in its chapters and in abstracts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litbook.analyse.prose.sentences import HOLE, read_sentences
from litbook.model.editorial import Concept
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Page
from litbook.model.review import Corpus, Paper
from litbook.text.sentences import split_sentences

FILE = "book/corpus/concepts.csv"


def explain(concepts: Iterable[Concept], pages: Iterable[Page], papers: Sequence[Paper]) -> tuple[Concept, ...]:
    """Return the concepts with the sentences that explain them, in the order of their terms."""
    chapters = {page.file: page for page in pages}
    abstracts = {paper.citekey: paper.abstract.plain for paper in papers}
    found = [replace(concept, definition=_define(concept, chapters, abstracts)) for concept in concepts]
    return tuple(sorted(found, key=lambda concept: concept.term.casefold()))


def chapter_of(concept: Concept) -> str:
    """Return the file of the chapter of a theme, relative to `book/`."""
    return f"chapters/{concept.place}.md"


def _define(concept: Concept, chapters: Mapping[str, Page], abstracts: Mapping[str, str]) -> str:
    page = chapters.get(chapter_of(concept))
    if page is not None and not concept.sentence:
        return _find_in_chapter(concept, page)
    abstract = abstracts.get(concept.place, "")
    spans = split_sentences(abstract)
    if not 0 < concept.sentence <= len(spans):
        return ""
    start, end = spans[concept.sentence - 1]
    return abstract[start:end].strip()


def _find_in_chapter(concept: Concept, page: Page) -> str:
    """Return the first sentence of a chapter in which a form of the term is in italics or bold."""
    forms = {form for name in concept.forms for form in (name.casefold(), f"{name}s".casefold())}
    marked = [
        number
        for number, block in enumerate(page.blocks)
        if any(block.text[start:end].strip(" .:").casefold() in forms for start, end in block.stressed)
    ]
    for sentence in read_sentences(page) if marked else ():
        if sentence.block in marked and any(form in sentence.text.casefold() for form in forms):
            return "" if HOLE in sentence.text else _tidy(sentence.text, forms)
    return ""


def _tidy(text: str, forms: Iterable[str]) -> str:
    """Return the part of a sentence that has the term, up to a semicolon, without spaces that citations left."""
    parts = " ".join(text.split()).replace(" .", ".").replace(" ,", ",").replace(" ;", ";").split("; ")
    part = next(part for part in parts if any(form in part.casefold() for form in forms))
    start = "" if part is parts[0] else "… "
    return f"{start}{part}" if part.endswith((".", "?", "!")) else f"{start}{part}."


def check_concepts(corpus: Corpus) -> Iterator[Fault]:
    """Yield concepts of an unknown place, and those that their place does not explain."""
    slugs = [theme.slug for theme in corpus.themes()]
    citekeys = [paper.citekey for paper in corpus.papers]
    for concept in corpus.editorial.concepts:
        if concept.place not in slugs and concept.place not in citekeys:
            remedy = nearest(concept.place, [*slugs, *citekeys]) or "write the slug of a theme, or a citekey"
            yield Fault(FILE, concept.line, f"unknown place '{concept.place}'", remedy)
        elif concept.place in slugs and not concept.definition:
            what = f"the chapter of '{concept.place}' does not explain '{concept.term}'"
            remedy = "mark the term by *italics* in the sentence that explains it, and use no role but citations there"
            yield Fault(FILE, concept.line, what, remedy)
        elif not concept.definition:
            what = f"the abstract of '{concept.place}' has no sentence {concept.sentence}"
            yield Fault(FILE, concept.line, what, f"`litbook show {concept.place}` numbers its sentences")
        elif not any(form.casefold() in concept.definition.casefold() for form in concept.forms):
            what = f"sentence {concept.sentence} of '{concept.place}' does not contain '{concept.term}'"
            yield Fault(FILE, concept.line, what, "name the sentence that does, or add its form to 'also'")
