"""One browser and one site for all tests of the search."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import open_browser
from playwright.sync_api import Browser
from searching import CHAPTER, LATEST, ROOT, Site, add_hostile_paper

from litbook.commands.benchmarks.search.bare_page import write_bare_site
from litbook.core.project import Project
from litbook.pipeline import make_corpus
from litbook.site.search.index.learned import learn
from litbook.site.search.index.parts import render_index
from litbook.site.search.index.postings import make_postings
from litbook.site.search.index.sections import read_all


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Make a folder with an index of the real papers, a hostile one, and an invented chapter; nothing is built."""
    made, *_ = make_corpus(Project(ROOT))
    corpus = add_hostile_paper(made)
    days = {paper.citekey: "2026-01-01" for paper in corpus.papers} | {"invented2020zebrafinch": LATEST}
    folder = tmp_path_factory.mktemp("site")
    pages = {"book/chapters/zebrafinches.html": CHAPTER}
    postings = make_postings(corpus.papers)
    write_bare_site(folder, render_index(corpus, read_all(pages), postings, learn(postings), days))
    return Site(folder, corpus)
