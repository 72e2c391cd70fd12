"""Results of functions of one value that cannot be hashed, such as a paper, whose links are a mapping."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from operator import is_
from typing import Generic, TypeVar

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")


class ByIdentity(Generic[_Value]):
    """A hashable wrapper that compares values by identity, and keeps them alive while it is a key."""

    __slots__ = ("value",)

    def __init__(self, value: _Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and other.value is self.value


class ByItems(Generic[_Value]):
    """A hashable tuple that is the same as another of the very same objects, and keeps them alive while it is a key."""

    __slots__ = ("_hash", "values")

    def __init__(self, values: tuple[_Value, ...]) -> None:
        self.values = values
        self._hash = hash(tuple(map(id, values)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ByItems)
            and len(self.values) == len(other.values)
            and all(map(is_, self.values, other.values))
        )


def once_per_object(most: int) -> Callable[[Callable[[_Value], _Result]], Callable[[_Value], _Result]]:
    """Keep what a function returned for the last `most` objects; the same object gives the same result."""

    def decorate(function: Callable[[_Value], _Result]) -> Callable[[_Value], _Result]:
        kept = lru_cache(maxsize=most)(lambda key: function(key.value))

        @wraps(function)
        def once(value: _Value) -> _Result:
            return kept(ByIdentity(value))

        return once

    return decorate
