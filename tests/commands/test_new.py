"""`litbook new` makes a complete review from any export, or leaves nothing behind. All papers here are invented."""

from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hostile import LINES
from invented import put, read_tree
from nothing_lost import FORMATS, Work, dying_after
from toybook import REPOSITORY, Built, Review
from workflows import Runner, git, publish_on

from litbook.__main__ import main
from litbook.commands.added_sources import add_sources
from litbook.commands.new_review import NOTEBOOKS, start_review
from litbook.core.project import Project
from litbook.pipeline import make_corpus, prepare

TOPICS = {
    "kelp": "kelp beds spring tide seaweed harvest salt water divers reef".split(),
    "crane": "paper crane mountain fold origami sheet crease wing glue".split(),
    "dough": "sourdough starter flour oven crust crumb yeast loaf bakery".split(),
}


def make_topical_bib(number: int, seed: int = 0) -> str:
    """Return a .bib of invented entries on three topics, shuffled by the seed."""
    entries = [_make_entry(n, list(TOPICS)[n % 3]) for n in range(number)]
    random.Random(seed).shuffle(entries)
    return "\n\n".join(entries) + "\n"


def _make_entry(number: int, topic: str) -> str:
    chance = random.Random(number)
    words = TOPICS[topic]
    title = f"On {topic.title()} and {' '.join(chance.sample(words, 2))}, Case {number}"
    sentences = [f"We study {topic} with {' and '.join(chance.sample(words, 3))}." for _ in range(4)]
    return (
        f"@article{{any{number},\n  title = {{{title}}},\n"
        f"  author = {{Invented, Ada and N{{\\'o}}body, Cy}},\n  year = {{{2020 + number % 9}}},\n"
        f"  journal = {{Journal of Things That Are Not}},\n  abstract = {{{' '.join(sentences)}}}\n}}"
    )


def run_new(folder: Path | str, *sources: Path, title: str = "") -> Result:
    options = [word for source in sources for word in ("--from", str(source))]
    return CliRunner().invoke(main, ["new", str(folder), *options, *(["--title", title] if title else [])])


# -- what it makes --------------------------------------------------------------------------------------------------


def test_exports_may_be_named_without_an_option(tmp_path: Path) -> None:
    put(tmp_path, {"a.bib": make_topical_bib(12), "b.bib": make_topical_bib(24, 1)})
    files = [str(tmp_path / "a.bib"), "--from", str(tmp_path / "b.bib")]
    named = CliRunner().invoke(main, ["new", str(tmp_path / "named"), *files])
    assert named.exit_code == 0, named.output
    assert "36 entries read" in named.output
    without = CliRunner().invoke(main, ["new", str(tmp_path / "without")])
    assert without.exit_code != 0
    assert "litbook new" in without.output
    assert not (tmp_path / "without").exists()


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_review_is_made_from_each_format_and_contains_the_export_unchanged(form: str, tmp_path: Path) -> None:
    content = FORMATS[form]([Work(n, f"Invented Thing {n}") for n in range(9)]).encode()
    put(tmp_path, {f"my.{form}": content})
    result = run_new(tmp_path / "review", tmp_path / f"my.{form}")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("9 entries read: 9 papers in ")
    assert (tmp_path / f"review/book/corpus/sources/my.{form}").read_bytes() == content
    assert not (tmp_path / "review/book/papers").exists()  # a build makes the pages
    corpus = prepare(Project(tmp_path / "review")).corpus
    assert len(corpus.papers) == len(list((tmp_path / "review/book/papers").glob("*.md"))) == 9
    chapters = {path.stem for path in (tmp_path / "review/book/chapters").glob("*.md")}
    assert chapters == {theme.slug for theme in corpus.themes()}
    toc = yaml.safe_load((tmp_path / "review/_toc.yml").read_text("utf-8"))
    listed = [toc["root"], *(page["file"] for part in toc["parts"] for page in part["chapters"])]
    assert [name for name in listed if not (tmp_path / f"review/{name}.md").is_file()] == []
    assert {f"book/chapters/{slug}" for slug in chapters} < set(listed)


