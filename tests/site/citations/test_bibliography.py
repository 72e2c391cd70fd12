"""The list of references: short entries, words in place of addresses, letters to jump. All of it is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from invented import make_paper

from litbook.site.citations.bibliography import Entry, _make_entry, _render_entries, name_place


def draw(*entries: Entry) -> BeautifulSoup:
    return BeautifulSoup(_render_entries(entries, "../papers/"), "html.parser")


def test_of_many_authors_three_are_named() -> None:
    paper = make_paper("owls", "Owls in Winter")
    few, many = (replace(paper, authors=tuple(f"Ada {name}" for name in names)) for names in ("ABC", "ABCDE"))
    assert _make_entry(few, "2031").words.startswith("Ada A, Ada B, Ada C (2031). Owls in Winter.")
    assert _make_entry(many, "2031").words.startswith("Ada A, Ada B, Ada C et al. (2031). Owls in Winter.")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://arxiv.org/abs/3101.00001", "arXiv"),
        ("https://doi.org/10.1000/owl", "DOI"),
        ("https://www.example.org/owls.pdf", "example.org"),
    ],
)
def test_a_word_stands_for_an_address(address: str, place: str) -> None:
    assert name_place(address) == place
    item = draw(Entry("owls", "Owls", f"Ada (2031). Owls. {address}", ("ada", "2031")))
    assert [(link.get_text(), link["href"]) for link in item.select("a")] == [
        ("Owls", "../papers/owls.html"),
        (place, address),
    ]


def test_a_long_list_has_letters_that_lead_to_the_first_of_their_names() -> None:
    entries = [Entry(f"{name}{at}", "x", "x", (f"{name} {at}", "")) for name in ("ant", "bee") for at in range(20)]
    letters = draw(*entries).select(".litbook-letters a")
    assert [(link.get_text(), link["href"]) for link in letters] == [("A", "#ref-ant0"), ("B", "#ref-bee0")]
    assert draw(*entries[:30]).select(".litbook-letters") == []
