"""Digests of the code behind cached results, so that changed code invalidates them."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
_NAME = PACKAGE.name
# `from litbook.x import (a, b)` and `import litbook.x`, at any indentation: imports inside functions and under
# TYPE_CHECKING count too.
_IMPORT = re.compile(
    rf"^[ \t]*(?:from[ \t]+({_NAME}[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)|import[ \t]+({_NAME}[\w.]*))",
    re.MULTILINE,
)
_WORD = re.compile(r"\w+")


@cache
def digest_code(*modules: str) -> str:
    """Return a digest of modules, given by dotted name, and of all modules of this package that they import.

    Imports are read from the source text rather than from `sys.modules`, so the digest does not depend on what happens
    to be loaded. Data files beside a module count as part of it.
    """
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _imports_of(name)
    paths = sorted({path for name in seen for path in _files_of(name)})
    return hashlib.sha256(b"".join(_digest_file(path) for path in paths)).hexdigest()


@cache
def _imports_of(name: str) -> frozenset[str]:
    """Return the modules of this package that a module imports, and the package that contains it."""
    path = _path_of(name)
    if path is None:
        return frozenset()
    found: set[str] = set()
    for base, names, plain in _IMPORT.findall(path.read_text("utf-8")):
        found.add(base or plain)
        found |= {f"{base}.{word}" for word in _WORD.findall(names) if base}
    parents = {name.rpartition(".")[0]} - {"", _NAME}
    return frozenset(module for module in found | parents if _path_of(module))


@cache
def _path_of(name: str) -> Path | None:
    """Return the file of a module or package of litbook; None for any other name, such as that of a function."""
    plain = PACKAGE.joinpath(*name.split(".")[1:])
    return next((path for path in (plain.with_suffix(".py"), plain / "__init__.py") if path.is_file()), None)


@cache
def _files_of(name: str) -> tuple[Path, ...]:
    """Return a module's file and the data files in the same folder."""
    path = _path_of(name)
    if path is None:
        return ()
    return (path, *_data_in(path.parent))


@cache
def _data_in(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in folder.iterdir() if path.suffix not in (".py", ".pyc") and path.is_file())


@cache
def _digest_file(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
