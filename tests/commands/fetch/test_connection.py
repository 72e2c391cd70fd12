"""Requests are polite, and every answer is either a value or a one-line error. All answers are invented."""

from __future__ import annotations

import email.utils
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import responses
from fetching import FakeClock, cut_off, playing, run, start
from fetching import crane as make_crane

from litbook.commands.fetch.connection import (
    BrokenError,
    BusyError,
    Connection,
    DeniedError,
    RefusedError,
    ServiceError,
    UnreachableError,
    check_contact,
)

PLACE = "https://api.example.org/works"


@pytest.fixture
def mock() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def connection(clock: FakeClock) -> Iterator[Connection]:
    with Connection(3.0, "you@example.org", clock) as connection:
        yield connection


def test_requests_keep_the_interval_and_name_the_client(
    mock: responses.RequestsMock, connection: Connection, clock: FakeClock
) -> None:
    mock.get(PLACE, json={})
    for _ in range(3):
        connection.read_json(PLACE)
    assert clock.pauses == [3.0, 3.0]
    clock.seconds += 2.0
    connection.read_json(PLACE)
    assert clock.pauses == [3.0, 3.0, 1.0]
    clock.seconds += 9.0
    connection.read_json(PLACE)
    assert len(clock.pauses) == 3
    assert {call.request.headers["User-Agent"].split("/")[0] for call in mock.calls} == {"litbook"}
    assert all("(mailto:you@example.org)" in call.request.headers["User-Agent"] for call in mock.calls)


@pytest.mark.parametrize("contact", ["you", "you@example.org\r\nX-Evil: 1", "a b@example.org", "@example.org", "you@"])
def test_an_invalid_contact_never_reaches_a_header(contact: str) -> None:
    with pytest.raises(ValueError, match="is not an e-mail address"):
        check_contact(contact)


def test_temporary_failures_are_retried_after_growing_pauses(
    mock: responses.RequestsMock, connection: Connection, clock: FakeClock
) -> None:
    for answer in (503, 502, 429):
        mock.get(PLACE, status=answer)
    mock.get(PLACE, json={"well": True})
    assert connection.read_json(PLACE) == {"well": True}
    assert clock.pauses == [2.0, 1.0, 4.0, 8.0]  # The second request also keeps the interval of three seconds.


def test_a_lost_connection_is_retried(mock: responses.RequestsMock, connection: Connection) -> None:
    mock.get(PLACE, body=requests.ReadTimeout("slow"))
    mock.get(PLACE, body=requests.ConnectionError("reset"))
    mock.get(PLACE, json=[])
    assert connection.read_json(PLACE) == []


def test_a_request_is_given_up_after_four_attempts(mock: responses.RequestsMock, connection: Connection) -> None:
    mock.get(PLACE, status=500)
    with pytest.raises(BusyError, match="it answered with status 500, 4 times in a row"):
        connection.read_json(PLACE)
    assert len(mock.calls) == 4


def test_retry_after_is_honoured_in_seconds_and_as_a_date(
    mock: responses.RequestsMock, connection: Connection, clock: FakeClock
) -> None:
    mock.get(PLACE, status=429, headers={"Retry-After": "17"})
    mock.get(PLACE, status=503, headers={"Retry-After": email.utils.formatdate(time.time() + 60, usegmt=True)})
    mock.get(PLACE, status=503, headers={"Retry-After": "soon"})
    mock.get(PLACE, json=[])
    connection.read_json(PLACE)
    first, second, third = clock.pauses
    assert (first, third) == (17.0, 8.0)
    assert 55 < second <= 60


def test_a_long_pause_is_not_waited_for(mock: responses.RequestsMock, connection: Connection, clock: FakeClock) -> None:
    mock.get(PLACE, status=429, headers={"Retry-After": "3600"})
    with pytest.raises(BusyError, match="asks for a pause of 60 minutes"):
        connection.read_json(PLACE)
    assert clock.pauses == []


@pytest.mark.parametrize(
    ("status", "error"), [(400, RefusedError), (401, DeniedError), (403, DeniedError), (418, RefusedError)]
)
def test_a_refusal_is_not_retried(
    mock: responses.RequestsMock, connection: Connection, status: int, error: type[ServiceError]
) -> None:
    mock.get(PLACE, status=status)
    with pytest.raises(error, match=f"status {status}"):
        connection.read_json(PLACE)
    assert len(mock.calls) == 1


