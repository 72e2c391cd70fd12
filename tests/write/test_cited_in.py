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


def test_the_first_sentences_of_a_page_are_quoted_and_a_number_leads_to_the_rest() -> None:
    _, text = render_mentions(cite(1, 5), THEMES, {})
    assert text.replace("\\\n", "").split("  ") == [
        "- [Tides 1](../chapters/tides-1.md)",
        "[Tide 1 rises](../chapters/tides-1.md#cite-1)",
        "[Tide 2 rises](../chapters/tides-1.md#cite-2)",
        "[Tide 3 rises](../chapters/tides-1.md#cite-3)",
        "[2 more](../chapters/tides-1.md#cite-4)",
    ]


def test_a_paper_cited_in_every_chapter_still_has_a_short_page() -> None:
    mentions = [mention for page in range(40) for mention in cite(page, 2)]
    _, text = render_mentions(mentions, THEMES, {})
    assert text.count(" rises]") == 12
    assert text.count("[2 sentences]") == 34
    assert len(text.encode()) < 5000


def test_a_page_that_cites_once_has_its_sentence_and_no_number() -> None:
    _, text = render_mentions(cite(1, 1), THEMES, {})
    assert "more" not in text
