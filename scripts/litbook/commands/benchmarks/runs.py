"""Builds that are measured: each runs in a process of its own, whose resource usage is read when it has ended.

Needs `os.wait4`, which Windows does not have.
"""

from __future__ import annotations

import compileall
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

# A small process starts the build and waits for it: a new process inherits the peak memory of the one that starts it.
_WATCH = """
import json, os, subprocess, sys, time
start = time.monotonic()
child = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(child.pid, 0)
peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
result = [time.monotonic() - start, used.ru_utime + used.ru_stime, peak, os.waitstatus_to_exitcode(status)]
open(sys.argv[1], "w").write(json.dumps(result))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one build used: wall and CPU time in seconds, peak memory in bytes, and its output.

    `written` names the files of the site that the build wrote, whether or not their bytes changed.
    """

    wall: float
    cpu: float
    memory: int
    log: str = ""
    written: tuple[str, ...] = ()

    @property
    def executed(self) -> int:
        """Return the number of notebooks that were executed."""
        return self.log.count("Executing notebook using")


def build(book: Path, scripts: Path, what: str) -> Run:
    """Build a book with the litbook in `scripts`; raise `click.ClickException` if that fails.

    The log is written beside the book, named after `what`.
    """
    usage = book.with_name("usage.json")
    paths = [str(scripts), *filter(None, [os.environ.get("PYTHONPATH")])]
    # Whoever forbids bytecode here, as containers do, has that of all libraries, but none of the copy in `scripts`.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(book)]
    before = list_files(html_of(book))
    with step(what):
        run, code = watch(command, environment, usage)
    book.with_name(f"{what.replace(': ', ' ').replace(', ', ' ').replace(' ', '-')}.log").write_text(run.log, "utf-8")
    if code:
        raise click.ClickException(f"{what}: exit code {code}\n{run.log[-3000:]}")
    after = list_files(html_of(book))
    return replace(run, written=tuple(name for name, state in after.items() if before.get(name) != state))


def compile_code(scripts: Path) -> None:
    """Compile a copy of the package to bytecode, as pip leaves an installed one."""
    compileall.compile_dir(scripts, quiet=2)


def watch(command: Sequence[str], environment: Mapping[str, str], usage: Path) -> tuple[Run, int]:
    """Run a command and return what it used, and its exit code; `usage` is a file that is written for this."""
    result = subprocess.run(
        [sys.executable, "-c", _WATCH, str(usage), *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=True,
    )
    wall, cpu, memory, code = json.loads(usage.read_text("utf-8"))
    return Run(wall, cpu, memory, result.stdout), code


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    click.echo(f"{what} … ", err=True, nl=False)
    start = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - start:.1f} s", err=True)


def html_of(book: Path) -> Path:
    """Return the folder of a book's site."""
    return book / "_build" / "html"


def list_files(folder: Path) -> dict[str, tuple[int, str]]:
    """Return modification time and digest of each file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
