"""The sentences of a page: what belongs to one, which papers it cites, and in which line each word stands."""

from __future__ import annotations

import pytest

from litbook.analyse.prose.sentences import HOLE, read_sentences, show_sentence
from litbook.ingest.pages import make_page


def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(sentence.text, sentence.cited) for sentence in read_sentences(make_page(text, "chapters/x.md"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It folds {cite}`a`. It flies {cite}`b,c`.", [("It folds .", ("a",)), ("It flies .", ("b", "c"))]),
        ("It folds. {cite}`a` It flies.", [("It folds.", ("a",)), ("It flies.", ())]),
        ("It folds and\nflies\n{cite}`a`.\nIt lands.", [("It folds and flies .", ("a",)), ("It lands.", ())]),
        (
            "It folds {cite}`a`{claim}`a:3`. It flies.{claim}`b:1,c:2` It lands.",
            [("It folds .", ("a", "a")), ("It flies.", ("b", "c")), ("It lands.", ())],
        ),
        ("It flies. {cite:t}`a` folds 3.", [("It flies.", ()), (f"{HOLE} folds 3.", ("a",))]),
        ("It folds.\n{cite}`a`\n\nIt flies.", [("It folds.", ("a",)), ("It flies.", ())]),
        ("- It folds {cite}`a`\n- It flies {cite}`b`", [("It folds", ("a",)), ("It flies", ("b",))]),
        ("1. It folds\n   twice {cite}`a`\n2. It flies", [("It folds twice", ("a",)), ("It flies", ())]),
        ("# Title 1\n\n## It folds\nIt flies {cite}`a`.", [("It folds", ()), ("It flies .", ("a",))]),
        ("| a 1 | b {cite}`a` |\n|---|---|\n| c | d |", [("| a 1 | b |", ("a",)), ("| c | d |", ())]),
        ("*Does it fold?* It does.", [("Does it fold?", ()), ("It does.", ())]),
        ("We ask a robot, e.g. Ada. It folds.", [("We ask a robot, e.g. Ada.", ()), ("It folds.", ())]),
        ("It folds. {count}`papers` papers fly.", [("It folds.", ()), (f"{HOLE} papers fly.", ())]),
        ("{cite}`a`: the case for folding.", [(": the case for folding.", ("a",))]),
    ],
)
def test_a_sentence_has_its_words_and_its_citations(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert read(text) == expected


LIST_TABLE = """:::{list-table}
* - a
  - {cite}`a`
  - {cite}`b`{claim}`b:1`
  - It folds. "Often" {cite}`a`
  - e {cite}`a`
:::
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "If $a_0$ is the crane and $b$ the {cite}`a` kite, it folds.",
            ["If $a_0$ is the crane and $b$ the kite, it folds."],
        ),
        (
            "$a$ folds {cite}`a`. A kite ($b$) and *$c$*\nfly $d$-fold.",
            ["$a$ folds.", "A kite ($b$) and $c$ fly $d$-fold."],
        ),
        ("It costs \\$5 or \\$6 {cite}`a`{claim}`a:1,a:2`.", ["It costs $5 or $6."]),
        ("It has {math}`a^2` wings {cite}`a`; type `fold $x` twice.", ["It has $a^2$ wings; type fold $x twice."]),
        ("`fold` twice. {count}`papers` fly, $x$ of them.", ["fold twice.", "… fly, $x$ of them."]),
        (
            "| a | b | c |\n|---|---|---|\n| {cite}`a` | | $x$ folds. It flies {cite}`b` |",
            ["a · b · c", "[cited] · – · $x$ folds. It flies"],
        ),
        (LIST_TABLE, ['a · [cited] · [cited] · It folds. "Often" · e']),
    ],
)
def test_a_sentence_is_shown_with_its_formulas_and_a_row_with_all_its_cells(text: str, shown: list[str]) -> None:
    page = make_page(text, "chapters/x.md")
    assert [show_sentence(page, sentence) for sentence in read_sentences(page)] == shown


def test_what_is_not_prose_is_not_read() -> None:
    text = (
        "---\nnumber: 1\n---\n# Title 2\n\n```\n3\n```\n% 4\n<!-- 5 -->\n:::{admonition} In short\n:class: tip-6\n"
        "It folds `7` [a crane](8.html) and <a href='9'>flies</a>[^10] $11 + x$ https://example.org/12.\n:::\n"
        "[^10]: It lands.\n"
        "(label-13)=\n"
    )
    assert " ".join(sentence for sentence, _ in read(text)) == "In short It folds a crane and flies It lands."


def test_each_word_knows_its_line_and_its_place() -> None:
    page = make_page("# T\n\nIt **folds**\n2\\% of 30 cranes\n{cite}`a`.\n", "chapters/x.md")
    (sentence,) = read_sentences(page)
    assert sentence.text == "It folds 2% of 30 cranes ."
    assert [sentence.lines[sentence.text.index(word)] for word in ("folds", "2", "cranes")] == [3, 4, 4]
    assert page.source[sentence.places[sentence.text.index("30")] :].startswith("30 cranes")
