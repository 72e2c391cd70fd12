"""Pictures whose names have a space or other characters that Markdown escapes in addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms import SphinxTransform


class DecodePictures(SphinxTransform):
    """Give a picture the name of its file, which Sphinx looks up as it is: "black bars.png" for "black%20bars.png".

    The directives `image` and `figure` of docutils drop the spaces of a name: "blackbars.png" stands for the same file.
    """

    default_priority = 4  # before the pictures of a document are collected

    def apply(self, **_kwargs: Any) -> None:
        """Decode the addresses of pictures that are files of the book."""
        for image in self.document.findall(nodes.image):
            uri = image["uri"]
            if "://" in uri or uri.startswith("data:") or self._find(uri).is_file():
                continue
            if "%" in uri and self._find(unquote(uri)).is_file():
                image["uri"] = unquote(uri)
            elif spaced := _add_spaces(self._find(unquote(uri))):
                image["uri"] = f"/{spaced.relative_to(self.env.srcdir).as_posix()}"

    def _find(self, name: str) -> Path:
        return Path(self.env.relfn2path(name, self.env.docname)[1])


def _add_spaces(missing: Path) -> Path | None:
    """Return the one file whose path is this one but for spaces, or None if none is or several are."""
    if missing.exists():
        return missing
    folder = _add_spaces(missing.parent)
    if folder is None or not folder.is_dir():
        return None
    found = [path for path in folder.iterdir() if " " in path.name and path.name.replace(" ", "") == missing.name]
    return found[0] if len(found) == 1 else None
