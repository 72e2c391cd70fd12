"""What changed: compared as values, read from commits and never from the work tree, and shown. All is invented."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from screenedbook import AFTER, BEFORE, DECISIONS, SOURCE, commit_twice, git, make_screened
from toybook import Built, Review

import litbook.analyse.history.commits
from litbook.__main__ import main
from litbook.analyse.history.commits import NO_COMMIT, NO_GIT, changes_since, read_history
from litbook.analyse.history.diff import HOWS, PaperText, Snapshot, compare, find_pages_to_look_at, render_changes
from litbook.core.project import Project
from litbook.model.history import History, Touched
from litbook.model.pages import Citation
from litbook.model.review import Decision
from litbook.pipeline import snapshot
from litbook.text.dates import say_date

CHANGES = "book/about/changes.html"
THEMES = {"cranes": "Paper cranes", "kelp": "Gardens of kelp"}
RETOUCHED = "The title changed; the title was “CrumbNet: Reading the Crumb of a Loaf from One Picture”."
TOUCHED = [
    ("retouched", "invented2021crumbnet", RETOUCHED),
    (
        *("moved", "fancied2021kneadbot"),
        "From Agents that bake to Looking at loaves: what pictures tell about bread. Reason: It looks <b>first</b>",
    ),
]


def state(titles: dict[str, str], *decisions: Decision) -> Snapshot:
    """Return a collection of papers by citekey and title, all with one abstract."""
    papers = {citekey: PaperText(title, "We fold.") for citekey, title in titles.items()}
    return Snapshot(papers, {decision.citekey: decision for decision in decisions}, THEMES)


def decide(theme: str | None, status: str = "include", reason: str = "it folds") -> Decision:
    return Decision(1, "crane", theme, status=status, reason=reason)


KNOWN = {"crane": "Crane"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (state(KNOWN), state(KNOWN), []),
        (state({}), state(KNOWN), [("new", "")]),
        (state({}), state(KNOWN, decide("kelp")), [("new", "")]),
        (state(KNOWN), state({}), [("dropped", "")]),
        (state(KNOWN), state({"crane": "Cranes"}), [("retouched", "The title changed; the title was “Crane”.")]),
        (state(KNOWN), state(KNOWN, decide("kelp")), [("placed", "Under Gardens of kelp. Reason: it folds")]),
        (
            state(KNOWN, decide("kelp")),
            state(KNOWN, decide("cranes", reason="")),
            [("moved", "From Gardens of kelp to Paper cranes. No reason was given.")],
        ),
        (state(KNOWN, decide("kelp")), state(KNOWN, decide("kelp", reason="it grows")), []),
        (state(KNOWN), state(KNOWN, decide(None, "exclude", "off")), [("excluded", "Reason: off")]),
        (state(KNOWN, decide(None, "exclude")), state(KNOWN), [("readmitted", "")]),
        (state(KNOWN, decide(None, "exclude")), state({}), []),
        (state({}), state(KNOWN, decide(None, "exclude", "off")), [("excluded", "Reason: off")]),
    ],
)
def test_each_change_is_listed_once_with_its_reason(
    before: Snapshot, after: Snapshot, expected: list[tuple[str, str]]
) -> None:
    assert [(item.how, item.detail) for item in compare(before, after)] == expected


def test_another_abstract_is_a_retouch() -> None:
    after = Snapshot({"crane": PaperText("Crane", "We unfold.")}, {}, THEMES)
    assert compare(state(KNOWN), after) == (Touched("retouched", "crane", "Crane", "The abstract was replaced."),)


@pytest.mark.parametrize("how", HOWS)
def test_pages_that_cite_a_changed_paper_are_worth_a_look(how: str) -> None:
    places = tuple(Citation("crane", "chapters/cranes.md", line, "Cranes") for line in (9, 3))
    found = find_pages_to_look_at([Touched(how, "crane", "Crane")], {"crane": places, "kelp": places})
    expected = {} if how in ("new", "placed") else {"chapters/cranes.md": (places[1], places[0])}
    assert found == expected


# --- From commits ---


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = make_screened(tmp_path / "review")
    commit_twice(review)
    return review


def history_of(review: Review) -> History:
    return read_history(Project(review.root), snapshot)


def changes_by_day(history: History) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(day.date, [(item.how, item.citekey, item.detail) for item in day.touched]) for day in history.days]


def test_commits_tell_what_changed_and_when(review: Review) -> None:
    history = history_of(review)
    assert changes_by_day(history) == [(AFTER, TOUCHED)]
    assert history.beginning == f"The collection was first recorded on {say_date(BEFORE)}."


def test_a_dirty_work_tree_and_a_clone_tell_the_same(review: Review, tmp_path: Path) -> None:
    clean = history_of(review)
    git(tmp_path, "clone", "--quiet", str(review.root), "clone")
    assert history_of(Review(tmp_path / "clone")) == clean
    review.edit(SOURCE, "Should a Robot Bake Alone?", "Should No Robot Bake Alone?")
    review.path("book/corpus/ledger.jsonl").unlink()
    shutil.rmtree(review.path(".litbook"))
    assert history_of(review) == clean


def test_what_was_compared_once_is_not_read_again(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    first = history_of(review)
    monkeypatch.setattr(litbook.analyse.history.commits, "_open_files", None)
    assert history_of(review) == first
    review.path(".litbook/history.json").write_text('{"code": ', "utf-8")
    with pytest.raises(TypeError):
        history_of(review)


def test_commits_of_one_day_are_one_group_and_other_commits_none(review: Review) -> None:
    review.edit(SOURCE, "Should a Robot Bake Alone?", "Should No Robot Bake Alone?")
    git(review.root, "commit", "--quiet", "--all", "--message", "The same day", day=AFTER)
    review.edit("book/chapters/baking-agents.md", "# Agents that bake", "# Bakers of metal")
    git(review.root, "commit", "--quiet", "--all", "--message", "A chapter alone", day="2026-03-03")
    assert [(date, [item[1] for item in items]) for date, items in changes_by_day(history_of(review))] == [
        (AFTER, ["invented2021crumbnet", "supposed2019should", "fancied2021kneadbot"])
    ]


def test_a_shallow_clone_says_where_its_history_begins(review: Review, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", review.root.as_uri(), "clone")
    history = history_of(Review(tmp_path / "clone"))
    assert history.days == ()
    assert history.beginning.startswith(f"The git history of this copy begins on {say_date(AFTER)}; earlier changes")


def test_a_review_in_a_folder_of_a_repository_has_its_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    review = make_screened(tmp_path / "below")
    assert history_of(review) == History(beginning=NO_GIT)
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "Something else", day=BEFORE)
    assert history_of(review) == History(beginning=NO_COMMIT)
    git(review.root, "add", "book/corpus")
    git(review.root, "commit", "--quiet", "--message", "Invented", day=BEFORE)
    history = history_of(review)
    assert history.days == ()
    beginning = f"The collection was first recorded on {say_date(BEFORE)}. No paper has been changed or moved"
    assert history.beginning.startswith(beginning)


def outside_git(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))


def without_git(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("PATH", str(root / "nothing"))


@pytest.mark.parametrize("hide", [outside_git, without_git])
def test_without_git_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hide: Callable[[pytest.MonkeyPatch, Path], None]
) -> None:
    review = make_screened(tmp_path / "review")
    hide(monkeypatch, review.root)
    assert history_of(review) == History(beginning=NO_GIT)
    result = diff(review)
    assert (result.exit_code, NO_GIT in result.output) == (1, True)


def test_links_in_a_commit_lead_nowhere_and_are_not_sources(review: Review) -> None:
    review.path("book/corpus/sources/linked.txt").symlink_to("2103.99991")  # where it leads would be a list of ids
    git(review.root, "add", "book/corpus")
    git(review.root, "commit", "--quiet", "--message", "A link", day="2026-03-03")
    assert changes_by_day(history_of(review)) == [(AFTER, TOUCHED)]


# --- `litbook diff` ---


def diff(review: Review, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", "--root", str(review.root), *arguments])


def test_diff_tells_what_is_not_committed_yet(review: Review) -> None:
    assert diff(review).output == "No paper has changed since HEAD.\n"
    decisions = review.path(DECISIONS)
    row = "mock2024fermentation,dough-forecasting,,analysis,include,Forecasts from context,invented editors,2026-01-02"
    review.edit(DECISIONS, row, "mock2024fermentation,,,,exclude,Too old,invented editors,2026-03-03")
    assert "Too old" in decisions.read_text("utf-8")
    assert diff(review).output.splitlines() == [
        "Excluded (1):",
        "  mock2024fermentation: Fermentation as a Sequence: Few Examples Are Enough (Reason: Too old)",
        "Worth checking, because they cite a paper that changed:",
        "  book/chapters/dough-forecasting.md:4: mock2024fermentation",
    ]


def test_diff_compares_with_any_revision(review: Review) -> None:
    touched = changes_since(Project(review.root), "HEAD~1", snapshot)
    assert [(item.how, item.citekey, item.detail) for item in touched] == TOUCHED
    assert render_changes(touched, {}) in diff(review, "HEAD~1").output


@pytest.mark.parametrize("revision", ["no-such", "HEAD~9", "HEAD^{tree}\nHEAD", "", "--help-me"])
def test_diff_says_where_there_is_no_such_revision(review: Review, revision: str) -> None:
    result = diff(review, "--", revision)
    assert result.exit_code == 1
    assert "no revision" in result.output


# --- The page, as `jupyter-book build` makes it ---


def test_the_page_tells_the_changes_by_day_and_links_to_the_papers(screened: Built) -> None:
    page = screened.review.page(CHANGES)
    section = page.one(f"#changes-{AFTER}")
    assert [" ".join(rubric.get_text().split()) for rubric in section.select("p.rubric")] == [
        *(
            "Title or abstract changed: 1",
            "Moved to another theme: 1",
            "Worth a look, since they cite a paper that changed",
        )
    ]
    items = [" ".join(item.get_text().split()) for item in section.select("li")]
    assert items[0] == f"CrumbNet: Reading the Crumb of One Loaf from One Picture — {RETOUCHED}"
    assert items[1].endswith("bread. Reason: It looks <b>first</b>")
    assert items[2:] == [
        "Agents that bake: fancied2021kneadbot in line 3, invented2021crumbnet in line 5",
        "Looking at loaves: invented2021crumbnet in line 3",
    ]
    assert set(page.links(f"#changes-{AFTER}").values()) == {
        *("../papers/invented2021crumbnet.html", "../papers/fancied2021kneadbot.html"),
        *("../chapters/baking-agents.html", "../chapters/loaf-vision.html"),
    }
    assert f"The collection was first recorded on {say_date(BEFORE)}." in page.article.get_text()
