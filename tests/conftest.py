"""What all tests share: their marks, one profile of Hypothesis, and books that are built once in a run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import kinds
import pytest
from hostile import SECRET, make_hostile_review
from hypothesis import HealthCheck, settings
from screenedbook import commit_twice, make_screened
from shared import Shared
from sites import address, browser, served, visit  # noqa: F401 - fixtures for all tests
from toybook import Built, Review, Toy, copy_real, copy_toy

# No test looks at a clock, nor does a library for it: a busy machine is not a fault.
settings.register_profile("litbook", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("litbook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    kinds.mark(items)
    if os.environ.get("CI"):
        _give_browsers_a_second_try(items)


def _give_browsers_a_second_try(items: list[pytest.Item]) -> None:
    """Run a failed test in a browser again, once: on a shared machine the browser itself now and then fails."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_runtest_setup(item: pytest.Item) -> None:
    kinds.begin(item)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run what is asked for by the name of a file in this process: starting workers would take longer."""
    named = [str(argument).partition("::")[0] for argument in config.args]
    return 0 if all(name.endswith(".py") for name in named) else os.cpu_count()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Return the folder of this run, which its workers have in common."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    (folder / "shared").mkdir(exist_ok=True)
    return Shared(folder / "shared")


@pytest.fixture(scope="session")
def toy(shared: Shared) -> Toy:
    """Build the toy review once."""
    return shared.make("toy", _build_toy)


def _build_toy(folder: Path) -> Toy:
    workshop = copy_toy(folder / "workshop")
    run = workshop.build_cold()
    book = Review(folder / "review")
    shutil.copytree(workshop.root, book.root)
    return Toy(Built(book, run), Built(workshop, run))


@pytest.fixture(scope="session")
def book(toy: Toy) -> Built:
    """Return the toy review as its first build left it; tests must not change it."""
    return toy.book


@pytest.fixture(scope="session")
def real(shared: Shared) -> Built:
    """Build once the review of this repository, notebooks executed; tests must not change it."""
    return shared.make("real", _build_real)


def _build_real(folder: Path) -> Built:
    review = copy_real(folder)
    return Built(review, review.build())


@pytest.fixture(scope="session")
def screened(shared: Shared) -> Built:
    """Build once the toy review with an excluded paper, a duplicate record and two commits; it must not be changed."""
    return shared.make("screened", _build_screened)


def _build_screened(folder: Path) -> Built:
    review = make_screened(folder)
    commit_twice(review)
    return Built(review, review.build())


@pytest.fixture(scope="session")
def hostile(shared: Shared) -> Built:
    """Build once hostile papers and one notebook, which is executed; the review must not be changed."""
    return shared.make("hostile", _build_hostile)


def _build_hostile(folder: Path) -> Built:
    review = make_hostile_review(folder / "review", "/secret.txt", folder / "written")
    review.path("secret.txt").write_text(SECRET, "utf-8")  # Sphinx takes an absolute path as below the review's root
    return Built(review, review.build())
