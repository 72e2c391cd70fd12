"""Put our own search in the place of the stock one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.analyse.extraction.drafts import has_values
from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.core.urls import chapter_page, paper_page
from litbook.model.queries import former_slugs, list_gone, papers_of
from litbook.model.review import Corpus
from litbook.site.build.faults import stopping_at_disk_errors
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import Lines, gather_lines, render_list, way_to_papers
from litbook.site.search.index.site_pages import MADE, Notes, SitePage, read_page
from litbook.site.search.index.write import drop_pages, index
from litbook.text.nouns import count_noun

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# On the list of more papers than this, a sentence of each is a third of the page; the chapters' lists have them.
_MOST_WITH_GISTS = 100
_EXPORTS = {"references.bib": "BibTeX", "papers.ris": "RIS", "papers.csv": "CSV", "papers.csl.json": "CSL-JSON"}

# What the search page runs, in order: one file, for files compress better together and each costs a request.
SCRIPTS = (
    *("words", "unpack", "store", "query", "slots", "sentences", "meaning", "engine", "answer", "tell", "filters"),
    *("results", "cards", "panel", "take", "page"),
)


def write_page_script(app: Sphinx) -> None:
    """Write the scripts of the search page as one file, from those that the layout has shortened."""
    if app.builder.format == "html":
        static = Path(app.outdir) / "_static"
        texts = ((static / f"litbook-search-{name}.js").read_text("utf-8") for name in SCRIPTS)
        with stopping_at_disk_errors(app):
            write_text(static / "litbook-search.js", "\n".join(texts))


def collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add to the site `search.html`, `compare.html`, and `all-papers.html`, which needs no JavaScript."""
    corpus = prepared_review(app).corpus
    number = count_noun(len(corpus.papers), "paper")
    found = {"title": "Search", "litbook_description": f"Search {number} by words, questions or names."}
    yield "search", found, "search.html"
    compared = "Two to five papers side by side: what they say, what was tested, and numbers with their sentences."
    yield "compare", {"title": "Compare papers", "litbook_description": compared}, "compare.html"
    listed = {"litbook_description": f"{number} by theme, to sort, filter and export."}
    yield "all-papers", {"title": "All papers", "body": render_all_papers(corpus), **listed}, "page.html"


def render_all_papers(corpus: Corpus) -> str:
    """Return the list of all papers by theme, with exports and links to the other orders."""
    is_brief = len(corpus.papers) > _MOST_WITH_GISTS
    groups = [
        _drop_gists(lines) if is_brief else lines
        for theme in corpus.themes()
        if (lines := gather_lines(corpus, papers_of(corpus, theme.slug), theme.name)).lines
    ]
    return "\n".join(
        [
            "<h1>All papers</h1>",
            '<p>By theme; also by <a href="authors/index.html">author</a>, <a href="venues/index.html">venue</a> and '
            f'<a href="years/index.html">year</a>{_name_table(corpus)}.</p>',
            f'<noscript><p class="litbook-exports">Download all as {_link_exports()}.</p></noscript>',
            render_list("all-papers", groups, way_to_papers("all-papers")),
        ]
    )


def _link_exports() -> str:
    """Return links to the files with all papers; with scripts, the tools of the list export what it shows."""
    return ", ".join(f'<a href="data/{file}">{name}</a>' for file, name in _EXPORTS.items())


def _name_table(corpus: Corpus) -> str:
    """Return a link to the table of extracted values, if there is one."""
    return ', and as a <a href="extraction.html">table of what was extracted</a>' if has_values(corpus) else ""


def _drop_gists(lines: Lines) -> Lines:
    return replace(lines, lines=[replace(line, gist="") for line in lines.lines])


def write_search_index(app: Sphinx, error: Exception | None) -> None:
    """Write the index that the search page loads."""
    if error is None and app.builder.format == "html":
        builder = cast(Any, app.builder)
        project = Project(Path(app.srcdir))
        prepared = prepared_review(app)
        keys = (*(paper.citekey for paper in prepared.corpus.papers), *list_gone(prepared.corpus))
        moved = map(chapter_page, former_slugs(prepared.corpus))
        names = {*app.env.found_docs, *map(paper_page, keys), *moved}
        drop_pages(Path(app.outdir) / "book", {Path(builder.get_outfilename(name)) for name in names})
        notes = Notes(prepared.first_seen, _describe_pages(app))
        index(prepared.corpus, Path(app.outdir), project.data, project.cache, notes)


def _describe_pages(app: Sphinx) -> dict[str, SitePage]:
    """Return by address what each page of the site says of itself."""
    builder, env = cast(Any, app.builder), cast(Any, app.env)
    listed = env.external_site_map  # with the short titles of `_toc.yml`
    written = {
        Path(builder.get_outfilename(name)).relative_to(app.outdir).as_posix(): read_page(
            env.metadata.get(name, {}), (name in listed and listed[name].title) or _title_of(env, name)
        )
        for name in sorted(env.found_docs)
    }
    return {**written, **{address: page for address, page in MADE.items() if (Path(app.outdir) / address).is_file()}}


def _title_of(env: Any, name: str) -> str:
    return env.titles[name].astext() if name in env.titles else ""
