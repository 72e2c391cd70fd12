"""Prepare the review before Sphinx reads it, and tell which pages its changes touch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from litbook.core.lock import lock
from litbook.core.project import Project
from litbook.model.faults import CorpusError, naming_files
from litbook.pipeline import Prepared, prepare
from litbook.site.build import dependencies
from litbook.site.build.faults import stop_build
from litbook.site.build.observers import list_wanted
from litbook.site.build.review import review_of, set_review
from litbook.site.build.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def prepare_review(app: Sphinx, config: Config) -> None:
    """Run the line up to Sphinx; a fault in the corpus stops the build with the list of all faults.

    The review stays locked until the build ends.
    """
    project = Project(Path(app.srcdir))
    try:
        with naming_files(str(project.root)):
            unlock = lock(project, logger.info)
            app.connect("build-finished", lambda _app, _error: unlock(), priority=1000)
            prepared = prepare(project, may_wait=bool(list_wanted()))
    except CorpusError as error:
        stop_build(error)
    set_review(app, prepared)
    if prepared.write_later is None:
        _report(prepared)


def write_files(app: Sphinx) -> tuple[Path, ...]:
    """Write the generated files if they are still to be written; return those that changed."""
    prepared = prepared_review(app)
    if prepared.write_later is None:
        return ()
    try:
        with naming_files(str(Project(Path(app.srcdir)).root)):
            prepared = replace(prepared, written=prepared.write_later(), write_later=None)
    except CorpusError as error:
        stop_build(error)
    set_review(app, prepared)
    _report(prepared)
    return prepared.written.changed


def prepared_review(app: Sphinx) -> Prepared:
    """Return what `prepare_review` made in this build."""
    return review_of(app).prepared


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
        message = piece.reason if piece.is_remark else f"not understood: {piece.reason}"
        logger.warning("%s: %s", place, message, type="litbook", subtype="source")
    if prepared.new_citekeys:
        keys = ", ".join(prepared.new_citekeys[:5]) + (" …" if len(prepared.new_citekeys) > 5 else "")
        logger.info("litbook: %d new citekeys (%s): commit ledger.jsonl", len(prepared.new_citekeys), keys)


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the documents that show a value which is no longer so."""
    return dependencies.find_outdated(prepared_review(app), state_of(env).shown)


def shown_in(file: str) -> str:
    """Return the document that shows a file below `book/`: a note is part of its paper's page."""
    folder, _, name = file.removesuffix(".md").rpartition("/")
    return "/".join(filter(None, ("book", "papers" if folder == "notes" else folder, name)))


def forget_document(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget what a document shows, before it is read again or because it is gone."""
    state_of(env).shown.pop(docname, None)
