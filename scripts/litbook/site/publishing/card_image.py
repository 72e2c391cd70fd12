"""Pictures of a title, 1200 by 630 pixels, as sites show them beside a link."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 1200, 630
_DOTS = 100  # an inch
_COLOURS = 64  # of which most are the edges of letters
_LEFT, _TOP = 80, 96
_PAPER, _INK, _MUTED, _ACCENT = "#ffffff", "#22262b", "#57606a", "#0b5a66"
# Size of the letters in points, letters in a line, lines: the largest that holds a title is taken.
_SIZES = ((46, 27, 3), (38, 33, 4), (30, 42, 5), (24, 53, 6))

_CUT = " …"


@dataclass(frozen=True, slots=True)
class Poster:
    """Hold what a picture shows: a line above the title, the title, and a line at the foot."""

    part: str
    title: str
    line: str

    def in_words(self) -> str:
        """Return what it is for those who do not see it, without numbers: they would change every page that says so."""
        return ". ".join(filter(None, [self.part, self.title]))


def draw_posters(posters: Iterable[tuple[Poster, str]]) -> list[bytes]:
    """Return each picture as PNG, with a mark in it that tells what it was made from; same input, same bytes."""
    with warnings.catch_warnings():
        # Letters that the font lacks are drawn as boxes; a page says its title in text, too.
        warnings.filterwarnings("ignore", r"Glyph .* missing from font|Matplotlib currently does not support")
        return [_draw(poster, mark) for poster, mark in posters]


def _draw(poster: Poster, mark: str) -> bytes:
    import numpy as np  # noqa: PLC0415
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - takes half a second, seldom needed
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.patches import Rectangle  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    figure = Figure(figsize=(WIDTH / _DOTS, HEIGHT / _DOTS), dpi=_DOTS, facecolor=_PAPER)
    canvas = FigureCanvasAgg(figure)
    figure.add_artist(Rectangle((0, 0), 24 / WIDTH, 1, color=_ACCENT, transform=figure.transFigure))
    size, lines = _fit(poster.title)

    def write(text: str, down: float, **how: Any) -> None:
        known: dict[str, Any] = {"family": "DejaVu Sans", "va": "top", "color": _MUTED, "size": 20, **how}
        figure.text(_LEFT / WIDTH, 1 - down / HEIGHT, text, parse_math=False, **known)

    write(_cut(poster.part, 74), _TOP)
    write("\n".join(lines), _TOP + 64, size=size, color=_INK, weight="bold", linespacing=1.25)
    write(_cut(poster.line, 74), HEIGHT - 64, va="bottom", color=_ACCENT)
    canvas.draw()  # type: ignore[no-untyped-call]
    known = PngInfo()
    known.add_text("Description", mark)
    content = io.BytesIO()
    dots = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    picture = Image.fromarray(dots).convert("RGB").quantize(_COLOURS)
    picture.save(content, format="png", optimize=True, pnginfo=known)
    return content.getvalue()


def _fit(title: str) -> tuple[int, list[str]]:
    """Return the size at which a title fits, and its lines; what is longer than the smallest holds is cut."""
    fits = [(size, textwrap.wrap(title, width, max_lines=most, placeholder=_CUT)) for size, width, most in _SIZES]
    return next(((size, lines) for size, lines in fits if lines and not lines[-1].endswith(_CUT)), fits[-1])


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
