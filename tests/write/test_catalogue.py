"""The table of papers for programs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from invented import make_corpus_of, make_paper

from litbook.model.notices import Notice
from litbook.write.catalogue import render_csv


def test_the_table_names_notices_that_still_hold_newest_first() -> None:
    notices = (
        Notice("correction", "crossref", "2033"),
        Notice("retraction", "crossref", "2034-03-04"),
        Notice("retraction", "openalex", "2034-03-04"),
        Notice("concern", "crossref", "2032-01-01", gone="2032-06-01"),
    )
    papers = [replace(make_paper("owls", "Owls", "We count owls."), notices=notices), make_paper("mice", "Mice", "")]
    rows = {row["citekey"]: row["notices"] for row in csv.DictReader(io.StringIO(render_csv(make_corpus_of(papers))))}
    assert rows == {"owls": "retraction 2034-03-04; correction 2033", "mice": ""}
