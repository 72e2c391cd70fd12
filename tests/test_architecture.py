"""The rules of the architecture: who may import whom, who may read and write what, how long a module may be."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from invented import PACKAGE, ROOT, SOUND

STAGES = ("ingest", "enrich", "theme", "related", "evidence", "findings", "write", "index")
# `pipeline` joins the stages. `synthetic` makes the books of the benchmark: it takes sentences apart, and reads back
# the review that it made in order to write the decisions on it.
JOINERS = {"pipeline", "synthetic"}
LONGEST = 400
FRAMEWORK = {"docutils", "jupyter_book", "jupyter_cache", "myst_nb", "myst_parser", "pydata_sphinx_theme", "sphinx",
             "sphinx_book_theme", "sphinxcontrib"}  # fmt: skip


@cache
def modules() -> dict[str, Path]:
    """Return the files of the package by the modules' names: `litbook.ingest.facts`, and `litbook` for the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("litbook", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports_of(module: str) -> frozenset[str]:
    """Return the dotted names that a module imports anywhere in its text, names after `from` included."""
    path = modules()[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return frozenset(found)


def own_imports(module: str) -> set[str]:
    return {name for name in imports_of(module) if name in modules()}


def reach(module: str) -> set[str]:
    """Return the package's modules that a module imports, by whatever way."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        for name in own_imports(waiting.pop()) - seen:
            seen.add(name)
            waiting.append(name)
    return seen


def stage_of(module: str) -> str | None:
    name = module.split(".")[1] if "." in module else ""
    return name if name in STAGES else None


def test_all_stages_are_there() -> None:
    assert {stage for module in modules() if (stage := stage_of(module))} == set(STAGES)


@pytest.mark.parametrize("module", [module for module in modules() if stage_of(module)])
def test_no_stage_reaches_another(module: str) -> None:
    assert {stage for name in reach(module) if (stage := stage_of(name))} <= {stage_of(module)}


def test_only_the_pipeline_joins_stages() -> None:
    joined = {module: {stage for name in own_imports(module) if (stage := stage_of(name))} for module in modules()}
    assert {module.removeprefix("litbook.") for module, stages in joined.items() if len(stages) > 1} == JOINERS
    assert {stage for module, stages in joined.items() if ".sphinxext" in module for stage in stages} == {"index"}
    assert joined["litbook.pipeline"] == set(STAGES) - {"index"}


@pytest.mark.parametrize("module", [module for module in modules() if not module.startswith("litbook.sphinxext")])
def test_only_sphinxext_knows_sphinx(module: str) -> None:
    known = {name for other in {module} | reach(module) for name in imports_of(other)}
    assert not {name for name in known if name.split(".")[0] in FRAMEWORK or name.startswith("litbook.sphinxext")}


@pytest.mark.parametrize("name", ["model", "citekey", "errors", "project", "names"])
def test_what_all_stand_on_reads_no_file(name: str) -> None:
    tree = ast.parse((PACKAGE / f"{name}.py").read_text("utf-8"))
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in called}
    assert not names & {"open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "is_file"}
    assert {name for name in reach(f"litbook.{name}") if stage_of(name)} == set()


def test_importing_the_whole_line_loads_nothing_of_sphinx() -> None:
    code = f"import sys, litbook.pipeline, litbook.index; print(sorted({FRAMEWORK!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", modules().values(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", sorted((ROOT / "tests").glob("*.py")), ids=lambda path: path.name)
def test_no_file_of_tests_is_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


# Watches every file that the line opens, and names the module of ours that is nearest to the call.
WATCH = """
import json, sys
from pathlib import Path

root, seen = Path(sys.argv[1]), set()

def nearest():
    frame = sys._getframe(2)
    while frame:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("litbook.") and name != "litbook.files":
            return name
        frame = frame.f_back
    return ""

def watch(event, arguments):
    known = event in {"open", "os.rename", "os.remove", "os.listdir", "os.scandir"}
    if known and isinstance(arguments[0], (str, Path)):
        path = Path(arguments[0])
        writes = event in {"os.rename", "os.remove"} or (event == "open" and set(str(arguments[1])) & set("wax+"))
        if path.is_relative_to(root) and (name := nearest()):
            seen.add((path.relative_to(root).as_posix(), bool(writes), name))

from litbook.pipeline import prepare
from litbook.project import Project
sys.addaudithook(watch)
prepare(Project(root))
print(json.dumps(sorted(seen)))
"""


def test_only_ingest_reads_the_corpus_and_only_write_writes_below_book(tmp_path: Path) -> None:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    (tmp_path / "book" / "corpus" / "ledger.jsonl").unlink()
    (tmp_path / "book" / "papers").mkdir()
    (tmp_path / "book" / "papers" / "gone.md").write_text("An invented page whose paper is gone.\n", "utf-8")
    command = [sys.executable, "-c", WATCH, str(tmp_path)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    seen = [(name, writes, module) for name, writes, module in json.loads(done.stdout) if name.startswith("book/")]
    read = {(name, module) for name, writes, module in seen if not writes and name.startswith("book/corpus/")}
    assert {name for name, _ in read} >= {
        f"book/corpus/{name}" for name in ("themes.yml", "decisions.csv", "facts.jsonl")
    }
    assert {module.split(".")[1] for _, module in read} == {"ingest"}
    written = {(name, module) for name, writes, module in seen if writes}
    assert {module for _, module in written} == {"litbook.write"}
    assert "book/papers/gone.md" in {name for name, _ in written}
    folders = {Path(name).parent.as_posix() for name, _ in written if name != "book/papers/gone.md"}
    assert folders == {"book/papers", "book/data", "book/data/themes", "book/corpus"}
