"""Readers meet a retraction wherever they meet its paper, and why a sentence on it is kept. All of it is invented."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from browsing import expect, watch
from marking import name_of
from noticed import BOTH, CORRECTED, MARKED, NOTICES, REASON, RETRACTED, WITHDRAWN, fetch_notices
from screenedbook import AFTER, BEFORE, PAGES, git
from toybook import Built, Page, Review, copy_toy

from litbook.core.project import Project
from litbook.model.faults import CorpusError
from litbook.pipeline import make_corpus
from litbook.site.notices.labels import label_links

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KEEP = "([name, text]) => localStorage.setItem(name, text)"
FLAGS = {RETRACTED: "retracted", BOTH: "retracted", MARKED: "retracted", CORRECTED: "corrected", WITHDRAWN: "withdrawn"}
REFERENCES = "      - file: book/about/references"


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Review, list[str]]:
    """Return a review for which a server on this machine was asked for notices, and what each run said."""
    review = copy_toy(tmp_path_factory.mktemp("noticed"))
    review.edit("_config.yml", "execute_notebooks: cache", 'execute_notebooks: "off"')
    shutil.copyfile(PAGES / "changes.md", review.path("book/about/changes.md"))
    review.edit("_toc.yml", REFERENCES, f"      - file: book/about/changes\n{REFERENCES}")
    git(review.root, "init", "--quiet")
    git(review.root, "add", "book/corpus", "book/chapters")
    git(review.root, "commit", "--quiet", "--message", "Invented beginning", day=BEFORE)
    reports = fetch_notices(review)
    git(review.root, "commit", "--quiet", "--all", "--message", "Invented notices", day=AFTER)
    return review, reports


@pytest.fixture(scope="module")
def noticed(fetched: tuple[Review, list[str]]) -> Built:
    review, _ = fetched
    return Built(review, review.build())


def describe(notice: dict[str, str]) -> tuple[str, ...]:
    """Return what a notice says, without the days on which it was seen."""
    return tuple(notice.get(name, "") for name in ("kind", "date", "doi", "url", "service", "registrant", "says"))


def flags_of(page: Page, selector: str) -> dict[str, str]:
    """Return the labels behind links to papers below a selector, by citekey."""
    found = {}
    for link in page.soup.select(f"{selector} a[href*='papers/']"):
        after = link.find_next_sibling()
        if after is not None and "litbook-flag" in (after.get("class") or []):
            found[re.sub(r".*papers/([\w-]+)\.html.*", r"\1", str(link["href"]))] = after.get_text()
    return found


def test_what_one_run_finds_does_not_stop_the_next_although_the_text_rests_on_it(
    fetched: tuple[Review, list[str]],
) -> None:
    review, (first, second) = fetched
    assert first.splitlines()[1:] == [f"  {BOTH}: retracted (openalex): https://openalex.org/W9999000001"]
    assert second.startswith("Done: asking for notices about 10 papers; 7 new notices.")
    lines = [json.loads(line) for line in review.path("book/corpus/facts.jsonl").read_text("utf-8").splitlines()]
    found = {line["title"]: [describe(notice) for notice in line["notices"]] for line in lines if "notices" in line}
    assert [title for title in found for start in NOTICES if title.startswith(start)] == list(found)
    for start, notices in NOTICES.items():
        (same,) = (found[title] for title in found if title.startswith(start))
        assert sorted(same) == sorted(map(describe, notices))


def test_a_sentence_on_a_retracted_paper_stops_a_build_until_an_editor_keeps_it(
    fetched: tuple[Review, list[str]],
) -> None:
    project = Project(fetched[0].root)
    make_corpus(project)
    kept = project.kept.read_text("utf-8")
    project.kept.write_text(kept.splitlines()[0] + "\n", "utf-8")
    with pytest.raises(CorpusError, match=f"this rests on '{RETRACTED}', retracted on 2031-03-04"):
        make_corpus(project)
    project.kept.write_text(kept, "utf-8")


def test_the_review_builds_without_a_warning(noticed: Built) -> None:
    assert (noticed.run.code, noticed.run.warnings) == (0, [])


def test_a_paper_page_begins_with_its_notices(noticed: Built) -> None:
    page = noticed.review.page(f"book/papers/{RETRACTED}.html")
    assert page.text(".litbook-notices-void") == (
        "Retracted on 4 March 2031 · notice · according to Crossref (registered by Retraction Watch), Crossref "
        "(registered by the publisher) OpenAlex, asked as well, has no such notice. Last asked on 2 November 2031. "
        "All notices"
    )
    assert page.links(".litbook-notices-void") == {
        "notice": "https://doi.org/10.99999/notice.4",
        "All notices": "../../notices.html",
    }


def test_origins_that_disagree_are_both_on_the_page(noticed: Built) -> None:
    text = noticed.review.page(f"book/papers/{BOTH}.html").text(".litbook-notices-void")
    assert "Retracted · notice · according to OpenAlex" in text
    assert "Corrected on 2 March 2031 · notice · according to Crossref (registered by the publisher)" in text
    assert "Crossref" in text.partition("asked as well")[0]


def test_a_page_that_a_person_noted_has_the_same_banner(noticed: Built) -> None:
    page = noticed.review.page(f"book/papers/{CORRECTED}.html")
    assert page.text(".litbook-notices").startswith("Corrected on 7 March 2031 · notice · according to Crossref")
    assert page.links(".litbook-notices")["All notices"] == "../../notices.html"


def test_what_an_author_says_of_a_withdrawal_stays_text(noticed: Built) -> None:
    text = noticed.review.page(f"book/papers/{WITHDRAWN}.html").text(".litbook-notices-void")
    assert "“This paper has been withdrawn by the authors: the checker was <b>never</b> run”" in text


def test_each_citation_in_prose_has_its_label(noticed: Built) -> None:
    page = noticed.review.page("book/chapters/loaf-vision.html")
    assert flags_of(page, "p .bibtex-citation") == {RETRACTED: "retracted", BOTH: "retracted"}
    assert flags_of(page, ".litbook-evidence") == dict.fromkeys((RETRACTED, BOTH), "retracted")
    assert flags_of(page, ".litbook-papers") == dict.fromkeys((RETRACTED, BOTH, MARKED), "retracted")


def test_the_reason_to_keep_a_sentence_follows_its_paragraph(noticed: Built) -> None:
    page = noticed.review.page("book/chapters/loaf-vision.html")
    reasons = [" ".join(item.get_text().split()) for item in page.soup.select(".litbook-notice-kept")]
    assert (
        f"Invented et al., 2021 retracted was retracted on 4 March 2031. Kept by An Editor on 2 June 2031: {REASON}"
        in (reasons)
    )
    assert [reason.partition(" Kept")[0] for reason in reasons] == [
        "Invented et al., 2021 retracted was retracted on 4 March 2031.",
        "Madeup, 2022 retracted is retracted.",
    ]


def test_lists_of_all_papers_and_of_an_author_have_the_labels(noticed: Built) -> None:
    assert flags_of(noticed.review.page("all-papers.html"), ".litbook-list") == FLAGS
    assert flags_of(noticed.review.page("authors/ada-invented.html"), ".litbook-list") == {RETRACTED: "retracted"}


def test_a_row_of_extracted_values_has_the_label_once(noticed: Built) -> None:
    for page in ("extraction.html", "book/chapters/loaf-vision.html"):
        every = noticed.review.page(page).soup.select("tr")
        rows = [row for row in every if row.select(f"a[href*='papers/{RETRACTED}.html']")]
        assert len(rows) == 2  # of what people extracted; of judgements, or of what rules found
        assert [[flag.get_text() for flag in row.select(".litbook-flag")] for row in rows] == [["retracted"]] * 2


def test_pages_that_scripts_draw_have_the_labels(browser: Browser, noticed: Built) -> None:
    origin = noticed.review.html.as_uri()
    page, faults = watch(browser, origin, strict=True)
    page.goto(f"{origin}/compare.html?papers={RETRACTED},{CORRECTED}")
    expect(page.locator("thead .litbook-flag")).to_have_text(["retracted", "corrected"])
    page.evaluate(KEEP, [name_of(page), json.dumps({"version": 1, "papers": {WITHDRAWN: {"state": "read"}}})])
    page.goto(f"{origin}/your-papers.html")
    expect(page.locator(f"[data-paper={WITHDRAWN}] .litbook-flag")).to_have_text("withdrawn")
    page.context.close()
    assert faults == []


def test_the_search_knows_the_labels(noticed: Built) -> None:
    parts = [path.read_text("utf-8") for path in (noticed.review.html / "search-index").glob("papers-*.js")]
    texts = [part.partition("push(")[2].rpartition(")")[0] for part in parts]
    rows = [row for text in texts for row in json.loads(text, strict=False)["rows"]]
    assert {row[0]: row[5] for row in rows if len(row) > 5} == FLAGS


def test_exports_have_the_notice_in_the_note(noticed: Built) -> None:
    said = "Retracted on 4 March 2031 (https://doi.org/10.99999/notice.4)."
    data = noticed.review.html / "data"
    (item,) = (item for item in json.loads((data / "papers.csl.json").read_text("utf-8")) if item["id"] == RETRACTED)
    assert item["note"] == said
    assert f"N1  - note: {said}" in (data / "papers.ris").read_text("utf-8")
    bibtex = (data / "references.bib").read_text("utf-8").partition(f"{{{RETRACTED},")[2].partition("\n}")[0]
    assert re.sub(r"[{}\\]", "", bibtex).count(f"note = {said}") == 1
    (paper,) = (item for item in json.loads((data / "papers.json").read_text("utf-8")) if item["citekey"] == RETRACTED)
    assert [notice["registrant"] for notice in paper["notices"]] == ["retraction-watch", "publisher"]


def test_one_page_lists_all_notices_and_each_page_leads_to_it(noticed: Built) -> None:
    page = noticed.review.page("notices.html")
    headings = [heading.get_text() for heading in page.soup.select("h2")]
    assert headings == ["Retracted, withdrawn or removed", "Corrections and errata"]
    assert flags_of(page, ".litbook-papers") == FLAGS
    assert "OpenAlex was last asked on 2 November 2031, about 10 papers." in page.text(".litbook-notice-watch")
    assert "No service was asked about 2 papers; 2 of them without a DOI or an arXiv identifier." in page.text(
        ".litbook-notice-watch"
    )
    assert f"in Looking at loaves is kept: {REASON} (An Editor, 2 June 2031)" in page.text(f"[data-paper={RETRACTED}]")
    for name, way in (("book/index.html", "../notices.html"), (f"book/papers/{BOTH}.html", "../../notices.html")):
        assert noticed.review.page(name).links("footer")["Retractions and corrections"] == way


def test_readers_who_come_back_see_each_notice(noticed: Built) -> None:
    changes = json.loads((noticed.review.html / "changes.json").read_text("utf-8"))
    assert {item["citekey"]: (item["how"], item["date"]) for item in changes["papers"]} == dict.fromkeys(
        FLAGS, ("noticed", AFTER)
    )


def test_a_second_build_writes_nothing_and_a_lifted_notice_takes_its_labels_away(noticed: Built) -> None:
    before = noticed.review.stamps()
    assert noticed.review.build().code == 0
    assert noticed.review.stamps() == before
    path = noticed.review.path("book/corpus/facts.jsonl")
    text = path.read_text("utf-8")
    review = noticed.review
    path.write_text(text.replace('"kind": "correction"', '"gone": "2031-12-01", "kind": "correction"'), "utf-8")
    assert review.build().code == 0
    assert CORRECTED not in flags_of(review.page("all-papers.html"), ".litbook-list")
    assert "no longer said on 1 December 2031" in review.page(f"book/papers/{CORRECTED}.html").text(".litbook-notices")


@pytest.mark.parametrize(
    ("html", "labelled"),
    [
        ('<a href="../papers/x1.html">X</a>', '<a href="../papers/x1.html">X</a> {}'),
        ('<a href="papers/x1.html#a"><em>X</em></a>.', '<a href="papers/x1.html#a"><em>X</em></a> {}.'),
        ('<a href="../papers/x1.html">X</a> {}', '<a href="../papers/x1.html">X</a> {}'),
        ('<a href="papers/x1.html#sentence-2">sentence 2</a>', '<a href="papers/x1.html#sentence-2">sentence 2</a>'),
        ('<a href="../papers/x12.html">X</a>', '<a href="../papers/x12.html">X</a>'),
        ('<a href="https://example.org/x1.html">X</a>', '<a href="https://example.org/x1.html">X</a>'),
        (
            '<tr><td><a href="papers/x1.html">X</a></td><td><a href="papers/x1.html#sentence-2">rye</a></td></tr>'
            '<tr><td><a href="papers/x1.html#sentence-2">rye</a></td></tr>',
            '<tr><td><a href="papers/x1.html">X</a> {0}</td><td><a href="papers/x1.html#sentence-2">rye</a></td></tr>'
            '<tr><td><a href="papers/x1.html#sentence-2">rye</a> {0}</td></tr>',
        ),
        (
            '<a class="litbook-claim r" href="../papers/x1.html#sentence-2" title="Sentence 2">2</a>',
            '<a class="litbook-notice-mark litbook-claim r" href="../papers/x1.html#sentence-2" '
            'title="Retracted. Sentence 2">2</a>',
        ),
    ],
)  # fmt: skip
def test_links_are_labelled_once(html: str, labelled: str) -> None:
    flag = '<strong class="litbook-flag">retracted</strong>'
    assert label_links(html.format(flag), {"x1": "retracted"}) == labelled.format(flag)
