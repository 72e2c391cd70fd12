"""Parse Markdown as the build does, and find out where in the source each inline token was read.

MyST's own `create_md_parser` imports docutils, which no stage may load, so the same parser is put together here from
the same plugins; `test_the_parser_has_the_rules_of_the_build` compares the two for every syntax extension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]


@dataclass(frozen=True, slots=True)
class Syntax:
    """MyST's settings for parsing a page, named as in `_config.yml` but without `myst_`.

    `is_closed` says that no other extension of Sphinx can add directives and roles to those of `known.txt`.
    """

    enable_extensions: tuple[str, ...] = ("attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath")
    disable_syntax: tuple[str, ...] = ()
    dmath_allow_labels: bool = True
    dmath_allow_space: bool = True
    dmath_allow_digits: bool = True
    dmath_double_inline: bool = False
    sub_delimiters: tuple[str, str] = ("{", "}")
    linkify_fuzzy_links: bool = True
    commonmark_only: bool = False
    gfm_only: bool = False
    is_closed: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether pages are plain CommonMark or GitHub's, without roles and directives."""
        return self.commonmark_only or self.gfm_only


@lru_cache(maxsize=8)
def make_parser(syntax: Syntax) -> MarkdownIt:
    """Return a parser whose inline tokens, except text, have `meta["span"]`: where they begin and end in their block.

    Rules that only rewrite characters of the text are left out, because they move places. The libraries are imported
    here, so that a build whose pages are all cached does not load them.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("commonmark")
    if syntax.is_plain:
        _use_plain(parser, syntax)
    else:
        _use_myst(parser, syntax)
        _use_extensions(parser, syntax)
        parser.disable(list(syntax.disable_syntax), True)
    parser.disable(["text_join", "smartquotes", "replacements", "github-tasklists"], True)
    rules = parser.inline.ruler
    for name, rule in list(zip(rules.get_active_rules(), rules.getRules(""), strict=True)):
        if name not in _TEXT_RULES:
            rules.at(name, partial(_note_attributes if name == "attr" else _note_span, rule))
    return parser


# Rules that make text, or markers of which a later step may make emphasis.
_TEXT_RULES = ("text", "emphasis", "strikethrough")


def _use_plain(parser: MarkdownIt, syntax: Syntax) -> None:
    from mdit_py_plugins.tasklists import tasklists_plugin  # noqa: PLC0415

    if syntax.gfm_only and not syntax.commonmark_only:
        parser.enable(["strikethrough", "table", "linkify"]).use(tasklists_plugin)
        parser.options["linkify"] = True


def _use_myst(parser: MarkdownIt, syntax: Syntax) -> None:
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_blocks import myst_block_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_role import myst_role_plugin  # noqa: PLC0415

    parser.enable("table").use(front_matter_plugin).use(myst_block_plugin).use(myst_role_plugin)
    parser.use(footnote_plugin).disable(["footnote_inline", "footnote_tail"])
    wanted = set(syntax.enable_extensions)
    parser.enable(sorted(wanted & {"linkify", "strikethrough"}))
    parser.options["linkify"] = "linkify" in wanted
    if "linkify" in wanted and parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": syntax.linkify_fuzzy_links})


def _use_extensions(parser: MarkdownIt, syntax: Syntax) -> None:
    from mdit_py_plugins.amsmath import amsmath_plugin  # noqa: PLC0415
    from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin  # noqa: PLC0415
    from mdit_py_plugins.colon_fence import colon_fence_plugin  # noqa: PLC0415
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.dollarmath import dollarmath_plugin  # noqa: PLC0415
    from mdit_py_plugins.field_list import fieldlist_plugin  # noqa: PLC0415
    from mdit_py_plugins.substitution import substitution_plugin  # noqa: PLC0415
    from mdit_py_plugins.tasklists import tasklists_plugin  # noqa: PLC0415

    left, right = syntax.sub_delimiters
    dollars = {name: getattr(syntax, f"dmath_{name}") for name in _DOLLAR_SETTINGS}
    after = ("image", "code_inline", "link_close", "span_close")
    plugins: dict[str, Callable[[MarkdownIt], Any]] = {
        "dollarmath": partial(dollarmath_plugin, **dollars),
        "colon_fence": colon_fence_plugin,
        "amsmath": amsmath_plugin,
        "deflist": deflist_plugin,
        "fieldlist": fieldlist_plugin,
        "tasklist": tasklists_plugin,
        "substitution": partial(substitution_plugin, start_delimiter=left, end_delimiter=right),
        "attrs_inline": partial(attrs_plugin, after=after, spans=True, span_after="footnote_ref"),
        "attrs_image": partial(attrs_plugin, after=("image",)),
        "attrs_block": attrs_block_plugin,
    }
    wanted = set(syntax.enable_extensions)
    if "attrs_inline" in wanted:
        wanted.discard("attrs_image")
    for name, plugin in plugins.items():  # in MyST's order, which decides which rule comes first
        if name in wanted:
            parser.use(plugin)


_NOT_EMPHASIS = "".join(chr(code) for code in range(128) if chr(code) not in "*_~")  # such as "linkify"
_DOLLAR_SETTINGS = ("allow_labels", "allow_space", "allow_digits", "double_inline")


def _note_span(rule: Rule, state: StateInline, silent: bool) -> bool:
    """Apply a rule of the parser, and note on its tokens which characters it read."""
    start, before = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    if not silent:
        for token in state.tokens[before:]:
            if token.type != "text":
                token.meta.setdefault("span", (start, state.pos))  # a token inside a link has its own already
    return True


def _note_attributes(rule: Rule, state: StateInline, silent: bool) -> bool:
    """Apply the rule for `{.class}` behind a token, which makes no token, and count it to that token."""
    if not rule(state, silent):
        return False
    if not silent and state.tokens and "span" in state.tokens[-1].meta:
        state.tokens[-1].meta["span"] = (state.tokens[-1].meta["span"][0], state.pos)
    return True


def locate_tokens(content: str, tokens: Sequence[Token]) -> Iterator[tuple[Token, int, int]]:
    """Yield the inline tokens of a block with the range of `content` that each was read from.

    The range of what encloses others, such as a link, is its first character for the opening token, and empty behind it
    for the closing one.
    """
    at = 0
    for token in tokens:
        if "span" in token.meta:
            start, end = token.meta["span"]
            start, end = (start, start + 1) if token.nesting > 0 else (end, end) if token.nesting < 0 else (start, end)
        else:  # text and marks of emphasis leave no gap between them, but for spaces at the end of a line
            written = token.content if token.type == "text" else token.markup.strip(_NOT_EMPHASIS)
            start = max(content.find(written, at), at)
            end = start + len(written)
        yield token, start, end
        at = end
