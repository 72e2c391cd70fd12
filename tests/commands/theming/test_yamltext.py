"""YAML is edited as text: comments, order, quotation marks and blank lines stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from litbook.commands.theming.yamltext import List, Mapping, YamlText, find, write_scalar
from litbook.model.faults import CorpusError

TEXT = """\
# On top.
- title: "One"   # kept
  themes:
    # About kelp.
    - slug: kelp
      scope: >-
        In two
        lines.
      phrases: [a, "b, c"]

    - slug: tides
      belongs:
        - "Quoted: so."  # why
        - plain
# At the end.
"""


def edit(text: str, change: Callable[[YamlText, List], object]) -> str:
    found = YamlText("x.yml", text)
    assert isinstance(found.root, List)
    themes = find(found.root.value[0], "themes")
    assert isinstance(themes, List)
    change(found, themes)
    result = found.result()
    yaml.safe_load(result)
    return result


def node(themes: List, at: int) -> Mapping:
    found = themes.value[at]
    assert isinstance(found, Mapping)
    return found


def test_a_scalar_keeps_its_quotation_marks_and_the_comment_behind_it() -> None:
    text = YamlText("x.yml", TEXT)
    assert isinstance(text.root, List)
    text.replace(find(text.root.value[0], "title"), 'Say "two"')  # type: ignore[arg-type]
    assert text.result() == TEXT.replace('"One"', '"Say \\"two\\""')


def test_a_folded_text_is_replaced_as_a_whole() -> None:
    result = edit(TEXT, lambda text, themes: text.replace(find(node(themes, 0), "scope"), "New: short"))
    assert result == TEXT.replace(">-\n        In two\n        lines.", '"New: short"')


def test_an_item_goes_with_its_comment_and_one_blank_line() -> None:
    result = edit(TEXT, lambda text, themes: text.remove(themes, 0))
    assert "kelp" not in result
    assert result.startswith('# On top.\n- title: "One"   # kept\n  themes:\n')
    assert "- slug: tides" in result
    assert result.endswith("# At the end.\n")


def test_the_last_item_goes_and_the_comment_below_stays() -> None:
    result = edit(TEXT, lambda text, themes: text.remove(themes, 1))
    assert result == TEXT[: TEXT.index("    - slug: tides")] + "# At the end.\n"


@pytest.mark.parametrize(("at", "before"), [(0, "    # About kelp."), (1, "    - slug: tides"), (2, "# At the end.")])
def test_an_item_comes_where_it_is_meant_with_a_blank_line(at: int, before: str) -> None:
    result = edit(TEXT, lambda text, themes: text.insert(themes, at, "- slug: new\n  scope: x\n"))
    added = "    - slug: new\n      scope: x\n"
    blank = f"\n{added}" if at == 2 else f"{added}\n"
    assert result == TEXT.replace(before, blank + before)


def test_lists_in_brackets_and_on_lines_grow_and_shrink() -> None:
    result = edit(TEXT, lambda text, themes: text.extend(node(themes, 0), "phrases", ["d", '"e: f"  # no comment']))
    assert result == TEXT.replace('"b, c"]', '"b, c", d, "e: f"]')
    result = edit(TEXT, lambda text, themes: text.extend(node(themes, 1), "belongs", ["more"]))
    assert result == TEXT.replace("        - plain\n", "        - plain\n        - more\n")
    result = edit(TEXT, lambda text, themes: text.remove_value(find(node(themes, 0), "phrases"), 0))  # type: ignore[arg-type]
    assert result == TEXT.replace('[a, "b, c"]', '["b, c"]')
    result = edit(TEXT, lambda text, themes: text.remove_value(find(node(themes, 0), "phrases"), 1))  # type: ignore[arg-type]
    assert result == TEXT.replace('[a, "b, c"]', "[a]")


def test_a_new_key_comes_behind_what_is_added_to_the_last_list() -> None:
    def change(text: YamlText, themes: List) -> None:
        text.extend(node(themes, 1), "was", ["old"])
        text.extend(node(themes, 1), "belongs", ["more"])

    added = "        - plain\n        - more\n      was: [old]\n"
    assert edit(TEXT, change) == TEXT.replace("        - plain\n", added)


def test_the_source_of_an_item_can_be_put_elsewhere() -> None:
    def change(text: YamlText, themes: List) -> None:
        lines = text.source(themes, 0)
        text.remove(themes, 0)
        text.insert(themes, 2, lines)

    result = edit(TEXT, change)
    assert result.index("slug: tides") < result.index("# About kelp.") < result.index("slug: kelp")
    assert result.endswith('      phrases: [a, "b, c"]\n# At the end.\n')
    assert yaml.safe_load(result)[0]["themes"][1]["scope"] == "In two lines."


def test_windows_line_ends_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    result = edit(text, lambda found, themes: found.insert(themes, 2, "- slug: new\n"))
    assert result.count("\n") == result.count("\r\n")


def test_entries_in_brackets_are_left_to_a_person() -> None:
    with pytest.raises(CorpusError, match="a list of entries in brackets; write each entry on lines of its own"):
        edit("- {title: One, themes: [{slug: a}, {slug: b}]}\n", lambda text, themes: text.remove(themes, 0))


@pytest.mark.parametrize("value", ["plain words", "yes", "1", "a: b", "a #b", "[x]", "- x", "", "it's", 'say "x"', "é"])
def test_a_written_scalar_is_read_as_it_was(value: str) -> None:
    for style in (None, "'", '"'):
        assert yaml.safe_load(f"[{write_scalar(value, style)}]") == [value]