@pytest.mark.parametrize(
    "body", ["", "<html>log in first</html>", '{"cut": "sho', "[" * 100_000, "1" * 5_000, b"\xff\xfe\x00"]
)
def test_invalid_json_is_reported(mock: responses.RequestsMock, connection: Connection, body: str | bytes) -> None:
    mock.get(PLACE, body=body)
    with pytest.raises(BrokenError, match=r"^its answer is not JSON \(.{1,100}\)$"):
        connection.read_json(PLACE)


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
THIEF = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><a>&a;</a>'


@pytest.mark.parametrize("body", ["", "no xml", "<feed><entry>", BOMB, THIEF, "<a>&nbsp;</a>", "<a>\x00</a>"])
def test_invalid_xml_is_reported(mock: responses.RequestsMock, connection: Connection, body: str) -> None:
    mock.get(PLACE, body=body)
    with pytest.raises(BrokenError, match=r"^its answer is not valid XML \(.+\)$"):
        connection.read_xml(PLACE)


@pytest.mark.slow
def test_an_endless_answer_is_given_up(mock: responses.RequestsMock, connection: Connection) -> None:
    mock.get(PLACE, body=b"[" + b" " * 9_000_000 + b"]")
    with pytest.raises(BrokenError, match="larger than 8 MB"):
        connection.read_json(PLACE)
    packed = gzip.compress(b"[" + b" " * 50_000_000 + b"]")
    mock.get("https://api.example.org/bomb", body=packed, headers={"Content-Encoding": "gzip"})
    with pytest.raises(BrokenError, match="larger than 8 MB"):
        connection.read_json("https://api.example.org/bomb")


def test_redirects_are_followed_only_on_the_same_host(mock: responses.RequestsMock, connection: Connection) -> None:
    mock.get(PLACE, status=301, headers={"Location": "/works/W1"})
    mock.get("https://api.example.org/works/W1", json={"id": "W1"})
    assert connection.read_json(PLACE) == {"id": "W1"}
    for number, location in enumerate(["http://169.254.169.254/", "http://api.example.org/", "file:///etc/passwd"]):
        mock.get(f"{PLACE}/{number}", status=302, headers={"Location": location})
        with pytest.raises(BrokenError, match="another host"):
            connection.read_json(f"{PLACE}/{number}")
    mock.get(f"{PLACE}/round", status=302, headers={"Location": f"{PLACE}/round"})
    with pytest.raises(BusyError, match="in circles"):
        connection.read_json(f"{PLACE}/round")


def test_an_untrusted_certificate_is_not_retried(mock: responses.RequestsMock, connection: Connection) -> None:
    mock.get(PLACE, body=requests.exceptions.SSLError("self-signed"))
    with pytest.raises(BrokenError, match="certificate"):
        connection.read_json(PLACE)
    assert len(mock.calls) == 1


def test_passwords_in_netrc_are_not_sent(
    mock: responses.RequestsMock, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine api.example.org login invented password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    mock.get(PLACE, json={})
    connection.read_json(PLACE)
    assert "Authorization" not in mock.calls[0].request.headers


@contextmanager
def refusing_proxy() -> Iterator[str]:
    """Run a local proxy that refuses every request."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def refuse() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(4096)
                caller.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=refuse)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def test_a_refusing_proxy_makes_a_service_unreachable(
    connection: Connection, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refusing_proxy() as address:
        monkeypatch.setenv("https_proxy", address)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(UnreachableError, match="the proxy refused"):
            connection.read_json(PLACE)
    assert clock.pauses == []


def test_without_a_network_nothing_is_retried(
    connection: Connection, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(monkeypatch)
    with pytest.raises(UnreachableError, match="its name is unknown"):
        connection.read_json(PLACE)
    assert clock.pauses == []


def test_a_closed_port_makes_a_service_unreachable(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(UnreachableError, match="no route"):
        connection.read_json(f"https://127.0.0.1:{port}/")


def test_each_service_has_its_own_interval(tmp_path: Path) -> None:
    clock = FakeClock()
    records = [make_crane(arxiv="3102.00001")]
    with playing("arxiv-id", "huggingface-paper"):
        run(start(tmp_path), *records, only=["arxiv", "huggingface"], clock=clock)
    assert clock.pauses == []  # Two services with one request each do not wait for each other.
