"""Keep the compiled templates of pages from one build to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import FileSystemBytecodeCache

from litbook.core.project import Project

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def keep_compiled_templates(app: Sphinx) -> None:
    """Let jinja read templates that it compiled before; it looks at their text, so that a changed one is compiled."""
    builder = cast(Any, app.builder)
    if builder.format == "html":
        folder = Project(Path(app.srcdir)).cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
