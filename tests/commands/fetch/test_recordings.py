"""Every recording is used by a test and readable."""

from __future__ import annotations

import ast
from pathlib import Path

from fetching import RECORDINGS


def test_every_recording_is_played_by_a_test() -> None:
    texts = [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py"))]
    words = {node.value for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
    assert {path.stem for path in RECORDINGS.glob("*.json")} - words == set()


def test_every_recording_can_be_read() -> None:
    assert {path.suffix for path in RECORDINGS.iterdir()} == {".json", ".md"}
