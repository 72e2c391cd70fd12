"""HTTP requests to one service: one at a time, no faster than it allows, with our contact address.

Every failure is raised as a `ServiceError` with a one-line explanation.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

import requests
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from requests import exceptions
from urllib3.exceptions import InvalidHeader, NewConnectionError
from urllib3.util.retry import Retry

import litbook

_TRIES = 4
_BACKOFF = 2.0  # seconds, doubled with each attempt
# Seconds. A service that asks for a longer pause is skipped for this run: everything so far is written, and the next
# run continues from there.
_LONGEST_PAUSE = 120.0
_LARGEST_ANSWER = 8_000_000  # bytes
_TIMEOUT = (10.0, 30.0)  # seconds to connect, and between two chunks
_PATIENCE = 90.0  # seconds for a whole answer
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+", re.ASCII)

Query = Mapping[str, str]


class ServiceError(Exception):
    """A service gave no usable answer; the message says why."""


class UnreachableError(ServiceError):
    """The service cannot be reached: no route, unknown host name, or a proxy that refuses."""


class BusyError(ServiceError):
    """The service does not answer now; it is not asked again in this run."""


class DeniedError(ServiceError):
    """The service refuses to answer us (status 401, 402 or 403)."""


class RefusedError(ServiceError):
    """The service rejects this one request."""


class BrokenError(ServiceError):
    """The answer cannot be read."""


class _AgainError(Exception):
    """The request should be repeated, after `after` seconds if the service named a pause."""

    def __init__(self, what: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(what)


class _MovedError(Exception):
    """The request should be sent to another address on the same host."""


class Clock(Protocol):
    """What requests need of a clock, so that tests can replace it; `now` and `sleep` are in seconds."""

    def now(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...
    def today(self) -> str: ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def today(self) -> str:
        return datetime.now(UTC).date().isoformat()


def check_contact(contact: str) -> str:
    """Return a contact address that is safe in a header; raise `ValueError` for anything but an e-mail address."""
    if contact and not _CONTACT.fullmatch(contact):
        raise ValueError(f"'{contact}' is not an e-mail address")
    return contact


class Connection:
    """A connection to one service that sends at most one request every `interval` seconds."""

    def __init__(self, interval: float, contact: str, clock: Clock, headers: Mapping[str, str] | None = None) -> None:
        self.contact = check_contact(contact)
        self._interval = interval
        self._clock = clock
        self._next = clock.now()
        self._session = requests.Session()
        self._session.auth = _send_no_password
        agent = f"litbook/{litbook.__version__}" + (f" (mailto:{contact})" if contact else "")
        self._session.headers.update({"User-Agent": agent, **(headers or {})})

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def read_json(self, address: str, query: Query | None = None, body: object = None) -> object:
        """Return the parsed JSON answer, or None if the service has no such record; raise `ServiceError` on failure."""
        content = self._ask(address, query or {}, body)
        try:
            return None if content is None else json.loads(content)
        except (ValueError, RecursionError) as error:
            raise BrokenError(f"its answer is not JSON ({_first_line(error)})") from error

    def read_xml(self, address: str, query: Query | None = None) -> Element | None:
        """Return the root element of an XML answer, or None if the service has no such record.

        Document types and entities are refused. Raise `ServiceError` on failure.
        """
        content = self._ask(address, query or {}, None)
        try:
            return None if content is None else fromstring(content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise BrokenError(f"its answer is not valid XML ({_first_line(error)})") from error

    def read_text(self, address: str) -> str | None:
        """Return a plain-text answer, or None if the service has no such record; raise `ServiceError` on failure."""
        content = self._ask(address, {}, None)
        try:
            return None if content is None else content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BrokenError("its answer is not UTF-8") from error

    def _ask(self, address: str, query: Query, body: object) -> bytes | None:
        for attempt in range(_TRIES):
            self._await_turn()
            try:
                return self._send(address, query, body)
            except _MovedError as moved:
                address, query = str(moved), {}
            except _AgainError as again:
                self._pause(again, attempt)
        raise BusyError("it redirects in circles")

    def _await_turn(self) -> None:
        pause = self._next - self._clock.now()
        if pause > 0:
            self._clock.sleep(pause)
        self._next = self._clock.now() + self._interval

    def _pause(self, again: _AgainError, attempt: int) -> None:
        pause = _BACKOFF * 2**attempt if again.after is None else again.after
        if pause > _LONGEST_PAUSE:
            raise BusyError(f"{again}, and asks for a pause of {pause / 60:.0f} minutes") from again
        if attempt == _TRIES - 1:
            raise BusyError(f"{again}, {_TRIES} times in a row") from again
        self._clock.sleep(pause)

    def _send(self, address: str, query: Query, body: object) -> bytes | None:
        method = "GET" if body is None else "POST"
        try:
            with self._session.request(
                method, address, params=query, json=body, timeout=_TIMEOUT, stream=True, allow_redirects=False
            ) as response:
                return self._receive(response)
        except exceptions.SSLError as error:
            raise BrokenError("its certificate is not trusted") from error
        except (exceptions.ProxyError, exceptions.ConnectTimeout) as error:
            raise UnreachableError(_explain(error)) from error
        except exceptions.ConnectionError as error:
            if isinstance(_reason(error), NewConnectionError):
                raise UnreachableError(_explain(error)) from error
            raise _AgainError("the connection was lost") from error
        except (exceptions.Timeout, exceptions.ChunkedEncodingError) as error:
            raise _AgainError("it did not answer in time") from error
        except exceptions.RequestException as error:
            raise BrokenError(f"its answer cannot be read ({type(error).__name__})") from error

    def _receive(self, response: requests.Response) -> bytes | None:
        status = response.status_code
        if status == requests.codes.ok:
            return self._read_body(response)
        if status in {404, 410}:
            return None
        if status in _MOVED:
            raise _MovedError(_follow(response))
        if status in _PASSING:
            raise _AgainError(f"it answered with status {status}", _read_pause(response))
        raise (DeniedError if status in {401, 402, 403} else RefusedError)(f"it answered with status {status}")

    def _read_body(self, response: requests.Response) -> bytes:
        """Read the answer in chunks, since neither a stated nor a compressed length says how large it is."""
        until = self._clock.now() + _PATIENCE
        content = bytearray()
        for piece in response.iter_content(65536):
            content += piece
            if len(content) > _LARGEST_ANSWER:
                raise BrokenError(f"its answer is larger than {_LARGEST_ANSWER // 1_000_000} MB")
            if self._clock.now() > until:
                raise _AgainError("its answer did not end")
        return bytes(content)


def _send_no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send no credentials: without this, requests would use the passwords in ~/.netrc."""
    return request


def _follow(response: requests.Response) -> str:
    address = urljoin(response.url, response.headers.get("Location", ""))
    one, other = urlsplit(response.url), urlsplit(address)
    if (other.scheme, other.hostname) != ("https", one.hostname):
        raise BrokenError("it redirects to another host")
    return address


def _read_pause(response: requests.Response) -> float | None:
    """Return the pause that the service asks for, in seconds, given as a number or as a date."""
    named = response.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(named) if named else None
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _reason(error: exceptions.ConnectionError) -> object:
    return getattr(error.args[0], "reason", None) if error.args else None


def _explain(error: Exception) -> str:
    if isinstance(error, exceptions.ProxyError):
        return "the proxy refused the connection"
    if isinstance(error, exceptions.ConnectTimeout):
        return "the connection timed out"
    return "no route to the host, or its name is unknown"


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:100]
