"""A server on this machine in place of the services that are asked for notices. It answers in their recorded shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, unquote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from watching import SHAPES, arxiv_feed, crossref_list


def shape(field: str, case: str, **more: object) -> Any:
    """Return the shape of a case as recorded, with other values: of each update, if it is a list of updates."""
    (found,) = (item["shape"] for item in SHAPES[field] if item["case"] == case)
    return [{**item, **more} for item in found] if isinstance(found, list) else {**found, **more}


def on(year: int, month: int, day: int) -> dict[str, object]:
    """Return a day as Crossref gives it."""
    return {"date-parts": [[year, month, day]], "date-time": f"{year}-{month:02}-{day:02}T00:00:00Z"}


@dataclass(frozen=True)
class Work:
    """What the services know of one work: `notes` are the works that say at Crossref that they are about this one."""

    title: str
    doi: str = ""
    arxiv: str = ""
    updated_by: list[dict[str, object]] = field(default_factory=list)
    notes: list[dict[str, object]] = field(default_factory=list)
    is_retracted: bool = False
    entry: dict[str, str] = field(default_factory=dict)


class _Services(BaseHTTPRequestHandler):
    def __init__(self, works: Sequence[Work], *given: Any) -> None:
        self._works = works
        super().__init__(*given)

    def do_GET(self) -> None:
        """Answer as the service does whose host is the first part of the path."""
        parts = urlsplit(self.path)
        _, host, *rest = parts.path.split("/", 3)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answer = {"api.crossref.org": self._crossref, "api.openalex.org": self._openalex,
                  "export.arxiv.org": self._arxiv}[host](query, unquote("/".join(rest)))  # fmt: skip
        self.send_response(200 if answer else 404)
        self.end_headers()
        self.wfile.write(answer.encode())

    def _crossref(self, query: dict[str, str], _: str) -> str:
        asked = re.findall(r"(doi|updates):([^,]+)", query["filter"])
        works = [work for work in self._works if work.doi in {doi for _, doi in asked}]
        if asked[0][0] == "updates":
            return json.dumps(crossref_list(*(note for work in works for note in work.notes)))
        known = ({"DOI": work.doi, "title": [work.title], "updated-by": work.updated_by} for work in works)
        return json.dumps(crossref_list(*({name: value for name, value in item.items() if value} for item in known)))

    def _openalex(self, _: dict[str, str], path: str) -> str:
        doi = path.removeprefix("works/doi:")
        found = [work for work in self._works if doi in {work.doi, f"10.48550/arxiv.{work.arxiv}"}]
        more = {"doi": f"https://doi.org/{doi}", "title": found[0].title} if found else {}
        case = "a retracted article" if found and found[0].is_retracted else "an article"
        return json.dumps(shape("is_retracted", case, **more)) if found else ""

    def _arxiv(self, query: dict[str, str], _: str) -> str:
        works = [work for work in self._works if work.arxiv in query["id_list"].split(",")]
        return arxiv_feed(*(
            {"id": f"http://arxiv.org/abs/{work.arxiv}v2", "title": work.title, **work.entry} for work in works
        ))  # fmt: skip

    def log_message(self, format: str, *args: object) -> None:
        """Do not log the request."""


class _ToServer(HTTPAdapter):
    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        request.url = f"{self._address}/{str(request.url).partition('://')[2]}"
        return super().send(request, *args, **{**more, "proxies": {}})


@contextmanager
def serve_notices(works: Sequence[Work]) -> Iterator[None]:
    """Send all requests meanwhile to a server on this machine, which knows these works."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Services, works))
    thread = Thread(target=server.serve_forever)
    thread.start()
    adapter = _ToServer(f"http://127.0.0.1:{server.server_address[1]}")
    try:
        with patch.object(requests.Session, "get_adapter", lambda _session, url: adapter):
            yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
