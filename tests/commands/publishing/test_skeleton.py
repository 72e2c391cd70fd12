"""What a new review says of itself: the guide names all that can be written, and where its litbook is from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from toybook import REPOSITORY

import litbook
from litbook.commands.publishing.requirement import describe_requirement, make_public

GUIDE = REPOSITORY / "scripts/litbook/commands/skeleton/book/about/editing.md"
SLICES = REPOSITORY / "scripts/litbook/site"
ADDED = re.compile(r'add_(?P<kind>directive|role)\("(?P<name>[\w-]+)"')


def test_the_guide_names_every_directive_and_role_of_litbook() -> None:
    text = GUIDE.read_text("utf-8")
    added = [match for path in SLICES.glob("*/extension.py") for match in ADDED.finditer(path.read_text("utf-8"))]
    assert len(added) > 30
    forms = {"directive": r"`{}(?: <\w+>)?`", "role": r"\{{{}\}}`"}
    missing = [
        match["name"]
        for match in added
        if not match["name"].startswith("litbook-")  # written by the build, not by people
        and not re.search(forms[match["kind"]].format(re.escape(match["name"])), text)
    ]
    assert missing == []


def test_the_citation_file_has_what_its_format_requires() -> None:
    text = (GUIDE.parents[2] / "CITATION.cff").read_text("utf-8").replace("$title", '"A review"')
    cited = yaml.safe_load(text)
    assert {"cff-version", "message", "title", "authors"} <= cited.keys()


COMMIT = "0123456789abcdef0123456789abcdef01234567"
CLONE = {("remote", "get-url", "origin"): "git@example.org:ada/litbook.git", ("rev-parse", "HEAD"): COMMIT,
         ("branch", "--remotes", "--contains", "HEAD"): "origin/main"}  # fmt: skip
VERSION = f"litbook=={litbook.__version__}"


@pytest.mark.parametrize(
    ("direct", "missing", "requirement"),
    [
        ({}, (), VERSION),
        (
            {"url": "https://ada:secret@example.org/litbook.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            (),
            f"litbook @ git+https://example.org/litbook.git@{COMMIT}",
        ),
        ({"url": "file:///home/ada/litbook", "dir_info": {"editable": True}}, (),
         f"litbook @ git+https://example.org/ada/litbook.git@{COMMIT}"),
        ({"url": "file:///home/ada/litbook", "dir_info": {}}, ("remote",), VERSION),
        ({"url": "file:///home/ada/litbook", "dir_info": {}}, ("branch",), VERSION),  # no one else has the commit
        ({"url": "file:///home/ada/litbook-1-py3-none-any.whl", "archive_info": {}}, (), VERSION),
        ({"url": "https://example.org/litbook-1-py3-none-any.whl", "archive_info": {}}, (),
         "litbook @ https://example.org/litbook-1-py3-none-any.whl"),
    ],
)  # fmt: skip
def test_a_review_asks_for_the_litbook_that_other_machines_can_have(
    direct: dict[str, Any], missing: tuple[str, ...], requirement: str
) -> None:
    def ask_git(_: Path, *words: str) -> str:
        return "" if words[0] in missing else CLONE.get(words, "")

    assert describe_requirement(direct, ask_git) == requirement


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://example.org:8443/a/b.git", "https://example.org:8443/a/b.git"),
        ("ssh://git@example.org/a/b.git", "https://example.org/a/b.git"),
        ("/home/ada/litbook", ""),
        ("file:///home/ada/litbook", ""),
        ("http://example.org/a.git", ""),
        ("", ""),
    ],
)
def test_only_addresses_that_others_can_reach_are_named(address: str, public: str) -> None:
    assert make_public(address) == public
