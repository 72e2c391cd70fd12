"""The layout of files in which a review's links would lead nowhere is refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.errors import ExtensionError

from litbook.site.build.builder import refuse_other_layouts


def make_app(builder: str) -> Any:
    return SimpleNamespace(builder=SimpleNamespace(name=builder))


def test_pages_in_folders_are_refused_with_what_to_do() -> None:
    with pytest.raises(ExtensionError, match=r"dirhtml is not supported.*build it with 'jupyter-book build"):
        refuse_other_layouts(make_app("dirhtml"))


@pytest.mark.parametrize("builder", ["html", "singlehtml", "latex", "text"])
def test_other_builders_are_not(builder: str) -> None:
    refuse_other_layouts(make_app(builder))
