"""Drafted themes: what they are made of, how they are named, and that they stay when the collection changes a little.

All papers are invented.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from invented import make_paper

from litbook.model.reference import Reference
from litbook.model.review import Paper
from litbook.theme.naming import Namer, _rate
from litbook.theme.phrases import Text, read_phrases, read_texts
from litbook.theme.propose import Draft, draft_themes
from litbook.theme.suggest import suggest_themes

# Phrases of six invented topics of a search for "bakery robots".
TOPICS = {
    "sourdough starter": ("wild yeast", "lactic acid", "hydration ratio", "flour ash"),
    "oven temperature": ("steam injection", "crust colour", "heat transfer", "stone hearth"),
    "gripper design": ("soft fingers", "suction cup", "dough handling", "grasp stability"),
    "shift scheduling": ("night workers", "sleep loss", "rota planning", "overtime pay"),
    "gluten intolerance": ("coeliac disease", "rice flour", "dietary advice", "intestinal biopsy"),
    "loaf inspection": ("image segmentation", "x-ray scanner", "crumb pores", "defect detection"),
}
_TRAILER = "Copyright of this article is the property of Crust Press and its content may not be emailed to lists."


def make_papers(each: int, trailer: str = "") -> list[Paper]:
    """Return as many papers for each topic, whose citekeys begin with the topic."""
    return [_make(topic, number, trailer) for topic in TOPICS for number in range(each)]


def _make(topic: str, number: int, trailer: str) -> Paper:
    chance = random.Random(f"{topic}{number}")
    others = chance.sample(TOPICS[topic], 3)
    form = topic if number % 2 else f"{topic}s"
    title = f"{chance.choice(('Improving', 'On the', 'A study of'))} {form} with {others[0]} for bakery robots"
    sentences = [
        f"We investigate {form} in bakery robots using {others[1]} and {others[2]}.",
        f"The {others[0]} of the {topic} was evaluated {number} times; results show a novel {others[1]}.",
    ]
    return make_paper(f"{topic.split(maxsplit=1)[0]}{number:03}", title, " ".join([*sentences, trailer]).strip())


def groups_of(draft: Draft) -> set[frozenset[str]]:
    """Return for each theme the topics of the papers that it was drafted from."""
    return {frozenset(key.rstrip("0123456789") for key in keys) for keys in draft.members.values()}


def titles_of(draft: Draft) -> list[str]:
    return [theme.title for part in draft.parts for theme in part.themes]


def words_of(draft: Draft) -> set[str]:
    """Return all words in the phrases and titles of the themes, in lower case."""
    themes = [theme for part in draft.parts for theme in part.themes]
    return set(" ".join(" ".join((theme.title, *theme.phrases)) for theme in themes).lower().split())


def share_of_same_pairs(one: Draft, other: Draft, keys: Sequence[str]) -> float:
    """Return for how many pairs of papers two drafts agree whether they are together."""
    first, second = ({key: slug for slug, held in draft.members.items() for key in held} for draft in (one, other))
    pairs = [(a, b) for at, a in enumerate(keys) for b in keys[at + 1 :]]
    return sum((first[a] == first[b]) == (second[a] == second[b]) for a, b in pairs) / len(pairs)


def with_abstract(paper: Paper, abstract: str) -> Paper:
    return replace(paper, abstract=make_paper("x", "", abstract).abstract)


def test_each_topic_is_a_theme_named_by_its_phrase_in_the_usual_spelling() -> None:
    draft = draft_themes(make_papers(9))
    assert groups_of(draft) == {frozenset((topic.split()[0],)) for topic in TOPICS}
    leads = {title.split(" and ")[0].lower().removesuffix("s") for title in titles_of(draft)}
    assert len(leads & set(TOPICS)) >= 4, titles_of(draft)
    assert not {"bakery", "robots", "using", "novel", "investigate"} & words_of(draft)


def test_papers_are_placed_where_they_were_drafted() -> None:
    papers = make_papers(9)
    draft = draft_themes(papers)
    suggested = suggest_themes(papers, draft.parts, ())
    wrong = [key for slug, keys in draft.members.items() for key in keys if suggested[key].theme != slug]
    assert len(wrong) <= 2, wrong


def test_what_publishers_repeat_and_markup_make_no_theme() -> None:
    papers = [
        with_abstract(paper, f"<AbstractText Label=AIM>{paper.abstract.plain} [3,4] et al.")
        for paper in make_papers(9, _TRAILER)
    ]
    draft = draft_themes(papers)
    assert groups_of(draft) == {frozenset((topic.split()[0],)) for topic in TOPICS}
    assert not {"copyright", "property", "emailed", "abstracttext", "label", "al", "press"} & words_of(draft)


def test_the_order_of_papers_changes_nothing_and_new_papers_change_little() -> None:
    papers = make_papers(10)
    draft = draft_themes(papers)
    assert draft_themes(random.Random(1).sample(papers, len(papers))) == draft
    fewer = [paper for paper in papers if not paper.citekey.endswith("007") or paper.citekey < "l"]
    assert share_of_same_pairs(draft, draft_themes(fewer), [paper.citekey for paper in fewer]) > 0.9


def test_titles_and_keywords_suffice_and_this_is_said() -> None:
    keywords = Reference(fields={"keyword": "Bakeries; *Sourdough Starter/analysis"})
    papers = [
        replace(with_abstract(paper, ""), reference=keywords if "sour" in paper.citekey else Reference())
        for paper in make_papers(9)
    ]
    draft = draft_themes(papers)
    assert draft.remarks == ("Most papers have no abstract: themes are drafted from titles and keywords.",)
    assert len(titles_of(draft)) >= 4


def test_names_of_models_keep_their_capitals_and_methods_of_any_field_do_not_lead() -> None:
    titles = (
        "OwlNet: A New View of Owl Hearing",
        "A Machine Learning Study of Owl Hearing",
        "OwlNet for Owls on Hills",
    )
    papers = [make_paper(f"o{at}", title, "") for at, title in enumerate(titles * 4)]
    shown = read_phrases(read_texts(papers), fewest=1)
    assert "OwlNet" in shown.shown
    assert _rate("machine learning", "machine learning") < _rate("owl hearing", "owl hearing")


def test_papers_in_another_language_do_not_name_a_theme_by_function_words() -> None:
    german = [
        make_paper(
            f"brot{number}",
            f"Die Säuerung von Teigen mit dem {word}, und ihre Folgen",
            f"Die Säuerung der Teige wurde mit dem {word} in den Öfen der Bäcker und an der Kruste gemessen.",
        )
        for number, word in enumerate(("Roggen", "Weizen", "Dinkel", "Hafer"))
    ]
    draft = draft_themes([*make_papers(8), *german])
    assert "4 papers in German: not grouped by topic, but in a theme of their own." in draft.remarks
    (theme,) = (theme for part in draft.parts for theme in part.themes if theme.title == "Papers in German")
    assert draft.members[theme.slug] == tuple(sorted(paper.citekey for paper in german))
    assert not {"die", "der", "und", "dem"} & words_of(draft)


@pytest.mark.parametrize("papers", [[], make_papers(1)[:2], [make_paper(f"k{n}", "") for n in range(9)]])
def test_too_little_to_distinguish_gives_one_theme(papers: list[Paper]) -> None:
    assert titles_of(draft_themes(papers)) == ["All papers"]


def test_related_themes_share_a_part_and_slugs_keep_hyphens() -> None:
    fields = {"sea": "salt reef", "kitchen": "oven bread"}
    papers = [
        make_paper(f"{field}{topic}{n}", f"The {field}{topic}-bound craft", f"A {shared} for {field}{topic} {n}.")
        for topic in "aeio"
        for field, shared in fields.items()
        for n in range(11)
    ]
    draft = draft_themes(papers)
    found = [{theme.slug[:3] for theme in part.themes} for part in draft.parts]
    assert sorted(found, key=sorted) == [{"kit"}, {"sea"}]
    assert all("-bound" in theme.slug for part in draft.parts for theme in part.themes)


def test_papers_that_no_phrase_describes_are_together_under_other_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    vague = {frozenset(("oven",)), frozenset(("gluten",))}
    whole = draft_themes(make_papers(9))
    slugs = [slug for slug, keys in whole.members.items() if frozenset(key[:-3] for key in keys) in vague]
    titles = {theme.slug: theme.title for part in whole.parts for theme in part.themes}
    lost = {titles[slug] for slug in slugs}
    monkeypatch.setattr(Namer, "describes", lambda namer, _, named: namer.show(named) not in lost)
    draft = draft_themes(make_papers(9))
    (last,) = [part for part in draft.parts if part.title == "Other topics"]
    assert (last, last.themes[0].slug) == (draft.parts[-1], "other-topics")
    assert groups_of(draft) == groups_of(whole) - vague | {frozenset(("oven", "gluten"))}
    assert {phrase.lower() for phrase in last.themes[0].phrases} & {"heat transfer", "rice flour"}


def test_a_phrase_of_few_papers_that_others_have_too_describes_no_group() -> None:
    texts = [Text("Old towers" if at % 6 == 0 else f"Thing{at} number{at}", "", ()) for at in range(60)]
    namer = Namer(read_phrases(texts, 2))
    few, towers = range(14), range(0, 60, 6)
    assert namer.show(namer.name(few, ())) == namer.show(namer.name(towers, ())) == "Old towers"
    assert (namer.describes(few, namer.name(few, ())), namer.describes(towers, namer.name(towers, ()))) == (False, True)


def test_an_acronym_in_brackets_does_not_part_a_phrase() -> None:
    titles = [f"Sourdough-starter (SS) cultures for {what}" for what in ("rye", "oats")]
    titles += [f"Baking (WITH) soda for {what}" for what in ("rye", "oats")]
    shown = read_phrases(read_texts([make_paper(f"p{at}", title) for at, title in enumerate(titles)]), 2).shown
    assert "sourdough-starter cultures" in [phrase.lower() for phrase in shown]
    assert not any("baking soda" in phrase.lower() for phrase in shown)


@pytest.mark.parametrize(
    ("one", "other", "usual"), [("climate", "climates", "climate"), ("stone oven", "stone ovens", "stone ovens")]
)
def test_one_word_is_in_the_singular_and_several_in_the_plural_where_both_are_used_alike(
    one: str, other: str, usual: str
) -> None:
    texts = read_texts([make_paper(f"p{at}", f"On {word} of bread") for at, word in enumerate((one, other))])
    assert usual in read_phrases(texts, 2).shown
