"""Notebooks run in kernels that are forked from a warm process: nothing leaks, and nothing else behaves differently."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import psutil
import pytest
from invented import PACKAGE
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

from litbook.site.notebooks import kernel_server, kernels
from litbook.site.notebooks.kernels import ForkingProvisioner, WarmKernels, find_libraries

pytestmark = [
    pytest.mark.slow,  # each starts kernels, and waits for them
    pytest.mark.skipif(not kernels.CAN_FORK, reason="kernels are not forked on this system"),
]

Run = Callable[..., list[str]]


class Documents:
    """Know the files of documents, as Sphinx's environment does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def doc2path(self, docname: str) -> str:
        return str(self.folder / f"{docname}.md")


@contextmanager
def build_with_notebooks(folder: Path) -> Iterator[Run]:
    """Give a function that executes cells in a kernel of a build and returns what they print."""
    (folder / "made-up.md").write_text("```{code-cell}\nimport matplotlib, numpy.random\n```\n", "utf-8")
    default = KernelProvisionerFactory.instance().default_provisioner_name
    others = ForkingProvisioner.kernels
    kernels.start(None, Documents(folder), ["made-up"])  # type: ignore[arg-type]

    def execute(*cells: str, folder: Path = folder, timeout: int = 120, config: Config | None = None) -> list[str]:
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "python3", "display_name": "invented"}},
        )
        env = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}  # others stay
        resources = {"metadata": {"path": str(folder)}}
        NotebookClient(notebook, resources=resources, timeout=timeout, config=config).execute(env=env)
        return ["".join(output.get("text", "") for output in cell.outputs).strip() for cell in notebook.cells]

    try:
        yield execute
    finally:
        kernels.stop(None, None)  # type: ignore[arg-type]
        ForkingProvisioner.kernels = others
        KernelProvisionerFactory.instance().default_provisioner_name = default


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Execute cells in kernels of one server, as in one build."""
    with build_with_notebooks(tmp_path_factory.mktemp("build")) as execute:
        yield execute


def has_ended(pid: int) -> bool:
    """Return whether a process has ended, though its parent may not have asked for its exit code."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


LEFT_BEHIND = """
import os, random, sys, warnings
import matplotlib, numpy
mine = 1
os.chdir("/")
os.environ["INVENTED"] = "1"
sys.path.append("/invented")
matplotlib.rcParams["font.size"] = 99
warnings.filterwarnings("ignore", "an invented message")
random.seed(0)
numpy.random.seed(0)
"""
LOOK = """
import os, random, sys, warnings
import matplotlib, numpy
print("mine" in globals(), os.getcwd(), "INVENTED" in os.environ, "/invented" in sys.path,
      matplotlib.rcParams["font.size"] == 99, any("an invented message" in str(rule) for rule in warnings.filters))
"""
DRAW = "import random, numpy\nprint(random.random(), numpy.random.random())"


def test_a_notebook_sees_nothing_of_another(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    run(LEFT_BEHIND)
    assert run(LOOK, folder=other) == [f"False {other} False False False False"]


def test_two_notebooks_draw_different_random_numbers(run: Run) -> None:
    one, other = (run(DRAW)[0].split() for _ in range(2))
    assert one[0] != other[0]
    assert one[1] != other[1]


def test_kernels_have_the_libraries_that_the_notebooks_name_and_no_other(run: Run) -> None:
    code = "import os, sys; print('numpy' in sys.modules, 'pandas' in sys.modules, os.getppid())"
    one, other = run(code)[0].split(), run(code)[0].split()
    assert one[:2] == ["True", "False"]
    assert one == other  # of one parent
    assert int(one[2]) != os.getpid()


def test_magics_and_the_shell_work_as_in_any_kernel(run: Run) -> None:
    assert run("%matplotlib inline\n!echo shell", "%%bash\necho magic", "import sys; print(sys.argv[0][-11:])") == [
        "shell", "magic", "launcher.py",
    ]  # fmt: skip


def test_this_package_is_found_in_a_clone_that_was_not_installed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert run("import litbook; print(litbook.__file__)") == [str(PACKAGE / "__init__.py")]


def test_a_file_that_a_cell_left_open_is_whole(run: Run, tmp_path: Path) -> None:
    run("import sys; sys.left = open('left.txt', 'w'); n = sys.left.write('every word')", folder=tmp_path)
    assert (tmp_path / "left.txt").read_text() == "every word"


def test_a_kernel_may_take_its_time_to_end(run: Run, tmp_path: Path) -> None:
    left = "import atexit, sys, time; sys.left = open('left.txt', 'w'); n = sys.left.write('every word')"
    hasty = Config(KernelManager={"shutdown_wait_time": 0.2})
    run(left, "atexit.register(time.sleep, 0.5)", folder=tmp_path, config=hasty)
    assert (tmp_path / "left.txt").read_text() == "every word"


def test_a_failing_cell_is_reported_with_its_traceback(run: Run) -> None:
    with pytest.raises(CellExecutionError, match=r"(?s)cranes = 1 / 0.*ZeroDivisionError"):
        run("folded = 1", "cranes = 1 / 0")


def test_a_kernel_that_dies_is_reported_and_the_next_one_runs(run: Run) -> None:
    with pytest.raises(DeadKernelError):
        run("import os; os._exit(3)")
    assert run("print(1)") == ["1"]


def test_a_cell_that_takes_too_long_is_reported_and_its_kernel_ends(run: Run, tmp_path: Path) -> None:
    cell = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)"
    with pytest.raises(CellTimeoutError):
        run(cell, folder=tmp_path, timeout=2)
    assert has_ended(int((tmp_path / "pid").read_text()))


