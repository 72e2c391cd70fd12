"""Compile templates once, and not again in each build: what is compiled is kept beside the other caches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import FileSystemBytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader

from litbook.core.project import Project

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.theming import Theme


class CompiledTemplates(BuiltinTemplateLoader):
    """Sphinx's templates; Jinja keeps their compiled form by content, and another version of it compiles them again."""

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Set up the environment of the templates, as Sphinx does."""
        super().init(builder, theme, dirs)
        folder = Project(Path(builder.app.srcdir)).cache / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        pattern = f"{jinja2.__version__}-%s.compiled"
        self.environment.bytecode_cache = FileSystemBytecodeCache(str(folder), pattern)
