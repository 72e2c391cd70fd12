"""`litbook check` sees in one list what a build would see. Everything here is invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from toybook import Review, copy_toy

from litbook.__main__ import main

NOTEBOOK = "book/analysis/papers-by-year.md"
VISION, AGENTS, DOUGH = (f"book/chapters/{name}.md" for name in ("loaf-vision", "baking-agents", "dough-forecasting"))
DECISIONS, FACTS, TOC = "book/corpus/decisions.csv", "book/corpus/facts.jsonl", "_toc.yml"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return copy_toy(tmp_path)


def check(review: Review, *words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(review.root), *words])


def faults_of(review: Review) -> list[str]:
    result = check(review)
    lines = (result.stdout if result.exit_code == 0 else result.stderr).splitlines()
    return [line.strip() for line in lines[1:]] if result.exit_code else []


def append(review: Review, name: str, text: str) -> int:
    """Append a text to a file, and return the line on which it begins."""
    path = review.path(name)
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{text}\n", "utf-8")
    return before.count("\n") + 2


def test_the_toy_has_no_fault(review: Review) -> None:
    assert faults_of(review) == []


# What is appended to a chapter, and what is said of its first line.
ON_A_PAGE = [
    ("Wood ash {cite}invented2021crumbnet.", "'{cite}' is not followed by its text"),
    ("Wood ash [@invented2021crumbnet].", "'[@invented2021crumbnet]' is not read as a citation; write {cite}`"),
    ("Wood ash {cit}`invented2021crumbnet`.", "unknown role 'cit'; did you mean 'cite'?"),
    ("Wood ash {cite}`invented2021crumbnets`.", "unknown citekey 'invented2021crumbnets'; did you mean"),
    ("Wood ash {claim}`invented2021crumbnet:99`.", "'invented2021crumbnet' has no sentence 99"),
    ("Wood ash in 4711 ovens {cite}`invented2021crumbnet`.", "the number '4711 ovens' is not in any abstract"),
    ("This chapter has 12 papers.", "'12 papers' is a typed count of the collection"),
    (":::{nosuch} x\n:::", "unknown directive 'nosuch'"),
    (":::{papers} loaf-visions\n:::", "unknown theme 'loaf-visions'; did you mean 'loaf-vision'?"),
    (":::{note}\n:colour: red\n\nx\n:::", "unknown option 'colour' of 'note'"),
    (":::{figure} gone.png\n:alt: x\n:::", "missing figure 'gone.png'"),
    ("![x](gone.png)", "missing picture 'gone.png'"),
    ("[x](baking-agent.md)", "broken link to 'baking-agent.md'; did you mean 'baking-agents.md'?"),
    ("[x](../papers/invented2021crumbnett.md)", "broken link to '../papers/invented2021crumbnett.md'; did you mean"),
    ("{doc}`../about/nowhere`", "broken link to '../about/nowhere'"),
    ("\\cite{invented2021crumbnet}", "'\\cite{invented2021crumbnet}' is not read as a citation"),
    ("##### Too deep", "a heading of level 5 follows a heading of level 2"),
    ("See [^1].", "the footnote '[^1]' has no text"),
    ("{count}`papers of knd survey`", "cannot count 'papers of knd survey'"),
    ("```\nx", "the block that '```' opens is not closed"),
]  # fmt: skip


def test_all_mistakes_on_pages_are_in_one_list(review: Review) -> None:
    lines = [append(review, AGENTS, text) for text, _ in ON_A_PAGE]
    found = faults_of(review)
    for line, (text, what) in zip(lines, ON_A_PAGE, strict=True):
        assert [fault for fault in found if fault.startswith(f"{AGENTS}:{line}: {what}")], (text, found)
    assert len(found) == len(ON_A_PAGE) + 1  # the claim on no sentence cites no paper beside it


def _rename_chapter(review: Review) -> None:
    review.path(VISION).rename(review.path("book/chapters/loaf-vison.md"))


def _write(name: str, text: str | bytes) -> Callable[[Review], object]:
    content = text if isinstance(text, bytes) else text.encode()
    return lambda review: review.path(name).write_bytes(content)


def _edit(name: str, old: str, new: str) -> Callable[[Review], object]:
    return lambda review: review.edit(name, old, new)


CONFLICT = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> theirs"
ROW = "supposed2019should,baking-agents,,position,include,Twice,invented editors,"

ELSEWHERE: list[tuple[Callable[[Review], object], list[str]]] = [
    (_edit(TOC, "file: book/chapters/loaf-vision", "file: book/chapters/loaf-visions"),
     ["_toc.yml:6: the file 'book/chapters/loaf-visions' does not exist; did you mean 'book/chapters/loaf-vision'?",
      f"{VISION}: this page is not in _toc.yml, so nothing leads to it; add the line: - file: book/chapters/loaf"]),
    (_edit(TOC, "root: book/index", "root: book/chapters/loaf-vision"), ["_toc.yml:6: duplicate entry"]),
    (_edit(TOC, "parts:", "prats:"), ["_toc.yml:3: unknown key 'prats'; did you mean 'parts'?"]),
    (_edit(TOC, "root: book/index", "root: [book/index"), ["_toc.yml:3: invalid YAML"]),
    (lambda review: review.path(TOC).unlink(), ["_toc.yml: the file does not exist; restore it from git"]),
    (_edit("_config.yml", "html_theme: litbook", "html_theme: [litbook"), ["_config.yml:31: invalid YAML"]),
    (_edit("_config.yml", "execute:", "executed:"), ["_config.yml:8: unknown setting 'executed'; did you mean"]),
    (_edit("_config.yml", 'copyright: "2026"', "copyright: 2026"), ["_config.yml:4: 'copyright' is not text: 2026"]),
    (_edit("_config.yml", 'baseurl: ""', 'baseurl: "example.org"'), ["_config.yml:20: invalid address 'example.org'"]),
    (_edit("_config.yml", "sphinx_design, litbook.sphinxext]", "sphinx_design]"), []),  # named under local_extensions
    (_edit(TOC, "file: book/about/method", "glob: book/abouts/met*"),
     ["_toc.yml:20: no file matches 'book/abouts/met*'"]),
    (_edit("_config.yml", "html_theme: litbook", "html_theme: litbok"), ["_config.yml:30: unknown theme 'litbok'"]),
    (_edit("_config.yml", "execute_notebooks: cache", "execute_notebooks: of"),
     ["_config.yml:9: unknown way to execute notebooks 'of'; use one of auto"]),
    (lambda review: review.path(VISION).write_bytes(b"\xef\xbb\xbf" + review.path(VISION).read_bytes()), []),
    (_write("CITATION.cff", "title: Loaves\nauthors: [x\n"), ["CITATION.cff:3: invalid YAML"]),
    (_write("book/about/lonely.md", "# Lonely\n"), ["book/about/lonely.md: this page is not in _toc.yml"]),
    (_write("book/about/lonely.md", "---\norphan: true\n---\n# Lonely\n"), []),
    (_rename_chapter, ["_toc.yml:6: the file 'book/chapters/loaf-vision' does not exist; did you mean",
                       "book/chapters/loaf-vison.md: this page is not in _toc.yml",
                       "book/corpus/themes.yml: theme 'loaf-vision' has no chapter"]),
    (lambda review: append(review, VISION, CONFLICT), [f"{VISION}:14: unresolved merge conflict, lines 14–18"]),
    (lambda review: append(review, DECISIONS, CONFLICT), [f"{DECISIONS}:14: unresolved merge conflict, lines 14–18"]),
    (lambda review: append(review, TOC, CONFLICT), ["_toc.yml:27: unresolved merge conflict, lines 27–31"]),
    (_write(VISION, "# Loaves of Größe\n\nCrème.\n".encode("cp1252")),
     [f"{VISION}:1: the file is not UTF-8 but Windows-1252, here in 'Größe'; save it as UTF-8"]),
    (lambda review: review.path(DECISIONS).write_bytes(review.path(DECISIONS).read_text("utf-8").encode("utf-16")),
     [f"{DECISIONS}:1: the file is not UTF-8 but UTF-16; save it as UTF-8"]),
    (lambda review: review.path(DECISIONS).write_bytes(review.path(DECISIONS).read_bytes().replace(b",", b";")),
     [f"{DECISIONS}:1: missing columns citekey"]),
    (_edit(DECISIONS, "invented2023scoring,loaf-vision,,method,", "invented2023scoring,loaf-vision,,methods,"),
     [f"{DECISIONS}:6: invented2023scoring: unknown kind 'methods'"]),
    (_edit(FACTS, '{"title": "RiseCast', '{"title": "RiceCast'), []),  # an identifier still says whose facts they are
    (lambda review: append(review, FACTS, '{"title": "CrumbNet: Whole Bread from Inside", "yeer": 2021}'),
     [f"{FACTS}:14: unknown field 'yeer'; did you mean 'year'?"]),
    (lambda review: append(review, FACTS, '{"title": "CrumbNet: Reading the Crumb of a Loaf from One Picture"}'),
     [f"{FACTS}:"]),
    (lambda review: append(review, FACTS, '{"title": "A work of no one", "published": "28.11.2026"}'),
     [f"{FACTS}:14: invalid date '28.11.2026' in 'published'; write 2026-11-28"]),
    (_edit("book/corpus/themes.yml", "      scope: Robots", "      scpoe: Robots"),
     ["book/corpus/themes.yml:25: unknown key 'scpoe'; did you mean 'scope'?"]),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "expected"), ELSEWHERE)
def test_a_mistake_elsewhere_is_named_with_its_line(
    review: Review, spoil: Callable[[Review], object], expected: list[str]
) -> None:
    spoil(review)
    found = faults_of(review)
    for fault in expected:
        assert [line for line in found if line.startswith(fault)], found
    assert bool(found) == bool(expected)


def test_facts_of_no_paper_name_the_nearest_title(review: Review) -> None:
    line = append(review, FACTS, '{"title": "CrumbNet: Reading the Crumb of a Laof from One Picture", "year": 2021}')
    (fault,) = faults_of(review)
    assert fault == (
        f"{FACTS}:{line}: these facts match no paper: 'CrumbNet: Reading the Crumb of a Laof from One Picture'; "
        "did you mean 'CrumbNet: Reading the Crumb of a Loaf from One Picture'?"
    )


def test_seven_mistakes_planted_together_are_in_one_list(review: Review) -> None:
    """A misspelt key, a wrong number and a wrong slug on pages; a row, a date, a contents entry and a duplicate row."""
    review.edit(VISION, "{cite}`madeup2022crust`", "{cite}`madeup2022crusts`")
    append(review, VISION, "The score rose by 77.7 points {cite}`invented2021crumbnet`.")
    append(review, AGENTS, ":::{papers} baking-agent\n:::")
    append(review, DECISIONS, f"{ROW}28.11.2026")
    review.edit(TOC, "file: book/about/method", "file: book/about/methods")
    files = [fault.split(":")[0] for fault in faults_of(review)]
    assert sorted(files) == sorted([TOC, "book/about/method.md", VISION, VISION, AGENTS, DECISIONS, DECISIONS])


def test_a_heading_unlike_the_theme_and_a_theme_without_papers_are_tasks(review: Review) -> None:
    review.edit(VISION, "# Looking at loaves", "# Looking at bread")
    shown = check(review).stdout
    assert f"to do: {VISION}:1: the heading is “Looking at bread”, but the theme's title in themes.yml is “" in shown


def test_a_file_that_is_not_there_is_named_where_a_page_or_the_settings_use_it(review: Review) -> None:
    review.path("book/parts").mkdir()
    review.path("book/parts/there.md").write_text("Bread.\n", "utf-8")
    append(review, VISION, ":::{include} ../parts/there.md\n:::\n\n```{literalinclude} /book/parts/there.md\n```")
    assert not faults_of(review)
    line = append(review, VISION, ":::{include} ../parts/none.md\n:::\n\n```{literalinclude} none.py\n```")
    table = append(review, VISION, ":::{csv-table} Loaves\n:file: none.csv\n:::")
    logo = append(review, "_config.yml", "logo: pictures/none.png")
    remedy = "add the file, or correct the name"
    assert faults_of(review) == [
        f"_config.yml:{logo}: 'logo' names a file that does not exist: pictures/none.png; {remedy}",
        f"{VISION}:{line}: missing file '../parts/none.md' of 'include'; {remedy}",
        f"{VISION}:{line + 3}: missing file 'none.py' of 'literalinclude'; {remedy}",
        f"{VISION}:{table}: missing file 'none.csv' of 'csv-table'; {remedy}",
    ]


def test_a_key_that_is_written_twice_is_named_with_both_lines(review: Review) -> None:
    first = review.path("_config.yml").read_text("utf-8").partition("title:")[0].count("\n") + 1
    line = append(review, "_config.yml", "title: Again")
    root = append(review, TOC, "root: book/index")
    faults = faults_of(review)
    assert f"_config.yml:{line}: duplicate key 'title', first on line {first}; remove one of them" in faults
    assert any(fault.startswith(f"_toc.yml:{root}: duplicate key 'root'") for fault in faults)
    assert len(faults) == 2


def test_a_reference_to_a_label_that_nothing_defines_is_named(review: Review) -> None:
    line = append(review, VISION, "See {ref}`crust`, {numref}`Figure %s <fig:none>`\nand {eq}`eq:none`.")
    append(review, DOUGH, "(crusts)=\n\n## Crusts of loaves")
    assert faults_of(review) == [
        f"{VISION}:{line}: unknown label 'crust'; did you mean 'crusts'?",
        f"{VISION}:{line}: unknown label 'fig:none'; write (fig:none)= on the line before what it names, or correct it",
        f"{VISION}:{line + 1}: unknown label 'eq:none'; write $$ (eq:none) at the end of the formula, or correct it",
    ]


def test_a_term_and_a_name_that_lead_nowhere_are_named(review: Review) -> None:
    line = append(review, VISION, "A {term}`crumbs`, a {term}`first rise <proof>`, a {any}`crusty` and {any}`none`.")
    append(review, DOUGH, "(crust)=\n\n:::{glossary}\nCrumb\n  What is within.\n\nproof : noun\n  The rise.\n:::")
    fine = "{term}`crumb`, {any}`Proof`, {any}`crust`, {any}`baking-agents` and {any}`json.loads`"
    append(review, VISION, f"Here are {fine}.")
    assert faults_of(review) == [
        f"{VISION}:{line}: unknown label 'crusty'; did you mean 'crust'?",
        f"{VISION}:{line}: unknown label 'none'; write (none)= on the line before what it names, or correct it",
        f"{VISION}:{line}: unknown term 'crumbs'; did you mean 'crumb'?",
    ]


def test_a_picture_that_html_names_is_named_if_the_site_lacks_it(review: Review) -> None:
    review.path("book/chapters/oven.png").write_bytes(b"")
    line = append(
        review, VISION, '<p>\n<img alt="" src="none.png">\n</p>\n\nAn <img src=oven.png> and <!-- <img src="x"> -->.'
    )
    append(review, VISION, '<img src="/logo.png"><img src="../_static/x.png"><img src="https://example.org/x.png">')
    missing = f"{VISION}:{line + 1}: missing picture 'none.png'; add the file, or correct the name"
    named = "the picture 'oven.png' is not copied into the site, since HTML names it; write ![what it shows](oven.png)"
    assert faults_of(review) == [missing, f"{VISION}:{line + 4}: {named}"]
    review.edit("_config.yml", "dollarmath]", "dollarmath, html_image]")
    assert missing in faults_of(review)
    assert not any("oven.png" in fault for fault in faults_of(review))


def test_files_and_rows_that_no_one_would_read_are_named(review: Review) -> None:
    pairs = "one,other,same,reason,by,date\nmadeup2022crust,madeup2022crusts,no,Two works,someone,2026-01-02\n"
    review.path("book/corpus/pairs.csv").write_text(pairs, "utf-8")
    review.path("book/corpus/high-lights.yml").write_text("", "utf-8")
    review.path("book/corpus/decisions-old.csv").write_text("", "utf-8")
    assert faults_of(review) == [
        "book/corpus/high-lights.yml: no file of a review has this name; did you mean 'highlights.yml'?",
        "book/corpus/pairs.csv:2: unknown citekey 'madeup2022crusts'; did you mean 'madeup2022crust'?",
    ]


def test_a_damaged_notebook_and_a_cell_that_is_not_python_are_named(review: Review) -> None:
    review.path("book/analysis/broken.ipynb").write_text('{"cells": [\n', "utf-8")
    review.path("book/analysis/empty.ipynb").write_text('{"nbformat": 4}', "utf-8")
    cells = [
        "%matplotlib inline\nx = (",
        "papers?",
        "await later()\nfiles = !ls",
        ":tags: [raises-exception]\nx = (",
        "---\ntags: [remove-input]\n---\nx = 1\ny = (x",
    ]
    last = append(review, NOTEBOOK, "\n\n".join(f"```{{code-cell}} ipython3\n{cell}\n```" for cell in cells)) + 24
    assert faults_of(review) == [
        "book/analysis/broken.ipynb:2: not a notebook: invalid JSON; save it again in Jupyter",
        "book/analysis/empty.ipynb: not a notebook: it has no 'cells'; save it again in Jupyter",
        f"{NOTEBOOK}:{last}: this cell is not Python: '(' was never closed; correct the cell",
    ]
    review.edit("_config.yml", "dollarmath]", "dollarmth]")
    assert any(
        "unknown extension of Markdown 'dollarmth'; did you mean 'dollarmath'?" in one for one in faults_of(review)
    )


def test_options_tags_and_kernels_that_nothing_reads_are_named(review: Review) -> None:
    cells = [":tagz: [hide-input]", ":tags: hide-input", ":tags: [hide-inputs, my-own]", ":hide_input: true"]
    line = append(review, NOTEBOOK, "\n\n".join(f"```{{code-cell}} ipython3\n{option}\n1\n```" for option in cells))
    plain = append(review, VISION, "```{code-cell} ipython3\n1\n```")
    found = faults_of(review)
    assert found == [
        f"{NOTEBOOK}:{line}: unknown option 'tagz' of a cell; did you mean 'tags'?",
        f"{NOTEBOOK}:{line + 5}: the tags 'hide-input' are not a list; write :tags: [hide-input]",
        f"{NOTEBOOK}:{line + 10}: unknown tag 'hide-inputs' of a cell; did you mean 'hide-input'?",
        f"{NOTEBOOK}:{line + 15}: 'hide_input' is a tag, not an option of a cell; write :tags: [hide-input]",
        f"{VISION}:{plain}: this cell is not executed: the page does not say that it is a notebook; begin the page "
        "with file_format: mystnb and a kernelspec, between ---",
    ]
    review.edit(NOTEBOOK, "name: python3", "name: python33")
    assert any("no kernel 'python33' is installed" in fault for fault in faults_of(review))


def test_links_of_html_and_addresses_that_lead_nowhere_are_named(review: Review) -> None:
    line = append(
        review,
        VISION,
        'See <a href="baking-agents.md">it</a>, <a href="baking-agent.html">it</a>,\n'
        '<a href="baking-agents.html">it</a>, <a href="../../data/papers.csv">them</a>, [it](htps://example.org/x),\n'
        "[it](https:/example.org), [it](www.example.org), [me](me@example.org), ![it](C:/x.png), [x](doi:10.1/x).",
    )
    named = "the page 'baking-agents.md' is not in the site under this name, since HTML names it"
    assert faults_of(review) == [
        f"{VISION}:{line}: broken link to 'baking-agent.html'; did you mean 'baking-agents.md'?",
        f"{VISION}:{line}: {named}; write [text](baking-agents.md)",
        f"{VISION}:{line + 1}: unknown kind of address 'htps:' in 'htps://example.org/x'; did you mean 'https'?",
        f"{VISION}:{line + 2}: 'C:/x.png' is a file of one computer; put it beside the page, and write its name "
        "from there",
        f"{VISION}:{line + 2}: broken link to 'me@example.org'; write mailto:me@example.org",
        f"{VISION}:{line + 2}: broken link to 'www.example.org'; write https://www.example.org…",
        f"{VISION}:{line + 2}: invalid address 'https:/example.org'; begin it with https://",
    ]


def test_citekeys_that_are_not_separated_by_commas_and_invisible_characters_are_named(review: Review) -> None:
    line = append(review, VISION, "Loaves {cite}`madeup2022crust; invented2021crumbnet`.")
    other = append(review, VISION, "Loaves {cite}`madeup2022crust\u200b`.")
    assert faults_of(review) == [
        f"{VISION}:{line}: 'madeup2022crust; invented2021crumbnet' is not one citekey; separate citekeys by commas: "
        "madeup2022crust,invented2021crumbnet",
        f"{VISION}:{other}: 'madeup2022crust' holds an invisible character; delete it, and type the citekey",
    ]


def test_figures_that_no_file_holds_are_named_where_anything_was_measured(review: Review) -> None:
    line = append(review, VISION, "It is {measured}`loaf recalls`, or {measured}`loav recall`.")
    assert faults_of(review) == []
    review.path("tests").mkdir()
    figures = {"what": "loaves", "command": "x", "date": "2030-01-01", "values": {"recall": "1"}, "tables": {}}
    review.path("tests/loaf-figures.json").write_text(json.dumps(figures), "utf-8")
    assert faults_of(review) == [
        f"{VISION}:{line}: nothing was measured under 'loav'; did you mean 'loaf'?",
        f"{VISION}:{line}: unknown figure 'recalls' of 'loaf'; did you mean 'recall'?",
    ]


LABELS = """(The  Crust)=

