"""Readers can do ten tasks, which `tasks.txt` has in words, on the built review of this repository.

Colours, marks and cards are there too: what each browser does its own way.

They run in Chromium, and with `LITBOOK_BROWSERS="chromium firefox webkit"` also in Firefox and in WebKitGTK.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from browsing import serve_below
from readers import BROWSERS, Reader, start_reader, wait_for
from sites import Silent
from toybook import Built

TASKS = (Path(__file__).parent / "tasks.txt").read_text("utf-8")
# What a name on the page can belong to, and how its text is put into one line.
NAMED = """
const line = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
const seen = (item) => item.checkVisibility();
"""
FIND = (
    NAMED
    + """
const [selector, words, which] = arguments;
document.querySelector("[data-step]")?.removeAttribute("data-step");
const found = [...document.querySelectorAll(selector)].filter(
  (item) => seen(item) && (!words || line(item.textContent).includes(words)),
);
found[which]?.setAttribute("data-step", "");
return found.length > which;
"""
)
VISITS = """
const name = `litbook:${document.querySelector('meta[name="litbook-review"]').content}:visits`;
localStorage.setItem(name, JSON.stringify({ before: "", last: arguments[0], chapters: [] }));
"""
# Marionette runs scripts apart from those of the page, which it reaches by wrappedJSObject.
CATCH = """
const page = window.wrappedJSObject ?? window;
const make = page.URL.createObjectURL.bind(page.URL);
const keep = (text) => { document.documentElement.dataset.taken = text; };
const caught = (blob) => { new Response(blob).text().then(keep); return make(blob); };
page.URL.createObjectURL = window.wrappedJSObject ? exportFunction(caught, page) : caught;
"""
ORDER = """
const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((item) => Number(item.tagName[1]));
const skips = levels.filter((level, at) => at && level > levels[at - 1] + 1);
return document.querySelectorAll("h1").length === 1 && skips.length === 0;
"""
IN_SIGHT = """
const { top, bottom } = document.querySelector("[data-step]").getBoundingClientRect();
return top >= 0 && bottom <= innerHeight;
"""
COLOURS = "return getComputedStyle(document.body).backgroundColor"
NAMELESS = """
const count = document.querySelectorAll("nav, aside, [role=search]").length;
const nameless = [...document.querySelectorAll("nav, aside, [role=search]")].filter(
  (item) => !item.getAttribute("aria-label") && !item.getAttribute("aria-labelledby"),
);
return count > 0 && nameless.length === 0;
"""


@dataclass
class Visit:
    """A reader on the site, and what a later step compares with."""

    reader: Reader
    root: str
    kept: dict[str, Any] = field(default_factory=dict)
    clicks: int = 0

    def find(self, selector: str, words: str = "", which: int = 0) -> None:
        """Wait for an element that can be seen, and mark it for a click."""
        what = f"{selector} {words!r}"
        wait_for(lambda: self.reader.look(FIND, selector, words, which), what)

    def click(self, selector: str, words: str = "", which: int = 0) -> None:
        self.find(selector, words, which)
        self.reader.click("[data-step]")
        self.clicks += 1

    def count(self, selector: str) -> int:
        """Return how many elements can be seen."""
        return int(self.reader.look(f"{NAMED} return [...document.querySelectorAll('{selector}')].filter(seen).length"))

    def address(self) -> str:
        return str(self.reader.look("return location.href"))


STEPS: list[tuple[re.Pattern[str], Callable[..., None]]] = []


def step(words: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a function the words of its step; "…" stands for text in quotation marks, and # for a number."""
    pattern = re.escape(words).replace('"…"', '"([^"]*)"').replace(r"\#", r"(\d+)")

    def register(run: Callable[..., None]) -> Callable[..., None]:
        STEPS.append((re.compile(pattern), run))
        return run

    return register


