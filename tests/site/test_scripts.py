"""Run in Node the tests of scripts that need no page: the files `*.test.mjs`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    if found is None and os.environ.get("CI"):
        pytest.fail("no Node: in CI these tests must run")
    if found is None:
        pytest.skip("no Node here")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.test.mjs")), ids=lambda path: path.relative_to(TESTS).as_posix())
def test_scripts_do_in_node_what_their_tests_say(node: str, path: Path) -> None:
    command = [node, "--test", "--test-reporter=spec", str(path)]
    environment = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
