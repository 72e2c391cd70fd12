"""What users build upon, as it is now: commands with their options, and the functions that notebooks of reviews call.

`python tests/support/interfaces.py` records it in `tests/stable` for a release; `tests/test_stable.py` compares.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import griffe

from litbook.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
STABLE = ROOT / "tests/stable"
_NOTEBOOKS = (SCRIPTS / "litbook/commands/skeleton/book/analysis", SCRIPTS / "litbook/commands/columns")
_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OPTIONS = re.compile(r"\A(?::[^\n]*\n|---\n.*?^---\n)*", re.MULTILINE | re.DOTALL)


def describe_commands() -> dict[str, Any]:
    """Return the commands by name, each with its parameters: what can be written, and how it is understood."""
    assert isinstance(main, click.Group)
    return {name: _describe(command) for name, command in sorted(_walk(main, ""))}


def _walk(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _walk(command, f"{before}{name} ")
        elif not command.hidden:
            yield f"{before}{name}", command


def _describe(command: click.Command) -> dict[str, Any]:
    described: dict[str, Any] = {}
    for parameter in command.params:
        names = sorted([*parameter.opts, *parameter.secondary_opts])
        known: dict[str, Any] = {"required": parameter.required, "many": parameter.multiple or parameter.nargs != 1}
        if isinstance(parameter, click.Option):
            takes = "none" if parameter.is_flag or parameter.count else "needed"
            known["value"] = "optional" if takes == "needed" and isinstance(parameter.flag_value, int) else takes
        if isinstance(parameter.type, click.Choice):
            known["choices"] = sorted(map(str, parameter.type.choices))
        described[" ".join(names)] = known
    return described


def list_called() -> dict[str, set[str]]:
    """Return what notebooks of reviews use of `litbook.figures`: names by the module, "" for the package itself."""
    used: dict[str, set[str]] = {}
    for path in (path for folder in _NOTEBOOKS for path in sorted(folder.glob("*.md"))):
        cells = "\n".join(_OPTIONS.sub("", cell) for cell in _CELL.findall(path.read_text("utf-8")))
        tree = ast.parse(cells)
        modules: dict[str, str] = {}
        for module, name in _list_imports(tree):
            if _is_module(whole := f"{module}.{name}".strip(".")):
                modules[name] = whole
            else:
                used.setdefault(module, set()).add(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
                used.setdefault(modules[node.value.id], set()).add(node.attr)
    return {module.removeprefix("figures").strip("."): names for module, names in used.items()}


def _list_imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield module, below `litbook`, and name of what is imported from litbook."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "litbook":
            yield from ((node.module.removeprefix("litbook").strip("."), name.name) for name in node.names)


def _is_module(name: str) -> bool:
    path = SCRIPTS / "litbook" / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def load_package(folder: Path) -> griffe.Module:
    """Return the package as griffe reads it from source code or stubs, which are not run."""
    loaded = griffe.load("litbook", search_paths=[str(folder)], allow_inspection=False, resolve_aliases=True)
    assert isinstance(loaded, griffe.Module)
    return loaded


def record() -> None:
    """Write the commands and the signatures of what notebooks call, as they are now."""
    commands = json.dumps(describe_commands(), indent=1, ensure_ascii=False)
    (STABLE / "commands.json").write_text(f"{commands}\n", "utf-8")
    package = load_package(SCRIPTS)
    for module, names in sorted(list_called().items()):
        _record_module(package, f"figures.{module}".rstrip("."), names)


def _record_module(package: griffe.Module, module: str, names: set[str]) -> None:
    lines = [_write_stub(package[f"{module}.{name}"], name) for name in sorted(names)]
    path = STABLE / "litbook" / module.replace(".", "/")
    is_package = (SCRIPTS / "litbook" / module.replace(".", "/")).is_dir()
    path = path / "__init__.pyi" if is_package else path.with_suffix(".pyi")
    for folder in [path.parent, *path.parent.relative_to(STABLE / "litbook").parents]:
        here = STABLE / "litbook" / folder
        here.mkdir(parents=True, exist_ok=True)
        (here / "__init__.pyi").touch()
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _write_stub(value: griffe.Object | griffe.Alias, name: str) -> str:
    target = value.final_target if isinstance(value, griffe.Alias) else value
    if isinstance(target, griffe.Function):
        return f"def {target.signature(name=name)}: ..."
    assert isinstance(target, griffe.Attribute)
    return f"{name} = {target.value}"


if __name__ == "__main__":
    record()
