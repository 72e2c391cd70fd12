"""Report the versions of the libraries that litbook needs, and which are out of bounds."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from packaging.requirements import Requirement

import litbook
from litbook.core.installed import list_required, version_of
from litbook.sphinxext.patches import PATCHES, Patch


@dataclass(frozen=True, slots=True)
class Library:
    """A required library, the versions that litbook declares, and the installed one, or None if it is missing."""

    name: str
    bounds: str
    installed: str | None

    @property
    def is_sound(self) -> bool:
        """Return whether the library is installed within its bounds."""
        return self.installed is not None and Requirement(f"x{self.bounds}").specifier.contains(
            self.installed, prereleases=True
        )


def find_libraries(requirements: Sequence[str] | None = None) -> tuple[Library, ...]:
    """Return the libraries that litbook requires, sorted by name, without those of its extras.

    Without `requirements` they come from litbook's own metadata, which exist only if it was installed with pip.
    """
    return tuple(
        Library(found.name, str(found.specifier), version_of(found.name)) for found in list_required(requirements)
    )


def render_report(libraries: Sequence[Library], patches: Sequence[Patch] = PATCHES) -> str:
    """Return the report as text: Python and litbook, each library, and each patch of other libraries."""
    lines = [f"litbook {litbook.__version__}, Python {platform.python_version()}", ""]
    width = max((len(library.name) for library in libraries), default=0)
    lines += [
        f"{library.name:<{width}}  {library.installed or 'missing':<12} {_judge(library)}" for library in libraries
    ]
    wrong = [library for library in libraries if not library.is_sound]
    lines += ["", _sum_up(len(libraries), len(wrong)), *_list_patches(patches)]
    return "\n".join(lines) + "\n"


def _judge(library: Library) -> str:
    if library.is_sound:
        return f"ok ({library.bounds or 'any version'})"
    fix = f"pip install '{library.name}{library.bounds}'"
    return f"OUT OF BOUNDS: needs {library.bounds}; run {fix}" if library.installed else f"MISSING: run {fix}"


def _sum_up(total: int, wrong: int) -> str:
    return (
        f"All {total} libraries are within bounds." if not wrong else f"{wrong} of {total} libraries are out of bounds."
    )


def _list_patches(patches: Sequence[Patch]) -> Iterator[str]:
    if not patches:
        yield "No code of another library is patched."
        return
    yield f"Patched places in other libraries: {len(patches)}"
    for patch in patches:
        yield f"  {patch.target} ({patch.versions}): {patch.reason}; saves {patch.saves}"
