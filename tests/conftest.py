"""Fixtures that tests share: the toy review is built once, and copied for tests that change it."""

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
    """Return the toy review as its first build left it; tests must not change it."""
    return toy.book


@pytest.fixture(scope="session")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build once the toy review with an excluded paper, a duplicate record and two commits; it must not be changed."""
    review = make_screened(tmp_path_factory.mktemp("screened"))
    commit_twice(review)
    return Built(review, review.build())
