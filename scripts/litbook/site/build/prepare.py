"""Prepare the review before Sphinx reads it, and tell which pages its changes touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx.errors import ExtensionError
from sphinx.util import logging

from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.model.review import Corpus
from litbook.pipeline import Prepared, prepare
from litbook.site.build.dependencies import digest_of, used_by
from litbook.write.bibliography import render_bibtex

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def prepare_review(app: Sphinx, config: Config) -> None:
    """Run the line up to Sphinx; a fault in the corpus stops the build with the list of all faults."""
    try:
        prepared = prepare(Project(Path(app.srcdir)))
    except CorpusError as error:
        raise ExtensionError(str(error), modname="litbook") from None  # or the list is printed once more
    app.litbook = prepared  # type: ignore[attr-defined]
    config.bibtex_bibfiles = ["book/data/references.bib"]
    _report(prepared)


def prepared_review(app: Sphinx) -> Prepared:
    """Return what `prepare_review` made in this build."""
    return cast(Prepared, app.litbook)  # type: ignore[attr-defined]


def _report(prepared: Prepared) -> None:
    written = prepared.written
    logger.info(
        "litbook: %d papers; of %d generated files %d written, %d deleted",
        len(prepared.corpus.papers),
        written.total,
        len(written.changed),
        len(written.deleted),
    )
    for piece in prepared.unread:
        place = f"book/corpus/sources/{piece.source}:{piece.first_line}"
        told = piece.reason if piece.is_remark else f"not understood: {piece.reason}"
        logger.warning("%s: %s", place, told, type="litbook", subtype="source")
    if prepared.new_citekeys:
        keys = ", ".join(prepared.new_citekeys[:5]) + (" …" if len(prepared.new_citekeys) > 5 else "")
        logger.info("litbook: %d new citekeys (%s): commit ledger.jsonl", len(prepared.new_citekeys), keys)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the documents that drew something from the corpus which is no longer so."""
    corpus = prepared_review(app).corpus
    used = used_by(env)
    outdated = [docname for docname in sorted(used) if not _is_current(corpus, used[docname])]
    return [*outdated, *_documents_with_changed_citations(corpus, env)]


def _is_current(corpus: Corpus, used: Mapping[str, str]) -> bool:
    return all(digest_of(corpus, subject) == digest for subject, digest in used.items())


def _documents_with_changed_citations(corpus: Corpus, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents that cite a paper whose entry or gist changed: they show a label and a card of it."""
    before: Mapping[str, str] = getattr(env, "litbook_labels", {})
    cited = [paper for paper in corpus.papers if paper.citekey in corpus.citations]
    now = {paper.citekey: f"{render_bibtex(paper)}{corpus.gists.get(paper.citekey)}" for paper in cited}
    env.litbook_labels = now  # type: ignore[attr-defined]
    touched = {key for key, entry in before.items() if now.get(key, entry) != entry}
    return sorted({shown_in(place.file) for key in touched for place in corpus.citations.get(key, ())})


def shown_in(file: str) -> str:
    """Return the document that shows a file below `book/`: a note is part of its paper's page."""
    folder, _, name = file.removesuffix(".md").rpartition("/")
    return "/".join(filter(None, ("book", "papers" if folder == "notes" else folder, name)))


def forget_document(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget what a document drew from the corpus, before it is read again or because it is gone."""
    used_by(env).pop(docname, None)
