"""How to cite a paper, and how to cite the review: references to copy, readable without a script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from litbook.model.review import Paper
from litbook.site.build.dependencies import digest_of, note_use
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import PLACE, cited_review, find_home
from litbook.write.bibliography import cite_in_csl, cite_in_ris, cite_in_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def add_formats(doctree: nodes.document, paper: Paper) -> None:
    """Put below the BibTeX of a paper's page the other forms of its reference, folded up."""
    bibtex = list(doctree.findall(nodes.literal_block))[-1:]  # the last block of a generated page
    for block in bibtex:
        forms = (("Plain text", cite_in_words(paper)), ("RIS", cite_in_ris(paper)), ("CSL-JSON", cite_in_csl(paper)))
        html = f'<details class="litbook-formats"><summary>Plain text, RIS, CSL-JSON</summary>{_draw(forms)}</details>'
        block.parent.insert(block.parent.index(block) + 1, nodes.raw("", html, format="html"))


def _draw(forms: Iterable[tuple[str, str]]) -> str:
    """Return texts under their names, in blocks that sphinx-copybutton gives a button."""
    return "".join(
        f'<p>{escape(name)}</p><div class="highlight"><pre>{escape(text, quote=False)}</pre></div>'
        for name, text in forms
    )


class CiteNode(nodes.Element):
    """Stand where a page says how to cite the review; what is said depends on the settings, so it is drawn at last."""


class CiteReview(SphinxDirective):
    """Say how to cite the review in the state that is shown: a reference on one line, and BibTeX."""

    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        note_use(self.env, prepared_review(self.env.app).corpus, "state")
        return [CiteNode()]


def visit_cite(writer: Any, _node: CiteNode) -> None:
    """Write the references; the first place on a page is where the link of all pages leads."""
    cited = cited_review(writer.builder.app)
    forms = _draw((("Plain text", cited.in_words()), ("BibTeX", cited.in_bibtex())))
    writer.body.append(f'<div class="litbook-formats" id="{PLACE}">{forms}</div>\n')
    raise nodes.SkipNode


def skip_cite(_writer: Any, _node: CiteNode) -> None:
    """Leave the references out where the book is made into something else than a site."""
    raise nodes.SkipNode


def find_stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the landing page if it tells of another state; and all pages if the page on citing is another."""
    now = (find_home(app), digest_of(prepared_review(app).corpus, "state"))
    before = getattr(env, "litbook_cited", now)
    env.litbook_cited = now  # type: ignore[attr-defined]
    if now[0] != before[0]:
        return sorted(env.found_docs)
    return [env.config.root_doc] if now != before else []
