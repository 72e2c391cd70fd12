"""The libraries that litbook requires, and which versions of them are installed."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata

from packaging.requirements import Requirement


def list_required(requirements: Sequence[str] | None = None) -> list[Requirement]:
    """Return what litbook requires, sorted by name, without its extras.

    Without `requirements` they come from litbook's own metadata, which exist only if it was installed with pip.
    """
    if requirements is None:
        try:
            requirements = metadata.requires("litbook") or []
        except metadata.PackageNotFoundError:
            requirements = []
    wanted = [found for found in map(Requirement, requirements) if _applies(found)]
    return sorted(wanted, key=lambda found: found.name.lower())


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def version_of(name: str) -> str | None:
    """Return the installed version of a library, or None if it is missing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
