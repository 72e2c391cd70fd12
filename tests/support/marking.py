"""What tests of readers' own marks share: pages of one site, and storage that is forbidden or full."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page


FORBID = {
    "methods": "for (const name of ['getItem', 'setItem', 'removeItem', 'key']) "
    "Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError'); };",
    "object": "Object.defineProperty(window, 'localStorage', "
    "{ configurable: true, get() { throw new DOMException('no', 'SecurityError'); } });",
}
FILL = """() => {
  for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (let number = 0; ; number++) localStorage.setItem(`filler-${size}-${number}`, "x".repeat(size));
    } catch { /* a smaller piece may still fit */ }
  }
}"""


OWN = """() => {
  try {
    return Object.entries(localStorage).filter(([name]) => name.startsWith("litbook:"));
  } catch {
    return [];
  }
}"""

PUT = "(items) => { for (const [name, text] of items) localStorage.setItem(name, text); }"


class Site:
    """The pages of one site in one browser, which share its storage."""

    def __init__(self, context: BrowserContext, faults: list[str], origin: str) -> None:
        self.context, self.faults, self.origin = context, faults, origin
        self.last: Page | None = None

    def open(self, name: str, page: Page | None = None) -> Page:
        """Open a page that sees what the previous one saved."""
        before = self.read()
        if page is None:
            page = self.context.new_page()
            page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(f"{self.origin}/{name}")
        if not self._sees(page, before, page.reload):
            page.evaluate(PUT, before)
            page.reload()
        self.last = page
        return page

    def show(self, page: Page) -> None:
        """Wait until an already open page sees what the previous one saved, without a storage event."""
        before = self.read()
        if not self._sees(page, before, lambda: page.wait_for_timeout(100)):
            page.evaluate(PUT, before)
        self.last = page

    def open_deaf(self, name: str) -> Page:
        """Open a page that receives no event of the storage."""
        page = self.context.new_page()
        page.add_init_script("addEventListener('storage', (event) => event.stopImmediatePropagation())")
        return self.open(name, page)

    def come_back(self, page: Page) -> None:
        """Return to an already open page, which sees what the previous one saved."""
        self.show(page)
        page.evaluate("dispatchEvent(new Event('focus'))")

    def read(self) -> list[list[str]]:
        """Return names and values in the storage as the last page sees it."""
        return self.last.evaluate(OWN) if self.last and not self.last.is_closed() else []

    def _sees(self, page: Page, before: list[list[str]], wait: Callable[[], object]) -> bool:
        """Return whether a page eventually sees what was saved.

        For file:// pages Chromium starts a process per page. On a busy machine a page may see an outdated state, and
        some writes never reach another process (4 of 2,734 in a trial); what was lost is then restored.
        """
        for _ in range(20):
            if all(item in page.evaluate(OWN) for item in before):
                return True
            wait()
        return False

    def keep(self, page: Page, kept: object) -> None:
        """Write a value to this review's storage."""
        text = kept if isinstance(kept, str) else json.dumps(kept)
        page.evaluate("([name, text]) => localStorage.setItem(name, text)", [name_of(page), text])


def name_of(page: Page) -> str:
    return f"litbook:{page.locator('meta[name=litbook-review]').get_attribute('content')}"


def kept(page: Page, name: str = "") -> Any:
    text = page.evaluate("(name) => localStorage.getItem(name)", name or name_of(page))
    return json.loads(text) if text is not None and not name else text


def button(page: Page, name: str) -> Locator:
    return page.locator("article").get_by_role("button", name=name)


def pressed(page: Page) -> list[str]:
    return page.locator(".litbook-actions [aria-pressed=true]").all_inner_texts()


def upload(page: Page, field: str, name: str, text: str) -> None:
    page.locator(field).set_input_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
