"""Results are kept for objects, not for equal ones."""

from __future__ import annotations

from litbook.core.identity import ByItems, once_per_object


def test_a_result_is_made_once_for_each_object_and_only_the_last_ones_are_kept() -> None:
    asked: list[dict[str, int]] = []

    @once_per_object(2)
    def count(value: dict[str, int]) -> int:
        asked.append(value)
        return len(value)

    one, equal, third = {"a": 1}, {"a": 1}, {}
    assert [count(value) for value in (one, one, equal, one, third, one, equal)] == [1, 1, 1, 1, 0, 1, 1]
    assert [id(value) for value in asked] == [id(value) for value in (one, equal, third, equal)]


def test_tuples_are_the_same_key_if_their_items_are_the_very_same_objects() -> None:
    one, other = {"a": 1}, {"b": 2}
    assert ByItems((one, other)) == ByItems((one, other))
    assert len({ByItems((one, other)), ByItems((one, other)), ByItems((other, one)), ByItems((one,))}) == 3
    assert ByItems(({"a": 1},)) != ByItems((one,))
    assert ByItems((one,)) != (one,)
