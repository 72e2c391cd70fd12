"""The rules of the architecture: who may import whom, who may read and write what, how long a module may be.

A rule is one test, which lists all that breaks it: a test for each of a thousand files would take longer to start than
to run.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from invented import PACKAGE, ROOT, SOUND

# Each layer may import those before it; modules of one layer import no other room of the same layer.
LAYERS = (
    ("core",),
    ("model",),
    ("text",),
    ("ingest", "enrich", "theme", "analyse", "write"),
    ("pipeline", "figures"),
    ("site",),
    ("sphinxext",),
    ("desk",),
    ("commands",),
    ("__main__",),
)
STAGES = LAYERS[3]
SHARED_SLICES = {"build", "lists"}
MOST_ENTRIES = 16
MOST_FILES = 20
LONGEST = 400
FRAMEWORK = {"docutils", "jupyter_book", "jupyter_cache", "myst_nb", "myst_parser", "pydata_sphinx_theme", "sphinx",
             "sphinx_book_theme", "sphinx_design", "sphinxcontrib"}  # fmt: skip


@cache
def modules() -> dict[str, Path]:
    """Return the files of the package by the dotted names of their modules."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("litbook", *path.relative_to(PACKAGE).with_suffix("").parts)
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def read_module(module: str) -> str:
    return modules()[module].read_text("utf-8")


@cache
def walk_module(module: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(read_module(module))))


def name_call(call: ast.Call) -> str:
    """Return the last name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@cache
def imports_of(module: str) -> frozenset[str]:
    """Return the dotted names that a module imports anywhere in its text, names after `from` included."""
    path = modules()[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in walk_module(module):
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


def room_of(module: str) -> str:
    """Return the part of the package in which a module is: `ingest` for `litbook.ingest.formats.ris`."""
    return module.split(".")[1] if "." in module else ""


def layer_of(module: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room_of(module) in rooms)


def slice_of(module: str) -> str:
    return module.split(".")[2] if module.startswith("litbook.site.") else ""


ROOMED = [module for module in modules() if room_of(module)]


def test_every_module_is_in_a_room_of_the_map() -> None:
    assert {room_of(module) for module in ROOMED} == {room for rooms in LAYERS for room in rooms}


def test_no_module_imports_a_later_layer_or_another_room_of_its_own() -> None:
    assert [
        f"{module} imports {name}"
        for module in ROOMED
        for name in sorted(own_imports(module))
        if room_of(name) and room_of(name) != room_of(module) and layer_of(name) >= layer_of(module)
    ] == []


def test_no_slice_imports_another_but_lists_and_build() -> None:
    assert [
        f"{module} imports {name}"
        for module in modules()
        for name in sorted(own_imports(module))
        if slice_of(module) and slice_of(name) not in {"", slice_of(module), *SHARED_SLICES}
    ] == []


# What changes how other libraries work, instead of asking their public extension points.
PATCHING = ("events.listeners", "registry.transforms", "registry.post_transforms", "__globals__", "monkeypatch")
# Where a value of ours is stored on an object of Sphinx, behind one typed function each.
STORES = {f"litbook.site.build.{name}" for name in ("assets", "faults", "review", "state")}


def find_patches(module: str) -> list[str]:
    """Return the words by which a module patches, or the names of the libraries whose attributes it sets."""
    text = read_module(module)
    foreign = {
        alias.asname or alias.name.split(".")[0]
        for node in walk_module(module)
        if isinstance(node, ast.Import)
        for alias in node.names
        if not alias.name.startswith("litbook")
    }
    assigned = {
        target.value.id
        for node in walk_module(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)
    }
    stored = ["setattr("] if "setattr(" in text and module not in STORES else []
    return [word for word in PATCHING if word in text] + stored + sorted(foreign & assigned)


def test_no_code_of_another_library_is_patched() -> None:
    found = {module: find_patches(module) for module in modules() if room_of(module) in ("site", "sphinxext")}
    assert {module: patches for module, patches in found.items() if patches} == {}


def test_the_package_has_few_entries() -> None:
    entries = {path.name for path in PACKAGE.iterdir() if not path.name.startswith((".", "__pycache__"))}
    assert len(entries) <= MOST_ENTRIES, sorted(entries)


def test_no_folder_is_crowded() -> None:
    sources = [path for path in PACKAGE.rglob("*.*") if path.suffix in (".py", ".js", ".cjs", ".css", ".html")]
    sizes = Counter(path.parent for path in sources if path.is_file())
    assert {folder: size for folder, size in sizes.items() if size > MOST_FILES and folder.name != "formats"} == {}


def test_only_the_site_knows_sphinx() -> None:
    below = [module for module in ROOMED if layer_of(module) < layer_of("litbook.site")]
    assert [
        f"{other} imports {name}"
        for other in sorted({*below, *(name for module in below for name in reach(module))})
        for name in sorted(imports_of(other))
        if name.split(".")[0] in FRAMEWORK or name.startswith("litbook.sphinxext")
    ] == []


FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "glob", "rglob", "is_file"}


def test_models_and_texts_read_no_file() -> None:
    assert [
        f"{module} calls {name}"
        for module in modules()
        if room_of(module) in ("model", "text")
        for node in walk_module(module)
        if isinstance(node, ast.Call) and (name := name_call(node)) in FILE_CALLS
    ] == []


# What writes files otherwise than through `core.atomic`, and why that harms no one's files.
WRITERS = {
    "analyse.history.commits",  # a copy of an earlier version in a temporary folder
    "core.atomic",  # the way itself
    "desk.builder",  # the log of a process, below the cache
    "site.search.index.english",  # makes a file of this package, run by hand
    "write.manifest",  # through `core.output`, which asks `core.atomic`
}
COPIERS = {"commands.added_sources", "commands.publishing.earlier", "commands.theming.draft"}  # to temporary folders
CONTENT = {"write_text", "write_bytes", "copytree", "copyfile", "symlink_to"}
_MODES = set("wax+")


def names_write(call: ast.Call) -> str:
    """Return the name by which a call gives content to a file itself, or nothing."""
    given = [value.value for value in call.args if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    name = name_call(call)
    if name == "open":
        return name if any(len(value) < 4 and set(value) & _MODES for value in given) else ""
    return name if name in CONTENT and isinstance(call.func, ast.Attribute) else ""


def test_files_are_written_through_one_door() -> None:
    assert [
        f"{module} calls {name}"
        for module in ROOMED
        if ".benchmarks" not in module and module.removeprefix("litbook.") not in WRITERS
        for node in walk_module(module)
        if isinstance(node, ast.Call) and (name := names_write(node))
        if module.removeprefix("litbook.") not in COPIERS or name not in {"copytree", "copyfile"}
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stages", "heavy"),
    [
        ("litbook.pipeline, litbook.figures", FRAMEWORK),
        # A build that finds all results in its cache has no use for these, and they take most of a second to load.
        ("litbook.pipeline", {"numpy", "scipy", "litbook.ingest.formats.choice", "litbook.analyse.findings.stated"}),
    ],
)
def test_importing_the_whole_line_does_not_load(stages: str, heavy: frozenset[str]) -> None:
    code = f"import sys, {stages}; print(sorted({heavy!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("folder", [PACKAGE, ROOT / "tests"], ids=lambda folder: folder.name)
def test_no_module_is_long(folder: Path) -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in folder.rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


# Watches every file that the line opens, and names the module of ours that is nearest to the call.
WATCH = """
import json, sys
from pathlib import Path

