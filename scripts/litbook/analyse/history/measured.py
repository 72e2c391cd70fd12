"""Read the committed figures of litbook's own commands, each with the commit that holds it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from litbook.analyse.history.version import COMMIT_LENGTH, ask_commits, ask_git
from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.measured import Measured, Table
from litbook.model.pages import Page

FILES = "tests/*-figures.json"
_NAME = "measured"  # of the role and the directive


def read_measured(project: Project) -> dict[str, Measured]:
    """Return what was measured by its name, which is the file's: `prose` for `tests/prose-figures.json`."""
    paths = sorted(project.root.glob(FILES))
    commits = _find_commits(project) if paths else {}
    return {name: _read(project, path, commits) for path in paths if (name := name_of(path))}


def check_measured(project: Project, pages: Iterable[Page]) -> Iterator[Fault]:
    """Yield the roles and directives on pages that name figures which no file of figures holds.

    A review of which nothing was measured says so on its pages, and has no fault.
    """
    asked = [(page, role.line, *_split(role.text)) for page in pages for role in page.roles if role.name == _NAME]
    asked += [(page, item.line, item.argument, "") for page in pages for item in page.directives if item.name == _NAME]
    paths = {name_of(path): path for path in project.root.glob(FILES)} if asked else {}
    for page, line, name, key in asked if paths else ():
        if name not in paths:
            remedy = nearest(name, paths) or f"there are: {', '.join(sorted(paths))}"
            yield Fault(f"book/{page.file}", line, f"nothing was measured under '{name}'", remedy)
        elif key and key not in (values := _read(project, paths[name], {}).values):
            remedy = nearest(key, values) or f"there are: {', '.join(values)}"
            yield Fault(f"book/{page.file}", line, f"unknown figure '{key}' of '{name}'", remedy)


def _split(text: str) -> tuple[str, str]:
    name, _, key = " ".join(text.split()).partition(" ")
    return name, key


def name_of(path: Path) -> str:
    """Return the name of what a file holds."""
    return path.name.removesuffix("-figures.json")


def _read(project: Project, path: Path, commits: dict[str, str]) -> Measured:
    file = project.name(path)
    try:
        saved = json.loads(path.read_text("utf-8"))
        return Measured(
            name=name_of(path),
            what=saved["what"],
            command=saved["command"],
            date=saved["date"],
            repeated=saved.get("repeated", ""),
            commit=commits.get(file, ""),
            values=saved.get("values", {}),
            tables={key: _read_table(table) for key, table in saved.get("tables", {}).items()},
        )
    except (ValueError, KeyError, TypeError) as error:
        remedy = "measure again, with --save, or delete the file"
        raise CorpusError([Fault(file, 0, f"invalid figures ({error})", remedy)]) from None


def _read_table(table: dict[str, Iterable[Iterable[str]]]) -> Table:
    return Table(tuple(map(str, table["heads"])), tuple(tuple(row) for row in table["rows"]))


def _find_commits(project: Project) -> dict[str, str]:
    """Return the last commit of each file of figures that is committed as it is."""
    log = ask_commits(project, "log", "--format=commit %H", "--name-only", "--relative", "--", f":(glob){FILES}")
    found: dict[str, str] = {}
    commit = ""
    for line in log.splitlines():
        if line.startswith("commit "):
            commit = line.removeprefix("commit ")[:COMMIT_LENGTH]
        elif line:
            found.setdefault(line, commit)
    changed = ask_git(project, "diff", "HEAD", "--name-only", "--relative", "--", f":(glob){FILES}").splitlines()
    return {file: commit for file, commit in found.items() if file not in changed}
