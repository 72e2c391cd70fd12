"""The process apart: it computes, fails with its traceback, and its end is noticed."""

from __future__ import annotations

import os
import sys
from concurrent.futures.process import BrokenProcessPool

import pytest

from litbook.core.worker import run_in_process


def test_a_function_is_computed_in_another_process() -> None:
    assert run_in_process(sorted, [3, 1, 2]) == [1, 2, 3]
    assert run_in_process(os.getpid) != os.getpid()


def test_what_the_function_imports_does_not_stay() -> None:
    assert "this" not in sys.modules
    assert run_in_process(eval, "bool(__import__('this'))")
    assert "this" not in sys.modules


def test_a_failure_comes_with_the_traceback_from_there() -> None:
    with pytest.raises(ZeroDivisionError) as failed:
        run_in_process(divmod, 1, 0)
    assert "_process_worker" in str(failed.value.__cause__)


def test_the_end_of_the_process_is_noticed() -> None:
    with pytest.raises(BrokenProcessPool):
        run_in_process(os._exit, 3)
    assert run_in_process(len, "tide") == 4
