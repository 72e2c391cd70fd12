"""The pages at the root of the joined site: the front page, the lists of papers, the search; sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby, pairwise
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape as escape_xml

import jinja2

from litbook.commands.volumes.catalogue import Catalogue, Held, Line
from litbook.commands.volumes.settings import Volume, Volumes
from litbook.commands.volumes.statistics import Indexed
from litbook.core.cache import digest_files
from litbook.core.urls import page_address
from litbook.site.publishing import policy
from litbook.text.nouns import count_noun

ASSETS = Path(__file__).parent / "assets"
_MOST_BYTES = 22_000  # of the lines of one page
_VOLUMES_A_PAGE = 60
_NO_YEAR = "undated"
# Where readers of one volume learn that it is part of a whole: behind the opening tag of what a page says.
_TELLING = ("book/index.html", "search.html", "all-papers.html")
_BODY = b'<main id="main-content"'


def make_environment() -> jinja2.Environment:
    """Return the environment of the templates; every value is escaped, and one that is missing is an error."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def render_pages(volumes: Volumes, catalogue: Catalogue, indexed: Sequence[Indexed]) -> Iterator[tuple[str, str]]:
    """Yield the pages at the root by name, with sitemap, robots.txt and headers."""
    environment = make_environment()
    pages: dict[str, str] = {}

    def add(name: str, template: str, **values: object) -> None:
        known = {"name": name, "root": "../" * name.count("/"), "review": volumes.title, "policy": policy.PAGES}
        pages[name] = environment.get_template(template).render(**known, **values) + "\n"

    facts = _tell_facts(catalogue)
    rows = [_describe(held) for held in catalogue.held]
    cut = [rows[start : start + _VOLUMES_A_PAGE] for start in range(0, len(rows), _VOLUMES_A_PAGE)]
    names = ["index.html", *(f"volumes/{number}.html" for number in range(2, len(cut) + 1))]
    for name, (before, after), some in zip(names, _neighbours(names), cut, strict=True):
        add(name, "front.html", facts=facts, volumes=some, before=before, after=after)
    years = list(_cut_lines(volumes, catalogue))
    listed = [{"label": label, "href": quote(f"{label}.html"), "papers": total} for label, _, total in years]
    add("papers/index.html", "years.html", years=listed, facts=facts)
    for label, parts, total in years:
        names = [f"papers/{label}{f'-{number}' if number > 1 else ''}.html" for number in range(1, len(parts) + 1)]
        for number, (name, (before, after), lines) in enumerate(zip(names, _neighbours(names), parts, strict=True), 1):
            known = {"label": label, "number": number, "parts": len(parts), "papers": count_noun(total, "paper")}
            add(name, "list.html", lines=lines, before=before, after=after, **known)
    version = digest_files([ASSETS / "litbook-volumes.js"])[:12]
    add("search.html", "search.html", facts=facts, version=version, scripts=_SCRIPTS)
    yield from pages.items()
    yield "_headers", policy.HEADERS
    where = f"\nSitemap: {volumes.address}sitemap.xml\n" if volumes.address else ""
    yield "robots.txt", f"User-agent: *\nAllow: /\n{where}"
    if volumes.address:
        yield from _render_sitemaps(volumes, pages)


# In the order in which they need each other.
_SCRIPTS = ("dom", "search-words", "search-unpack", "search-store", "search-query", "search-slots", "search-sentences",
            "search-meaning", "search-engine", "search-results", "volumes-merge", "volumes")  # fmt: skip


def _neighbours(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages before and behind each of some pages, or empty strings."""
    around = ["", *names, ""]
    return ((before, after) for (before, _), (_, after) in zip(pairwise(around), pairwise(around[1:]), strict=False))


def _tell_facts(catalogue: Catalogue) -> str:
    years = sorted({year for held in catalogue.held for year in held.years})
    span = "–".join(dict.fromkeys(str(year) for year in (years[0], years[-1]))) if years else ""
    volumes = count_noun(len(catalogue.held), "volume")
    return " · ".join(filter(None, (count_noun(catalogue.papers, "paper"), span, volumes)))


def _describe(held: Held) -> dict[str, str]:
    span = "–".join(dict.fromkeys(str(year) for year in (held.years[0], held.years[-1]))) if held.years else ""
    facts = (count_noun(held.papers, "paper"), span, count_noun(held.chapters, "chapter"))
    return {"name": held.volume.name, "title": held.volume.title, "facts": " · ".join(filter(None, facts))}


def _cut_lines(volumes: Volumes, catalogue: Catalogue) -> Iterator[tuple[str, list[list[dict[str, str]]], int]]:
    """Yield each year with its papers, in parts that each make one page, and their number."""
    for year, found in groupby(catalogue.lines, key=lambda line: line.year):
        parts: list[list[dict[str, str]]] = []
        filled, total = _MOST_BYTES, 0
        for line in found:
            shown = _show(volumes, line)
            size = sum(len(escape(value).encode()) for value in shown.values()) + 60
            if filled + size > _MOST_BYTES:
                parts.append([])
                filled = 0
            parts[-1].append(shown)
            filled += size
            total += 1
        yield str(year or _NO_YEAR), parts, total


def _show(volumes: Volumes, line: Line) -> dict[str, str]:
    volume = volumes.volumes[line.volume]
    return {
        "href": f"{volume.name}/{quote(page_address(line.citekey))}",
        "title": line.title,
        "by": line.by,
        "volume": volume.title,
    }


def tell_where(volumes: Volumes, volume: Volume, name: str, content: bytes) -> bytes:
    """Return a page of a volume with a line that leads to the whole, if it is one on which readers arrive."""
    if name not in _TELLING:
        return content
    up = "../" * (name.count("/") + 1)
    number = volumes.volumes.index(volume) + 1
    line = (
        f'<p class="litbook-meta">Volume {number} of {len(volumes.volumes)} of <a href="{up}index.html">'
        f'{escape(volumes.title)}</a>; <a href="{up}search.html">search all volumes</a></p>\n'
    )
    start = content.find(b">", content.find(_BODY)) + 1 if _BODY in content else 0
    return content[:start] + line.encode() + content[start:] if start else content


def _render_sitemaps(volumes: Volumes, pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield one sitemap that names those of the volumes and that of the root; a sitemap may list 50,000 pages."""
    head = '<?xml version="1.0" encoding="utf-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    own = sorted(name for name in pages if name != "search.html")
    lines = [f"<url><loc>{escape_xml(volumes.address + quote(name))}</loc></url>" for name in own]
    yield "sitemap-volumes.xml", "\n".join([head.format("urlset"), *lines, "</urlset>\n"])
    maps = ["sitemap-volumes.xml", *(f"{volume.name}/sitemap.xml" for volume in volumes.volumes)]
    lines = [f"<sitemap><loc>{escape_xml(volumes.address + quote(name))}</loc></sitemap>" for name in maps]
    yield "sitemap.xml", "\n".join([head.format("sitemapindex"), *lines, "</sitemapindex>\n"])