root, seen = Path(sys.argv[1]), set()
unseen = {"litbook.core.atomic", "litbook.core.code", "litbook.core.output"}

def nearest():
    frame = sys._getframe(2)
    while frame:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("litbook.") and name not in unseen:
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
from litbook.core.project import Project
sys.addaudithook(watch)
prepare(Project(root))
print(json.dumps(sorted(seen)))
"""


@pytest.mark.slow
def test_only_ingest_reads_the_corpus_and_only_write_writes_below_book(tmp_path: Path) -> None:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    (tmp_path / "book" / "corpus" / "ledger.jsonl").unlink()
    (tmp_path / "book" / "papers").mkdir()
    (tmp_path / "book" / "papers" / "gone.md").write_text("An invented page whose paper is gone.\n", "utf-8")
    manifest = {"code": "", "files": {"gone.md": ["", ""]}}
    (tmp_path / "book" / "papers" / ".litbook.json").write_text(json.dumps(manifest), "utf-8")
    command = [sys.executable, "-c", WATCH, str(tmp_path)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    seen = [(name, writes, module) for name, writes, module in json.loads(done.stdout) if name.startswith("book/")]
    read = {(name, module) for name, writes, module in seen if not writes and name.startswith("book/corpus/")}
    assert {name for name, _ in read} >= {
        f"book/corpus/{name}" for name in ("themes.yml", "decisions.csv", "facts.jsonl")
    }
    assert {room_of(module) for _, module in read} == {"ingest"}
    written = {(name, module) for name, writes, module in seen if writes}
    assert {module for _, module in written} == {"litbook.write.generated", "litbook.write.manifest"}
    assert "book/papers/gone.md" in {name for name, _ in written}
    folders = {Path(name).parent.as_posix() for name, _ in written if name != "book/papers/gone.md"}
    assert folders == {"book/papers", "book/data", "book/data/themes", "book/corpus"}
