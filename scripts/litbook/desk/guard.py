"""Who may ask the server for what: pages of the server itself, and to write only those who know its token."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, RequestHandler

if TYPE_CHECKING:
    from litbook.desk.session import Session

ADDRESS = "127.0.0.1"
_NAMES = (ADDRESS, "localhost")
_FOREIGN = "this server answers only pages of its own; open the address that litbook printed"
_NO_TOKEN = "to change a file, open the address that litbook printed: it holds the token of this session"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """The port of a server, and the token without which nothing can be written."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def address(self) -> str:
        return f"http://{ADDRESS}:{self.port}/"

    @property
    def cookie(self) -> str:
        """The name of the cookie; browsers share cookies between the ports of a host."""
        return f"litbook-{self.port}"

    def is_own_host(self, host: str) -> bool:
        """Return whether a request names this server; a foreign name that resolves to this machine is refused."""
        return host.lower() in {f"{name}:{self.port}" for name in _NAMES}

    def is_own_origin(self, origin: str) -> bool:
        return origin.lower() in {f"http://{name}:{self.port}" for name in _NAMES}

    def knows_token(self, given: str | None) -> bool:
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def refuses(self, request: HTTPServerRequest) -> bool:
        """Return whether a request comes from elsewhere: its host, its origin, or its browser says so."""
        origin = request.headers.get("Origin")
        embedded = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
        foreign = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        return (
            not self.is_own_host(request.headers.get("Host", ""))
            or (origin is not None and not self.is_own_origin(origin))
            or (embedded and foreign)
        )


class GuardedHandler(RequestHandler):
    """Answer a request only if it is from a page of this server; what writes needs the token as well."""

    def initialize(self, guard: Guard, session: Session) -> None:
        """Take the guard of the server, and the session."""
        self.guard = guard
        self.session = session

    def set_default_headers(self) -> None:
        """Forbid other sites to embed or read what is answered."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse foreign requests, and requests to write without the token; take the token from an address."""
        if self.guard.refuses(self.request):
            raise HTTPError(403, reason="Forbidden", log_message=_FOREIGN)
        if self.request.method not in ("GET", "HEAD") and not self.may_write():
            raise HTTPError(403, reason="Forbidden", log_message=_NO_TOKEN)
        given = self.get_query_argument("token", None)
        if given is not None and self.guard.knows_token(given):
            self.set_cookie(self.guard.cookie, given, httponly=True, samesite="Strict")
            self.redirect(self.request.path)  # the token does not stay in the address

    def may_write(self) -> bool:
        """Return whether the request has the token, and a header that a form of another site cannot send."""
        known = self.guard.knows_token(self.get_cookie(self.guard.cookie))
        return known and self.request.headers.get("X-Litbook") == "1"

    @property
    def knows_token(self) -> bool:
        """Whether the page that asks may change files."""
        return self.guard.knows_token(self.get_cookie(self.guard.cookie))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in one line of text what is wrong."""
        exception = kwargs.get("exc_info", (None, None))[1]
        message = exception.log_message if isinstance(exception, HTTPError) else None
        said = message % exception.args if message else ""  # tornado doubles each % of a message without arguments
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{said or self._reason}\n")

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Log what is a fault of the server; a refused request is not."""
        if not isinstance(value, HTTPError):
            super().log_exception(typ, value, tb)


def read_json(handler: RequestHandler) -> dict[str, Any]:
    """Return the JSON object in the body of a request; anything else is answered with 400."""
    import json  # noqa: PLC0415

    try:
        found = json.loads(handler.request.body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise HTTPError(400, log_message="the request is not a JSON object")
    return cast(dict[str, Any], found)
