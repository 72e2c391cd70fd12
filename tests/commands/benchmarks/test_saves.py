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
    run = review.run(sys.executable, "-m", "litbook", "preview-bench", "--runs", "2")
    assert run.code == 0, run.output
    form = r"\d papers, a (\w+): ([\d.]+) CPU s until its page is there, ([\d.]+) until the build has ended \(2 saves"
    found = re.findall(form, run.output)
    assert [what for what, *_ in found] == ["chapter", "decision", "note"], run.output
    assert all(0 < float(seen) < float(built) for _, seen, built in found)
    after = review.inputs()
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {"executions.txt"}