def test_exports_with_one_name_are_both_kept_with_all_records(tmp_path: Path) -> None:
    shared, bib, ris = Work(0, "Shared Thing"), Work(1, "Thing of the Bib"), Work(2, "Thing of the Other")
    files = {"one/my.bib": FORMATS["bib"]([shared, bib]), "two/my.bib": FORMATS["ris"]([ris, shared])}
    put(tmp_path, files)
    result = run_new(tmp_path / "review", *(tmp_path / name for name in files))
    assert result.stdout.startswith("4 entries read: 3 papers in 1 suggested theme.")
    assert read_tree(tmp_path / "review/book/corpus/sources") == {
        "my.bib": files["one/my.bib"].encode(),
        "my-2.bib": files["two/my.bib"].encode(),
    }
    papers = make_corpus(Project(tmp_path / "review"))[0].papers
    assert {paper.title.plain: sorted(record.source for record in paper.records) for paper in papers} == {
        "Shared Thing": ["my-2.bib", "my.bib"],
        "Thing of the Bib": ["my.bib"],
        "Thing of the Other": ["my-2.bib"],
    }


def test_what_cannot_be_read_or_is_odd_is_reported_with_its_line(tmp_path: Path) -> None:
    put(tmp_path, {"my.bib": make_topical_bib(2) + "\n" + _make_entry(0, "kelp") + "\n@article{bad,\n  title = {Cut\n"})
    result = run_new(tmp_path / "review", tmp_path / "my.bib")
    assert (
        result.stdout
        == f"3 entries read: 2 papers in 1 suggested theme. Build it with: jupyter-book build {tmp_path / 'review'}\n"
        "1 record joined to another record of the same work: 1 by title.\n"
        "1 place in the sources not understood.\n"
    )
    odd, cut = result.stderr.splitlines()
    assert re.fullmatch(r"book/corpus/sources/my\.bib:\d+: the key 'any0' is that of line \d+ too; both were .*", odd)
    assert re.fullmatch(r"book/corpus/sources/my\.bib:\d+: the entry 'bad' has no closing brace.*", cut)
    todo = CliRunner().invoke(main, ["check", "--root", str(tmp_path / "review")]).stdout
    assert "both were read, rename one; the entry was read, and the file stays unchanged\n" in todo
    assert re.search(r"has no closing brace.*; it belongs to no paper, and the file stays unchanged\n", todo)


def test_an_export_whose_name_starts_with_a_dot_is_read(tmp_path: Path) -> None:
    put(tmp_path, {".export.bib": make_topical_bib(2)})
    assert run_new(tmp_path / "review", tmp_path / ".export.bib").stdout.startswith("2 entries read: 2 papers in ")


def test_any_title_is_written_correctly_to_every_file(tmp_path: Path) -> None:
    title = 'Bread: "why" & how, 50 % off # $x ${title} — Brot/パン'
    put(tmp_path, {"my.bib": make_topical_bib(2)})
    assert run_new(tmp_path / "review", tmp_path / "my.bib", title=title).exit_code == 0
    assert yaml.safe_load((tmp_path / "review/_config.yml").read_text("utf-8"))["title"] == title
    assert (tmp_path / "review/book/index.md").read_text("utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize("where", [".", "there", "not/yet/there"])
def test_an_empty_a_new_and_the_current_folder_are_accepted(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, {"my.bib": make_topical_bib(2)})
    (tmp_path / "here/there").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / ("here/there" if where == "." else "here"))
    assert run_new(where, tmp_path / "my.bib").exit_code == 0
    assert Path(where, "_config.yml").is_file()
    assert Path.cwd().is_dir()
    assert not [name for name in os.listdir(Path(where).resolve().parent) if name.startswith(".")]


# -- what it refuses ------------------------------------------------------------------------------------------------


def test_a_non_empty_folder_is_refused_and_left_unchanged(tmp_path: Path) -> None:
    put(tmp_path, {"my.bib": make_topical_bib(2), "full/notes.txt": "mine", "file": "mine"})
    before = read_tree(tmp_path)
    for name in ("full", "file"):
        result = run_new(tmp_path / name, tmp_path / "my.bib")
        assert result.exit_code == 1
        assert f"{tmp_path / name}: already exists and is not an empty folder; choose another one" in result.stderr
    assert read_tree(tmp_path) == before


