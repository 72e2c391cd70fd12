"""Run functions in a worker process so that their heavy imports stay out of the build.

Importing scikit-learn takes a second and a hundred megabytes, which a process never gives back; the build itself does
not need it. The worker starts with the first function and ends with the build.
"""

from __future__ import annotations

import atexit
import importlib
import importlib.util
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

_Result = TypeVar("_Result")
_START = "import sys; sys.path[:] = {path!r}; from litbook.core.worker import serve; serve()"
# scikit-learn 1.9 imports these for functions that litbook never calls; deferring them saves 0.4 s and 50 MB.
_DEFERRED = ("scipy.stats", "pandas")
# On small matrices threads only wait for each other, and the order of sums, hence their last digits, would depend on
# the number of threads.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class ApartError(RuntimeError):
    """The traceback of a function that failed in the worker process, or the worker's exit code."""


def run_apart(function: Callable[..., _Result], *arguments: Any) -> _Result:
    """Return `function(*arguments)`, computed in the worker process.

    Function, arguments and result are pickled, so `function` must be importable by name. Raise `ApartError` with the
    traceback if the function fails, or with the exit code if the worker dies.
    """
    worker = _find_worker()
    assert worker.stdin
    assert worker.stdout
    try:
        pickle.dump(pickle.dumps((function, arguments)), worker.stdin)
        worker.stdin.flush()
        failed, answer = pickle.load(worker.stdout)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        worker.kill()
        raise ApartError(f"the worker process ended with exit code {worker.wait()}") from error
    if failed:
        raise ApartError(answer)
    result: _Result = answer
    return result


# --- In the build ---


@cache
def _start_worker() -> subprocess.Popen[bytes]:
    worker = subprocess.Popen(
        [sys.executable, "-c", _START.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ONE_THREAD},
    )
    atexit.register(_end, worker)
    return worker


def _find_worker() -> subprocess.Popen[bytes]:
    if _start_worker().poll() is not None:  # the worker was killed: start a new one
        _start_worker.cache_clear()
    return _start_worker()


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.communicate()


# --- In the worker ---


class _DeferredModule(ModuleType):
    """A placeholder that imports the real module on first attribute access."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        parent, _, child = self.__name__.rpartition(".")
        if parent:
            delattr(sys.modules[parent], child)
        del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def serve() -> None:
    """Answer the calls that `run_apart` sends on standard input, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which reports it and ends the worker
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # keep what libraries print out of the stream of answers
    for name in _DEFERRED:
        _defer(name)
    while (task := _receive()) is not None:
        answers.write(_answer(task))
        answers.flush()


def _receive() -> bytes | None:
    try:
        task: bytes = pickle.load(sys.stdin.buffer)
    except EOFError:
        return None
    return task


def _answer(task: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(task)
        return pickle.dumps((False, function(*arguments)))
    except Exception:
        return pickle.dumps((True, traceback.format_exc()))


def _defer(name: str) -> None:
    """Register a placeholder for a module, so that it is imported only if something in it is used."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        return
    module = _DeferredModule(name)
    module.__spec__ = spec
    module.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
