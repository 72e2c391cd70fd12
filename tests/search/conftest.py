"""One browser and one site for all tests of the search."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from searching import CHAPTER, LATEST, ROOT, Site, add_hostile_paper

from litbook.pipeline import make_corpus
from litbook.project import Project
from litbook.search.barepage import write_bare_site
from litbook.search.learned import learn
from litbook.search.parts import render_index

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]


def find_chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium: in CI these tests must run")
    if found is None:
        pytest.skip("no Chromium here")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    with sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Make a folder with an index of the real papers, a hostile one, and an invented chapter; nothing is built."""
    made, *_ = make_corpus(Project(ROOT))
    corpus = add_hostile_paper(made)
    days = {paper.citekey: "2026-01-01" for paper in corpus.papers} | {"invented2020zebrafinch": LATEST}
    folder = tmp_path_factory.mktemp("site")
    pages = {"book/chapters/zebrafinches.html": CHAPTER}
    write_bare_site(folder, render_index(corpus, pages, learn(corpus.papers), days))
    return Site(folder, corpus)
