"""What commands print with --json has the form that `litbook schema` describes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from invented import PACKAGE, SOUND, put
from jsonschema import Draft202012Validator, ValidationError
from screenedbook import git

from litbook.__main__ import main
from litbook.commands.schemas import DESCRIBED, read_schema
from litbook.core.project import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SOUND / "book", tmp_path / "book")
    return tmp_path


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--json", "--root", str(root)])


def strict(schema: Any) -> Any:
    """Return a schema that permits no name besides those it describes."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {**{name: strict(value) for name, value in schema.items()}, **closed}


def validate(command: str, printed: str) -> Any:
    schema = strict(json.loads(CliRunner().invoke(main, ["schema", command]).stdout))
    Draft202012Validator.check_schema(schema)
    found = json.loads(printed)
    Draft202012Validator(schema).validate(found)
    return found


def test_every_command_prints_what_its_schema_describes(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "Invented beginning")
    decisions = root / "book/corpus/decisions.csv"
    decisions.write_text(decisions.read_text("utf-8").replace(",paper-folding,", ",tide-gardens,", 1), "utf-8")
    asked = {"brief": ["paper-folding"], "show": ["tidegardensneed"]}
    printed = {name: run(root, name, *asked.get(name, ())) for name in DESCRIBED}
    assert {name: result.exit_code for name, result in printed.items()} == dict.fromkeys(DESCRIBED, 0)
    found = {name: validate(name, result.stdout) for name, result in printed.items()}
    assert [change["how"] for change in found["diff"]["changes"]] == ["moved"]
    assert found["todo"]["todos"] == found["check"]["todos"]
    assert {"tide-gardens", "Tide Gardens"} & {value["value"] for value in found["show"]["values"]}
    assert found["brief"]["papers"][0]["sentences"]


def test_faults_have_the_form_of_the_schema(root: Path) -> None:
    put(root, {"book/chapters/new.md": "{cite}`unknown1999`\n"})
    result = run(root, "check")
    assert (result.exit_code, len(validate("check", result.stdout)["faults"])) == (1, 1)


def test_a_name_that_a_schema_does_not_describe_is_found() -> None:
    with pytest.raises(ValidationError):
        validate("todo", '{"todos": [], "more": 1}')


def test_todo_lists_the_tasks_of_a_folder(root: Path) -> None:
    listed = json.loads(run(root, "todo", "book/chapters").stdout)["todos"]
    assert {task["file"] for task in listed} == {"book/chapters/tide-gardens.md"}
    text = CliRunner().invoke(main, ["todo", "book/notes", "--root", str(root)])
    assert (text.exit_code, text.stdout) == (0, "Nothing is to do.\n")


def test_every_name_in_a_schema_is_explained() -> None:
    def unexplained(schema: Any, way: str) -> list[str]:
        names = schema.get("properties", {}) if isinstance(schema, dict) else {}
        found = [f"{way}.{name}" for name, value in names.items() if not value.get("description")]
        inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        return [*found, *(one for value in inner for one in unexplained(value, way))]

    assert [one for name in DESCRIBED for one in unexplained(json.loads(read_schema(name)), name)] == []


def test_what_the_guide_for_assistants_names_is_there() -> None:
    """Check the page in new reviews against the commands, their options and the files of a review."""
    guide = (PACKAGE / "commands/skeleton/github/AGENTS.md").read_text("utf-8")
    named = re.findall(r"`litbook ([a-z]+)([^`\n]*)`", guide)
    assert {command for command, _ in named} >= {"brief", "check", "todo", "show", "themes", "diff", "theme", "schema"}
    for command, rest in named:
        options = {option for param in main.commands[command].params for option in param.opts}
        assert command == "theme" or {word for word in rest.split() if word.startswith("--")} <= options
    ledgers = {path.name for path in Project(Path("x")).ledgers}
    assert set(re.findall(r"\w+\.(?:csv|jsonl|bib)(?=`)", guide)) <= ledgers
    assert set(re.findall(r"\{(\w+)\}`", guide)) == {"cite", "claim", "count"}
