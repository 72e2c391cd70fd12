"""Lists of papers and the pages of authors, venues and years: what they hold, and what they cost."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections import deque
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from effort import count_calls
from invented import CRAFTS, GARDENS, make_corpus_of, make_paper, make_placement
from toybook import Built

from litbook.core.project import Project
from litbook.model.review import Corpus, Paper
from litbook.site.groups.pages import Page, render_pages
from litbook.site.lists.paper_list import FEWEST, Lines, describe_line, render_list
from litbook.site.navigation.navigation import render_crumbs
from litbook.write.generated import write
from litbook.write.groups import KINDS, find_page, group_papers, make_slugs
from litbook.write.paper import gather_page, render_paper

HARMFUL = 'A "quoted" <b>name</b> & \\ co'


def make_works(*authors: tuple[str, ...]) -> list[Paper]:
    return [
        make_paper(f"made{2020 + at}work", f"Work {at}", authors=names, year=2020 + at, venue=f"INVENT {2020 + at}")
        for at, names in enumerate(authors)
    ]


def pages_of(corpus: Corpus, kind: str) -> dict[str, Page]:
    pages = {page.file: page for page in render_pages(corpus, kind)}
    assert next(iter(pages)) == "index"
    return pages


def soup_of(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page.body, "html.parser")


# --- Groups and their addresses ---


def test_an_author_of_two_papers_and_every_year_has_a_page_and_a_venue_all_its_years() -> None:
    corpus = make_corpus_of(make_works(("Ada Madeup", "Bo Fake"), ("Ada Madeup",)))
    assert find_page(corpus, "authors", "Ada Madeup") == "authors/ada-madeup.html"
    assert find_page(corpus, "authors", "Bo Fake") == ""
    assert find_page(corpus, "venues", "INVENT") == "venues/invent.html"
    assert [find_page(corpus, "years", year) for year in ("2020", "2021", "2022")] == [
        "years/2020.html", "years/2021.html", "",
    ]  # fmt: skip
    newest_first = [paper.year for paper in group_papers(corpus)["authors"]["Ada Madeup"].papers]
    assert newest_first == [2021, 2020]


def test_slugs_are_plain_and_never_the_same() -> None:
    names = ["José Fake", "Jose Fake", "JOSE FAKE", "王伪", "!!!", "Index", "Initial A", "Con", "x" * 300]
    slugs = make_slugs(names)
    assert len(set(slugs.values())) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) < 80 for slug in slugs.values())
    assert sorted(slug for slug in slugs.values() if slug.startswith("jose-fake"))[0] == "jose-fake"
    assert slugs["José Fake"] != "jose-fake"
    assert not set(slugs.values()) & {"index", "initial-a", "con"}


def test_a_slug_does_not_depend_on_order_or_on_other_names() -> None:
    names = ["José Fake", "Jose Fake", "Ada Madeup", "Ada Mädeup"]
    assert make_slugs(names) == make_slugs(reversed(names))
    assert make_slugs(["Ada Madeup"])["Ada Madeup"] == make_slugs(names)["Ada Madeup"] == "ada-madeup"
    assert make_slugs(["José Fake", "Jose Fake"])["José Fake"] == make_slugs(names)["José Fake"]


def test_a_byline_links_only_to_pages_that_exist() -> None:
    works = make_works(("Ada Madeup", "Bo [Fake](x)"), ("Ada Madeup",))
    corpus = make_corpus_of(works)
    lines = render_paper(gather_page(corpus, works[0], {paper.citekey: paper for paper in works})).splitlines()
    assert lines[3] == r"[Ada Madeup](../../authors/ada-madeup.html), Bo \[Fake\]\(x\)"
    assert lines[6].startswith("[INVENT](../../venues/invent.html) [2020](../../years/2020.html)")


# --- Pages ---


def test_an_author_s_page_says_only_what_the_records_say() -> None:
    works = make_works(("Ada Madeup", "Bo Fake"), ("Ada Madeup", "Bo Fake", "Cy Once"), ("Bo Fake",))
    placed = {works[1].citekey: make_placement(GARDENS.slug)}
    page = soup_of(pages_of(make_corpus_of(works, placed), "authors")["ada-madeup"])
    assert page.h1
    assert page.h1.get_text() == "Ada Madeup"
    facts = {p.strong.get_text(): p for p in page.select(".litbook-group-facts p") if p.strong}
    assert list(facts) == ["Themes", "Years", "Venues", "Co-authors"]
    assert [link["href"] for link in facts["Themes"].select("a")] == [
        f"../book/chapters/{theme.slug}.html" for theme in (CRAFTS, GARDENS)
    ]
    assert [link.get_text() for link in facts["Co-authors"].select("a")] == ["Bo Fake"]  # the third has no page
    assert "2 papers in this collection, 2020–2021." in page.get_text()
    assert "cannot be distinguished" in page.get_text()
    assert [item["data-paper"] for item in page.select("[data-litbook-list] li")] == ["made2021work", "made2020work"]


def test_what_is_not_known_is_counted_on_the_indexes() -> None:
    corpus = make_corpus_of([*make_works(("Ada Madeup",), ("Ada Madeup",)), make_paper("bare", "Bare")])
    for kind in KINDS:
        assert "unknown for 1 paper." in soup_of(pages_of(corpus, kind)["index"]).get_text()


@pytest.mark.slow
def test_an_index_that_would_be_too_long_is_divided_by_initials() -> None:
    names = [f"Given{at} {chr(65 + at % 26)}amily{at}" for at in range(2500)]
    corpus = make_corpus_of(make_works(tuple(names[:1000]), tuple(names[:1000])))
    whole = pages_of(corpus, "authors")
    assert len(soup_of(whole["index"]).select(".litbook-names a")) == 1000
    corpus = make_corpus_of(make_works(tuple(names), tuple(names), ("Once Only",)))
    pages = pages_of(corpus, "authors")
    initials = soup_of(pages["index"]).select("a[href^=initial-]")
    assert len(initials) == 26
    assert all(len(page.body) < 300_000 for page in pages.values())
    parts = [soup_of(pages[str(initial["href"]).removesuffix(".html")]) for initial in initials]
    listed = [link["href"] for part in parts for link in part.select(".litbook-names a")]
    assert sorted(map(str, listed)) == sorted(f"{slug}.html" for slug in make_slugs(names).values())


def test_untrusted_names_are_text_on_every_page() -> None:
    works = [replace(work, venue=HARMFUL) for work in make_works((HARMFUL,), (HARMFUL,))]
    corpus = make_corpus_of(works)
    slug = make_slugs([HARMFUL])[HARMFUL]
    pages = pages_of(corpus, "authors")
    page = soup_of(pages[slug])
    assert page.h1
    assert page.h1.get_text() == HARMFUL
    assert not page.select("b")


def test_a_paper_of_very_many_authors_makes_no_page_long() -> None:
    names = tuple(f"Given{at} Family{at}" for at in range(300))
    corpus = make_corpus_of(make_works(names, names, names[:2]))
    pages = pages_of(corpus, "authors")
    facts = soup_of(pages["given0-family0"]).select(".litbook-group-facts")[0].get_text()
    assert "Co-authors Given1 Family1 (papers with more than 50 authors are not counted here)" in facts
    byline = render_paper(
        gather_page(corpus, corpus.papers[0], {paper.citekey: paper for paper in corpus.papers})
    ).splitlines()[3]
    assert (byline.count("../../authors/"), byline.count("Given")) == (50, 300)
    assert max(len(page.body) for name, page in pages.items() if name != "index") < 6000


@pytest.mark.slow
def test_work_for_the_pages_grows_with_the_papers() -> None:
    def effort(papers: int) -> int:
        works = [
            make_paper(
                f"k{at:04}",
                f"Title {at}",
                authors=(f"Ada A{papers}x{at // 3}", f"Bo B{papers}x{at}"),
                year=2000 + at // 40,
            )
            for at in range(papers)
        ]
        corpus = make_corpus_of(works)
        return count_calls(lambda: [list(render_pages(corpus, kind)) for kind in KINDS])

    assert effort(400) < 4.6 * effort(100)


# --- Items ---


def test_an_item_carries_what_is_known_and_nothing_else() -> None:
    corpus = make_corpus_of([make_paper("bare", "A <i> & b"), *make_works(("Ada Madeup",))])
    html = render_list("x", [Lines("", [describe_line(corpus, paper) for paper in corpus.papers])], "../book/papers/")
    first, second = BeautifulSoup(html, "html.parser").select("li")
    assert first.attrs == {"data-paper": "bare", "data-kind": "method"}
    assert {name: second[name] for name in ("data-year", "data-venue", "data-authors")} == {
        "data-year": "2020", "data-venue": "INVENT", "data-authors": "Ada Madeup",
    }  # fmt: skip
    assert first.a
    assert (first.a["href"], first.a.get_text()) == ("../book/papers/bare.html", "A <i> & b")


@pytest.mark.parametrize("papers", [FEWEST - 1, FEWEST])
def test_only_a_list_of_some_length_has_room_for_a_toolbar(papers: int) -> None:
    corpus = make_corpus_of(make_works(*[("Ada Madeup",)] * papers))
    html = render_list("x", [Lines("", [describe_line(corpus, paper) for paper in corpus.papers])], "")
    assert ("litbook-list-tools" in html) == (papers >= FEWEST)


def test_the_way_to_a_page_leaves_out_what_has_no_name() -> None:
    crumbs = BeautifulSoup(render_crumbs([("Home", "a.html"), ("", ""), ("<Part>", ""), ("Here", "")]), "html.parser")
    assert [item.get_text() for item in crumbs.select("nav[aria-label=Breadcrumb] ol li")] == [
        "Home",
        "<Part>",
        "Here",
    ]
    assert [item.get_text() for item in crumbs.select("[aria-current=page]")] == ["Here"]
    assert [link["href"] for link in crumbs.select("a")] == ["a.html"]


def test_a_list_under_several_headings_can_be_jumped_in() -> None:
    corpus = make_corpus_of(make_works(*[("Ada Madeup",)] * 6))
    lines = [describe_line(corpus, paper) for paper in corpus.papers]

    def jumps(*headings: str) -> list[tuple[str, str]]:
        html = render_list("x", [Lines(heading, lines[:2]) for heading in headings], "")
        soup = BeautifulSoup(html, "html.parser")
        links = soup.select("nav[aria-label=Themes] a")
        return [(link.get_text(), soup.select_one(str(link["href"])).h2.get_text()) for link in links]  # type: ignore[union-attr]

    assert jumps("Rye", "<Wheat>", "Oats") == [("Rye", "Rye 2"), ("<Wheat>", "<Wheat> 2"), ("Oats", "Oats 2")]
    assert jumps("Rye", "Oats") == []


def test_a_long_list_of_people_has_letters_that_lead_to_their_initials() -> None:
    people = [(f"Ada {letter}{at:03}",) for letter in "ÅCZ" for at in range(60)]
    index = soup_of(pages_of(make_corpus_of(make_works(*people)), "authors")["index"])
    letters = index.select(".litbook-letters a")
    assert [letter.get_text() for letter in letters] == ["A", "C", "Z"]
    assert [index.select_one(str(letter["href"])).get_text() for letter in letters] == ["A", "C", "Z"]  # type: ignore[union-attr]
    few = soup_of(pages_of(make_corpus_of(make_works(*people[:20])), "authors")["index"])
    assert few.select(".litbook-letters, .litbook-initial") == []


def test_people_are_in_one_alphabet_and_the_numbers_of_those_with_many_papers_stand_out() -> None:
    names = (("Ada Bee",), ("Ada Bee",), ("Ada Bee", "Cy Ant"), ("Cy Ant",), ("Bo Cow",))
    index = soup_of(pages_of(make_corpus_of(make_works(*names)), "authors")["index"])
    assert [item.get_text(" ", strip=True) for item in index.select(".litbook-names li")] == [
        "Cy Ant 2",
        "Ada Bee 3",
        "Bo Cow",
    ]
    assert [number.get_text() for number in index.select("strong.litbook-number")] == ["3"]


def test_each_year_has_a_bar_and_its_number_also_if_it_is_one() -> None:
    index = soup_of(pages_of(make_corpus_of(make_works(("Ada Bee",), ("Ada Bee",))), "years")["index"])
    assert [item.get_text(" ", strip=True) for item in index.select(".litbook-bars li")] == ["2021 1", "2020 1"]
    assert [bar["style"] for bar in index.select(".litbook-bars i")] == ["--share: 1.000"] * 2


# --- The built book ---


def test_every_paper_is_at_most_three_clicks_from_the_landing_page(book: Built) -> None:
    distances = walk(book.review.html, "book/index.html")
    papers = sorted(
        path.relative_to(book.review.html).as_posix()
        for path in book.review.html.glob("book/papers/*.html")
        if 'content="noindex"' not in path.read_text("utf-8")  # of a paper that was excluded
    )
    assert len(papers) == 12
    assert max(distances[paper] for paper in papers) <= 3


def walk(site: Path, start: str) -> dict[str, int]:
    """Return how many clicks each page is away, by the links in the content of pages."""
    distances, waiting = {start: 0}, deque([start])
    while waiting:
        name = waiting.popleft()
        soup = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
        for link in soup.select("main a[href]"):
            target = urldefrag(urljoin(name, unquote(str(link["href"])))).url
            if target.endswith(".html") and target not in distances and (site / target).is_file():
                distances[target] = distances[name] + 1
                waiting.append(target)
    return distances


def test_papers_and_chapters_say_where_they_stand(book: Built) -> None:
    page = book.review.page("book/papers/pretend2020risecast.html")
    assert page.text("nav.litbook-crumbs") == "HomePart I. Seeing breadForecasting doughThis paper"
    assert page.links("nav.litbook-crumbs") == {
        "Home": "../index.html", "Forecasting dough": "../chapters/dough-forecasting.html",
    }  # fmt: skip
    assert len(str(page.one("nav.litbook-crumbs"))) < 400
    chapter = book.review.page("book/chapters/dough-forecasting.html")
    assert chapter.text("nav.litbook-crumbs") == "HomePart I. Seeing breadForecasting dough"
    assert [label.get_text() for label in page.soup.select(".litbook-walk-where")] == [
        "Previous in this theme", "Next in this theme",
    ]  # fmt: skip
    assert {label.get_text() for label in chapter.soup.select(".litbook-walk-where")} == {"Previous", "Next"}


def groups_of(book: Built) -> dict[str, list[str]]:
    papers = json.loads((book.review.html / "data/papers.json").read_text("utf-8"))
    authors: dict[str, list[str]] = {}
    for paper in papers:
        for author in paper.get("authors", []):
            authors.setdefault(author, []).append(paper["citekey"])
    return authors


def test_the_pages_of_authors_list_their_papers_and_the_bylines_lead_there(book: Built) -> None:
    several = {author: keys for author, keys in groups_of(book).items() if len(keys) > 1}
    assert several
    index = book.review.page("authors/index.html").links(".litbook-names")
    for author, keys in several.items():
        page = book.review.page(f"authors/{index[author]}")
        assert page.text("h1") == author
        assert sorted(str(item["data-paper"]) for item in page.soup.select("[data-litbook-list] li")) == sorted(keys)
        for key in keys:
            byline = book.review.page(f"book/papers/{key}.html").links(".litbook-byline")
            assert byline[author] == f"../../authors/{index[author]}"


def test_only_the_title_and_the_content_of_a_page_are_its_own(book: Built) -> None:
    # The index has no list, and does not load the scripts of one.
    own = "article, title, meta[name=description], meta[property='og:title'], script[src]"

    def frame(name: str) -> str:
        soup = book.review.page(name).soup
        for element in soup.select(own):
            element.decompose()
        for entry in soup.select(".litbook-nav a[href='index.html']"):  # the entry of this page, or of its index
            entry.attrs = {"href": "index.html"}
        return re.sub(r"\s+", " ", re.sub(r"years/[\w-]+", "years/x", str(soup)))

    year = next(path.name for path in sorted((book.review.html / "years").glob("2*.html")))
    assert frame(f"years/{year}") == frame("years/index.html")
    page = book.review.page(f"years/{year}")
    assert str(page.one("meta[property='og:title']")["content"]) == f"Papers from {year.removesuffix('.html')}"
    assert page.text("title").startswith(f"Papers from {year.removesuffix('.html')} ")
    assert str(page.one("meta[name=description]")["content"]).endswith(
        f"from {year.removesuffix('.html')} in this review."
    )
    assert page.soup.select("script[src*='litbook-list.js']")


def test_a_chapter_s_list_offers_the_papers_of_its_theme(book: Built) -> None:
    for slug in ("loaf-vision", "dough-forecasting", "baking-agents"):
        page = book.review.page(f"book/chapters/{slug}.html")
        own = {str(item["data-paper"]) for item in page.soup.select(".litbook-own > li")}
        assert page.one("[data-litbook-list]")["data-file"] == slug
        offered = page.links(".litbook-exports")
        assert list(offered) == ["BibTeX", "RIS", "CSV"]
        texts = {name: (book.review.html / "book/chapters" / path).resolve().read_text("utf-8")
                 for name, path in offered.items()}  # fmt: skip
        assert {row["citekey"] for row in csv.DictReader(texts["CSV"].splitlines())} == own
        assert set(re.findall(r"^@\w+\{(\w+),", texts["BibTeX"], re.MULTILINE)) == own
        assert set(re.findall(r"^ID  - (\w+)", texts["RIS"], re.MULTILINE)) == own


def test_all_papers_are_one_list_in_the_order_of_the_book(book: Built) -> None:
    page = book.review.page("all-papers.html")
    listed = [str(item["data-paper"]) for item in page.soup.select("[data-litbook-list] section li")]
    assert len(listed) == len(set(listed)) == 12
    assert len(page.soup.select("[data-litbook-list] section > h2")) == 3
    assert {"authors/index.html", "venues/index.html", "years/index.html"} <= set(page.links("article").values())
    assert {"data/references.bib", "data/papers.ris", "data/papers.csv"} <= set(page.links(".litbook-exports").values())


def test_every_listed_paper_is_known_to_scripts(book: Built) -> None:
    for path in sorted(book.review.html.rglob("*.html")):
        for item in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("ul.litbook-papers > li"):
            assert isinstance(item, Tag)
            if item.select(".litbook-paper-title a"):
                assert (book.review.html / f"book/papers/{item['data-paper']}.html").is_file()


def test_a_paper_s_page_stays_small_with_what_leads_back(book: Built) -> None:
    added = []
    for path in sorted(book.review.html.glob("book/papers/*.html")):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        links = page.select(".litbook-byline a")
        added.append(sum(len(str(link)) - len(link.get_text()) for link in links))
        added[-1] += len(str(page.select("nav.litbook-crumbs")[0]))
    assert sum(added) / len(added) < 800


@pytest.fixture
def corpus_and_project(tmp_path: Path) -> tuple[Corpus, Project]:
    (tmp_path / "book/corpus").mkdir(parents=True)
    works = make_works(("Ada Madeup",), ("Ada Madeup",))
    return make_corpus_of(works, {works[1].citekey: make_placement(GARDENS.slug)}), Project(tmp_path)


def test_exports_of_a_theme_that_is_gone_are_deleted(corpus_and_project: tuple[Corpus, Project]) -> None:
    corpus, project = corpus_and_project
    write(project, corpus, [])
    names = {f"{theme.slug}.{kind}" for theme in (CRAFTS, GARDENS) for kind in ("bib", "ris", "csv")}
    assert set(os.listdir(project.theme_data)) == names
    assert write(project, corpus, []).changed == ()
    moved = make_corpus_of(corpus.papers)
    deleted = write(project, moved, []).deleted
    assert {path.name for path in deleted} == {name for name in names if name.startswith(GARDENS.slug)}
    shutil.rmtree(project.data)
    write(project, moved, [])
    assert len(os.listdir(project.theme_data)) == 3
