"""Remember what each document drew from the corpus, so that it is read again when that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from litbook.analyse.prisma import find_merged, find_waiting, list_boxes
from litbook.analyse.prose.claims import quote_of
from litbook.analyse.prose.counts import count
from litbook.analyse.prose.coverage import find_undiscussed
from litbook.model.queries import choose_tensions, find_paper, papers_of, visitors_of
from litbook.model.review import Corpus, Paper

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def used_by(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return for each document the digests of what it drew, by subject."""
    if not hasattr(env, "litbook_used"):
        env.litbook_used = {}  # type: ignore[attr-defined]
    return cast(dict[str, dict[str, str]], env.litbook_used)  # type: ignore[attr-defined]


def note_use(env: BuildEnvironment, corpus: Corpus, subject: str) -> None:
    """Note that the document which is being read shows `subject` ("papers <theme>", "themes", "count <what>")."""
    used_by(env).setdefault(env.docname, {})[subject] = digest_of(corpus, subject)


def digest_of(corpus: Corpus, subject: str) -> str:
    """Return a digest of all that a page shows of a subject."""
    name, _, argument = subject.partition(" ")
    return hashlib.sha256(repr(_SUBJECTS[name](corpus, argument)).encode("utf-8", "replace")).hexdigest()[:16]


def _listed(corpus: Corpus, slug: str) -> object:
    return [
        [_line(corpus, paper) for paper in papers] for papers in (papers_of(corpus, slug), visitors_of(corpus, slug))
    ]


def _line(corpus: Corpus, paper: Paper) -> object:
    placement = corpus.placements[paper.citekey]
    shown = (paper.citekey, paper.title, paper.authors, paper.year, paper.venue, corpus.gists.get(paper.citekey))
    return (*shown, placement.theme, placement.kind, placement.decided)


def _stated(corpus: Corpus, slug: str) -> object:
    """Return what a table of a theme shows: names, numbers, and the sentences in which the numbers stand."""
    shown = []
    for paper in papers_of(corpus, slug):
        stated = corpus.stated.get(paper.citekey)
        quotes = [quote_of(corpus, paper.citekey, item.sentence) for item in stated.findings] if stated else []
        shown.append((paper.citekey, paper.title, stated, quotes))
    return shown


def _themes(corpus: Corpus, _: str) -> object:
    return [
        (part.title, theme.slug, theme.title, theme.scope, len(papers_of(corpus, theme.slug)))
        for part in corpus.parts
        for theme in part.themes
    ]


def _changes(corpus: Corpus, _: str) -> object:
    """Return what changed, with the places that cite one of the papers and the pages that are there to be linked."""
    citekeys = sorted({item.citekey for day in corpus.history.days for item in day.touched})
    titles = {paper.citekey: paper.title for paper in corpus.papers}
    return corpus.history, [(key, titles.get(key), corpus.citations.get(key)) for key in citekeys]


def _excluded(corpus: Corpus, _: str) -> object:
    return [
        (_known(item.paper), item.decision.reason, item.decision.by, item.decision.date) for item in corpus.excluded
    ]


def _duplicates(corpus: Corpus, _: str) -> object:
    pages = {paper.citekey for paper in corpus.papers}
    return [(_known(paper), paper.citekey in pages) for paper in find_merged(corpus)]


def _known(paper: Paper) -> object:
    places = [(record.source, record.first_line) for record in paper.records]
    return paper.citekey, paper.title, paper.authors, paper.year, paper.venue, places


def _undecided(corpus: Corpus, _: str) -> object:
    titles = {theme.slug: theme.title for theme in corpus.themes()}
    waiting = find_waiting(corpus)
    return [
        (paper.citekey, paper.title, titles[corpus.placements[paper.citekey].suggestion.theme]) for paper in waiting
    ]


def _edge(corpus: Corpus, _: str) -> object:
    titles = {paper.citekey: paper.title for paper in corpus.papers}
    kept = [
        (item.decision.reason, item.decision.by, item.decision.date) if item.decision else () for item in corpus.edge
    ]
    return [
        (item.citekey, titles[item.citekey], item.likeness, why) for item, why in zip(corpus.edge, kept, strict=True)
    ]


def _tensions(corpus: Corpus, option: str) -> object:
    """Return the tensions that an option ("theme …", "paper …" or nothing) chooses, and what is shown of papers."""
    chosen = choose_tensions(corpus, *option.split(" ", 1)) if option else corpus.editorial.tensions
    quoted = {key for tension in chosen for key in tension.citekeys()}
    shown = [_shown(paper) for paper in corpus.papers if paper.citekey in quoted]
    titles = [(theme.slug, theme.title) for theme in corpus.themes()]
    return chosen, shown, titles, corpus.editorial.homes.get("tensions")


def _acronyms(corpus: Corpus, name: str) -> object:
    """Return one acronym, or all of them with what is shown of their papers."""
    chosen = [acronym for acronym in corpus.editorial.acronyms if name in ("", acronym.name)]
    if name:
        return chosen, corpus.editorial.homes.get("acronyms")
    defining = {key for acronym in chosen for meaning in acronym.meanings for key in meaning.citekeys}
    return chosen, [_shown(paper) for paper in corpus.papers if paper.citekey in defining]


def _path(corpus: Corpus, name: str) -> object:
    titles = [(theme.slug, theme.title) for theme in corpus.themes()]
    return [planned for planned in corpus.editorial.paths if planned.path.id == name], titles


def _shown(paper: Paper) -> object:
    return paper.citekey, paper.title, paper.authors, paper.year


def _sentence(corpus: Corpus, claim: str) -> object:
    citekey, _, number = claim.partition(":")
    paper = find_paper(corpus, citekey)
    return quote_of(corpus, citekey, int(number)), paper and (paper.title, paper.authors, paper.year)


def _coverage(corpus: Corpus, slug: str) -> object:
    papers = (find_paper(corpus, key) for key in find_undiscussed(corpus, slug))
    return [(paper.citekey, paper.title) for paper in papers if paper]


def _claims(corpus: Corpus, citekey: str) -> object:
    return [(claim.file, claim.title, claim.sentence) for claim in corpus.claims.get(citekey, ())]


def _state(corpus: Corpus, _: str) -> object:
    return corpus.state, len(corpus.papers)


def _flow(corpus: Corpus, _: str) -> object:
    return list_boxes(corpus.flow)


_SUBJECTS: Mapping[str, Callable[[Corpus, str], object]] = {
    "papers": _listed,
    "evidence-table": _stated,
    "themes": _themes,
    "count": count,
    "flow": _flow,
    "sources": _flow,
    "duplicates": _duplicates,
    "excluded": _excluded,
    "undecided": _undecided,
    "edge": _edge,
    "changes": _changes,
    "tensions": _tensions,
    "acronyms": _acronyms,
    "path": _path,
    "sentence": _sentence,
    "coverage": _coverage,
    "claims": _claims,
    "state": _state,
}
