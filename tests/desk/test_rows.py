"""Rows are written one at a time, every other byte of a person's file stays, and each act can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbook.desk.rows import ChangedSinceError, put_row, undo

COLUMNS = ("citekey", "theme", "reason")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "citekey,theme,reason\nm2031,dough,\n"),
        ("citekey,theme,reason\n", "citekey,theme,reason\nm2031,dough,\n"),
        # Sorted rows stay sorted, others get the new row at their end.
        ("citekey,theme,reason\na,x,\nz,y,\n", "citekey,theme,reason\na,x,\nm2031,dough,\nz,y,\n"),
        ("citekey,theme,reason\nz,x,\na,y,\n", "citekey,theme,reason\nz,x,\na,y,\nm2031,dough,\n"),
        # A row that is there keeps the cells that are not given.
        ("citekey,theme,reason\nm2031,,'tis\nz,,\n", "citekey,theme,reason\nm2031,dough,'tis\nz,,\n"),
        # Excel's mark and line ends; other columns; quoted cells over two lines; no line end at the end.
        ("\ufeffcitekey,theme,reason\r\na,x,\r\n", "\ufeffcitekey,theme,reason\r\na,x,\r\nm2031,dough,\r\n"),
        ("theme,citekey,mine,reason\nx,a,1,\n", "theme,citekey,mine,reason\ndough,m2031,,\nx,a,1,\n"),
        (
            'citekey,theme,reason\na,x,"one,\ntwo ""q"""\n',
            'citekey,theme,reason\na,x,"one,\ntwo ""q"""\nm2031,dough,\n',
        ),
        ("citekey,theme,reason\na,x,", "citekey,theme,reason\na,x,\nm2031,dough,\n"),
        ("citekey,theme,reason", "citekey,theme,reason\nm2031,dough,\n"),
    ],
)
def test_a_row_is_put_in_its_place_and_taken_back(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(before.encode())
    act = put_row(path, COLUMNS, {"citekey": "m2031"}, {"theme": "dough"})
    assert path.read_bytes().decode() == after
    undo(act, COLUMNS)
    left = path.read_bytes().decode()
    assert left.rstrip("\r\n") in (before.rstrip("\r\n"), "citekey,theme,reason")


def test_line_ends_in_a_cell_become_spaces_and_commas_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    put_row(path, COLUMNS, {"citekey": "a"}, {"reason": "one,\ntwo\r\nthree"})
    assert path.read_text("utf-8") == 'citekey,theme,reason\na,,"one, two three"\n'


def test_only_the_own_row_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    act = put_row(path, COLUMNS, {"citekey": "b"}, {"theme": "dough"})
    with path.open("a", encoding="utf-8") as rows:
        rows.write("c,loaf,a person's\n")
    undo(act, COLUMNS)
    assert path.read_text("utf-8") == "citekey,theme,reason\nc,loaf,a person's\n"


def test_a_row_that_was_changed_since_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    act = put_row(path, COLUMNS, {"citekey": "b"}, {"theme": "dough"})
    path.write_text("citekey,theme,reason\nb,loaf,changed\n", "utf-8")
    with pytest.raises(ChangedSinceError, match="changed since"):
        undo(act, COLUMNS)
    assert path.read_text("utf-8") == "citekey,theme,reason\nb,loaf,changed\n"


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@pytest.mark.slow
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), theme=CELLS)
def test_other_rows_never_change(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], theme: str
) -> None:
    path = tmp_path_factory.mktemp("rows") / "decisions.csv"
    for number, cells in enumerate(rows):
        put_row(path, COLUMNS, {"citekey": f"k{number}"}, dict(zip(("theme", "reason"), cells[1:], strict=True)))
    before = path.read_bytes() if rows else b"citekey,theme,reason\n"
    act = put_row(path, COLUMNS, {"citekey": "k0x"}, {"theme": theme})
    lines = path.read_bytes().splitlines(keepends=True)
    assert [line for line in lines if line.decode() != act.after] == before.splitlines(keepends=True)
    undo(act, COLUMNS)
    assert path.read_bytes() == before


def test_a_cell_of_a_new_column_adds_the_column_at_the_end_and_an_empty_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(b'\xef\xbb\xbfcitekey,theme,reason\r\na,x,"1, 2"\r\nz,y,')
    put_row(path, COLUMNS, {"citekey": "a", "stage": ""}, {"reason": "3"})
    assert path.read_bytes() == b"\xef\xbb\xbfcitekey,theme,reason\r\na,x,3\r\nz,y,"
    act = put_row(path, COLUMNS, {"citekey": "a"}, {"stage": "full-text"})
    assert path.read_bytes() == b"\xef\xbb\xbfcitekey,theme,reason,stage\r\na,x,3,full-text\r\nz,y,,"
    undo(act, COLUMNS)
    assert path.read_bytes() == b"\xef\xbb\xbfcitekey,theme,reason,stage\r\na,x,3,\r\nz,y,,"
