"""One run at a time changes a review; the others wait and say so, and a killed one leaves no lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from invented import PACKAGE

from litbook.core.lock import locked
from litbook.core.project import Project

# Takes the lock, says so, and ends when its input does.
HOLD = """
import sys
from pathlib import Path
from litbook.core.lock import locked
from litbook.core.project import Project
with locked(Project(Path(sys.argv[1])), lambda text: print(text, flush=True)):
    print("locked", flush=True)
    sys.stdin.read()
print("done", flush=True)
"""


def hold(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(root)]
    return subprocess.Popen(command, cwd=PACKAGE.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def test_a_second_run_says_that_it_waits_and_goes_on_when_the_first_ends(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        assert read_line(first) == "locked"
        with hold(tmp_path) as second:
            assert read_line(second) == "another run of litbook is changing this review; waiting until it ends"
            first.communicate("")
            assert read_line(second) == "locked"
            second.communicate("")


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        assert read_line(first) == "locked"
        first.kill()
    said: list[str] = []
    with locked(Project(tmp_path), said.append):
        pass
    assert said == []


def test_the_same_process_may_lock_twice(tmp_path: Path) -> None:
    said: list[str] = []
    with locked(Project(tmp_path), said.append), locked(Project(tmp_path), said.append):
        pass
    assert said == []
