"""The workflows of a new review do what they say, step by step as they are written. Everything here is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from invented import put
from toybook import REPOSITORY
from workflows import Runner, git, list_steps, publish_on, read_workflow

from litbook.commands.new_review import start_review
from litbook.commands.publishing.earlier import find_earlier
from litbook.core.project import Project

pytestmark = pytest.mark.slow

SKELETON = REPOSITORY / "scripts/litbook/commands/skeleton"
WORKFLOWS = SKELETON / "github/workflows"
TITLES = ("Kelp beds at spring tide", "Origami cranes folded twice", "Sourdough in a cold oven", "Reefs and divers")


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a new review that is committed and pushed."""
    entries = "".join(
        f"@article{{Doe{number}, title = {{{title}}}, author = {{Doe, Ada}}, year = {2030 + number}, "
        f"abstract = {{We study {title.lower()}. It holds in {number + 3} of 9 places.}}}}\n"
        for number, title in enumerate(TITLES)
    )
    put(tmp_path, {"my.bib": entries})
    root = tmp_path / "review"
    start_review(root, [tmp_path / "my.bib"], "Invented")
    publish_on(root, tmp_path / "remote.git")
    return root


def put_program(folder: Path, name: str, script: str) -> None:
    put(folder, {name: f"#!/bin/bash\n{script}"})
    (folder / name).chmod(0o755)


# -- their form -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["review.yml", "monthly.yml"])
def test_no_text_from_outside_becomes_a_command_and_each_step_says_what_it_is_for(name: str) -> None:
    workflow = read_workflow(WORKFLOWS / name)
    steps = [step for job in workflow["jobs"] for step in list_steps(workflow, job)]
    assert steps
    assert all(step["name"] and "${{" not in step["run"] for step in steps)


def test_the_actions_that_are_used_are_those_of_github_and_dependabot_renews_them() -> None:
    used = re.findall(r"uses: (\S+)", "".join(path.read_text("utf-8") for path in WORKFLOWS.glob("*.yml")))
    assert [name for name in used if not re.fullmatch(r"actions/[\w-]+@v\d+", name)] == []
    renewed = yaml.safe_load((SKELETON / "github/dependabot.yml").read_text("utf-8"))
    assert {item["package-ecosystem"] for item in renewed["updates"]} == {"github-actions", "pip"}


# -- a pull request ---------------------------------------------------------------------------------------------------


def check_request(root: Path, place: Path, base: str = "main") -> tuple[int, list[str]]:
    """Return the exit code of the step `Check`, here in a pull request to main, and its lines."""
    steps = Runner(root, place).run("review.yml", "build", until="Check", GITHUB_BASE_REF=base)
    assert steps["Install litbook"].code == 0, steps["Install litbook"].output
    return steps["Check"].code, steps["Check"].output.splitlines()


def test_a_request_is_annotated_only_where_it_adds_a_task(review: Path, tmp_path: Path) -> None:
    git(review, "switch", "--quiet", "--create", "more")
    put(review, {"book/corpus/sources/more.bib": "@article{x, title = {Cheese}, author = {Roe, Bo}, year = 2033}\n"})
    git(review, "add", ".")
    git(review, "commit", "--quiet", "--message", "Add cheese")
    code, lines = check_request(review, tmp_path / "place")
    assert code == 0, "\n".join(lines[-12:])
    said = [line.split("::")[2] for line in lines]
    assert [line for line in said if line.startswith("no search is recorded for more.bib")]
    papers = [line for line in said if "roe2033cheese" in line]
    assert sorted(line.split(": ")[1][:17] for line in papers) == ["not cited in any ", "theme not decided"]
    assert len(said) == len(papers) + 1


def test_a_cache_file_that_is_gone_when_it_is_read_stops_no_check(review: Path) -> None:
    cache = Project(review).cache
    put(cache, {"learned/kept.json": "{}"})
    (cache / "learned/replaced.json").symlink_to("gone.json")
    put(review, {"book/corpus/sources/more.bib": "@article{x, title = {Cheese}, author = {Roe, Bo}, year = 2033}\n"})
    assert find_earlier(Project(review), "main")


