"""Leave notebooks whose data changed to the next build: those who look at another page need not wait for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.environment import CONFIG_OK

from litbook.site.notebooks.execution import forget_digests
from litbook.site.notebooks.kernels import is_notebook

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_BEFORE_KERNELS = 400  # priority: no kernel is started for a notebook that is not read


class Postponement:
    """What one build leaves to the next: notebooks that show old data, never those that a person has just edited.

    The next build finds them outdated as this one did, in whichever process it runs.
    """

    def __init__(self, must_end: Callable[[], bool]) -> None:
        """Take what says, before each notebook, whether the build is to leave the others."""
        self.names: tuple[str, ...] = ()
        self._must_end = must_end
        self._reading: list[str] = []
        self._can_wait: frozenset[str] = frozenset()

    def connect(self, app: Sphinx) -> None:
        """Follow a build."""
        app.connect("env-before-read-docs", self._begin, priority=_BEFORE_KERNELS)
        app.connect("env-purge-doc", self._go_on, priority=_BEFORE_KERNELS)
        app.connect("env-updated", self._end, priority=_BEFORE_KERNELS)

    def _begin(self, _app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Put notebooks that can wait behind all other documents, or leave them all out."""
        can_wait = [name for name in docnames if env.config_status == CONFIG_OK and _can_wait(env, name)]
        docnames[:] = [name for name in docnames if name not in can_wait] + can_wait
        self._reading = docnames
        self._can_wait = frozenset(can_wait)
        if can_wait and self._must_end():
            self._leave(docnames.index(can_wait[0]))

    def _go_on(self, _app: Sphinx, _env: BuildEnvironment, docname: str) -> None:
        """Leave the notebooks that follow one; Sphinx reads the documents that are in its list at the moment."""
        if docname in self._can_wait and docname in self._reading and self._must_end():
            self._leave(self._reading.index(docname) + 1)

    def _leave(self, first: int) -> None:
        self.names += tuple(self._reading[first:])
        del self._reading[first:]

    def _end(self, _app: Sphinx, env: BuildEnvironment) -> None:
        forget_digests(env, self.names)


def _can_wait(env: BuildEnvironment, docname: str) -> bool:
    """Return whether a document is a notebook that an earlier build has read and that is unedited since."""
    path = Path(env.doc2path(docname))
    read = env.all_docs.get(docname, 0)
    return read >= path.stat().st_mtime_ns // 1000 and is_notebook(docname, path)
