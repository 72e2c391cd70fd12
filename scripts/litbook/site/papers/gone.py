"""The short pages of papers that are no longer part of the review: excluded, or the same work as another paper.

A citekey is permanent, and so is the address of its page: whoever kept a link learns what became of the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from litbook.core.urls import paper_page
from litbook.model.review import Exclusion
from litbook.site.build.breadcrumbs import render_crumbs
from litbook.site.build.page_writer import GeneratedPage
from litbook.site.build.prepare import prepared_review
from litbook.site.lists.paper_list import render_title, short_authors
from litbook.text.dates import say_date
from litbook.text.escape import clean
from litbook.text.person_names import shown_authors
from litbook.write.labels import join_facts
from litbook.write.links import LABELS, addresses

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_NO_REASON = "No reason was recorded."


def make_pages(app: Sphinx) -> Iterator[GeneratedPage]:
    """Yield a page for each paper that was excluded or united with another."""
    corpus = prepared_review(app).corpus
    home = app.builder.get_relative_uri(paper_page("any"), app.config.root_doc)
    flow = corpus.editorial.homes.get("excluded", "").removesuffix(".md")
    list_address = app.builder.get_relative_uri(paper_page("any"), f"book/{flow}") if flow else ""
    for exclusion in corpus.excluded:
        title = exclusion.paper.title.plain or exclusion.paper.citekey
        body = render_excluded(exclusion, home, list_address)
        yield _make_page(exclusion.paper.citekey, title, f"Excluded from this review: {title}", body)
    for citekey, kept in corpus.flow.united.items():
        yield _make_page(citekey, citekey, f"{citekey} is the same work as {kept}.", render_united(citekey, kept, home))


def render_excluded(exclusion: Exclusion, home: str, list_address: str) -> str:
    """Return the page of an excluded paper: what it is, and who excluded it when and why.

    `home` leads to the landing page, and `list_address` to the page that lists all excluded papers, if there is one.
    """
    paper, decision = exclusion.paper, exclusion.decision
    known = [short_authors(shown_authors(paper)), str(paper.cited_year or ""), paper.venue or ""]
    details = join_facts(known)
    links = " · ".join(
        f'<a href="{escape(address)}">{escape(LABELS[name])}</a>' for name, address in addresses(paper.links).items()
    )
    by = f" by {_escape(decision.by)}" if decision.by else ""
    on = f" on {say_date(decision.date)}" if decision.date else ""
    listed = f"{list_address}#litbook-list-excluded" if list_address else ""
    title = render_title(paper.title) or escape(paper.citekey)
    lines = [
        render_crumbs([("Home", home), ("Excluded papers", listed), ("This paper", "")]),
        f"<h1>{title}</h1>",
        f'<p class="litbook-byline">{_escape(details)}</p>' if details else "",
        '<div class="admonition note litbook-gone"><p class="admonition-title">Not part of this review</p>',
        f"<p>This paper was found and excluded{by}{on}.</p>",
        f"<p><strong>Reason:</strong> {_escape(decision.reason)}</p>" if decision.reason else f"<p>{_NO_REASON}</p>",
        "</div>",
        f'<p class="litbook-links">{links}</p>' if links else "",
    ]
    return "\n".join(filter(None, lines))


def render_united(citekey: str, kept: str, home: str) -> str:
    """Return the page of a citekey whose paper turned out to be the same work as another."""
    lines = [
        render_crumbs([("Home", home), ("Same work", "")]),
        f"<h1>{escape(citekey)}</h1>",
        f'<p>This is the same work as <a href="{escape(kept)}.html">{escape(kept)}</a>, under which it is kept.</p>',
    ]
    return "\n".join(lines)


def _make_page(citekey: str, title: str, description: str, body: str) -> GeneratedPage:
    return GeneratedPage(
        name=paper_page(citekey),
        title=escape(title),
        source=body,
        render_body=partial(str, body),
        sample=body,
        description=description,
    )


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)
