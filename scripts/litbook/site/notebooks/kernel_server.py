"""Fork IPython kernels from a process that has already imported the libraries that they need.

A kernel spends most of its start on imports: IPython, pandas, matplotlib and scikit-learn take seconds, and a book with
seven notebooks pays for them seven times. This process imports them once. A forked kernel finds them in memory and
shares nothing else with other kernels: variables, working directory, chart settings and random numbers are its own.

`multiprocessing` has such a server too, but it imports the main module of the build into every child, skips their
exit handlers, and cannot be stopped. `kernels.py` starts this one with a socket as its only channel: one line of JSON
for each request and one for each answer.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import runpy
import signal
import socket
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from typing import Any, TextIO

# What every IPython kernel imports when it starts. A name that another version lacks is skipped.
_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
)


def main(arguments: Sequence[str]) -> None:
    """Import the modules named in `arguments[1:]`, then serve requests on the socket numbered `arguments[0]`.

    The process ends when the other side closes the socket, and ends its kernels first.
    """
    if not sys.flags.safe_path:
        del sys.path[0]  # `python -m` puts the working directory there; none of its files may replace a library
    channel = socket.socket(fileno=int(arguments[0]))
    printed = _prepare(arguments[1:])
    with channel, channel.makefile("rw", encoding="utf-8") as lines:
        _send(lines, {"printed": printed})
        kernel = _serve(lines)
    if kernel:
        _run(kernel)


def _prepare(modules: Iterable[str]) -> str:
    """Import what kernels need and then `modules`, and return what the latter print."""
    # ipykernel reads this once. A kernel ends by itself as soon as this is not its parent.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):  # a kernel's own start is not shown either
        _import(_KERNEL)
    # A kernel sets this before a cell can import matplotlib, which reads it once.
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
    with redirect_stdout(io.StringIO()) as printed, redirect_stderr(printed):
        _import(modules)
    gc.collect()
    gc.freeze()  # a collection in a kernel would write to, and so copy, every page of the memory that it shares
    return printed.getvalue()


def _import(modules: Iterable[str]) -> None:
    for module in modules:
        with suppress(ImportError):  # the notebook that needs it reports it
            importlib.import_module(module)


def _send(lines: TextIO, answer: object) -> None:
    print(json.dumps(answer), file=lines, flush=True)


def _serve(lines: Any) -> dict[str, Any] | None:
    """Answer requests. Return None at their end, and in a forked child the kernel that it is to become."""
    kernels: set[int] = set()
    for line in lines:
        request = json.loads(line)
        if "poll" in request:
            code = _poll(request["poll"])
            if code is not None:
                kernels.discard(request["poll"])
            _send(lines, {"code": code})
        else:
            kernel = os.fork()
            if not kernel:
                return dict(request)
            kernels.add(kernel)
            _send(lines, {"pid": kernel})
    for kernel in kernels:
        for end in (os.killpg, os.kill):  # one that was just forked may not lead a group yet
            with suppress(ProcessLookupError):
                end(kernel, signal.SIGKILL)
    return None


def _poll(kernel: int) -> int | None:
    """Return the exit code of a kernel as `Popen.poll` does: None while it runs, negative if a signal ended it."""
    ended, status = os.waitpid(kernel, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _run(kernel: dict[str, Any]) -> None:
    """Become a kernel, as if `python -m ipykernel_launcher` had been started in its working directory."""
    os.setsid()
    os.chdir(kernel["cwd"])
    os.environ.clear()
    os.environ.update(kernel["env"])
    if not sys.flags.safe_path:
        sys.path.insert(0, kernel["cwd"])
    if "numpy.random" in sys.modules:  # Python's own generator takes a new seed after a fork; numpy's does not
        sys.modules["numpy.random"].seed()
    sys.argv[1:] = kernel["arguments"]
    atexit.register(_leave)  # the first to be registered is the last to be called
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


def _leave() -> None:
    """End the process without taking down the libraries, which would copy the memory that they share.

    Files that a cell left open are flushed, as they would be when the interpreter takes them down. Python's own kinds
    of file come first: the kernel's streams wait for a thread that may have ended, and the build's patience is limited.
    """
    files = [item for item in gc.get_objects() if issubclass(type(item), io.IOBase)]
    files.sort(key=lambda file: type(file).__module__ != "_io")
    for file in [sys.__stdout__, sys.__stderr__, *files]:
        with suppress(AttributeError, OSError, ValueError):  # missing or closed, or its reader is gone
            file.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
