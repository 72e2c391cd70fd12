"""Remarks on chapters and tensions: what a rule can only suspect, and a person has to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from litbook.analyse.prose.numbercheck import CHAPTERS
from litbook.analyse.prose.sentences import Sentence, read_sentences
from litbook.core.identity import ByIdentity
from litbook.model.editorial import Quotation, read_named
from litbook.model.faults import Fault
from litbook.model.pages import Page, Section
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.text.person_names import names_of
from litbook.text.stop_words import STOP_WORDS

_TENSIONS = "book/corpus/tensions.yml"
_WORD = re.compile(r"[a-z][a-z-]{3,}", re.IGNORECASE)
# Headings with fewer words of content name a topic ("Further reading"); a claim takes more.
_FEWEST_WORDS = 3
_OF_REVIEW = re.compile(r"\b(?:collection|papers|chapter|review)\b", re.IGNORECASE)  # it speaks of the review itself
_STEM = 5  # letters, so that "scaling" and "scales" are one word
# A name as abstracts write it: with a capital or a digit inside, or a capital that no sentence begins with.
_NAME = re.compile(r"\b(?:[A-Z]\w*(?:[-.]\w+)*)")
_INSIDE = re.compile(r"[^\W_][A-Z0-9]")
_NOWHERE = ("", 0)
_YEAR = re.compile(r"(?<![\w.,-])(?:19|20)\d\d(?![\w%-]|[.,]\d)")
_RARE = 3  # a name in so few abstracts is not a word of the field
# Words by which an abstract states a result.
_RESULT = re.compile(
    r"\b(?:find|found|show|demonstrate|achieve|outperform|improve|result|reveal|observe|reduce|increase|decrease|better|"
    r"worse|exceed|surpass|significant|confirm|indicate|prove|establish|evidence|discover|conclude|suggest|lead|"
    r"demonstrating|achieving|improving|observing|reducing|increasing|decreasing|indicating|proving)",
    re.IGNORECASE,
)


def find_remarks(corpus: Corpus, pages: Iterable[Page]) -> tuple[Fault, ...]:
    """Return remarks on headings, names, years and tensions, sorted by file and line."""
    chapters = [page for page in pages if page.file.startswith(CHAPTERS)]
    found = [remark for page in chapters for remark in (*_check_headings(page), *find_name_remarks(corpus, page))]
    found += [remark for page in pages for remark in _check_years(corpus, page)]
    return tuple(sorted([*found, *_check_quotations(corpus), *_check_shown(corpus, chapters)]))


# -- headings: each is a claim, unless it is a question or a topic -----------------------------------------------------


def _check_headings(page: Page) -> Iterator[Fault]:
    """Yield headings of which the citing sentences of their section say at most a third of the words."""
    sentences = [sentence for sentence in read_sentences(page) if sentence.cited and sentence.kind != "heading"]
    for section in page.sections[1:]:
        words = _find_stems(section.heading)
        if section.heading.endswith("?") or len(words) < _FEWEST_WORDS or _OF_REVIEW.search(section.heading):
            continue
        said = {stem for sentence in sentences if _is_within(sentence, section) for stem in _find_stems(sentence.text)}
        if said and len(words & said) * 3 <= len(words):
            missing = ", ".join(f"'{word}'" for word in _WORD.findall(section.heading) if _find_stems(word) - said)
            what = f"the heading “{section.heading}” says more than its section cites: {missing}"
            remedy = "say it there with a citation, make the heading say less, or ask a question"
            yield Fault(f"book/{page.file}", section.first_line, what, remedy)


def _is_within(sentence: Sentence, section: Section) -> bool:
    return bool(sentence.lines) and section.first_line < sentence.lines[0] <= section.last_line


def _find_stems(text: str) -> set[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:_STEM] for word in words if word not in STOP_WORDS}


# -- names: those that only a sentence states to which no claim leads --------------------------------------------------


def find_name_remarks(corpus: Corpus, page: Page) -> Iterator[Fault]:
    """Yield names beside claims that no claimed sentence has: they are elsewhere, or in none of the cited abstracts."""
    for sentence in read_sentences(page):
        claimed: dict[str, set[int]] = {}
        for key, number in sentence.claimed:
            claimed.setdefault(key, set()).add(number)
        if sentence.claimed_text or sentence.kind == "heading":
            continue
        if not claimed or not set(sentence.cited) <= claimed.keys():
            continue
        for name, start in _find_names(sentence.text):
            place = _find_unclaimed(corpus, claimed, name)
            file, line = f"book/{page.file}", sentence.lines[start]
            if place == _NOWHERE:
                if name in _list_models(ByIdentity(corpus)):
                    what = f"'{name}' is in no abstract that this sentence cites"
                    yield Fault(file, line, what, "cite the paper that names it, or correct the name")
            elif place and not _is_common(ByIdentity(corpus), name.removesuffix("s")):
                what = f"'{name}' is in sentence {place[1]} of {place[0]}, which this sentence does not claim"
                yield Fault(file, line, what, f"add {place[0]}:{place[1]} to the {{claim}} if the statement needs it")


@lru_cache(maxsize=2)
def _list_models(corpus: ByIdentity[Corpus]) -> frozenset[str]:
    """Return the models and benchmarks that abstracts name, and the first words of these: "LLaMA" of "LLaMA 7B"."""
    stated = corpus.value.stated.values()
    names = {name for item in stated for name in (*item.models, *item.benchmarks)}
    return frozenset(names | {name.split(" ")[0] for name in names if len(name.split(" ")[0]) > 2})


@lru_cache(maxsize=4096)
def _is_common(corpus: ByIdentity[Corpus], name: str) -> bool:
    """Return whether a name is a word of the field, such as LLM: many abstracts have it, and it has no digit."""
    papers = corpus.value.papers
    needle = re.compile(rf"(?<!\w){re.escape(name)}")
    number = sum(bool(needle.search(paper.abstract.plain)) for paper in papers)
    return not re.search(r"\d", name) and number > max(_RARE, len(papers) // 50)


def _find_names(text: str) -> Iterator[tuple[str, int]]:
    for match in _NAME.finditer(text):
        name = match.group().rstrip(".")
        begins = match.start() == 0 or re.search(r"[.:?!|“] $", text[: match.start()])
        if len(name) > 1 and (_INSIDE.search(name) or not begins):
            yield name, match.start()


def _find_unclaimed(corpus: Corpus, claimed: Mapping[str, set[int]], name: str) -> tuple[str, int] | None:
    """Return the paper and sentence that state a name, `_NOWHERE`, or None if a claim leads there or it needs none.

    The authors, the title and the paper's own names for its work need no claim.
    """
    needle = re.compile(rf"(?<!\w){re.escape(name)}s?(?!\w)")
    found: tuple[str, int] | None = _NOWHERE
    for key, numbers in claimed.items():
        paper = find_paper(corpus, key)
        if paper is None:
            continue
        own = corpus.stated[key].introduced if key in corpus.stated else ()
        known = [paper.title.plain, *own, *(person.surname for person in names_of(paper))]
        if any(needle.search(text) for text in known):
            return None
        spans = corpus.sentences.get(key, ())
        stating = [at for at, span in enumerate(spans, start=1) if needle.search(paper.abstract.plain[slice(*span)])]
        if numbers.intersection(stating):
            return None
        if stating and found == _NOWHERE:
            found = (key, stating[0])
    return found


# -- years: readers see the one by which a paper is cited, which is seldom that of its preprint ------------------------


def _check_years(corpus: Corpus, page: Page) -> Iterator[Fault]:
    """Yield years that are neither those of the papers that the sentence cites nor in their titles or abstracts."""
    for sentence in read_sentences(page):
        papers = [paper for key in dict.fromkeys(sentence.cited) if (paper := find_paper(corpus, key))]
        for match in _YEAR.finditer(sentence.text) if papers else ():
            year = match.group()
            said = (f"{paper.cited_year or ''} {paper.title.plain} {paper.abstract.plain}" for paper in papers)
            if not any(year in text for text in said):
                shown = ", ".join(f"{paper.citekey} ({paper.cited_year or 'no year'})" for paper in papers)
                what = f"no paper that this sentence cites is of {year}: {shown}"
                remedy = "write the year that readers see beside the paper, or none"
                yield Fault(f"book/{page.file}", sentence.lines[match.start()], what, remedy)


# -- tensions ----------------------------------------------------------------------------------------------------------


def _check_quotations(corpus: Corpus) -> Iterator[Fault]:
    """Yield quotations from the first third of an abstract without a word of result: they may be a motive."""
    for tension in corpus.editorial.tensions:
        for quotation in tension.quotations():
            at, number = _locate(corpus, quotation)
            if at * 3 <= number and not _RESULT.search(quotation.quote):
                what = f"sentence {at} of {number} of '{quotation.citekey}' may be a motive and not a finding"
                yield Fault(_TENSIONS, quotation.line, what, "quote what the paper found")


def _locate(corpus: Corpus, quotation: Quotation) -> tuple[int, int]:
    """Return the number of the quoted sentence, and how many the abstract has; 1 and 0 if no sentence is quoted."""
    paper, spans = find_paper(corpus, quotation.citekey), corpus.sentences.get(quotation.citekey, ())
    for at, span in enumerate(spans, start=1) if paper else ():
        if paper and quotation.quote in paper.abstract.plain[slice(*span)]:
            return at, len(spans)
    return 1, 0


def _check_shown(corpus: Corpus, chapters: Iterable[Page]) -> Iterator[Fault]:
    """Yield confirmed tensions that the chapter of one of their themes does not show."""
    for page in chapters:
        slug = page.file.removeprefix(CHAPTERS).removesuffix(".md")
        named = {read_named(role.text)[1] for role in page.roles if role.name == "tension"}
        whole = any(
            directive.name == "tensions" and directive.options.get("theme", slug) == slug
            for directive in page.directives
        )
        for tension in corpus.editorial.tensions:
            if tension.status == "confirmed" and slug in tension.themes and not whole and tension.id not in named:
                what = f"the confirmed tension '{tension.id}' is not in this chapter"
                yield Fault(f"book/{page.file}", 0, what, f"discuss it, with {{tension}}`{tension.id}`")
