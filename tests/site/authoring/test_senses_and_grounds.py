"""The senses of a word side by side, and how many papers sentences rest on, from a whole invented review."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docutils import nodes
from invented import SOUND, put

from litbook.core.project import Project
from litbook.pipeline import Prepared, prepare
from litbook.site.authoring.by_question import label_cells
from litbook.site.authoring.measurements import draw_table
from litbook.site.authoring.rests_on import _draw_share, select_support
from litbook.site.authoring.senses import read_sense, select_senses


@pytest.fixture
def review(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path / "review")
    return tmp_path / "review"


def read(review: Path) -> Prepared:
    return prepare(Project(review))


def test_a_sense_has_its_papers_their_themes_and_its_commonest_phrases(review: Path) -> None:
    prepared = read(review)
    paper = prepared.corpus.papers[0]
    first, second, third = paper.abstract.plain.replace("-", " ").split()[:3]
    asked = f"{first}\nAs it begins: {first} {second}, {first} {second} {third}, no such phrase here"
    using, other, (sense,) = select_senses.select(prepared, asked)
    assert paper.citekey in [key for key, _ in sense.papers]
    assert (sense.name, sense.phrases) == ("As it begins", (f"{first} {second}", f"{first} {second} {third}"))
    assert prepared.corpus.placements[paper.citekey].theme in [slug for slug, _ in sense.themes]
    assert 0 <= other < using


def test_a_phrase_is_found_at_the_start_of_words_in_any_case_and_across_hyphens(review: Path) -> None:
    prepared = read(review)
    word = max(prepared.corpus.papers[0].abstract.plain.replace("-", " ").split(), key=len)
    found = [
        {key for key, _ in select_senses.select(prepared, f"x\nS: {phrase}")[2][0].papers}
        for phrase in (word, word.upper(), word[:-1], word[1:])
    ]
    assert found[0] == found[1]
    assert found[0] <= found[2]
    assert prepared.corpus.papers[0].citekey in found[0] - found[3]


def test_a_line_is_a_name_and_phrases_between_commas() -> None:
    assert read_sense("Folded by hand: hand-folded, by hand ,") == ("Folded by hand", ("hand-folded", "by hand"))


def test_sentences_are_counted_by_the_number_of_their_papers_and_the_broadest_are_listed(review: Path) -> None:
    one, two, three = (paper.citekey for paper in read(review).corpus.papers[:3])
    slug = next(iter(read(review).corpus.themes())).slug
    page = (
        "# A chapter\n\n## Do they fold?\n\n"
        f"One folds {{cite}}`{one}`. Another does {{cite}}`{two}`. Both hold {{cite}}`{one},{two}`. "
        f"All agree {{cite}}`{one},{two},{three}`. No one is cited here.\n"
    )
    put(review, {f"book/chapters/{slug}.md": page})
    support, broad = select_support.select(read(review), "")
    assert [(page.docname, page.counts) for page in support if slug in page.docname] == [
        (f"book/chapters/{slug}", (2, 1, 1))
    ]
    assert [(item.papers, item.anchor) for item in broad if slug in item.docname] == [(3, "do-they-fold")]


def test_the_bar_shows_shares_of_the_whole_one_after_the_other() -> None:
    drawn = _draw_share((1, 2, 1)).astext()
    assert [part.split('" height')[0] for part in drawn.split("<rect ")[1:]] == [
        'x="0.00" width="25.00',
        'x="25.00" width="50.00',
        'x="75.00" width="25.00',
    ]


def test_cells_below_each_other_on_a_phone_repeat_the_heads_of_their_columns() -> None:
    table = draw_table(("Sense", "Papers", "Mostly in", "As in"), [("Folded", "2 papers: a; b", "Cranes", "“by hand”")])
    label_cells(table, first=2)
    cells = [entry.astext() for body in table.findall(nodes.tbody) for entry in body.findall(nodes.entry)]
    assert cells == ["Folded", "2 papers: a; b", "Mostly in: Cranes", "As in: “by hand”"]
