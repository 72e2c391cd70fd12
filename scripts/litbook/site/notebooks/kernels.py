"""Give notebooks kernels that are forked from a process which holds their libraries in memory.

jupyter_client starts every kernel through a provisioner. During a build, the one below is the default: it has
`kernel_server.py` fork the IPython kernels, and leaves all others to the class that it extends.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from sphinx.util import logging

from litbook.core.code import PACKAGE
from litbook.core.urls import is_paper_page

if TYPE_CHECKING:
    from jupyter_client.connect import KernelConnectionInfo
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# macOS can fork too, but its system libraries do not survive it.
CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
_NAME = "litbook-forked-kernel"
_REPLACED = "local-provisioner"  # a default that was chosen in Jupyter's settings stays
_ENDS_WITHIN = 60.0  # seconds
# Each kernel warns that its connection is not encrypted. It does not leave this machine; what cells report comes by it.
_QUIET = "--IPKernelApp.log_level=ERROR"
_LAUNCHER = ["-m", "ipykernel_launcher"]
# Imported ahead of the notebooks that name them: they are slow to import, and import without side effects. Any other
# module is left to the kernel.
_LIBRARIES = frozenset({"litbook", "matplotlib", "numpy", "pandas", "scipy", "sklearn"})
# Lines of code in a MyST notebook, and in the JSON of an .ipynb file.
_IMPORT = re.compile(r"""^[ \t"]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(.+)|import[ \t]+(.+))$""", re.MULTILINE)
_IMPORTED = re.compile(r"(?:^|,)[ \t(]*([\w.]+)")
_LOGGER = logging.getLogger(__name__)


class KernelServerError(RuntimeError):
    """Report that the kernel server has ended, or cannot be used."""


class KernelServer:
    """Run `kernel_server.py` and exchange requests and answers with it."""

    def __init__(self, options: Sequence[str], env: Mapping[str, str], modules: Iterable[str]) -> None:
        """Start the server with interpreter `options` and the environment `env`; return once it imported `modules`.

        Raise KernelServerError if it fails, or if a module prints something: that has to appear in every notebook that
        imports the module, so it cannot be imported ahead of them.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            module = ["-m", "litbook.site.notebooks.kernel_server", str(theirs.fileno()), *sorted(modules)]
            self._process = subprocess.Popen(
                [sys.executable, *options, *module],
                env=dict(env),
                cwd="/",
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the build, which then ends the server
            )
        with ours:
            self._lines = ours.makefile("rw", encoding="utf-8")
        if printed := self._receive()["printed"]:
            self.stop()
            raise KernelServerError(f"an import prints {printed.strip()!r}")

    def ask(self, request: Mapping[str, Any]) -> Any:
        """Return the answer to a request; raise KernelServerError if the server has ended."""
        with suppress(OSError, ValueError):  # it has ended or was stopped, as the missing answer will show
            print(json.dumps(request), file=self._lines, flush=True)
        return self._receive()

    def _receive(self) -> Any:
        line = ""
        with suppress(OSError, ValueError):
            line = self._lines.readline()
        if not line:
            raise KernelServerError(f"it ended with exit code {self._process.wait()}")
        return json.loads(line)

    def stop(self) -> None:
        """End the server and its kernels."""
        with suppress(OSError):  # the last request did not reach a server that had ended
            self._lines.close()
        self._process.wait()


class ForkedKernel:
    """Control a kernel as `subprocess.Popen` would; the server, as its parent, knows how it ended."""

    stdin = stdout = stderr = None

    def __init__(self, server: KernelServer, pid: int) -> None:
        self.pid = pid
        self._server = server
        self._code: int | None = None

    def poll(self) -> int | None:
        """Return the exit code; None while the kernel runs."""
        if self._code is None:
            try:
                self._code = self._server.ask({"poll": self.pid})["code"]
            except KernelServerError:  # kernels end with their parent
                self._code = -signal.SIGKILL
        return self._code

    def wait(self) -> int | None:
        """Return the exit code of a kernel that has ended: the provisioner waits by calling `poll`."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


