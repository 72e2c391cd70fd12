"""What a page says of itself to programs: reference managers, search engines, and the browser's own policy."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from litbook.model import Corpus, Paper
from litbook.order import find_paper
from litbook.render.bibliography import entry_type, issued
from litbook.render.escape import clean
from litbook.sphinxext.events import prepared_review
from litbook.sphinxext.nav import PAPERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# This site alone, also where it is opened from a folder; the theme has scripts and styles in its pages.
POLICY = (
    "default-src 'none'; script-src 'self' file: 'unsafe-inline'; style-src 'self' file: 'unsafe-inline'; "
    "img-src 'self' file: data: blob:; font-src 'self' file:; media-src 'self' file:; connect-src 'self' file:; "
    "form-action 'self' file:; base-uri 'none'"
)
_LONGEST = 160  # characters of a description that search engines show


def add_metadata(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the policy and the metadata of a page at the beginning of its head."""
    tags = [_tag("http-equiv", "Content-Security-Policy", app.config.litbook_content_policy)]
    corpus = prepared_review(app).corpus
    paper = find_paper(corpus, pagename.removeprefix(PAPERS)) if pagename.startswith(PAPERS) else None
    description = _describe(corpus, paper) if paper else _find_first_words(doctree)
    tags += [_tag("name", name, content) for name, content in (("description", description), *_cite(paper))]
    context["metatags"] = "\n".join(filter(None, [*tags, context.get("metatags", "")]))


def _tag(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{escape(clean(content))}">' if content else ""


def _describe(corpus: Corpus, paper: Paper) -> str:
    gist = corpus.gists.get(paper.citekey)
    return _shorten(gist.quote if gist else paper.title.plain)


def _find_first_words(doctree: nodes.document | None) -> str:
    """Return the beginning of the first paragraph of a page."""
    first = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    return _shorten(" ".join(first.astext().split())) if first else ""


def _shorten(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:–") + "…"


def _cite(paper: Paper | None) -> Iterator[tuple[str, str]]:
    """Yield the tags that Google Scholar asks for and reference managers read; what is not known is left out.

    The names are those of "Inclusion Guidelines for Webmasters" of Google Scholar (Highwire Press tags).
    """
    if paper is None:
        return
    yield "citation_title", paper.title.plain
    for author in paper.authors:
        yield "citation_author", author
    yield "citation_publication_date", str(issued(paper) or "")
    venue = {"article": "citation_journal_title", "inproceedings": "citation_conference_title"}.get(entry_type(paper))
    if venue:
        yield venue, paper.venue or ""
    yield "citation_doi", paper.links.get("doi", "")
    yield "citation_arxiv_id", paper.links.get("arxiv", "")
