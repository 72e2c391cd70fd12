"""References to copy, each under the name of its format."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def render_forms(forms: Iterable[tuple[str, str]]) -> str:
    """Return texts under their names as HTML, in blocks that sphinx-copybutton gives a button."""
    return "".join(
        f'<p>{escape(name)}</p><div class="highlight"><pre>{escape(text, quote=False)}</pre></div>'
        for name, text in forms
    )
