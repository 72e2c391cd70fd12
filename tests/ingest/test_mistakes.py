"""Markdown that would not be shown as meant is found when a page is read. All pages are invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest
from docutils.parsers.rst import directives, roles
from sphinx.domains.std import StandardDomain

from litbook.ingest.markdown import Syntax
from litbook.ingest.pages import make_page
from litbook.ingest.registry import is_of_programs, list_directives, list_roles
from litbook.sphinxext import FEATURES


def flaws(text: str, **settings: Any) -> list[tuple[int, str]]:
    page = make_page(f"# Tides\n\n{text}\n", "chapters/tides.md", Syntax(**settings))
    return [(flaw.line, flaw.what) for flaw in page.flaws]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Kelp grows {cite}made2030kelp.", 3, "'{cite}' is not followed by its text between backticks"),
        ("Kelp grows {cite} `made2030kelp`.", 3, "'{cite}' is not followed by its text between backticks"),
        ("Kelp grows {cite:t}made2030kelp.", 3, "'{cite:t}' is not followed by its text between backticks"),
        ("Kelp\ngrows {claim}made2030kelp:3.", 4, "'{claim}' is not followed by its text between backticks"),
        ("{count}papers", 3, "'{count}' is not followed by its text between backticks"),
        ("Kelp grows [@made2030kelp].", 3, "'[@made2030kelp]' is not read as a citation"),
        ("Kelp grows [see @made2030kelp, p. 3].", 3, "'[see @made2030kelp, p. 3]' is not read as a citation"),
        ("As @made2030kelp shows.", 3, "'@made2030kelp' is not read as a citation"),
        ("Kelp grows [made2030kelp].", 3, "'[made2030kelp]' is not read as a citation"),
        ("Kelp grows [[made2030kelp]].", 3, "'[[made2030kelp]' is not read as a citation"),
        ("Kelp grows \\citep{made2030kelp, b2031}.", 3, "'\\citep{made2030kelp, b2031}' is not read as a citation"),
        ("Kelp grows \\parencite[3]{made2030kelp}.", 3, "'\\parencite[3]{made2030kelp}' is not read as a citation"),
        ("Kelp grows :cite:`made2030kelp`.", 3, "':cite:' before a code span is the form of reStructuredText"),
        ("Kelp grows cite`made2030kelp`.", 3, "'cite' before a code span is not read as a role"),
        ("Kelp grows {cite`made2030kelp`.", 3, "'{cite' before a code span is not read as a role"),
        ("Kelp grows {cit}`made2030kelp`.", 3, "unknown role 'cit'"),
        ("Kelp grows {papers}`tides`.", 3, "unknown role 'papers'"),
        ("Kelp grows[^1].", 3, "the footnote '[^1]' has no text"),
        ("As Section~\\ref{sec:kelp} shows.", 3, "'\\ref{…}' is the form of LaTeX"),
        ("See [the kelp][kelp-beds].", 3, "the link '[the kelp][kelp-beds]' leads nowhere"),
        ("From \\eqref{eq_kelp} on.", 3, "'\\eqref{…}' is the form of LaTeX"),
        ("As :ref:`kelp` shows.", 3, "':ref:' before a code span is the form of reStructuredText"),
        ("The range :math:`x > 1`.", 3, "':math:' before a code span is the form of reStructuredText"),
        ("A \\textbf{tall} kelp.", 3, "'\\textbf{…}' is the form of LaTeX"),
        ("Kelp.\\footnote{It grows.}", 3, "'\\footnote{…}' is the form of LaTeX"),
        ("Kelp.\n\n\\begin{itemize}\n\\item One\n\\end{itemize}", 5, "'\\begin{…}' is the form of LaTeX"),
        ("See `kelp <https://example.org>`_.", 3, "'`kelp <https://example.org>`_' is the form of reStructuredText"),
        ("(kelp)=\n## One\n\n(Kelp)=\n## Two", 6, "the target '(Kelp)=' is on line 3 already"),
        (".. note::\n\n   Kelp.", 3, "'.. note::' is the form of reStructuredText"),
        ("Kelp.\n\n.. figure:: kelp.svg\n   :alt: Kelp.", 5, "'.. figure::' is the form of reStructuredText"),
        ("Kelp[^a].\n\n[^a]: One.\n\n[^a]: Two.", 7, "the footnote '[^a]' has a text already"),
        ("{papers} tides", 3, "'{papers}' does not begin a directive"),
        ("::{papers} tides", 3, "'{papers}' does not begin a directive"),
        (":::{paper} tides\n:::", 3, "unknown directive 'paper'"),
        (":::{cite} made2030kelp\n:::", 3, "unknown directive 'cite'"),
        (":::{coverage} tides\n:review: 2031-01-01\n:::", 3, "unknown option 'review' of 'coverage'"),
        (":::{note}\n:colour: red\n\nKelp.\n:::", 3, "unknown option 'colour' of 'note'"),
        (":::{papers}\n:::", 3, "'papers' has nothing after its name"),
        (":::{note}\nKelp.", 3, "the block that ':::{note}' opens is not closed"),
        ("::::{note}\n:::{tip}\nKelp.\n::::", 4, "the block that ':::{tip}' opens is not closed"),
        ("Kelp.\n\n```\n\nMore kelp.", 5, "the block that '```' opens is not closed"),
        ("> ```{note}\n> Kelp.\n\nMore.", 3, "the block that '```{note}' opens is not closed"),
        ("- :::{note}\n  Kelp.\n\nMore.", 3, "the block that ':::{note}' opens is not closed"),
        ("```\n\nKelp.\n\n```{note}\nMore kelp.\n```", 3, "the code that '```' opens contains '```{note}' of line 7"),
        ("#### Below nothing", 3, "a heading of level 4 follows a heading of level 1"),
        ("##Kelp\n\nKelp grows.", 3, "'##Kelp' does not begin a heading"),
        ("Kelp grows.\n---\nIt does.", 3, "the line of '---' makes the text above it a heading"),
        ("Kelp\ngrows\n===\n", 3, "the line of '===' makes the text above it a heading"),
        ("| Kelp | Dulse |\n| tall | red |", 3, "these lines are not read as a table"),
        ("| Kelp | Dulse |\n| --- |\n| tall | red |", 3, "these lines are not read as a table"),
        ("| Kelp |\n| --- |\n| tall | red |", 5,
         "a row of 2 cells in a table of 1 columns: readers would not see the rest"),
        (":::{list-table}\n* - Kelp\n  - Dulse\n* - tall\n:::", 6,
         "a row of 1 cells in a list-table whose first row has 2"),
        (":::{list-table} Kelp\n:header-rows: 1\n\nKelp grows.\n:::", 6, "this is not a row of the list-table"),
        (":::{list-table}\n:header-rows: 1\n\n* Kelp\n* Dulse\n:::", 6, "the list-table has no cells"),
        (":::note\nKelp.\n:::", 3, "':::note' does not begin a directive"),
        ("    Kelp grows {cite}`made2030kelp`.", 3,
         "'{cite}`' is in text that is indented by four spaces, so it is shown as code"),
        ("It grew by 50\n% in a year.", 4, "the line begins with %, so it is a comment, and not shown"),
        ("**Kelp grows.", 3, "the bold text of '**Kelp grows.' is not closed, or not opened"),
        ("Kelp grows** fast.", 3, "the bold text of '**' is not closed, or not opened"),
        ("See [kelp] (https://example.org/kelp).", 3,
         "'[kelp] (https://example.org/kelp)' is not read as a link"),
        ("See (kelp)[https://example.org/kelp].", 3, "'(kelp)[https://example.org/kelp]' is not read as a link"),
        ("See [kelp](brown algae.md).", 3, "'[kelp](brown algae.md)' is not read as a link"),
        ("The height $h = 1 grows.", 3, "'$h = 1 grows.' is not read as a formula"),
        ("$$\nh\n\nIt grows.", 3, "'$$' is not read as a formula"),
        ("The height $\\frac{a}{b$ grows.", 3,
         "the formula '\\frac{a}{b' cannot be drawn: a brace is not closed"),
        ("Kelp.\n\n$$\n\\alhpa\n$$", 5, "the formula '\\alhpa' cannot be drawn: the command \\alhpa is not known"),
        (":::{math}\n\\left( a\n:::", 3,
         "the formula '\\left( a' cannot be drawn: it ends too early, or a brace is missing"),
        ("{math}`a}`", 3, "the formula 'a}' cannot be drawn: a brace is closed that was not opened"),
        ("<!-- Kelp.\n\nIt grows.", 3, "the comment that '<!--' opens is not closed, and hides what follows"),
        ("<details>\n<summary>Kelp</summary>\n\nIt grows.", 3, "the tag '<details>' is not closed"),
        ("A <b>tall kelp.", 3, "the tag '<b>' is not closed"),
        ("The <name> of kelp.", 3, "the tag '<name>' is not closed"),
        ("Kelp.</div>", 3, "the tag '</div>' closes nothing"),
        ("Kelp.\n\n[^1]: It grows.", 5, "nothing refers to the footnote '[^1]', so readers would not see it"),
        (":::{only} htlm\nKelp.\n:::", 3, "'htlm' of 'only' is not a form of the book"),
        (":::{only} html and\nKelp.\n:::", 3, "'html and' is not a condition of 'only'"),
    ],
)  # fmt: skip
def test_what_would_not_be_shown_as_meant_is_found_with_its_line(text: str, line: int, what: str) -> None:
    assert flaws(text) == [(line, what)]


@pytest.mark.parametrize(
    "text",
    [
        "Write {cite}`made2030kelp` and {claim}`made2030kelp:3`.",
        "Write `{cite}` and ``{cite}`made2030kelp` `` in code.",
        "Escaped \\{cite}`made2030kelp`.",
        "The set {a, b}, the placeholder {name}, and {term} in braces; {{name}} too.",
        "Write to somebody@example.org or [me](mailto:me@example.org), or @somebody.",
        "Levels [1] and [a2], a [link](https://example.org/made2030kelp), and [x][y].\n\n[y]: https://example.org",
        "A note[^1].\n\n[^1]: Its text.",
        "The cell m[0][first], [i][j], [1][23], `[a][kelp]`.\n\n:::{note}\nSee [x][kelp].\n:::\n\n[kelp]: kelp.md",
        "````md\n```{note}\nAn example.\n```\n````",
        "```text\n:::{papers} tides\n:::\n```",
        "::::{note}\n:::{tip}\nKelp.\n:::\n::::",
        "~~~\nKelp.\n~~~\n\n- ```\n  Kelp.\n  ```\n\n> :::{note}\n> Kelp.\n> :::",
        "```{code-cell} python\n:tags: [hide-input]\n1 + 1\n```",
        ":::{figure} kelp.svg\n:alt: Kelp.\n:width: 80%\n\nKelp.\n:::",
        "## One\n\n### Two\n\n## Three",
        "{py:func}`print` and {ref}`kelp`",
        "To cite `made2030kelp` in code.",
        "Write `\\ref{kelp}`, `` :ref:`kelp` `` and `.. note::` in code.",
        "In mathematics $\\alpha_{kelp}$, and escaped \\\\ref{kelp}.",
        "```text\n.. note::\n\n   See :ref:`kelp` and \\ref{kelp}.\n```",
        ".. and so on: `kelp`; the label ref: `kelp`, at 12:30 `kelp`, \\href, the preference {a}.",
        "(one)=\n## One\n\n(two)=\n## Two\n\n`a <b>` and `_c`_d, \\alpha, C:\\section, \\\\begin{x}",
        "::: {note}\nThe build allows a space.\n:::",
        "Kelp[^a] and dulse[^b].[^a].\n\n[^a]: One.\n\n[^b]: Two.\n\n:::{note}\nMore[^a].\n:::",
        "#1 of all, #kelp, C# and 2**3; \\*\\*Kelp\\*\\*, **tall** kelp, **a***b* and `**kelp`.",
        "Kelp\n====\n\nIt grows:\n\n---\n\n***\n\nWhat is kelp?\n-------------",
        "| a | b |\n| - | - |\n| \\| | `x` |\n| 1 |\n\n> | a |\n> | - |\n> | 1 |",
        ":::{list-table}\n:header-rows: 1\n\n* - Kelp\n  - Dulse\n* - - one\n    - two\n  -\n:::",
        ":::{list-table}\n* - Kelp\n\n    It grows.\n\n  - ```{note}\n    Tall.\n    ```\n:::",
        "    kelp = {1, 2}\n\nIt has 50\n\n% A comment.\n\nText\n% another",
        "Prices of $5, $6 and US$A; \\$x; $h = 1$ and $$h$$.\n\n$$\n\\frac{a}{b} \\{ \\}\n$$",
        "<details>\n<summary>Kelp</summary>\n\n<p>It grows.<br>\n\n</details>\n\n<!-- Kelp --> <a id='k'></a><hr/>",
        "Levels [1] (2020), f(x)[0] and [a] (see b); <https://example.org>, a < b and c > d.",
        ":::{only} html and not (latex or builder_epub)\nKelp.\n:::",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(text: str) -> None:
    assert flaws(text) == []


def flaws_of_page(text: str) -> list[tuple[int, str]]:
    return [(flaw.line, flaw.what) for flaw in make_page(text, "chapters/tides.md").flaws]


@pytest.mark.parametrize("opening", ["---\ntitle: Kelp\n", "---\norphan: true\ntags:\n  - a\n\n", "---\ntocdepth:\n"])
def test_settings_of_a_page_that_are_not_closed_are_found(opening: str) -> None:
    assert flaws_of_page(f"{opening}\n# Tides\n") == [(1, "the settings that '---' opens are not closed")]


@pytest.mark.parametrize(
    "opening", ["---\ntitle: Kelp\n---\n", "---\nKelp grows: fast.\n", "---\n\n", "***\ntitle: x\n"]
)
def test_settings_that_are_closed_and_lines_are_left_alone(opening: str) -> None:
    assert flaws_of_page(f"{opening}\n# Tides\n") == []


@pytest.mark.parametrize(
    ("opening", "line", "what"),
    [
        ("---\ntitle:\tKelp: tall\n---\n", 2, "invalid YAML between the lines of --- that begin the page"),
        ("---\ntitle: Kelp\n\n# Tides\n\nKelp grows.\n\n---\n", 8, "invalid YAML between the lines"),
        ("---\nKelp grows.\n---\n", 2, "no settings between the lines of --- that begin the page"),
    ],
)
def test_settings_of_a_page_that_are_not_yaml_are_found(opening: str, line: int, what: str) -> None:
    ((found, said),) = flaws_of_page(f"{opening}\n# Tides\n")
    assert (found, said[: len(what)]) == (line, what)


def test_a_block_in_a_block_of_as_many_colons_is_found() -> None:
    assert flaws(":::{note}\n:::{tip}\nKelp.\n:::\n:::") == [
        (4, "the block that ':::{tip}' opens is not closed"),
        (7, "the block that ':::' opens is not closed"),
    ]


def test_names_of_other_extensions_are_left_to_the_build() -> None:
    text = ":::{kelp-chart}\n:::\n\n{kelp}`x` and {cite}y"
    assert flaws(text, is_closed=False) == [(6, "'{cite}' is not followed by its text between backticks")]
    assert {what for _, what in flaws(text)} >= {"unknown directive 'kelp-chart'", "unknown role 'kelp'"}


def test_a_note_begins_below_the_title_of_its_paper() -> None:
    assert make_page("## Kelp\n", "notes/made2030kelp.md").flaws == ()


def test_settings_of_a_note_are_not_read_so_they_may_be_anything() -> None:
    assert make_page("---\ntitle: Kelp: tall\n---\n\n## Kelp\n", "notes/made2030kelp.md").flaws == ()


# -- the list of what the build knows -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own() -> MagicMock:
    """Return what notes the directives and roles that the features of the site add to Sphinx."""
    app = MagicMock()
    for feature in FEATURES[1:]:  # the first one adds none, and changes how this process collects garbage
        feature.setup(app)
    return app


def test_every_directive_and_role_of_ours_is_listed_with_its_options(own: MagicMock) -> None:
    added = {call.args[0]: call.args[1] for call in own.add_directive.call_args_list}
    assert len(added) > 15
    roles_added = {call.args[0] for call in own.add_role.call_args_list}
    assert {name for name in roles_added if not name.startswith("litbook-")} <= list_roles()
    for name, made in added.items():
        known = list_directives()[name]
        assert (known.needs_argument, known.options) == (made.required_arguments > 0, frozenset(made.option_spec or ()))


def _list_docutils() -> Iterator[tuple[str, Any]]:
    from docutils.parsers.rst.directives import _directive_registry  # noqa: PLC0415 - docutils lists them nowhere else
    from docutils.parsers.rst.languages import en  # noqa: PLC0415
    from docutils.utils import new_document  # noqa: PLC0415

    for name in _directive_registry:
        if name != "restructuredtext-test-directive":
            yield name, directives.directive(name, en, new_document("invented"))[0]
    yield from StandardDomain.directives.items()


def test_the_directives_of_docutils_are_listed_with_options_that_they_know() -> None:
    for name, made in _list_docutils():
        known = list_directives()[name]
        assert known.needs_argument == (made.required_arguments > 0) or name == "figure"
        assert known.options is None or (made.option_spec or {}).keys() <= known.options or name == "code-block"


def test_the_roles_of_docutils_are_listed() -> None:
    unwritten = {"restructuredtext-unimplemented-role"}
    assert {name for name in roles._role_registry if not is_of_programs(name)} - unwritten <= list_roles()


def test_a_setting_of_a_page_that_is_misspelt_is_found_and_a_person_s_own_is_left_alone() -> None:
    found = flaws_of_page("---\nsynonims: [kelp]\nreviewer: somebody\n---\n\n# Tides\n")
    assert found == [(2, "unknown setting 'synonims' of a page")]
