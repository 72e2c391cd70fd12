"""What users build upon does not break: commands, the functions that notebooks call, and the form of papers.json.

The snapshots in `tests/stable` are those of the last release. Adding to what they hold is free; taking away or changing
is a new version, which the changelog announces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import griffe
import pytest
from interfaces import SCRIPTS, STABLE, describe_commands, list_called, load_package
from invented import ROOT
from jsonschema import Draft202012Validator
from noticed import add_notices
from toybook import copy_toy

from litbook.core.project import Project
from litbook.model.citing import CitedHere, Citing
from litbook.pipeline import make_corpus
from litbook.write.catalogue import render_json

# A figure may be drawn from other values, and an annotation may become more exact.
FREE = {griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE, griffe.BreakageKind.RETURN_CHANGED_TYPE}
SCHEMA: dict[str, Any] = json.loads((STABLE / "papers.schema.json").read_text("utf-8"))
LIBRARY = """@article{mykey,
  title = {An Invented Entry of a Library on Proofing},
  author = {Made, Ada}, year = {2030}, journal = {Invented Journal},
  abstract = {We fine-tune BERT, a language model, and evaluate it on the ImageNet benchmark.
    We define the task of slow proofing.}
}
"""


# -- commands -------------------------------------------------------------------------------------------------------


def _lose_choices(before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    return set(before.get("choices", ())) - set(now["choices"]) if "choices" in now else set()


def find_lost(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Yield each command, option or choice that is gone or is understood otherwise."""
    for command, parameters in before.items():
        if command not in now:
            yield f"litbook {command} is gone"
            continue
        spelled = {name: known for names, known in now[command].items() for name in names.split()}
        for names, known in parameters.items():
            for name in names.split():
                if name not in spelled:
                    yield f"litbook {command} {name} is gone"
                elif spelled[name]["required"] and not known["required"]:
                    yield f"litbook {command} {name} has to be given now"
                elif known["many"] and not spelled[name]["many"]:
                    yield f"litbook {command} {name} can be given only once now"
                elif spelled[name].get("value") not in (known.get("value"), "optional"):
                    yield f"litbook {command} {name} takes a value, or takes none any more"
                elif lost := _lose_choices(known, spelled[name]):
                    yield f"litbook {command} {name} does not take {', '.join(sorted(lost))} any more"
        added = [names for names, known in now[command].items() if known["required"] and names not in parameters]
        yield from (f"litbook {command} needs {names} now" for names in added)


def test_each_command_and_option_of_the_last_release_is_there() -> None:
    before = json.loads((STABLE / "commands.json").read_text("utf-8"))
    assert len(before) > 20
    assert list(find_lost(before, describe_commands())) == []


@pytest.mark.parametrize(
    ("now", "lost"),
    [
        ({}, "litbook fold is gone"),
        ({"fold": {"--many": {"required": False, "many": True, "value": "needed"}}}, "litbook fold --how is gone"),
        ({"fold": {"--how": {"required": True, "many": False, "value": "needed"}}}, "--how has to be given now"),
        ({"fold": {"--how": {"required": False, "many": False, "value": "none"}}}, "takes a value, or takes none"),
        (
            {"fold": {"--how": {"required": False, "many": False, "value": "needed", "choices": ["wet"]}}},
            "litbook fold --how does not take dry any more",
        ),
        (
            {
                "fold": {
                    "--how": {"required": False, "many": False, "value": "needed"},
                    "paper": {"required": True, "many": False},
                }
            },
            "litbook fold needs paper now",
        ),
    ],
)
def test_what_breaks_a_script_is_found(now: dict[str, Any], lost: str) -> None:
    before = {"fold": {"--how": {"required": False, "many": False, "value": "needed", "choices": ["dry", "wet"]}}}
    assert lost in " ".join(find_lost(before, now))


# -- functions of notebooks -----------------------------------------------------------------------------------------


def find_breaks(old: Path, new: Path) -> list[str]:
    """Return what griffe finds broken in the functions that the stubs in `old` have."""
    before, now = load_package(old), load_package(new)
    found = griffe.find_breaking_changes(before, now)
    return [item.explain(griffe.ExplanationStyle.ONE_LINE) for item in found if item.kind not in FREE]


@pytest.mark.slow
def test_notebooks_of_the_last_release_can_call_what_they_call() -> None:
    assert find_breaks(STABLE, SCRIPTS) == []


def test_the_stubs_have_all_that_notebooks_of_a_new_review_call() -> None:
    package = load_package(STABLE)
    assert [
        f"{module}.{name}"
        for module, names in list_called().items()
        for name in names
        if name not in package[f"figures.{module}".rstrip(".")].members
    ] == []


def test_a_changed_function_is_found(tmp_path: Path) -> None:
    for name, line in (("old", "def draw(papers, nearest=5): ..."), ("new", "def draw(papers, closest=5): ...")):
        (tmp_path / name / "litbook").mkdir(parents=True)
        (tmp_path / name / "litbook/__init__.py").write_text(f"{line}\n", "utf-8")
    assert "Parameter was removed" in " ".join(find_breaks(tmp_path / "old", tmp_path / "new"))


# -- papers.json ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Return papers.json of an invented review in which each field occurs."""
    root = tmp_path_factory.mktemp("stable") / "review"
    add_notices(copy_toy(root))
    (root / "book/corpus/sources/own.bib").write_text(LIBRARY, "utf-8")
    corpus, _, _ = make_corpus(Project(root))
    one, other = (paper.citekey for paper in corpus.papers[:2])
    citing = Citing(cites={one: (CitedHere(other, ("Methods",)),)}, cited_by={other: (CitedHere(one),)})
    return json.loads(render_json(replace(corpus, citing=citing)))  # type: ignore[no-any-return]


def test_papers_follow_the_schema(papers: list[dict[str, Any]]) -> None:
    found = Draft202012Validator(SCHEMA).iter_errors(papers)
    assert [f"{'/'.join(map(str, item.absolute_path))}: {item.message}" for item in found] == []


def test_no_field_of_the_schema_is_gone(papers: list[dict[str, Any]]) -> None:
    fields = SCHEMA["items"]["properties"]
    assert [name for name in fields if not any(name in paper for paper in papers)] == []
    for name, field in fields.items():
        inner = field.get("items", {}).get("properties", {})
        values = [item for paper in papers for item in paper.get(name, ())] if inner else []
        assert [key for key in inner if not any(key in item for item in values)] == [], name


def test_the_documented_fields_are_those_of_the_schema() -> None:
    page = (ROOT / "book/about/papers.md").read_text("utf-8")
    table = page.partition("| field | value |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert documented == set(SCHEMA["items"]["properties"])
