"""The groups that authors have made of their papers; all papers are invented."""

from __future__ import annotations

from invented import make_paper, make_record

from litbook.model.review import Paper
from litbook.theme.own_groups import find_own_groups


def make_grouped(*groups: str, name: str = "section") -> list[Paper]:
    papers = [make_paper(f"owl{at}", f"Invented owls of sort {at}") for at in range(len(groups))]
    records = [
        make_record(paper.title.plain, "", extra={name: group}) for paper, group in zip(papers, groups, strict=True)
    ]
    return [
        Paper(paper.citekey, (record,), paper.title, paper.abstract)
        for paper, record in zip(papers, records, strict=True)
    ]


def test_headings_that_all_groups_are_under_are_not_part_of_their_names() -> None:
    owls, snow = "Awesome owls / Papers / Owls, mice / Voles", "Awesome owls / Papers / Snow"
    found = find_own_groups(make_grouped(owls, owls, snow, snow))
    assert found == {
        "owl0": ("Owls, mice / Voles",),
        "owl1": ("Owls, mice / Voles",),
        "owl2": ("Snow",),
        "owl3": ("Snow",),
    }


def test_a_group_above_the_others_keeps_its_name() -> None:
    found = find_own_groups(make_grouped("Owls", "Owls", "Owls / Hearing", "Owls / Hearing"))
    assert set(found.values()) == {("Owls",), ("Owls / Hearing",)}


def test_groups_of_a_reference_manager_are_parted_at_commas() -> None:
    found = find_own_groups(make_grouped("Owls, Snow", "Owls", "Snow", name="groups"))
    assert found["owl0"] == ("Owls", "Snow")
