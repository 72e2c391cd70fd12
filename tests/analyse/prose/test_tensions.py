"""Tensions: what people wrote is read, held to its papers, and shown on the papers' pages. All papers are invented."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from invented import CRAFTS, GARDENS, ROOT, SOUND, make_corpus_of, make_paper, put

from litbook.analyse.evidence import split_sentences
from litbook.analyse.prose import check_prose, find_homes
from litbook.core.project import Project
from litbook.ingest.editorial.tensions import read_tensions
from litbook.ingest.pages import make_page
from litbook.model.editorial import Editorial, Quotation, Tension
from litbook.model.faults import CorpusError
from litbook.model.queries import choose_tensions
from litbook.model.review import Corpus, Decision, Exclusion
from litbook.pipeline import make_corpus
from litbook.write.paper import gather_page, render_paper

PAPERS = (
    make_paper("ada", "Wax *Helps*", "We fold boats. Wax keeps them dry, e.g. in rain, for 3.5 hours."),
    make_paper("bo", "Wax [Does](x) Not", "We fold hats. Wax does not keep them dry."),
    make_paper("cy", "No Wax", ""),
)
WAX = Tension(
    id="wax",
    question="Does *wax* help?",
    sides=((Quotation("ada", "Wax keeps them dry", 7),), (Quotation("bo", "Wax does not keep them dry.", 9),)),
    status="candidate",
    would_decide="How long does it stay dry?",
    line=1,
    themes=(CRAFTS.slug,),
)
TEXT = f"""\
- id: wax
  question: "Does *wax* help?"
  themes: [{CRAFTS.slug}]
  would_decide: How long does it stay dry?
  status: candidate
  sides:
    - - {{paper: ada, quote: Wax keeps them dry}}
    - - paper: bo
        quote: >-
          Wax does not
          keep them dry.
"""


def corpus_with(*tensions: Tension, home: str | None = "tensions.md") -> Corpus:
    return replace(make_corpus_of(PAPERS), editorial=Editorial(tensions, homes={"tensions": home} if home else {}))


def quoting(citekey: str, quote: str) -> Tension:
    return replace(WAX, sides=((Quotation(citekey, quote, 7),), WAX.sides[1]))


def faults_of(corpus: Corpus) -> list[str]:
    return [str(fault) for fault in check_prose(corpus, [])]


def test_what_people_wrote_is_read_with_its_lines(tmp_path: Path) -> None:
    project = put(tmp_path, {"book/corpus/tensions.yml": TEXT})
    assert read_tensions(project, [CRAFTS.slug]) == ((WAX,), [])


def test_a_day_is_read_under_on_though_yaml_would_read_it_as_true(tmp_path: Path) -> None:
    text = TEXT.replace("status: candidate", "status: confirmed\n  by: the editors\n  on: 2031-05-01")
    (tension,), faults = read_tensions(put(tmp_path, {"book/corpus/tensions.yml": text}), [CRAFTS.slug])
    assert (tension.status, tension.by, tension.on, faults) == ("confirmed", "the editors", "2031-05-01", [])


@pytest.mark.parametrize("content", [None, "", "# nothing yet\n"])
def test_without_tensions_there_is_nothing_and_no_fault(tmp_path: Path, content: str | None) -> None:
    project = put(tmp_path, {} if content is None else {"book/corpus/tensions.yml": content})
    assert read_tensions(project, []) == ((), [])


@pytest.mark.parametrize("quote", ["Wax keeps them dry, e.g. in rain, for 3.5 hours.", "for 3.5 hours", "boats."])
def test_a_sentence_or_a_part_of_it_is_not_a_fault(quote: str) -> None:
    assert faults_of(corpus_with(quoting("ada", quote))) == []


@pytest.mark.parametrize("quote", ["wax keeps", "Wax keeps  them", "Wax keeps them wet", "Wax … dry"])
def test_other_words_are_a_fault_with_the_nearest_sentence(quote: str) -> None:
    (fault,) = faults_of(corpus_with(quoting("ada", quote)))
    start = f"book/corpus/tensions.yml:7: not word for word in one sentence of the abstract of 'ada': “{quote}”; "
    assert fault.startswith(f"{start}the nearest sentence is “")
    assert fault.endswith("Wax keeps them dry, e.g. in rain, for 3.5 hours.”")


# Laid over the sound review of tests/cases.
MISQUOTED = """\
- id: gardener
  question: Do tide gardens need a gardener?
  sides:
    - - paper: nobody2032kelp
        quote: Its kelp grows 12% longer than that of a fixed bed.
      - paper: invented2031crane
        quote: On 40 sheets it tears 3% of the cranes
    - - quote: >-
          Over two invented years the kelp of
          untended gardens was longer than that of tended ones
        paper: tidegardensneed
      - paper: zeppelins
        quote: nothing
  status: candidate
  would_decide: Does it?
