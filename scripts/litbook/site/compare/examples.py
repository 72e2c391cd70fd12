"""What a page that compares nothing yet offers: papers that are worth comparing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from litbook.model.queries import find_paper, papers_of
from litbook.model.review import Corpus
from litbook.site.build.review import review_of
from litbook.write.labels import label_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

_MOST_EXAMPLES, _MOST_PAPERS = 4, 5
Example = tuple[str, str, Sequence[str]]


def add_examples(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the page that compares papers some examples."""
    if pagename == "compare":
        context["litbook_examples"] = list(islice(find_examples(review_of(app).corpus), _MOST_EXAMPLES))


def find_examples(corpus: Corpus) -> Iterator[Example]:
    """Yield questions with the names and citekeys of papers: those that disagree, then the newest of each theme."""
    for tension in sorted(corpus.editorial.tensions, key=lambda item: item.status != "confirmed"):
        if 1 < len(tension.citekeys()) <= _MOST_PAPERS:
            yield _make_example(corpus, tension.question, tension.citekeys())
    for theme in corpus.themes():
        keys = [paper.citekey for paper in papers_of(corpus, theme.slug)[:3]]
        if len(keys) > 1:
            yield _make_example(corpus, f"Newest in {theme.name}", keys)


def _make_example(corpus: Corpus, question: str, citekeys: Sequence[str]) -> Example:
    papers = (paper for key in citekeys if (paper := find_paper(corpus, key)))
    names = (label_of(corpus, paper).in_list or paper.title.plain for paper in papers)
    return question, ", ".join(names), citekeys
