"""What the search reads of a page: text under headings, without what stands elsewhere in the index."""

from __future__ import annotations

import pytest

from litbook.site.search.index.sections import read_sections

PAGE = """<nav>Menu</nav><article class="litbook-article"><section id="ovens"><h1>Ovens</h1><p>Before it.</p>
{}
<p>After it.</p></section></article><p>Footer</p>"""


@pytest.mark.parametrize(
    "element",
    [
        '<svg viewBox="0 0 1 1"><text>Drawn</text></svg>',
        '<script type="application/json">{"p": "<p>Scripted</p>"}</script>',
        '<table class="litbook-evidence x"><tr><td><p>Tabled</p></td></tr></table>',
        '<details class="litbook-contents"><summary>Contents</summary><nav><p>Ovens</p></nav></details>',
        "<table><thead><tr><th>Question</th><th>Grounds</th></tr></thead></table>",
        '<ul class="simple litbook-papers"><li><p>Listed</p></li></ul>',
        '<ul class="litbook-papers"><li>Listed<ul><li>inside</li></ul></li><li>again</li></ul>',
        '<table class="litbook-evidence"><tr><td><table><tr><td>Tabled</td></tr></table></td></tr></table>',
        "",
    ],
)
def test_a_skipped_element_removes_nothing_else(element: str) -> None:
    sections = read_sections(PAGE.format(element))
    assert [(section.anchor, section.heading) for section in sections] == [("", "Ovens")]
    assert sections[0].text.split() == ["Before", "it.", "After", "it."]


def test_lists_and_tables_of_people_s_own_are_read() -> None:
    text = read_sections(PAGE.format("<ul><li>Stone</li></ul><table><tr><td>Iron</td></tr></table>"))[0].text
    assert text.split() == ["Before", "it.", "Stone", "Iron", "After", "it."]
