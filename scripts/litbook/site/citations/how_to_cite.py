"""How to cite a paper, and how to cite the review: references to copy, readable without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.history import ReviewVersion
from litbook.pipeline import Prepared
from litbook.site.build.dependencies import ask, digest_value, query, update_at_last
from litbook.site.build.prepare import prepared_review
from litbook.site.build.reference_forms import render_forms
from litbook.site.build.site_config import PLACE, cited_review, find_home
from litbook.site.build.state import state_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class CiteNode(nodes.Element):
    """Stand where a page says how to cite the review; what is said depends on the settings, so it is drawn at last."""


@query("state", at_last=True)
def select_state(prepared: Prepared, _: str) -> tuple[ReviewVersion, int]:
    """Return the state of the review, and the number of its papers."""
    return prepared.corpus.state, len(prepared.corpus.papers)


class CiteReview(SphinxDirective):
    """Say how to cite the review in the state that is shown: a reference on one line, and BibTeX."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        ask(self.env, select_state)  # the node is drawn from the state and the settings when the page is written
        return [CiteNode()]


def visit_cite(writer: Any, _node: CiteNode) -> None:
    """Write the references; the first place on a page is where the link of all pages leads."""
    cited = cited_review(writer.builder.app)
    forms = render_forms((("Plain text", cited.in_words()), ("BibTeX", cited.in_bibtex())))
    writer.body.append(f'<div class="litbook-formats" id="{PLACE}">{forms}</div>\n')
    raise nodes.SkipNode


def skip_cite(_writer: Any, _node: CiteNode) -> None:
    """Leave the references out where the book is made into something else than a site."""
    raise nodes.SkipNode


def find_stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that tell of another state, the landing page among them; all if the page on citing differs."""
    state = state_of(env)
    moved = state.update("page on citing", str(find_home(app)))
    changed = state.update("state of the review", digest_value(select_state.select(prepared_review(app), "")))
    telling = update_at_last(prepared_review(app), state.shown)
    return sorted(env.found_docs) if moved else [*telling, env.config.root_doc] if changed else telling
