"""The site that is joined from two reviews, each built by the real Jupyter Book."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from browsing import watch
from invented import read_tree
from toybook import Built

from litbook.commands.volumes.joining import join_volumes
from litbook.commands.volumes.pages import make_environment
from litbook.commands.volumes.settings import Volume, Volumes
from litbook.commands.volumes.statistics import read_part, unfold_strings
from litbook.model.faults import CorpusError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TITLE = "Bread & <script>alert(1)</script>"
PAGE = "book/about/method.html"
CITEKEY = "pretend2020risecast"


@pytest.fixture
def volumes(tmp_path: Path, book: Built, screened: Built) -> Volumes:
    """Return two built volumes: the toy review, and the same with an excluded paper."""
    made = Volumes(tmp_path, TITLE, (Volume("bread", 'The "first" <i>'), Volume("boats", "Boats")))
    for volume, built in zip(made.volumes, (book, screened), strict=True):
        shutil.copytree(built.review.html, made.html(volume))
    return made


def write_link(volumes: Volumes, target: str) -> Path:
    """Put a link to another volume into a page of the first one, as the build would, and into its source."""
    page = volumes.html(volumes.volumes[0]) / PAGE
    page.write_text(page.read_text("utf-8").replace("</article>", f'<a href="{target}">there</a></article>'), "utf-8")
    source = volumes.review(volumes.volumes[0]) / "book/about/method.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(f"# Method\n\nSee [there]({target}).\n", "utf-8")
    return volumes.site / "bread" / PAGE


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def find_dead(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the links of the pages at the root, and of those that lead up to it, that lead to no file."""
    pages = [
        *site.glob("*.html"),
        *site.glob("papers/*.html"),
        *site.glob("*/search.html"),
        *site.glob("*/book/index.html"),
    ]
    for page in pages:
        links = _Links()
        links.feed(page.read_text("utf-8"))
        for link in links.found:
            parts = urlsplit(link)
            if not parts.scheme and parts.path and not (page.parent / unquote(parts.path)).exists():
                yield page.relative_to(site).as_posix(), link


def test_volumes_become_one_site_in_which_no_link_is_dead(volumes: Volumes) -> None:
    joined = join_volumes(volumes)
    assert list(find_dead(volumes.site)) == []
    front = (volumes.site / "index.html").read_text("utf-8")
    assert "Bread &amp; &lt;script&gt;alert(1)&lt;/script&gt;" in front
    assert "The &#34;first&#34; &lt;i&gt;" in front
    assert "<script>" not in front
    assert f"{joined.catalogue.papers} papers" in front
    telling = (volumes.site / "boats/book/index.html").read_text("utf-8")
    assert 'Volume 2 of 2 of <a href="../../index.html">Bread &amp; &lt;script&gt;' in telling


