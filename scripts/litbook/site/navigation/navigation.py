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
from litbook.core.urls import chapter_page, paper_page, theme_of
from litbook.model.queries import ByIdentity, papers_of
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


# Pages that are no documents, and so in no table of contents.
_TOOLS = (Entry("all-papers", "All papers"), Entry("compare", "Compare papers"), Entry("your-papers", "Your papers"))


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the entries under one caption of `_toc.yml`."""

    caption: str
    entries: tuple[Entry, ...]

    def has_chapters(self) -> bool:
        return any(theme_of(entry.docname) is not None for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Hold a group as the rail shows it: "across" comes first, without a caption; a "part" may have its own page."""

    caption: str
    page: Entry | None
    entries: tuple[Entry, ...]
    kind: Literal["across", "part", "folded"]


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Hold where a paper's page stands: its theme, and its neighbours in the theme's order."""

    theme: Entry
    part: str
    previous: Entry | None
    next: Entry | None


def _places(app: Sphinx) -> Mapping[str, PaperPlace]:
    return _paper_places(ByIdentity(review_of(app).corpus))


@lru_cache(maxsize=1)
def _paper_places(key: ByIdentity) -> dict[str, PaperPlace]:
    corpus = key.corpus
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
    return Entry(docname, site_map[docname].title or plain_title(env.titles[docname]))


def find_stale_navigation(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages whose navigation is no longer true: they are written again, but not read again.

    So are all pages if litbook itself has other templates, scripts or styles than in the last build.
    """
    state = state_of(env)
    places = {docname: digest_value(place) for docname, place in _places(app).items() if docname in env.found_docs}
    moved = [name for name, digest in (places | _neighbours(env)).items() if state.update(f"place of {name}", digest)]
    changed = state.update("navigation", digest_value((_groups(env), _digest_own_files())))
    return sorted(env.found_docs if changed else moved)


@cache
def _digest_own_files() -> str:
    kinds = ("*/assets/*", "*/templates/**/*", "*/theme/*")
    return digest_files(path for kind in kinds for path in sorted((PACKAGE / "site").glob(kind)) if path.is_file())


def _neighbours(env: BuildEnvironment) -> dict[str, str]:
    """Return for each page of `_toc.yml` a digest of the headings that its footer names: the previous and the next."""
    order = [env.config.root_doc, *(entry.docname for group in _groups(env) for entry in group.entries)]
    headings = ["", *(str(env.titles[docname]) for docname in order), ""]
    around = zip(order, headings, headings[2:], strict=False)
    return {docname: digest_value((before, after)) for docname, before, after in around}


def add_navigation_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the layout the navigation of a page as HTML."""
    place = _places(app).get(pagename)
    context["litbook_nav"] = draw_navigation(app, pagename, place, context["pathto"])
    context["litbook_crumbs"] = draw_crumbs(app, pagename, place, context["pathto"])
    context["litbook_contents"] = [] if place else list(_find_sections(app.env, pagename))
    context["is_paper"] = place is not None
    if place:
        context["prev"] = _neighbour(place.previous, context["pathto"])
        context["next"] = _neighbour(place.next, context["pathto"])


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
    here = place.theme.docname if place else pagename
    key = ("navigation", pagename.rpartition("/")[0], here)
    if key not in drawn:
        mark = ' class="litbook-here"' if place else ' aria-current="page"'
        groups = arrange(_groups(app.env))
        tools = [Entry(app.config.root_doc, "Home"), *_TOOLS]
        context = {"tools": tools, "groups": groups, "here": here, "mark": mark, "pathto": pathto}
        drawn[key] = cast(Any, app.builder).templates.render("litbook-nav-list.html", context)
    return drawn[key]


def arrange(groups: Iterable[Group]) -> list[Shelf]:
    """Return the groups of `_toc.yml` as the rail shows them.

    What spans all chapters comes first: the first group without a chapter of a theme, if it is not the only one. Themes
    follow by part; the name of a part leads to its own page, if it has one. Other groups are folded.
    """
    parts = [group for group in groups if group.has_chapters()]
    others = [group for group in groups if not group.has_chapters()]
    across = others[:1] if len(others) > 1 else []
    shelves = [Shelf(group.caption, None, group.entries, "across") for group in across]
    for group in parts:
        first = group.entries[0]
        own = first if theme_of(first.docname) is None else None
        shelves.append(Shelf(group.caption, own, group.entries[1:] if own else group.entries, "part"))
    return shelves + [Shelf(group.caption, None, group.entries, "folded") for group in others[len(across) :]]


def draw_crumbs(app: Sphinx, pagename: str, place: PaperPlace | None, pathto: Callable[[str], str]) -> str:
    """Return the way from the start page to a paper, or to a page of `_toc.yml`; nothing for other pages."""
    here = place.theme.docname if place else pagename
    drawn = review_of(app).drawn
    key = ("crumbs", pagename.rpartition("/")[0], here)  # those of the papers of a theme are the same
    if key not in drawn:
        captions = {
            entry.docname: (group.caption, entry.title) for group in _groups(app.env) for entry in group.entries
        }
        part, title = captions.get(here, (place.part, place.theme.title) if place else ("", ""))
        steps = [(part, ""), (title, pathto(here)), ("This paper", "")] if place else [(part, ""), (title, "")]
        drawn[key] = render_crumbs([("Home", pathto(app.config.root_doc)), *steps]) if title else ""
    return drawn[key]


def _neighbour(entry: Entry | None, pathto: Callable[[str], str]) -> dict[str, str] | None:
    return {"link": pathto(entry.docname), "title": escape(entry.title)} if entry else None
