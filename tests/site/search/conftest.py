"""One site for all tests of the search."""

from __future__ import annotations

from pathlib import Path

import pytest
from searching import CHAPTER, LATEST, ROOT, Site, add_hostile_paper
from shared import Shared

from litbook.commands.benchmarks.search.bare_page import write_bare_site
from litbook.core.project import Project
from litbook.pipeline import make_corpus
from litbook.site.search.index.learned import learn
from litbook.site.search.index.parts import render_index
from litbook.site.search.index.postings import make_postings
from litbook.site.search.index.sections import read_all
from litbook.site.search.index.site_pages import Notes


@pytest.fixture(scope="session")
def site(shared: Shared) -> Site:
    """Make a folder with an index of the real papers, a hostile one, and an invented chapter; nothing is built."""
    return shared.make("search", _make_site)


def _make_site(folder: Path) -> Site:
    made, *_ = make_corpus(Project(ROOT))
    corpus = add_hostile_paper(made)
    days = {paper.citekey: "2026-01-01" for paper in corpus.papers} | {"invented2020zebrafinch": LATEST}
    folder.mkdir()
    pages = {"book/chapters/zebrafinches.html": CHAPTER}
    postings = make_postings(corpus.papers)
    write_bare_site(folder, render_index(corpus, read_all(pages), postings, learn(postings), Notes(days)))
    return Site(folder, corpus)
