"""A paper's page says why it is in its theme, and shows the sentences that cite it. All papers are invented."""

from __future__ import annotations

from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement

from litbook.model.review import Corpus, Suggestion
from litbook.write.paper import gather_page, render_paper


def page_of(corpus: Corpus, citekey: str) -> str:
    papers = {paper.citekey: paper for paper in corpus.papers}
    return render_paper(gather_page(corpus, papers[citekey], papers))


def why_of(**known: object) -> str:
    paper = make_paper("cranes", "Cranes", "Robots tear paper.")
    page = page_of(make_corpus_of([paper], {"cranes": make_placement(CRAFTS.slug, **known)}), "cranes")
    return next((block for block in page.split("\n\n") if block.startswith("{.litbook-why}\n")), "")


def test_a_page_says_why_by_whom_and_when_and_what_came_second() -> None:
    suggestion = Suggestion(GARDENS.slug, ("kelp",), CRAFTS.slug, 0.04)
    why = why_of(reason="It folds *paper*.", by="Ada_Invented", date="2031-05-03", suggestion=suggestion)
    assert "Decided by Ada\\_Invented on 2031-05-03: It folds \\*paper\\*." in why.replace("\\-", "-")
    assert "the classifier suggests “Gardens below the tide”; the runner-up, this theme, is close behind." in why
    same = why_of(by="Ada", suggestion=Suggestion(CRAFTS.slug, (), GARDENS.slug, 0.5))
    assert "suggests the same theme; the runner-up, “Gardens below the tide”, is far behind." in same
    assert "Decided by Ada: it folds. " in same


def test_a_page_without_a_reason_or_a_runner_up_says_no_more_than_it_knows() -> None:
    assert "Decided, without a reason." in why_of(reason="")
    assert why_of(decided=False, reason="", suggestion=Suggestion(CRAFTS.slug, (), None, 0.0)) == ""
    undecided = why_of(decided=False, reason="", suggestion=Suggestion(CRAFTS.slug, (), GARDENS.slug, 0.3))
    assert "Decided" not in undecided
    assert "This is what the classifier suggests from its words; the runner-up, “Gardens" in undecided
