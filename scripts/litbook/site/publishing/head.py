"""What a page says of itself to programs: reference managers, search engines, other sites, and the browser's policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup

from litbook.core.urls import chapter_page, citekey_of, paper_page, theme_of
from litbook.model.queries import find_paper
from litbook.model.reference import PersonName
from litbook.model.review import Corpus, Paper, Theme
from litbook.site.build.dependencies import digest_value
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import PLACE, cited_review, find_home, review_name
from litbook.site.build.state import state_of
from litbook.site.publishing.card_image import HEIGHT, WIDTH
from litbook.site.publishing.open_pdf import find_open_pdf
from litbook.site.publishing.social_cards import picture_of
from litbook.text.escape import clean
from litbook.write.csl import write_iso_date
from litbook.write.item import best_address, complete_reference
from litbook.write.jsonld import describe_chapter, describe_paper, describe_review, render_script
from litbook.write.reference import name_version

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_LONGEST = 160  # characters of a description that search engines show
_EXPORTS = (
    ("application/x-bibtex", "All papers as BibTeX", "data/references.bib"),
    ("application/x-research-info-systems", "All papers as RIS", "data/papers.ris"),
    ("application/vnd.citationstyles.csl+json", "All papers as CSL-JSON", "data/papers.csl.json"),
    ("application/json", "All details of the papers", "data/papers.json"),
)


@dataclass(frozen=True, slots=True)
class _Page:
    """Hold what the head of one page tells of: at most one of a paper and a chapter."""

    name: str
    title: str
    address: str
    description: str
    paper: Paper | None
    theme: Theme | None

    @property
    def is_gone(self) -> bool:
        """Whether this is the short page of a paper that is not in the review any more."""
        return citekey_of(self.name) is not None and self.paper is None

    @property
    def slug(self) -> str | None:
        return self.theme.slug if self.theme else None


def add_metadata(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put the policy and the metadata of a page at the beginning of its head."""
    corpus = prepared_review(app).corpus
    page = _look_at(app, corpus, pagename, context, doctree)
    before = str(context.get("metatags", "")).strip()
    tags = [
        make_tag("http-equiv", "Content-Security-Policy", app.config.litbook_content_policy),
        make_tag("name", "litbook-review", review_name(app)),
        make_tag('property="og:description" name', "description", page.description),
        *(make_tag(kind, name, content) for kind, name, content in _tell(app, corpus, page)),
        _describe(app, corpus, page),
        make_tag("name", "robots", "noindex") if page.is_gone else "",
        before,
    ]
    context["metatags"] = "\n".join(filter(None, tags))
    home = find_home(app)
    # The way from a page to itself is "#".
    context["litbook_cite"] = f"{context['pathto'](home).rstrip('#')}#{PLACE}" if home else ""
    context["litbook_alternates"] = list(_find_alternates(app, page))


def _look_at(app: Sphinx, corpus: Corpus, name: str, context: dict[str, Any], doctree: nodes.document | None) -> _Page:
    citekey = citekey_of(name)
    paper = find_paper(corpus, citekey) if citekey is not None else None
    slug = corpus.placements[paper.citekey].theme if paper else theme_of(name)
    title = paper.title.plain or paper.citekey if paper else Markup(context.get("title") or "").striptags()
    return _Page(
        name=name,
        title=cited_review(app).site.title if name == app.config.root_doc else title,
        address=context.get("pageurl") or "",
        description=_quote(corpus, paper) if paper else _say_what_it_is(context, doctree) or title,
        paper=paper,
        theme=next((theme for theme in corpus.themes() if theme.slug == slug), None),
    )


def find_stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the documents whose head names a theme or a part that has another title now."""
    corpus = prepared_review(app).corpus
    state = state_of(env)
    titles = {theme.slug: (part.title, theme.title) for part in corpus.parts for theme in part.themes}
    renamed = {slug for slug, title in titles.items() if state.update(f"title of {slug}", digest_value(title))}
    papers = (key for key, placement in corpus.placements.items() if placement.theme in renamed)
    names = {*map(chapter_page, renamed), *map(paper_page, papers)}
    return sorted(names & env.found_docs)


def make_tag(kind: str, name: str, content: str) -> str:
    """Return a tag of a page's head, or nothing where the content is not known; `kind` is its first attribute."""
    return f'<meta {kind}="{name}" content="{_attribute(clean(content))}">' if content else ""


def _attribute(text: str) -> str:
    """Escape a text for use in double quotes; single ones are harmless there, and the policy is full of them."""
    return escape(text, quote=False).replace('"', "&quot;")


def _quote(corpus: Corpus, paper: Paper) -> str:
    gist = corpus.gists.get(paper.citekey)
    return _shorten(gist.shown if gist else paper.title.plain)


def _say_what_it_is(context: Mapping[str, Any], doctree: nodes.document | None) -> str:
    """Return what a page without a document says of itself, or the first words of a document."""
    return str(context.get("litbook_description") or _find_first_words(doctree))


