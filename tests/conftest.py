"""Books that tests share: the toy review is built once, and copied for those who change it."""

from __future__ import annotations

import shutil

import pytest
from screenedbook import commit_twice, make_screened
from sites import address, browser, served, visit  # noqa: F401 - fixtures for all tests
from toybook import Built, Review, Toy, copy_toy


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    """Build the toy review once."""
    workshop = copy_toy(tmp_path_factory.mktemp("toy"))
    run = workshop.build()
    book = Review(tmp_path_factory.mktemp("book") / "review")
    shutil.copytree(workshop.root, book.root)
    return Toy(Built(book, run), Built(workshop, run))


@pytest.fixture(scope="session")
def book(toy: Toy) -> Built:
    """Return the toy review as its first build left it; it is only read."""
    return toy.book


@pytest.fixture(scope="session")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the toy review with an excluded paper, a record found twice and two commits, once; it is only read."""
    review = make_screened(tmp_path_factory.mktemp("screened"))
    commit_twice(review)
    return Built(review, review.build())
