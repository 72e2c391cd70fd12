"""Navigation in constant work a page.

No tree of contents is resolved: it would make time and bytes grow with the square of the pages. A page shows
the parts and chapters of `_toc.yml`; a paper's page marks its theme and leads to the papers before and after it. No
page carries the list of all papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Literal, cast

from docutils import nodes

from litbook.core.cache import digest_files
from litbook.core.code import PACKAGE
from litbook.core.identity import ByIdentity
from litbook.core.urls import chapter_page, paper_page, theme_of
from litbook.model.queries import papers_of
from litbook.model.review import Corpus
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.build.dependencies import digest_value
from litbook.site.build.review import review_of
from litbook.site.build.state import state_of
from litbook.site.build.titles import plain_title

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_FEWEST_SECTIONS = 3  # a page with fewer needs no contents


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of the navigation: a document and its title."""

    docname: str
    title: str


# Pages that are not documents, and so are in no table of contents; those of `_FACETS` share a line.
_PAPERS = Entry("all-papers", "All papers")
_FACETS = (Entry("authors/index", "Authors"), Entry("venues/index", "Venues"), Entry("years/index", "Years"))
_TOOLS = (Entry("your-papers", "Your papers"), Entry("compare", "Compare papers"))
_MOST_THEMES = 20  # of a rail that shows all; with more, only the part with the current page is unfolded


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the entries under one caption of `_toc.yml`."""

    caption: str
    entries: tuple[Entry, ...]

    def has_chapters(self) -> bool:
        return any(theme_of(entry.docname) is not None for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Hold a group as the rail shows it: "across" comes first, without a caption; a "part" may have its own page.

    A shelf that is `folded` shows only its caption until a reader opens it.
    """

    caption: str
    page: Entry | None
    entries: tuple[Entry, ...]
    kind: Literal["across", "part", "other"]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Hold where a paper's page belongs: its theme, and its neighbours in the theme's order."""

    theme: Entry
    part: str
    previous: Entry | None
    next: Entry | None


def _places(app: Sphinx) -> Mapping[str, PaperPlace]:
    return _paper_places(ByIdentity(review_of(app).corpus))


@lru_cache(maxsize=1)
def _paper_places(key: ByIdentity[Corpus]) -> dict[str, PaperPlace]:
    corpus = key.value
    places: dict[str, PaperPlace] = {}
    for part in corpus.parts:
        for theme in part.themes:
            entries = [Entry(paper_page(paper.citekey), paper.title.plain) for paper in papers_of(corpus, theme.slug)]
            chapter = Entry(chapter_page(theme.slug), theme.name)
            for before, entry, after in zip([None, *entries], entries, [*entries[1:], None], strict=False):
                places[entry.docname] = PaperPlace(chapter, part.title, before, after)
    return places


def _groups(app: Sphinx) -> tuple[Group, ...]:
    """Return `_toc.yml` as captions and short titles; a theme's short name is the title of its chapter here."""
    env = app.env
    site_map = env.external_site_map  # type: ignore[attr-defined]
    names = {chapter_page(theme.slug): theme.short for theme in review_of(app).corpus.themes()}

    def make_entry(docname: str) -> Entry:
        return Entry(docname, names.get(docname) or site_map[docname].title or plain_title(env.titles[docname]))

    return tuple(
        Group(tree.caption or "", tuple(make_entry(str(item)) for item in tree.items if item in env.titles))
        for tree in site_map.root.subtrees
    )


