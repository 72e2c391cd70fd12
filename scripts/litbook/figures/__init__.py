"""What the notebooks draw and say. Each notebook has a module here; what two of them share is beside these.

A figure is shown by `show`, which gives it an alternative text, a caption and its data; numbers in prose are said by
`say`. Everything works on any corpus: where nothing is known, a sentence says what is missing.
"""

from __future__ import annotations

from litbook.figures.catalogue import read_papers
from litbook.figures.glance import describe_years, draw_kinds_by_theme, draw_themes_by_year

__all__ = ["describe_years", "draw_kinds_by_theme", "draw_themes_by_year", "read_papers"]
