"""What readers see of a script is the same after it was shortened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import litbook.site
from litbook.site.layout.scripts import shorten_script

ASSETS = sorted(Path(litbook.site.__file__).parent.glob("*/assets/*.js"))
# A template within a template: what shortens the scripts takes the inner one for code, and drops spaces in it.
INNER = re.compile(r"`[^`]*\$\{[^}`]*`([^`]*)`")


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_the_words_of_a_template_within_a_template_keep_their_spaces(path: Path) -> None:
    text = path.read_text("utf-8")
    shortened = shorten_script(text)
    assert [words for words in INNER.findall(text) if f"`{words}`" not in shortened] == []
