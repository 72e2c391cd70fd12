"""Anchors of headings."""

from __future__ import annotations

import re
import unicodedata


def make_anchor(heading: str) -> str:
    """Return the anchor of a section with this heading, by docutils' rules for identifiers."""
    ascii_only = unicodedata.normalize("NFKD", heading.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", " ".join(ascii_only.split())))
