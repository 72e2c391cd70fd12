"""From a list of identifiers to paper pages: new, add, fetch, build. All works are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from fetching import FakeClock, playing
from invented import put, read_tree
from toybook import Review

import litbook.commands.fetch.facts
import litbook.pipeline
from litbook.__main__ import main

CRANE, BOATS = "arxiv310200001", "doi1099999boats20331"


def call(*arguments: str | Path) -> str:
    done = CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_list_of_identifiers_becomes_paper_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(litbook.commands.fetch.facts, "SystemClock", FakeClock)
    put(tmp_path, {"ids.txt": "3102.00001\n"})
    root = tmp_path / "review"
    call("new", root, "--from", tmp_path / "ids.txt")
    output = call("add", "--root", root, "10.99999/boats.2033.1")
    assert f"1 paper new: {BOATS}\n" in output
    assert "litbook fetch" in output
    fetch = ("fetch", "--root", root, "--contact", "you@example.org", "--only", "arxiv", "--only", "crossref")
    notices = ("crossref-notices-of-works", "crossref-notices")
    with playing("arxiv-id", "crossref-doi", "crossref-doi-boats", "arxiv-title-none-boats", *notices):
        output = call(*fetch)
    assert f"{CRANE}: corrected on 2033-03-04 (crossref, publisher): https://doi.org/10.99999/crane.2032.7.c1" in output
    before = read_tree(root / "book")
    with playing():
        output = call(*fetch)
    assert "Nothing to ask about 2 papers" in output
    assert "No notices to ask for: 2 papers" in output
    assert read_tree(root / "book") == before

    review = Review(root)
    review.edit("_config.yml", "execute_notebooks: cache", 'execute_notebooks: "off"')  # no page of a paper needs one
    built = review.build()
    assert built.code == 0, built.output
    assert built.warnings == []
    for key, title, sentence, author in (
        (
            CRANE,
            "CraneFold: Folding Paper Cranes with Patient Robots",
            "We fold paper cranes with robots",
            "Bo van der",
        ),
        (BOATS, "Boats of Wet Paper", "We fold boats of wet paper. They float until noon.", "Cy Nobody"),
    ):
        page = review.page(f"book/papers/{key}.html")
        assert page.text("article.litbook-article h1") == title
        assert sentence in page.text("article.litbook-article")
        assert author in page.text("article.litbook-article")
