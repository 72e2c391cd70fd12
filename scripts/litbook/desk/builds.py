"""Run `jupyter-book build` again and again in one process, which keeps its imports and what it has computed.

The build itself is the ordinary one, from its command line on. This process says which pages it writes while it writes
them: a reader of the preview sees a page before the index of the search is made.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TextIO, cast

from litbook.core.project import Project
from litbook.desk.messages import Built, Inspected, Message, PageWritten, Request, read_request, write_message
from litbook.model.faults import CorpusError, Fault
from litbook.pipeline import Prepared, check_inputs
from litbook.site.build.observers import PAGE_WRITTEN, observe_builds
from litbook.site.build.prepare import prepared_review
from litbook.site.notebooks.postponed import Postponement

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Send = Callable[[Message], None]
Inspect = Callable[[Project, Prepared], Inspected]
_PLACE = re.compile(r"(?P<file>[^:\n]+\.\w+):(?:(?P<line>\d+):)?\s+(?P<what>.+)", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Builds:
    """Build one review many times, and remember what Sphinx said of each page that was not read again."""

    def __init__(self, project: Project, send: Send) -> None:
        self._project = project
        self._send = send
        self._warnings: dict[str, list[Fault]] = {}
        self.prepared: Prepared | None = None
        self._postponement = Postponement(lambda: False)

    def build(self, wanted: Collection[str] = (), may_postpone: Callable[[], bool] = lambda: True) -> Built:
        """Build the review, announce each page that changes, and return what is wrong.

        The pages in `wanted` are written before all others, and notebooks of which only the data changed wait for the
        next build if `may_postpone`, which is asked before each, says so: a person looks at the rest meanwhile.
        `prepared` is then the review that was built, or None if nothing was read.
        """
        from jupyter_book.cli.main import main  # noqa: PLC0415 - loads Sphinx, which a server does not need

        self.prepared = None
        self._postponement = Postponement(may_postpone)
        before = sys.argv
        sys.argv = ["jupyter-book", "build", "."]
        try:
            with observe_builds(self._observe, {page.removesuffix(".html") for page in wanted}):
                main(["build", "-qq", "."], standalone_mode=False)
            return Built(warnings=self._list_warnings(), waiting=len(self._postponement.names))
        except (Exception, SystemExit) as error:  # whatever stops a build is shown; the next one starts afresh
            return Built(tuple(sorted(set(explain(error, self._project)))), self._list_warnings())
        finally:
            sys.argv = before

    def _list_warnings(self) -> tuple[Fault, ...]:
        return tuple(sorted({fault for found in self._warnings.values() for fault in found}))

    def _observe(self, app: Sphinx) -> None:
        handler = _Listener(app, self._project, self._warnings)
        logging.getLogger("sphinx").addHandler(handler)
        app.connect("env-purge-doc", lambda _app, _env, docname: self._warnings.pop(docname, None))
        app.connect("env-before-read-docs", lambda *_: self._warnings.pop("", None))
        app.connect(PAGE_WRITTEN, lambda _app, name: self._send(PageWritten(f"{name}.html")))
        app.connect("build-finished", self._keep)
        self._postponement.connect(app)

    def _keep(self, app: Sphinx, error: Exception | None) -> None:
        self.prepared = prepared_review(app) if error is None else None


class _Listener(logging.Handler):
    """Collect the warnings of one build by document; Sphinx removes the handler before the next one."""

    def __init__(self, app: Sphinx, project: Project, warnings: dict[str, list[Fault]]) -> None:
        from sphinx.util.logging import WarningLogRecordTranslator  # noqa: PLC0415

        super().__init__(logging.WARNING)
        self._translator = WarningLogRecordTranslator(app)
        self._app = app
        self._project = project
        self._warnings = warnings

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning with the file and line that it names."""
        if not Path(str(getattr(record, "location", None) or "")).is_absolute():  # Sphinx has not translated it yet
            self._translator.filter(cast(Any, record))
        file, line = _split_location(str(getattr(record, "location", None) or ""), self._project)
        text = " ".join(_COLOUR.sub("", logging.LogRecord.getMessage(record)).split())  # without place and level
        fault = Fault(file, line, text) if file else _read_place(text)
        self._warnings.setdefault(self._docname_of(file), []).append(fault)

    def _docname_of(self, file: str) -> str:
        env: Any = getattr(self._app, "env", None)  # not yet there while extensions are set up
        return (env and env.path2doc(str(self._project.root / file))) or "" if file else ""


