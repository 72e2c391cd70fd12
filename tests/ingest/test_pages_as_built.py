"""Pages are read as the build reads them: the same parser, the same directives, and so the same roles.

All pages are invented. Sphinx reads each of them with roles that only record that they were reached.
"""

from __future__ import annotations

import logging
import pickle
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from docutils.parsers.rst import Directive, directives, languages
from docutils.utils import new_document
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from invented import put
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from litbook.core.cache import Cache
from litbook.ingest import pages
from litbook.ingest.blocks import Found, read_blocks
from litbook.ingest.directives import BARE, OPAQUE, TITLED, WITHOUT_OPTIONS
from litbook.ingest.markdown import Syntax, make_parser
from litbook.ingest.pages import make_page, read_pages
from litbook.site.authoring.by_question import ByQuestion
from litbook.site.authoring.landmarks import Landmarks
from litbook.site.build.pictures import DecodePictures
from litbook.site.build.section_anchors import ListTargets, NameSections
from litbook.site.build.titles import plain_title
from litbook.text.anchors import make_anchor

EXTENSIONS = ("attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath")
OTHERS = ("amsmath", "attrs_image", "fieldlist", "html_image", "linkify", "replacements", "smartquotes",
          "strikethrough", "substitution", "tasklist")  # fmt: skip
ROLES = ("cite", "cite:t", "claim", "count")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sphinx]:
    """Return Sphinx with the extensions of Jupyter Book, in a folder with one page."""
    folder = tmp_path_factory.mktemp("as-built")
    (folder / "index.md").write_text("# A page\n", "utf-8")
    loaded = ["sphinx_togglebutton", "myst_nb", "jupyter_book", "sphinx_thebe", "sphinx_design", "sphinx_book_theme"]
    settings = {"extensions": loaded, "html_theme": "sphinx_book_theme", "myst_enable_extensions": list(EXTENSIONS),
                "nb_execution_mode": "off"}  # fmt: skip
    with docutils_namespace():
        made = Sphinx(folder, None, folder / "out", folder / "trees", "html", settings, status=None, warning=None)
        for name in ROLES:
            made.add_role(name, record, override=True)
        made.add_directive("by-question", ByQuestion)
        made.add_directive("landmarks", Landmarks)
        made.add_transform(NameSections)
        made.add_transform(DecodePictures)
        made.add_transform(ListTargets)
        yield made


