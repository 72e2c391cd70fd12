"""Curly marks in what people wrote."""

from __future__ import annotations

import pytest
from docutils import nodes

from litbook.site.layout.quotes import curl, curl_quotes


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ('the "barely hurts" of it', "the “barely hurts” of it"),
        ("GPT's answers, the owls' nests", "GPT’s answers, the owls’ nests"),
        ("('so' it says) in '23", "(‘so’ it says) in ’23"),
        ('"Owls", it says', "“Owls”, it says"),
        ("“curly” stays, as does a prime′", "“curly” stays, as does a prime′"),
    ],
)
def test_straight_marks_are_drawn_curly(typed: str, drawn: str) -> None:
    assert curl(typed) == drawn


def test_a_mark_at_the_edge_of_a_piece_goes_by_what_is_before_it_and_code_stays() -> None:
    pieces = (nodes.Text('a "'), nodes.emphasis("", "soft"), nodes.Text('" owl, '), nodes.literal("", 'say("hoo")'))
    paragraph = nodes.paragraph("", "", *pieces)
    curl_quotes(nodes.section("", paragraph))
    assert paragraph.astext() == 'a “soft” owl, say("hoo")'