def _split_location(location: str, project: Project) -> tuple[str, int]:
    """Return the file of a warning, relative to the review's root, and its line, 0 where it has none."""
    path, _, line = location.partition(":") if not Path(location).is_absolute() else _cut_line(location)
    if not path:
        return "", 0
    inside = Path(path).is_relative_to(project.root)
    return (project.name(Path(path)) if inside else path), int(line) if line.isdigit() else 0


def _cut_line(location: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(.+?):(\d*)", location)
    return (found[1], ":", found[2]) if found else (location, "", "")


def explain(error: BaseException, project: Project) -> Iterator[Fault]:
    """Yield the faults that stopped a build, or one that says what any other exception says."""
    chain = list(_follow(error))
    known = [item for item in chain if isinstance(item, CorpusError)]
    if known:
        yield from known[-1].faults
        return
    if broken := _find_broken_settings(project):
        yield from broken
        return
    # Jupyter Book wraps the exception that stopped the build in a message of its own, without further words.
    cause = error.__cause__ or error
    text = _COLOUR.sub("", str(cause)).strip().strip("=").strip()
    yield _read_place(text or type(cause).__name__)


def _find_broken_settings(project: Project) -> list[Fault]:
    """Return the faults of the files that Jupyter Book reads before litbook, repeating only what YAML says."""
    try:
        check_inputs(project)
    except CorpusError as error:
        return [fault for fault in error.faults if fault.file in ("_config.yml", "_toc.yml")]
    return []


def _follow(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that it was raised from, also where the chain is not to be printed."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _read_place(text: str) -> Fault:
    """Return a message as a fault; one that begins with a file, and perhaps a line, keeps them."""
    found = _PLACE.match(text)
    if not found:
        return Fault("build", 0, text)
    return Fault(found["file"], int(found["line"] or 0), found["what"])


def collect_garbage() -> None:
    """Free what a build has left, and put what remains out of the collector's reach, as a build does."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()  # sphinx-external-toc goes through all objects within reach before litbook is set up


def serve_builds(root: Path, inspect: Inspect) -> None:
    """Build for each request on standard input, and answer on standard output; end when the input ends.

    After a build without faults, what is still to do follows, as `inspect` finds it. Then another build executes the
    notebooks that wait, until something else is asked for.
    """
    project = Project(root.resolve())
    os.chdir(project.root)
    with _take_output() as channel:

        def send(message: Message) -> None:
            print(write_message(message), file=channel, flush=True)

        builds, requests = Builds(project, send), _Requests()
        while request := requests.take():
            built = builds.build(request.wanted)
            send(replace(built, answers=request.number))
            if builds.prepared and not built.faults:
                send(inspect(project, builds.prepared))
            builds.prepared = None
            collect_garbage()  # when all is said: it takes as long as reading a chapter
            while built.waiting and not requests.are_waiting():
                built = builds.build(request.wanted, requests.are_waiting)
                send(replace(built, answers=request.number))
                builds.prepared = None
                collect_garbage()


class _Requests:
    """The requests on standard input, which are read while a build runs."""

    def __init__(self) -> None:
        self._lines: SimpleQueue[str] = SimpleQueue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        self._lines.put("")

    def take(self) -> Request | None:
        """Wait for the next request and return it; None at the end."""
        line = self._lines.get()
        return read_request(line) if line else None

    def are_waiting(self) -> bool:
        """Return whether another request, or the end, has been read."""
        return not self._lines.empty()


def _take_output() -> TextIO:
    """Return standard output, and lead what the build prints to the error stream."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return channel
