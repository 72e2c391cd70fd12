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
from collections.abc import Iterator, Mapping, Sequence
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
        _forget_results(path.parent, project, outdated)
        write_text(path, json.dumps(now, indent=1))
    return outdated


def _read_digests(path: Path) -> Mapping[str, str]:
    """Return the digests of the data from which the remembered results were made; they lie beside the results."""
    try:
        return cast(Mapping[str, str], json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def digest_data(project: Project) -> Iterator[tuple[str, str]]:
    """Yield each notebook, by its document name, with a digest of the data that it reads."""
    folder = project.book / "analysis"
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.ipynb"))):
        digest = hashlib.sha256(_digest_figures().encode())
        for other in find_watched(path, project.root):
            if not other.is_relative_to(project.data.resolve()):  # those are next, by their columns
                digest.update(f"{other.name}\n".encode())
                digest.update(other.read_bytes())
        for name, columns in sorted(set(_READS.findall(path.read_text("utf-8", "replace")))):
            content = (project.data / name).read_bytes() if (project.data / name).is_file() else b""
            digest.update(f"{name} {columns}\n".encode())
            digest.update(_cut(name, content, re.findall(r"[\w-]+", columns)) if columns else content)
        yield project.name(path).removesuffix(path.suffix), digest.hexdigest()


def _digest_figures() -> str:
    return digest_code(*(f"litbook.figures.{path.stem}" for path in sorted((PACKAGE / "figures").glob("*.py"))))


def _cut(name: str, table: bytes, columns: Sequence[str]) -> bytes:
    """Return the columns of a CSV or JSON file, as one text."""
    text = table.decode("utf-8")
    rows = json.loads(text or "[]") if name.endswith(".json") else csv.DictReader(text.splitlines(keepends=True))
    return repr([[row.get(column) for column in columns] for row in rows]).encode("utf-8", "surrogatepass")


def cache_path_of(env: BuildEnvironment) -> Path:
    """Return where myst-nb keeps results in this build; its setting is empty where it chose the place itself."""
    return Path(cast(Any, env).mystnb_config.execution_cache_path)


def _forget_results(cache_path: Path, project: Project, docnames: list[str]) -> None:
    if not (cache_path / "global.db").is_file():
        return
    from jupyter_cache import get_cache  # noqa: PLC0415 - loads a database library, and is seldom needed

    cache = get_cache(cache_path)
    stale = {str((project.root / docname).resolve()) for docname in docnames}
    for record in cache.list_cache_records():
        if str(Path(record.uri).resolve().with_suffix("")) in stale:
            cache.remove_cache(record.pk)
