"""`litbook texts` prints what pages show, from Python, templates and scripts, and leaves out code and faults."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from litbook.commands.cli import main
from litbook.commands.texts.collect import read_python, read_script, read_template

MODULE = '''\
"""A docstring is not shown."""
import re

PATTERN = re.compile("not a text")
HEAD = "Papers of the year"

def render(count, name):
    """Neither is this."""
    if not name:
        raise ValueError("a fault is for editors")
    found = {"class": "litbook-list", "kind": "analysis"}
    return f'<p title="Where it is">No paper is in <b>{name}</b> yet; {count} wait.</p>' + found["kind"]
'''
SCRIPT = """\
"use strict";
// no text: a comment
const status = "Nothing has changed.";
const more = `Show all ${papers.length} papers`;
document.querySelector(".litbook-list li[data-paper]");
make("button", { class: "litbook-button", "aria-label": 'Remove the star' }, "Undo");
"""
TEMPLATE = """\
{# not shown #}
{% if papers %}
<button aria-label="Clear the list">{{ count }} papers found</button>
<script>const hidden = "Not a text here";</script>
{% endif %}
"""


def test_python_gives_sentences_labels_and_attributes_with_gaps_for_what_is_computed() -> None:
    assert list(read_python(MODULE)) == [
        (5, "Papers of the year"),
        (12, "Where it is"),
        (12, "No paper is in"),
        (12, "yet; … wait."),
    ]


def test_scripts_give_strings_and_templates_but_no_comments_and_selectors() -> None:
    assert [text for _, text in read_script(SCRIPT)] == [
        "Nothing has changed.",
        "Show all … papers",
        "Remove the star",
        "Undo",
    ]


def test_templates_give_texts_and_names_without_what_jinja_and_scripts_say() -> None:
    assert list(read_template(TEMPLATE)) == [(3, "Clear the list"), (3, "… papers found")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site/front/highlights.py", "Read the sentences and their grounds"),
        ("site/search/templates/search.html", "Search needs JavaScript; the list of all papers does not."),
        ("site/lists/assets/litbook-selection.js", "Clear the selection"),
        ("write/sections/cited_in.py", "Cited in"),
        ("figures/tested.py", "so there is nothing to draw."),
    ],
)
def test_the_texts_of_each_room_are_printed_under_the_name_of_their_file(name: str, text: str) -> None:
    printed = CliRunner().invoke(main, ["texts"]).output
    block = printed.partition(f"\n{name}\n")[2].partition("\n\n")[0]
    assert text in block


def test_places_are_printed_on_demand() -> None:
    lines = CliRunner().invoke(main, ["texts", "--places"]).output.splitlines()
    assert any(line.startswith("  site/front/search_box.py:") and line.endswith(": Try") for line in lines)
