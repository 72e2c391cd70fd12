"""What a site has beside its pages, with an address and without one: sitemap, robots.txt, pictures, lost addresses."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from browsing import serve_below, watch
from invented import make_corpus_of, make_paper
from PIL import Image
from playwright.sync_api import expect
from sites import Silent
from sphinx.errors import ConfigError
from toybook import Built, Review, Stamps

from litbook.site.build.site_config import find_address
from litbook.site.publishing.card_image import HEIGHT, WIDTH, Poster, draw_posters
from litbook.site.publishing.sitemap import _is_added
from litbook.site.publishing.social_cards import _plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ADDRESS = "https://example.org/somebody/review/"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
OLD, NEW = "book/chapters/oven-agents.html", "book/chapters/baking-agents.html"
MISSING = ("nothing2020here.html", "book/papers/erfunden2031cranes.html", "a/b/c/erfunden2031cranes.html")


@pytest.fixture(scope="module")
def addressed(book: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a copy of the toy review for a site that knows its address; it is only read."""
    review = Review(tmp_path_factory.mktemp("addressed") / "review")
    shutil.copytree(book.review.root, review.root)
    review.edit("_config.yml", 'baseurl: ""', f"baseurl: {ADDRESS.rstrip('/')}")
    review.edit("book/corpus/themes.yml", "phrases: [robot,", "was: [oven-agents]\n      phrases: [robot,")
    return Built(review, review.build())


@pytest.fixture(scope="module")
def again(addressed: Built) -> tuple[Stamps, Stamps]:
    """Build once more without a change; return the files before and after."""
    before = addressed.review.stamps()
    addressed.review.build()
    return before, addressed.review.stamps()


def pages_of(review: Review) -> list[str]:
    site = review.html
    names = (path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts)
    return sorted(names)


def test_without_an_address_nothing_asks_for_one(book: Built) -> None:
    site = book.review.html
    assert not (site / "sitemap.xml").exists()
    assert not (site / "og").exists()
    for name in pages_of(book.review):
        page = book.review.page(name).soup
        assert not page.select('link[rel=canonical], meta[property="og:url"], meta[property="og:image"]')
    rules = (site / "robots.txt").read_text("utf-8")
    assert rules == "User-agent: *\nAllow: /\n"


def test_the_build_for_an_address_has_no_warning(addressed: Built) -> None:
    assert (addressed.run.code, addressed.run.warnings) == (0, [])


def test_the_sitemap_names_the_pages_for_readers(addressed: Built) -> None:
    tree = ElementTree.fromstring((addressed.review.html / "sitemap.xml").read_bytes())
    named = [str(element.text) for element in tree.iter(LOC)]
    for_tools = {"404.html", "compare.html", "index.html", "search.html", "your-papers.html"}
    for_tools |= {"book/papers/assumed2024croissant.html", OLD}  # of a paper that was excluded, and of a renamed theme
    assert named == [f"{ADDRESS}{name}" for name in pages_of(addressed.review) if name not in for_tools]
    assert not [element.tag for element in tree.iter() if element.tag.endswith("lastmod")]
    rules = RobotFileParser()
    rules.parse((addressed.review.html / "robots.txt").read_text("utf-8").splitlines())
    assert rules.site_maps() == [f"{ADDRESS}sitemap.xml"]
    assert all(rules.can_fetch("*", address) for address in named)


def test_every_page_names_its_one_address(addressed: Built) -> None:
    for name in pages_of(addressed.review):
        page = addressed.review.page(name).soup
        named = [str(link["href"]) for link in page.select("head link[rel=canonical]")]
        others = {"index.html": [f"{ADDRESS}book/index.html"], "404.html": [], OLD: [f"{ADDRESS}{NEW}"]}
        expected = others.get(name, [f"{ADDRESS}{name}"])
        assert named == expected
        shown = [str(tag["content"]) for tag in page.select('head meta[property="og:url"]')]
        assert shown == ([] if name in others else expected)


def test_an_old_address_of_a_chapter_leads_to_the_chapter(addressed: Built, browser: Browser) -> None:
    page = addressed.review.page(OLD).soup
    assert page.select_one("noscript meta[http-equiv=refresh]")["content"] == "0; url=baking-agents.html"
    assert page.select_one("body a")["href"] == "baking-agents.html"
    opened = browser.new_page()
    opened.goto(f"{(addressed.review.html / OLD).as_uri()}#papers")
    expect(opened).to_have_url(f"{(addressed.review.html / NEW).as_uri()}#papers")
    opened.close()


