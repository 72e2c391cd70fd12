"""`litbook screenshots`: pictures of a built site, light and dark, on a desktop and on a phone."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote_plus

import click

from litbook.commands.shared import load_review, root_option
from litbook.core.urls import chapter_address, page_address

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from litbook.model.review import Corpus

MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"desk": (1280, 860), "phone": (390, 844)}
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# The pictures of the sheet, in rows of equal height: two wide ones, then a wide one and three narrow ones.
_SHEET = (("landing", "light", "desk"), ("map", "dark", "desk"), ("chapter", "light", "desk"),
          ("paper", "light", "phone"), ("search", "dark", "phone"), ("landing", "light", "phone"))  # fmt: skip


class NoBrowserError(RuntimeError):
    """Playwright or Chromium is missing."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, with the type of page, the colour mode and the screen size that it shows."""

    page: str
    mode: str
    size: str
    path: Path


@click.command()
@root_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Also write some of them as one picture."
)
def screenshots(root: Path, folder: Path, sheet: Path | None) -> None:
    """Take pictures of the built site into FOLDER.

    Takes each type of page, light and dark, on a desktop and on a phone. Needs Chromium, and Playwright:
    pip install -e ".[test]"

    Example: litbook screenshots pictures --sheet site.png
    """
    site = root / "_build/html"
    if not (site / "book/index.html").is_file():
        raise click.ClickException(f"no built site in {site}; run 'jupyter-book build .' first")
    corpus, _, _ = load_review(root)
    pictures = []
    try:
        for picture in take_pictures(site, list_pages(corpus), folder):
            click.echo(picture.path)
            pictures.append(picture)
        if sheet:
            make_sheet(pictures, sheet)
    except NoBrowserError as error:
        raise click.ClickException(str(error)) from None


def list_pages(corpus: Corpus) -> dict[str, str]:
    """Return the address of one page of each type, relative to the site's root, by type.

    The paper is the most cited one of the review, the chapter is its theme's, and the search asks that theme's first
    question.
    """
    cited = sorted(corpus.papers, key=lambda paper: (-len(corpus.citations.get(paper.citekey, ())), paper.citekey))
    paper = cited[0].citekey
    theme = next(theme for theme in corpus.themes() if theme.slug == corpus.placements[paper].theme)
    question = next(iter(theme.key_questions), theme.title)
    compared = ",".join([paper, *(item.citekey for item in corpus.related[paper][:1])])
    return {
        "landing": "book/index.html",
        "chapter": chapter_address(theme.slug),
        "paper": page_address(paper),
        "search": f"search.html?q={quote_plus(question)}",
        "map": "book/analysis/map.html",
        "compare": f"compare.html?papers={compared}",
        "papers": "all-papers.html",
        "yours": "your-papers.html",
    }


def take_pictures(site: Path, pages: Mapping[str, str], folder: Path) -> Iterator[Picture]:
    """Yield pictures of those pages that the site in the folder `site` contains, as PNG files in `folder`.

    Raise `NoBrowserError` if Playwright or Chromium is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_browser() as browser:
        for mode in MODES:
            for size, (width, height) in SIZES.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=mode)
                page = context.new_page()
                for name, address in pages.items():
                    if (site / address.partition("?")[0]).is_file():
                        path = folder / f"{name}-{mode}-{size}.png"
                        _take(page, f"{site.resolve().as_uri()}/{address}", path)
                        yield Picture(name, mode, size, path)
                context.close()


def _take(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)  # for what scripts draw once the index has loaded
    page.screenshot(path=str(path))


def make_sheet(pictures: list[Picture], path: Path) -> None:
    """Write some of the pictures into one, for a README."""
    known = {(picture.page, picture.mode, picture.size): picture.path for picture in pictures}
    shown = [known[name] for name in _SHEET if name in known]
    images = "".join(f'<img src="data:image/png;base64,{b64encode(file.read_bytes()).decode()}">' for file in shown)
    style = "body{margin:0;padding:24px;background:#8a94a0;display:flex;flex-wrap:wrap;gap:24px;width:1712px}"
    style += "img{height:552px;border-radius:8px;box-shadow:0 4px 18px rgb(0 0 0/35%)}"
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 1760, "height": 400})
        page.set_content(f"<style>{style}</style>{images}")
        page.wait_for_function("[...document.images].every((image) => image.complete)")
        page.locator("body").screenshot(path=str(path))


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the machine's own Chromium, headless; raise `NoBrowserError` if it or Playwright is missing."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - needed only here
    except ImportError as error:
        raise NoBrowserError('pictures need Playwright: pip install -e ".[test]"') from error
    executable = next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    if executable is None:
        raise NoBrowserError(f"no Chromium here; looked for {', '.join(_CHROMIUMS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield browser
        browser.close()