- id: two-sentences
  question: May a quotation run over a full stop?
  sides:
    - - paper: nobody2032kelp
        quote: moves the bed before the water comes. Its kelp grows
    - - paper: nobody2032kelp
        quote: the kelp
  status: candidate
  would_decide: May it?
"""
EXPECTED = """\
4 faults found; nothing was written:
  book/corpus/tensions.yml:7: unknown citekey 'invented2031crane'; did you mean 'invented2031cranefold'?
  book/corpus/tensions.yml:8: not word for word in one sentence of the abstract of 'tidegardensneed': “Over two \
invented years the kelp of untended gardens was longer than that of tended ones”; the nearest sentence is “Over two \
invented years the kelp of untended gardens was as long as that of tended ones, except after a spring tide.”
  book/corpus/tensions.yml:13: unknown citekey 'zeppelins'; book/corpus/ledger.jsonl lists all citekeys
  book/corpus/tensions.yml:20: not word for word in one sentence of the abstract of 'nobody2032kelp': “moves the bed \
before the water comes. Its kelp grows”; the nearest sentence is “We propose a gardener that learns the spring \
tide from the colour of the kelp and moves the bed before the water comes.”"""


def test_every_wrong_quotation_of_a_review_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    project = put(tmp_path, {"book/corpus/tensions.yml": MISQUOTED})
    with pytest.raises(CorpusError) as raised:
        make_corpus(project)
    assert str(raised.value) == EXPECTED
    assert not (tmp_path / "book/papers").exists()


def test_a_paper_without_abstract_cannot_be_quoted() -> None:
    (fault,) = faults_of(corpus_with(quoting("cy", "Wax")))
    assert fault.endswith("; its source has no abstract")


def test_an_excluded_paper_cannot_be_quoted() -> None:
    corpus = corpus_with(quoting("di", "Wax keeps them dry"))
    excluded = Exclusion(make_paper("di", "Wet", "Wax keeps them dry."), Decision(2, "di", None, status="exclude"))
    assert faults_of(replace(corpus, excluded=(excluded,))) == [
        "book/corpus/tensions.yml:7: 'di' is quoted but excluded by decisions.csv; include it or quote another"
    ]


def test_tensions_are_chosen_by_theme_or_paper() -> None:
    other = replace(quoting("ada", "boats."), id="other", themes=(GARDENS.slug,), sides=WAX.sides[:1])
    corpus = corpus_with(WAX, other)
    assert choose_tensions(corpus, "theme", GARDENS.slug) == (other,)
    assert choose_tensions(corpus, "paper", "ada") == (WAX, other)
    assert choose_tensions(corpus, "paper", "bo") == (WAX,)
    assert choose_tensions(corpus, "paper", "cy") == ()


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ("", None),
        (f":theme: {CRAFTS.slug}\n:paper: ada\n", None),
        (":theme: paper-foldings\n", "unknown theme 'paper-foldings'; did you mean 'paper-folding'?"),
        (":paper: x\n", "unknown paper 'x'; write a paper of this review, or leave out ':paper:'"),
    ],
)
def test_a_page_can_only_choose_what_is_there(options: str, fault: str | None) -> None:
    page = make_page(f"# X\n\n:::{{tensions}}\n{options}:::\n", "x.md")
    found = [str(one) for one in check_prose(corpus_with(WAX), [page])]
    assert found == ([f"book/x.md:3: {fault}"] if fault else [])


def test_the_home_of_tensions_is_the_first_page_that_draws_all_of_them() -> None:
    some = make_page("# A\n\n:::{tensions}\n:paper: ada\n:::\n", "a.md")
    every = make_page("# B\n\n:::{tensions}\n:::\n", "b.md")
    again = make_page("# C\n\n```{tensions}\n```\n", "c.md")
    note = make_page("```{tensions}\n```\n", "notes/ada.md")
    shown = make_page("# D\n\n````md\n```{tensions}\n```\n````\n", "about/d.md")
    assert find_homes([note, some, shown, every, again]) == {"tensions": "b.md"}
    assert find_homes([note, some, shown]) == {}


def section(corpus: Corpus, citekey: str) -> str:
    by_key = {paper.citekey: paper for paper in corpus.papers}
    _, found, after = render_paper(gather_page(corpus, by_key[citekey], by_key)).partition("## Disagrees with\n\n")
    return after.partition("\n\n")[0] if found else ""


def test_a_paper_s_page_names_question_status_and_the_other_sides() -> None:
    corpus = corpus_with(WAX)
    shown = r"[Does \*wax\* help\?](#tension-wax) (candidate)"
    assert section(corpus, "ada") == f"- {shown}\\\n  [Wax \\[Does\\]\\(x\\) Not](bo.md)"
    assert section(corpus, "bo") == f"- {shown}\\\n  [Wax \\*Helps\\*](ada.md)"
    assert section(corpus, "cy") == ""


def test_a_paper_on_the_same_side_is_not_named() -> None:
    both = replace(WAX, sides=((Quotation("ada", "boats.", 7), Quotation("cy", "x", 8)), WAX.sides[1]))
    assert "cy.md" not in section(corpus_with(both), "ada")
    assert "ada.md" in section(corpus_with(both), "bo")


def test_without_a_page_that_draws_all_the_question_is_not_linked() -> None:
    assert section(corpus_with(WAX, home=None), "ada").startswith("- Does \\*wax\\* help\\? (candidate)\\\n")


# -- the first review -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def review() -> Corpus:
    return make_corpus(Project(ROOT))[0]


@pytest.mark.slow
def test_every_quotation_of_the_review_is_in_its_source_word_for_word(review: Corpus) -> None:
    abstracts = {paper.citekey: paper.abstract.plain for paper in review.papers}
    quotations = [one for tension in review.editorial.tensions for one in tension.quotations()]
    assert len(quotations) >= 2 * len(review.editorial.tensions)
    for one in quotations:
        text = abstracts[one.citekey]
        assert any(one.quote in text[start:end] for start, end in split_sentences(text)), one
        assert len(one.quote.split()) >= 4, one


@pytest.mark.slow
def test_the_review_has_tensions_between_different_papers(review: Corpus) -> None:
    tensions = review.editorial.tensions
    assert len(tensions) >= 14
    assert sum(tension.status in ("confirmed", "scope") for tension in tensions) >= 12  # judged by a person
    for tension in tensions:
        keys = [{quotation.citekey for quotation in side} for side in tension.sides]
        assert all(one.isdisjoint(other) for at, one in enumerate(keys) for other in keys[at + 1 :]), tension.id
        assert tension.question.endswith("?"), tension.id
        assert tension.would_decide.endswith("?"), tension.id
        assert tension.note, tension.id
        assert tension.themes, tension.id
        assert tension.by in ("", "the editors"), tension.id
