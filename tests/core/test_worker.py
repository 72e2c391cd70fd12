"""The worker process: it computes, reports failures with their traceback, and is restarted after it dies."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType

import pytest

from litbook.core.worker import ApartError, run_apart

PROGRAM = """
import os, sys
from litbook.core.worker import run_apart
print(run_apart(os.getpid) != os.getpid(), run_apart(os.getpid) == run_apart(os.getpid))
"""


MODULES = "__import__('sklearn.feature_extraction.text') and set(__import__('sys').modules)"
RANKS = "[float(rank) for rank in __import__('scipy.stats').stats.rankdata([30, 10, 20])]"


def is_not_importable() -> bool:
    return True


def test_functions_run_in_one_other_process() -> None:
    assert run_apart(sorted, [3, 1, 2]) == [1, 2, 3]
    assert run_apart(os.getpid) == run_apart(os.getpid) != os.getpid()


def test_printing_does_not_disturb_the_stream_of_answers() -> None:
    assert run_apart(print, "a library's remark") is None


def test_a_failure_carries_its_traceback_and_the_worker_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # The worker imports functions by name: a module that exists only in this process is not found there.
    nowhere = ModuleType("nowhere")
    monkeypatch.setitem(sys.modules, "nowhere", nowhere)
    monkeypatch.setattr(nowhere, "is_not_importable", is_not_importable, raising=False)
    monkeypatch.setattr(is_not_importable, "__module__", "nowhere")
    with pytest.raises(ApartError, match=r"(?s)Traceback.*ZeroDivisionError"):
        run_apart(divmod, 1, 0)
    with pytest.raises(ApartError, match="ModuleNotFoundError"):
        run_apart(is_not_importable)
    assert run_apart(divmod, 7, 2) == (3, 1)


def test_the_death_of_a_worker_is_reported_and_a_new_one_started() -> None:
    with pytest.raises(ApartError, match="exit code 3"):
        run_apart(os._exit, 3)
    assert run_apart(len, "tide") == 4


def test_deferred_modules_are_imported_on_first_use() -> None:
    assert not {"pandas.core.frame", "scipy.stats.distributions"} & run_apart(eval, MODULES)
    assert run_apart(eval, RANKS) == [3.0, 1.0, 2.0]
    assert "scipy.stats.distributions" in run_apart(eval, MODULES)


def test_the_worker_ends_with_the_process_that_started_it() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("True True\n", "")