@step('the page "…"')
def open_page(visit: Visit, name: str) -> None:
    visit.reader.open(f"{visit.root}/{name}")
    wait_for(lambda: visit.reader.look("return document.readyState === 'complete'"), f"{name} loaded")


@step('that my last visit was on "…"')
def set_last_visit(visit: Visit, day: str) -> None:
    visit.reader.look(VISITS, day)


@step('I follow "…"')
def follow(visit: Visit, words: str) -> None:
    visit.click(":is(main, .litbook-selection) a", words)


@step("I follow the first citation")
def follow_citation(visit: Visit) -> None:
    visit.click("p .bibtex-citation a")


@step("I follow the first place that cites it")
def follow_back(visit: Visit) -> None:
    visit.click("section[id^=cited-in] li a, #cited-in li a, h2[id^=cited-in] ~ ul li a")


@step('I press the button "…"')
def press_button(visit: Visit, words: str) -> None:
    visit.click("main button", words)


@step('I press the key "…"')
def press_key(visit: Visit, key: str) -> None:
    if key in ("Down", "Enter"):
        wait_for(lambda: visit.count("[role=option], dialog li a, .litbook-suggestions li") > 0, "suggestions")
    visit.reader.press(key)


@step("I press the switch of the colours")
def switch_colours(visit: Visit) -> None:
    """Press until the page has other colours: from those of the system to light ones, then to dark ones."""
    visit.kept["colours"] = visit.reader.look(COLOURS)
    for _ in range(2):
        if visit.reader.look(COLOURS) == visit.kept["colours"]:
            visit.click(".litbook-mode")


@step("the colours have changed")
def have_colours(visit: Visit) -> None:
    wait_for(lambda: visit.reader.look(COLOURS) != visit.kept["colours"], "other colours")


@step('I open the page "…"')
def open_next(visit: Visit, name: str) -> None:
    open_page(visit, name)


@step("I focus the first citation")
def focus_citation(visit: Visit) -> None:
    visit.find("p .bibtex-citation a")
    visit.reader.look("document.querySelector('[data-step]').focus()")


@step("a card is open")
def have_card(visit: Visit) -> None:
    wait_for(lambda: visit.count(".litbook-card") == 1, "a card")


@step("I tick # papers")
def tick_papers(visit: Visit, number: str) -> None:
    for which in range(int(number)):
        visit.click(".litbook-select input", which=which)


@step('I tick the filter "…"')
def tick_filter(visit: Visit, words: str) -> None:
    visit.kept["results"] = visit.count(".litbook-result")
    visit.click("label:has(input[name=code])", words)


@step('I take "…" of the selection')
def take(visit: Visit, words: str) -> None:
    visit.reader.look(CATCH)
    visit.click(".litbook-selection button", words)


@step('I type "…" into the list')
def type_into_list(visit: Visit, words: str) -> None:
    visit.find(".litbook-list-tools input[type=search]")
    visit.reader.type("[data-step]", words)


@step('I type "…" into the search')
def type_into_search(visit: Visit, words: str) -> None:
    wait_for(lambda: visit.reader.look("return document.activeElement?.type === 'search'"), "the search has the focus")
    visit.reader.look("document.activeElement.setAttribute('data-step', '')")
    visit.reader.type("[data-step]", words)


@step("I open the address again")
def open_again(visit: Visit) -> None:
    visit.kept["list"] = visit.reader.look("return document.querySelector('.litbook-list-count').textContent")
    visit.reader.open(visit.address())


@step('I see "…"')
def see(visit: Visit, words: str) -> None:
    visit.find("main *, .litbook-selection *", words)


@step('I see "…" without scrolling')
def see_at_once(visit: Visit, words: str) -> None:
    visit.find("main :is(h2, p, a)", words)
    wait_for(lambda: visit.reader.look(IN_SIGHT), f"{words} in sight")