def test_all_errors_of_a_command_are_listed_at_once_and_nothing_is_left_behind(tmp_path: Path) -> None:
    put(tmp_path, {"my.bib": make_topical_bib(2), "full/notes.txt": "mine"})
    before = sorted(tmp_path.rglob("*"))
    result = run_new(tmp_path / "full", tmp_path / "my.bib", tmp_path / "no.ris")
    assert result.exit_code == 1
    head, *faults = result.stderr.splitlines()
    assert head == "2 faults found; nothing was written:"
    assert [fault.strip().split(": ")[0] for fault in faults] == list(
        map(str, [tmp_path / "full", tmp_path / "no.ris"])
    )
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("neither a paper nor any known format", "my.bib: unknown format; supported: "),
        ("PK\x03\x04\x00\x00", "my.bib: a zip archive; unpack it and add the files in it"),
        ("", "my.bib: an empty file; check that the export is complete"),
        ('@string{a = "b"}\n', "litbook new: no papers in these sources; check that the exports are complete"),
        (
            "\n\n@article{cut, title = {Never Closed",
            "my.bib:3: the entry 'cut' has no closing brace; the file ends inside",
        ),
    ],
)
def test_sources_without_a_paper_are_refused_and_leave_no_folder(content: str, message: str, tmp_path: Path) -> None:
    put(tmp_path, {"my.bib": content, "sound.ris": FORMATS["ris"]([Work(0, "Invented")])})
    result = run_new(tmp_path / "a/b", tmp_path / "my.bib")
    assert result.exit_code == 1
    assert message in result.stderr
    assert str(tmp_path / "my.bib") in result.stderr or not message.startswith("my.bib: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["my.bib", "sound.ris"]


def test_of_several_sources_those_that_can_be_read_make_the_review(tmp_path: Path) -> None:
    put(tmp_path, {"bad.txt": "neither a paper nor any known format", "my.bib": make_topical_bib(2)})
    result = run_new(tmp_path / "review", tmp_path / "bad.txt", tmp_path / "my.bib")
    assert result.exit_code == 1
    assert result.stdout.startswith("2 entries read: 2 papers in ")
    assert result.stderr.startswith(f"1 file not read:\n  {tmp_path / 'bad.txt'}: unknown format; supported: ")
    assert [path.name for path in (tmp_path / "review/book/corpus/sources").iterdir()] == ["my.bib"]


def test_a_damaged_workbook_alone_is_refused_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "my.xlsx").write_bytes(b"PK\x03\x04 cut off")
    result = run_new(tmp_path / "review", tmp_path / "my.xlsx")
    assert result.exit_code == 1
    assert f"{tmp_path / 'my.xlsx'}: an Excel workbook: the workbook is damaged; save it as CSV" in result.stderr


@pytest.mark.parametrize("moment", [0, 1, 3, 20, 50])
def test_a_killed_command_leaves_no_half_made_review(moment: int, tmp_path: Path) -> None:
    put(tmp_path, {"my.bib": make_topical_bib(7)})
    start_review(tmp_path / "whole", [tmp_path / "my.bib"], "Invented")
    with dying_after(tmp_path, moment):
        start_review(tmp_path / "review", [tmp_path / "my.bib"], "Invented")
    assert not (tmp_path / "review").exists()
    assert (tmp_path / "my.bib").read_text("utf-8") == make_topical_bib(7)
    start_review(tmp_path / "review", [tmp_path / "my.bib"], "Invented")
    assert read_tree(tmp_path / "review").keys() == read_tree(tmp_path / "whole").keys()


# -- the draft of themes --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_drafted_themes_do_not_depend_on_the_order_of_papers_and_files(tmp_path: Path) -> None:
    entries = make_topical_bib(40).split("\n\n") + [FORMATS["bib"]([Work(n, f"Unlike {n}")]) for n in range(60)]
    mixed = random.Random(1).sample(entries, 100)
    put(tmp_path, {"a.bib": "\n\n".join(entries), "b.bib": "\n\n".join(mixed)})
    put(tmp_path, {"c/z.bib": "\n\n".join(entries[:13]), "c/a.bib": "\n\n".join(mixed)})
    drafts = []
    for number, names in enumerate([["a.bib"], ["b.bib"], ["c/z.bib", "c/a.bib"]]):
        start_review(tmp_path / f"review{number}", [tmp_path / name for name in names], "Invented")
        tree = read_tree(tmp_path / f"review{number}")
        drafts.append({name: tree[name] for name in tree if name.startswith(("book/chapters", "book/corpus/th", "_"))})
    assert len(drafts[0]) > 5
    assert drafts[0] == drafts[1] == drafts[2]


