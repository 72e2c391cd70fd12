"""`litbook theme` as typed, on copies of the invented toy review: all places in step, all or nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from screenedbook import git
from toybook import Review, copy_toy

from litbook.__main__ import main

TENSIONS = """\
# Kept.
- id: sight
  question: Is sight enough?
  themes: [loaf-vision, dough-forecasting]   # both
  sides:
    - - {paper: invented2021crumbnet, quote: "QUOTE"}
    - - {paper: invented2021crumbnet, quote: "QUOTE"}
  status: candidate
  by: invented editors
  on: 2026-01-02
  would_decide: A blind baker.
"""
PATHS = """\
- id: short
  title: A short way
  for: Those in a hurry.
  minutes: 30
  stops:
    - page: chapters/loaf-vision#papers
      why: What pictures show.
    - page: chapters/loaf-vision
      why: All of it.
"""
PROSE = """
See [loaves](loaf-vision.md), [their list](../chapters/loaf-vision.md#papers) and [references][all]; there are
{count}`papers in loaf-vision`.

:::{tensions}
:theme: loaf-vision
:::

[all]: ../data/themes/loaf-vision.bib
"""


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Return the toy with a mention of one theme in every place that can name one, committed and checked once."""
    review = copy_toy(tmp_path_factory.mktemp("themes") / "review")
    quote = _first_sentence(review)
    review.path("book/corpus/tensions.yml").write_text(TENSIONS.replace("QUOTE", quote), "utf-8")
    review.path("book/corpus/paths.yml").write_text(PATHS, "utf-8")
    review.path("book/corpus/concepts.csv").write_text("term,also,place,sentence\ncrumb,,loaf-vision,\n", "utf-8")
    excused = "file,number,reason\nbook/chapters/loaf-vision.md,12 loaves,Invented\n"
    review.path("book/corpus/excused.csv").write_text(excused, "utf-8")
    review.edit("book/chapters/loaf-vision.md", "One picture", "We baked 12 loaves. One picture")
    review.edit("book/chapters/loaf-vision.md", "of the crumb", "of the *crumb*")
    forecasting = review.path("book/chapters/dough-forecasting.md")
    forecasting.write_text(forecasting.read_text("utf-8") + PROSE, "utf-8")
    review.path(".gitignore").write_text("/.litbook/\n", "utf-8")
    git(review.root, "init", "--quiet")
    git(review.root, "add", ".")
    git(review.root, "commit", "--quiet", "--message", "Invented beginning")
    assert check(review).exit_code == 0, check(review).stderr
    return review


@pytest.fixture
def review(committed: Review, tmp_path: Path) -> Review:
    """Return a copy to change, with what checking it has computed."""
    shutil.copytree(committed.root, tmp_path / "review")
    return Review(tmp_path / "review")


def _first_sentence(review: Review) -> str:
    shown = CliRunner().invoke(main, ["show", "invented2021crumbnet", "--root", str(review.root)]).stdout
    found = re.search(r"sentence 1: (.*?)  \[", shown)
    assert found is not None
    return found[1]


def run(review: Review, *words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, ["theme", *words, "--root", str(review.root)], input=answer)


def check(review: Review) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(review.root)])


def read(review: Review, name: str) -> str:
    return review.path(name).read_text("utf-8")


def files(review: Review) -> dict[str, bytes]:
    return {name: content for name, content in review.inputs().items() if not name.startswith(".git/")}


def slugs(review: Review) -> list[list[str]]:
    parts = yaml.safe_load(read(review, "book/corpus/themes.yml"))
    return [[theme["slug"] for theme in part["themes"]] for part in parts]


def listed(review: Review) -> list[list[str]]:
    toc = yaml.safe_load(read(review, "_toc.yml"))
    return [[Path(entry["file"]).name for entry in part["chapters"]] for part in toc["parts"]]


