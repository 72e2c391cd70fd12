"""Run functions in a helper process, where the libraries that they need stay.

scikit-learn takes a second and a hundred megabytes to load, and what is loaded stays: the build proper needs neither.
The helper starts with the first function and ends with the build.
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
# scikit-learn 1.9 loads these for functions that are not called here: 0.4 of the second, 50 of the megabytes.
_PUT_OFF = ("scipy.stats", "pandas")
# On small matrices threads wait for each other, and sums depend on how many there are.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class ApartError(RuntimeError):
    """Carry the traceback of a function that failed in the helper process."""


def run_apart(function: Callable[..., _Result], *arguments: Any) -> _Result:
    """Return `function(*arguments)`, computed in the helper process; the function is found by its name.

    Function, arguments and result are pickled. An exception in it is raised here as `ApartError` with its traceback,
    and so is the end of the helper.
    """
    helper = _find_helper()
    assert helper.stdin
    assert helper.stdout
    try:
        pickle.dump(pickle.dumps((function, arguments)), helper.stdin)
        helper.stdin.flush()
        failed, answer = pickle.load(helper.stdout)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        helper.kill()
        raise ApartError(f"the helper process ended with exit code {helper.wait()}") from error
    if failed:
        raise ApartError(answer)
    result: _Result = answer
    return result


# --- This side ---


@cache
def _start_helper() -> subprocess.Popen[bytes]:
    helper = subprocess.Popen(
        [sys.executable, "-c", _START.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **_ONE_THREAD},
    )
    atexit.register(_end, helper)
    return helper


def _find_helper() -> subprocess.Popen[bytes]:
    if _start_helper().poll() is not None:  # it was killed; another may live longer
        _start_helper.cache_clear()
    return _start_helper()


def _end(helper: subprocess.Popen[bytes]) -> None:
    helper.communicate()


# --- The helper's side ---


class _LaterModule(ModuleType):
    """Stand for a module until something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        parent, _, child = self.__name__.rpartition(".")
        if parent:
            delattr(sys.modules[parent], child)
        del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def serve() -> None:
    """Answer what `run_apart` asks on standard input, until that is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build itself says that it was interrupted
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    for name in _PUT_OFF:
        _put_off(name)
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


def _put_off(name: str) -> None:
    spec = importlib.util.find_spec(name)
    if spec is None:
        return
    module = _LaterModule(name)
    module.__spec__ = spec
    module.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
