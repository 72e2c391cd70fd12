"""How the rail arranges the groups of a table of contents. All titles are invented."""

from __future__ import annotations

import yaml
from invented import ROOT

from litbook.site.navigation.navigation import Entry, Group, arrange


def chapters(*names: str) -> tuple[Entry, ...]:
    return tuple(Entry(f"book/chapters/{name}", name.title()) for name in names)


def pages(*names: str) -> tuple[Entry, ...]:
    return tuple(Entry(f"book/{name}", name.title()) for name in names)


PART = Group("Part I. Bread", chapters("rye", "wheat"))
ACROSS = Group("Across", pages("paths", "tensions"))
ABOUT = Group("About", pages("about/method"))


def test_what_spans_the_chapters_comes_first_and_what_is_for_editors_is_folded() -> None:
    shelves = arrange([PART, ACROSS, ABOUT])
    assert [(shelf.kind, shelf.caption) for shelf in shelves] == [
        ("across", "Across"),
        ("part", "Part I. Bread"),
        ("other", "About"),
    ]
    assert [entry.title for shelf in shelves for entry in shelf.entries] == [
        "Paths", "Tensions", "Rye", "Wheat", "About/Method",
    ]  # fmt: skip


def test_the_only_group_beside_the_parts_is_folded() -> None:
    assert [shelf.kind for shelf in arrange([PART, ABOUT])] == ["part", "other"]


def test_the_name_of_a_part_leads_to_its_page() -> None:
    (shelf,) = arrange([Group("Part I. Bread", (*pages("part-1"), *chapters("rye")))])
    assert shelf.page == Entry("book/part-1", "Part-1")
    assert [entry.title for entry in shelf.entries] == ["Rye"]


def test_a_part_without_a_page_keeps_all_entries() -> None:
    (shelf,) = arrange([PART])
    assert shelf.page is None
    assert shelf.entries == PART.entries


def test_no_entry_is_lost_whatever_the_groups() -> None:
    groups = [Group("", pages("first")), PART, Group("Empty", ()), ACROSS, ABOUT]
    shelves = arrange(groups)
    shown = {entry for shelf in shelves for entry in (*shelf.entries, *filter(None, [shelf.page]))}
    assert shown == {entry for group in groups for entry in group.entries}


def test_parts_are_folded_if_there_are_many_themes() -> None:
    few, many = (Group("Part I. Bread", chapters(*(f"loaf-{at}" for at in range(number)))) for number in (20, 21))
    assert [shelf.folded for shelf in arrange([few, ACROSS, ABOUT])] == [False, False, True]
    assert [shelf.folded for shelf in arrange([many, ACROSS, ABOUT])] == [False, True, True]


def test_this_review_has_at_most_26_entries_before_a_reader_unfolds_one() -> None:
    parts = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))["parts"]
    groups = [Group(part["caption"], tuple(Entry(entry["file"], "") for entry in part["chapters"])) for part in parts]
    shelves = arrange(groups)
    always = 1 + 1 + 3 + 2  # Home, all papers, their three orders, and the reader's tools
    assert always + sum(1 if shelf.folded else len(shelf.entries) for shelf in shelves) <= 26
