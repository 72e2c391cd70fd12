"""Tensions, acronyms, reading paths and what chapters set apart, in a really built book. All papers are invented."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import pairwise

import pytest
from browsing import open_browser, watch
from bs4 import Tag
from PIL import Image
from toybook import Built, Review, copy_toy, text_of

from litbook.text.sentences import split_sentences

HOSTILE = "Does <b>wax</b> *help* {cite}`x` [here](javascript:alert(1))?"
TENSIONS = f"""\
- id: examples
  question: "{HOSTILE}"
  themes: [dough-forecasting]
  sides:
    - - paper: mock2024fermentation
        quote: With five sensor series of earlier doughs in the context
      - paper: pretend2020risecast
        quote: It halves the error of a growth curve fitted to the same fermentation.
    - - paper: ophantom2022levain
        quote: Current forecasting models lose to the rule "wait until it doubles".
  status: confirmed
  by: the editors
  on: 2030-02-03
  note: The doughs differ.
  would_decide: Which model wins on slow doughs?
- id: alone
  question: Should a robot bake alone?
  themes: [baking-agents]
  answers: ["No", In most doughs]
  sides:
    - - {{paper: supposed2019should, quote: a robot should hand over at the steps where bakers exercise judgement}}
    - - {{paper: fancied2021kneadbot, quote: In 140 doughs the robot stops within one minute of an experienced baker}}
  status: candidate
  would_decide: Does it?