class WarmKernels:
    """Fork kernels that have `modules` in memory; the server behind them starts with the first kernel."""

    def __init__(self, modules: Iterable[str]) -> None:
        self._modules = frozenset(modules)
        self._server: KernelServer | None = None
        self._started_with: tuple[Sequence[str], Mapping[str, str]] | None = None

    def fork(self, command: Sequence[str], env: Mapping[str, str], cwd: str) -> ForkedKernel | None:
        """Return a kernel for a command line; None if the command has to be run instead.

        That is so for other languages and interpreters. It is so as well where the environment differs from that of the
        server, because many variables have their effect when an interpreter or a library starts.
        """
        found = _parse(command)
        if not CAN_FORK or found is None:
            return None
        options, arguments = found
        if self._started_with is None:
            self._started_with = (options, dict(env))
            try:
                self._server = KernelServer(options, env, self._modules)
            except KernelServerError as error:
                _LOGGER.info("Notebooks run in kernels of their own, for the kernel server cannot be used: %s", error)
        if self._server is None or self._started_with != (options, env):
            return None
        try:
            answer = self._server.ask({"arguments": arguments, "env": dict(env), "cwd": cwd})
        except KernelServerError:
            return None
        return ForkedKernel(self._server, answer["pid"])

    def stop(self) -> None:
        """End the server."""
        if self._server:
            self._server.stop()


def _parse(command: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """Return the options of the interpreter and the arguments of the kernel; None unless this Python runs ipykernel."""
    module = next((at for at, part in enumerate(command) if part == "-m"), 0)
    if Path(command[0]) != Path(sys.executable) or list(command[module : module + 2]) != _LAUNCHER:
        return None
    return command[1:module], command[module + 2 :]


class ForkingProvisioner(LocalProvisioner):
    """Fork IPython kernels while a build has warm ones; start all others as processes of their own."""

    kernels: ClassVar[WarmKernels | None] = None  # jupyter_client creates provisioners, and passes nothing of ours

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Return the arguments of the launch, with this package on the search path of the kernel."""
        prepared = await super().pre_launch(**kwargs)
        prepared["env"]["PYTHONPATH"] = _extend_path(prepared["env"].get("PYTHONPATH", ""))
        return prepared

    def get_shutdown_wait_time(self, recommended: float = 5.0) -> float:
        """Return the seconds that a kernel has to end by itself; a busy machine needs more than is recommended.

        A kernel that is killed while it ends loses what its cells wrote to files that they left open.
        """
        return max(recommended, _ENDS_WITHIN)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel; return how to connect to it."""
        cwd = os.path.abspath(kwargs.get("cwd") or ".")
        cmd = [*cmd, _QUIET] if "ipykernel_launcher" in cmd else cmd
        forked = self.kernels and self.kernels.fork(cmd, kwargs["env"], cwd)
        if not forked:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast("subprocess.Popen[bytes]", forked)  # it has the part of it that a provisioner uses
        self.pid, self.pgid, self.cwd = forked.pid, forked.pid, cwd
        return self.connection_info


def _extend_path(path: str) -> str:
    """Return PYTHONPATH with the folder of this package, which a clone that was not installed has on no other path."""
    folders = [folder for folder in path.split(os.pathsep) if folder]
    home = str(PACKAGE.parent)
    installed = home == sysconfig.get_path("purelib")
    return path if installed or home in folders else os.pathsep.join([*folders, home])


# --- During a build ---


def start(_app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Let the notebooks among the documents to be read have warm kernels, with the libraries that they import."""
    notebooks = [*_read_notebooks(env, docnames)]
    factory = KernelProvisionerFactory.instance()
    if not notebooks or factory.default_provisioner_name not in (_NAME, _REPLACED):
        return
    ForkingProvisioner.kernels = WarmKernels(name for text in notebooks for name in find_libraries(text))
    factory.provisioners[_NAME] = EntryPoint(
        _NAME, f"{__name__}:{ForkingProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME
    )
    factory.default_provisioner_name = _NAME


def stop(_app: Sphinx, _last: object) -> None:
    """End the kernel server, once all documents are read or the build has failed."""
    if ForkingProvisioner.kernels:
        ForkingProvisioner.kernels.stop()
        ForkingProvisioner.kernels = None


def _read_notebooks(env: BuildEnvironment, docnames: Iterable[str]) -> Iterator[str]:
    for docname in docnames:
        path = Path(env.doc2path(docname))
        if is_notebook(docname, path):
            yield path.read_text("utf-8", "replace")


def is_notebook(docname: str, path: Path) -> bool:
    """Return whether a document may have cells to execute; the page of a paper has none."""
    if is_paper_page(docname):
        return False
    text = path.read_text("utf-8", "replace")
    return "{code-cell}" in text or '"nbformat"' in text


def find_libraries(notebook: str) -> Iterator[str]:
    """Yield the modules that a notebook imports and that are slow to import.

    A name may be that of a function, or come from a line of prose: then there is no such module, or it is not used.
    """
    for package, names, modules in _IMPORT.findall(notebook):
        imported = _IMPORTED.findall(names or modules)
        found = [package, *(f"{package}.{name}" for name in imported)] if package else imported
        yield from (name for name in found if name.partition(".")[0] in _LIBRARIES)
