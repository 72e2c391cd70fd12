"""Execute a notebook when its cells or the data that it reads changed, and only then.

The execution cache of myst-nb knows a notebook by its cells; when only the data changed it would serve yesterday's
figures. So the results of a notebook are forgotten as soon as a file that it names, loads or imports has changed, or,
where it names columns after a file of `book/data` (`read_papers("../data/papers.csv", ["theme", "year"])`), one of
these; and as soon as the modules that draw for the notebooks have.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.core.atomic import write_text
from litbook.core.code import PACKAGE, digest_code
from litbook.core.project import Project
from litbook.site.notebooks.watched import find_watched

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_DIGESTS = "litbook-data.json"
_READS = re.compile(r"""data/([\w.-]+\.\w+)(?:["'],\s*\[([\w\s"',-]*)\])?""")


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the notebooks whose data changed, and forget their results."""
    project = Project(Path(app.srcdir))
    path = cache_path_of(env) / _DIGESTS
    before = _read_digests(path)
    now = dict(digest_data(project))
    outdated = [docname for docname, digest in now.items() if before.get(docname) != digest]
    if outdated:
        forget_results(path.parent, outdated)
        write_text(path, json.dumps(now, indent=1))
    return outdated


def forget_digests(env: BuildEnvironment, docnames: Collection[str]) -> None:
    """Let the next build find these notebooks outdated again: this one does not read them."""
    path = cache_path_of(env) / _DIGESTS
    known = _read_digests(path)
    if kept := known.keys() & docnames:
        write_text(path, json.dumps({name: digest for name, digest in known.items() if name not in kept}, indent=1))


def _read_digests(path: Path) -> Mapping[str, str]:
    """Return the digests of the data from which the remembered results were made; they lie beside the results."""
    try:
        return cast(Mapping[str, str], json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def digest_data(project: Project) -> Iterator[tuple[str, str]]:
    """Yield each notebook, by its document name, with a digest of the data that it reads."""
    folder = project.book / "analysis"
    find_table = cache(lambda name: _Table(project.data / name))
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.ipynb"))):
        digest = hashlib.sha256(_digest_figures().encode())
        for other in find_watched(path, project.root):
            if not other.is_relative_to(project.data.resolve()):  # those are next, by their columns
                digest.update(f"{other.name}\n".encode())
                digest.update(other.read_bytes())
        for name, columns in sorted(set(_READS.findall(path.read_text("utf-8", "replace")))):
            digest.update(f"{name} {columns}\n".encode())
            digest.update(find_table(name).digest_columns(tuple(re.findall(r"[\w-]+", columns))))
        yield project.name(path).removesuffix(path.suffix), digest.hexdigest()


def _digest_figures() -> str:
    return digest_code(*(f"litbook.figures.{path.stem}" for path in sorted((PACKAGE / "figures").glob("*.py"))))


# Of columns of tables: by the table's digest and the columns. Most builds of a preview leave all tables as they are.
_COLUMNS: dict[tuple[bytes, tuple[str, ...]], bytes] = {}


class _Table:
    """A CSV or JSON file of `book/data`, parsed at most once; one that is missing has no rows."""

    def __init__(self, path: Path) -> None:
        self._is_json = path.suffix == ".json"
        self._content = path.read_bytes() if path.is_file() else b""
        self._digest = hashlib.sha256(self._content).digest()

    def digest_columns(self, columns: tuple[str, ...]) -> bytes:
        """Return the digest of these columns, or of the whole file if none are named."""
        if not columns:
            return self._digest
        key = self._digest, columns
        if key not in _COLUMNS:
            cut = repr([[row.get(column) for column in columns] for row in self._rows])
            _COLUMNS[key] = hashlib.sha256(cut.encode("utf-8", "surrogatepass")).digest()
        return _COLUMNS[key]

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        text = self._content.decode("utf-8")
        return json.loads(text or "[]") if self._is_json else list(csv.DictReader(text.splitlines(keepends=True)))


def cache_path_of(env: BuildEnvironment) -> Path:
    """Return where myst-nb keeps results in this build; its setting is empty where it chose the place itself."""
    return Path(cast(Any, env).mystnb_config.execution_cache_path)


def forget_results(cache_path: Path, docnames: list[str]) -> None:
    """Delete the results of these notebooks from the execution cache, if there is one."""
    if not (cache_path / "global.db").is_file():
        return
    from jupyter_cache import get_cache  # noqa: PLC0415 - loads a database library, and is seldom needed

    cache = get_cache(cache_path)
    # By the ends of their paths: these are absolute, and the folder of the review may have had another name.
    stale = tuple(f"/{docname}" for docname in docnames)
    for record in cache.list_cache_records():
        if Path(record.uri).with_suffix("").as_posix().endswith(stale):
            cache.remove_cache(record.pk)