def record(name: str, _raw: str, text: str, *_: Any, **__: Any) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return a node that remembers with which name and text a role was reached."""
    return [nodes.inline("", text, recorded=f"{name} {text}")], []


def roles_built(app: Sphinx, text: str) -> Counter[str]:
    """Return the roles that the build draws on a page."""
    try:
        tree = read_page(app, text)
    except AssertionError:  # docutils does not survive a line of dashes in some places
        reject()
    return Counter(node["recorded"] for node in tree.findall(nodes.inline) if "recorded" in node)


def read_page(app: Sphinx, text: str) -> nodes.document:
    Path(app.srcdir, "index.md").write_text(text, "utf-8")
    app.builder.read_doc("index")
    tree: nodes.document = pickle.loads(Path(app.doctreedir, "index.doctree").read_bytes())
    return tree


def anchors_built(app: Sphinx, text: str) -> list[str]:
    return [section["ids"][0] for section in read_page(app, text).findall(nodes.section)]


HEADINGS = "# Tides\n\n## 潮汐\n\n### Results\n\n## Приливы\n\n### Results\n\n## Results\n\n## Été, {} of `x`\n"


@pytest.mark.parametrize(
    "text",
    [
        HEADINGS,
        HEADINGS.replace("潮汐", "Results"),
        "# 潮\n\n## $\\beta$ x\n\n## 潮\n",
        "# The <b>rise</b> of it\n\n## ผลลัพธ์\n\n## परिणाम\n\n## النتائج\n\n## 결과 2\n",
    ],
)
def test_the_anchors_of_sections_are_those_of_the_build(app: Sphinx, text: str) -> None:
    assert [section.anchor for section in make_page(text, "x.md").sections] == anchors_built(app, text)


def test_no_anchor_moves_when_something_is_added_above(app: Sphinx) -> None:
    before = anchors_built(app, HEADINGS)
    added = "# Tides\n\nA sentence[^1] {cite}`a`.\n\n## 新\n\n(label)=\n## Новый\n\n[^1]: A note.\n"
    after = anchors_built(app, HEADINGS.replace("# Tides\n", added, 1))
    assert set(before) <= set(after)
    assert before == ["tides", "潮汐", "results", "приливы", "приливы-results", "results-2", "ete-of-x"]


def test_links_find_sections_by_their_anchors(app: Sphinx) -> None:
    links = "See [the first](#潮汐), [](#приливы-results) and [others](index.md#results-2).\n"
    tree = read_page(app, f"{HEADINGS}\n{links}")
    (first, second) = [link for link in tree.findall(nodes.reference) if "refid" in link]
    assert (first["refid"], second["refid"], second.astext()) == ("潮汐", "приливы-results", "Results")
    assert app.env.metadata["index"]["myst_slugs"]["results-2"][1:] == ("results-2", "Results")


def test_a_label_before_a_heading_still_leads_to_it(app: Sphinx) -> None:
    tree = read_page(app, "# Tides\n\n(here)=\n## 潮汐\n\n[](#here), {ref}`here`\n")
    (section,) = [section for section in tree.findall(nodes.section) if section["ids"][0] == "潮汐"]
    assert "here" in section["ids"]
    assert app.env.get_domain("std").labels["here"][1] in section["ids"]


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a picture.png", "![Bars](<a picture.png>)"),
        ("a picture.png", "![Bars](a%20picture.png)"),
        ("a picture.png", "![Bars][it]\n\n[it]: <a picture.png>"),
        ("the pictures/a (1) b.png", "![Bars](<the pictures/a (1) b.png>)"),
        ("a  picture.png", "![Bars](<a  picture.png>)"),
        ("100% kelp.png", "![Bars](100%25%20kelp.png)"),
        ("grün +x.png", "![Bars](<grün +x.png>)"),
        ("a picture.png", "```{image} a picture.png\n```"),
        ("the pictures/a picture.png", "```{figure} the pictures/a picture.png\n\nCaption.\n```"),
    ],
)
def test_a_picture_whose_name_has_a_space_is_found(app: Sphinx, name: str, markup: str) -> None:
    path = Path(app.srcdir, name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    (image,) = read_page(app, f"# Tides\n\n{markup}\n").findall(nodes.image)
    assert Path(app.env.relfn2path(image["uri"], "index")[1]) == path
    path.unlink()


def test_a_name_that_may_be_either_of_two_pictures_is_not_guessed(app: Sphinx) -> None:
    for name in ("a bc.png", "ab c.png"):
        Path(app.srcdir, name).write_bytes(b"")
    (image,) = read_page(app, "# Tides\n\n```{image} a bc.png\n```\n").findall(nodes.image)
    assert image["uri"] == "abc.png"


def test_links_lead_to_anchors_and_labels_of_other_pages(app: Sphinx) -> None:
    read_page(app, "# Tides\n\n## 潮汐\n\n(label)=\n## Results $x^2$\n")
    targets = app.env.metadata["index"]["myst_slugs"]
    assert {target: where[1:] for target, where in targets.items()} == {
        "tides": ("tides", "Tides"),
        "潮汐": ("潮汐", "潮汐"),
        "results-x-2": ("results-x-2", "Results x²"),
        "label": ("results-x-2", "Results x²"),
    }


def test_an_anchor_has_the_marks_of_its_script() -> None:
    assert list(map(make_anchor, ["ผลลัพธ์", "परिणाम", "النتائج", "결과 2", "Ø und ß"])) == [
        "ผลลัพธ์", "परिणाम", "النتائج", "결과-2", "ø-und-ß",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("The $\\beta$-glucan of *x* and `y`", "The β-glucan of x and y"),
        ("On {math}`\\gamma` rays", "On γ rays"),
        ("H{sub}`2`O and x{sup}`2`", "H₂O and x²"),
        ("$E = mc^2$ and $10^{-3}$ and $\\mathbb{R}^n$", "E = mc² and 10⁻³ and ℝ^n"),
        ("**Bold**, _thin_ and [linked](https://example.org)", "Bold, thin and linked"),
        ("<b>Bold</b> &amp; plain", "Bold & plain"),
    ],
)
def test_a_heading_is_the_same_plain_text_in_the_rail_and_in_lists(app: Sphinx, written: str, plain: str) -> None:
    title = next(iter(read_page(app, f"# {written}\n").findall(nodes.title)))
    assert plain_title(title) == plain
    assert make_page(f"# {written}\n", "x.md").title == plain


def roles_read(text: str) -> Counter[str]:
    """Return the roles that are read from a page; the place of each must be where it is written."""
    page = make_page(text, "index.md")
    for role in page.roles:
        written = page.source[role.start : role.end]
        assert written.startswith(f"{{{role.name}}}`")
        assert written.endswith("`")
        assert page.source.startswith(role.text.split("\n")[0], role.text_start)
        assert page.source.count("\n", 0, role.start) + 1 == role.line
    return Counter(f"{role.name} {role.text}".replace("\n", " ") for role in page.roles)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("{cite}`a`{claim}`a:1`", 2),
        ("`` {cite}`a` ``", 0),
        ("Ticks ``x` {cite}`a`", 0),  # the third tick pairs with the one behind the role's name
        ("A lone ` tick\n\n{cite}`a` and another ` tick", 1),
        ("\\{cite}`a`", 0),
        ("\\\\{cite}`a`", 1),
        ("`\\`{cite}`a`", 1),
        ("{cite}`a,\nb`", 1),
        ("> {cite}`a,\n> b`", 1),
        ("- {cite}`a,\n  b`\n- {claim}`a:1`", 2),
        ("| a | b |\n|---|---|\n| {cite}`a` | x \\| {claim}`a:1` |", 2),
        ("a {cite}`a` | b\n", 1),
        ("<!-- {cite}`a` -->\n% {cite}`b`\n{cite}`c`", 1),
        ("a <!-- {cite}`a` --> {cite}`b`", 1),
        ("<div>\n{cite}`a`\n</div>\n\n{cite}`b`", 1),
        ("$a {cite}`a`$ and\n\n$$\n{cite}`b`\n$$\n", 0),
        ("[{cite}`a`](https://example.org) ![{cite}`b`](b.png)", 1),
        ("*{cite}`a`* **{cite}`b`** [c {cite}`c`]{.d}", 3),
        ("---\nkey: '{cite}`a`'\n---\n{cite}`b`", 1),
        ("# A {cite}`a`\n\nB {cite}`b`\n---\n", 2),
        ("{cite}`a`[^f] [^g]\n\n[^f]: {cite}`f`\n[^g]: {claim}`g:1`\n[^h]: {cite}`h`\n", 3),
        ("a\n: {cite}`a`\n\n  {cite}`b`\n", 2),
        ("    {cite}`a`\n", 0),
        ("(a)=\n{.b}\n{cite}`a`\n", 1),
        ("```{note}\n{cite}`a`\n```", 1),
        ("```{note} {cite}`a`\n{cite}`b`\n```", 2),
        ("```{note} {cite}`a`\n:class: tip\n{cite}`b`\n```", 2),
        ("```{tip}\n:class: {cite}`x`\n\n{cite}`a`\n```", 1),
        ("```{tip}\n---\nclass: x\n---\n{cite}`a`\n```", 1),
        (":::{admonition} See {cite}`a`\n:class: tip\n{cite}`b`\n:::", 2),
        ("::::{margin}\n:::{tip}\n{cite}`a`\n```\n{cite}`b`\n```\n:::\n::::\n{cite}`c`", 2),
        (":::{margin} On {cite}`a`\n{cite}`b`\n:::", 2),
        ("::: wide\n{cite}`a`\n:::", 1),
        (":::{dropdown} {cite}`a`\n:open:\n{cite}`b`\n:::", 2),
        ("::::{tab-set}\n:::{tab-item} {cite}`a`\n{cite}`b`\n:::\n::::", 2),
        (":::{card} {cite}`a`\nHead {cite}`b`\n^^^\nBody {cite}`c`\n+++\nFoot {cite}`d`\n:::", 4),
        (":::{figure} x.png\n:alt: {cite}`x`\n{cite}`a`\n\n{cite}`b`\n:::", 2),
        (":::{table} {cite}`a`\n| a |\n|---|\n| {cite}`b` |\n:::", 2),
        (":::{list-table} {cite}`a`\n* - {cite}`b`\n  - c\n* - d\n  - {cite}`e`\n:::", 3),
        ("```{code-block} md\n{cite}`a`\n```\n```md\n{cite}`b`\n```\n~~~\n{cite}`c`\n~~~", 0),
        ("```{math}\n{cite}`a`\n```\n```{raw} html\n{cite}`a`\n```", 0),
        (":::{image} x.png\n{cite}`a`\n:::", 0),
        ("> ```{note}\n> {cite}`a`\n> ```\n- :::{tip}\n  {cite}`b`\n  :::\n", 2),
        ("```{epigraph}\n:x: {cite}`a`\n```", 1),
        ("````{note}\n```{note}\n{cite}`a`\n```\n```\n{cite}`b`\n```\n````\n", 1),
        ("```{note}\n{cite}`a`\n", 1),
        ("[a]: https://example.org '{cite}`a`'\n\n[a] {cite}`b`", 1),
        ("A [b](https://example.org/`c`) {cite}`a` &amp; \\* {claim}`a:1`", 2),
        ("\t- {cite}`a`\n-\t{cite}`b`\n\n\t{cite}`c`\n", 2),
        ("a  \n{cite}`a`\\\n{cite}`b`", 2),
    ],
)
def test_a_role_is_read_where_the_build_draws_it(app: Sphinx, text: str, count: int) -> None:
    built = roles_built(app, text)
    assert sum(built.values()) == count
    assert roles_read(text) == built


INLINE = ("{cite}`a`", "{claim}`a:1`", "{cite:t}`b`", "{cite}`c,\nd`", "`{cite}`", "`` {cite}`e` ``", "\\{cite}`f`",
          "`", "``", "word", "*", "**", "_", "[", "](https://example.org)", "]{.g}", "<!--", "-->", "<i>", "$", "\\",
          "|", "![", "{", "}", "[^h]", "&amp;", "2 * 3", "\n", "  \n")  # fmt: skip
LINES = ("", "", "# A heading", "{cite}`a` and {claim}`a:1`", "word {cite}`b,", "c` word", "- {cite}`d`", "  {cite}`e`",
         "    {cite}`f`", "1. {claim}`g:2`", "> {cite}`h`", "> - {cite}`i`", "```", "````", "~~~", ":::", "::::",
         "```{note}", "````{note}", ":::{tip}", "::::{admonition} On {cite}`j`", ":class: k", ":::{margin} {cite}`l`",
         "```{code-block} md", "% {cite}`m`", "<!-- {cite}`n`", "-->", "<div>", "</div>", "| {cite}`o` | p |",
         "|---|---|", "---", "===", "+++", "(q)=", "{.r}", "[^s]: {cite}`t`", "[^s]", "$$", "term", ": {cite}`u`",
         "\t{cite}`v`", "`` {cite}`w`", "``")  # fmt: skip
DOCUMENTS = st.one_of(
    st.lists(st.sampled_from(INLINE), max_size=12).map(" ".join),
    st.lists(st.sampled_from(LINES), max_size=14).map("\n".join),
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=150)
@given(text=DOCUMENTS)
def test_whatever_a_page_holds_its_roles_are_those_of_the_build(app: Sphinx, text: str) -> None:
    """A directive that the build refuses, such as a box in a box of the same sort, is read all the same."""
    errors = logging.Handler(logging.ERROR)
    refused: list[logging.LogRecord] = []
    errors.emit = refused.append  # type: ignore[method-assign]
    logging.getLogger("sphinx").addHandler(errors)
    built, read = roles_built(app, text), roles_read(text)
    logging.getLogger("sphinx").removeHandler(errors)
    assert built <= read
    assert refused or built == read


@pytest.mark.parametrize("extra", [(), *((name,) for name in OTHERS), OTHERS])
def test_the_parser_has_the_rules_of_the_build(extra: tuple[str, ...]) -> None:
    ours = make_parser(Syntax(enable_extensions=(*EXTENSIONS, *extra))).get_active_rules()
    theirs = create_md_parser(MdParserConfig(enable_extensions={*EXTENSIONS, *extra}), RendererHTML).get_active_rules()
    left_out = {"text_join", "wordcount", "smartquotes", "replacements", "github-tasklists"}  # they only rewrite text
    assert ours == {chain: [name for name in names if name not in left_out] for chain, names in theirs.items()}


def test_the_lists_of_directives_agree_with_the_build(app: Sphinx) -> None:
    """Each says of a directive what its class does; only directives of extensions that are not loaded are unknown."""
    unloaded = set("bibliography button-icon digraph eval-rst footbibliography graph graphviz mermaid".split())
    found = {name: find_class(app, name) for name in OPAQUE | BARE | TITLED | WITHOUT_OPTIONS}
    assert {name for name, made in found.items() if made is None} == unloaded
    known = {name: made for name, made in found.items() if made is not None}
    takes = {name for name, made in known.items() if made.required_arguments or made.optional_arguments}
    assert not BARE & takes
    assert takes >= TITLED - unloaded
    assert not {name for name in WITHOUT_OPTIONS if known[name].option_spec}
    assert not {name for name in (BARE | TITLED) - OPAQUE if not known[name].has_content}


def find_class(app: Sphinx, name: str) -> type[Directive] | None:
    """Return the class of a directive as the parser looks it up."""
    found, _ = directives.directive(name, languages.get_language("en"), new_document("invented"))
    standard = app.env.get_domain("std").directives.get(name)
    return found or standard


# -- settings and cache ---------------------------------------------------------------------------------------------


def roles_of(tmp_path: Path, config: str) -> list[str]:
    text = "```{note}\n{cite}`a`\n```\n$x {cite}`b`$\n\n:::{code-block} md\n{cite}`c`\n:::\n"
    project = put(tmp_path, {"_config.yml": config, "book/index.md": text})
    cache = Cache(project.cache)
    (page,) = read_pages(project, cache)
    cache.save()
    return [role.text for role in page.roles]


@pytest.mark.parametrize(
    ("config", "read"),
    [
        ("", ["a"]),  # as Jupyter Book has it
        ("title: An invented review\nparse:\n", ["a"]),
        ("parse:\n  myst_enable_extensions: []\n", ["a", "b", "c"]),
        ("parse:\n  myst_enable_extensions: [dollarmath]\n", ["a", "c"]),
        ("parse:\n  myst_enable_extensions: [colon_fence]\n", ["a", "b"]),
        ("sphinx:\n  config:\n    myst_enable_extensions: [colon_fence]\n", ["a", "b"]),
        ("sphinx:\n  config:\n    myst_disable_syntax: [math_inline]\n", ["a", "b"]),
        ("sphinx:\n  config:\n    myst_commonmark_only: true\n", []),
        ("a: [", ["a"]),  # the build refuses it before it reads a page
    ],
)
def test_the_settings_of_the_review_decide_what_is_read(tmp_path: Path, config: str, read: list[str]) -> None:
    assert roles_of(tmp_path, config) == read


def test_a_page_is_parsed_again_only_if_it_or_the_settings_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = "parse:\n  myst_enable_extensions: [dollarmath]\n"
    first = roles_of(tmp_path, config)
    parsed: list[str] = []

    def parse(source: str, syntax: Syntax) -> Found:
        parsed.append(source)
        return read_blocks(source, syntax)

    monkeypatch.setattr(pages, "read_blocks", parse)
    assert roles_of(tmp_path, config) == first
    assert parsed == []
    assert roles_of(tmp_path, "") != first
    assert len(parsed) == 1