@pytest.mark.slow
def test_drafted_themes_match_the_three_topics_of_the_papers(tmp_path: Path) -> None:
    put(tmp_path, {"my.bib": make_topical_bib(60)})
    start_review(tmp_path / "review", [tmp_path / "my.bib"], "Invented")
    corpus, _, _ = make_corpus(Project(tmp_path / "review"))
    about: dict[str, set[str]] = {}
    for paper in corpus.papers:
        topic = next(topic for topic in TOPICS if f"On {topic.title()}" in paper.title.plain)
        about.setdefault(corpus.placements[paper.citekey].theme, set()).add(topic)
    assert {len(topics) for topics in about.values()} == {1}


def test_the_author_s_own_groups_become_themes_and_decisions(tmp_path: Path) -> None:
    entries = "".join(
        f"@article{{{group[0]}{number}, title = {{{title} of number {number}}}, author = {{Doe, Ada}}, year = 2031, "
        f"groups = {{{group}}}}}\n"
        for number in range(4)
        for title, group in (("The sourdough starter", "Bread, Loaves"), ("The rind of a wheel", "Cheese"))
    )
    put(tmp_path, {"my.bib": entries})
    result = run_new(tmp_path / "review", tmp_path / "my.bib")
    assert "Themes are your own groups: 8 of 8 papers placed by them.\n" in result.stdout
    for page in ("index.md", "chapters/bread.md", "corpus/themes.yml"):
        said = (tmp_path / "review/book" / page).read_text("utf-8")
        assert "suggested automatically" not in said.lower()
        assert "from the words" not in said
    corpus = make_corpus(Project(tmp_path / "review"))[0]
    assert sorted(theme.title for theme in corpus.themes()) == ["Bread", "Cheese", "Loaves"]
    placed = {paper.title.plain.split()[1]: corpus.placements[paper.citekey] for paper in corpus.papers}
    assert (placed["sourdough"].theme, placed["sourdough"].also, placed["rind"].theme) == (
        "bread",
        ("loaves",),
        "cheese",
    )
    assert placed["rind"].decided


def test_a_paper_in_a_group_that_was_also_screened_has_one_row_with_both(tmp_path: Path) -> None:
    dois = [f"10.5555/invented.{number}" for number in range(16)]
    entries = "".join(
        f"@article{{Doe{number}, title = {{The sourdough starter of number {number}}}, author = {{Doe, Ada}}, "
        f"year = 2031, doi = {{{doi}}}, groups = {{{'Bread' if number < 8 else 'Cheese'}}}}}\n"
        for number, doi in enumerate(dois)
    )
    rows = "".join(f"The sourdough starter of number {n},{doi},{n % 2}\n" for n, doi in enumerate(dois))
    put(tmp_path, {"my.bib": entries, "screened.csv": f"title,doi,included\n{rows}"})
    run_new(tmp_path / "review", tmp_path / "my.bib", tmp_path / "screened.csv")
    corpus = make_corpus(Project(tmp_path / "review"))[0]
    assert sorted(corpus.placements[paper.citekey].theme for paper in corpus.papers) == ["bread"] * 4 + ["cheese"] * 4


@pytest.mark.slow
@pytest.mark.parametrize("edited", [False, True])
def test_no_build_or_addition_ever_changes_the_themes_file(edited: bool, tmp_path: Path) -> None:
    put(
        tmp_path,
        {"my.bib": make_topical_bib(20), "more.ris": FORMATS["ris"]([Work(n, f"Other {n}") for n in range(9)])},
    )
    start_review(tmp_path / "review", [tmp_path / "my.bib"], "Invented")
    project = Project(tmp_path / "review")
    if edited:
        project.themes.write_bytes(project.themes.read_bytes().replace(b"\n", b"\r\n") + b"# mine")
    before = {name: content for name, content in read_tree(project.root).items() if _is_hand_written(name)}
    stamp = project.themes.stat().st_mtime_ns
    prepare(project)
    assert len(add_sources(project, [str(tmp_path / "more.ris")]).new) == 9
    prepare(project)
    after = read_tree(project.root)
    assert {name: after[name] for name in before} == before
    assert project.themes.stat().st_mtime_ns == stamp