def test_rename_changes_every_place_and_nothing_else(review: Review) -> None:
    before = files(review)
    result = run(review, "rename", "loaf-vision", "seeing-bread", "--yes")
    assert result.exit_code == 0, result.output
    assert check(review).exit_code == 0, check(review).stderr
    after = files(review)
    assert after.keys() ^ before.keys() == {"book/chapters/loaf-vision.md", "book/chapters/seeing-bread.md"}
    swapped = before["book/chapters/loaf-vision.md"].replace(b"loaf-vision", b"seeing-bread")
    assert after["book/chapters/seeing-bread.md"] == swapped
    for name in after.keys() & before.keys() - {"book/corpus/themes.yml"}:
        assert after[name] == before[name].replace(b"loaf-vision", b"seeing-bread"), name
    themes = before["book/corpus/themes.yml"].replace(b"slug: loaf-vision", b"slug: seeing-bread")
    asked = b'        - "Can a picture tell how a loaf tastes?"\n'
    assert after["book/corpus/themes.yml"] == themes.replace(asked, asked + b"      was: [loaf-vision]\n")


def test_git_undoes_it_as_the_last_line_says(review: Review) -> None:
    before = files(review)
    printed = run(review, "rename", "loaf-vision", "seeing-bread", "--yes").stdout
    undo = printed.splitlines()[-1].partition("Undo: ")[2]
    for command in undo.split(" && "):
        git(review.root, *command.split()[1:])
    assert files(review) == before


def test_changes_that_are_not_committed_are_named(review: Review) -> None:
    review.edit("_toc.yml", "title: Method", "title: Methods")
    printed = run(review, "rename", "loaf-vision", "seeing-bread", "--yes").stdout
    assert "_toc.yml had changes that are not committed" in printed.splitlines()[-1]


def test_a_title_is_changed_in_all_places(review: Review) -> None:
    assert run(review, "rename", "loaf-vision", "--title", "Bread & eyes", "--yes").exit_code == 0
    assert read(review, "book/chapters/loaf-vision.md").startswith("# Bread \\& eyes\n")
    assert 'title: "Bread & eyes"' in read(review, "book/corpus/themes.yml")
    assert "book/chapters/loaf-vision.md:1: the heading is" not in check(review).stdout


@pytest.mark.slow
def test_nothing_is_written_before_a_person_agrees(review: Review) -> None:
    before = files(review)
    for words, answer in ((["--dry-run"], None), ([], "n\n"), ([], "")):
        shown = run(review, "rename", "loaf-vision", "seeing-bread", *words, answer=answer)
        assert "rename book/chapters/loaf-vision.md → book/chapters/seeing-bread.md" in shown.stdout
        assert "-    - slug: loaf-vision\n+    - slug: seeing-bread\n" in shown.stdout
        assert files(review) == before
    assert run(review, "rename", "loaf-vision", "seeing-bread", answer="y\n").exit_code == 0
    assert files(review) != before


