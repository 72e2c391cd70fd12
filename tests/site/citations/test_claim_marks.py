"""A claim leads to the sentence that it rests on, and back; what cannot be right stops the build. All is invented."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import expect, watch
from bs4 import Tag
from invented import CRAFTS, make_corpus_of, make_paper, make_placement, put
from toybook import Built, copy_toy

from litbook.analyse.prose import check_prose
from litbook.analyse.prose.claims import find_retouched, keep_claims
from litbook.core.project import Project
from litbook.ingest.ledgers.claims import read_kept_claims
from litbook.ingest.pages import gather_claims, make_page
from litbook.model.pages import KeptClaim
from litbook.model.review import Corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CRANE = "We fold a crane. It flies 3 metres. No one else folds."
PAPERS = (make_paper("crane2031", "Crane", CRANE), make_paper("silent2031", "No Abstract"))
FIRST, SECOND, THIRD = "We fold a crane.", "It flies 3 metres.", "No one else folds."


def corpus_of(text: str, kept: tuple[KeptClaim, ...] = ()) -> Corpus:
    corpus = make_corpus_of(PAPERS, {paper.citekey: make_placement(CRAFTS.slug) for paper in PAPERS})
    return replace(corpus, claims=gather_claims([make_page(text, "chapters/x.md")]), kept_claims=kept)


def check(text: str, kept: tuple[KeptClaim, ...] = ()) -> list[str]:
    return [str(fault) for fault in check_prose(corpus_of(text, kept), [make_page(text, "chapters/x.md")])]


def keep(sentence: int, quote: str) -> tuple[KeptClaim, ...]:
    return (KeptClaim(7, "crane2031", sentence, quote),)


# -- what is checked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["{claim}`crane2031:1`", "{claim}`crane2031:3, crane2031:1`", "`{claim}` is a role"])
def test_a_claim_on_a_sentence_is_valid(text: str) -> None:
    assert check(f"# X\n\nIt flies. {text}\n") == []


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ("crane2031:4", "'crane2031' has no sentence 4: its abstract has 3; 'litbook show crane2031' counts them"),
        ("crane2031:0", "'crane2031' has no sentence 0: its abstract has 3; 'litbook show crane2031' counts them"),
        ("silent2031:1", "'silent2031' has no sentence 1: its abstract has 0; 'litbook show silent2031' counts them"),
        ("crane2013:1", "unknown citekey 'crane2013' in a claim; did you mean 'crane2031'?"),
        ("crane2031", "invalid claim 'crane2031'; write citekey:sentence, as in {claim}`key2020word:3`"),
        ("crane2031:one", "invalid claim 'crane2031:one'; write citekey:sentence, as in {claim}`key2020word:3`"),
        ("crane2031:1,", "invalid claim 'crane2031:1,'; write citekey:sentence, as in {claim}`key2020word:3`"),
    ],
)
def test_a_claim_on_nothing_is_a_fault_with_its_place(claim: str, message: str) -> None:
    assert check(f"# X\n\nOne line.\nIt flies{{claim}}`{claim}`.\n") == [f"book/chapters/x.md:4: {message}"]


def test_a_sentence_that_moved_is_a_fault_that_names_its_new_number() -> None:
    moved = "book/chapters/x.md:2: sentence 1 of 'crane2031' is now sentence 2; write 'crane2031:2'"
    assert check("# X\n{claim}`crane2031:1`", keep(1, SECOND)) == [moved]
    gone = "book/chapters/x.md:2: sentence 5 of 'crane2031' is now sentence 3; write 'crane2031:3'"
    assert check("# X\n{claim}`crane2031:5`", keep(5, THIRD)) == [gone]


def test_a_sentence_that_reads_otherwise_now_is_still_to_be_looked_at() -> None:
    kept = keep(2, "It flies 2 metres.")
    assert check("# X\n{claim}`crane2031:2`", kept) == []
    (todo,) = find_retouched(corpus_of("# X\n{claim}`crane2031:2`", kept))
    assert str(todo) == (
        "book/chapters/x.md:2: sentence 2 of 'crane2031' was “It flies 2 metres.” and is “It flies 3 metres.”; "
        "check whether the claim still holds, then delete line 7 of book/corpus/claims.jsonl"
    )
    assert keep_claims(corpus_of("# X\n{claim}`crane2031:2`", kept))[0].quote == "It flies 2 metres."


def test_the_sentences_of_the_claims_are_added_and_none_is_taken_away() -> None:
    corpus = corpus_of("{claim}`crane2031:3,crane2031:1`", keep(2, SECOND))
    assert keep_claims(corpus) == (
        KeptClaim(1, "crane2031", 1, FIRST), KeptClaim(2, "crane2031", 2, SECOND), KeptClaim(3, "crane2031", 3, THIRD),
    )  # fmt: skip


def test_faults_of_the_kept_sentences_are_reported_with_their_lines(tmp_path: Path) -> None:
    line = json.dumps({"citekey": "crane2031", "sentence": 1, "quote": FIRST})  # twice, as two people may add it
    project = put(tmp_path, {"book/corpus/claims.jsonl": f'{line}\n{{"citekey": "a"}}\n{line}\n{{\n'})
    kept, faults = read_kept_claims(project)
    assert kept == (KeptClaim(1, "crane2031", 1, FIRST),)
    assert [(fault.line, fault.what.partition(" (")[0]) for fault in faults] == [
        (2, "not a claim with citekey, sentence and quote"),
        (4, "invalid JSON"),
    ]
    assert read_kept_claims(Project(tmp_path / "elsewhere")) == ((), [])


# -- on the pages ---------------------------------------------------------------------------------------------------

CHAPTER = "book/chapters/baking-agents"
CITED = "{cite}`fancied2021kneadbot`"


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a toy review in which a chapter makes claims."""
    review = copy_toy(tmp_path_factory.mktemp("claimed"))
    review.edit("_config.yml", "execute_notebooks: cache", 'execute_notebooks: "off"')  # no claim needs a chart
    review.edit("_config.yml", "  config:\n", "  config:\n    litbook_editors: true\n")
    review.edit(f"{CHAPTER}.md", f"knead {CITED}", f"knead {CITED}{{claim}}`fancied2021kneadbot:2,mythical2024oven:1`")
    review.edit(
        f"{CHAPTER}.md", "## Papers\n", "## Papers\n\n:::{coverage} baking-agents\n:reviewed: 2031-12-24\n:::\n"
    )
    review.edit(
        f"{CHAPTER}.md", "## Papers\n", "Loaves are patient. So are bakers, for {minutes}`this page`.\n\n## Papers\n"
    )
    review.edit(f"{CHAPTER}.md", " {cite}`mythical2024oven`", "")
    return Built(review, review.build())


