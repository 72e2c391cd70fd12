"""Run a function in a process of its own, so that its imports do not stay in the build."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar, TypeVarTuple, Unpack

_Result = TypeVar("_Result")
_Arguments = TypeVarTuple("_Arguments")


def run_in_process(function: Callable[[Unpack[_Arguments]], _Result], *arguments: *_Arguments) -> _Result:
    """Return `function(*arguments)`, computed in a new process that ends afterwards.

    Function, arguments and result are pickled, so `function` must be importable by name. An exception in it is raised
    here with its traceback as the cause; `concurrent.futures.process.BrokenProcessPool` means that the process was
    killed.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()
