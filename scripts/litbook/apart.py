"""Run a function in a process of its own, where the libraries that it needs come and go.

scikit-learn takes a second and a hundred megabytes to load, and what is loaded stays: the build proper needs neither.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

_Result = TypeVar("_Result")
_CHILD = """
import pickle, sys
path, function, arguments = pickle.load(sys.stdin.buffer)
sys.path[:] = path
function, arguments = pickle.loads(function), pickle.loads(arguments)
result = pickle.dumps(function(*arguments))
sys.stdout.buffer.write(result)
"""


class ApartError(RuntimeError):
    """Carry the traceback of a function that failed in its own process."""


def run_apart(function: Callable[..., _Result], *arguments: Any) -> _Result:
    """Return `function(*arguments)`, computed in a fresh Python process; the function is found by its name.

    Function, arguments and result are pickled. An exception in it is raised here as `ApartError` with its traceback.
    """
    task = pickle.dumps((sys.path, pickle.dumps(function), pickle.dumps(arguments)))
    done = subprocess.run([sys.executable, "-c", _CHILD], input=task, capture_output=True, check=False)
    if done.returncode != 0:
        raise ApartError(done.stderr.decode("utf-8", "replace"))
    result: _Result = pickle.loads(done.stdout)
    return result
