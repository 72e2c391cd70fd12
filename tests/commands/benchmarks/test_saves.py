"""`litbook preview-bench` on the built toy review."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from toybook import Built, Review


@pytest.mark.build
def test_a_save_is_measured_until_its_page_is_there_and_put_back(book: Built, tmp_path: Path) -> None:
    review = Review(tmp_path / "review")
    shutil.copytree(book.review.root, review.root)
    before = review.inputs()
    run = review.run(sys.executable, "-m", "litbook", "preview-bench", "--runs", "1")
    assert run.code == 0, run.output
    found = re.search(r"page is there: ([\d.]+)\n  until the build has ended: ([\d.]+)", run.output)
    assert found, run.output
    assert 0 < float(found[1]) < float(found[2])
    after = review.inputs()
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {"executions.txt"}
