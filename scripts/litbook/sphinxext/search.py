"""Put our own search in the place of the stock one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from litbook.index import drop_pages, index
from litbook.model import Corpus, Paper, Theme
from litbook.order import papers_of
from litbook.project import Project
from litbook.sphinxext.events import prepared_review

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def collect_search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Add to the site `search.html`, `compare.html`, and `all-papers.html` for readers without JavaScript."""
    corpus = prepared_review(app).corpus
    yield "search", {"title": "Search"}, "search.html"
    yield "compare", {"title": "Compare papers"}, "compare.html"
    themes = [_describe_theme(corpus, theme) for theme in corpus.themes()]
    yield "all-papers", {"title": "All papers", "litbook_themes": themes}, "all-papers.html"


def _describe_theme(corpus: Corpus, theme: Theme) -> dict[str, object]:
    return {"title": theme.title, "papers": [_describe_paper(paper) for paper in papers_of(corpus, theme.slug)]}


def _describe_paper(paper: Paper) -> dict[str, str]:
    details = [", ".join(paper.authors[:3]) + (" et al." if len(paper.authors) > 3 else ""), str(paper.year or "")]
    known = "".join(f", {detail}" for detail in details if detail)
    return {"citekey": paper.citekey, "title": paper.title.plain or paper.citekey, "details": known}


def write_search_index(app: Sphinx, error: Exception | None) -> None:
    """Write the index that the search page loads."""
    if error is None and app.builder.format == "html":
        builder = cast(Any, app.builder)
        pages = {Path(builder.get_outfilename(docname)) for docname in app.env.found_docs}
        drop_pages(Path(app.outdir) / "book", pages)
        project = Project(Path(app.srcdir))
        prepared = prepared_review(app)
        index(prepared.corpus, Path(app.outdir), project.data, project.cache, prepared.first_seen)
