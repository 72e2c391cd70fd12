"""Labels of citations: no two cited papers share one, and the year is that of publication; no such work exists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import make_corpus_of, make_paper

from litbook.enrich.merge import enrich
from litbook.ingest.sources import read_source
from litbook.model.reference import AND_OTHERS, PersonName, Reference
from litbook.model.review import Corpus, Paper
from litbook.text.person_names import shown_authors
from litbook.write.bibliography import render_csl, render_references, render_ris
from litbook.write.labels import find_lettered, join_facts, label_of

CUT: tuple[dict[str, str], ...] = ({AND_OTHERS: "author"}, {})


def make_review(*papers: Paper, cited: int = 99) -> Corpus:
    return replace(make_corpus_of(list(papers)), citations={paper.citekey: () for paper in papers[:cited]})


def label_all(corpus: Corpus) -> list[str]:
    return [label_of(corpus, paper).text for paper in corpus.papers]


def test_equal_labels_get_letters_in_the_order_of_their_titles() -> None:
    one, other = (make_paper(key, title, authors=("Bo Made",), year=2031) for key, title in (("a", "Z"), ("b", "B")))
    assert label_all(make_review(one, other)) == ["Made, 2031b", "Made, 2031a"]


def test_names_that_et_al_hides_do_not_distinguish() -> None:
    one = make_paper("a", "A", authors=("Bo Made", "Cy Nada", "Di Fake"), year=2031)
    other = make_paper("b", "B", authors=("Bo Made", "Ed Fake", "Fi Nada"), year=2031)
    assert label_all(make_review(one, other)) == ["Made et al., 2031a", "Made et al., 2031b"]


def test_a_name_before_others_that_the_source_leaves_out_is_followed_by_et_al() -> None:
    short, whole = (Reference(names={"author": (PersonName("Made", given="B."),)}, others=others) for others in CUT)
    papers = [
        make_paper(key, "A", authors=("B. Made",), year=2031, reference=known)
        for key, known in (("a", short), ("b", whole))
    ]
    assert label_all(make_review(*papers)) == ["Made et al., 2031", "Made, 2031"]
    assert [shown_authors(paper) for paper in papers] == [("B. Made et al.",), ("B. Made",)]


@pytest.mark.parametrize(
    "others",
    [{"authors": ("Cy Made", "Di Nada")}, {"year": 2032}, {"authors": ("Aäron van den Made",)}],
)
def test_labels_that_differ_have_no_letter(others: dict[str, object]) -> None:
    one = make_paper("a", "A", authors=("Bo Made",), year=2031)
    corpus = make_review(one, replace(one, citekey="b", **others))
    assert find_lettered(corpus) == []


def test_a_paper_that_is_not_cited_takes_no_letter() -> None:
    one, other = (make_paper(key, key, authors=("Bo Made",), year=2031) for key in "ab")
    assert label_all(make_review(one, other, cited=1)) == ["Made, 2031", "Made, 2031"]


def test_more_papers_than_letters_have_two_letters_each() -> None:
    papers = [make_paper(f"k{at:02}", f"{at:02}", authors=("Bo Made",)) for at in range(30)]
    labels = label_all(make_review(*papers))
    assert (labels[0], labels[26], len(set(labels))) == ("Made, n.d.aa", "Made, n.d.ba", 30)


PREPRINT = "@article{p, author={Made, Bo}, title={Kelp}, year=2030, eprint={3001.00001}, archiveprefix={arXiv}}"
PAPER = "@inproceedings{q, author={Made, Bo}, title={Kelp}, year=2031, booktitle={Conference of Tide}, doi={10.5555/k}}"


@pytest.mark.parametrize("text", [f"{PREPRINT}\n{PAPER}", f"{PAPER}\n{PREPRINT}"])
def test_a_preprint_and_its_version_of_record_have_one_year_and_leave_with_both_identifiers(text: str) -> None:
    reading = read_source("x.bib", text.encode())
    assert reading is not None
    (paper,) = enrich(reading.records, (), (), "2031-01-01").papers
    assert (paper.year, paper.venue_year, paper.cited_year) == (2030, 2031, 2031)
    assert label_of(make_review(paper), paper).text == "Made, 2031"
    bibtex, ris, csl = (render([paper]) for render in (render_references, render_ris, render_csl))
    assert bibtex.startswith("@inproceedings")
    for exported in (bibtex, ris, csl):
        assert "3001.00001" in exported
        assert "10.5555/k" in exported
        assert "2030" not in exported.replace(paper.citekey, "")


def test_a_dot_between_facts_stays_with_the_one_before_it() -> None:
    assert join_facts(("Ada Invented", "", "2031")) == "Ada Invented\N{NO-BREAK SPACE}· 2031"
