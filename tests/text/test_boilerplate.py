"""Headings, lines of copyright and words for "no abstract" are told from what an abstract says. All is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import put
from nothing_lost import FORMATS, Work

from litbook.ingest.sources import read_source
from litbook.pipeline import gather
from litbook.text.boilerplate import is_no_abstract, trim_abstract

SAID = "We fold hats from kelp. They float (mostly)."


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
def test_a_line_of_copyright_at_the_end_is_no_part_of_an_abstract(tail: str) -> None:
    assert trim_abstract(f"{SAID} {tail}") == SAID


@pytest.mark.parametrize(
    "head",
    ["© 2031 Invented Press B.V. ", "© 2031, The Author(s). ", "© 2031 Invented Press Ltd. All rights reserved. ",
     "Abstract: ", "ABSTRACT ", "Abstract ", "Abstract", "Summary. ", "Abstract — "],
)  # fmt: skip
def test_what_stands_before_an_abstract_is_no_part_of_it(head: str) -> None:
    assert trim_abstract(head + SAID) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "Abstract syntax trees are folded.",
        "Abstract Meaning Representation is folded into hats.",
        "Summary statistics of hats are given.",
        "We ask who owns the copyright of a hat.",
        "We ask who owns it. Copyright law does not say.",
        "The © sign is folded. The sign © 2031 stands on hats.",
        "We fold hats. © 2031 Invented Press. We also fold boats, which is the point of all of this.",
        "Options are (a) hats, (b) boats, (c) kites. All float.",
        "© is a sign",
        "",
    ],
)
def test_words_that_only_look_like_it_stay(text: str) -> None:
    assert trim_abstract(text) == text


@pytest.mark.parametrize("text", ["[No abstract available]", "No abstract available.", "N/A", "Abstract not available",
                                  "(no abstract provided)", "null", "-"])  # fmt: skip
def test_words_for_no_abstract_are_known(text: str) -> None:
    assert is_no_abstract(text)


@pytest.mark.parametrize("text", ["", "No abstract structure is available to kelp.", "None of the hats float."])
def test_a_sentence_is_no_word_for_no_abstract(text: str) -> None:
    assert not is_no_abstract(text)


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"txt"}))
def test_no_format_takes_the_words_for_none_as_an_abstract_and_none_loses_them(form: str) -> None:
    """Else all papers without one are thought to share theirs."""
    work = Work(1, "Sea Hats")
    content = FORMATS[form]([work]).replace(work.abstract, "[No abstract available]")
    reading = read_source(f"x.{form}", content.encode())
    assert reading is not None
    (record,) = reading.records
    assert record.abstract == ""
    assert record.extra["abstract"] == "[No abstract available]"


def test_a_paper_shows_its_abstract_without_the_imprint_and_its_record_keeps_it(tmp_path: Path) -> None:
    whole = f"Abstract {SAID} © 2031 Invented Press Ltd."
    export = f"TY  - JOUR\nTI  - Sea Hats\nAB  - {whole}\nER  - \n"
    project = put(tmp_path, {"book/corpus/sources/a.ris": export})
    (paper,) = gather(project).papers
    assert paper.abstract.plain == SAID
    assert paper.records[0].abstract == whole
