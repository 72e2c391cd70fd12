"""A headless Chromium that reports everything a page should not do."""

from __future__ import annotations

import atexit
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kinds
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright, Request

# The shell without a window is the same engine for a third of the work; next best is a browser without its own pages.
EXECUTABLES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# The last list of features counts: this one repeats of Playwright's what makes pages behave alike.
_NO_FEATURES = (
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding,PreconnectToSearch,"
    "ThirdPartyStoragePartitioning,AimEnabled,LensOverlay,InitialWebUI,PreloadTopChromeWebUI,WebUIOmniboxPopup,"
    "PreloadTopChromeWebUILessNavigations,SpareRendererForSitePerProcess,WebUIOmniboxAimPopup,WebUIReloadButton,"
    "WebUITabStrip,WebUIToolbar"
)
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", f"--disable-features={_NO_FEATURES}"),
]
# Long enough for a machine on which much else runs: a test waits for what it expects, and this long only if it fails.
_PATIENCE = 30_000


def find_chromium() -> str:
    """Return the path of Chromium; without one, skip the test, or fail it in CI."""
    found = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium: in CI these tests must run")
    if found is None:
        pytest.skip("no Chromium here")
    return found


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Give the one browser of this process, the machine's own Chromium; pages opened in it meanwhile are closed."""
    kinds.require("browser")
    browser = _start_browser()
    if not browser.is_connected():  # it crashed; the next one may live longer
        _start_browser.cache_clear()
        browser = _start_browser()
    before = browser.contexts
    yield browser
    for context in browser.contexts:
        if context not in before:
            context.close()


@cache
def _start_browser() -> Browser:
    executable = find_chromium()
    browser = _start_driver().chromium.launch(executable_path=executable, args=ARGUMENTS)
    atexit.register(browser.close)  # before the driver's end, which is registered earlier
    browser.on("context", lambda context: context.set_default_timeout(_PATIENCE))
    return browser


@cache
def _start_driver() -> Playwright:
    """Start Playwright's driver, of which a process can have only one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only tests in a browser wait for it

    driver = sync_playwright().start()
    atexit.register(driver.stop)
    return driver


def expect(actual: Any) -> Any:
    """Return Playwright's assertions about a page or an element, which wait until they hold."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only tests in a browser wait for it

    expect.set_options(timeout=_PATIENCE)
    return expect(actual)


def watch(browser: Browser, origin: str, width: int = 1200, strict: bool = False) -> tuple[Page, list[str]]:
    """Return a new page and the list of its faults: dialogs, script errors, failed or foreign requests, popups.

    With `strict` the page's own content security policy applies; it forbids the scripts with which Playwright waits for
    a condition on a page.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, permissions=[], bypass_csp=not strict)
    page = context.new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: None if _is_left(request) else faults.append(f"failed: {request.url}"))
    page.on(
        "response", lambda answer: faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
    )
    page.on("request", lambda request: None if request.url.startswith(origin) else faults.append(request.url))
    page.on("popup", lambda popup: faults.append(f"popup: {popup.url}"))
    return page, faults


def _is_left(request: Request) -> bool:
    """Return whether a request for the icon or a font was aborted because the test had gone to another page."""
    return request.failure == "net::ERR_ABORTED" and request.url.endswith(("/litbook-icon.svg", ".woff2"))


def wait_for_fonts(page: Page) -> None:
    """Wait until the text of a page is as wide and high as it will be."""
    page.evaluate("document.fonts.ready.then((fonts) => fonts.size)")


@contextmanager
def serve_below(root: Path, site: Path, handler: type[SimpleHTTPRequestHandler]) -> Iterator[str]:
    """Serve a site two folders below the root of a server, as project pages are, and yield its address."""
    (root / "somebody").mkdir()
    (root / "somebody/review").symlink_to(site, target_is_directory=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/somebody/review"
    server.shutdown()
    server.server_close()
    thread.join()
