"""The section "Cited in" of a paper's page: short, however often the review cites the paper. All of it is invented."""

from __future__ import annotations

from litbook.model.pages import Mention
from litbook.write.sections.cited_in import render_mentions

THEMES = {f"tides-{at}": f"Tides {at}" for at in range(40)}


def cite(page: int, number: int) -> list[Mention]:
    return [
        Mention("made2030tide", f"chapters/tides-{page}.md", "Tides", f"Tide {at} rises", f"cite-{at}")
        for at in range(1, number + 1)
    ]


def test_each_page_has_one_line_with_the_number_of_its_sentences_that_leads_to_the_first() -> None:
    _, text = render_mentions([*cite(1, 5), *cite(2, 1)], THEMES, {})
    assert text.splitlines() == [
        "- [Tides 1](../chapters/tides-1.md#cite-1): 5 sentences",
        "- [Tides 2](../chapters/tides-2.md#cite-1): 1 sentence",
    ]


def test_a_page_that_cites_outside_of_a_sentence_has_no_number() -> None:
    _, text = render_mentions([Mention("made2030tide", "chapters/tides-1.md", "Tides", "", "")], THEMES, {})
    assert text == "- [Tides 1](../chapters/tides-1.md)"
