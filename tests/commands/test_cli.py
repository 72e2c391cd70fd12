"""The commands `check` and `themes` as typed, and what holds for every command."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from invented import PACKAGE, SOUND, make_abstract, put, read_tree, write_page

import litbook
from litbook.__main__ import main
from litbook.ingest.ledgers.decisions import COLUMNS

UNRECORDED = "book/corpus/searches.yml: no search is recorded for"
RECORD = "say where, when and with which query the papers were found"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_check_lists_open_tasks_of_a_sound_review(root: Path) -> None:
    result = run("check", "--root", str(root))
    assert result.exit_code == 0
    faults, *rest = result.stdout.splitlines()
    assert faults == "No faults in 4 papers."
    key = "tidegardensneed"
    assert [line for line in rest if line.startswith("to do: ")] == [
        f"to do: book/chapters/tide-gardens.md: {key}: not cited in any chapter; cite it where it belongs",
        f"to do: book/corpus/decisions.csv: {key}: theme not decided (suggested: tide-gardens); "
        f"add the row: {key},tide-gardens,,,,,,",
        f"to do: {UNRECORDED} invented.txt; {RECORD}",
    ]
    at = rest.index("To do, by place:")
    assert rest[at + 1 :] == [
        f"     1 in book/{name}" for name in ("chapters", "corpus/decisions.csv", "corpus/searches.yml")
    ]
    assert "  title            4 of 4" in rest
    assert "  authors          3 of 4" in rest
    assert result.stderr == ""


@pytest.mark.slow
def test_check_folds_what_many_papers_share(tmp_path: Path) -> None:
    rows = "".join(f"Paper {word} of invented lists,Ada Invented,2031,{make_abstract(seed)}\n"
                   for seed, word in enumerate("abcdefghijklmnopqrstuvwxyz"))  # fmt: skip
    source = tmp_path / "list.csv"
    source.write_text("title,author,year,abstract\n" + rows, "utf-8")
    review = str(tmp_path / "review")
    assert run("new", review, "--from", str(source)).exit_code == 0
    shown = [line for line in run("check", "--root", review).stdout.splitlines() if line.startswith("to do: ")]
    assert shown == [
        "to do: book/chapters: 26 papers: not cited in any chapter; cite them where they belong; "
        "litbook check --all lists them",
        "to do: book/corpus/decisions.csv: 26 papers: theme not decided; "
        "confirm or change the suggestions, one row for each paper; litbook check --all lists them",
        f"to do: {UNRECORDED} list.csv; {RECORD}",
    ]
    every = run("check", "--all", "--root", review).stdout
    assert every.count("theme not decided") == every.count("not cited in any chapter") == 26


def test_check_lists_an_identifier_of_several_papers_once(tmp_path: Path) -> None:
    works = {"Sugar and bees": "J. Doe", "Frost and silage": "R. Roe", "Sheep": "E. Poe"}
    rows = "".join(
        f"{title},{author},2016,10.5555/congress.2016,{make_abstract(seed)}\n"
        for seed, (title, author) in enumerate(works.items())
    )
    source = tmp_path / "congress.csv"
    source.write_text("title,author,year,doi,abstract\n" + rows, "utf-8")
    assert "3 papers" in run("new", str(tmp_path / "review"), "--from", str(source)).stdout
    shown = run("check", "--root", str(tmp_path / "review")).stdout
    assert shown.count("10.5555/congress.2016") == 1
    assert (
        "to do: book/corpus/pairs.csv: one doi, 3 papers: 10.5555/congress.2016 of doe2016sugar, poe2016sheep, "
        "roe2016frost; nothing to do if it names a supplement or a book; otherwise add the row: "
        "doe2016sugar,poe2016sheep,yes\n"
    ) in shown


def test_brief_lists_each_theme_with_typical_and_borderline_papers(root: Path) -> None:
    output = run("brief", "--themes", "--papers", "1", "--root", str(root)).stdout
    assert re.findall(r"^## .* \(([\w-]+), \d+ papers?\)$", output, re.MULTILINE) == ["paper-folding", "tide-gardens"]
    assert output.count("   typical: ") == 2
    assert re.search(r"^   borderline: \w+: .* \| rather [\w-]+\?$", output, re.MULTILINE)
    assert run("brief", "--root", str(root)).exit_code == 2


def test_brief_gives_a_writer_the_sentences_with_what_to_write(root: Path) -> None:
    found = json.loads(run("brief", "paper-folding", "--json", "--root", str(root)).stdout)
    assert (found["theme"]["slug"], found["chapter"]) == ("paper-folding", "book/chapters/paper-folding.md")
    paper = next(paper for paper in found["papers"] if paper["sentences"])
    first = paper["sentences"][0]
    assert first["write"] == f"{{cite}}`{paper['citekey']}`{{claim}}`{paper['citekey']}:1`"
    text = run("brief", "paper-folding", "--root", str(root)).stdout
    assert f"  1. {first['text']}\n     {first['write']}\n" in text
    # What it offers is accepted as it is.
    chapter = root / "book/chapters/paper-folding.md"
    chapter.write_text(f"{chapter.read_text('utf-8')}\nThey fold {first['write']}.\n", "utf-8")
    assert run("check", "--root", str(root)).exit_code == 0
    wrong = run("brief", "paper-foldings", "--root", str(root))
    assert (wrong.exit_code, "did you mean 'paper-folding'?" in wrong.stderr) == (1, True)


def test_check_prints_json(root: Path) -> None:
    found = json.loads(run("check", "--json", "--root", str(root)).stdout)
    assert found["faults"] == []
    assert {"file", "line", "what", "remedy"} == found["todos"][0].keys()
    put(root, {"book/chapters/new.md": "{cite}`unknown1999`\n"})
    result = run("check", "--json", "--root", str(root))
    (fault,) = json.loads(result.stdout)["faults"]
    assert (result.exit_code, fault["file"], fault["line"]) == (1, "book/chapters/new.md", 1)


def test_themes_bench_compares_the_draft_with_people_s_groups(tmp_path: Path) -> None:
    topics = {"bread": "sourdough starter", "robot": "gripper design", "sleep": "shift scheduling"}
    rows = "".join(
        f"The {phrase} of case {number},A. Doe,2031,Invented,We look at {phrase} once more.,{label}\n"
        for label, phrase in topics.items()
        for number in range(8)
    )
    (tmp_path / "grouped.csv").write_text(f"title,author,year,journal,abstract,session\n{rows}", "utf-8")
    (tmp_path / "kept.txt").write_text("Gripper design\n", "utf-8")
    output = run("themes-bench", str(tmp_path / "grouped.csv"), "--label", "session", "--kept",
                 str(tmp_path / "kept.txt")).stdout  # fmt: skip
    assert "24 papers in 3 groups" in output
    assert re.search(r"AMI\): drafted (?:0\.[6-9]\d*|1\.000)", output), output
    assert "names that a reader kept: 1 of " in output


def test_the_row_that_check_names_confirms_the_suggestion(root: Path) -> None:
    output = run("check", "--root", str(root)).stdout
    (row,) = re.findall(r"add the row: (\S+)", output)
    with (root / "book/corpus/decisions.csv").open("a", encoding="utf-8") as decisions:
        decisions.write(row + "\n")
    output = run("check", "--root", str(root)).stdout
    assert output.startswith("No faults in 4 papers.")
    assert "not decided" not in output


def test_check_prints_github_annotations(root: Path) -> None:
    result = run("check", "--root", str(root), "--format", "github")
    assert result.exit_code == 0
    assert (
        "::warning file=book/chapters/tide-gardens.md,line=1::tidegardensneed: not cited in any chapter"
        in result.stdout
    )
    with (root / "book/corpus/decisions.csv").open("a", encoding="utf-8") as decisions:
        decisions.write("nobody2031x,tide-gardens,,method,include,100% sure,invented editors,2031-01-01\n")
    result = run("check", "--root", str(root), "--format", "github")
    assert result.exit_code == 1
    line = len((root / "book/corpus/decisions.csv").read_text("utf-8").splitlines())
    assert f"::error file=book/corpus/decisions.csv,line={line}::unknown citekey 'nobody2031x'" in result.stdout


def test_check_lists_notes_without_a_paper(root: Path) -> None:
    put(root, {"book/notes/gone2031paper.md": "An invented note on a paper that is gone.\n"})
    output = run("check", "--root", str(root)).stdout
    assert "book/notes/gone2031paper.md: note on a paper that is not in the review" in output


def test_check_writes_nothing_below_book(root: Path) -> None:
    before = read_tree(root / "book")
    run("check", "--root", str(root))
    assert read_tree(root / "book") == before


def test_check_lists_faults_on_stderr_and_fails(root: Path) -> None:
    (root / "book/corpus/decisions.csv").unlink()
    put(root, {"book/corpus/facts.jsonl": "nothing\n", "book/chapters/new.md": "{cite}`nobody1999`\n"})
    result = run("check", "--root", str(root))
    assert (result.exit_code, result.stdout) == (1, "")
    head, *faults = result.stderr.splitlines()
    assert head == "2 faults found; nothing was written:"
    assert [fault.split()[0] for fault in faults] == ["book/chapters/new.md:1:", "book/corpus/facts.jsonl:1:"]
    assert run("themes", "--root", str(root)).exit_code == 1


@pytest.mark.slow
def test_python_m_litbook_runs_in_the_folder_of_the_review(root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-m", "litbook", "check"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("No faults in 4 papers.\n")


def test_themes_prints_the_agreement_and_the_hardest_papers(tmp_path: Path) -> None:
    works = [(f"Paper Crane {n}", f"We fold a paper crane with a mountain fold, number {n} of many.") for n in range(8)]
    works += [(f"Kelp Bed {n}", f"We grow a kelp bed below the spring tide, number {n} of many.") for n in range(8)]
    shutil.copytree(SOUND / "book", tmp_path / "book", ignore=shutil.ignore_patterns("chapters", "*.jsonl"))
    put(tmp_path, {"book/corpus/sources/invented.txt": write_page([*works, ("Odd One", make_abstract(1))])})
    keys = [f"papercrane{n}" for n in range(8)] + [f"kelpbed{n}" for n in range(8)] + ["oddone"]
    rows = [
        (key, "tide-gardens" if key in {"papercrane3", "oddone"} or "kelp" in key else "paper-folding") for key in keys
    ]
    _write_decisions(tmp_path, rows)
    result = run("themes", "--root", str(tmp_path), "--hardest", "3")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    agreed = int(lines[0].split()[0])
    assert lines[0] == (
        f"{agreed} of 17 decisions agree with the suggested theme ({agreed / 17:.1%}); "
        "each suggestion was made without the paper's own decision."
    )
    assert 15 <= agreed <= 16
    assert lines[1].split() == ["7", "of", "7", "paper-folding"]
    assert lines[2].split() == [str(agreed - 7), "of", "10", "tide-gardens"]
    hardest = [line.split(":")[0].strip() for line in lines[5:]]
    assert len(hardest) == 3
    crane = lines[5 + hardest.index("papercrane3")]
    assert crane.startswith("  papercrane3: tide-gardens | paper-folding, then tide-gardens, 1.00 | ")
    assert "crane" in crane.rpartition("|")[2]


def test_themes_counts_only_decided_papers_as_agreed(root: Path) -> None:
    found = json.loads(run("themes", "--json", "--root", str(root)).stdout)
    assert (found["papers"], found["decided"]) == (4, 3)
    for theme in found["themes"]:
        assert theme["agreed"] <= theme["decided"] <= theme["papers"]
    assert sum(theme["papers"] - theme["decided"] for theme in found["themes"]) == 1
    assert [paper["citekey"] for paper in found["undecided"]] == ["tidegardensneed"]
    output = run("themes", "--root", str(root)).stdout
    assert " 1 paper is not decided.\n" in output
    assert output.splitlines()[-2:][0] == "Not decided, least sure first (suggested, margin | phrases that decided it):"


def _write_decisions(root: Path, rows: list[tuple[str, str]]) -> None:
    with (root / "book/corpus/decisions.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, COLUMNS, restval="")
        table.writeheader()
        table.writerows({"citekey": key, "theme": theme, "reason": "invented"} for key, theme in rows)


def test_themes_reports_that_there_are_no_decisions(root: Path) -> None:
    (root / "book/corpus/decisions.csv").unlink()
    result = run("themes", "--root", str(root))
    first, *rest = result.stdout.splitlines()
    assert (result.exit_code, first) == (0, "No decisions yet: all 4 papers are placed by suggestion.")
    assert len([line for line in rest if line.startswith("  ")]) == 4


def test_version_prints_the_version_of_the_package() -> None:
    assert run("--version").stdout == f"litbook, version {litbook.__version__}\n"


def test_help_lists_every_command_without_importing_anything_heavy() -> None:
    code = "import sys; from litbook.commands.cli import main; main(['--help'], standalone_mode=False); "
    code += "print(sorted({'litbook.pipeline', 'numpy', 'requests', 'sphinx', 'yaml'} & sys.modules.keys()))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    *lines, heavy = done.stdout.splitlines()
    assert heavy == "[]"
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert sorted(set(listed) & set(main.commands)) == sorted(main.commands)


@pytest.mark.parametrize("command", [["check"], ["themes"], ["show", "x"], ["diff"], ["add", "2310.16828"], ["fetch"]])
def test_a_folder_without_a_review_is_named_and_left_alone(command: list[str], tmp_path: Path) -> None:
    result = run(*command, "--root", str(tmp_path))
    assert (result.exit_code, result.stdout, list(tmp_path.iterdir())) == (1, "", [])
    assert f"{tmp_path}: not a review; change to the folder that contains _config.yml" in result.stderr


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_an_example_and_explains_its_options(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Example: litbook {name}" in " ".join(result.stdout.split())
    options = [option for option in main.commands[name].params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def complete(*words: str, begun: str) -> list[str]:
    shell = ShellComplete(main, {}, "litbook", "_LITBOOK_COMPLETE")
    return [item.value for item in shell.get_completions(list(words), begun)]


def test_a_shell_completes_citekeys_and_themes(root: Path) -> None:
    review = ("--root", str(root))
    keys = [json.loads(line)["citekey"] for line in (root / "book/corpus/ledger.jsonl").read_text("utf-8").splitlines()]
    assert complete("show", *review, begun="") == sorted(keys)
    assert complete("show", *review, begun=keys[0]) == [keys[0]]
    slugs = re.findall(r"slug: (\S+)", (root / "book/corpus/themes.yml").read_text("utf-8"))
    assert complete("brief", *review, begun="") == slugs
    assert complete("theme", "merge", *review, slugs[0], begun=slugs[-1][:3]) == [
        slug for slug in slugs if slug.startswith(slugs[-1][:3])
    ]
    assert complete("theme", "add", *review, begun="") == []
    assert complete("show", "--root", str(root / "book"), begun="") == []


@pytest.mark.parametrize("words", [["check", "--root", "no-such-folder"], ["nothing"], ["themes", "--hardest", "many"]])
def test_a_usage_error_shows_the_usage_and_exits_with_2(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
