"""The reader's own marks, notes and library, in the toy review in a real browser. All of it is invented."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import find_faults
from browsing import expect, watch
from marking import FILL, FORBID, Site, button, kept, name_of, pressed, upload
from toybook import Built, Review

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAPER = "book/papers/pretend2020risecast.html"
KEY = "pretend2020risecast"
OTHER = "ophantom2022levain"
TOTAL = 12
HOSTILE = "One\n\n<img src=x onerror='window.hurt=1'> </script> {brace 100% \\ [x](y)\n> end"


@pytest.fixture(params=["folder", "server"])
def site(request: pytest.FixtureRequest, browser: Browser, book: Built) -> Iterator[Site]:
    """Return the site in a folder and below a path of a server; a fault on any of its pages fails the test."""
    folder = book.review.html.as_uri()
    origin = folder if request.param == "folder" else str(request.getfixturevalue("served"))
    page, faults = watch(browser, origin, strict=True)
    yield Site(page.context, faults, origin)
    page.context.close()
    assert faults == []


@pytest.fixture
def folder(browser: Browser, book: Built) -> Iterator[Site]:
    """Return the site in a folder alone, for what does not depend on where it is."""
    page, faults = watch(browser, book.review.html.as_uri(), strict=True)
    yield Site(page.context, faults, book.review.html.as_uri())
    page.context.close()
    assert faults == []


# --- A paper's page, and marks in lists ---


def test_marks_and_a_note_are_kept_and_shown(site: Site) -> None:
    page = site.open(PAPER)
    assert pressed(page) == []
    button(page, "To read").click()
    button(page, "Star").click()
    button(page, "Read").last.click()
    assert pressed(page) == ["Read", "Star"]
    note = button(page, "Note")
    note.press("Enter")
    expect(page.get_by_label("Private note, kept in this browser only")).to_be_focused()
    page.keyboard.type("Rises <b>well</b>")
    expect(page.get_by_text("The note is kept in this browser.")).to_be_visible()  # after a pause, without leaving it
    page.keyboard.press("Escape")
    expect(note).to_be_focused()
    site.open(PAPER, page)
    assert pressed(page) == ["Read", "Star"]
    assert note.text_content() == "Note (you have one)"
    button(page, "Star").click()
    assert kept(page)["version"] == 1
    entry = kept(page)["papers"][KEY]
    assert (entry["state"], entry["starred"], entry["note"]) == ("read", False, "Rises <b>well</b>")
    site.open("search.html?q=risecast", page)
    marks = page.locator(f"[data-paper={KEY}] .litbook-mark")
    expect(marks).to_have_text(["read", "note"])
    assert page.locator(".litbook-mark").count() == 2
    site.open("search.html?read=with+a+note", page)
    expect(page.locator("[data-papers] li")).to_have_count(1)
    site.open("your-papers.html", page)
    expect(page.locator("[data-groups] h2")).to_have_text(["Read (1)", "With notes (1)"])
    assert page.locator(".litbook-note-text").inner_text() == "Rises <b>well</b>"
    page.get_by_role("button", name="Delete the note").click()
    expect(page.locator("[data-groups] h2")).to_have_text(["Read (1)"])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-groups] h2")).to_have_text(["Read (1)", "With notes (1)"])


def test_a_note_is_kept_when_the_page_is_left(browser: Browser, served: str) -> None:
    page, faults = watch(browser, served, strict=True)
    page.goto(f"{served}/{PAPER}")
    button(page, "Note").click()
    page.keyboard.insert_text("left at once")
    page.goto(f"{served}/all-papers.html")
    assert kept(page)["papers"][KEY]["note"] == "left at once"
    page.context.close()
    assert faults == []


def test_two_tabs_keep_in_step_and_lose_nothing_of_each_other(site: Site) -> None:
    one, two = site.open(PAPER), site.open(PAPER)
    button(one, "Star").click()
    if site.origin.startswith("file:"):  # each page is a process, and a busy browser drops some events between them
        site.come_back(two)
    expect(two.locator(".litbook-actions [aria-pressed=true]")).to_have_text("Star")
    deaf = site.open_deaf(PAPER)
    third = site.open(f"book/papers/{OTHER}.html")
    button(third, "To read").click()
    site.show(deaf)
    button(deaf, "Read").last.click()  # this tab received no event for what the third one wrote
    papers = kept(deaf)["papers"]
    assert (papers[KEY]["starred"], papers[KEY]["state"], papers[OTHER]["state"]) == (True, "read", "to read")


def test_a_tab_that_missed_an_event_is_in_step_once_it_is_used_again(site: Site) -> None:
    deaf = site.open_deaf(PAPER)
    one = site.open(PAPER)
    button(one, "Star").click()
    site.show(deaf)
    assert pressed(deaf) == []
    site.come_back(deaf)
    expect(deaf.locator(".litbook-actions [aria-pressed=true]")).to_have_text("Star")


@pytest.mark.parametrize("width", [1200, 360, 320])
def test_the_buttons_move_nothing(browser: Browser, served: str, width: int) -> None:
    places = []
    for blocked in (True, False):
        page, _ = watch(browser, served, width)
        if blocked:
            page.route("**/litbook-*.js*", lambda route: route.abort())
        page.goto(f"{served}/{PAPER}")
        if not blocked:
            page.evaluate("(key) => litbookYours.set(key, { state: 'read', starred: true, note: 'x' })", KEY)
            page.reload()
            assert pressed(page) == ["Read", "Star"]
        places.append(page.locator("#abstract").bounding_box())
        page.context.close()
    assert places[0] == places[1]


def test_what_is_not_known_here_stays(folder: Site) -> None:
    page = folder.open(PAPER)
    entry = {"state": "skimmed", "starred": False, "note": "", "colour": "red"}
    folder.keep(page, {"version": 3, "by": "a later script", "papers": {"gone1999": {"state": "read"}, KEY: entry}})
    folder.open(PAPER, page)
    button(page, "Star").click()
    after = kept(page)
    assert (after["version"], after["by"], after["papers"]["gone1999"]) == (3, "a later script", {"state": "read"})
    assert {**after["papers"][KEY], "changed": ""} == {**entry, "starred": True, "changed": ""}
    folder.open("your-papers.html", page)
    expect(page.locator("[data-paper=gone1999]")).to_contain_text("does not have this paper at the moment")


# --- Storage that is damaged, forbidden, full ---


@pytest.mark.parametrize("rubbish", ["{", '"x"', '{"papers":[]}', '{"papers":{"a":7}}'])
def test_rubbish_is_set_aside_and_reported(folder: Site, rubbish: str) -> None:
    page = folder.open(PAPER)
    folder.keep(page, rubbish)
    folder.open("your-papers.html", page)
    expect(page.locator("[data-notice]")).to_contain_text("could not be read in full")
    assert kept(page, name_of(page)) == rubbish
    folder.open(PAPER, page)
    button(page, "Star").click()
    assert kept(page)["papers"][KEY]["starred"] is True
    assert kept(page, f"{name_of(page)}:damaged") == rubbish
    folder.open("your-papers.html", page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    assert Path(download.value.path()).read_text("utf-8") == rubbish


@pytest.mark.parametrize("how", FORBID)
def test_without_storage_all_else_works(site: Site, how: str) -> None:
    site.context.add_init_script(FORBID[how])
    page = site.open(PAPER)
    button(page, "Star").click()
    expect(page.locator(".litbook-own-status")).to_contain_text("does not let this site store anything")
    assert pressed(page) == []
    button(page, "Note").click()
    page.keyboard.type("lost?")
    expect(page.locator(".litbook-own-status")).to_contain_text("copy it before you leave")
    assert page.locator("textarea").input_value() == "lost?"
    page.locator(".litbook-mode:visible").first.click()
    assert page.locator("html").get_attribute("data-mode") == "light"
    site.open("search.html?q=kneading", page)
    expect(page.locator("[data-papers] li").first).to_be_visible()
    site.open("your-papers.html", page)
    expect(page.locator("[data-notice]")).to_contain_text("cannot be saved")
    upload(page, "#your-files", "my.bib", f"@misc{{a, title={{{title_of(site, KEY)}}}}}")
    expect(page.locator("[data-library] strong")).to_contain_text(f"Your library has 1 of the {TOTAL} papers here")
    page.get_by_role("button", name="Mark the 1 as read").click()
    expect(page.locator(".litbook-yours-status")).to_contain_text("does not let this site store anything")


def title_of(site: Site, key: str) -> str:
    page = site.open(f"book/papers/{key}.html")
    title = page.locator("meta[name=citation_title]").get_attribute("content") or ""
    page.close()
    return title


def test_full_storage_loses_no_text_and_says_what_to_do(folder: Site) -> None:
    page = folder.open(PAPER)
    button(page, "Star").click()
    page.evaluate(FILL)
    page.reload()  # the theme writes there as well
    assert pressed(page) == ["Star"]
    button(page, "Note").click()
    page.keyboard.insert_text("x" * 3000)
    status = page.locator(".litbook-own-status")
    expect(status).to_contain_text("is full")
    expect(status).to_contain_text("copy it before you leave")
    assert len(page.locator("textarea").input_value()) == 3000
    button(page, "Star").click()  # to take away needs no room
    page.evaluate(
        "for (const name of Object.keys(localStorage)) if (name.startsWith('filler')) localStorage.removeItem(name)"
    )
    page.locator("textarea").blur()
    button(page, "Note").click()
    assert len(kept(page)["papers"][KEY]["note"]) == 3000


# --- Files ---


@pytest.mark.parametrize(("format", "suffix"), [("JSON", "json"), ("Markdown", "md"), ("BibTeX", "bib")])
def test_an_export_brings_marks_and_notes_back(site: Site, format: str, suffix: str, tmp_path: Path) -> None:
    page = site.open("your-papers.html")
    marks = {KEY: {"state": "read", "starred": True, "note": HOSTILE}, OTHER: {"state": "to read"}}
    page.evaluate("(marks) => litbookYours.change(Object.entries(marks))", marks)
    before = page.evaluate("litbookYours.all()")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Export as {format}").or_(
            page.get_by_role("button", name=f"({format})")
        ).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == f".{suffix}"
    page.locator("[data-forget]").click()
    expect(page.locator("[data-forget-ask] p")).to_contain_text("on 2 papers?")
    page.get_by_role("button", name="Delete them").click()
    expect(page.get_by_text("Nothing is marked yet.")).to_be_visible()
    assert kept(page) is None
    page.locator("#your-import").set_input_files(file)
    expect(page.locator("[data-import-ask] p")).to_contain_text("on 2 papers: 2 not marked here yet.")
    assert page.evaluate("litbookYours.all()") == {}
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("[data-groups] h2")).to_have_text(["Starred (1)", "To read (1)", "Read (1)", "With notes (1)"])
    after = page.evaluate("litbookYours.all()")
    assert {key: {**entry, "changed": ""} for key, entry in after.items()} == {
        key: {**entry, "changed": ""} for key, entry in before.items()
    }
    page.locator("#your-import").set_input_files(file)
    expect(page.locator(".litbook-yours-status")).to_contain_text("everything in it is already here (2 papers)")


def test_an_import_is_asked_for_and_can_be_undone_and_rubbish_is_refused(folder: Site) -> None:
    page = folder.open("your-papers.html")
    page.evaluate("(key) => litbookYours.set(key, { note: 'mine' })", KEY)
    theirs = {
        "review": "another",
        "papers": {KEY: {"note": "theirs"}, "__proto__": {"note": HOSTILE}, "b": {"state": 1}},
    }
    for answer in ("Cancel", "Import"):
        upload(page, "#your-import", "<b>marks</b>.json", json.dumps(theirs))
        question = page.locator("[data-import-ask] p")
        expect(question).to_contain_text(
            "1 not marked here yet, 1 whose marks or notes change. It was exported from another"
        )
        page.get_by_role("button", name=answer, exact=True).click()
    expect(page.locator("[data-groups] h2")).to_have_text(["With notes (2)"])
    assert page.evaluate("(key) => litbookYours.get(key).note", KEY) == "mine\n\ntheirs"
    assert page.locator("article :is(img, script, b)").count() == 0
    assert page.evaluate("window.hurt") is None
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-groups] h2")).to_have_text(["With notes (1)"])
    assert page.evaluate("litbookYours.all()")[KEY]["note"] == "mine"
    upload(page, "#your-import", "x.json", "{")
    expect(page.locator(".litbook-yours-status")).to_contain_text("x.json: This JSON file is damaged")


@pytest.mark.parametrize("name", ["references.bib", "papers.ris", "papers.csl.json"])
def test_a_library_shows_what_is_known(site: Site, book: Built, name: str) -> None:
    page = site.open("your-papers.html")
    page.locator("#your-files").set_input_files(book.review.html / "data" / name)
    expect(page.locator("[data-library] strong")).to_have_text(
        f"Your library has {TOTAL} of the {TOTAL} papers here; 0 are new to you."
    )
    titles = page.locator("[data-library] li a")
    expect(titles).to_have_count(TOTAL)
    page.get_by_label("Only titles with these words").fill("levain slow")
    expect(titles).to_have_text(["Levain Time: A Benchmark for <b>Slow</b> Fermentation"])
    page.get_by_role("button", name="as to read").click()
    expect(page.locator("[data-groups] h2")).to_have_text([f"To read ({TOTAL})"])
    expect(page.locator("[data-library] .litbook-mark")).to_have_text(["to read"])
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Nothing is marked yet.")).to_be_visible()
    page.get_by_role("link", name="Search the papers in your library").click()
    expect(page.locator("[role=status]")).to_contain_text(f"{TOTAL} papers in this list")


def test_several_files_are_dropped_and_what_cannot_be_read_is_reported(folder: Site) -> None:
    page = folder.open("your-papers.html")
    broken = "@misc{b, title={<img src=x onerror='window.hurt=1'> {},\n}\n"
    first = f"@misc{{a, title={{{title_of(folder, KEY)}}}}}\n{broken}"
    second = f"TY  - JOUR\nTI  - {title_of(folder, OTHER)}\nER  - \nTY  - JOUR\nTI  - Of something else\nER  - \n"
    page.locator("[data-drop]").evaluate(
        """(area, files) => {
          const data = new DataTransfer();
          for (const [name, text] of files) data.items.add(new File([text], name));
          const event = { dataTransfer: data, bubbles: true };
          for (const kind of ["dragover", "drop"]) area.dispatchEvent(new DragEvent(kind, event));
        }""",
        [["<b>a.bib", first], ["b.ris", second], ["c.txt", "Dear diary"]],
    )
    found = page.locator("[data-library]")
    expect(found.locator("strong")).to_have_text(
        f"Your library has 2 of the {TOTAL} papers here; {TOTAL - 2} are new to you."
    )
    expect(found).to_contain_text(
        "3 entries were read; 1 is not in this review. 1 entry could not be read; the first is in <b>a.bib at line 2"
    )
    found.get_by_text("Not in this review (1)").click()
    expect(found.locator(".litbook-elsewhere li")).to_have_text(["Of something else"])
    expect(found).to_contain_text("c.txt: it is neither BibTeX nor RIS")
    assert found.locator("img, b").count() == 0
    assert page.evaluate("window.hurt") is None


# --- All of it ---


def test_a_rebuilt_review_has_the_same_marks(browser: Browser, book: Built, tmp_path: Path) -> None:
    copy = Review(tmp_path / "later")
    shutil.copytree(book.review.root, copy.root)
    source = "book/corpus/sources/hf-papers-bread.txt"
    added = "Aardvarks at the Oven\nWe present an aardvark that bakes bread. It forecasts dough rise in the oven.\n"
    copy.edit(source, "RiseCast: Forecasting Dough Rise", f"{added}RiseCast: Forecasting Dough Rise")
    assert copy.build().code == 0
    assert len(list((copy.html / "book/papers").glob("*.html"))) == TOTAL + 2  # one added, one excluded
    blank, faults = watch(browser, "file:", strict=True)
    site = Site(blank.context, faults, book.review.html.as_uri())
    page = site.open(PAPER)
    button(page, "Star").click()
    site.origin = copy.html.as_uri()
    site.open(PAPER, page)
    assert pressed(page) == ["Star"]
    blank.context.close()
    assert faults == []


def test_without_scripts_the_page_says_so(browser: Browser, book: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{book.review.html.as_uri()}/your-papers.html")
    assert "Marks and notes need JavaScript;" in page.locator("article").inner_text()
    assert not page.locator("[data-body]").is_visible()
    page.goto(f"{book.review.html.as_uri()}/{PAPER}")
    assert not page.locator(".litbook-actions").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(browser: Browser, book: Built, served: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{served}/{PAPER}")
    page.evaluate("(key) => litbookYours.set(key, { state: 'read', starred: true, note: 'x' })", KEY)
    button(page, "Note").click()
    assert find_faults(page) == []
    page.goto(f"{served}/your-papers.html")
    assert find_faults(page) == []
    page.locator("#your-files").set_input_files(book.review.html / "data/references.bib")
    page.locator("[data-forget]").click()
    page.get_by_role("button", name="as read").click()
    expect(page.locator("[data-groups] h2")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert find_faults(page) == []
    context.close()
