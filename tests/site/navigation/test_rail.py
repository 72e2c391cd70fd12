"""How the rail arranges the groups of a table of contents. All titles are invented."""

from __future__ import annotations

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
        ("folded", "About"),
    ]
    assert [entry.title for shelf in shelves for entry in shelf.entries] == [
        "Paths", "Tensions", "Rye", "Wheat", "About/Method",
    ]  # fmt: skip


def test_the_only_group_beside_the_parts_is_folded() -> None:
    assert [shelf.kind for shelf in arrange([PART, ABOUT])] == ["part", "folded"]


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