"""
PATHS = """\
- id: short
  title: Five <i>minutes</i>
  for: For the hungry.
  minutes: 5
  stops:
    - {page: chapters/loaf-vision, why: Look first.}
    - {page: about/method#how-it-was-made, why: See how.}
    - {paper: pretend2020risecast, why: One paper.}
    - {tension: alone, why: One doubt.}
"""
WAYS = """\
# Ways

A {acronym}`KP` kneads; a {acronym}`SS <sensor series>` is no {acronym}`SS <steps>`.

:::{reading-path} short
:::

:::{themes} 2
:::

## Of one theme

:::{tensions}
:theme: baking-agents
:::
"""
BOXES = """\
# Boxes

Open is {tension}`examples` and {tension}`whether robots *bake* <alone>`. The oven came first {outside}`oven1901`.

::::{by-question} Does it rise?
:::{list-table}
:header-rows: 1

* - Claim
  - For
  - How far
* - It halves the error
  - {cite}`pretend2020risecast`
  - one *curve*
:::
::::

:::{landmarks}
- {outside}`oven1901` is the first oven.
:::

:::{figure} loaf.svg
:alt: A loaf.

**A loaf**, drawn for this review.
:::
"""
OUTSIDE = """\
@misc{oven1901, author = {Inventa, Ada and Invento, Bo and Inventi, Cy}, title = {An *Oven* [x](y) & Its Bread},
  year = {1901}, doi = {10.1000/oven}}
"""
LOAF = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>:root{color-scheme:light dark}'
    "rect{fill:light-dark(#ff0000,#0000ff)}</style><rect width='9' height='9'/></svg>"
)
GLOSSARY = (
    "acronym,expansion,citekey,keep,reason\nKP,kneading policy,fancied2021kneadbot,keep,x\n"
    "SS,sensor series,pretend2020risecast,keep,x\nSS,steps,supposed2019should,keep,x\n"
)
CONCEPTS = (
    "term,also,place,sentence\nrobot,,baking-agents,\nproofing,leavening;Proof,loaf-vision,\n"
    "sensor series,,pretend2020risecast,2\n"
)


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Built:
    review = copy_toy(tmp_path_factory.mktemp("ways"))
    review.edit("_config.yml", "execute_notebooks: cache", 'execute_notebooks: "off"')  # no path needs a chart
    files = {
        "book/corpus/tensions.yml": TENSIONS,
        "book/corpus/paths.yml": PATHS,
        "book/corpus/glossary.csv": GLOSSARY,
        "book/tensions.md": "# Apart\n\n:::{tensions}\n:::\n",
        "book/glossary.md": "# Acronyms\n\n:::{concepts}\n:::\n\n:::{acronyms}\n:::\n",
        "book/corpus/concepts.csv": CONCEPTS,
        "book/about/ways.md": WAYS,
        "book/about/boxes.md": BOXES,
        "book/about/loaf.svg": LOAF,
        "book/corpus/outside.bib": OUTSIDE,
    }
    for name, text in files.items():
        review.path(name).write_text(text, "utf-8")
    agents, vision = (review.path(f"book/chapters/{name}.md") for name in ("baking-agents", "loaf-vision"))
    said = "\n## Words\n\nA *robot* is an arm that kneads; it lacks a nose. A robot sees `leavening` before\n"
    said += "leavening, and [a proof](../index.md) waits. Proofs come late; sensor series come too.\n"
    said += "\n## Doubts\n\nOf split minds {cite}`fancied2021kneadbot`.\n\nOn {tension}`whether they <alone>` bake.\n"
    agents.write_text(agents.read_text("utf-8").replace("\n## Papers", f"{said}\n## Papers"), "utf-8")
    proof = "\n## Words\n\nThe last rest is called *proofing*. A robot may watch it.\n"
    vision.write_text(vision.read_text("utf-8") + proof, "utf-8")
    method = review.path("book/about/method.md")
    method.write_text(method.read_text("utf-8") + "\n## How it was made\n\nBy hand.\n", "utf-8")
    listed = "".join(f"      - file: book/{name}\n" for name in ("tensions", "glossary", "about/ways", "about/boxes"))
    review.edit("_toc.yml", "      - file: book/about/method\n", f"{listed}      - file: book/about/method\n")
    return Built(review, review.build())


def follow(review: Review, page: str, link: Tag) -> Tag:
    """Return the element that a link of a page leads to."""
    address, _, anchor = str(link["href"]).partition("#")
    path = (review.html / page).parent / address if address else review.html / page
    found = review.page(path.resolve().relative_to(review.html.resolve()).as_posix())
    return found.one(f'[id="{anchor}"]') if anchor else found.article


def find_sentence(review: Review, citekey: str, number: int) -> str:
    papers = {paper["citekey"]: paper for paper in json.loads(review.path("book/data/papers.json").read_text("utf-8"))}
    start, end = split_sentences(papers[citekey]["abstract"])[number - 1]
    return str(papers[citekey]["abstract"][start:end])


def test_the_book_builds_without_a_warning(ways: Built) -> None:
    assert ways.run.code == 0, ways.run.output
    assert ways.run.warnings == []


def test_a_tension_shows_question_status_quotations_and_what_would_decide(ways: Built) -> None:
    page = ways.review.page("book/tensions.html")
    card = page.one("#tension-examples")
    heading = card.find("h2")
    assert isinstance(heading, Tag)
    assert text_of(heading) == HOSTILE
    assert page.text("#tension-examples .litbook-tension-status").startswith(
        "Confirmed by the editors on 3 February 2030 · "
    )
    sides = card.select(".litbook-side")
    quotes = [[text_of(quote).strip() for quote in side.select("blockquote p:not(.attribution)")] for side in sides]
    assert quotes == [
        [
            "“With five sensor series of earlier doughs in the context”",
            "“It halves the error of a growth curve fitted to the same fermentation.”",
        ],
        ['“Current forecasting models lose to the rule "wait until it doubles".”'],
    ]
    assert [str(link["href"]) for link in card.select(".attribution a")] == [
        f"papers/{key}.html" for key in ("mock2024fermentation", "pretend2020risecast", "ophantom2022levain")
    ]
    assert "What differs. The doughs differ." in " ".join(text_of(card).split())
    assert "What would settle it. Which model wins on slow doughs?" in " ".join(text_of(card).split())
    assert [card["id"] for card in page.soup.select(".litbook-tension")] == ["tension-examples", "tension-alone"]


def test_a_chapter_says_its_size_below_the_title_and_has_its_disagreement_beside_the_text(ways: Built) -> None:
    page = ways.review.page("book/chapters/baking-agents.html")
    assert page.one("h1").find_next("p")["class"] == ["litbook-chapter-line"]
    assert re.fullmatch(r"\d papers · \d minutes?", page.text(".litbook-chapter-line"))
    quoted, card = page.soup.select("#doubts .litbook-beside")
    assert quoted.find_next_sibling("p").get_text().startswith("Of split minds")
    assert quoted.get_text(" ", strip=True) == (
        "“In 140 doughs the robot stops within one minute of an experienced baker” Fancied et al. 2021"
    )
    assert card.find_next_sibling("p").get_text().startswith("On whether they")
    lines = [text_of(line).strip() for line in card.select("p")]
    assert lines == ["A possible disagreement", "Should a robot bake alone?", "No: 1", "In most doughs: 1"]
    assert card.find("a")["href"] == "../tensions.html#tension-alone"


def test_concepts_are_listed_with_the_sentences_that_explain_them(ways: Built) -> None:
    page = ways.review.page("book/glossary.html")
    listed = {
        text_of(term).strip(" #"): text_of(term.find_next("dd")) for term in page.soup.select(".litbook-concepts dt")
    }
    series = find_sentence(ways.review, "pretend2020risecast", 2)
    assert {term: " ".join(said.split()) for term, said in listed.items()} == {
        "proofing": "“The last rest is called proofing.” Also leavening, Proof. — Looking at loaves",
        "robot": "“A robot is an arm that kneads.” — Agents that bake",
        "sensor series": f"“{series}” — RiseCast: Forecasting Dough Rise with Sensor Series",
    }


def test_a_chapter_leads_from_the_first_use_of_a_concept_that_another_explains(ways: Built) -> None:
    page = ways.review.page("book/chapters/baking-agents.html")
    links = page.soup.select("a.litbook-concept")
    assert [text_of(link) for link in links] == ["leavening", "sensor series"]
    assert links[0]["title"] == "The last rest is called proofing."
    assert text_of(follow(ways.review, "book/chapters/baking-agents.html", links[0])).startswith("proofing")
    other = ways.review.page("book/chapters/loaf-vision.html").soup.select("a.litbook-concept")
    assert [text_of(link) for link in other] == ["robot"]
    assert ways.review.page("book/about/method.html").soup.select("a.litbook-concept") == []


def test_an_option_chooses_tensions(ways: Built) -> None:
    page = ways.review.page("book/about/ways.html")
    assert [card["id"] for card in page.soup.select(".litbook-tension")] == ["tension-alone"]


def test_papers_lead_to_their_tensions_and_to_the_other_sides(ways: Built) -> None:
    name = "book/papers/pretend2020risecast.html"
    section = ways.review.page(name).one("#disagrees-with")
    links = section.select("li a")
    assert text_of(follow(ways.review, name, links[0])).strip().startswith(HOSTILE)
    assert [str(link["href"]) for link in links[1:]] == ["ophantom2022levain.html"]
    assert ways.review.page("book/papers/madeup2022crust.html").soup.select("#disagrees-with") == []


def test_a_path_shows_its_stops_its_time_and_what_it_skips(ways: Built) -> None:
    name = "book/about/ways.html"
    page = ways.review.page(name)
    assert page.text("#path-short h2") == "Five <i>minutes</i>"
    stops = [int(text_of(stop).split()[0]) for stop in page.soup.select(".litbook-path .litbook-number")]
    assert len(stops) == 4
    assert page.text(".litbook-path-time").startswith(f"About {sum(stops)} minutes ")
    links = page.soup.select(".litbook-path ol a")
    titles = ["Looking at loaves", "How it was made", "RiseCast", "Should a robot bake alone?"]
    for link, title in zip(links, titles, strict=True):
        target = follow(ways.review, name, link)
        assert title.split(":", maxsplit=1)[0] in text_of(target), link
    skipped = [str(link["href"]) for link in page.soup.select(".litbook-path-skips a")]
    assert skipped == ["../chapters/dough-forecasting.html", "../chapters/baking-agents.html"]


def test_acronyms_are_listed_and_linked(ways: Built) -> None:
    page = ways.review.page("book/glossary.html")
    assert [text_of(term).strip() for term in page.soup.select("dl.litbook-acronyms dt")] == ["KP", "SS"]
    assert page.text(".litbook-collision:not(dd *)") == "With more than one long form: SS"
    name = "book/about/ways.html"
    links = ways.review.page(name).soup.select("a.litbook-acronym")
    assert [str(abbr["title"]) for link in links for abbr in link.select("abbr")] == [
        *("kneading policy", "sensor series", "steps")
    ]
    assert [text_of(follow(ways.review, name, link)).strip() for link in links] == ["KP", "SS", "SS"]


def test_an_edit_of_a_tension_changes_the_pages_that_show_it_and_no_other(ways: Built) -> None:
    before = ways.review.site()
    ways.review.edit("book/corpus/tensions.yml", "Does it?", "Does it, at night?")
    assert ways.review.build().code == 0
    after = ways.review.site()
    changed = {name for name in after if name.endswith(".html") and after[name] != before.get(name)}
    assert changed - {"search.html"} == {"book/tensions.html", "book/about/ways.html"}
    ways.review.edit("book/corpus/tensions.yml", "Does it, at night?", "Does it?")
    assert ways.review.build().code == 0
    assert ways.review.site()["book/tensions.html"] == before["book/tensions.html"]


def test_faults_of_all_three_stop_the_build_in_one_list(ways: Built) -> None:
    review = copy_toy(ways.review.root.parent / "faulty")
    for name, text in {
        "tensions.yml": TENSIONS.replace("In 140 doughs", "In 141 doughs"),
        "paths.yml": PATHS.replace("how-it-was-made", "nowhere"),
        "glossary.csv": GLOSSARY.replace("kneading policy", "kneading police"),
    }.items():
        review.path(f"book/corpus/{name}").write_text(text, "utf-8")
    review.path("book/tensions.md").write_text("# Apart\n\nA {acronym}`ZZ`.\n\n:::{tensions}\n:::\n", "utf-8")
    run = review.build()
    assert run.code == 1
    line = TENSIONS[: TENSIONS.index("In 140 doughs")].count("\n") + 1
    for message in (
        "book/corpus/glossary.csv:2: 'kneading police' does not appear word for word",
        "book/corpus/paths.yml:7: unknown section 'nowhere' of page 'about/method'",
        f"book/corpus/tensions.yml:{line}: not word for word in one sentence of the abstract of 'fancied2021kneadbot'",
        "book/tensions.md:3: unknown acronym 'ZZ'",
    ):
        assert message in run.output


@pytest.mark.parametrize("page", ["tensions", "glossary", "about/ways"])
def test_no_page_must_be_scrolled_sideways_on_a_phone(ways: Built, page: str) -> None:
    address = (ways.review.html / f"book/{page}.html").as_uri()
    with open_browser() as browser:
        tab, faults = watch(browser, "file://", width=360)
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        sides = [side.bounding_box() for side in tab.query_selector_all("#tension-alone .litbook-side")]
        assert all(one and other and other["y"] >= one["y"] + one["height"] for one, other in pairwise(sides))
        assert faults == []


def test_a_tension_in_a_chapter_leads_to_both_sides(ways: Built) -> None:
    page = ways.review.page("book/about/boxes.html")
    question, words = page.soup.select("a[href*='#tension-']")
    assert text_of(question) == HOSTILE
    assert page.text(".litbook-status").strip() == "(confirmed)"
    assert text_of(words) == "whether robots *bake*"
    assert words["title"] == "Should a robot bake alone? (candidate)"
    assert follow(ways.review, "book/about/boxes.html", question)["id"] == "tension-examples"


def test_a_work_outside_is_named_without_brackets_and_marked(ways: Built) -> None:
    page = ways.review.page("book/about/boxes.html")
    work = page.soup.select(".litbook-outside")[0]
    assert text_of(work) == "Inventa et al. 1901, An *Oven* [x](y) & Its Bread outside"
    (link,) = work.select("a")
    assert link["href"] == "https://doi.org/10.1000/oven"
    assert not work.select(".bibtex-citation")


def test_the_box_of_landmarks_says_what_it_is(ways: Built) -> None:
    page = ways.review.page("book/about/boxes.html")
    assert page.text(".litbook-landmarks .admonition-title") == "Read first, outside this collection"
    assert "are not evidence in this review" in page.text(".litbook-landmarks-mark")
    assert len(page.soup.select(".litbook-landmarks li .litbook-outside")) == 1


def test_a_table_by_question_has_it_as_caption_and_names_its_columns_in_each_row(ways: Built) -> None:
    page = ways.review.page("book/about/boxes.html")
    assert page.text("table.litbook-by-question caption").startswith("Does it rise?")
    cells = page.soup.select("table.litbook-by-question tbody tr td")
    assert [text_of(cell).strip() for cell in cells][0::2] == ["It halves the error", "How far: one curve"]
    assert text_of(cells[1]).strip().startswith("For: [")
    assert cells[1].select(".bibtex-citation a")


def test_a_figure_has_the_colours_of_the_page(ways: Built) -> None:
    page = ways.review.html / "book/about/boxes.html"
    with open_browser() as browser:
        for mode, colour in (("light", (255, 0, 0)), ("dark", (0, 0, 255))):
            tab, faults = watch(browser, "file://")
            tab.goto(page.as_uri())
            tab.evaluate("mode => document.documentElement.dataset.mode = mode", mode)
            shot = tab.locator("figure img[alt='A loaf.']").screenshot()
            assert faults == []
            with Image.open(BytesIO(shot)) as drawn:
                assert drawn.convert("RGB").getpixel((drawn.width // 2, drawn.height // 2)) == colour


def test_a_part_has_the_questions_of_its_chapters_beside_its_themes(ways: Built) -> None:
    page = ways.review.page("book/about/ways.html")
    aside = page.one("aside.litbook-questions[aria-label='Where its papers disagree']")
    assert [item.get_text(" ", strip=True) for item in aside.select("li")] == [
        "Should a robot bake alone? No: 1 In most doughs: 1"
    ]
    assert page.links("aside.litbook-questions") == {
        "Should a robot bake alone?": "../tensions.html#tension-alone", "All questions": "../tensions.html",
    }  # fmt: skip
