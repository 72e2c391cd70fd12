"""Execute a notebook when its cells or the data that it reads changed, and only then.

The execution cache of myst-nb knows a notebook by its cells; when only the data changed it would serve yesterday's
figures. So the results of a notebook are forgotten as soon as a file of `book/data` that its text names has changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from litbook.project import Project

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_READS = re.compile(r"data/([\w.-]+\.\w+)")


def find_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the notebooks whose data changed, and forget their results."""
    project = Project(Path(app.srcdir))
    before: dict[str, str] = getattr(env, "litbook_notebook_data", {})
    now = dict(_digest_data(project))
    env.litbook_notebook_data = now  # type: ignore[attr-defined]
    outdated = [docname for docname, digest in now.items() if before.get(docname) != digest]
    if outdated:
        _forget_results(Path(str(app.config.nb_execution_cache_path or "")), project, outdated)
    return outdated


def _digest_data(project: Project) -> Iterator[tuple[str, str]]:
    for path in sorted((project.book / "analysis").rglob("*.md")):
        names = sorted(set(_READS.findall(path.read_text("utf-8", "replace"))))
        digest = hashlib.sha256()
        for name in names:
            digest.update(name.encode())
            digest.update((project.data / name).read_bytes() if (project.data / name).is_file() else b"")
        yield project.name(path).removesuffix(".md"), digest.hexdigest()


def _forget_results(cache_path: Path, project: Project, docnames: list[str]) -> None:
    if not (cache_path / "global.db").is_file():
        return
    from jupyter_cache import get_cache  # noqa: PLC0415 - loads a database library, and is seldom needed

    cache = get_cache(cache_path)
    stale = {str((project.root / f"{docname}.md").resolve()) for docname in docnames}
    for record in cache.list_cache_records():
        if str(Path(record.uri).resolve()) in stale:
            cache.remove_cache(record.pk)
