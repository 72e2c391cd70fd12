"""Filters, their counts, the order, and everything in the address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from searching import FOUND, HOSTILE, LATEST, Site, open_page, status, titles, type_question

from litbook.model.review import Paper
from litbook.text.venues import name_series

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with open_page(browser, site.page) as page:
        yield page


def ask(page: Page, site: Site, query: str) -> list[str]:
    """Open an address and return the citekeys of all results that are shown."""
    page.goto(f"{site.page}?{query}")
    page.wait_for_function("document.querySelector('[role=status]').textContent.match(/paper|close|match|Please/)")
    return keys(page)


def keys(page: Page) -> list[str]:
    links = page.locator(f"{FOUND} a.litbook-result-title").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )
    return [re.sub(r".*/(.+)\.html", r"\1", link) for link in links]


def find(site: Site, key: str) -> Paper:
    return next(paper for paper in site.corpus.papers if paper.citekey == key)


def kind(site: Site, key: str) -> str | None:
    return site.corpus.placements[key].kind


def total(page: Page) -> int:
    found = re.search(r"(\d+) papers?\b", status(page))
    assert found, status(page)
    return int(found[1])


def count_of(page: Page, name: str, value: str) -> int:
    return int(page.locator(f"input[name={name}][value='{value}'] ~ .litbook-filter-count").text_content() or "")


def open_filters(page: Page) -> None:
    page.click("[data-filters-open]")


def test_filters_without_a_question_list_papers_the_newest_first(page: Page, site: Site) -> None:
    found = ask(page, site, "kind=survey")
    surveys = [paper for paper in site.corpus.papers if kind(site, paper.citekey) == "survey"]
    assert total(page) == len(surveys)
    years = [find(site, key).cited_year or 0 for key in found]
    assert years == sorted(years, reverse=True)


def test_a_page_without_a_question_offers_all_filters_and_leaves_no_gap(page: Page, site: Site) -> None:
    page.goto(site.page)
    page.wait_for_selector("[data-filters-open]:visible")
    open_filters(page)
    assert count_of(page, "kind", "method") == sum(
        kind(site, paper.citekey) == "method" for paper in site.corpus.papers
    )
    assert page.locator(".litbook-found").evaluate("(found) => found.clientHeight") < 200
    assert status(page) == ""


def test_values_of_one_group_add_up_and_groups_narrow_down(page: Page, site: Site) -> None:
    expected = {
        paper.citekey
        for paper in site.corpus.papers
        if kind(site, paper.citekey) in ("survey", "position") and paper.cited_year in (2023, 2024)
    }
    assert set(ask(page, site, "kind=survey&kind=position&year=2023&year=2024")) == expected
    assert len(expected) > 3


def test_ticking_filters_writes_the_address_and_going_back_undoes_it(page: Page, site: Site) -> None:
    type_question(page, "language models")
    open_filters(page)
    page.check("input[name=kind][value=survey]")
    page.wait_for_url("**?q=language+models&kind=survey")
    page.select_option("[data-sort]", "year")
    page.wait_for_url("**?q=language+models&kind=survey&sort=year")
    page.wait_for_function("document.querySelector('[data-active]').textContent === ' (1)'")
    found = keys(page)
    assert {kind(site, key) for key in found} == {"survey"}
    assert found == sorted(found, key=lambda key: -(find(site, key).cited_year or 0))
    page.go_back()
    page.go_back()
    page.wait_for_url("**?q=language+models")
    assert not page.is_checked("input[name=kind][value=survey]")
    page.wait_for_function("document.querySelectorAll('[data-papers] li').length === 20")


def test_counts_tell_what_ticking_a_value_would_give(page: Page, site: Site) -> None:
    ask(page, site, "year=2024")
    for value in ("survey", "theory"):
        expected = sum(paper.cited_year == 2024 and kind(site, paper.citekey) == value for paper in site.corpus.papers)
        assert count_of(page, "kind", value) == expected
    open_filters(page)
    page.check("input[name=kind][value=survey]")
    page.wait_for_function("document.querySelector('[data-active]').textContent === ' (2)'")
    assert total(page) == sum(p.cited_year == 2024 and kind(site, p.citekey) == "survey" for p in site.corpus.papers)


def test_counts_follow_the_question(page: Page, site: Site) -> None:
    ask(page, site, "year=2020")
    before = count_of(page, "kind", "method")
    page.fill("input[name=q]", "zebrafinch")
    page.wait_for_function("document.querySelectorAll('[data-papers] li').length === 1")
    assert count_of(page, "kind", "method") == 0 < before
    assert count_of(page, "kind", "position") == 1


def test_theme_venue_and_code_are_filters_too(page: Page, site: Site) -> None:
    theme = site.corpus.themes()[3].slug
    ask(page, site, f"theme={theme}&code=yes")
    expected = [
        paper
        for paper in site.corpus.papers
        if site.corpus.placements[paper.citekey].theme == theme and "code" in paper.links
    ]
    assert total(page) == len(expected) > 0
    venue = next(paper.venue for paper in site.corpus.papers if paper.venue)
    series = name_series(venue)
    page.goto(site.page + "?from=2000")
    open_filters(page)
    page.locator("fieldset", has_text="Venue").locator("button", has_text="All").click()
    page.locator(f"input[name=venue][value={json.dumps(series)}]").check()
    page.wait_for_url("**venue=*")
    page.wait_for_function("document.querySelector('[data-active]').textContent === ' (2)'")
    assert {name_series(find(site, key).venue or "") for key in keys(page)} == {series}


def test_years_are_a_range(page: Page, site: Site) -> None:
    ask(page, site, "kind=survey")
    open_filters(page)
    page.select_option("[aria-label='From year']", "2022")
    page.select_option("[aria-label='To year']", "2023")
    page.wait_for_url("**?kind=survey&from=2022&to=2023")
    page.wait_for_function("document.querySelector('[data-active]').textContent === ' (2)'")
    expected = [p for p in site.corpus.papers if kind(site, p.citekey) == "survey" and p.cited_year in (2022, 2023)]
    assert sorted(keys(page)) == sorted(paper.citekey for paper in expected)


def test_values_without_papers_are_hidden_and_the_sheet_closes_on_escape(page: Page, site: Site) -> None:
    ask(page, site, "q=zebrafinch")
    open_filters(page)
    counts = page.locator(".litbook-filter li:visible .litbook-filter-count").all_inner_texts()
    assert counts
    assert "0" not in counts
    page.keyboard.press("Escape")
    assert page.locator("[data-filters]").is_hidden()
    assert page.evaluate("document.activeElement.matches('[data-filters-open]')")


def test_theme_orders_by_the_book(page: Page, site: Site) -> None:
    found = ask(page, site, "q=learning&sort=theme")
    slugs = [theme.slug for theme in site.corpus.themes()]
    places = [slugs.index(site.corpus.placements[key].theme) for key in found]
    assert places == sorted(places)


def keep_marks(page: Page, marks: str) -> None:
    """Have the next page find marks in the storage; the bare search page bears no review's name."""
    page.add_init_script(f"localStorage.setItem('litbook:', {json.dumps(marks)})")


