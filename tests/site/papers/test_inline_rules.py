"""The rules that read generated Markdown in large pieces give what the stock rules of MyST's parser give."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from litbook.site.papers.inline_rules import read_generated_text

PIECES = (
    *("[", "]", "{.sentence-2}", "\\", "*", "`", "a b", "(x)", "\n", "<", "\\]", "!", "[A.]{.sentence-1}"),
    *(
        "[a label](x.md)",
        "[b](../chapters/y.md)",
        "(https://example.org/?a=b)",
        "_",
        "\\_",
        "$",
        "&amp;",
        "{",
        "}",
        "\\\\",
    ),
    *("<https://example.org>", "\\\n", "**", "[c](x.md){.class}", "javascript:x", "[d](javascript:x)", "é", "\\é"),
    *("[e](https://example.org/?a=1&amp;b=2)", "[f](x&copy;.html)", "[g](x\\_y.html)", "[h](x y)", "[i](é.html)"),
)


def make_parser() -> MarkdownIt:
    extensions = {"attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"}
    return create_md_parser(MdParserConfig(enable_extensions=extensions), RendererHTML)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@example(["[", "One ", "*", "two", "*", " \\[x\\]", "]", "{.sentence-2}"])
@example(["\\", "[", "no]", "{.sentence-2}"])
@example(["*", "[", "a*", "]", "{.sentence-2}"])
@example(["[", "`", "]", "{.sentence-2}", "`"])
@example(["[", "[a label](x.md)", "]", "(x)"])
def test_text_sentences_and_links_are_read_as_by_the_stock_rules(pieces: list[str]) -> None:
    quick = make_parser()
    read_generated_text(quick)
    text = "".join(pieces)
    assert quick.render(text) == make_parser().render(text)
