"""Anchors of headings."""

from __future__ import annotations

import re
import unicodedata


def make_anchor(heading: str) -> str:
    """Return the anchor that a section with this heading has on its page, by the rules of docutils for identifiers."""
    ascii_only = unicodedata.normalize("NFKD", heading.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", " ".join(ascii_only.split())))
