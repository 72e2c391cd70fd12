"""What the build remembers from one run to the next, in one typed value on Sphinx's environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_NAME = "litbook_state"


@dataclass(slots=True)
class BuildState:
    """Hold what earlier builds showed.

    `shown` maps each document to the digests of the values that it shows, by query and argument; `digests` holds one
    digest for anything else that decides whether pages are written again, by a name of its own.
    """

    shown: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def update(self, name: str, digest: str) -> bool:
        """Remember a digest under a name, and return whether it differs from the one before; the first one does not."""
        before = self.digests.get(name, digest)
        self.digests[name] = digest
        return before != digest


def state_of(env: BuildEnvironment) -> BuildState:
    """Return the state that is stored with an environment; a new environment gets an empty one."""
    if not hasattr(env, _NAME):
        setattr(env, _NAME, BuildState())
    return cast(BuildState, getattr(env, _NAME))
