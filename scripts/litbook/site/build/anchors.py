"""Anchors that one page writes and others link to."""

from __future__ import annotations

from docutils import nodes


def claim_anchor(citekey: str, sentence: int) -> str:
    """Return the anchor of the first mark on a page that rests on a sentence; sentences count from 1."""
    return nodes.make_id(f"claim-{citekey}-{sentence}")