def test_a_write_that_fails_leaves_all_as_it_was(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(review)
    written: list[Path] = []
    real = Path.replace

    def fail_late(draft: Path, path: Path) -> Path:
        if review.root in path.parents:
            written.append(path)
            if len(written) == 4:
                raise OSError(28, "No space left on device", str(path))
        return real(draft, path)

    monkeypatch.setattr(Path, "replace", fail_late)
    result = run(review, "rename", "loaf-vision", "seeing-bread", "--yes")
    assert (result.exit_code, "No space left on device" in result.stderr) == (1, True)
    assert files(review) == before


def test_merge_joins_papers_rules_and_chapters(review: Review) -> None:
    result = run(review, "merge", "loaf-vision", "dough-forecasting", "--yes")
    assert result.exit_code == 0, result.output + result.stderr
    assert check(review).exit_code == 0, check(review).stderr
    assert slugs(review) == [["dough-forecasting"], ["baking-agents"]]
    assert listed(review)[:2] == [["dough-forecasting"], ["baking-agents"]]
    theme = yaml.safe_load(read(review, "book/corpus/themes.yml"))[0]["themes"][0]
    assert theme["was"] == ["loaf-vision"]
    assert {"crumb images", "fermentation"} <= set(theme["phrases"])
    assert "The input is a picture of bread." in theme["belongs"]
    assert theme["does_not_belong"][0]["goes_to"] == "baking-agents"
    assert "themes: [dough-forecasting]   # both" in read(review, "book/corpus/tensions.yml")
    decisions = read(review, "book/corpus/decisions.csv")
    assert "invented2021crumbnet,dough-forecasting,,method," in decisions
    assert "mythical2024oven,baking-agents,dough-forecasting,method," in decisions
    chapter = read(review, "book/chapters/dough-forecasting.md")
    assert "\n## Looking at loaves\n\nWe baked 12 loaves." in chapter
    assert chapter.count(":::{papers} dough-forecasting") == 1
    assert "[loaves](dough-forecasting.md#looking-at-loaves)" in chapter
    assert not review.path("book/chapters/loaf-vision.md").exists()
    assert "- page: chapters/dough-forecasting#looking-at-loaves" in read(review, "book/corpus/paths.yml")
    assert "the scope of 'dough-forecasting' is as it was; that of 'loaf-vision' was: Models that" in result.stdout


def test_merging_the_only_theme_of_a_part_removes_the_part(review: Review) -> None:
    review.edit("book/index.md", ":::{themes}\n", ":::{themes} 1\n")
    assert run(review, "merge", "baking-agents", "loaf-vision", "--yes").exit_code == 0
    assert check(review).exit_code == 0, check(review).stderr
    assert slugs(review) == [["loaf-vision", "dough-forecasting"]]
    assert listed(review)[0] == ["loaf-vision", "dough-forecasting"]
    assert "goes_to" not in read(review, "book/corpus/themes.yml")


def test_a_page_that_shows_the_part_stops_it(review: Review) -> None:
    review.edit("book/index.md", ":::{themes}\n", ":::{themes} 2\n")
    result = run(review, "merge", "baking-agents", "loaf-vision", "--yes")
    assert (result.exit_code, "part 2 would have no theme, and this page shows it" in result.stderr) == (1, True)


def test_split_makes_a_theme_with_papers_and_a_chapter(review: Review) -> None:
    words = ["split", "loaf-vision", "crusts", "--title", "Crusts: how they look", "--phrase", "crust"]
    result = run(review, *words, "--paper", "madeup2022crust", "--by", "Ada Invented", "--yes")
    assert result.exit_code == 0, result.output + result.stderr
    assert check(review).exit_code == 0, check(review).stderr
    assert slugs(review)[0] == listed(review)[0] == ["loaf-vision", "crusts", "dough-forecasting"]
    first, second, _ = yaml.safe_load(read(review, "book/corpus/themes.yml"))[0]["themes"]
    assert (first["phrases"], second["phrases"]) == (["crumb images", "loaf pictures", "image classifier"], ["crust"])
    assert "madeup2022crust,crusts,,analysis,include,Probes classifiers,invented editors,2026-01-02" in read(
        review, "book/corpus/decisions.csv"
    )
    assert "note: book/chapters/loaf-vision.md:4: cites madeup2022crust, now in 'crusts'" in result.stdout
    chapter = read(review, "book/chapters/crusts.md")
    assert chapter.startswith("# Crusts: how they look\n\n*No person has written this chapter yet.*\n")
    assert "Suggested" not in chapter


def test_split_refuses_papers_of_other_themes(review: Review) -> None:
    words = [
        "split",
        "loaf-vision",
        "crusts",
        "--title",
        "Crusts",
        "--paper",
        "mythical2024oven",
        "--paper",
        "nobody2020",
    ]
    result = run(review, *words, "--yes")
    assert result.exit_code == 1
    assert "'mythical2024oven' is in the theme 'baking-agents'" in result.stderr
    assert "no paper 'nobody2020'" in result.stderr


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        (["--after", "loaf-vision"], [["loaf-vision", "ovens", "dough-forecasting"], ["baking-agents"]]),
        (["--before", "loaf-vision"], [["ovens", "loaf-vision", "dough-forecasting"], ["baking-agents"]]),
        (["--part", "Part II. Making bread"], [["loaf-vision", "dough-forecasting"], ["baking-agents", "ovens"]]),
        (["--part", "Part III. Heat"], [["loaf-vision", "dough-forecasting"], ["baking-agents"], ["ovens"]]),
    ],
)
def test_add_puts_a_theme_where_it_is_meant(review: Review, where: list[str], parts: list[list[str]]) -> None:
    result = run(review, "add", "ovens", "--title", "Ovens", *where, "--yes")
    assert result.exit_code == 0, result.output + result.stderr
    assert check(review).exit_code == 0, check(review).stderr
    assert slugs(review) == listed(review)[: len(parts)] == parts