@step('"…" is among the first # papers')
def be_among_first(visit: Visit, words: str, number: str) -> None:
    visit.find(f"[data-papers] li:nth-child(-n + {number}) a", words)


@step("I have clicked # times")
def have_clicked(visit: Visit, number: str) -> None:
    assert visit.clicks == int(number)


@step('I see the heading "…"')
def see_heading(visit: Visit, words: str) -> None:
    visit.find("main :is(h1, h2, h3)", words)


@step('I am on "…"')
def be_on(visit: Visit, name: str) -> None:
    wait_for(lambda: f"{visit.root}/" in visit.address() and name in visit.address(), f"the address with {name}")


@step('the address has "…"')
def have_address(visit: Visit, words: str) -> None:
    wait_for(lambda: words in visit.address(), f"{words} in the address")


@step('the page is called "…"')
def be_called(visit: Visit, words: str) -> None:
    visit.find("h1", words)


@step("the file has # entries")
def have_entries(visit: Visit, number: str) -> None:
    text = wait_for(lambda: visit.reader.look("return document.documentElement.dataset.taken"), "the file")
    assert len(re.findall(r"^@\w+\{", text, re.MULTILINE)) == int(number)


@step("the table compares # papers")
def compare(visit: Visit, number: str) -> None:
    wait_for(lambda: visit.count("main table thead th a") == int(number), f"{number} papers side by side")


@step("there are fewer results than before")
def have_fewer(visit: Visit) -> None:
    before = visit.kept["results"]
    wait_for(lambda: 0 < visit.count(".litbook-result") < before, f"fewer than {before} results")


@step("the list is as long as before")
def have_same_list(visit: Visit) -> None:
    visit.find(".litbook-list-count", visit.kept["list"])


@step('the focus is on "…"')
def have_focus(visit: Visit, words: str) -> None:
    wait_for(lambda: words in str(visit.reader.look("return document.activeElement.textContent")), f"focus on {words}")


@step("the page has one title, and no heading skips a level")
def have_order(visit: Visit) -> None:
    assert visit.reader.look(ORDER)


@step("each place has a name")
def have_names(visit: Visit) -> None:
    assert visit.reader.look(NAMELESS)


def read_tasks() -> dict[str, list[str]]:
    """Return the steps of each scenario, without their first word."""
    _, *scenarios = re.split(r"^Scenario: ", TASKS, flags=re.MULTILINE)
    found = {}
    for scenario in scenarios:
        name, *lines = [line.strip() for line in scenario.splitlines() if line.strip()]
        found[name] = [re.sub(r"^(?:Given|When|Then|And) ", "", line) for line in lines]
    return found


SCENARIOS = read_tasks()


def find_step(words: str) -> tuple[Callable[..., None], tuple[str, ...]]:
    found = [(run, match.groups()) for pattern, run in STEPS if (match := pattern.fullmatch(words))]
    assert len(found) == 1, words
    return found[0]


def test_each_step_of_the_tasks_is_understood() -> None:
    assert len(SCENARIOS) >= 10
    assert all(find_step(words) for steps in SCENARIOS.values() for words in steps)


@pytest.fixture(scope="module")
def root(real: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the review on a server."""
    folder = tmp_path_factory.mktemp("acceptance")
    with serve_below(folder, real.review.html, Silent) as address:
        yield address


@pytest.mark.browser
# What drives the browsers warns: Marionette leaves sockets open, and Selenium calls its part for WebKit in an old way.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning:selenium")
@pytest.mark.parametrize("name", BROWSERS)
def test_a_reader_does_the_ten_tasks(name: str, root: str) -> None:
    for scenario, steps in SCENARIOS.items():
        with start_reader(name) as reader:
            visit = Visit(reader, root)
            for words in steps:
                run, arguments = find_step(words)
                try:
                    run(visit, *arguments)
                except (AssertionError, pytest.fail.Exception) as fault:
                    pytest.fail(f"{scenario}: {words}: {fault}")
