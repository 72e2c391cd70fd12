"""Links from one volume to another, written `volume:NAME/citekey` or `volume:NAME/book/chapters/theme.html#part`.

In a volume's own site they lead nowhere; the join makes them relative, and checks that each leads to a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote, unquote

from litbook.commands.volumes.settings import Volume, Volumes
from litbook.core.urls import page_address
from litbook.model.faults import Fault, nearest

_HREF = re.compile(rb'href="volume:([^"]*)"')
_ID = re.compile(rb'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Crossing:
    """A link between volumes: its attribute as it is written in the page, and where it leads below the joined site."""

    written: bytes
    address: str

    def href(self, page: str) -> bytes:
        """Return the attribute for a page, whose name is relative to its own volume."""
        return f'href="{"../" * (page.count("/") + 1)}{escape(self.address)}"'.encode()


def check_crossings(volumes: Volumes) -> tuple[dict[Path, list[Crossing]], list[Fault]]:
    """Return the links between volumes by the page that has them, and a fault for each that leads nowhere."""
    found: dict[Path, list[Crossing]] = {}
    faults: list[Fault] = []
    names = {volume.name: volume for volume in volumes.volumes}
    for volume in volumes.volumes:
        for path in sorted(volumes.html(volume).rglob("*.html")):
            for target in sorted(set(_HREF.findall(path.read_bytes()))):
                led = _resolve(volumes, names, unescape(target.decode("utf-8", "replace")))
                if isinstance(led, str):
                    found.setdefault(path, []).append(Crossing(b'href="volume:%s"' % target, led))
                else:
                    faults += _place(volumes, volume, path, led)
    return found, faults


def _resolve(volumes: Volumes, names: dict[str, Volume], target: str) -> str | tuple[str, str, str]:
    """Return where a link leads below the joined site, or what was written, what is wrong with it, and the remedy."""
    place, _, anchor = unquote(target).partition("#")
    name, _, page = place.partition("/")
    link = f"volume:{unquote(target)}"
    if name not in names:
        return link, f"unknown volume '{name}'", nearest(name, list(names)) or f"use one of: {', '.join(names)}"
    page = page if page.endswith(".html") else page_address(page) if page else "book/index.html"
    html = volumes.html(names[name]).resolve()
    path = (html / page).resolve()
    if not path.is_relative_to(html) or not path.is_file():
        return link, f"volume '{name}' has no page {page}", "write a citekey or the address of a page"
    if anchor and anchor not in _find_anchors(path):
        return link, f"the page {page} of volume '{name}' has no part '{anchor}'", "correct what follows the #"
    return f"{name}/{quote(page)}" + (f"#{quote(anchor)}" if anchor else "")


@cache
def _find_anchors(path: Path) -> frozenset[str]:
    return frozenset(unescape(found.decode("utf-8", "replace")) for found in _ID.findall(path.read_bytes()))


def _place(volumes: Volumes, volume: Volume, page: Path, wrong: tuple[str, str, str]) -> Iterator[Fault]:
    """Yield the fault on each line of what people wrote that has the link, or else on the built page."""
    link, what, remedy = wrong
    review = volumes.review(volume)
    source = review / page.relative_to(volumes.html(volume)).with_suffix(".md")
    lines = source.read_text("utf-8", "replace").splitlines() if source.is_file() else []
    numbers = [number for number, line in enumerate(lines, start=1) if link in line]
    if numbers:
        name = source.relative_to(volumes.root).as_posix()
        yield from (Fault(name, number, what, remedy) for number in numbers)
    else:
        yield Fault(page.relative_to(volumes.root).as_posix(), 0, f"{link}: {what}", remedy)
