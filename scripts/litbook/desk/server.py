"""The server of the preview: the built site, with a panel in each page, on this machine alone."""

from __future__ import annotations

import errno
import json
import mimetypes
import socket
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError

from litbook.core.code import PACKAGE
from litbook.desk.editor import NoEditorError, name_editor, open_editor
from litbook.desk.guard import ADDRESS, Guard, GuardedHandler, read_json
from litbook.desk.session import Session
from litbook.desk.written_pages import describe_page, find_editable

ASSETS = Path(__file__).parent / "assets"
# The styles and fonts of the site, which the pages of the desk share.
_FOLDERS = (ASSETS, PACKAGE / "site/layout/assets")
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
_ADDED = (
    '<link rel="stylesheet" href="/_litbook/litbook-preview.css">'
    '<script src="/_litbook/litbook-lines.js" defer></script><script src="/_litbook/litbook-preview.js" defer></script>'
    "</head>"
)
_PORTS_TRIED = 20
Route = tuple[str, type[GuardedHandler], dict[str, Any]]


class SiteHandler(GuardedHandler):
    """Serve the files of the built site, and the preview's panel in its pages."""

    def get(self, name: str) -> None:
        """Answer with a file below `_build/html`; one outside it, also behind a link, does not exist."""
        path = self._find(name)
        if path is None:
            self._say_what_is_missing(name)
            return
        self.set_header("Content-Type", guess_type(path))
        content = path.read_bytes()
        self.finish(add_panel(content) if path.suffix == ".html" else content)

    def _find(self, name: str) -> Path | None:
        site = (self.session.project.root / "_build/html").resolve()
        if "\0" in name:
            return None
        path = (site / (name or "index.html")).resolve()
        path = path / "index.html" if path.is_dir() else path
        return path if path.resolve().is_relative_to(site) and path.is_file() else None

    def _say_what_is_missing(self, name: str) -> None:
        if Path(name).suffix not in ("", ".html"):
            raise HTTPError(404)
        self.set_status(404)
        self.finish(add_panel((ASSETS / "missing.html").read_bytes()))


def guess_type(path: Path) -> str:
    """Return the content type of a file by its name."""
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def add_panel(page: bytes) -> bytes:
    """Return a page that also loads the script and the styles of the preview."""
    return page.replace(b"</head>", _ADDED.encode(), 1)


class AssetHandler(GuardedHandler):
    """Serve the scripts and styles of the desk; their names are those in the folder `assets`."""

    def get(self, name: str) -> None:
        """Answer with one of the files."""
        path = next((path for folder in _FOLDERS for path in folder.iterdir() if path.name == name), None)
        if path is None:
            raise HTTPError(404)
        self.set_header("Content-Type", guess_type(path))
        self.finish(path.read_bytes())


class EventsHandler(GuardedHandler):
    """Tell a page what happens, for as long as it is open."""

    async def get(self) -> None:
        """Answer with events, each as one line of JSON; see `Session.listen`."""
        self.set_header("Content-Type", "text/event-stream")
        async with self.session.listen(self.get_query_argument("page", "")) as queue:
            self._queue = queue
            with suppress(StreamClosedError):
                while event := await queue.get():
                    self.write(f"data: {json.dumps(event)}\n\n")
                    await self.flush()

    def on_connection_close(self) -> None:
        """End the answer when the page is closed: nothing else would notice."""
        self._queue.put_nowait({})


class PageHandler(GuardedHandler):
    """Say where the paragraphs of a page are, and what is to do there."""

    def get(self) -> None:
        """Answer with `describe_page` of the page that is asked for."""
        page = self.get_query_argument("page")
        described = describe_page(self.session.project, page, self.session.state.inspected)
        self.finish({**described, "editor": name_editor() if self.knows_token else ""})


class EditHandler(GuardedHandler):
    """Open a file of the review in the person's editor."""

    def post(self) -> None:
        """Open the file and line that are asked for; say why if that cannot be done."""
        asked = read_json(self)
        path = find_editable(self.session.project, str(asked.get("file", "")))
        if path is None:
            raise HTTPError(404, log_message="no file of the review that people edit has this name")
        try:
            open_editor(path, int(asked.get("line") or 0))
        except NoEditorError as error:
            raise HTTPError(409, log_message=str(error)) from None
        self.set_status(204)


def make_application(guard: Guard, session: Session, routes: Sequence[Route] = ()) -> Application:
    """Return the application: the routes of a desk, those of the preview, and the site below them."""
    own = {"guard": guard, "session": session}
    return Application(
        [
            *routes,
            (r"/_litbook/events", EventsHandler, own),
            (r"/_litbook/page", PageHandler, own),
            (r"/_litbook/edit", EditHandler, own),
            (r"/_litbook/([\w.-]+)", AssetHandler, own),
            (r"/(.*)", SiteHandler, own),
        ],
        log_function=lambda _handler: None,
    )


def bind(port: int) -> socket.socket:
    """Return a socket on loopback, at the given port or the next that is free; 0 takes any.

    Raise `OSError` if none of the next ports is free either.
    """
    for candidate in range(port, port + _PORTS_TRIED):
        try:
            return socket.create_server((ADDRESS, candidate))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"no port from {port} to {port + _PORTS_TRIED - 1} is free")


def start(application: Application, listening: socket.socket) -> HTTPServer:
    """Serve an application on a socket."""
    listening.setblocking(False)
    server = HTTPServer(application)
    server.add_socket(listening)
    return server
