"""Suggested themes are cross-validated, explained by phrases of the text, and independent of the order of papers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import CRAFTS, FOLDED, GARDENS, GROWN, PARTS, make_abstract, make_entry, make_paper

from litbook.model.review import Decision, Paper, Part, Suggestion, Theme
from litbook.theme.classify import assign_themes, check_decisions
from litbook.theme.suggest import FOLDS, fold_of, suggest_themes

THIRD = Theme("glass-clocks", "Clocks of glass", "Clocks that show the hour in sand.", phrases=("hour glass", "sand"))
THREE = (*PARTS, Part("Part III. Sand", (THIRD,)))

PAPERS = tuple(
    make_paper(f"invented20{number}work", title.format(number), abstract.format(number))
    for number in range(30, 70)
    for title, abstract in [("Crane Number {}", FOLDED) if number % 2 else ("Kelp Number {}", GROWN)]
)
DECISIONS = tuple(
    Decision(line, paper.citekey, CRAFTS.slug if "Crane" in paper.title.plain else GARDENS.slug)
    for line, paper in enumerate(PAPERS, start=2)
)


def text_of(paper: Paper) -> str:
    return f"{paper.title.plain} {paper.abstract.plain}".lower()


def check_suggestions(papers: Sequence[Paper], suggestions: dict[str, Suggestion], slugs: set[str]) -> None:
    """Check what holds for every suggestion."""
    assert suggestions.keys() == {paper.citekey for paper in papers}
    for paper in papers:
        suggestion = suggestions[paper.citekey]
        assert suggestion.theme in slugs
        assert suggestion.runner_up in (slugs - {suggestion.theme} or {None})
        assert 0 <= suggestion.margin <= 1
        assert all(phrase.lower() in text_of(paper) for phrase in suggestion.phrases)


def test_papers_are_placed_by_their_words_with_reasons() -> None:
    suggestions = suggest_themes(PAPERS, THREE, DECISIONS)
    check_suggestions(PAPERS, suggestions, {CRAFTS.slug, GARDENS.slug, THIRD.slug})
    assert {decision.citekey: suggestions[decision.citekey].theme for decision in DECISIONS} == {
        decision.citekey: decision.theme for decision in DECISIONS
    }
    assert all(suggestion.phrases and suggestion.margin > 0.2 for suggestion in suggestions.values())


def test_descriptions_alone_are_enough_to_start_with() -> None:
    suggestions = suggest_themes(PAPERS, THREE, ())
    assert {suggestions[decision.citekey].theme == decision.theme for decision in DECISIONS} == {True}


def test_a_paper_s_own_decision_does_not_change_its_suggestion() -> None:
    bare = suggest_themes(PAPERS, THREE, DECISIONS)
    for at in (0, 1, 17):
        decision = DECISIONS[at]
        other = GARDENS.slug if decision.theme == CRAFTS.slug else CRAFTS.slug
        for theme in (other, THIRD.slug, None):
            changed = (*DECISIONS[:at], Decision(decision.line, decision.citekey, theme), *DECISIONS[at + 1 :])
            assert suggest_themes(PAPERS, THREE, changed)[decision.citekey] == bare[decision.citekey]


def test_decisions_about_other_papers_count() -> None:
    swapped = [Decision(d.line, d.citekey, GARDENS.slug if d.theme == CRAFTS.slug else CRAFTS.slug) for d in DECISIONS]
    many = tuple(make_paper(f"{p.citekey}{n}", p.title.plain, p.abstract.plain) for p in PAPERS for n in range(5))
    decisions = [Decision(2, f"{d.citekey}{n}", d.theme) for d in swapped for n in range(5)]
    suggestions = suggest_themes(many, THREE, decisions)
    assert {suggestions[decision.citekey].theme == decision.theme for decision in decisions} == {True}


@pytest.mark.slow
@settings(max_examples=15)
@given(st.permutations(PAPERS), st.permutations(DECISIONS))
def test_the_order_of_papers_and_decisions_changes_nothing(papers: list[Paper], decisions: list[Decision]) -> None:
    assert suggest_themes(papers, THREE, decisions) == suggest_themes(PAPERS, THREE, DECISIONS)


def test_a_fold_depends_only_on_the_citekey_and_all_folds_are_used() -> None:
    assert {fold_of(f"invented{number}") for number in range(200)} == set(range(FOLDS))
    assert fold_of("invented2031cranefold") == fold_of("invented2031cranefold")


@pytest.mark.parametrize("parts", [PARTS[:1], PARTS, THREE])
@pytest.mark.parametrize("papers", [(), PAPERS[:1], PAPERS[:2], PAPERS])
@pytest.mark.parametrize("decided", [0, 1, 40])
def test_few_papers_themes_and_decisions_suffice(parts: Sequence[Part], papers: Sequence[Paper], decided: int) -> None:
    slugs = {theme.slug for part in parts for theme in part.themes}
    decisions = [decision for decision in DECISIONS[:decided] if decision.theme in slugs]
    check_suggestions(papers, suggest_themes(papers, parts, decisions), slugs)


@pytest.mark.parametrize(
    "texts",
    [
        [("", "")],
        [("", ""), ("Crane", "")],
        [("the of and", "…"), ("!!!", "— – ·")],
        [("折り紙の鶴", "紙を折って鶴を作る。"), ("Бумажный журавль", "Мы складываем бумагу."), ("طائر", "نطوي الورق")],
        [("İstanbul’da Kâğıt İŞLERİ", "KÂĞIT katlıyoruz, İstanbul’da."), ("Straße", "STRASSE STRAẞE straße")],
        [("x" * 5000, "y " * 5000)],
    ],
)
def test_texts_without_words_or_in_any_language_are_placed(texts: list[tuple[str, str]]) -> None:
    papers = [make_paper(f"invented{number}", *text) for number, text in enumerate(texts)]
    check_suggestions(papers, suggest_themes(papers, THREE, ()), {CRAFTS.slug, GARDENS.slug, THIRD.slug})


def test_a_paper_without_words_is_placed_without_a_reason() -> None:
    papers = [*PAPERS, make_paper("untitled", "…", "")]
    suggestion = suggest_themes(papers, THREE, DECISIONS)["untitled"]
    assert (suggestion.phrases, suggestion.margin) == ((), 0.0)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=200)), max_size=6))
def test_reasons_occur_in_any_text(texts: list[tuple[str, str]]) -> None:
    papers = [make_paper(f"invented{number}", *text) for number, text in enumerate(texts)]
    check_suggestions(papers, suggest_themes(papers, PARTS, ()), {CRAFTS.slug, GARDENS.slug})


# -- placements -----------------------------------------------------------------------------------------------------


def test_a_decision_takes_precedence_over_a_suggestion() -> None:
    papers = [make_paper(key, "T") for key in ("decided", "half", "open")]
    suggestion = Suggestion("tide-gardens", ("kelp",), "paper-folding", 0.1)
    decisions = [
        Decision(2, "decided", "paper-folding", ("tide-gardens",), "method", "include", "It folds."),
        Decision(3, "half", None, (), "survey", "include", "Unclear."),
    ]
    placed = assign_themes(papers, decisions, dict.fromkeys(("decided", "half", "open"), suggestion))
    found = {key: (p.theme, p.also, p.kind, p.decided, p.reason, p.suggestion) for key, p in placed.items()}
    assert found == {
        "decided": ("paper-folding", ("tide-gardens",), "method", True, "It folds.", suggestion),
        "half": ("tide-gardens", (), "survey", False, "Unclear.", suggestion),
        "open": ("tide-gardens", (), None, False, "", suggestion),
    }


def test_decisions_about_removed_papers_are_ignored_and_about_unknown_ones_reported() -> None:
    decisions = [
        Decision(2, "here", None),
        Decision(3, "dropped", None),
        Decision(4, "herr", None),
        Decision(5, "", None),
    ]
    faults = check_decisions("d.csv", decisions, [make_paper("here", "T")], [make_entry("dropped", "D")])
    assert [str(fault) for fault in faults] == ["d.csv:4: unknown citekey 'herr'; did you mean 'here'?"]


def test_meaningless_words_give_no_reasons_from_other_texts() -> None:
    papers = [*PAPERS, make_paper("made", "Made Up", make_abstract(9))]
    check_suggestions(papers, suggest_themes(papers, THREE, DECISIONS), {CRAFTS.slug, GARDENS.slug, THIRD.slug})
