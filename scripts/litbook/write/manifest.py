"""What litbook wrote into a folder of generated files: only that may be written again or deleted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from litbook.core.atomic import write_text
from litbook.core.code import digest_code
from litbook.core.digests import digest_again
from litbook.core.names import find_clashes
from litbook.core.output import OutputFolder, check_name
from litbook.core.project import Project
from litbook.model.faults import Fault

_MANIFEST = ".litbook.json"
_UNKNOWN = ""  # of a file that a killed run may or may not have written


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """Hold what a file is made from, by a digest of the value, and how."""

    made_from: str
    render: Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Hold what a file was made from and the digest of its bytes; either may be unknown."""

    made_from: str
    digest: str


class GeneratedFolder:
    """A folder of generated files with a manifest, which lies in it and so is deleted with it.

    Without a manifest (a folder of an older version) the files that are to be written count as written by litbook, and
    so do those in `known`.
    """

    def __init__(self, project: Project, folder: OutputFolder, known: frozenset[str]) -> None:
        self._project = project
        self._folder = folder
        self._known = known
        self._path = folder.path / _MANIFEST
        self._code = digest_code("litbook.write.generated")
        self._before = self._read()

    def find_foreign(self, files: Mapping[str, GeneratedFile]) -> Iterator[Fault]:
        """Yield a fault for all in the folder that litbook did not write, and where two files would be one."""
        for one, other in find_clashes(map(check_name, files)):
            what = f"some file systems cannot distinguish '{other}' from '{one}'"
            yield Fault(self._name(other), 0, what, "give one of them another name")
        self._folder.check()
        ours = {*files, *self._known} if self._before is None else {*self._before}
        folders = {name.rpartition("/")[0] for name in {*ours, *files}}
        for name, is_folder in self._folder.walk():
            if name not in (folders if is_folder else ours):
                yield Fault(self._name(name), 0, "not written by litbook", "move it out of this generated folder")
        for name in (self._before or {}).keys() - files.keys():
            if self._is_edited(name):
                what = "changed since litbook wrote it, and no longer part of the review"
                yield Fault(self._name(name), 0, what, "keep what you need elsewhere, and delete the file")

    def bring_up_to_date(self, files: Mapping[str, GeneratedFile]) -> tuple[list[str], list[str]]:
        """Write the files that are not as they were written from the same value by this code, and delete old ones.

        Return the names of those written and of those deleted.
        """
        before = self._before or {}
        fresh = {name: file for name, file in files.items() if not self._is_current(name, file)}
        stale = sorted((self._known if self._before is None else before.keys()) - files.keys())
        now = {name: before[name] for name in files if name not in fresh}
        if fresh or stale or self._before is None:
            pending = dict.fromkeys(fresh, _Entry("", _UNKNOWN))
            self._save({**before, **pending})  # a run that dies has claimed what it wrote
        changed = [name for name, file in fresh.items() if self._folder.write_text(name, file.render())]
        now |= {name: _Entry(file.made_from, self._digest(name)) for name, file in fresh.items()}
        deleted = [name for name in stale if self._delete(name)]
        self._save(now)
        return changed, deleted

    def _is_current(self, name: str, file: GeneratedFile) -> bool:
        entry = (self._before or {}).get(name)
        return entry is not None and entry == _Entry(file.made_from, self._digest(name)) and bool(entry.digest)

    def _is_edited(self, name: str) -> bool:
        """Return whether a file that is there is not the one that was written."""
        known = (self._before or {})[name].digest
        return bool(known) and self._digest(name) not in ("", known)

    def _delete(self, name: str) -> bool:
        found = self._folder.find(name).is_file()
        self._folder.delete(name)
        return found

    def _digest(self, name: str) -> str:
        try:
            return digest_again(f"{self._folder.path}/{name}", partial(self._folder.find, name))
        except FileNotFoundError:
            return ""

    def _name(self, name: str) -> str:
        return f"{self._project.name(self._folder.path)}/{name}"

    def _read(self) -> dict[str, _Entry] | None:
        try:
            known = json.loads(self._path.read_text("utf-8"))
            files = {check_name(name): _Entry(*map(str, entry)) for name, entry in known["files"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):  # missing or damaged
            return None
        if known.get("code") == self._code:
            return files
        return {name: _Entry("", entry.digest) for name, entry in files.items()}

    def _save(self, entries: Mapping[str, _Entry]) -> None:
        files = {name: [entry.made_from, entry.digest] for name, entry in sorted(entries.items())}
        write_text(self._path, json.dumps({"code": self._code, "files": files}, indent=0) + "\n")
