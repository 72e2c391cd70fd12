"""Headings, copyright lines and placeholders are separated from what an abstract says. All texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import put
from nothing_lost import FORMATS, Work

from litbook.ingest.sources import read_source
from litbook.pipeline import gather
from litbook.text.boilerplate import is_no_abstract, trim_abstract

CONTENT = "We fold hats from kelp. They float (mostly)."


@pytest.mark.parametrize(
    "tail",
    [
        "© 2031 Invented Press B.V.",
        "© 2031",
        "© 2031 Invented Press Ltd. All rights reserved.",
        "Copyright 2031 Invented Press All rights reserved.",
        "Copyright © 2031 The Author(s). Published by Invented Press Inc. All rights reserved.",
        "Crown Copyright © 2031 Published by Invented Press Ltd.",
        "(C) 2031 Invented Press Ltd. All rights reserved.",
        "(c) 2031 Published by Invented Press, Inc.",
        "© 2031 The Author(s). Published by Invented Press B.V.. This is an open access article under the CC BY "
        "license (http://creativecommons.org/licenses/by/4.0/).",
        "© The Author(s) 2031. Published by Invented Press on behalf of the Society of Hats. All rights reserved. For "
        "permissions, please write to: hats@example.org.",
        "(PsycInfo Database Record (c) 2031 APA, all rights reserved).",
        "© 2031, The Author(s), under exclusive licence to Invented Press.",
    ],
)
def test_a_trailing_copyright_line_is_removed(tail: str) -> None:
    assert trim_abstract(f"{CONTENT} {tail}") == CONTENT


@pytest.mark.parametrize(
    "head",
    ["© 2031 Invented Press B.V. ", "© 2031, The Author(s). ", "© 2031 Invented Press Ltd. All rights reserved. ",
     "Abstract: ", "ABSTRACT ", "Abstract ", "Abstract", "Summary. ", "Abstract — "],
)  # fmt: skip
def test_a_leading_heading_or_copyright_line_is_removed(head: str) -> None:
    assert trim_abstract(head + CONTENT) == CONTENT


@pytest.mark.parametrize(
    "text",
    [
        "Abstract syntax trees are folded.",
        "Abstract Meaning Representation is folded into hats.",
        "Summary statistics of hats are given.",
        "We ask who owns the copyright of a hat.",
        "We ask who owns it. Copyright law does not say.",
        "The © sign is folded. The sign © 2031 is on hats.",
        "We fold hats. © 2031 Invented Press. We also fold boats, which is the point of all of this.",
        "Options are (a) hats, (b) boats, (c) kites. All float.",
        "© is a sign",
        "",
    ],
)
def test_similar_looking_words_stay(text: str) -> None:
    assert trim_abstract(text) == text


@pytest.mark.parametrize("text", ["[No abstract available]", "No abstract available.", "N/A", "Abstract not available",
                                  "(no abstract provided)", "null", "-"])  # fmt: skip
def test_placeholders_for_no_abstract_are_recognised(text: str) -> None:
    assert is_no_abstract(text)


@pytest.mark.parametrize("text", ["", "No abstract structure is available to kelp.", "None of the hats float."])
def test_a_sentence_is_not_a_placeholder(text: str) -> None:
    assert not is_no_abstract(text)


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"txt"}))
def test_every_format_keeps_a_placeholder_but_not_as_the_abstract(form: str) -> None:
    """Otherwise all papers without an abstract would seem to share one."""
    work = Work(1, "Sea Hats")
    content = FORMATS[form]([work]).replace(work.abstract, "[No abstract available]")
    reading = read_source(f"x.{form}", content.encode())
    assert reading is not None
    (record,) = reading.records
    assert record.abstract == ""
    assert record.extra["abstract"] == "[No abstract available]"


def test_a_paper_drops_the_imprint_and_its_record_keeps_it(tmp_path: Path) -> None:
    whole = f"Abstract {CONTENT} © 2031 Invented Press Ltd."
    export = f"TY  - JOUR\nTI  - Sea Hats\nAB  - {whole}\nER  - \n"
    project = put(tmp_path, {"book/corpus/sources/a.ris": export})
    (paper,) = gather(project).papers
    assert paper.abstract.plain == CONTENT
    assert paper.records[0].abstract == whole
