"""Turn the Markdown of a paper page into HTML, without docutils.

Paper pages are generated, so their shape is known: headings, paragraphs, lists, a quotation, links, numbered sentences
and one block of BibTeX. MyST's own parser reads them, and the rules below write the HTML that Sphinx writes for the
same page, byte for byte. A page that includes a person's note can hold anything, and is read by Sphinx.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser

from litbook.site.build.escape import escape
from litbook.site.papers.inline_rules import read_generated_text
from litbook.text.anchors import Anchors

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from myst_parser.config.main import MdParserConfig

# Syntax that generated pages do not use; what is in their texts is escaped.
_UNUSED = (
    *("front_matter", "table", "code", "math_block", "colon_fence", "hr", "footnote_def", "reference", "html_block"),
    *("lheading", "deflist", "math_inline", "backticks", "image", "footnote_ref", "autolink", "html_inline", "entity"),
    "wordcount",
)
_DOCUMENT = re.compile(r"(?![\w+.-]+:)([^#]*)\.md(#.*)?")
_SENTENCE = re.compile(r"sentence-\d+(?:-\d+)?")
_HEADER_LINK = '<a class="headerlink" href="#{}" title="Link to this heading">#</a>'

# Paragraphs that are folded, by their class, and what opens and closes the fold around them.
FOLDED = {"litbook-provenance": "Where this information comes from", "litbook-why": "Why it is in this theme"}
UNFOLD = "</details>\n"

# Render the roles of generated pages from their texts, by name.
Roles = Mapping[str, Callable[[str], str]]


def open_fold(name: str) -> str:
    """Return what opens the fold around a paragraph of that class."""
    return f'<details class="{name}"><summary>{FOLDED[name]}</summary>\n'


class UnexpectedMarkdownError(ValueError):
    """Report Markdown that a generated page never holds: the renderer does not know its HTML."""


class PaperMarkdown:
    """Render the Markdown of paper pages; one parser serves all of them."""

    def __init__(self, config: MdParserConfig, to_anchor: Callable[[str], str]) -> None:
        """Take MyST's settings, and a function that returns the address of an anchor of the book (`#tension-…`)."""
        self._parser = _make_parser(config)
        self._to_anchor = to_anchor

    def render(self, text: str, roles: Roles, before_sections: str = "", code: Callable[[str], str] = str) -> str:
        """Return the HTML of a page.

        `roles` render `{litbook-used}` and `{litbook-from}`; `before_sections` goes above the first heading of the
        second level; `code` renders the block of BibTeX, with what follows it.
        """
        return _Page(self._to_anchor, roles, before_sections, code).render(self._parser.parse(text))


def _make_parser(config: MdParserConfig) -> MarkdownIt:
    parser = create_md_parser(config, RendererHTML)
    parser.disable(_UNUSED, ignoreInvalid=True)
    read_generated_text(parser)
    return parser


class _Page:
    """Render the tokens of one page; `self._sections` counts the open ones."""

    def __init__(
        self,
        to_anchor: Callable[[str], str],
        roles: Roles,
        before_sections: str,
        code: Callable[[str], str],
    ) -> None:
        self._to_anchor = to_anchor
        self._roles = roles
        self._before_sections = before_sections
        self._code = code
        self._anchors = Anchors()
        self._sections = 0
        self._is_folded = False
        self._out: list[str] = []

    def render(self, tokens: Sequence[Token]) -> str:
        position = 0
        while position < len(tokens):
            position = self._block(tokens, position)
        return "".join([*self._out, "</section>\n" * self._sections])

    def _block(self, tokens: Sequence[Token], at: int) -> int:
        """Write the token at a position, and return the position of the next one to write."""
        token = tokens[at]
        if token.type == "heading_open":
            self._heading(token, tokens[at + 1])
            return at + 3
        if token.type == "fence":
            self._out.append(self._code(token.content))
        elif token.type == "inline":
            self._out.append(self._inline(token))
        elif token.type in _BLOCKS:
            opening, closing = self._find_block(token)
            ends_item = [token.type, *(later.type for later in tokens[at + 1 : at + 2])] == _END_OF_ITEM
            self._out.append(opening.format(_class_of(token)) if opening else closing[:4] if ends_item else closing)
        else:
            raise UnexpectedMarkdownError(f"a generated page holds '{token.type}' (line {(token.map or [0])[0] + 1})")
        return at + 1

    def _find_block(self, token: Token) -> tuple[str, str]:
        """Return what opens or closes a block; some paragraphs are folded."""
        name = str(cast(Any, token.attrs).get("class", ""))
        if name in FOLDED:
            self._is_folded = True
            return f"{open_fold(name)}<p>", ""
        if token.type == "paragraph_close" and self._is_folded:
            self._is_folded = False
            return "", f"</p>\n{UNFOLD}"
        return _BLOCKS[token.type]

    def _heading(self, opening: Token, inline: Token) -> None:
        level = int(opening.tag[1])
        if level > 1 and self._sections == 1:
            self._out.append(self._before_sections)
        self._out.append("</section>\n" * (self._sections - level + 1))
        self._sections = level
        anchor = self._anchors.take(level, _plain(inline))
        title = self._inline(inline) + _HEADER_LINK.format(anchor)
        self._out.append(f'<section id="{anchor}">\n<{opening.tag}>{title}</{opening.tag}>\n')

    def _inline(self, token: Token) -> str:
        return "".join(map(self._piece, token.children or ()))

    def _piece(self, token: Token) -> str:
        if token.type == "text":
            return escape(token.content)
        if token.type == "link_open":
            return self._open_link(str(token.attrs["href"]))
        if token.type == "span_open":
            return _span(str(token.attrs.get("class", "")))
        if token.type == "myst_role" and token.meta["name"] in self._roles:
            return self._roles[token.meta["name"]](token.content)
        if token.type in _PIECES:
            return _PIECES[token.type]
        raise UnexpectedMarkdownError(f"a generated page holds '{token.type}': {token.content[:80]}")

    def _open_link(self, address: str) -> str:
        if address.startswith("#"):  # a place that a directive of another page draws, such as a tension
            return f'<a href="{escape(self._to_anchor(address[1:]))}">'
        found = _DOCUMENT.fullmatch(address)
        target = f"{found[1]}.html{found[2] or ''}" if found else address
        return f'<a href="{escape(target)}">'


# Opening with a place for the class, or nothing where it closes; closing.
_BLOCKS = {
    "paragraph_open": ("<p{}>", ""),
    "paragraph_close": ("", "</p>\n"),
    "bullet_list_open": ('<ul class="simple">\n', ""),
    "bullet_list_close": ("", "</ul>\n"),
    "list_item_open": ("<li>", ""),
    "list_item_close": ("", "</li>\n"),
    "blockquote_open": ("<blockquote{}>\n<div>", ""),
    "blockquote_close": ("", "</div></blockquote>\n"),
}
_END_OF_ITEM = ["paragraph_close", "list_item_close"]
_PIECES = {
    "link_close": "</a>",
    "span_close": "</span>",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "hardbreak": "<br />\n",
    "softbreak": "\n",
}


def _class_of(token: Token) -> str:
    name = cast(Any, token.attrs).get("class", "")
    return f' class="{name}"' if name else ""


def _span(name: str) -> str:
    return f'<span id="{name}">' if _SENTENCE.fullmatch(name) else f'<span class="{name}">'


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type == "text")
