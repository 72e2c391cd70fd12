"""Show the pages that somebody looks at before the build does anything that these pages do not need.

What is shown early is not kept: the build then reads and writes the same pages as it always does, and ends as one that
showed nothing early. A page of which a warning would be given is left to the build, which names the fault.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sphinx.environment import CONFIG_OK
from sphinx.util.build_phase import BuildPhase

from litbook.core.urls import citekey_of
from litbook.ingest.cells import CELL
from litbook.site.build import dependencies
from litbook.site.build.faults import faults_of
from litbook.site.build.observers import PAGES_WANTED, list_wanted
from litbook.site.build.prepare import prepared_review, write_files
from litbook.site.build.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def show_early(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], _removed: set[str]) -> set[str]:
    """Write the wanted pages, and the generated files once they are needed; return the documents to read again."""
    if prepared_review(app).write_later is None:
        return set()
    if env.config_status != CONFIG_OK or not env.all_docs:  # all documents are read again, and nothing is known of any
        write_files(app)
        return set()
    wanted = list_wanted() & env.found_docs
    app.emit(PAGES_WANTED, list_wanted())  # pages that Sphinx does not read
    texts = wanted & _list_texts(app, env)
    read = _show_changed(app, env, texts, added | changed)
    written = {name for path in write_files(app) if (name := env.path2doc(str(path)))} & env.found_docs
    notes = {name for name in wanted if citekey_of(name)}
    read |= _show_changed(app, env, notes, added | changed | written)
    vars(app.builder).pop("globalcontext", None)  # the build makes it when all pages are read
    return read | written


def _list_texts(app: Sphinx, env: BuildEnvironment) -> set[str]:
    """Return the documents that are text alone: a notebook is executed before it is shown."""
    pages = prepared_review(app).pages
    texts = (page.file for page in pages if all(item.name != CELL for item in page.directives))
    return {name for file in texts if (name := env.path2doc(f"{env.srcdir}/book/{file}"))}


def _show_changed(app: Sphinx, env: BuildEnvironment, names: Collection[str], changed: Collection[str]) -> set[str]:
    """Show the documents that changed, or that show a value which is no longer so; return their names."""
    stale = {name for name in names if name in changed or _is_outdated(app, name)}
    for name in sorted(stale):
        _show(app, env, name)
    return stale


def _is_outdated(app: Sphinx, docname: str) -> bool:
    shown = state_of(app.env).shown
    return bool(dependencies.find_outdated(prepared_review(app), {docname: shown.get(docname, {})}))


def _show(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Read and write a document, if nothing is wrong with it."""
    builder, faults = app.builder, faults_of(app)
    before = set(faults.found)
    app.emit("env-purge-doc", env, docname)
    env.clear_doc(docname)
    builder.read_doc(docname)
    if faults.found == before:
        builder.prepare_writing({docname})
        app.phase = BuildPhase.RESOLVING
        doctree = env.get_and_resolve_doctree(docname, builder)
        app.phase = BuildPhase.WRITING
        if faults.found == before:
            builder.write_doc(docname, doctree)
        app.phase = BuildPhase.READING
    faults.found = before  # the build finds them where they are certain
