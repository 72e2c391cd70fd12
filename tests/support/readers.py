"""A reader of the site in one of three browsers, driven by what each has: Playwright, Marionette and WebDriver.

A reader does what people do (open, click, type, press a key) natively, and looks by running a script in the page.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import pytest
from browsing import open_browser

BROWSERS = ("chromium", "firefox", "webkit")
_PATIENCE = 60.0  # seconds: a step waits for what it expects, and this long only if it fails
_MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


class Reader(Protocol):
    """What a browser does for a reader; selectors are CSS."""

    def open(self, address: str) -> None: ...
    def look(self, script: str, *arguments: Any) -> Any: ...
    def click(self, selector: str) -> None: ...
    def type(self, selector: str, text: str) -> None: ...
    def press(self, key: str) -> None: ...


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """Return what a look gives as soon as it gives something; fail if it gives nothing for long."""
    end = time.monotonic() + _PATIENCE
    while not (found := look()):
        if time.monotonic() > end:
            pytest.fail(f"not seen: {what}")
        time.sleep(0.05)
    return found


@contextmanager
def start_reader(name: str) -> Iterator[Reader]:
    """Give a reader with an empty profile; skip the test where the browser or what drives it is not installed."""
    wanted = os.environ.get("LITBOOK_BROWSERS", "chromium").split()
    if name not in wanted:
        pytest.skip(f"LITBOOK_BROWSERS does not name {name}")
    with {"chromium": _start_chromium, "firefox": _start_firefox, "webkit": _start_webkit}[name]() as reader:
        yield reader


# -- Chromium -------------------------------------------------------------------------------------------------------


class _Chromium:
    def __init__(self, page: Any) -> None:
        self._page = page

    def open(self, address: str) -> None:
        self._page.goto(address)

    def look(self, script: str, *arguments: Any) -> Any:
        from playwright.sync_api import Error  # noqa: PLC0415 - only tests in this browser need it

        try:
            return self._page.evaluate(f"given => (function () {{ {script} }}).apply(null, given)", list(arguments))
        except Error as fault:
            if "context was destroyed" not in fault.message:  # a page is being left: look again
                raise
            return None

    def click(self, selector: str) -> None:
        self._page.locator(selector).click()

    def type(self, selector: str, text: str) -> None:
        self._page.locator(selector).fill("")
        self._page.locator(selector).press_sequentially(text)

    def press(self, key: str) -> None:
        self._page.keyboard.press({"Down": "ArrowDown"}.get(key, key))


@contextmanager
def _start_chromium() -> Iterator[Reader]:
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        yield _Chromium(page)
        page.close()


# -- Firefox --------------------------------------------------------------------------------------------------------


class _Firefox:
    def __init__(self, driver: Any, keys: Any) -> None:
        self._driver, self._keys = driver, keys

    def open(self, address: str) -> None:
        self._driver.navigate(address)

    def look(self, script: str, *arguments: Any) -> Any:
        return self._driver.execute_script(script, script_args=arguments, sandbox=None)

    def click(self, selector: str) -> None:
        self._driver.find_element("css selector", selector).click()

    def type(self, selector: str, text: str) -> None:
        field = self._driver.find_element("css selector", selector)
        field.clear()
        field.send_keys(text)

    def press(self, key: str) -> None:
        sign = getattr(self._keys, {"Down": "ARROW_DOWN"}.get(key, key.upper()), key)
        self._driver.actions.sequence("key", "keyboard").key_down(sign).key_up(sign).perform()


@contextmanager
def _start_firefox() -> Iterator[Reader]:
    marionette = pytest.importorskip("marionette_driver.marionette")
    keys = pytest.importorskip("marionette_driver.keys").Keys
    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    if binary is None:
        pytest.skip("no Firefox here")
    with tempfile.TemporaryDirectory() as logs:  # otherwise the log is in the working folder
        driver = marionette.Marionette(bin=binary, headless=True, gecko_log=logs)
        try:
            driver.start_session()
            driver.set_window_rect(width=1200, height=900)
            yield _Firefox(driver, keys)
        finally:
            driver.cleanup()


# -- WebKit ---------------------------------------------------------------------------------------------------------


class _WebKit:
    def __init__(self, driver: Any, chain: Any, keys: Any) -> None:
        self._driver, self._chain, self._keys = driver, chain, keys

    def open(self, address: str) -> None:
        self._driver.get(address)

    def look(self, script: str, *arguments: Any) -> Any:
        return self._driver.execute_script(script, *arguments)

    def click(self, selector: str) -> None:
        self._driver.find_element("css selector", selector).click()

    def type(self, selector: str, text: str) -> None:
        field = self._driver.find_element("css selector", selector)
        field.clear()
        field.send_keys(text)

    def press(self, key: str) -> None:
        sign = getattr(self._keys, {"Down": "ARROW_DOWN"}.get(key, key.upper()), key)
        self._chain(self._driver).send_keys(sign).perform()


@contextmanager
def _start_webkit() -> Iterator[Reader]:
    webdriver = pytest.importorskip("selenium.webdriver")
    service = pytest.importorskip("selenium.webdriver.webkitgtk.service").Service
    keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
    driver_path, browser = shutil.which("WebKitWebDriver"), next(iter(glob.glob(_MINI_BROWSERS)), None)
    if driver_path is None or browser is None or not os.environ.get("DISPLAY"):
        pytest.skip("no WebKitGTK here, or no display (run the tests below xvfb-run)")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = browser
    options.add_argument("--automation")
    driver = webdriver.WebKitGTK(options=options, service=service(driver_path))
    try:
        driver.set_window_size(1200, 900)
        yield _WebKit(driver, webdriver.ActionChains, keys)
    finally:
        driver.quit()