## Crust of loaves

{#rise}
A rise.

$$
x = 1
$$ (eq:one)

```{math}
:label: eq:two
x = 2
```

:::{table} Loaves
:name: tab:loaves

| Loaf |
| --- |
| Rye |
:::
"""


@pytest.mark.parametrize("name", [AGENTS, "book/parts/included.md"])
def test_labels_are_known_in_every_form_and_wherever_they_are(review: Review, name: str) -> None:
    review.path("book/parts").mkdir()
    review.path("book/parts/included.md").write_text("A text.\n", "utf-8")
    append(review, name, LABELS)
    append(
        review, DOUGH, "See {ref}`the crust`, {ref}`a rise <rise>`, {eq}`eq:one`, {eq}`eq:two`, {numref}`tab:loaves`."
    )
    append(review, DOUGH, "Also {ref}`search`, and `{ref}` or ``{ref}`none` `` in code.")
    assert faults_of(review) == []


def test_labels_that_another_extension_may_make_are_left_to_the_build(review: Review) -> None:
    review.edit("_config.yml", "sphinx:\n", "sphinx:\n  extra_extensions: [sphinx.ext.autosectionlabel]\n")
    append(review, VISION, "See {ref}`crust`.")
    assert faults_of(review) == []


def test_a_link_to_a_section_that_is_not_there_is_named(review: Review) -> None:
    append(review, DOUGH, "(the-crust)=\n\n## Crust of loaves\n\n<a id='raw'></a>")
    append(review, DOUGH, "See [it](#crust-of-loaves), [it](#the-crust), [it](#raw), [code](https://example.org/#x).")
    append(review, VISION, "See [it](dough-forecasting.md#crust-of-loaves).")
    append(review, VISION, "See [it](dough-forecasting.md#cite-made2030up) and {ref}`tension-made`.")
    assert not [fault for fault in faults_of(review) if "broken link" in fault or "label" in fault]
    line = append(review, DOUGH, "See [it](#crust-of-loafs)")
    other = append(review, VISION, "See [it](dough-forecasting.md#nowhere).")
    assert [fault for fault in faults_of(review) if "broken link" in fault] == [
        f"{DOUGH}:{line}: broken link to 'crust-of-loafs'; did you mean 'crust-of-loaves'?",
        f"{VISION}:{other}: broken link to 'nowhere'; correct or remove it",
    ]


def test_sections_of_included_texts_are_left_to_the_build(review: Review) -> None:
    review.path("book/parts").mkdir()
    review.path("book/parts/crumb.md").write_text("## The crumb\n", "utf-8")
    append(review, VISION, ":::{include} ../parts/crumb.md\n:::\n\nSee [it](#the-crumb).")
    assert faults_of(review) == []
