"""Check what people write against the corpus, before a page is built."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator

from litbook.analyse.prose.boxes import check_boxes
from litbook.analyse.prose.claims import check_claims
from litbook.analyse.prose.concepts import check_concepts
from litbook.analyse.prose.counts import UnknownCountError, count
from litbook.analyse.prose.glossary import UnknownAcronymError, check_glossary, find_meaning
from litbook.analyse.prose.highlights import check_highlights
from litbook.analyse.prose.literalcounts import check_literal_counts, find_all_counts
from litbook.analyse.prose.meaning import check_meaning
from litbook.analyse.prose.numbercheck import Register, check_numbers
from litbook.analyse.prose.outside import check_outside
from litbook.analyse.prose.paths import check_paths
from litbook.analyse.prose.sentences import read_sentences
from litbook.analyse.prose.tensions import check_tensions
from litbook.core.code import digest_code
from litbook.model.editorial import read_named
from litbook.model.faults import Fault, nearest
from litbook.model.pages import Directive, Excused, Page, Role
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.text.dates import advise_date, is_date

__all__ = ["check_page_numbers", "check_prose", "digest_numbers", "find_homes"]

# Directives that, without options, draw a complete list to which other pages link.
_LISTS = ("tensions", "acronyms", "concepts", "cite-review", "flow", "excluded")
_CITED = re.compile(r"[^\s,:{}]+")


def check_prose(
    corpus: Corpus, pages: Iterable[Page], excused: Iterable[Excused] = (), sound: Collection[str] = ()
) -> list[Fault]:
    """Return faults in roles, directives, claims and ledgers of prose, and numbers that no cited abstract states.

    `sound` are the files whose numbers passed before, see `digest_numbers`; they are not checked again.
    """
    pages = tuple(pages)
    register = Register(corpus, excused)
    asked = [
        fault
        for page in pages
        for fault in (*_check_roles(corpus, page), *_check_directives(corpus, page), *check_boxes(page))
    ]
    read = [page for page in pages if page.file not in sound]
    numbers = [fault for page in read for fault in check_page_numbers(corpus, register, page)]
    kept = (
        *(*check_tensions(corpus), *check_glossary(corpus), *check_concepts(corpus), *check_paths(corpus)),
        *check_highlights(corpus, register),
    )
    return [
        *asked,
        *numbers,
        *check_claims(corpus, pages),
        *check_outside(corpus, pages),
        *kept,
        *register.find_unused(),
    ]


def digest_numbers(corpus: Corpus, page: Page) -> str:
    """Return a digest of everything that decides whether the numbers of a page pass: its text and the cited papers."""
    keys = sorted({key for role in page.roles for key in _CITED.findall(role.text)})
    cited = [(paper.title.plain, paper.abstract.plain, paper.year, paper.venue_year, corpus.sentences.get(key))
             for key in keys if (paper := find_paper(corpus, key))]  # fmt: skip
    return hashlib.sha256(
        repr((digest_code(__name__), page.blocks, keys, cited)).encode("utf-8", "replace")
    ).hexdigest()


def check_page_numbers(corpus: Corpus, register: Register, page: Page) -> Iterator[Fault]:
    """Yield typed counts of one page and, in a chapter, what no cited abstract states, or the opposite of it."""
    sentences = read_sentences(page)
    counts = find_all_counts(sentences)
    yield from check_literal_counts(corpus, register, page, sentences, counts)
    yield from check_numbers(register, page, sentences, counts)
    yield from check_meaning(register, page, sentences)


def find_homes(pages: Iterable[Page]) -> dict[str, str]:
    """Return for each directive that draws a complete list the first page with it; notes do not count as pages."""
    homes: dict[str, str] = {}
    for page in pages:
        for directive in page.directives if not page.file.startswith("notes/") else ():
            if directive.name in _LISTS and not directive.options:
                homes.setdefault(directive.name, page.file)
    return homes


def _check_roles(corpus: Corpus, page: Page) -> Iterator[Fault]:
    for role in page.roles:
        if role.name == "count":
            yield from _check_count(corpus, page, role)
        elif role.name == "minutes" and role.text != "this page":
            what = f"unknown page '{role.text}' in {{minutes}}"
            yield Fault(f"book/{page.file}", role.line, what, "write {minutes}`this page`")
        elif role.name == "acronym":
            yield from _check_acronym(corpus, page, role)
        elif role.name == "tension":
            yield from _check_tension(corpus, page, role)


def _check_count(corpus: Corpus, page: Page, role: Role) -> Iterator[Fault]:
    try:
        count(corpus, " ".join(role.text.split()))
    except UnknownCountError as error:
        what, _, remedy = str(error).partition("; ")
        yield Fault(f"book/{page.file}", role.line, what, remedy)


def _check_acronym(corpus: Corpus, page: Page, role: Role) -> Iterator[Fault]:
    try:
        find_meaning(corpus, role.text)
    except UnknownAcronymError as error:
        what, _, remedy = str(error).partition("; ")
        yield Fault(f"book/{page.file}", role.line, what, remedy)


def _check_tension(corpus: Corpus, page: Page, role: Role) -> Iterator[Fault]:
    ids = [tension.id for tension in corpus.editorial.tensions]
    _, name = read_named(role.text)
    if name not in ids:
        remedy = nearest(name, ids) or "the tensions are in book/corpus/tensions.yml"
        yield Fault(f"book/{page.file}", role.line, f"unknown tension '{name}'", remedy)


def _check_directives(corpus: Corpus, page: Page) -> Iterator[Fault]:
    slugs = [theme.slug for theme in corpus.themes()]
    for directive in page.directives:
        if directive.name in ("papers", "evidence-table", "coverage") and directive.argument not in slugs:
            yield _report_theme(page, directive, slugs)
        elif directive.name == "coverage" and not is_date(directive.options.get("reviewed", "2000-01-01")):
            what = f"invalid date '{directive.options['reviewed']}'"
            yield Fault(f"book/{page.file}", directive.line, what, advise_date(directive.options["reviewed"]))
        elif directive.name == "tensions":
            yield from _check_tensions(corpus, page, directive)
        elif directive.name == "reading-path":
            yield from _check_path(corpus, page, directive)
        elif directive.name == "themes" and not _is_part(corpus, directive.argument):
            what = f"unknown part '{directive.argument}'"
            yield Fault(
                f"book/{page.file}", directive.line, what, f"write a number from 1 to {len(corpus.parts)}, or nothing"
            )


def _is_part(corpus: Corpus, argument: str) -> bool:
    return not argument or (argument.isdecimal() and 1 <= int(argument) <= len(corpus.parts))


def _report_theme(page: Page, directive: Directive, slugs: list[str]) -> Fault:
    remedy = nearest(directive.argument, slugs) or "the slugs are in book/corpus/themes.yml"
    return Fault(f"book/{page.file}", directive.line, f"unknown theme '{directive.argument}'", remedy)


def _check_tensions(corpus: Corpus, page: Page, directive: Directive) -> Iterator[Fault]:
    known = {"theme": [theme.slug for theme in corpus.themes()], "paper": [paper.citekey for paper in corpus.papers]}
    for name, values in known.items():
        value = directive.options.get(name)
        if value is not None and value not in values:
            remedy = nearest(value, values) or f"write a {name} of this review, or leave out ':{name}:'"
            yield Fault(f"book/{page.file}", directive.line, f"unknown {name} '{value}'", remedy)


def _check_path(corpus: Corpus, page: Page, directive: Directive) -> Iterator[Fault]:
    ids = [planned.path.id for planned in corpus.editorial.paths]
    if directive.argument not in ids:
        remedy = nearest(directive.argument, ids) or "the paths are in book/corpus/paths.yml"
        yield Fault(f"book/{page.file}", directive.line, f"unknown reading path '{directive.argument}'", remedy)
