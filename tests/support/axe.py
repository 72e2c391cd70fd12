"""axe-core, which finds what keeps people with disabilities from using a page."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Only what is at fault is described and leaves the browser: what is in order would be most of the work.
_RUN = """async (rules) => {
  const asked = rules.length ? { runOnly: rules } : {};
  const { violations } = await axe.run(document, { ...asked, preload: false, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}"""


def find_faults(page: Page, *rules: str) -> list[str]:
    """Return the rule and the element of each fault on a page; without rules or tags of rules, all are asked for."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_read())
    found: list[str] = page.evaluate(_RUN, rules)
    return found


@cache
def _read() -> str:
    return gzip.decompress((Path(__file__).parent / "axe-core-4.14.1.min.js.gz").read_bytes()).decode("utf-8")
