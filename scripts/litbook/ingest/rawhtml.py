"""Find the pictures that HTML on a page names: the build copies it as it stands, and looks at none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from litbook.model.pages import Link

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(r"""<img\s[^<>]*?(?<![\w-])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


def find_pictures(html: str, line: int) -> Iterator[Link]:
    """Yield the pictures in a piece of HTML that begins on a line."""
    shown = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), html)
    for match in _PICTURE.finditer(shown):
        target = next(filter(None, match.groups()), "")
        yield Link(unescape(target).strip(), line + shown.count("\n", 0, match.start()), is_picture=True, is_html=True)
