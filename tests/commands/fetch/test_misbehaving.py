"""`litbook fetch` against a real local server that misbehaves in every way: nothing is lost, and no secret is shown.

All works are invented. Requests go to a server on this machine, whatever service they are for.
"""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from click.testing import CliRunner, Result
from invented import SOUND, put, read_tree
from requests.adapters import HTTPAdapter

from litbook.__main__ import main
from litbook.commands.fetch import connection

SECRETS = {"S2_API_KEY": "invented-secret-one", "OPENALEX_API_KEY": "invented-secret-two"}
COMMANDS = {"everything": ("--all",), "notices": ("--notices",), "references": ("--references",)}
SOURCE = """@article{a,
  title = {Kelp Beds That Learn the Spring Tide},
  abstract = {We grow invented kelp and measure it twice a day.},
  doi = {10.99999/kelp.2031.1},
  eprint = {3204.00002},
  archiveprefix = {arXiv},
}
"""
MOST_REQUESTS = 16  # to one host: four attempts at one question, and no more than three unusable answers


class Handler(BaseHTTPRequestHandler):
    """Answer with what the server's `answer` writes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        server = self.server
        assert isinstance(server, Server)
        host = urlsplit(self.path).path.split("/")[1]
        server.asked[host] += 1
        self.close_connection = True
        try:
            server.answer(self, server.asked[host])
        except OSError:  # the client has left, as it should
            return

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""

    def give(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """A local server; `asked` counts the requests by the hosts that they were meant for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.answer: Callable[[Handler, int], None] = lambda handler, _: handler.give(404, b"{}")


def drip(handler: Handler, _: int) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"{")
    handler.wfile.flush()
    threading.Event().wait(0.3)  # longer than the client waits for the next piece


def cut(handler: Handler, _: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"data": [')


def hang_up(handler: Handler, _: int) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def speak_nonsense(handler: Handler, _: int) -> None:
    handler.wfile.write(b"\x00\xffNONSENSE\r\n\r\n")


def change(handler: Handler, number: int) -> None:
    bodies = [b"[]", b'{"data": {}}', b"<html>Moved</html>", b'{"results": [{"id": 7}]}', b"null", b"[[[[", b"\xff\xfe"]
    handler.give(200, bodies[number % len(bodies)])


WAYS: dict[str, Callable[[Handler, int], None]] = {
    "slow": drip,
    "huge": lambda handler, _: handler.give(200, b"[" + b" " * 9_000_000 + b"]"),
    "cut short": cut,
    "hangs up": hang_up,
    "nonsense": speak_nonsense,
    "a page of a proxy": lambda handler, _: handler.give(200, b"<html><body>Please log in</body></html>"),
    "deep": lambda handler, _: handler.give(200, b"[" * 100_000),
    "redirects elsewhere": lambda handler, _: handler.give(302, b"", Location="http://169.254.169.254/"),
    "redirects in circles": lambda handler, _: handler.give(302, b"", Location="?again=1"),
    "breaks": lambda handler, _: handler.give(500, b"<html>error</html>"),
    "asks for a pause": lambda handler, _: handler.give(429, b"", Retry_After="99999999999999999999"),
    "refuses": lambda handler, _: handler.give(403, json.dumps(SECRETS).encode()),
    "changes": change,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def review(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a review whose every request goes to the server, and takes no time but what the server takes."""
    shutil.copytree(SOUND / "book/corpus", tmp_path / "book/corpus")
    empty = {"decisions.csv": "citekey,theme,also,kind,status,reason,by,date\n", "ledger.jsonl": "", "facts.jsonl": ""}
    put(tmp_path, {f"book/corpus/{name}": text for name, text in empty.items()})
    (tmp_path / "book/corpus/sources/invented.txt").unlink()
    put(tmp_path, {"book/corpus/sources/invented.bib": SOURCE})
    send = HTTPAdapter.send
    passed = [0.0]

    def redirect(self: HTTPAdapter, request: requests.PreparedRequest, **options: object) -> requests.Response:
        meant = request.url or ""
        place = urlsplit(meant)
        request.url = f"http://127.0.0.1:{server.server_port}/{place.hostname}{place.path}?{place.query}"
        try:
            response = send(self, request, **options)  # type: ignore[arg-type]
        finally:
            request.url = meant
        response.url = meant
        return response

    def wait(_: object, seconds: float) -> None:
        passed[0] += seconds

    monkeypatch.setattr(HTTPAdapter, "send", redirect)
    monkeypatch.setattr(connection, "_TIMEOUT", (5.0, 0.05))
    monkeypatch.setattr(connection.SystemClock, "sleep", wait)
    monkeypatch.setattr(connection.SystemClock, "now", lambda _: passed[0])
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    server.asked.clear()
    return tmp_path


def fetch(review: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["fetch", "--root", str(review), "--contact", "you@example.org", *options])


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_misbehaves_costs_nothing(review: Path, server: Server, way: str, command: str) -> None:
    before = read_tree(review)
    server.answer = WAYS[way]
    result = fetch(review, *COMMANDS[command])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert server.asked, f"no request was sent: {result.output}"
    assert max(server.asked.values()) <= MOST_REQUESTS, server.asked
    after = {name: content for name, content in read_tree(review).items() if not name.startswith(".litbook/")}
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {"book/corpus/references.jsonl"}
    shown = result.output.encode() + b"".join(read_tree(review).values())
    assert not [secret for secret in SECRETS.values() if secret.encode() in shown]
    server.answer = lambda handler, _: handler.give(404, b"{}")
    assert fetch(review, *COMMANDS[command]).exit_code == 0  # a service that is well again is asked again
