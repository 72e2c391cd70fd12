"""The marks by which tests are chosen: every test has one, and a fast test can neither build nor browse."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import kinds
import pytest
from toybook import Review, copy_toy

TESTS = Path(__file__).parent


def build_it(review: Review) -> int:
    return review.build().code


def test_every_test_is_fast_or_has_a_reason_not_to_be(request: pytest.FixtureRequest) -> None:
    reasons = {*kinds.SIGNS, "slow"}
    wrong = [
        item.nodeid
        for item in request.session.items
        if ("fast" in kinds.marks_of(item)) == bool(reasons & kinds.marks_of(item))
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", sorted(kinds.SIGNS))
def test_a_test_without_its_mark_fails(kind: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=f"needs @pytest.mark.{kind}"):
        kinds.require(kind)


def test_no_file_of_tests_is_left_out_by_the_name_of_its_folder(pytestconfig: pytest.Config) -> None:
    folders = {folder.name for path in TESTS.rglob("test_*.py") for folder in path.relative_to(TESTS).parents}
    left_out = [name for name in folders for pattern in pytestconfig.getini("norecursedirs") if fnmatch(name, pattern)]
    assert left_out == []


def test_a_helper_that_builds_is_found_behind_the_function_that_calls_it() -> None:
    def first() -> int:
        return build_it(copy_toy(kinds.TESTS))

    def other() -> list[int]:
        return sorted([2, 1])

    assert "build" in kinds.names_in(first)
    assert not kinds.names_in(other) & (kinds.SIGNS["build"] | kinds.SIGNS["browser"])