def find_stale_navigation(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose navigation is no longer true: they are written again, but not read again.

    So are all pages if litbook itself has other templates, scripts or styles than in the last build.
    """
    state = state_of(env)
    places = {docname: digest_value(place) for docname, place in _places(app).items() if docname in env.found_docs}
    moved = [name for name, digest in places.items() if state.update(f"place of {name}", digest)]
    changed = state.update("navigation", digest_value((_groups(app), _digest_own_files())))
    return sorted(env.found_docs if changed else moved)


@cache
def _digest_own_files() -> str:
    kinds = ("*/assets/*", "*/templates/**/*", "*/theme/*")
    return digest_files(path for kind in kinds for path in sorted((PACKAGE / "site").glob(kind)) if path.is_file())


def add_navigation_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the layout the navigation of a page as HTML."""
    place = _places(app).get(pagename)
    context["litbook_nav"] = draw_navigation(app, pagename, place, context["pathto"])
    context["litbook_crumbs"] = draw_crumbs(app, pagename, place, context["pathto"])
    context["litbook_contents"] = [] if place else list(_find_sections(app.env, pagename))
    context["is_paper"] = place is not None
    before, after = (place.previous, place.next) if place else _neighbours(app, pagename)
    context["prev"] = _neighbour(before, context["pathto"])
    context["next"] = _neighbour(after, context["pathto"])


def _neighbours(app: Sphinx, pagename: str) -> tuple[Entry | None, Entry | None]:
    """Return the entries before and after a page of `_toc.yml`; none for other pages."""
    order = [Entry(app.config.root_doc, "Home"), *(entry for group in _groups(app) for entry in group.entries)]
    found = zip([None, *order], order, [*order[1:], None], strict=False)
    return next(((before, after) for before, here, after in found if here.docname == pagename), (None, None))


def _find_sections(env: BuildEnvironment, pagename: str) -> Iterator[tuple[str, str]]:
    """Yield the anchor and the title, as HTML, of each section below the heading of a document, if it has several."""
    contents = env.tocs.get(pagename)
    lists = list(contents.findall(nodes.bullet_list))[1:2] if contents else []
    links = [link for item in lists for entry in item.children for link in list(entry.findall(nodes.reference))[:1]]
    if len(links) >= _FEWEST_SECTIONS:
        for link in links:
            yield link["anchorname"], escape(plain_title(link))


def draw_navigation(app: Sphinx, pagename: str, place: PaperPlace | None, pathto: Callable[[str], str]) -> str:
    """Return the rail of a page as HTML; all papers of a theme have the same, so it is drawn once for them."""
    drawn = review_of(app).drawn
    here = _find_entry(pagename, place)
    key = ("navigation", pagename.rpartition("/")[0], here, here == pagename)
    if key not in drawn:
        mark = ' aria-current="page"' if here == pagename else ' class="litbook-here"'
        context = {
            **{"home": Entry(app.config.root_doc, "Home"), "papers": _PAPERS, "facets": _FACETS, "tools": _TOOLS},
            **{"shelves": arrange(_groups(app)), "here": here, "mark": mark, "pathto": pathto},
        }
        drawn[key] = cast(Any, app.builder).templates.render("litbook-nav-list.html", context)
    return drawn[key]


def _find_entry(pagename: str, place: PaperPlace | None) -> str:
    """Return the document whose entry is marked on a page: a paper's chapter, the index of a group, or itself."""
    index = f"{pagename.partition('/')[0]}/index"
    if place:
        return place.theme.docname
    return index if any(index == facet.docname for facet in _FACETS) else pagename


def arrange(groups: Iterable[Group]) -> list[Shelf]:
    """Return the groups of `_toc.yml` as the rail shows them.

    What spans all chapters comes first: the first group without a chapter of a theme, if it is not the only one. Themes
    follow by part; the name of a part leads to its own page, if it has one. Other groups are folded, and so are parts
    if there are many themes.
    """
    parts = [group for group in groups if group.has_chapters()]
    others = [group for group in groups if not group.has_chapters()]
    across = others[:1] if len(others) > 1 else []
    many = sum(len(group.entries) for group in parts) > _MOST_THEMES
    shelves = [Shelf(group.caption, None, group.entries, "across") for group in across]
    for group in parts:
        first = group.entries[0]
        own = first if theme_of(first.docname) is None else None
        shelves.append(Shelf(group.caption, own, group.entries[1:] if own else group.entries, "part", many))
    return shelves + [Shelf(group.caption, None, group.entries, "other", True) for group in others[len(across) :]]


def draw_crumbs(app: Sphinx, pagename: str, place: PaperPlace | None, pathto: Callable[[str], str]) -> str:
    """Return the way from the start page to a paper, or to a page of `_toc.yml`; nothing for other pages."""
    here = place.theme.docname if place else pagename
    drawn = review_of(app).drawn
    key = ("crumbs", pagename.rpartition("/")[0], here)  # those of the papers of a theme are the same
    if key not in drawn:
        shelves = arrange(_groups(app))
        shelf = next((shelf for shelf in shelves if any(here == entry.docname for entry in _entries_of(shelf))), None)
        if shelf is None and place is None:
            return ""
        part = (shelf.caption, pathto(shelf.page.docname) if shelf.page else "") if shelf else (place.part, "")  # type: ignore[union-attr]
        title = next((entry.title for entry in _entries_of(shelf) if entry.docname == here), "") if shelf else ""
        steps = [("Home", pathto(app.config.root_doc)), part]
        if shelf is None or shelf.page is None or shelf.page.docname != here:
            steps.append((title or cast(PaperPlace, place).theme.title, pathto(here) if place else ""))
        drawn[key] = render_crumbs([*steps, ("This paper", "")] if place else steps)
    return drawn[key]


def _entries_of(shelf: Shelf) -> tuple[Entry, ...]:
    return (*filter(None, [shelf.page]), *shelf.entries)


def _neighbour(entry: Entry | None, pathto: Callable[[str], str]) -> dict[str, str] | None:
    return {"link": pathto(entry.docname), "title": escape(entry.title)} if entry else None