def test_the_mark_leads_to_the_sentence_and_the_sentence_back(claimed: Built) -> None:
    assert (claimed.run.code, claimed.run.warnings) == (0, [])
    marks = claimed.review.page(f"{CHAPTER}.html").soup.select("a.litbook-claim")
    assert [mark["href"] for mark in marks] == [
        "../papers/fancied2021kneadbot.html#sentence-2",
        "../papers/mythical2024oven.html#sentence-1",
    ]
    page = claimed.review.page("book/papers/fancied2021kneadbot.html")
    sentence = page.one("#sentence-2").get_text()
    assert str(marks[0]["title"]).endswith(f"“{sentence}”")
    used = page.soup.select(".litbook-used a")
    assert [(link.get_text(), link["title"], link["href"]) for link in used] == [
        ("2", "Cited in Agents that bake", f"../chapters/baking-agents.html#{marks[0]['id']}")
    ]
    assert page.one("#sentence-2").find_next_sibling() == page.one(".litbook-used")


def test_the_sentences_are_kept_for_the_next_build_which_changes_nothing(claimed: Built) -> None:
    kept = [json.loads(line) for line in claimed.review.path("book/corpus/claims.jsonl").read_text().splitlines()]
    assert [(claim["citekey"], claim["sentence"]) for claim in kept] == [
        ("fancied2021kneadbot", 2),
        ("mythical2024oven", 1),
    ]
    before = claimed.review.stamps()
    assert claimed.review.build().code == 0
    assert claimed.review.stamps() == before


def test_the_gauge_tells_what_is_cited_what_is_missing_and_when_it_was_read(claimed: Built) -> None:
    page = claimed.review.page(f"{CHAPTER}.html")
    assert page.text(".litbook-coverage") == (
        "2 of 4 sentences cite a paper (50 %). Not discussed yet: Plan the Bake: Language Models as Baking Agents; "
        "Oven Control by Preference: Learning What “Golden” Means. Last reviewed on 2031-12-24."
    )
    assert "1 minute" in page.article.get_text()
    assert page.one(".litbook-coverage meter")["value"] == "50"


def test_show_counts_the_sentences_as_claims_do(claimed: Built) -> None:
    shown = claimed.review.run(sys.executable, "-m", "litbook", "show", "fancied2021kneadbot").output
    sentence = claimed.review.page("book/papers/fancied2021kneadbot.html").one("#sentence-2").get_text()
    assert f"  sentence 2: {sentence}  [abstract, repaired]\n" in shown


# -- cards ----------------------------------------------------------------------------------------------------------

CARD = "#litbook-card"


@pytest.fixture
def page(browser: Browser, claimed: Built) -> Iterator[Page]:
    origin = claimed.review.html.as_uri()
    page, faults = watch(browser, origin)
    page.goto(f"{origin}/{CHAPTER}.html")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert (faults, asked) == ([], [])
    page.close()


