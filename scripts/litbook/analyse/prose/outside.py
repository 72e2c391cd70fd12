"""Check where pages name works outside the collection: they exist in `outside.bib`, and are not in the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from litbook.model.faults import Fault, nearest
from litbook.model.pages import Page
from litbook.model.review import Corpus
from litbook.text.citekey import normalise_title

FILE = "book/corpus/outside.bib"
_SHARED = ("arxiv", "doi", "openreview", "acl")


def check_outside(corpus: Corpus, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield roles that name no work of `outside.bib`, and works that are papers of the collection after all."""
    works = {work.key: work for work in corpus.editorial.outside}
    named = {role.text.strip(): (page, role) for page in pages for role in page.roles if role.name == "outside"}
    for key, (page, role) in named.items():
        if key not in works:
            remedy = nearest(key, works) or f"add the work to {FILE}, or cite a paper of the collection with {{cite}}"
            yield Fault(f"book/{page.file}", role.line, f"unknown work '{key}' in {{outside}}", remedy)
    yield from _find_inside(corpus)


def _find_inside(corpus: Corpus) -> Iterator[Fault]:
    """Yield works with the citekey, the title or the identifier of a paper."""
    known: dict[tuple[str, str], str] = {}
    for paper in corpus.papers:
        known["title", normalise_title(paper.title.plain)] = paper.citekey
        known |= {(name, value.lower()): paper.citekey for name, value in paper.links.items() if name in _SHARED}
    for work in corpus.editorial.outside:
        signs = [("title", normalise_title(work.title)), *((name, link.lower()) for name, link in work.links.items())]
        found = next((known[sign] for sign in signs if sign in known), "")
        if found:
            what = f"'{work.key}' is in the collection as '{found}'"
            yield Fault(FILE, work.line, what, f"delete the entry and write {{cite}}`{found}`")


def find_unnamed(corpus: Corpus, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield works of `outside.bib` that no page names."""
    named = {role.text.strip() for page in pages for role in page.roles if role.name == "outside"}
    for work in corpus.editorial.outside:
        if work.key not in named:
            remedy = f"name it with {{outside}}`{work.key}`, or delete the entry"
            yield Fault(FILE, work.line, f"no page names '{work.key}'", remedy)