def test_every_picture_that_a_page_names_is_there_and_small(addressed: Built) -> None:
    named = set()
    for name in pages_of(addressed.review):
        page = addressed.review.page(name).soup
        tags = {str(tag["property"]): str(tag["content"]) for tag in page.select("head meta[property]")}
        if "og:image" in tags:
            named.add(tags["og:image"].removeprefix(ADDRESS))
            assert tags["og:image:alt"]
            assert (tags["og:image:width"], tags["og:image:height"]) == (str(WIDTH), str(HEIGHT))
    drawn = {path.relative_to(addressed.review.html).as_posix() for path in addressed.review.html.glob("og/*.png")}
    assert named == drawn
    assert len(named) == 4  # the review and its three themes
    for picture in drawn:
        content = (addressed.review.html / picture).read_bytes()
        assert Image.open(io.BytesIO(content)).size == (WIDTH, HEIGHT) == (1200, 630)
        assert len(content) < 60_000


def test_a_build_without_a_change_writes_nothing(again: tuple[Stamps, Stamps]) -> None:
    before, after = again
    assert before == after


@pytest.mark.slow
def test_pictures_are_drawn_alike_and_whatever_the_title(tmp_path: Path) -> None:
    poster = Poster("Part I", "A title of $x^2$ and \\begin{x}, " * 30, "3 papers")
    one, two, none = draw_posters([(poster, "mark"), (poster, "mark"), (Poster("", "", ""), "none")])
    assert one == two
    assert Image.open(io.BytesIO(none)).size == (WIDTH, HEIGHT)
    assert b"mark" in one[:1024]


def test_pictures_tell_the_numbers_of_the_collection() -> None:
    posters = _plan(make_corpus_of([make_paper("crane", "Crane")]), "Folds")
    assert posters["review"] == Poster("", "Folds", "1 paper in 2 themes")
    assert posters["theme-paper-folding"] == Poster("Part I. Paper", "Folding paper", "1 paper · Folds")
    assert posters["theme-tide-gardens"].line == "0 papers · Folds"


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "https://", "https://example.org/?a=b"])
def test_an_invalid_address_stops_the_build(address: str) -> None:
    with pytest.raises(ConfigError, match=r"invalid html.baseurl '.*': write an address"):
        find_address(None, SimpleNamespace(html_baseurl=address))  # type: ignore[arg-type]


def test_the_environment_can_name_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(settings: str) -> str:
        config = SimpleNamespace(html_baseurl=settings)
        find_address(None, config)  # type: ignore[arg-type]
        return str(config.html_baseurl)

    monkeypatch.delenv("LITBOOK_ADDRESS", raising=False)
    monkeypatch.delenv("READTHEDOCS_CANONICAL_URL", raising=False)
    assert find("") == ""
    monkeypatch.setenv("READTHEDOCS_CANONICAL_URL", "https://docs.example.org/en/latest/")
    assert find("") == "https://docs.example.org/en/latest/"
    monkeypatch.setenv("LITBOOK_ADDRESS", "https://example.org/here")
    assert find("") == "https://example.org/here/"
    assert find("https://example.org/there") == "https://example.org/there/"


def test_a_file_that_the_settings_add_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/robots.txt").touch()
    app: Any = SimpleNamespace(srcdir=tmp_path, config=SimpleNamespace(html_extra_path=["own", "404.html"]))
    assert [_is_added(app, name) for name in ("robots.txt", "404.html", "sitemap.xml")] == [True, True, False]


# --- The page for what is not found ---


class Lost(Silent):
    """Serve files, and for an address that leads nowhere the page of the site, as GitHub Pages does."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page, whatever is missing."""
        content = Path(self.directory, "somebody/review/404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@pytest.fixture(scope="module", params=["book", "addressed"])
def lost(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site below two folders of a server, with its page for what is not found."""
    built: Built = request.getfixturevalue(request.param)
    root = tmp_path_factory.mktemp("lost")
    with serve_below(root, built.review.html, Lost) as address:
        yield address


def test_no_program_keeps_the_page_for_what_is_not_found(book: Built, addressed: Built) -> None:
    for built in (book, addressed):
        page = built.review.page("404.html")
        assert page.one("meta[name=robots]")["content"] == "noindex"
        assert not page.soup.select("link, script[src], img")  # nothing that could be missing, wherever it is shown


@pytest.mark.parametrize("missing", MISSING)
def test_from_any_address_there_is_a_way_into_the_review(browser: Browser, lost: str, missing: str) -> None:
    page, faults = watch(browser, lost, strict=True)
    page.goto(f"{lost}/{missing}")
    for name in ("book/index.html", "all-papers.html"):
        page.wait_for_selector(f'a[href="/somebody/review/{name}"]')
    words = "nothing 2020 here" if "nothing" in missing else "erfunden 2031 cranes"
    assert page.locator("input[type=search]").input_value() == words
    page.locator("button").click()
    page.wait_for_url(f"{lost}/search.html?q=*")
    page.context.close()
    # The page itself and the folders in which it looks for the root of the site are not there; nothing else is amiss.
    assert [fault for fault in faults if "404" not in fault and "search-index/digest.txt" not in fault] == []


def test_from_a_folder_its_links_lead_into_the_review_without_a_script(browser: Browser, book: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((book.review.html / "404.html").as_uri())
    page.get_by_role("link", name="Home").click()
    page.wait_for_url("**/book/index.html")
    context.close()