def _is_hand_written(name: str) -> bool:
    return not name.startswith(("book/papers/", "book/data/", ".litbook/", "book/corpus/ledger.jsonl"))


# -- the real build -------------------------------------------------------------------------------------------------

# Titles and abstracts with syntax of Markdown, MyST, YAML and HTML; themes are drafted from them as well.
HOSTILE = [{"id": f"h{n}", "type": "book", "title": f"{line} case {n}", "abstract": f"{line}. {line} We study kelp.",
            "issued": {"date-parts": [[2030]]}} for n, line in enumerate(LINES[::7])]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build once a review that `litbook new` made from forty entries and hostile CSL-JSON, with its own workflow."""
    place = tmp_path_factory.mktemp("new")
    put(place, {"my.bib": make_topical_bib(40), "hostile.json": json.dumps(HOSTILE)})
    result = run_new(place / "review", place / "my.bib", place / "hostile.json", title="Invented & <b>Tested</b>")
    assert result.exit_code == 0, result.output
    review = Review(place / "review")
    publish_on(review.root, place / "remote.git")
    steps = Runner(review.root, place / "runner").build()
    assert list(steps) == ["Install litbook", "Check", "Build"], steps
    return Built(review, steps["Build"])


def test_the_new_review_builds_without_warnings(built: Built) -> None:
    assert built.run.code == 0, built.run.output
    assert built.run.warnings == []


def test_a_build_leaves_nothing_to_commit(built: Built) -> None:
    assert git(built.review.root, "status", "--porcelain") == ""


def test_every_page_says_that_its_theme_is_a_suggestion(built: Built) -> None:
    review = built.review
    assert "suggested automatically" in review.page("book/index.html").text("article.litbook-article")
    chapters = sorted(path.name for path in (review.html / "book/chapters").glob("*.html"))
    papers = sorted(path.name for path in (review.html / "book/papers").glob("*.html"))
    assert len(chapters) > 2
    assert len(papers) == 40 + len(HOSTILE)
    for name in chapters:
        page = review.page(f"book/chapters/{name}")
        first = page.soup.select("article.litbook-article p:not(.litbook-chapter-line)")[0].get_text()
        assert first == "Suggested automatically; no person has confirmed this theme or written this chapter yet."
    for name in papers:
        assert "This theme was suggested automatically" in review.page(f"book/papers/{name}").text(
            "article.litbook-article"
        )


def test_every_paper_is_listed_in_exactly_one_chapter(built: Built) -> None:
    review = built.review
    listed: list[str] = []
    for path in (review.html / "book/chapters").glob("*.html"):
        links = review.page(f"book/chapters/{path.name}").soup.select("article.litbook-article a[href^='../papers/']")
        listed += {str(link["href"]).removeprefix("../papers/").removesuffix(".html") for link in links}
    assert sorted(listed) == sorted(path.stem for path in (review.html / "book/papers").glob("*.html"))
    assert (review.html / "search.html").is_file()


def test_hostile_titles_appear_unchanged_on_their_pages(built: Built) -> None:
    catalogue = json.loads((built.review.root / "book/data/papers.json").read_text("utf-8"))
    hostile = {paper["citekey"]: paper["title"] for paper in catalogue if re.search(r" case \d+$", paper["title"])}
    assert len(hostile) == len(HOSTILE)
    for citekey, title in hostile.items():
        page = built.review.page(f"book/papers/{citekey}.html")
        assert page.text("article.litbook-article h1") == " ".join(title.split())
        scripts = page.soup.select('script:not([type="application/ld+json"])')  # a browser runs no data
        assert [script for script in scripts if "window.hurt" in script.get_text()] == []


def test_the_new_review_passes_check(built: Built) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(built.review.root)])
    assert result.exit_code == 0
    assert f"No faults in {40 + len(HOSTILE)} papers." in result.stdout


def test_the_skeleton_has_the_notebooks_of_this_review() -> None:
    ours = {path.name: path.read_text("utf-8") for path in (REPOSITORY / "book/analysis").glob("*.md")}
    skeleton = REPOSITORY / "scripts/litbook/commands/skeleton/book/analysis"
    assert {path.name: path.read_text("utf-8") for path in skeleton.glob("*.md")} == ours
    assert {f"{name}.md" for name in NOTEBOOKS} == ours.keys()
