"""The pages of papers that the review has no longer: their addresses stay. All of it is invented."""

from __future__ import annotations

from toybook import Built

from litbook.enrich.merge import find_united
from litbook.model.review import Decision, Exclusion, Paper, Text
from litbook.model.screening import Pair
from litbook.site.papers.gone import render_excluded, render_united

EXCLUDED = "book/papers/assumed2024croissant.html"


def make_exclusion(reason: str = "Not about <bread>", by: str = "A. Fictive", date: str = "2031-02-03") -> Exclusion:
    paper = Paper("assumed2024croissant", (), Text("Croissant & <Roll>"), Text(""), ("Vic Assumed",), 2024)
    decision = Decision(1, paper.citekey, None, status="exclude", reason=reason, by=by, date=date)
    return Exclusion(paper, decision)


def test_the_page_says_who_excluded_the_paper_when_and_why() -> None:
    page = render_excluded(make_exclusion(), "../index.html", "../about/flow.html")
    assert "<h1>Croissant &amp; &lt;Roll&gt;</h1>" in page
    assert "This paper was found and excluded by A. Fictive on 3 February 2031." in page
    assert "Not about &lt;bread&gt;" in page
    assert 'href="../about/flow.html#litbook-list-excluded"' in page


def test_what_was_not_recorded_is_not_made_up() -> None:
    page = render_excluded(make_exclusion("", "", ""), "../index.html", "")
    assert "This paper was found and excluded.</p>" in page
    assert "No reason was recorded." in page
    assert "litbook-list-excluded" not in page


def test_a_built_excluded_paper_keeps_its_address_and_is_not_for_search_engines(book: Built) -> None:
    page = book.review.page(EXCLUDED)
    assert page.text("h1") == "Croissant: A File Format for Something Else"
    assert "Not about bread" in page.text(".litbook-gone")
    assert page.one('meta[name="robots"]')["content"] == "noindex"
    assert not book.review.page("book/papers/fictive2024plan.html").soup.select('meta[name="robots"]')


def make_paper(citekey: str) -> Paper:
    return Paper(citekey, (), Text(citekey), Text(""))


def test_a_united_citekey_leads_to_the_paper_that_is_kept() -> None:
    pairs = [Pair(1, "b", "a", True), Pair(2, "c", "b", True), Pair(3, "c", "d", False), Pair(4, "x", "y", True)]
    assert find_united(pairs, [make_paper("c"), make_paper("d")]) == {"a": "c", "b": "c"}
    assert 'href="c.html"' in render_united("a", "c", "../index.html")


def test_pairs_that_lead_in_a_circle_end() -> None:
    assert find_united([Pair(1, "a", "b", True), Pair(2, "b", "a", True)], [make_paper("c")]) == {}