def test_a_server_that_was_killed_is_done_without(tmp_path: Path) -> None:
    parent = "import os; print(os.getppid())"
    with build_with_notebooks(tmp_path) as run:
        server = int(run(parent)[0])
        psutil.Process(server).kill()
        assert run(parent) == [str(os.getpid())]


def start_kernel(warm: WarmKernels, folder: Path, *options: str, **env: str) -> kernels.ForkedKernel | None:
    command = [sys.executable, *options, "-m", "ipykernel_launcher", "-f", str(folder / "connection.json")]
    return warm.fork(command, {**os.environ, "PYTHONPATH": str(PACKAGE.parent), **env}, str(folder))


class Channel(list[str]):
    """Requests to a server, which ends after them, and whose answers are not read."""

    def write(self, _answer: str) -> None:
        pass

    def flush(self) -> None:
        pass


def test_a_kernel_that_does_not_yet_lead_a_group_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    with subprocess.Popen(["sleep", "600"]) as forked:
        monkeypatch.setattr(os, "fork", lambda: forked.pid)
        try:
            assert kernel_server._serve(Channel(['{"arguments": []}'])) is None
            assert forked.wait(60) == -9
        finally:
            forked.kill()


def test_kernels_end_with_the_server_and_the_server_with_the_build(tmp_path: Path) -> None:
    warm = WarmKernels(())
    kernel = start_kernel(warm, tmp_path)
    assert kernel
    parent = psutil.Process(kernel.pid).parent()
    assert parent
    assert kernel.poll() is None
    psutil.Process(kernel.pid).suspend()  # in a long computation it might not notice that its parent has ended
    warm.stop()
    assert has_ended(parent.pid)
    psutil.wait_procs([psutil.Process(kernel.pid)] if psutil.pid_exists(kernel.pid) else [], timeout=60)
    assert has_ended(kernel.pid)
    assert kernel.poll() == -9


def test_other_commands_and_environments_are_left_to_jupyter(tmp_path: Path) -> None:
    warm = WarmKernels(())
    try:
        assert start_kernel(warm, tmp_path)
        assert start_kernel(warm, tmp_path, INVENTED="1") is None
        assert start_kernel(warm, tmp_path, "-O") is None
        assert warm.fork(["/invented/python", "-m", "ipykernel_launcher", "-f", "x"], os.environ, "/") is None
        assert warm.fork([sys.executable, "-m", "invented_kernel", "-f", "x"], os.environ, "/") is None
        assert warm.fork(["R", "--slave", "-e", "IRkernel::main()"], os.environ, "/") is None
    finally:
        warm.stop()


@pytest.mark.parametrize("import_", ["print('a licence')", "import warnings; warnings.warn('deprecated', UserWarning)"])
def test_what_a_library_prints_when_imported_is_kept_for_the_notebooks(import_: str, tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text(import_, "utf-8")
    path = os.pathsep.join([str(PACKAGE.parent), str(tmp_path)])
    assert start_kernel(WarmKernels({"loud"}), tmp_path, PYTHONPATH=path) is None


def test_a_library_that_is_missing_is_left_to_the_notebook_to_report(tmp_path: Path) -> None:
    warm = WarmKernels({"litbook.invented"})
    assert start_kernel(warm, tmp_path)
    warm.stop()


def test_where_no_notebook_is_read_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Cranes\n\nimport numpy\n", "utf-8")
    before = ForkingProvisioner.kernels
    kernels.start(None, Documents(tmp_path), ["page", "book/papers/nobody2031tides"])  # type: ignore[arg-type]
    assert ForkingProvisioner.kernels is before


@pytest.mark.parametrize(
    ("line", "modules"),
    [
        ("import pandas as pd", {"pandas"}),
        ("import os, numpy as np, scipy.stats", {"numpy", "scipy.stats"}),
        ("    from matplotlib import pyplot as plt", {"matplotlib", "matplotlib.pyplot"}),
        ("from litbook.figures import bridges, read_papers", {
            "litbook.figures", "litbook.figures.bridges", "litbook.figures.read_papers",
        }),
        ("from sklearn.manifold import (TSNE,", {"sklearn.manifold", "sklearn.manifold.TSNE"}),
        ('    "import pandas as pd\\n",', {"pandas"}),
        ("import pandasql, my_numpy", set()),
        ("Papers import numpy ideas", set()),
    ],
)  # fmt: skip
def test_libraries_are_found_in_the_imports_of_a_notebook(line: str, modules: set[str]) -> None:
    assert set(find_libraries(f"# A chart\n\n{line}\nx = 1\n")) == modules
