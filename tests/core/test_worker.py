"""The helper process: it computes, fails with its traceback, and comes back after it was killed."""

from __future__ import annotations

import os
import subprocess
import sys
from types import ModuleType

import pytest

from litbook.core.worker import ApartError, run_apart

PROMPT_END = """
import os, sys
from litbook.core.worker import run_apart
print(run_apart(os.getpid) != os.getpid(), run_apart(os.getpid) == run_apart(os.getpid))
"""


MODULES = "__import__('sklearn.feature_extraction.text') and set(__import__('sys').modules)"
RANKS = "[float(rank) for rank in __import__('scipy.stats').stats.rankdata([30, 10, 20])]"


def is_of_no_package() -> bool:
    return True


def test_a_function_is_computed_in_another_process_which_stays() -> None:
    assert run_apart(sorted, [3, 1, 2]) == [1, 2, 3]
    assert run_apart(os.getpid) == run_apart(os.getpid) != os.getpid()


def test_what_a_function_prints_does_not_come_between() -> None:
    assert run_apart(print, "a library's remark") is None


def test_a_failure_is_told_with_its_traceback_and_the_next_function_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    # The worker imports what it computes by name: a module that only this process knows is not found there.
    nowhere = ModuleType("nowhere")
    monkeypatch.setitem(sys.modules, "nowhere", nowhere)
    monkeypatch.setattr(nowhere, "is_of_no_package", is_of_no_package, raising=False)
    monkeypatch.setattr(is_of_no_package, "__module__", "nowhere")
    with pytest.raises(ApartError, match=r"(?s)Traceback.*ZeroDivisionError"):
        run_apart(divmod, 1, 0)
    with pytest.raises(ApartError, match="ModuleNotFoundError"):
        run_apart(is_of_no_package)
    assert run_apart(divmod, 7, 2) == (3, 1)


def test_a_helper_that_ended_is_told_and_another_one_comes() -> None:
    with pytest.raises(ApartError, match="exit code 3"):
        run_apart(os._exit, 3)
    assert run_apart(len, "tide") == 4


def test_what_scikit_learn_does_not_need_is_loaded_when_it_is_needed() -> None:
    assert not {"pandas.core.frame", "scipy.stats.distributions"} & run_apart(eval, MODULES)
    assert run_apart(eval, RANKS) == [3.0, 1.0, 2.0]
    assert "scipy.stats.distributions" in run_apart(eval, MODULES)


def test_the_helper_ends_with_its_build() -> None:
    done = subprocess.run([sys.executable, "-c", PROMPT_END], capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == ("True True\n", "")
