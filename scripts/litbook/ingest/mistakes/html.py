"""Find HTML on a page that is not closed: it hides the text behind it, or changes the rest of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from litbook.model.pages import Flaw
from litbook.text.escape import VOID_ELEMENTS

# What HTML lets authors leave open.
_OPTIONAL = frozenset(
    "body caption colgroup dd dt head html li optgroup option p rb rp rt tbody td tfoot th thead tr".split()
)
_FREE = VOID_ELEMENTS | _OPTIONAL


def check_html(pieces: Iterable[tuple[str, int]]) -> Iterator[Flaw]:
    """Yield tags that are not closed or not opened, and comments that are not closed.

    `pieces` are the pieces of HTML on a page, with the line on which each begins.
    """
    open_tags: list[tuple[str, int]] = []
    for html, line in pieces:
        if "<!--" in html and "-->" not in html[html.rindex("<!--") :]:
            number = line + html.count("\n", 0, html.rindex("<!--"))
            yield Flaw(number, "the comment that '<!--' opens is not closed, and hides what follows", "add --> to it")
            return
        reader = _Tags(line)
        reader.feed(html)
        reader.close()
        for name, is_opening, number in reader.found:
            if is_opening:
                open_tags.append((name, number))
            elif all(name != other for other, _ in open_tags):
                yield Flaw(number, f"the tag '</{name}>' closes nothing", "remove it, or open it above")
            else:
                while open_tags[-1][0] != name:
                    yield _say_open(*open_tags.pop())
                open_tags.pop()
    yield from (_say_open(*tag) for tag in open_tags)


def _say_open(name: str, line: int) -> Flaw:
    return Flaw(line, f"the tag '<{name}>' is not closed", f"add </{name}>; to show it as text, write `<{name}>`")


class _Tags(HTMLParser):
    """Collects the tags that must be closed: name, whether it opens, and line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.found: list[tuple[str, bool, int]] = []
        self._first = line

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _FREE:
            self.found.append((tag, True, self._first + self.getpos()[0] - 1))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Ignore a tag that closes itself."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in _FREE:
            self.found.append((tag, False, self._first + self.getpos()[0] - 1))
