"""A paper page is the same bytes whether Sphinx reads it or not. All papers are invented, and some are hostile."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile import make_hostile_review
from toybook import Review, copy_toy

SETTING = "  config:\n"


def build_pages(review: Review) -> dict[str, str]:
    run = review.build()
    assert run.code == 0, run.output
    folder = review.html / "book/papers"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.html"))}


@pytest.mark.parametrize("papers", ["toy", "hostile"])
def test_a_paper_page_is_the_same_read_by_sphinx_and_without_it(tmp_path: Path, papers: str) -> None:
    if papers == "toy":
        review = copy_toy(tmp_path / "review")
    else:
        review = make_hostile_review(tmp_path / "review", "/secret.txt", tmp_path / "written")
    without = build_pages(review)
    review.edit("_config.yml", SETTING, f"{SETTING}    litbook_paper_documents: true\n")
    assert build_pages(review) == without
    assert len(without) > 5
