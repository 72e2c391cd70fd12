"""Which notice a paper is labelled with, and which sentences rest on what no longer holds. All papers are invented."""

from __future__ import annotations

import pytest

from litbook.model.notices import KINDS, Notice, find_standing, flag_of, is_void, newest_first


def notice(kind: str, date: str = "", **known: str) -> Notice:
    return Notice(kind, known.pop("origin", "crossref"), date=date, **known)


@pytest.mark.parametrize(
    ("notices", "standing"),
    [
        ([], ""),
        ([notice("correction", "2031"), notice("retraction", "2032")], "retraction"),
        ([notice("retraction", "2032"), notice("reinstatement", "2033")], ""),
        ([notice("retraction", "2032"), notice("reinstatement", "2031")], "retraction"),
        ([notice("retraction", "2032"), notice("reinstatement")], "retraction"),
        ([notice("retraction"), notice("reinstatement", "2033")], "retraction"),
        ([notice("retraction", "2032", gone="2033"), notice("erratum", "2030")], "erratum"),
        ([notice("concern", "2032"), notice("correction", "2033")], "concern"),
        ([notice("withdrawal", "2032", origin="arxiv"), notice("retraction", "2033")], "retraction"),
        ([notice("new-version", "2033")], "new-version"),
    ],
)
def test_the_most_serious_notice_that_holds_decides(notices: list[Notice], standing: str) -> None:
    found = find_standing(notices)
    assert (found.kind if found else "") == standing


def test_only_some_kinds_take_away_the_ground_of_a_sentence_and_only_some_are_labels() -> None:
    void = [kind for kind in KINDS if is_void([notice(kind)])]
    assert void == ["retraction", "partial-retraction", "removal", "withdrawal"]
    loud = [kind for kind in KINDS if flag_of([notice(kind)])]
    assert loud == [*void, "concern", "correction", "erratum"]


def test_an_unknown_kind_keeps_the_word_of_its_service() -> None:
    assert notice("other", says="Comment on").label == "comment on"
    assert notice("other").label == "other notice"


def test_notices_are_in_the_order_of_their_dates() -> None:
    dates = ["2031-02", "2033", "", "2031-11-02"]
    listed = newest_first([notice("correction", date, first_said="" if date else "2032-01-01") for date in dates])
    assert [item.date for item in listed] == ["2033", "", "2031-11-02", "2031-02"]
