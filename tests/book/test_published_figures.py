"""What we say of ourselves in numbers comes from committed output of a command, or from the budgets that tests hold."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from invented import ROOT

from litbook.__main__ import main
from litbook.analyse.history.measured import FILES, read_measured
from litbook.commands.benchmarks.budgets import read_budgets
from litbook.core.project import Project

README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted((ROOT / "book/about").glob("*.md"))
GUIDES = (ROOT / ".github/CONTRIBUTING.md", ROOT / ".github/SECURITY.md")
MEASURED = read_measured(Project(ROOT))
# Shares, times and efforts that somebody typed, but for the level of an interval; code and roles are left out before.
TYPED = re.compile(
    r"(?<![\d.])[01]\.\d{2,}(?![\d.])|\b\d+(?:\.\d+)?\s?(?:%|per cent|kB|MB|ms)(?!\w)(?! (?:confidence )?interval)"
    r"|(?<![\w.])\d[\d,.]* (?:(?:CPU )?seconds?|minutes|key presses|requests|words)\b(?! a minute)"
)
CODE = re.compile(r"^(```+|~~~+).*?^\1|``.*?``|`[^`]*`", re.MULTILINE | re.DOTALL)


@cache
def names_of_tests() -> frozenset[str]:
    return frozenset(
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    )


def test_every_file_of_figures_names_its_command_and_its_day() -> None:
    assert MEASURED.keys() >= {"exports", "findings", "prose", "search"}
    assert len(MEASURED) == len(list(ROOT.glob(FILES)))
    for measured in MEASURED.values():
        program, command = measured.command.split()[:2]
        assert (program, command in main.list_commands(None)) == ("litbook", True), measured.name  # type: ignore[arg-type]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", measured.date)
        assert not measured.repeated or measured.repeated in names_of_tests(), measured.name


@pytest.mark.parametrize("path", [ROOT / "README.md", *GUIDES, *PAGES], ids=lambda path: path.name)
def test_no_page_has_a_typed_figure_about_litbook(path: Path) -> None:
    prose = CODE.sub("", path.read_text("utf-8"))
    allowed = {f"{read_budgets()['first visit, kB']['book/papers']} kB"} if path.name == "README.md" else set()
    assert set(TYPED.findall(prose)) <= allowed


def test_the_readme_promises_the_budget_of_a_first_visit() -> None:
    budget = read_budgets()["first visit, kB"]["book/papers"]
    assert f"a first visit to a paper page loads at most {budget} kB" in README


def test_every_figure_that_a_page_asks_for_is_there() -> None:
    for path in PAGES:
        text = path.read_text("utf-8")
        for name, key in re.findall(r"\{measured\}`(\w+) ([^`]+)`", text):
            assert key in MEASURED[name].values, (path.name, name, key)
        for name, table in re.findall(r"^:::\{measured\} (\w+)\n:table: (.+)$", text, re.MULTILINE):
            assert table in MEASURED[name].tables, (path.name, name, table)
