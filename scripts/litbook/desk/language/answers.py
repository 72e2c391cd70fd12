"""What an editor offers and shows at a place of a page, from the review as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from litbook.analyse.prose.counts import FORMS, UnknownCountError, count
from litbook.desk.language.places import Place
from litbook.model.queries import find_paper, papers_of
from litbook.model.review import Corpus, Paper, Theme
from litbook.text.escape import escape
from litbook.text.nouns import count_noun

_ON_THEMES = ("coverage", "papers", "evidence-table", "landmarks", "by-question")
_COUNT_OF_THEME = "papers in "


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to write: the text, what it is in a few words, and more about it in Markdown."""

    text: str
    detail: str
    more: str = ""


def complete(corpus: Corpus, place: Place) -> Iterator[Offer]:
    """Yield what can be written at a place; an editor filters by what is written there already."""
    if place.is_citation:
        yield from map(_offer_paper, corpus.papers)
    elif place.name in ("claim", "quote"):
        yield from _offer_sentences(corpus, place.text)
    elif place.name == "count":
        yield from _offer_counts(corpus, place.text)
    elif place.name in _ON_THEMES:
        yield from (_offer_theme(corpus, theme) for theme in corpus.themes())


def _offer_paper(paper: Paper) -> Offer:
    return Offer(paper.citekey, paper.title.plain, _describe(paper))


def _offer_sentences(corpus: Corpus, written: str) -> Iterator[Offer]:
    """Yield citekeys, and once one is written with its colon, the sentences of its abstract."""
    citekey, colon, _ = written.partition(":")
    if not colon:
        yield from map(_offer_paper, corpus.papers)
        return
    paper = find_paper(corpus, citekey)
    for number, sentence in enumerate(read_sentences(corpus, paper) if paper else (), start=1):
        yield Offer(f"{citekey}:{number}", sentence, escape(sentence))


def _offer_counts(corpus: Corpus, written: str) -> Iterator[Offer]:
    if written.startswith(_COUNT_OF_THEME):
        for theme in corpus.themes():
            yield Offer(f"{_COUNT_OF_THEME}{theme.slug}", theme.title)
        return
    for form in FORMS:
        start = form.partition("<")[0]
        yield Offer(start, form if start != form else f"now {count(corpus, form)}")


def _offer_theme(corpus: Corpus, theme: Theme) -> Offer:
    return Offer(theme.slug, theme.title, _describe_theme(corpus, theme))


def hover(corpus: Corpus, place: Place) -> str | None:
    """Return what is known of the word at a place, in Markdown; None if it names nothing."""
    word = place.whole.strip()
    if place.is_citation or place.name in ("claim", "quote"):
        return _hover_paper(corpus, *_split(word))
    if place.name in _ON_THEMES:
        return next((_describe_theme(corpus, theme) for theme in corpus.themes() if theme.slug == word), None)
    if place.name == "count":
        try:
            return f"now **{count(corpus, word)}**"
        except UnknownCountError:
            return None
    return None


def _split(word: str) -> tuple[str, int]:
    citekey, _, number = word.partition(":")
    return citekey, int(number) if number.isdigit() else 0


def _hover_paper(corpus: Corpus, citekey: str, number: int) -> str | None:
    paper = find_paper(corpus, citekey)
    if paper is None:
        return None
    sentences = read_sentences(corpus, paper)
    if 0 < number <= len(sentences):
        return f"{_describe(paper)}\n\n> {number}. {escape(sentences[number - 1])}"
    lines = [f"{at}. {escape(sentence)}" for at, sentence in enumerate(sentences, start=1)]
    return "\n".join([_describe(paper), "", *lines])


def read_sentences(corpus: Corpus, paper: Paper) -> list[str]:
    """Return the sentences of a paper's abstract."""
    return [paper.abstract.plain[start:end] for start, end in corpus.sentences[paper.citekey]]


def _describe(paper: Paper) -> str:
    authors = f"{paper.authors[0]} et al." if len(paper.authors) > 3 else ", ".join(paper.authors)
    facts = " · ".join(filter(None, (authors, str(paper.cited_year or ""), paper.venue or "")))
    return f"**{escape(paper.title.plain)}**  \n{escape(facts)}"


def _describe_theme(corpus: Corpus, theme: Theme) -> str:
    papers = len(papers_of(corpus, theme.slug))
    return f"**{escape(theme.title)}**, {count_noun(papers, 'paper')}  \n{escape(theme.scope)}"
