"""Reading paths: what people wrote is read, leads somewhere, and takes as long as it says. All papers are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docutils.nodes import make_id
from invented import CRAFTS, GARDENS, ROOT, make_corpus_of, make_paper, put

from litbook.analyse.prose import check_prose
from litbook.analyse.prose.paths import WORDS_A_MINUTE, minutes_of, plan_paths
from litbook.analyse.prose.words import count_words
from litbook.core.project import Project
from litbook.ingest.editorial.paths import read_paths
from litbook.ingest.pages import make_page
from litbook.model.editorial import Editorial, PlannedPath, Quotation, ReadingPath, Stop, Tension
from litbook.model.pages import Page
from litbook.model.review import Corpus
from litbook.pipeline import make_corpus
from litbook.text.anchors import make_anchor

CHAPTER = """\
# Folding *paper*

One two three {cite}`ada` four {claim}`ada:1`.

## Wax `papers`

Five six.

### Rain

Seven [eight](https://example.org/nine).

```python
not = "read"
```

## Glue

:::{papers} paper-folding
:::

Nine ten eleven.
"""
TENSION = Tension(
    "wax", "Does wax help?", ((Quotation("ada", "It helps", 1),), (Quotation("bo", "It does not", 1),)),
    "candidate", "Does it?", 1, themes=(GARDENS.slug,), note="Two words",
)  # fmt: skip
PAGES = (
    make_page(CHAPTER, f"chapters/{CRAFTS.slug}.md"),
    make_page(
        "# Gardens\n\nOne.\n\n## Apart\n\n:::{tensions}\n:theme: tide-gardens\n:::\n", f"chapters/{GARDENS.slug}.md"
    ),
    make_page("# Tensions\n\n:::{tensions}\n:::\n", "tensions.md"),
    make_page("# Some\n\n:::{tensions}\n:paper: cy\n:::\n", "some.md"),
    make_page("A note.", "notes/ada.md"),
)
PAPERS = (make_paper("ada", "Two Words", "It helps now."), make_paper("bo", "B", "It does not."), make_paper("cy", "C"))
CORPUS = replace(
    make_corpus_of(PAPERS),
    editorial=Editorial((TENSION,), homes={"tensions": "tensions.md"}),
)


def plan(*stops: Stop, minutes: int = 5, corpus: Corpus = CORPUS, pages: tuple[Page, ...] = PAGES) -> PlannedPath:
    return plan_paths(corpus, [ReadingPath("p", "P", "For all.", minutes, stops, 3)], pages)[0]


def faults_of(planned: PlannedPath) -> list[str]:
    corpus = replace(CORPUS, editorial=replace(CORPUS.editorial, paths=(planned,)))
    return [str(fault) for fault in check_prose(corpus, [])]


def stop(kind: str, target: str, section: str = "") -> Stop:
    return Stop(kind, target, "Because.", 7, section)


def test_minutes_in_a_title_are_the_sum_of_what_the_stops_are_said_to_take() -> None:
    stops = (stop("paper", "ada"), stop("page", "some"))
    path = ReadingPath("p", "All, in {minutes}", "For all.", 5, stops, 3)
    assert plan_paths(CORPUS, [path], PAGES)[0].path.title == "All, in 2 minutes"


@pytest.mark.parametrize(
    ("made", "words", "title", "address"),
    [
        (stop("page", "chapters/paper-folding"), 17, "Folding paper", ("book/chapters/paper-folding", "")),
        (
            stop("page", "chapters/paper-folding", "wax-papers"),
            7,
            "Folding paper: Wax papers",
            ("book/chapters/paper-folding", "wax-papers"),
        ),
        (stop("page", "chapters/paper-folding", "rain"), 3, "Folding paper: Rain", None),
        (stop("page", "chapters/paper-folding", "glue"), 4, "Folding paper: Glue", None),
        (stop("page", "tensions"), 1 + 12, "Tensions", ("book/tensions", "")),
        (stop("page", "some"), 1, "Some", None),
        (stop("page", "chapters/tide-gardens", "apart"), 1 + 12, "Gardens: Apart", None),
        (stop("paper", "ada"), 5, "Two Words", ("book/papers/ada", "")),
        (stop("tension", "wax"), 12, "Does wax help?", ("book/tensions", "tension-wax")),
    ],
)
def test_a_stop_is_found_and_its_words_counted(
    made: Stop, words: int, title: str, address: tuple[str, str] | None
) -> None:
    (found,) = plan(made).stops
    assert (found.words, found.title) == (words, title)
    assert address is None or (found.docname, found.anchor) == address
    assert faults_of(plan(made)) == []


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (
            stop("page", "chapters/paper-foldings"),
            "unknown page 'chapters/paper-foldings'; did you mean 'chapters/paper-folding'?",
        ),
        (stop("page", "notes/ada"), "unknown page 'notes/ada'; write its path below book/, without .md"),
        (
            stop("page", "chapters/paper-folding", "zeppelins"),
            "unknown section 'zeppelins' of page 'chapters/paper-folding'; "
            "it has folding-paper, glue, rain, wax-papers",
        ),
        (stop("paper", "adda"), "unknown citekey 'adda'; did you mean 'ada'?"),
        (stop("tension", "wx"), "unknown tension 'wx'; did you mean 'wax'?"),
    ],
)
def test_a_stop_that_leads_nowhere_is_a_fault(made: Stop, fault: str) -> None:
    assert faults_of(plan(made)) == [f"book/corpus/paths.yml:7: {fault}"]


def test_a_tension_can_be_a_stop_only_where_all_are_drawn() -> None:
    homeless = replace(CORPUS, editorial=replace(CORPUS.editorial, homes={}))
    assert [one.partition("; ")[0] for one in faults_of(plan(stop("tension", "wax"), corpus=homeless))] == [
        "book/corpus/paths.yml:7: no page shows all tensions"
    ]


def test_a_path_skips_chapters_that_are_not_among_its_pages() -> None:
    assert plan(stop("page", "chapters/tide-gardens", "apart"), stop("paper", "ada")).skipped == (CRAFTS.slug,)
    assert plan(stop("page", "tensions")).skipped == (CRAFTS.slug, GARDENS.slug)
    assert plan(*(stop("page", f"chapters/{theme.slug}") for theme in (CRAFTS, GARDENS))).skipped == ()


@pytest.mark.parametrize(("over", "faulty"), [(1.0, False), (1.2, False), (1.21, True)])
def test_a_path_may_take_a_fifth_longer_than_it_promises(over: float, faulty: bool) -> None:
    text = "word " * round(10 * WORDS_A_MINUTE * over - 1)
    planned = plan(stop("page", "x"), minutes=10, pages=(make_page(f"# X\n\n{text}\n", "x.md"),))
    what = "reading path 'p' takes 13 minutes and promises 10; remove a stop, or promise more minutes"
    assert faults_of(planned) == ([f"book/corpus/paths.yml:3: {what}"] if faulty else [])


def test_minutes_are_rounded_up() -> None:
    assert [minutes_of(words) for words in (0, 1, WORDS_A_MINUTE, WORDS_A_MINUTE + 1)] == [0, 1, 1, 2]


def test_words_are_counted_without_the_marks() -> None:
    text = (
        "---\ntitle: x\n---\n(a-label)=\n:::{note}\n:class: x\n**Two** words – 1,000 e.g. don't state-of-the-art\n:::\n"
        "```\nof code\n```\n"
    )
    assert count_words(make_page(text, "x.md")) == 6


@pytest.mark.parametrize("heading", ["Wax & Glue", "7 ways: a *test*", "Été `code` 3–4", "What's “new”?", "A b  c"])
def test_an_anchor_is_the_identifier_that_docutils_makes(heading: str) -> None:
    (section,) = make_page(f"# {heading}\n", "x.md").sections
    assert section.anchor == make_anchor(section.heading) == make_id(section.heading)


def test_a_heading_with_a_role_has_no_anchor_that_could_be_known() -> None:
    assert [one.anchor for one in make_page("# All {count}`papers`\n\n## b\n", "x.md").sections] == ["", "b"]


def test_pages_can_only_draw_paths_that_are_there() -> None:
    corpus = replace(CORPUS, editorial=replace(CORPUS.editorial, paths=(plan(stop("paper", "ada")),)))
    page = make_page("# X\n\n:::{reading-path} p\n:::\n\n:::{reading-path} q\n:::\n", "x.md")
    fault = "book/x.md:6: unknown reading path 'q'; the paths are in book/corpus/paths.yml"
    assert [str(fault) for fault in check_prose(corpus, [page])] == [fault]


def test_what_people_wrote_is_read_with_its_lines(tmp_path: Path) -> None:
    text = (
        "- id: p\n  title: P\n  for: For all.\n  minutes: 5\n  note: Later.\n  stops:\n"
        "    - page: chapters/x.md#wax\n      why: A.\n    - why: B.\n      paper: ada\n    - {tension: wax, why: C.}\n"
    )
    stops = (
        Stop("page", "chapters/x", "A.", 7, "wax"),
        Stop("paper", "ada", "B.", 10),
        Stop("tension", "wax", "C.", 11),
    )
    read = read_paths(put(tmp_path, {"book/corpus/paths.yml": text}))
    assert read == ((ReadingPath("p", "P", "For all.", 5, stops, 1, "Later."),), [])
    assert read_paths(Project(tmp_path / "empty")) == ((), [])


@pytest.mark.slow
def test_the_first_review_offers_a_quarter_of_an_hour_an_hour_and_everything() -> None:
    paths = {planned.path.id: planned for planned in make_corpus(Project(ROOT))[0].editorial.paths}
    assert [paths[name].path.minutes for name in ("quarter-of-an-hour", "an-hour", "a-day")] == [15, 60, 130]
    assert [name for name, planned in paths.items() if not planned.skipped] == ["a-day"]


def test_the_first_review_offers_fifteen_minutes_on_each_part_with_stops_in_each_of_its_chapters() -> None:
    corpus = make_corpus(Project(ROOT))[0]
    paths = {planned.path.id: planned for planned in corpus.editorial.paths}
    for number, part in enumerate(corpus.parts, 1):
        planned = paths[f"part-{number}"]
        assert minutes_of(planned.words) <= 15
        assert not {theme.slug for theme in part.themes} & set(planned.skipped)