def test_the_catalogue_has_every_paper_with_its_volume(volumes: Volumes) -> None:
    joined = join_volumes(volumes)
    with (volumes.site / "data/papers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = json.loads((volumes.site / "data/papers.json").read_text("utf-8"))
    assert len(rows) == joined.catalogue.papers == whole["papers"] == sum(part["papers"] for part in whole["parts"])
    assert all((volumes.site / row["url"]).is_file() for row in rows)
    assert all(
        (volumes.site / part[name]).is_file() for part in whole["parts"] for name in ("json", "csv", "bibtex", "ris")
    )
    listed = "".join(path.read_text("utf-8") for path in (volumes.site / "papers").glob("*.html"))
    assert listed.count('<li><a href="../') == len(rows)


def test_works_in_several_volumes_are_listed(volumes: Volumes) -> None:
    joined = join_volumes(volumes)
    shared = (volumes.site / "data/in-several-volumes.csv").read_text("utf-8").splitlines()
    assert shared[0] == "identifier,volume,citekey"
    assert len(shared) - 1 == 2 * len(joined.catalogue.shared) > 0
    assert any("in several volumes" in line for line in joined.describe())


def test_terms_are_counted_by_volume(volumes: Volumes) -> None:
    join_volumes(volumes)
    folder = volumes.site / "search-index"
    head = read_part(folder / "volumes.js")
    assert [(name, papers > 0) for name, _, papers, _, _ in head["volumes"]] == [("bread", True), ("boats", True)]
    found = {}
    for number in range(len(head["files"])):
        part = read_part(folder / f"volumes-{number}.js")
        found |= dict(zip(unfold_strings(part["terms"]), part["holders"], strict=True))
    own = read_part(volumes.html(volumes.volumes[1]) / "search-index/words-0.js")
    for term, held in zip(unfold_strings(own["terms"]), own["holders"], strict=True):
        pairs = dict(zip(found[term][::2], found[term][1::2], strict=True))
        assert pairs[1] == held, term


@pytest.mark.parametrize(
    ("target", "href"),
    [
        (f"volume:boats/{CITEKEY}", f"../../../boats/book/papers/{CITEKEY}.html"),
        ("volume:boats/book/about/papers.html", "../../../boats/book/about/papers.html"),
        ("volume:boats", "../../../boats/book/index.html"),
    ],
)
def test_a_link_between_volumes_leads_there(volumes: Volumes, target: str, href: str) -> None:
    page = write_link(volumes, target)
    assert join_volumes(volumes).crossings == 1
    text = page.read_text("utf-8")
    assert f'href="{href}"' in text
    assert (page.parent / href).is_file()


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("volume:boat/x", "unknown volume 'boat'; did you mean 'boats'?"),
        ("volume:boats/nobody2020", "volume 'boats' has no page book/papers/nobody2020.html; write a citekey"),
        ("volume:boats/../../bread/index.html", "volume 'boats' has no page ../../bread/index.html; write a citekey"),
        (f"volume:boats/{CITEKEY}#no", f"the page book/papers/{CITEKEY}.html of volume 'boats' has no part 'no'"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault_and_nothing_is_written(volumes: Volumes, target: str, what: str) -> None:
    write_link(volumes, target)
    with pytest.raises(CorpusError) as raised:
        join_volumes(volumes)
    assert f"volumes/bread/book/about/method.md:3: {what}" in str(raised.value)
    assert not volumes.site.exists()


def test_joining_again_changes_nothing_and_deletes_only_what_was_joined(volumes: Volumes) -> None:
    join_volumes(volumes)
    before = read_tree(volumes.site)
    assert (joined := join_volumes(volumes)).changed == joined.deleted == 0
    assert read_tree(volumes.site) == before
    (volumes.site / "CNAME").write_text("mine", "utf-8")
    gone = volumes.html(volumes.volumes[0]) / f"book/papers/{CITEKEY}.html"
    gone.unlink()
    assert join_volumes(volumes).deleted == 1
    assert not (volumes.site / f"bread/book/papers/{CITEKEY}.html").exists()
    assert (volumes.site / "CNAME").read_text("utf-8") == "mine"


def test_volumes_that_are_not_built_or_of_another_version_are_named(volumes: Volumes) -> None:
    core = volumes.html(volumes.volumes[0]) / "search-index/core.js"
    core.write_text(re.sub(r'"format":\d+', '"format":1', core.read_text("utf-8")), "utf-8")
    with pytest.raises(CorpusError, match=r"core\.js: this volume was built by another version of litbook; build all"):
        join_volumes(volumes)
    core.unlink()
    with pytest.raises(
        CorpusError, match=r"volume 'bread' is not built: .*core\.js is missing; run 'litbook volumes build'"
    ):
        join_volumes(volumes)


def test_a_link_among_the_files_of_a_volume_is_not_followed(volumes: Volumes, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (volumes.html(volumes.volumes[0]) / "data/a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(OSError, match="is a link"):
        join_volumes(volumes)


def test_the_sitemap_names_those_of_the_volumes(volumes: Volumes) -> None:
    address = "https://example.org/r/"
    named = Volumes(volumes.root, volumes.title, volumes.volumes, address)
    for volume in named.volumes:
        sitemap = named.html(volume) / "sitemap.xml"
        sitemap.write_text(f"<urlset><url><loc>{address}{volume.name}/book/index.html</loc></url></urlset>", "utf-8")
    join_volumes(named)
    text = (named.site / "sitemap.xml").read_text("utf-8")
    assert re.findall("<loc>(.*?)</loc>", text) == [
        f"{address}{name}" for name in ("sitemap-volumes.xml", "bread/sitemap.xml", "boats/sitemap.xml")
    ]
    assert f"Sitemap: {address}sitemap.xml" in (named.site / "robots.txt").read_text("utf-8")
    (named.html(named.volumes[1]) / "sitemap.xml").write_text("<loc>https://elsewhere.org/</loc>", "utf-8")
    with pytest.raises(
        CorpusError, match=r"volumes/boats/_config\.yml: the address of this volume is not the one below"
    ):
        join_volumes(named)


HOSTILE = "\"'><script>alert(1)</script>&{{ 7 * 7 }}"


def test_every_template_escapes_what_it_is_given() -> None:
    environment = make_environment()
    row = {"name": HOSTILE, "title": HOSTILE, "facts": HOSTILE, "href": HOSTILE, "by": HOSTILE, "volume": HOSTILE,
           "label": HOSTILE, "papers": HOSTILE}  # fmt: skip
    words = ("name", "root", "review", "policy", "facts", "before", "after", "label", "papers", "version")
    values = {**dict.fromkeys(words, HOSTILE), "number": 2, "parts": 3}
    lists = {name: [row] for name in ("volumes", "years", "lines")}
    for name in environment.list_templates():
        if name != "parts.html":  # only macros
            text = environment.get_template(name).render(**values, **lists, scripts=[HOSTILE])
            assert "<script>alert" not in text, name
            assert "49" not in text, name
            assert text.count(HOSTILE[0] + "'>") == 0, name


def test_a_question_is_put_to_all_volumes_at_once(volumes: Volumes, browser: Browser) -> None:
    from playwright.sync_api import expect  # noqa: PLC0415 - only tests in a browser wait for it

    join_volumes(volumes)
    page, faults = watch(browser, volumes.site.as_uri(), strict=True)
    page.goto(f"{volumes.site.as_uri()}/index.html")
    page.get_by_label("Search all volumes").fill("kneading")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("found in 2 volumes.")
    results = page.locator("[data-papers] > li")
    assert set(results.evaluate_all("items => items.map(item => item.dataset.volume)")) == {"bread", "boats"}
    page.locator("select[name=volume]").select_option("boats")
    expect(page.get_by_role("status")).to_contain_text("found in 1 volume.")
    assert "volume=boats" in page.url
    results.first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("")
    assert "/boats/book/papers/" in page.url
    page.context.close()
    assert faults == []