def _find_first_words(doctree: nodes.document | None) -> str:
    """Return the beginning of the first paragraph of a page."""
    first = next(iter(doctree.findall(nodes.paragraph)), None) if doctree else None
    return _shorten(" ".join(first.astext().split())) if first else ""


def _shorten(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:–") + "…"


# --- Reference managers, and sites that show a link to a page ---


def _tell(app: Sphinx, corpus: Corpus, page: _Page) -> Iterator[tuple[str, str, str]]:
    """Yield the tags of Highwire Press for a paper, and those of the Open Graph protocol for each page.

    One tag can serve both readers. A paper's page does not name the site: to Zotero that is the paper's journal.
    """
    if page.paper:
        yield 'property="og:title" name', "citation_title", page.title
        yield from (("name", name, content) for name, content in _cite(page.paper))
    else:
        yield "property", "og:title", page.title
        yield "property", "og:site_name", cited_review(app).site.title
    yield "property", "og:type", "article" if page.theme else "website"
    yield "property", "og:url", page.address
    picture = picture_of(app, page.slug)
    if picture:
        yield "property", "og:image", picture.address
        yield "property", "og:image:alt", picture.description
        yield "property", "og:image:width", str(WIDTH)
        yield "property", "og:image:height", str(HEIGHT)
        yield "name", "twitter:card", "summary_large_image"


# The tags of Highwire Press by the variables of CSL.
_TAGS = {
    "citation_volume": "volume", "citation_issue": "issue", "citation_publisher": "publisher",
    "citation_issn": "ISSN", "citation_isbn": "ISBN", "citation_language": "language", "citation_keywords": "keyword",
    "citation_doi": "DOI", "citation_pmid": "PMID",
}  # fmt: skip
_CONTAINERS = {
    "article-journal": "citation_journal_title", "article-magazine": "citation_journal_title",
    "article-newspaper": "citation_journal_title", "review": "citation_journal_title",
    "paper-conference": "citation_conference_title", "chapter": "citation_inbook_title",
    "thesis": "citation_dissertation_institution", "report": "citation_technical_report_institution",
}  # fmt: skip


def _cite(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the tags that Google Scholar asks for and reference managers read; what is not known is left out.

    The names are those of "Inclusion Guidelines for Webmasters" of Google Scholar (Highwire Press tags), and of
    Zotero's translator "Embedded Metadata", which takes `citation_public_url` for the address of the work.
    """
    known = complete_reference(paper)
    fields = known.fields
    for role, tag in (("author", "citation_author"), ("editor", "citation_editor")):
        yield from ((tag, _turn_around(name)) for name in known.names.get(role, ()))
    issued = known.dates.get("issued")
    yield "citation_publication_date", write_iso_date(issued).replace("-", "/") if issued else ""
    if known.type in _CONTAINERS:
        of_whole = "publisher" if known.type in ("thesis", "report") else "container-title"
        yield _CONTAINERS[known.type], fields.get(of_whole, "")
    yield from ((tag, fields.get(variable, "")) for tag, variable in _TAGS.items())
    first, _, last = fields.get("page", "").partition("-")
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_arxiv_id", paper.links.get("arxiv", "")
    yield "citation_public_url", best_address(paper)
    yield "citation_pdf_url", find_open_pdf(paper)
    yield "citation_abstract", paper.abstract.plain


def _turn_around(name: PersonName) -> str:
    """Return "van Last, First", where readers would take the last word alone for the family name.

    A name with several words on both sides of a comma is two names to some of them.
    """
    family = clean(name.surname)
    is_plain = not name.given or " " in name.given or (" " not in family and not name.suffix)
    return clean(name.display) if is_plain else ", ".join(filter(None, (family, clean(name.given), name.suffix)))


# --- Search engines ---


def _describe(app: Sphinx, corpus: Corpus, page: _Page) -> str:
    """Return the JSON-LD of a page, if it is a paper's, a chapter or the landing page."""
    cited = cited_review(app)
    if page.paper:
        return render_script(describe_paper(page.paper, page.address))
    if page.theme:
        return render_script(describe_chapter(cited.site, page.theme, page.address))
    if page.name == app.config.root_doc:
        version, language = name_version(corpus.state), str(app.config.language or "")
        return render_script(describe_review(cited.site, corpus.state, version, cited.in_words(), language))
    return ""


def _find_alternates(app: Sphinx, page: _Page) -> Iterator[tuple[str, str, str]]:
    """Yield type, title and address of what says the same as a page, in a form for programs.

    Reference managers read a paper's page by its tags, and none looks for a link to a file of it.
    """
    if page.name.startswith("book/") and not page.name.startswith("book/analysis/") and not page.is_gone:
        yield "text/markdown", "This page as Markdown", f"{page.name}.md"
    if page.name in (app.config.root_doc, "all-papers"):
        yield from _EXPORTS
    elif page.theme and not page.paper:
        yield "application/atom+xml", f"{page.theme.title}: new papers", f"feeds/{page.theme.slug}.xml"