def test_a_fault_of_a_request_stops_it_with_file_and_line(review: Path, tmp_path: Path) -> None:
    chapter = next((review / "book/chapters").glob("*.md"))
    git(review, "switch", "--quiet", "--create", "wrong")
    chapter.write_text(f"{chapter.read_text('utf-8')}\nIt helps {{cite}}`doe2099none`.\n", "utf-8")
    git(review, "commit", "--quiet", "--all", "--message", "Cite")
    code, lines = check_request(review, tmp_path / "place")
    assert code == 1
    number = chapter.read_text("utf-8").count("\n")
    assert lines[0].startswith(
        f"::error file=book/chapters/{chapter.name},line={number}::unknown citekey 'doe2099none'"
    )


def test_on_a_push_no_task_is_shown(review: Path, tmp_path: Path) -> None:
    assert check_request(review, tmp_path / "place", base="") == (0, [])


# -- a month later ----------------------------------------------------------------------------------------------------

GH = """
echo "gh $*" >> "$HOME/gh.log"
case "$1 $2" in
  "issue list") echo -n "${OPEN_ISSUE:-}" ;;
  "issue create" | "issue edit") cp "$RUNNER_TEMP/issue.md" "$HOME/issue.md" ;;
esac
"""
# A service that knows where a paper was published, in place of `litbook fetch`: that command has tests of its own.
FETCH = r"""
if [ "$*" = fetch ]; then
  echo '{"title": "Kelp beds at spring tide", "venue": "Tides", "sources": ["A. Editor"]}' >> book/corpus/facts.jsonl
  echo 'doe2030kelp: `venue` ${HOME}'
elif [ "$1" = fetch ]; then
  echo "no notices"
else
  exec python -m litbook "$@"
fi
"""


def look(root: Path, place: Path, fetch: str = "", **known: str) -> tuple[list[str], str]:
    """Run the monthly workflow; return how it called `gh`, and the text of the issue."""
    put_program(place / "programs", "gh", GH)
    if fetch:
        put_program(place / "programs", "litbook", fetch)
    steps = Runner(root, place, place / "programs").run("monthly.yml", "look", **known)
    assert [run for run in steps.values() if run.code] == []
    issue = place / "home/issue.md"
    calls = (place / "home/gh.log").read_text("utf-8").splitlines()
    return calls, issue.read_text("utf-8") if issue.is_file() else ""


def test_what_a_month_found_is_on_a_branch_and_in_one_issue(review: Path, tmp_path: Path) -> None:
    head = git(review, "rev-parse", "HEAD")
    calls, issue = look(review, tmp_path / "one", FETCH)
    assert any(call.startswith("gh issue create --title Monthly look at this review --label") for call in calls)
    assert "https://github.com/invented/review/compare/main...monthly-look?expand=1" in issue
    assert "    doe2030kelp: `venue` ${HOME}\n    no notices\n" in issue
    assert git(review, "rev-parse", "origin/main") == head
    assert git(review, "diff", "--name-only", "origin/main", "origin/monthly-look") == "book/corpus/facts.jsonl\n"
    git(review, "switch", "--quiet", "main")
    calls, _ = look(review, tmp_path / "two", FETCH, OPEN_ISSUE="7")
    assert [call.split(" --body")[0] for call in calls if "issue" in call][1:] == [
        "gh issue edit 7",
        "gh issue comment 7",
    ]


def test_a_month_without_a_network_and_without_anything_to_do_opens_no_issue(review: Path, tmp_path: Path) -> None:
    calls, issue = look(review, tmp_path / "place")
    assert [call.split()[1] for call in calls] == ["api"]  # the schedule goes on all the same
    assert issue == ""
    assert git(review, "branch", "--list", "monthly-look") == ""


def test_an_update_that_is_due_is_said_in_an_issue(review: Path, tmp_path: Path) -> None:
    status = "question: What grows?\nmode: living\nsearched: 2031-01-01\ndue: 2032-01-01\nwho: [A. Editor]\n"
    put(review, {"book/corpus/status.yml": status})
    git(review, "add", ".")
    git(review, "commit", "--quiet", "--message", "Promise an update")
    day = "1956528000"  # 2032-01-01, in seconds
    assert look(review, tmp_path / "then", SOURCE_DATE_EPOCH=day)[1] == ""
    _, issue = look(review, tmp_path / "later", SOURCE_DATE_EPOCH=str(int(day) + 86_400))
    assert "    late: book/corpus/status.yml:4: the update due on 2032-01-01 is 1 day late" in issue
