"""Find the files that a notebook names: code that it loads or imports, and tables that it reads.

A file counts if it exists at a path that the notebook, or a module that it imports, states as a string, relative to the
notebook's folder or to the root of the review; and so do all files of a folder below the notebook's own. Any other path
that is computed is not found; `book/about/editing.md` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_LOADED = re.compile(r"^\s*:(?:load|file):\s*(\S.*?)\s*$|\{(?:literalinclude|include)\}\s*(\S.*?)\s*$", re.MULTILINE)
_STRING = re.compile(
    r"(?<!\w)[rbuf]{0,2}(?:\"([^\"\n\\]{1,200})\"|'([^'\n\\]{1,200})')|^%(?:run|load)\s+(\S+)", re.MULTILINE
)
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*))", re.MULTILINE
)
_MOST_FILES = 500  # of one folder
# In a notebook of Jupyter's own format, the lines of a cell are strings with escaped quotation marks.
_ESCAPED = re.compile(r"\\(?=[\"'])|^\s*\"|\\n\",?$|\",?$", re.MULTILINE)


def find_watched(notebook: Path, root: Path) -> list[Path]:
    """Return the files that a notebook depends on besides itself, in the order of their paths."""
    text = notebook.read_text("utf-8", "replace")
    found: dict[Path, None] = {}
    _follow(_ESCAPED.sub("", text) if notebook.suffix == ".ipynb" else text, notebook.parent, root, found)
    return sorted(path for path in found if path != notebook.resolve())


def _follow(text: str, folder: Path, root: Path, found: dict[Path, None]) -> None:
    for path in (*_find_named(text, folder, root), *_find_imported(text, folder)):
        if path in found:
            continue
        found[path] = None
        if path.suffix == ".py":
            _follow(path.read_text("utf-8", "replace"), folder, root, found)


def _find_named(text: str, folder: Path, root: Path) -> Iterator[Path]:
    names = {name for match in (*_LOADED.finditer(text), *_STRING.finditer(text)) for name in match.groups() if name}
    for name in sorted(names):
        places = (folder / name, root / name.lstrip("/"))
        yield from (path.resolve() for path in places[: 1 if name.startswith("/") else 2] if _is_file(path))
        yield from _find_inside(folder / name, folder)


def _find_inside(place: Path, folder: Path) -> Iterator[Path]:
    """Yield the files in a folder below the notebook's own: what code reads from it, it may name piece by piece."""
    if not _is_folder(place) or folder.resolve() not in place.resolve().parents:
        return
    inside = [path.resolve() for path in sorted(place.iterdir()) if path.is_file() and not path.name.startswith(".")]
    yield from inside[:_MOST_FILES]


def _find_imported(text: str, folder: Path) -> Iterator[Path]:
    """Yield the modules that code imports from beside the notebook, or from a folder that it names."""
    named = {name for match in _STRING.finditer(text) for name in match.groups() if name and not name.startswith("/")}
    places = [folder, *(place for name in sorted(named) if _is_folder(place := folder / name))]
    names = {name.strip() for one, several in _IMPORT.findall(text) for name in (one or several).split(",")}
    for name in sorted(names):
        parts = name.strip(".").split(".")
        for length in range(1, len(parts) + 1):
            for place in (place.joinpath(*parts[:length]) for place in places):
                candidates = (place.with_suffix(".py"), place / "__init__.py")
                yield from (path.resolve() for path in candidates if _is_file(path))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a string that no file system takes as a path
        return False
