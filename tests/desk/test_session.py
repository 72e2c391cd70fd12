"""One build for each save, what pages hear of it, and a process that ends unexpectedly."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from invented import put
from serving import run_apart

from litbook.core.project import Project
from litbook.desk.session import Event, Session

# Takes the place of the process that builds: it counts its builds in a file, and answers as the real one does.
FAKE = """
import json, pathlib, sys
root = pathlib.Path(sys.argv[1])
for _ in sys.stdin:
    number = len((root / "_build/builds").read_text()) if (root / "_build/builds").is_file() else 0
    (root / "_build/builds").write_text("x" * (number + 1))
    (root / "book/corpus/claims.jsonl").write_text(str(number))
    if (root / "book/stop.md").is_file():
        sys.exit(3)
    fault = {"file": "book/x.md", "line": 2, "what": "wrong", "remedy": ""}
    faults = [fault] if (root / "book/wrong.md").is_file() else []
    print(json.dumps({"kind": "PageWritten", "page": "book/x.html"}), flush=True)
    built = {"kind": "Built", "faults": faults, "warnings": [], "answers": number + 1, "waiting": 0}
    print(json.dumps(built), flush=True)
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path, {"fakes/fake_builds.py": FAKE})
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "fakes"))
    put(tmp_path / "review", {"book/x.md": "one", "book/corpus/claims.jsonl": "", "_build/none": ""})
    return (tmp_path / "review").resolve()


def follow(root: Path, act: Callable[[Callable[[str], Awaitable[list[Event]]]], Awaitable[None]]) -> None:
    """Run a session, and `act` with a function that waits for an event by its name and returns all until then."""

    async def run() -> None:
        session = Session(Project(root), "fake_builds")
        async with session.listen() as queue:
            running = asyncio.create_task(session.run())

            async def until_built(change: str = "") -> list[Event]:
                if change:
                    (root / change).write_text(change, "utf-8")
                found = []
                while True:
                    found.append(await queue.get())
                    if found[-1]["event"] == "state" and not found[-1]["building"]:
                        return found

            await until_built()
            await act(until_built)
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    run_apart(run())


def builds(root: Path) -> int:
    return len((root / "_build/builds").read_text("utf-8"))


def test_a_save_is_built_once_and_what_the_build_writes_does_not_count_as_one(root: Path) -> None:
    async def act(until_built: Callable[[str], Awaitable[list[Event]]]) -> None:
        for number in range(2, 5):
            events = await until_built(f"book/y{number}.md")
            assert [event["event"] for event in events] == ["state", "page", "state"]
            assert events[0]["building"]
            assert (events[1]["page"], events[2]["serial"], builds(root)) == ("book/x.html", number, number)

    follow(root, act)
    assert builds(root) == 4


def test_faults_are_announced_until_they_are_gone(root: Path) -> None:
    async def act(until_built: Callable[[str], Awaitable[list[Event]]]) -> None:
        assert [fault["what"] for fault in (await until_built("book/wrong.md"))[-1]["faults"]] == ["wrong"]
        (root / "book/wrong.md").unlink()
        assert (await until_built(""))[-1]["faults"] == []

    follow(root, act)


def test_a_process_that_ends_is_a_fault_and_the_next_save_starts_another(root: Path) -> None:
    async def act(until_built: Callable[[str], Awaitable[list[Event]]]) -> None:
        (fault,) = (await until_built("book/stop.md"))[-1]["faults"]
        assert fault["file"] == ".litbook/preview.log"
        assert "exit code 3" in fault["what"]
        (root / "book/stop.md").unlink()
        assert (await until_built(""))[-1]["faults"] == []

    follow(root, act)
