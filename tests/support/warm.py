"""Build books in processes that have imported what a build needs before they start: two seconds less for each.

One process imports the libraries and does nothing else; each build is a fork of it, so no build sees what another has
changed. All forks share one hash seed: where that matters, `Review.build_cold` starts an interpreter of its own.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

_LIBRARIES = (
    *("jupyter_book.cli.main", "sphinx.application", "sphinx.builders.html", "sphinx.domains.std", "myst_nb.sphinx_"),
    *("nbclient", "jupyter_client.manager", "jupyter_cache", "sphinx_book_theme", "sphinxcontrib.bibtex"),
    *("sphinx_external_toc", "sphinx_design", "sphinx_multitoc_numbering", "bs4", "pybtex.database.input.bibtex"),
    # What a build imports only for papers that no build has read yet: compiling its patterns is most of a small build.
    *("litbook.sphinxext", "litbook.ingest.formats.choice", "litbook.analyse.findings.stated"),
)


def run_jupyter_book(
    arguments: tuple[str, ...], root: Path, environment: Mapping[str, str], patience: float
) -> tuple[int, str]:
    """Run `jupyter-book` in a folder and return its exit code and all its output; fail after so many seconds."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
        process = _start_server(environment["PYTHONPATH"]).Process(
            target=_run, args=(arguments, root, dict(environment), log.name)
        )
        process.start()
        process.join(patience)
        if process.exitcode is None:
            process.kill()
            raise AssertionError(f"no end after {patience} seconds:\n{log.read()}")
        return process.exitcode, log.read()


@cache
def _start_server(path: str) -> ForkServerContext:
    """Start the process that imports the libraries, with this repository's litbook."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_LIBRARIES])
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = path
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return context


def _run(arguments: tuple[str, ...], root: Path, environment: dict[str, str], log: str) -> None:
    from jupyter_book.cli.main import main  # noqa: PLC0415 - it was imported before the fork

    os.chdir(root)
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.argv = ["jupyter-book", *arguments]
    try:
        main()
    finally:
        atexit._run_exitfuncs()  # a process of multiprocessing ends without them
