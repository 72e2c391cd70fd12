"""Say where and how a cell of a notebook failed, without the traceback of the libraries around it.

myst-nb can stop the build at the first failure by an exception, of which Jupyter Book prints all frames. Here it goes
on; what it records of a failure becomes one of the build's faults.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from myst_nb.sphinx_ import NbMetadataCollector

from litbook.model.faults import Fault
from litbook.site.build.faults import faults_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_CELL = re.compile(r"-{18}\n(?P<source>.*?)\n-{18}", re.DOTALL)  # how nbclient encloses the text of the cell
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_REMEDY = "correct the cell; to see more, open the notebook in JupyterLab and run it there"


def take_failures(app: Sphinx, config: Config) -> None:
    """Let the build go on after a cell that fails, where the settings say that it stops the build."""
    if config.nb_execution_raise_on_error:
        config.nb_execution_raise_on_error = False
        app.connect("env-updated", _add_failures)


def _add_failures(app: Sphinx, env: BuildEnvironment) -> list[str]:
    for docname in sorted(env.found_docs):
        result = NbMetadataCollector.get_exec_data(env, docname)
        if result and not result["succeeded"]:
            path = Path(env.doc2path(docname))
            faults_of(app).add(describe_failure(env.doc2path(docname, base=False), path, result["traceback"] or ""))
    return []


def describe_failure(file: str, path: Path, traceback: str) -> Fault:
    """Return the fault of a notebook whose cell raised: the line on which the cell begins, and the exception."""
    text = _COLOUR.sub("", traceback).strip()
    match = _CELL.search(text)
    line = _find_line(path.read_text("utf-8", "replace"), match["source"] if match else "")
    said = text.splitlines()[-1] if text else "an exception"
    return Fault(file, line, f"a cell raises {said}", _REMEDY)


def _find_line(text: str, source: str) -> int:
    """Return the line of a cell in the text of a notebook in Markdown, or 0."""
    at = text.find(source.strip()) if source.strip() else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 0
