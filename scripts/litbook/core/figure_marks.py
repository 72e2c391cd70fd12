"""Marks that figures of notebooks leave in a page, where the site says how to cite them.

A notebook is executed before anyone knows what its page is called and where it is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

NOTHING = "<!--litbook-nothing-->"  # ends a sentence that a notebook shows instead of a figure
_MARK = re.compile(r"<!--litbook-figure (?P<name>[\w-]+): (?P<finding>.*?)-->")


def mark_figure(name: str, finding: str) -> str:
    """Return a comment in HTML with the name and the finding of a figure."""
    return f"<!--litbook-figure {name}: {escape(finding)}-->"


def complete_figures(page: str, render: Callable[[str, str], str]) -> str:
    """Return the HTML of a page with what `render` makes of the name and the finding, as HTML, of each figure."""
    return _MARK.sub(lambda mark: render(mark["name"], mark["finding"]), page)
