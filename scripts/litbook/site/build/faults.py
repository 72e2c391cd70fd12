"""Faults that only the build finds: what Sphinx warns of on people's pages, formulas, cells that fail, and the disk.

They become one list, in the form of those that `litbook check` prints, and stop the build. Jupyter Book catches every
exception and prints it with a traceback of its own; it lets `SystemExit` pass, and Python then prints the list alone.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

from docutils import nodes
from sphinx.util.logging import get_node_location, is_suppressed_warning

from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault, describe_file_error, is_of_disk

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_SPHINX = "sphinx"  # the name below which all loggers of a build are
_NAME = "litbook_faults"
_LATE = 900  # after the other features have done their part of an event
# Not of a page's text: what sources hold is a task, a failed cell is a fault of its own, and highlighting only colours.
_LEFT_OUT = {("litbook", "source"), ("mystnb", "exec"), ("misc", "highlighting_failure")}
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d*)(?::.*)?", re.DOTALL)
_REMEMBERED = "litbook-faulty.json"


@dataclass(slots=True)
class Faults:
    """Collects the faults of a build, and an error of the disk of which Sphinx only warns."""

    found: set[Fault] = field(default_factory=set)
    of_disk: OSError | None = None

    def add(self, *faults: Fault) -> None:
        """Add faults; the build goes on, to find the others."""
        self.found.update(faults)


def faults_of(app: Sphinx) -> Faults:
    """Return the faults found in this build so far."""
    return cast(Faults, getattr(app, _NAME))


def stop_build(error: CorpusError) -> NoReturn:
    """End the build with the list of faults as the last that is printed, and exit code 1."""
    raise SystemExit(str(error)) from error


@contextmanager
def stopping_at_disk_errors(app: Sphinx) -> Iterator[None]:
    """End the build with one fault if the disk is full or a file cannot be written, before Sphinx shows a traceback."""
    try:
        yield
    except OSError as error:
        _stop_at_disk(app, error)
        raise


def _stop_at_disk(app: Sphinx, error: BaseException) -> None:
    """End the build if an error, or one that caused it, is of the disk; the site is then incomplete, and said to be."""
    root = Project(Path(app.srcdir)).root
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and is_of_disk(cause):
            site = Path(app.outdir)
            name = site.relative_to(root).as_posix() if site.is_relative_to(root) else str(site)
            fault = describe_file_error(cause, str(root), name)
            raise SystemExit(f"1 fault found; the site in {name} is incomplete:\n  {fault}") from error
        cause = cause.__cause__ or cause.__context__


def collect_faults(app: Sphinx) -> None:
    """Collect faults from now on, and stop the build where it has read all pages, or else at its end."""
    setattr(app, _NAME, Faults())
    logging.getLogger(_SPHINX).addHandler(_Collector(app))
    app.connect("env-get-outdated", _read_again)
    app.connect("env-updated", _stop_after_reading, priority=_LATE)
    app.connect("env-check-consistency", _stop_before_writing, priority=_LATE)
    app.connect("build-finished", _stop_at_the_end, priority=_LATE)


class _Collector(logging.Handler):
    """Turns warnings about people's pages into faults; those about anything else stay warnings."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._app = app
        self._project = Project(Path(app.srcdir))

    def emit(self, record: logging.LogRecord) -> None:
        for argument in record.args if isinstance(record.args, tuple) else ():
            if isinstance(argument, OSError) and is_of_disk(argument):
                faults_of(self._app).of_disk = argument
        kind = (getattr(record, "type", "") or "", getattr(record, "subtype", "") or "")
        if kind in _LEFT_OUT or is_suppressed_warning(*kind, self._app.config.suppress_warnings):
            return
        file, line = self._locate(getattr(record, "location", None))
        if _is_written(file):
            message = logging.LogRecord.getMessage(record)  # a handler may have put its place before it
            what, remedy = word_warning(message)
            faults_of(self._app).add(Fault(file, line, what, remedy))

    def _locate(self, location: Any) -> tuple[str, int]:
        """Return the file, relative to the root of the review, and the line of a warning; no file gives ""."""
        if isinstance(location, nodes.Node):
            location = get_node_location(location)
        if isinstance(location, tuple):
            docname, line = location
            return (self._app.env.doc2path(docname, False), int(line or 0)) if docname else ("", 0)
        match = _PLACE.fullmatch(str(location or ""))
        if not match:
            return (self._app.env.doc2path(location, False), 0) if location else ("", 0)
        path = Path(match["path"])
        inside = path.is_absolute() and path.is_relative_to(self._project.root)
        return (self._project.name(path) if inside else match["path"]), int(match["line"] or 0)


