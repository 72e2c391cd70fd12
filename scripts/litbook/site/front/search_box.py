"""The box that leads to the search page, with the size and the date of the review below it."""

from __future__ import annotations

from html import escape
from typing import ClassVar
from urllib.parse import quote_plus

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.analyse.living.due import describe_briefly
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, query
from litbook.text.dates import say_date
from litbook.text.nouns import count_noun
from litbook.write.labels import join_facts

_PROMPT = "Search by question, keyword or author"


@query("review-facts")
def select_facts(prepared: Prepared, _: str) -> tuple[str, ...]:
    """Return how large the review is, which years it covers, and its date, as far as they are known."""
    corpus = prepared.corpus
    years = sorted({paper.cited_year for paper in corpus.papers if paper.cited_year})
    span = "–".join(dict.fromkeys(str(year) for year in (years[0], years[-1]))) if years else ""
    chapters = len(corpus.themes())
    facts = (
        count_noun(len(corpus.papers), "paper"),
        f"published {span}" if span else "",
        count_noun(chapters, "chapter"),
        f"updated {say_date(corpus.state.date)}" if corpus.state.date else "",
    )
    return tuple(fact for fact in facts if fact)


@query("status-line")
def select_status(prepared: Prepared, _: str) -> str:
    """Return the updating status in one line, or nothing for a review without one."""
    corpus = prepared.corpus
    return describe_briefly(corpus.status, corpus.papers) if corpus.status else ""


class SearchBox(SphinxDirective):
    """Draw a box that leads to the search page; `:examples:` are searches to try, separated by vertical bars."""

    option_spec: ClassVar[OptionSpec] = {"examples": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the facts of the review, the box, and the examples as links."""
        search = f"{'../' * self.env.docname.count('/')}search.html"
        facts = ask(self.env, select_facts)
        examples = [text.strip() for text in self.options.get("examples", "").split("|") if text.strip()]
        links = " ".join(
            f'<a class="litbook-chip" href="{search}?q={quote_plus(text)}">{escape(text)}</a>' for text in examples
        )
        status = ask(self.env, select_status)
        page = f"{'../' * self.env.docname.count('/')}status.html"
        kept = f'<p class="litbook-meta"><a href="{page}">{escape(status)}</a></p>'
        html = (
            f'<p class="litbook-facts">{escape(join_facts(facts))}</p>{kept if status else ""}'
            f'<form class="litbook-search-box" role="search" action="{search}">'
            f'<input id="litbook-box" type="search" name="q" aria-label="{_PROMPT}" placeholder="{_PROMPT}" '
            'autocomplete="off"><button type="submit">Search</button></form>'
            + (f'<p class="litbook-chips"><span>Try</span> {links}</p>' if links else "")
        )
        return [nodes.raw("", html, format="html")]
