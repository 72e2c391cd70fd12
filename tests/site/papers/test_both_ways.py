"""A paper page is the same bytes whether Sphinx reads it or not. All papers are invented, and some are hostile."""

from __future__ import annotations

from pathlib import Path

import pytest
from toybook import Built, Review, copy_inputs

SETTING = "  config:\n"


def read_pages(review: Review) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((review.html / "book/papers").glob("*.html"))}


@pytest.mark.parametrize("papers", ["book", "hostile"], ids=["toy", "hostile"])
def test_a_paper_page_is_the_same_read_by_sphinx_and_without_it(
    tmp_path: Path, papers: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(papers)
    review = copy_inputs(built.review, tmp_path)
    review.edit("_config.yml", SETTING, f"{SETTING}    litbook_paper_documents: true\n")
    run = review.build()
    assert run.code == 0, run.output
    without = read_pages(built.review)
    assert read_pages(review) == without
    assert len(without) > 5
