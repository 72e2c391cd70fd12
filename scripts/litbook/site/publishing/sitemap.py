"""What a site has beside its pages: the way from its root, a page for what is not found, sitemap and robots.txt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from litbook.core.atomic import write_bytes, write_text
from litbook.core.urls import chapter_address, page_address
from litbook.model.queries import former_slugs, list_gone
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import site_of
from litbook.site.publishing import policy
from litbook.site.publishing.head import make_tag

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_MOST_CHAPTERS = 4  # that the page for what is not found offers
# Tools of the site, which hold nothing to be found; others are for no reader.
_NOT_IN_SITEMAP = ("404.html", "compare.html", "genindex.html", "index.html", "search.html", "your-papers.html")


def write_site_files(app: Sphinx, error: Exception | None) -> None:
    """Bring these files up to date, when the build has gone well; one that the settings add stays as it is."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    address = site_of(app).address
    files = {
        "404.html": _render_lost(app, address) if "404" not in app.env.found_docs else None,
        "index.html": _render_way(app, address) if app.config.root_doc != "index" else None,
        "site.webmanifest": _render_manifest(app),
        "_headers": policy.HEADERS,
        "robots.txt": _render_robots(address),
        "sitemap.xml": _render_sitemap(address, _find_pages(app)) if address else "",
    }
    icon = Path(__file__).parent / "assets/litbook-favicon.ico"
    if not app.config.html_favicon and not _is_added(app, "favicon.ico"):
        write_bytes(out / "favicon.ico", icon.read_bytes())
    for name, text in files.items():
        if text and not _is_added(app, name):
            write_text(out / name, text)
        elif text == "":
            (out / name).unlink(missing_ok=True)


def _is_added(app: Sphinx, name: str) -> bool:
    """Return whether `html_extra_path` holds such a file, which is then the author's own."""
    added = [Path(app.srcdir) / path for path in app.config.html_extra_path]
    return any(path.name == name or (path / name).is_file() for path in added)


def render(app: Sphinx, template: str, address: str, **more: Any) -> str:
    """Return a page that has no layout, made of a template; `more` are values that it needs besides the site's."""
    context = {
        "language": app.config.language or "en",
        "title": site_of(app).title,
        "start": quote(cast(Any, app.builder).get_target_uri(app.config.root_doc)),
        "address": address,
        **more,
    }
    return str(cast(Any, app.builder).templates.render(template, context)).strip() + "\n"


def _render_way(app: Sphinx, address: str) -> str:
    """Return the page at the root, which leads to the landing page."""
    return render(app, "litbook-way.html", address, policy=_make_policy(policy.WAY))


def _render_lost(app: Sphinx, address: str) -> str:
    """Return the page for addresses that lead nowhere.

    A server shows it below any address, so that nothing relative to itself can be relied on: its fonts and
    its links begin with the path of the site's address. Without one, a script looks for the root of the site.
    """
    root = urlsplit(address).path if address else ""
    more = {"root": root, "chapters": list(_find_chapters(app))}
    allowed = policy.allow_lost(render(app, "litbook-lost.html", address, **more))
    return render(app, "litbook-lost.html", address, **more, policy=_make_policy(allowed))


def _find_chapters(app: Sphinx) -> Iterator[dict[str, str]]:
    """Yield the address and the name of the first chapter of each of the first parts."""
    for part in prepared_review(app).corpus.parts[:_MOST_CHAPTERS]:
        for theme in part.themes[:1]:
            if (Path(app.outdir) / chapter_address(theme.slug)).is_file():
                yield {"address": chapter_address(theme.slug), "name": theme.name}


def _make_policy(text: str) -> str:
    return make_tag("http-equiv", "Content-Security-Policy", text)


def _render_manifest(app: Sphinx) -> str:
    """Return what a browser shows of the site where a reader keeps it among the apps."""
    title = site_of(app).title
    icon = {"src": "_static/litbook-icon-512.png", "sizes": "512x512", "type": "image/png"}
    start = cast(Any, app.builder).get_target_uri(app.config.root_doc)
    manifest = {"name": title, "short_name": title.partition(":")[0], "start_url": start, "display": "browser",
                "background_color": "#fdfcf9", "theme_color": "#0b5a66", "icons": [icon]}  # fmt: skip
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _render_robots(address: str) -> str:
    where = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    return f"User-agent: *\nAllow: /\n{where}"


def _find_pages(app: Sphinx) -> list[str]:
    """Return the pages for readers by their paths, including those that are not documents."""
    out, corpus = Path(app.outdir), prepared_review(app).corpus
    moved = set(map(chapter_address, former_slugs(corpus))) - {f"{document}.html" for document in app.env.found_docs}
    gone = map(page_address, list_gone(corpus))
    left_out = {*_NOT_IN_SITEMAP, *gone, *moved} - {f"{app.config.root_doc}.html"}
    paths = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))
    return [path for path in paths if path not in left_out and not path.startswith("_")]


def _render_sitemap(address: str, pages: list[str]) -> str:
    """Return the sitemap, without dates: when the text of a page last changed is not recorded."""
    lines = [f"<url><loc>{escape(address + quote(page))}</loc></url>" for page in pages]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>\n"])
