"""Hold what people write to the corpus: each fault with its place, before a page is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litbook.errors import Fault, nearest
from litbook.model import Corpus
from litbook.prose.claims import check_claims
from litbook.prose.counts import UnknownCountError, count
from litbook.written import Directive, Page, Role

__all__ = ["check_prose"]


def check_prose(corpus: Corpus, pages: Iterable[Page]) -> list[Fault]:
    """Find roles and directives of the pages that ask for what the corpus does not have."""
    pages = tuple(pages)
    asked = [fault for page in pages for fault in (*_check_roles(corpus, page), *_check_directives(corpus, page))]
    return [*asked, *check_claims(corpus, pages)]


def _check_roles(corpus: Corpus, page: Page) -> Iterator[Fault]:
    for role in page.roles:
        if role.name == "count":
            yield from _check_count(corpus, page, role)


def _check_count(corpus: Corpus, page: Page, role: Role) -> Iterator[Fault]:
    try:
        count(corpus, " ".join(role.text.split()))
    except UnknownCountError as error:
        what, _, remedy = str(error).partition("; ")
        yield Fault(f"book/{page.file}", role.line, what, remedy)


def _check_directives(corpus: Corpus, page: Page) -> Iterator[Fault]:
    slugs = [theme.slug for theme in corpus.themes()]
    for directive in page.directives:
        if directive.name == "papers" and directive.argument not in slugs:
            yield _tell_theme(page, directive, slugs)
        if directive.name == "themes" and not _is_part(corpus, directive.argument):
            what = f"no part '{directive.argument}' to list themes of"
            yield Fault(
                f"book/{page.file}", directive.line, what, f"write a number from 1 to {len(corpus.parts)}, or none"
            )


def _is_part(corpus: Corpus, argument: str) -> bool:
    return not argument or (argument.isdecimal() and 1 <= int(argument) <= len(corpus.parts))


def _tell_theme(page: Page, directive: Directive, slugs: list[str]) -> Fault:
    remedy = nearest(directive.argument, slugs) or "the slugs are in book/corpus/themes.yml"
    return Fault(f"book/{page.file}", directive.line, f"no theme '{directive.argument}' to list papers of", remedy)
