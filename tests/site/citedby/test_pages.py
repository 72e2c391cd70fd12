"""The pages on citations: classics with timelines, and works that the review lacks. All papers are invented."""

from __future__ import annotations

from dataclasses import replace

from invented import make_corpus_of, make_paper

from litbook.model.citing import CitedHere, Citing, LackedWork
from litbook.model.review import Corpus
from litbook.site.citedby.pages import render_pages

PAPERS = [make_paper(f"moll{year}owls", f"Owls of {year} <b>", year=year, authors=("Ada Moll",)) for year in
          (2001, 2003, 2009)]  # fmt: skip
OLD, MIDDLE, NEW = (paper.citekey for paper in PAPERS)
WORK = LackedWork("Mice & <snow>", "Lind", 1999, {"doi": "10.1000/mice"}, (OLD, MIDDLE, NEW))


def make_review(lacking: tuple[LackedWork, ...] = ()) -> Corpus:
    citing = Citing(
        listed={MIDDLE: 5, NEW: 9},
        cites={MIDDLE: (CitedHere(OLD),), NEW: (CitedHere(MIDDLE), CitedHere(OLD))},
        cited_by={OLD: (CitedHere(MIDDLE), CitedHere(NEW)), MIDDLE: (CitedHere(NEW),)},
        lacking=lacking,
    )
    return replace(make_corpus_of(PAPERS), citing=citing)


def test_the_most_cited_papers_come_first_with_the_years_of_those_that_cite_them() -> None:
    (page,) = render_pages(make_review())
    assert "The references of 2 of 3 papers are known" in page.body
    assert "They cite each other 3 times." in page.body
    assert page.body.index(f'data-cited="{OLD}"') < page.body.index(f'data-cited="{MIDDLE}"')
    assert 'aria-label="Published in 2001; cited in 2003: 1, 2009: 1"' in page.body
    assert "When (2001–2009)" in page.body
    assert f'href="../book/papers/{OLD}.html">Owls of 2001 &lt;b&gt;</a>' in page.body
    assert NEW not in page.body.partition("<tbody>")[2]


def test_what_the_review_lacks_has_a_page_of_its_own_with_its_files() -> None:
    classics, lacking = render_pages(make_review((WORK,)))
    assert '<a href="lacking.html">1 work that at least 3 of them cite</a> is not' in classics.body
    assert 'href="https://doi.org/10.1000/mice">Mice &amp; &lt;snow&gt;</a><br>Lind, 1999' in lacking.body
    assert "../data/lacking.ris" in lacking.body
    assert "../data/lacking.txt" in lacking.body
    assert f'<a href="../book/papers/{NEW}.html">Moll, 2009</a>' in lacking.body


def test_without_lists_of_references_there_are_no_pages() -> None:
    assert not list(render_pages(make_corpus_of(PAPERS)))
