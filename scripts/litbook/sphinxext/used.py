"""Remember what each document drew from the corpus, so that it is read again when that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from litbook.model import Corpus, Paper
from litbook.order import papers_of, visitors_of
from litbook.sphinxext.counting import count

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
    return (*shown, placement.kind, placement.decided)


def _themes(corpus: Corpus, _: str) -> object:
    return [
        (part.title, theme.slug, theme.title, theme.scope, len(papers_of(corpus, theme.slug)))
        for part in corpus.parts
        for theme in part.themes
    ]


_SUBJECTS: Mapping[str, Callable[[Corpus, str], object]] = {
    "papers": _listed,
    "themes": _themes,
    "count": count,
}
