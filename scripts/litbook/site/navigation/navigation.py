"""Navigation in constant work a page.

The stock theme resolves and prints the whole tree of contents on every page, which makes time and bytes grow with the
square of the pages. Here a page shows the parts and chapters of `_toc.yml`; a paper's page marks its theme and leads to
the papers before and after it. No page carries the list of all papers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, cast

from pydata_sphinx_theme.toctree import add_toctree_functions

from litbook.core.cache import digest_files
from litbook.core.code import PACKAGE
from litbook.core.urls import chapter_page, paper_page
from litbook.model.queries import papers_of
from litbook.model.review import Corpus
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.build.prepare import prepared_review

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of the navigation: a document and its title."""

    docname: str
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the entries under one caption of `_toc.yml`."""

    caption: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Hold where a paper's page stands: its theme, and its neighbours in the theme's order."""

    theme: Entry
    part: str
    previous: Entry | None
    next: Entry | None


def replace_theme_navigation(app: Sphinx) -> None:
    """Put our navigation where the theme's tree of contents stands among the events, since later ones draw on it."""
    listeners = app.events.listeners["html-page-context"]
    listeners[:] = [
        item._replace(handler=add_navigation_context) if item.handler is add_toctree_functions else item
        for item in listeners
    ]
    app.litbook_places = _paper_places(prepared_review(app).corpus)  # type: ignore[attr-defined]
    app.litbook_drawn = {}  # type: ignore[attr-defined]


def _places(app: Sphinx) -> Mapping[str, PaperPlace]:
    return cast(Mapping[str, PaperPlace], app.litbook_places)  # type: ignore[attr-defined]


def _paper_places(corpus: Corpus) -> dict[str, PaperPlace]:
    places: dict[str, PaperPlace] = {}
    for part in corpus.parts:
        for theme in part.themes:
            entries = [Entry(paper_page(paper.citekey), paper.title.plain) for paper in papers_of(corpus, theme.slug)]
            chapter = Entry(chapter_page(theme.slug), theme.title)
            for before, entry, after in zip([None, *entries], entries, [*entries[1:], None], strict=False):
                places[entry.docname] = PaperPlace(chapter, part.title, before, after)
    return places


def _groups(env: BuildEnvironment) -> tuple[Group, ...]:
    """Return `_toc.yml` as captions and short titles."""
    site_map = env.external_site_map  # type: ignore[attr-defined]
    return tuple(
        Group(tree.caption or "", tuple(_entry(env, site_map, str(item)) for item in tree.items if item in env.titles))
        for tree in site_map.root.subtrees
    )


def _entry(env: BuildEnvironment, site_map: Any, docname: str) -> Entry:
    return Entry(docname, site_map[docname].title or env.titles[docname].astext())


def find_stale_navigation(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose navigation is no longer true: they are written again, but not read again.

    So are all pages if litbook itself has other templates, scripts or styles than in the last build.
    """
    groups = _digest((_groups(env), _digest_own_files()))
    before_groups: str = getattr(env, "litbook_navigation", "")
    before_places: Mapping[str, str] = getattr(env, "litbook_paper_places", {})
    now_places = {docname: _digest(place) for docname, place in _places(app).items()} | _neighbours(env)
    env.litbook_navigation = groups  # type: ignore[attr-defined]
    env.litbook_paper_places = now_places  # type: ignore[attr-defined]
    if groups != before_groups:
        return sorted(env.found_docs)
    return sorted(docname for docname, digest in now_places.items() if before_places.get(docname) != digest)


@cache
def _digest_own_files() -> str:
    kinds = ("*/assets/*", "*/templates/**/*")
    return digest_files(path for kind in kinds for path in sorted((PACKAGE / "site").glob(kind)) if path.is_file())


def _neighbours(env: BuildEnvironment) -> dict[str, str]:
    """Return for each page of `_toc.yml` a digest of the headings that its footer names: the previous and the next."""
    order = [env.config.root_doc, *(entry.docname for group in _groups(env) for entry in group.entries)]
    headings = ["", *(str(env.titles[docname]) for docname in order), ""]
    around = zip(order, headings, headings[2:], strict=False)
    return {docname: _digest((before, after)) for docname, before, after in around}


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:16]


def add_navigation_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates what they draw the navigation from."""
    add_toctree_functions(app, pagename, templatename, context, doctree)
    place = _places(app).get(pagename)
    context["suppress_sidebar_toctree"] = _never
    context["generate_toc_html"] = _nothing if place else _remember(context["generate_toc_html"])
    context["litbook_nav"] = lambda: _draw_navigation(app, pagename, place, context["pathto"])
    context["litbook_place"] = place
    context["litbook_crumbs"] = _draw_crumbs(app, pagename, place, context["pathto"])
    if place:
        context["prev"] = _neighbour(place.previous, context["pathto"])
        context["next"] = _neighbour(place.next, context["pathto"])


def _draw_navigation(app: Sphinx, pagename: str, place: PaperPlace | None, pathto: Callable[[str], str]) -> str:
    """Return parts and chapters as HTML; all papers of a theme have the same, so it is drawn once for them."""
    drawn = cast(dict[tuple[str, ...], str], app.litbook_drawn)  # type: ignore[attr-defined]
    here = place.theme.docname if place else pagename
    key = (pagename.rpartition("/")[0], here)
    if key not in drawn:
        mark = ' class="litbook-here"' if place else ' aria-current="page"'
        context = {"groups": _groups(app.env), "here": here, "mark": mark, "pathto": pathto}
        drawn[key] = cast(Any, app.builder).templates.render("litbook-nav-list.html", context)
    return drawn[key]


def _draw_crumbs(app: Sphinx, pagename: str, place: PaperPlace | None, pathto: Callable[[str], str]) -> str:
    """Return the way from the start page to a paper, or to a page of `_toc.yml`; nothing for other pages."""
    here = place.theme.docname if place else pagename
    drawn = cast(dict[tuple[str, ...], str], app.litbook_drawn)  # type: ignore[attr-defined]
    key = ("crumbs", pagename.rpartition("/")[0], here)  # those of the papers of a theme are the same
    if key not in drawn:
        captions = {
            entry.docname: (group.caption, entry.title) for group in _groups(app.env) for entry in group.entries
        }
        part, title = captions.get(here, (place.part, place.theme.title) if place else ("", ""))
        steps = [(part, ""), (title, pathto(here)), ("This paper", "")] if place else [(part, ""), (title, "")]
        drawn[key] = render_crumbs([("Home", pathto(app.config.root_doc)), *steps]) if title else ""
    return drawn[key]


def _never(**_: object) -> bool:
    return False


def _nothing(kind: str = "html") -> str:
    return ""


def _remember(make_contents: Callable[[str], object]) -> Callable[[str], object]:
    """Make the page's own contents once; the theme asks for them three times."""
    made: dict[str, object] = {}

    def contents(kind: str = "html") -> object:
        if kind not in made:
            made[kind] = make_contents(kind)
        return made[kind]

    return contents


def _neighbour(entry: Entry | None, pathto: Callable[[str], str]) -> dict[str, str] | None:
    return {"link": pathto(entry.docname), "title": escape(entry.title)} if entry else None
