"""The desk on an invented review: what its queues show, the rows that it writes, undo, and who may write."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from failing import failing_after
from invented import FOLDED, SOUND, make_abstract
from serving import Ask, as_owner, ask_server

from litbook.core.project import Project
from litbook.desk.acts import Desk, RefusedActError
from litbook.desk.desk_server import make_routes
from litbook.desk.guard import Guard
from litbook.desk.session import Session

DAY = "2031-05-06"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1935835200")  # 2031-05-06
    shutil.copytree(SOUND / "book", tmp_path / "book")
    rows = "".join(
        f"Paper {word} of lists,Ada Invented,2031,{make_abstract(seed)}\n" for seed, word in enumerate("abcdefghijkl")
    )
    rows += f"Folding for all,Bo Fake,2030,{FOLDED}\nFolding for all: the second edition,Bo Fake,2030,{FOLDED}\n"
    (tmp_path / "book/corpus/sources/more.csv").write_text(f"title,author,year,abstract\n{rows}", "utf-8")
    return tmp_path


def open_desk(root: Path, by: str = "Ada Example", screeners: int = 1) -> Desk:
    desk = Desk(Project(root), by, screeners)
    desk.load(0)
    return desk


def rows_of(root: Path, name: str) -> list[str]:
    return (root / "book/corpus" / name).read_text("utf-8").splitlines()


def keys_of(view: Any) -> list[str]:
    return [item["citekey"] for item in view["items"]]


def test_papers_without_a_theme_come_least_sure_first_and_an_act_is_one_row(root: Path) -> None:
    desk = open_desk(root)
    view = desk.view("place")
    margins = [item["suggestion"]["margin"] for item in view["items"]]
    assert margins == sorted(margins)
    assert view["done"] + 15 == view["total"] == 18
    citekey = keys_of(view)[0]
    before = rows_of(root, "decisions.csv")
    desk.act("place", {"citekey": citekey, "theme": "tide-gardens"})
    after = rows_of(root, "decisions.csv")
    assert [row for row in after if row not in before] == [f"{citekey},tide-gardens,,,include,,Ada Example,{DAY}"]
    assert citekey not in keys_of(desk.view("place"))
    assert desk.view("place")["done"] == view["done"] + 1
    desk.undo()
    assert rows_of(root, "decisions.csv") == before
    assert keys_of(desk.view("place"))[0] == citekey


def test_screening_asks_each_paper_once_and_keeps_reasons(root: Path) -> None:
    desk = open_desk(root)
    one, other, third = keys_of(desk.view("screen"))[:3]
    desk.act("screen", {"citekey": one, "judgement": "exclude", "reason": "not about dough"})
    desk.act("screen", {"citekey": other, "judgement": "include"})
    desk.act("screen", {"citekey": third, "judgement": "maybe"})
    view = desk.view("screen")
    assert {one, other, third}.isdisjoint(keys_of(view))
    assert view["reasons"] == ["not about dough"]
    assert rows_of(root, "screening.csv")[1:] == [
        f"{one},Ada Example,exclude,not about dough,{DAY}",
        f"{other},Ada Example,include,,{DAY}",
        f"{third},Ada Example,maybe,,{DAY}",
    ]
    written = rows_of(root, "decisions.csv")
    assert f"{one},,,,exclude,not about dough,Ada Example,{DAY}" in written
    assert f"{other},,,,include,,Ada Example,{DAY}" in written
    assert not [row for row in written if row.startswith(third)]
    desk.undo()
    desk.undo()
    assert len(rows_of(root, "screening.csv")) == 2
    assert not [row for row in rows_of(root, "decisions.csv") if row.startswith(other)]


def test_an_included_paper_is_placed_in_the_same_row(root: Path) -> None:
    desk = open_desk(root)
    citekey = keys_of(desk.view("screen"))[0]
    desk.act("screen", {"citekey": citekey, "judgement": "include", "reason": "kept"})
    desk.act("place", {"citekey": citekey, "theme": "paper-folding"})
    (row,) = [row for row in rows_of(root, "decisions.csv") if row.startswith(citekey)]
    assert row == f"{citekey},paper-folding,,,include,kept,Ada Example,{DAY}"


def test_two_screeners_decide_what_they_agree_on_and_settle_the_rest(root: Path) -> None:
    ada, bo = open_desk(root, "Ada Example", 2), open_desk(root, "Bo Fake", 2)
    keys = keys_of(ada.view("screen"))[:4]
    for key, word in zip(keys, ("include", "include", "exclude", "exclude"), strict=True):
        ada.act("screen", {"citekey": key, "judgement": word})
    assert set(keys) <= set(keys_of(bo.view("screen"))) | set(keys)  # the other still sees all of them
    assert not [row for row in rows_of(root, "decisions.csv") if row.startswith(tuple(keys))]
    for key, word in zip(keys, ("include", "exclude", "exclude", "maybe"), strict=True):
        bo.act("screen", {"citekey": key, "judgement": word, "reason": "too short" if word == "exclude" else ""})
    decided = [row for row in rows_of(root, "decisions.csv") if row.startswith(tuple(keys))]
    assert sorted(decided) == sorted(
        [
            f"{keys[0]},,,,include,,Ada Example; Bo Fake,{DAY}",
            f"{keys[2]},,,,exclude,too short,Ada Example; Bo Fake,{DAY}",
        ]
    )
    view = bo.view("screen")
    assert view["conflicts"] == 2
    (agreement,) = view["agreements"]
    assert (agreement["both"], agreement["agreed"]) == (4, 2)
    assert agreement["kappa"] == pytest.approx((0.5 - 6 / 16) / (1 - 6 / 16))
    conflicts = bo.view("conflicts")
    assert keys_of(conflicts) == [keys[1], keys[3]]
    assert [item["by"] for item in conflicts["items"][0]["judgements"]] == ["Ada Example", "Bo Fake"]
    bo.act("conflicts", {"citekey": keys[1], "judgement": "exclude", "reason": "after talk"})
    assert keys_of(bo.view("conflicts")) == [keys[3]]


def test_full_texts_are_judged_after_title_and_abstract(root: Path) -> None:
    ada, bo = open_desk(root, "Ada Example", 2), open_desk(root, "Bo Fake", 2)
    known = keys_of(ada.view("read"))  # those that the review includes already
    one, other, third = keys_of(ada.view("screen"))[:3]
    for key, word in ((one, "include"), (other, "include"), (third, "exclude")):
        for desk in (ada, bo):
            desk.act("screen", {"citekey": key, "judgement": word})
    assert {*keys_of(ada.view("read"))} == {*known, one, other}
    for desk in (ada, bo):
        desk.act("read", {"citekey": one, "judgement": "not-retrieved"})
    ada.act("read", {"citekey": other, "judgement": "exclude", "reason": "no control"})
    assert other not in keys_of(ada.view("read"))
    assert other in keys_of(bo.view("read"))
    bo.act("read", {"citekey": other, "judgement": "include"})
    (conflict,) = ada.view("conflicts")["items"]
    assert (conflict["citekey"], conflict["stage"]) == (other, "full-text")
    ada.act("conflicts", {"citekey": other, "judgement": "exclude", "reason": "no control", "stage": "full-text"})
    assert ada.view("conflicts")["items"] == []
    assert {*keys_of(ada.view("read"))} == {*known}
    header, *rows = rows_of(root, "decisions.csv")
    assert header == "citekey,theme,also,kind,status,reason,by,date,stage"
    made = {row.split(",")[0]: row for row in rows}
    assert made[one] == f"{one},,,,exclude,,Ada Example; Bo Fake,{DAY},retrieval"
    assert made[other] == f"{other},,,,exclude,no control,Ada Example,{DAY},full-text"
    assert made[third] == f"{third},,,,exclude,,Ada Example; Bo Fake,{DAY},"
    said = rows_of(root, "screening.csv")
    assert said[0] == "citekey,by,judgement,reason,date,stage"
    assert f"{one},Bo Fake,not-retrieved,,{DAY},full-text" in said
    assert f"{third},Ada Example,exclude,,{DAY}," in said
    with pytest.raises(RefusedActError, match="only a full text"):
        ada.act("screen", {"citekey": known[0], "judgement": "not-retrieved"})


def test_two_records_are_the_same_work_or_not(root: Path) -> None:
    desk = open_desk(root)
    (pair,) = desk.view("same")["items"]
    assert pair["why"] == "one title is the other with an added subtitle"
    one, other = pair["one"]["citekey"], pair["other"]["citekey"]
    desk.act("same", {"one": one, "other": other, "same": "no"})
    assert rows_of(root, "pairs.csv")[-1] == f"{one},{other},no,,Ada Example,{DAY}"
    assert desk.view("same")["items"] == []
    desk.undo()
    assert len(desk.view("same")["items"]) == 1


@pytest.mark.parametrize(
    ("queue", "asked"),
    [
        ("place", {"citekey": "nobody1999x", "theme": "tide-gardens"}),
        ("place", {"citekey": "", "theme": "no-such"}),
        ("screen", {"citekey": "nobody1999x", "judgement": "include"}),
        ("conflicts", {"judgement": "maybe"}),
        ("same", {"one": "a", "other": "b", "same": "yes"}),
        ("other", {}),
    ],
)
def test_what_names_nothing_is_refused_and_writes_nothing(root: Path, queue: str, asked: dict[str, str]) -> None:
    desk = open_desk(root)
    before = rows_of(root, "decisions.csv")
    with pytest.raises(RefusedActError):
        desk.act(queue, asked)
    assert rows_of(root, "decisions.csv") == before
    with pytest.raises(RefusedActError, match="nothing to take back"):
        desk.undo()


def test_only_the_owner_of_the_token_decides(root: Path) -> None:
    desk = Desk(Project(root), "Ada Example")

    async def asking(ask: Ask, guard: Guard, _session: Session) -> None:
        page = await ask("desk")
        assert b"litbook-desk.js" in page.body
        view = json.loads((await ask("_litbook/desk/queue?name=place")).body)
        assert not view["may_write"]
        act = json.dumps({"queue": "place", "citekey": view["items"][0]["citekey"], "theme": "tide-gardens"})
        before = rows_of(root, "decisions.csv")
        assert (await ask("_litbook/desk/act", {"X-Litbook": "1"}, act)).code == 403
        assert rows_of(root, "decisions.csv") == before
        answer = await ask("_litbook/desk/act", as_owner(guard), act)
        assert json.loads(answer.body)["undo"] == 1
        assert len(rows_of(root, "decisions.csv")) == len(before) + 1
        undone = await ask("_litbook/desk/act", as_owner(guard), '{"queue": "place", "undo": true}')
        assert json.loads(undone.body)["undo"] == 0
        assert rows_of(root, "decisions.csv") == before
        refused = await ask("_litbook/desk/act", as_owner(guard), '{"queue": "place", "citekey": "100%"}')
        assert (refused.code, refused.body) == (409, b"unknown citekey '100%'\n")
        with failing_after(root / "book/corpus", 0):
            full = await ask("_litbook/desk/act", as_owner(guard), act)
        said = b"book/corpus/decisions.csv: No space left on device; free some space, and run the command again"
        assert (full.code, full.body.startswith(said)) == (409, True)
        assert rows_of(root, "decisions.csv") == before
        (root / "book/corpus/decisions.csv").write_text("nothing\n", "utf-8")
        broken = await ask("_litbook/desk/queue?name=place")
        assert (broken.code, b"missing columns" in broken.body) == (409, True)

    ask_server(root, asking, lambda guard, session: make_routes(guard, session, desk))