def lines_of(page: Page) -> list[str]:
    return [line.inner_text() for line in page.locator(f"{CARD} p").all()]


def test_a_citation_shows_its_paper_on_hover_and_the_pointer_may_go_there(page: Page) -> None:
    assert page.locator(CARD).is_hidden()
    page.clock.install()
    page.hover(".bibtex-citation a >> nth=0")
    page.locator(CARD).wait_for()
    title, byline, gist = lines_of(page)
    built = page.locator(".bibtex-citation a").first.get_attribute("href")
    assert built == "../papers/fancied2021kneadbot.html"
    assert "Kneadbot" in title.title()
    assert "2021" in byline
    assert gist.startswith("“")
    page.hover(CARD)
    page.clock.run_for(400)  # longer than a card lingers
    assert page.locator(CARD).is_visible()
    page.mouse.move(5, 5)
    page.locator(CARD).wait_for(state="hidden")


def test_a_claim_shows_its_sentence_on_focus_and_escape_closes_it(page: Page) -> None:
    page.locator(".bibtex-citation a").first.focus()
    page.keyboard.press("ArrowRight")
    mark = page.locator("a.litbook-claim").first
    expect(mark).to_be_focused()
    expect(mark).to_have_attribute("aria-describedby", CARD[1:])
    assert lines_of(page)[-2] == str(mark.get_attribute("data-sentence")).partition(": ")[2]
    assert mark.get_attribute("title") is None
    page.keyboard.press("Escape")
    assert page.locator(CARD).is_hidden()
    assert mark.get_attribute("aria-describedby") is None
    page.keyboard.press("ArrowRight")
    expect(page.locator("a.litbook-claim").nth(1)).to_have_attribute("aria-describedby", CARD[1:])


def test_a_citation_is_one_stop_of_the_tab_key_with_its_sentences(page: Page) -> None:
    citation = page.locator(".bibtex-citation:has(+ .litbook-claims) a").first
    citation.focus()
    page.keyboard.press("Tab")
    expect(page.locator("a.litbook-claim").first).not_to_be_focused()
    assert page.evaluate("document.activeElement.closest('.litbook-claims')") is None
    page.keyboard.press("Shift+Tab")
    expect(citation).to_be_focused()


def test_the_first_tap_shows_the_card_and_the_second_opens_the_paper(browser: Browser, claimed: Built) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{claimed.review.html.as_uri()}/{CHAPTER}.html")
    page.tap(".bibtex-citation a >> nth=0")
    page.locator(CARD).wait_for()
    assert page.url.endswith(f"{CHAPTER}.html")
    box = page.locator(CARD).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.tap(".bibtex-citation a >> nth=0")
    page.wait_for_url("**/papers/fancied2021kneadbot.html")
    context.close()


def test_without_javascript_citations_and_claims_are_links(browser: Browser, claimed: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{claimed.review.html.as_uri()}/{CHAPTER}.html")
    assert page.locator(CARD).count() == 0
    assert str(page.locator("a.litbook-claim").first.get_attribute("title")).startswith("Sentence 2 of ")
    page.locator("a.litbook-claim").first.click()
    assert page.url.endswith("/papers/fancied2021kneadbot.html#sentence-2")
    context.close()


def test_a_paper_s_page_has_a_place_for_what_a_reader_can_do_with_it(book: Built) -> None:
    place = book.review.page("book/papers/pretend2020risecast.html").one(".litbook-actions")
    assert place["data-paper"] == "pretend2020risecast"
    assert place.find_next("h2").get_text().startswith("Abstract")


def test_a_sentence_is_quoted_as_it_stands_and_tied_to_its_paper(tmp_path: Path) -> None:
    review = copy_toy(tmp_path)
    path = review.path(f"{CHAPTER}.md")
    path.write_text(path.read_text("utf-8") + "\n:::{margin}\n{quote}`fancied2021kneadbot:2`\n:::\n", "utf-8")
    run = review.build()
    assert (run.code, run.warnings) == (0, [])
    sentence = review.page("book/papers/fancied2021kneadbot.html").one("#sentence-2")
    note = review.page(f"{CHAPTER}.html").one("aside.margin")
    assert note.get_text().split() == f"“{sentence.get_text()}” Fancied et al., 2021".split()
    link = note.select_one(".litbook-quoted-from a")
    assert link
    assert link["href"] == "../papers/fancied2021kneadbot.html#sentence-2"
    back = sentence.find_next_sibling(class_="litbook-used")
    assert isinstance(back, Tag)
    assert str(back.a and back.a["href"]).endswith(f"#{link['id']}")
    review.edit(f"{CHAPTER}.md", "{quote}`fancied2021kneadbot:2`", "{quote}`fancied2021kneadbot:99`")
    assert "'fancied2021kneadbot' has no sentence 99" in review.build().output
