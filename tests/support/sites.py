"""The built toy review in a browser, for all tests that open its pages: from a folder and from a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest
from browsing import open_browser, serve_below, watch
from toybook import Built

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "index.html",
    "book/index.html",
    "book/chapters/baking-agents.html",
    "book/papers/pretend2020risecast.html",
    "book/papers/ophantom2022levain.html",
    "book/analysis/papers-by-year.html",
    "book/about/method.html",
    "book/about/papers.html",
    "book/about/references.html",
    "search.html?q=kneading",
)
Open = Callable[..., "Page"]


class Silent(SimpleHTTPRequestHandler):
    """A request handler that logs nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Do not log the request."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def served(book: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site two folders below the root of a server, as project pages are."""
    root = tmp_path_factory.mktemp("server")
    (root / "favicon.ico").touch()  # browsers ask every server for it
    with serve_below(root, book.review.html, Silent) as address:
        yield address


@pytest.fixture(params=["folder", "server"])
def address(request: pytest.FixtureRequest, book: Built) -> str:
    """Return the site's address: in a folder, or below a path of a server."""
    return book.review.html.as_uri() if request.param == "folder" else str(request.getfixturevalue("served"))


@pytest.fixture
def visit(browser: Browser, book: Built) -> Iterator[Open]:
    """Return a function that opens a page of the site; any fault of a page opened with it fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def open_page(name: str, origin: str | None = None, width: int = 1200) -> Page:
        origin = origin or book.review.html.as_uri()
        page, faults = watch(browser, origin, width, strict=True)
        opened.append((page, faults))
        page.goto(f"{origin}/{name}")
        return page

    yield open_page
    for page, faults in opened:
        page.context.close()
        assert faults == []