def test_what_the_reader_marked_is_a_filter_where_something_is_marked(page: Page, site: Site) -> None:
    ask(page, site, "year=2024")
    assert page.locator("input[name=read]").count() == 0
    read, starred, rubbish = (paper.citekey for paper in site.corpus.papers[5:8])
    marks = {
        read: {"state": "read", "note": "yes"},
        starred: {"starred": True, "state": "to read"},
        rubbish: {"state": "<b>"},
        "not-a-paper": {"state": "read"},
        "__proto__": {"state": "read"},
    }
    keep_marks(page, json.dumps({"version": 1, "papers": marks}))
    assert ask(page, site, "read=read") == [read]
    assert ask(page, site, "read=to+read") == ask(page, site, "read=starred") == [starred]
    assert sorted(ask(page, site, "read=with+a+note&read=starred")) == sorted([read, starred])
    assert total(page) == 2
    assert count_of(page, "read", "unread") == len(site.corpus.papers) - 1
    mark = page.locator(f"[data-paper={read}] .litbook-mark")
    assert mark.all_inner_texts() == ["read", "note"]


def test_the_filter_follows_marks_that_are_made_meanwhile(page: Page, site: Site) -> None:
    first, second = (paper.citekey for paper in site.corpus.papers[5:7])
    keep_marks(page, json.dumps({"papers": {first: {"state": "read"}}}))
    assert ask(page, site, "read=read") == [first]
    page.evaluate("(key) => litbookYours.set(key, { state: 'read' })", second)
    page.press("input[name=q]", "Enter")
    page.wait_for_function("document.querySelectorAll('[data-papers] li').length === 2")
    assert sorted(keys(page)) == sorted([first, second])


