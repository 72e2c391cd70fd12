"""Pictures whose names have a space or other characters that Markdown escapes in addresses."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms import SphinxTransform


class DecodePictures(SphinxTransform):
    """Give a picture the name of its file, which Sphinx looks up as it is: "black bars.png" for "black%20bars.png"."""

    default_priority = 4  # before the pictures of a document are collected

    def apply(self, **_kwargs: Any) -> None:
        """Decode the addresses of pictures that are files of the book."""
        for image in self.document.findall(nodes.image):
            uri = image["uri"]
            if "%" not in uri or "://" in uri:
                continue
            name = unquote(uri)
            _, written = self.env.relfn2path(uri, self.env.docname)
            _, decoded = self.env.relfn2path(name, self.env.docname)
            if not Path(written).is_file() and Path(decoded).is_file():
                image["uri"] = name
