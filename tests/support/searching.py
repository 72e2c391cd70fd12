"""What tests of the search share: a site with an index of the real papers, and a page that must not fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litbook.model.review import Corpus, Paper, Placement, Record, Suggestion, Text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
# A title full of markup; the paper is invented.
HOSTILE = 'Zebrafinch <img src=x onerror="window.hurt=1"> </script><script>window.hurt=1</script> {{ 7*7 }} & \u2028'
# An invented chapter, figure and glossary in the form in which Sphinx writes them.
CHAPTER = """<html><body><article class="litbook-article"><section id="zebrafinches"><h1>Zebrafinches of the desert</h1>
<p>Little is known.</p><section id="song"><h2>Their &lt;b&gt;song&lt;/b&gt; and quillwort</h2>
<p>Zebrafinches sing of quillwort all day.</p><figure><img alt="Curve: quillwort by season" src="a.svg">
<figcaption>Drawn from nothing.</figcaption></figure>
<dl class="glossary"><dt id="term-Quillwort">Quillwort</dt><dd><p>A plant that no one searches for.</p></dd></dl>
</section></section></article></body></html>"""
FOUND = ":is([data-papers], [data-near])"  # papers that match, and those near in meaning
LATEST = "2026-03-01"


@dataclass(frozen=True)
class Site:
    """A folder with the search page, and the corpus that it was made from."""

    folder: Path
    corpus: Corpus

    @property
    def page(self) -> str:
        return (self.folder / "search.html").as_uri()


def add_hostile_paper(made: Corpus) -> Corpus:
    abstract = "An invented finch is made of stripes. Its constructor sings."
    record = Record("invented.txt", 1, 2, f"{HOSTILE}\n{abstract}\n", HOSTILE, abstract)
    paper = Paper("invented2020zebrafinch", (record,), Text(HOSTILE), Text(abstract), ("<b>Ada</b> Invented",), 2020)
    theme = made.themes()[0].slug
    place = Placement(theme, (), "position", True, "", Suggestion(theme, (), None, 0.0))
    return replace(made, papers=(*made.papers, paper), placements={**made.placements, paper.citekey: place})


@contextmanager
def open_page(browser: Browser, address: str, site: str = "", **options: Any) -> Iterator[Page]:
    """Open a page at 320 px; fail on any error, warning, injected script, or request outside the site's folder."""
    context = browser.new_context(**{"viewport": {"width": 320, "height": 640}, "bypass_csp": True, **options})
    page = context.new_page()
    folder = site or address.partition("?")[0].rpartition("/")[0]
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"{request.failure}: {request.url}"))
    page.on("request", lambda request: None if request.url.startswith(folder) else faults.append(request.url))
    page.goto(address)
    yield page
    assert page.evaluate("window.hurt") is None
    # Leaving a page aborts what it is still loading, which is fine.
    assert [fault for fault in faults if not fault.startswith("net::ERR_ABORTED")] == []
    context.close()


def type_question(page: Page, question: str) -> None:
    """Fill in the field and wait for the answer, which always rewrites the status."""
    page.evaluate("document.querySelector('[role=status]').textContent = ''")
    page.fill("input[name=q]", question)
    page.wait_for_function("document.querySelector('[role=status]').textContent.match(/paper|close|matches|Please/)")


def titles(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(f"{FOUND} a.litbook-result-title").all_inner_texts()]


def status(page: Page) -> str:
    return page.locator("[role=status]").inner_text()
