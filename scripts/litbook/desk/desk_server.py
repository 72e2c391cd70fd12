"""The desk's part of the server: its page, its queues, and the acts of the person who opened it with the token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tornado.web import HTTPError

from litbook.desk.acts import Desk, RefusedActError
from litbook.desk.guard import Guard, GuardedHandler, read_json
from litbook.desk.rows import Act, ChangedSinceError
from litbook.desk.server import ASSETS, Route
from litbook.desk.session import Session
from litbook.model.faults import CorpusError, describe_file_error, is_of_disk


class DeskHandler(GuardedHandler):
    """Serve the page of the desk."""

    def initialize(self, guard: Guard, session: Session, desk: Desk | None = None) -> None:
        """Take the desk as well."""
        super().initialize(guard, session)
        self.desk = desk

    def get(self) -> None:
        """Answer with the page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish((ASSETS / "desk.html").read_bytes())

    async def answer(self, queue: str, do: Callable[[Desk], None]) -> None:
        """Do something at the desk and answer with a queue; what cannot be done is answered with the reason."""
        assert self.desk is not None
        try:
            await asyncio.to_thread(self.desk.load, self.session.state.serial)
            do(self.desk)
            view = self.desk.view(queue)
        except CorpusError as error:
            raise _refuse(f"{error}\nThe desk opens when they are corrected.") from None
        except (RefusedActError, ChangedSinceError) as error:
            raise _refuse(str(error)) from None
        except OSError as error:
            if not is_of_disk(error):
                raise
            raise _refuse(str(describe_file_error(error, str(self.session.project.root)))) from None
        self.finish({**view, "may_write": self.knows_token})

    def note(self, acts: list[Act]) -> None:
        """Have the site built some time after these changes."""
        for act in acts:
            self.session.postpone(act.path)


def _refuse(reason: str) -> HTTPError:
    return HTTPError(409, log_message=reason)


class QueueHandler(DeskHandler):
    """Show a queue."""

    async def get(self) -> None:  # type: ignore[override]
        """Answer with the queue that is asked for."""
        await self.answer(self.get_query_argument("name"), lambda _desk: None)


class ActHandler(DeskHandler):
    """Do an act, or take the last one back."""

    async def post(self) -> None:
        """Answer with the queue as it is afterwards."""
        asked: dict[str, Any] = read_json(self)
        queue = str(asked.pop("queue", ""))
        undone = bool(asked.pop("undo", False))
        await self.answer(queue, lambda desk: self.note(desk.undo() if undone else desk.act(queue, asked)))


def make_routes(guard: Guard, session: Session, desk: Desk) -> list[Route]:
    """Return the routes of the desk, which come before those of the preview."""
    own = {"guard": guard, "session": session, "desk": desk}
    return [
        (r"/desk", DeskHandler, own),
        (r"/_litbook/desk/queue", QueueHandler, own),
        (r"/_litbook/desk/act", ActHandler, own),
    ]