@pytest.mark.parametrize(
    ("slug", "where", "parts"),
    [
        ("dough-forecasting", ["--before", "loaf-vision"], [["dough-forecasting", "loaf-vision"], ["baking-agents"]]),
        ("loaf-vision", ["--after", "baking-agents"], [["dough-forecasting"], ["baking-agents", "loaf-vision"]]),
        ("baking-agents", ["--part", "Part I. Seeing bread"], [["loaf-vision", "dough-forecasting", "baking-agents"]]),
        ("loaf-vision", ["--part", "Eyes"], [["dough-forecasting"], ["baking-agents"], ["loaf-vision"]]),
    ],
)
def test_move_puts_a_theme_where_it_is_meant(
    review: Review, slug: str, where: list[str], parts: list[list[str]]
) -> None:
    title = "title: Looking at loaves"
    result = run(review, "move", slug, *where, "--yes")
    assert result.exit_code == 0, result.output + result.stderr
    assert check(review).exit_code == 0, check(review).stderr
    assert slugs(review) == listed(review)[: len(parts)] == parts
    assert title in read(review, "_toc.yml")


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["rename", "loaf-visions", "x"], "unknown theme 'loaf-visions'; did you mean 'loaf-vision'?"),
        (["rename", "loaf-vision", "no such"], "invalid slug 'no such'"),
        (["rename", "loaf-vision", "baking-agents"], "there is a theme 'baking-agents' already"),
        (["merge", "loaf-vision", "loaf-vision"], "'loaf-vision' and 'loaf-vision' are one theme"),
        (["move", "dough-forecasting", "--part", "Part I. Seeing bread"], "'dough-forecasting' is already there"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(review: Review, words: list[str], what: str) -> None:
    before = files(review)
    result = run(review, *words, "--yes")
    assert (result.exit_code, files(review) == before) == (1, True)
    assert what in result.stderr


def test_a_review_with_faults_is_left_alone(review: Review) -> None:
    review.edit("book/chapters/baking-agents.md", "disputed", "disputed {cite}`nobody1999x`")
    result = run(review, "rename", "loaf-vision", "seeing-bread", "--yes")
    assert (result.exit_code, "nobody1999x" in result.stderr) == (1, True)


def test_places_that_only_a_person_can_judge_are_noted(review: Review) -> None:
    notebook = review.path("book/analysis/papers-by-year.md")
    notebook.write_text(notebook.read_text("utf-8") + '\n```python\nchosen = "loaf-vision"\n```\n', "utf-8")
    printed = run(review, "rename", "loaf-vision", "seeing-bread", "--dry-run").stdout
    line = len(notebook.read_text("utf-8").splitlines()) - 1
    assert f"note: book/analysis/papers-by-year.md:{line}: still names 'loaf-vision'; look whether it should" in printed


def test_a_renamed_theme_moves_no_paper_in_the_history(review: Review) -> None:
    run(review, "rename", "loaf-vision", "seeing-bread", "--yes")
    shown = CliRunner().invoke(main, ["diff", "--root", str(review.root)])
    assert shown.stdout == "No paper has changed since HEAD.\n"


def test_a_slug_is_given_back(review: Review) -> None:
    run(review, "rename", "loaf-vision", "seeing-bread", "--yes")
    assert run(review, "rename", "seeing-bread", "loaf-vision", "--yes").exit_code == 0
    theme = yaml.safe_load(read(review, "book/corpus/themes.yml"))[0]["themes"][0]
    assert (theme["slug"], theme["was"]) == ("loaf-vision", ["seeing-bread"])


@pytest.mark.parametrize(
    ("was", "what"),
    [
        ("[baking-agents]", "'was' names 'baking-agents', the slug of a theme"),
        ("[a/b]", "invalid slug 'a/b' under 'was'"),
        ("[old, old]", "'was' names 'old', as another theme does"),
    ],
)
def test_a_former_slug_that_leads_nowhere_is_a_fault(review: Review, was: str, what: str) -> None:
    review.edit("book/corpus/themes.yml", "phrases: [robot,", f"was: {was}\n      phrases: [robot,")
    assert what in check(review).stderr