def _is_written(file: str) -> bool:
    """Return whether a person wrote a file, and not the build."""
    return file.startswith("book/") and not file.startswith(("book/papers/", "book/data/"))


def _read_again(app: Sphinx, _env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    """Return the documents in which the last build found faults after it had stored what it read."""
    try:
        known = json.loads(_remembered(app).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [str(name) for name in known]


def _remembered(app: Sphinx) -> Path:
    return Path(app.doctreedir) / _REMEMBERED


def _stop_after_reading(app: Sphinx, _env: BuildEnvironment) -> list[str]:
    """Stop before the build stores what it has read, so that the next one reads the same pages again."""
    _stop_at_faults(app)
    return []


def _stop_before_writing(app: Sphinx, _env: BuildEnvironment) -> None:
    _remember(app)
    _stop_at_faults(app)


def stop_at_lost_file(app: Sphinx) -> None:
    """End the build if Sphinx has warned that a file of the site could not be written: it would go on without it."""
    if error := faults_of(app).of_disk:
        _stop_at_disk(app, error)


def _stop_at_the_end(app: Sphinx, error: Exception | None) -> None:
    stop_at_lost_file(app)
    if error is not None:
        _stop_at_disk(app, error)
        return
    with stopping_at_disk_errors(app):
        _remember(app)
    _stop_at_faults(app)


def _remember(app: Sphinx) -> None:
    names = sorted({app.env.path2doc(fault.file) or "" for fault in faults_of(app).found} - {""})
    path = _remembered(app)
    if names:
        write_text(path, json.dumps(names))
    else:
        path.unlink(missing_ok=True)


def _stop_at_faults(app: Sphinx) -> None:
    found = faults_of(app).found
    if found:
        stop_build(CorpusError(_drop_repeated(found)))


def _drop_repeated(found: set[Fault]) -> list[Fault]:
    """Return the faults; one without a line is left out if the same is known with a line."""
    placed = {replace(fault, line=0) for fault in found if fault.line}
    return [fault for fault in found if fault.line or fault not in placed]


# -- wording ----------------------------------------------------------------------------------------------------------

# What a warning says, what a fault says instead, and what to do; {0} is the warning's first group.
_WORDS = (
    (r"'myst' cross-reference target not found: '(.*)'", "broken link to '{0}'", "correct or remove it"),
    (r"local id not found in doc '(.*)': '(.*)'", "no section or label '{1}' in {0}.md", "correct the part after #"),
    (r"Unknown source document '(.*)'", "broken link to '{0}.md'", "correct or remove it"),
    (r"undefined label: '(.*)'", "unknown label '{0}'", "write ({0})= on the line before what it names, or correct it"),
    (r"unknown document: '(.*)'", "broken link to '{0}'", "correct or remove it"),
    (r"image file not readable: (.*)", "missing picture '{0}'", "add the file, or correct the name"),
    (r"download file not readable: (.*)", "missing file '{0}'", "add the file, or correct the name"),
    (r"Pygments lexer name '(.*)' is not known", "unknown language '{0}' of a code block", "write text instead"),
    (r"document isn't included in any toctree", "this page is not in _toc.yml, so nothing leads to it", "add it there"),
    (r"'(.*)': Invalid option value for '(.*)': (.*)", "invalid value of '{1}' in '{0}': {2}", "correct the value"),
    (r"'(.*)': Unknown option keys: \['(.*)'\].*", "unknown option '{1}' of '{0}'", "correct or remove it"),
    (r"Unknown interpreted text role \"(.*)\"\.", "unknown role '{0}'", "correct its name"),
    (r"Unknown directive type: '(.*)'", "unknown directive '{0}'", "correct its name"),
    (r"duplicate label (.*), other instance in (.*)", "the label '{0}' is in {1} too", "give one of them another name"),
    (r"Directive '(.*)': (.*)", "'{0}': {1}", "correct the directive"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), what, remedy) for pattern, what, remedy in _WORDS)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_KIND = re.compile(r"\s*\[[\w.-]+\]$")  # how Sphinx ends a warning that can be suppressed


def word_warning(message: str) -> tuple[str, str]:
    """Return what is wrong and what to do; a warning that is not known here keeps its own words."""
    text = " ".join(_KIND.sub("", _COLOUR.sub("", message)).split())
    for pattern, what, remedy in _PATTERNS:
        if match := pattern.fullmatch(text):
            return what.format(*match.groups()), remedy.format(*match.groups())
    return text, "correct it here"
