"""The sentences that cite a paper are found with the anchors that the page gives them. All papers are invented."""

from __future__ import annotations

from litbook.analyse.prose.mentions import find_mentions, gather_mentions
from litbook.ingest.pages import make_page

PAGE = """# Folding

Cranes tear {cite}`crane`. They fold in {count}`papers` ways {cite}`crane,kelp`{claim}`kelp:2`. Nothing is cited here.

## Again

Kelp *grows* {claim}`kelp:2,crane:1`, which {cite:t}`kelp` doubts.

| what | where |
|---|---|
| cold | water {cite}`kelp` |
"""


def test_each_sentence_is_found_once_for_each_paper_with_its_anchor() -> None:
    found = gather_mentions(find_mentions(make_page(PAGE, "chapters/folding.md")))
    assert [(item.text, item.anchor) for item in found["crane"]] == [
        ("Cranes tear.", "cite-crane"),
        ("They fold in … ways.", "cite-crane--2"),
        ("Kelp grows, which kelp doubts.", "claim-crane-1"),
    ]
    assert [(item.text, item.anchor) for item in found["kelp"]] == [
        ("They fold in … ways.", "claim-kelp-2"),
        ("Kelp grows, which kelp doubts.", "claim-kelp-2--2"),
        ("cold · water", "cite-kelp--3"),
    ]
    assert {(item.file, item.title) for items in found.values() for item in items} == {
        ("chapters/folding.md", "Folding")
    }


def test_manuals_and_notes_are_left_out() -> None:
    assert find_mentions(make_page(PAGE, "about/editing.md")) == ()
    assert find_mentions(make_page(PAGE, "notes/crane.md")) == ()
