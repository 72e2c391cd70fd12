"""Find the pictures and links that HTML on a page names: the build copies it as it stands, and looks at none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from litbook.model.pages import Link

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NAMED = re.compile(
    r"""<(?:(?P<picture>img)|a)\s[^<>]*?(?<![\w-])(?(picture)src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""",
    re.IGNORECASE,
)


def find_links(html: str, line: int) -> Iterator[Link]:
    """Yield the pictures and links in a piece of HTML that begins on a line."""
    shown = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), html)
    for match in _NAMED.finditer(shown):
        target = unescape(next(filter(None, match.groups()[1:]), "")).strip()
        place = line + shown.count("\n", 0, match.start())
        yield Link(target, place, is_picture=bool(match["picture"]), is_html=True)
