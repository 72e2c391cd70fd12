"""The breadcrumb of a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def render_crumbs(steps: Sequence[tuple[str, str]]) -> str:
    """Return the way to a page as HTML: texts with their addresses, the page itself at the end."""
    *before, (here, _) = [step for step in steps if step[0]]
    items = [
        f'<li><a href="{escape(address)}">{escape(text)}</a></li>' if address else f"<li>{escape(text)}</li>"
        for text, address in before
    ]
    way = "".join([*items, f'<li aria-current="page">{escape(here)}</li>'])
    return f'<nav class="litbook-crumbs" aria-label="Breadcrumb"><ol>{way}</ol></nav>'