@pytest.mark.parametrize(
    "marks", ["{", "[1]", "null", "7", '"read"', '{"papers":{"a":{"b":1},"c":7}}', '{"papers":[]}']
)
def test_broken_marks_do_no_harm(page: Page, site: Site, marks: str) -> None:
    keep_marks(page, marks)
    assert ask(page, site, "q=chess")


def test_only_papers_that_came_later_are_shown(page: Page, site: Site) -> None:
    assert ask(page, site, "since=2026-01-01") == ["invented2020zebrafinch"]
    assert "new after 2026-01-01" in status(page)
    assert ask(page, site, "q=zebrafinch&since=2026-01-01") == ["invented2020zebrafinch"]
    assert ask(page, site, f"q=zebrafinch&since={LATEST}") == []


def test_a_search_offers_a_link_to_what_comes_later(page: Page, site: Site) -> None:
    type_question(page, "zebrafinch")
    link = page.get_by_role("link", name="New papers for this search")
    assert link.get_attribute("href") == f"?q=zebrafinch&since={LATEST}"
    link.click()
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('No paper')")


def test_an_address_can_list_papers(page: Page, site: Site) -> None:
    surveys = [paper.citekey for paper in site.corpus.papers if kind(site, paper.citekey) == "survey"]
    method = next(paper.citekey for paper in site.corpus.papers if kind(site, paper.citekey) == "method")
    assert sorted(ask(page, site, f"papers={','.join([*surveys[:3], method, 'nobody1999nothing'])}")) == sorted(
        [*surveys[:3], method]
    )
    assert status(page).startswith("4 papers in this list")
    assert sorted(ask(page, site, f"papers={surveys[0]},{method}&kind=survey")) == [surveys[0]]
    assert ask(page, site, "papers=nobody1999nothing") == []
    assert "No paper in this list" in status(page)


def test_a_list_stays_in_the_address_until_it_is_cleared(page: Page, site: Site) -> None:
    listed = [paper.citekey for paper in site.corpus.papers[:4]]
    ask(page, site, f"papers={','.join(listed)}")
    open_filters(page)
    page.select_option("[data-sort]", "year")
    page.wait_for_url(f"**?sort=year&papers={','.join(listed)}")
    assert sorted(keys(page)) == sorted(listed)
    page.click("[data-clear]")
    page.wait_for_url("**?sort=year")


def test_filters_are_cleared_at_once(page: Page, site: Site) -> None:
    ask(page, site, "q=learning&kind=survey&from=2024&since=2020-01-01")
    open_filters(page)
    page.click("[data-clear]")
    page.wait_for_url("**?q=learning")
    assert not page.locator("fieldset input:checked").count()


@pytest.mark.parametrize(
    "query",
    [
        "kind=<script>window.hurt=1</script>",
        "year=99999&to=x&q=chess",
        "plain=constructor&sort=__proto__&since=yesterday&q=chess",
        "theme=" + "a" * 5000,
        "&".join(["year=2024"] * 500),
        "since=2026-99-99&q=%F0%9F%A6%84",
        "papers=" + "<b>,," * 300 + "&q=chess",
    ],
    ids=lambda query: query[:16],
)
def test_any_address_is_answered(page: Page, site: Site, query: str) -> None:
    ask(page, site, query)
    assert page.locator(".litbook-search script").count() == 0


def test_hostile_texts_stay_texts_in_filters(page: Page, site: Site) -> None:
    ask(page, site, "year=2020&kind=position")
    assert HOSTILE.strip() in [title.replace("\u2028", "").strip() for title in titles(page)] or len(titles(page)) == 1
    assert page.locator(f"{FOUND} :is(img, script, b)").count() == 0
