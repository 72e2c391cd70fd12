"""How stages were screened: agreement, conflicts, and what settles them. All papers and people are invented."""

from __future__ import annotations

import pytest
from invented import make_paper

from litbook.analyse.prisma import count_flow
from litbook.analyse.screeners import find_agreements, is_settled, place_decisions, sum_up_stages
from litbook.model.review import Decision
from litbook.model.screening import ABSTRACT, FULL_TEXT, RETRIEVAL, Judgement, Screening


def judge(rows: list[tuple[str, str, str]], stage: str = ABSTRACT) -> list[Judgement]:
    return [Judgement(1, key, by, word, stage=stage) for key, by, word in rows]


def both(pairs: list[tuple[str, str]]) -> list[Judgement]:
    rows = [(f"p{at}", by, word) for at, pair in enumerate(pairs) for by, word in zip(("Ada", "Bo"), pair, strict=True)]
    return judge(rows)


def test_kappa_is_agreement_beyond_chance() -> None:
    # 20 papers: both include 8, both exclude 6, one includes 4 and the other 2 alone: (0.7 - 0.5) / (1 - 0.5).
    pairs = [("include", "include")] * 8 + [("exclude", "exclude")] * 6
    pairs += [("include", "exclude")] * 4 + [("exclude", "include")] * 2
    (found,) = find_agreements(both(pairs))
    assert (found.one, found.other, found.both, found.agreed) == ("Ada", "Bo", 20, 14)
    assert found.kappa == pytest.approx((0.7 - 0.5) / (1 - 0.5))


def test_two_who_use_one_word_throughout_have_no_kappa() -> None:
    (found,) = find_agreements(both([("include", "include")] * 3))
    assert (found.agreed, found.kappa) == (3, None)


def test_people_who_judged_no_paper_together_are_not_compared() -> None:
    assert find_agreements(judge([("p1", "Ada", "include"), ("p2", "Bo", "include")])) == ()


def test_each_stage_is_summed_up_by_itself() -> None:
    first = judge([("p1", "Ada", "include"), ("p1", "Bo", "exclude"), ("p2", "Ada", "maybe"), ("p3", "Ada", "include")])
    second = judge([("p1", "Ada", "include"), ("p1", "Bo", "not-retrieved")], FULL_TEXT)
    stages = sum_up_stages([*first, *second], {"p1": Decision(1, "p1", None)})
    assert [(stage.stage, stage.screeners, stage.by) for stage in stages] == [
        (ABSTRACT, ("Ada", "Bo"), ((1, 2), (2, 1))),
        (FULL_TEXT, ("Ada", "Bo"), ((2, 1),)),
    ]
    assert [(stage.conflicts, stage.open_conflicts) for stage in stages] == [(1, 0), (1, 1)]


@pytest.mark.parametrize(
    ("status", "stage", "in_abstract", "in_full_text"),
    [
        ("include", "", True, False),
        ("include", FULL_TEXT, True, True),
        ("exclude", "", True, True),
        ("exclude", RETRIEVAL, True, True),
    ],
)
def test_what_a_decision_settles(status: str, stage: str, in_abstract: bool, in_full_text: bool) -> None:
    decision = Decision(1, "p1", None, status=status, stage=stage)
    assert (is_settled(decision, ABSTRACT), is_settled(decision, FULL_TEXT)) == (in_abstract, in_full_text)
    assert not is_settled(None, ABSTRACT)


@pytest.mark.parametrize(
    ("words", "status", "stage", "placed"),
    [
        (["include"], "include", "", FULL_TEXT),
        (["include", "include"], "include", "", FULL_TEXT),
        (["exclude"], "exclude", "", FULL_TEXT),
        (["not-retrieved"], "exclude", "", RETRIEVAL),
        (["include", "exclude"], "include", "", ""),
        (["maybe"], "include", "", ""),
        (["exclude"], "include", "", ""),
        ([], "include", "", ""),
        (["exclude"], "exclude", ABSTRACT, ABSTRACT),
    ],
)
def test_a_decision_without_a_stage_was_made_where_all_who_read_the_text_agree_with_it(
    words: list[str], status: str, stage: str, placed: str
) -> None:
    read = judge([("crane", f"screener {number}", word) for number, word in enumerate(words)], FULL_TEXT)
    seen = judge([("crane", "screener 0", "include")])
    decision = Decision(1, "crane", None, status=status, stage=stage)
    assert [item.stage for item in place_decisions([decision], [*seen, *read])] == [placed]


def test_the_flow_counts_as_read_what_screeners_have_read_although_no_decision_has_a_stage() -> None:
    papers = [make_paper(f"crane{number}", "Paper Crane") for number in range(3)]
    read = judge([(paper.citekey, "A. Invented", "include") for paper in papers[:2]], FULL_TEXT)
    decisions = place_decisions([Decision(1, paper.citekey, None) for paper in papers], read)
    flow = count_flow([], papers, papers, decisions, Screening(judgements=tuple(read)))
    assert (flow.assessed, flow.unread) == (2, ("crane2",))
