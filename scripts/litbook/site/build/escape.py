"""Text and attributes in HTML, escaped as docutils does, so that both ways of writing a page give the same bytes."""

from __future__ import annotations

# "@" too: docutils hides it from collectors of addresses.
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord('"'): "&quot;", ord(">"): "&gt;", ord("@"): "&#64;"}


def escape(text: str) -> str:
    """Return a text, or the value of an attribute, as HTML."""
    return text.translate(_ESCAPES)
