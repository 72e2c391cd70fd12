"""Cells of a table are edited in place: every other byte stays."""

from __future__ import annotations

import pytest

from litbook.commands.theming.tables import edit_rows

ROWS = '\ufeffkey,theme,reason\r\n"a","old","says ""so"", twice"\r\nb,old,two\r\n\r\nc,other,"of\r\ntwo lines"\r\nd,old'


def rename(row: dict[str, str]) -> dict[str, str]:
    return {"theme": "new"} if row.get("theme") == "old" else {}


def test_only_the_cells_that_change_are_written() -> None:
    expected = ROWS.replace('"old"', "new").replace(",old", ",new")
    assert edit_rows(ROWS, rename) == expected


def test_cells_are_read_as_they_are_meant() -> None:
    seen: list[dict[str, str]] = []
    assert edit_rows(ROWS, lambda row: seen.append(dict(row)) or {}) == ROWS  # type: ignore[func-returns-value]
    assert [row["key"] for row in seen] == ["a", "b", "c", "d"]
    assert seen[0]["reason"] == 'says "so", twice'
    assert seen[2]["reason"] == "of\r\ntwo lines"


@pytest.mark.parametrize("text", ["", "key,theme\n", "\n", "key"])
def test_a_table_without_rows_stays(text: str) -> None:
    assert edit_rows(text, rename) == text


def test_a_value_with_a_comma_is_quoted() -> None:
    assert edit_rows("a\nx\n", lambda row: {"a": "x, y"}) == 'a\n"x, y"\n'
