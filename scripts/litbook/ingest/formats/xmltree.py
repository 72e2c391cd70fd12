"""What the readers of XML have in common: elements cut out with their places, parsed safely, asked by local names.

Each record is parsed for itself by defusedxml: a broken one costs only itself, and no entity is ever expanded.
Namespaces are ignored: exports declare them anywhere, under any prefix, or not at all.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from litbook.ingest.formats.values import one_line

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*)(?P<rest>(?:\s[^<>]*?)?)(?P<empty>/?)>",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9]{1,31});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]*):(?=[A-Za-z_])")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
_LARGEST = 30_000_000
# Elements of HTML with which a page, or Markdown, may begin.
_OF_PAGES = frozenset(
    "html head body title meta link base style script noscript header main nav aside section article footer div p"
    " center span font h1 h2 h3 h4 h5 h6 hr br img picture figure svg a b i u em strong small big sub sup code pre"
    " blockquote kbd details summary ul ol li dl dt dd table thead tbody tr td th form button input"
    " iframe video ins del mark q".split()
)  # fmt: skip
_MARKUP = {"i": "i", "italic": "i", "b": "b", "bold": "b", "sub": "sub", "inf": "sub", "sup": "sup"}


@dataclass(frozen=True, slots=True)
class Cut:
    """Hold the range of an element, its local name, and whether it is closed."""

    start: int
    end: int
    name: str
    closed: bool = True


def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]


def name_of(element: Element) -> str:
    """Return the local name of an element; a comment or processing instruction, whose tag is a function, has none."""
    tag: object = element.tag
    return local(tag) if isinstance(tag, str) else ""


def cut_elements(text: str, names: Iterable[str]) -> Iterator[Cut]:
    """Yield the outermost elements of these local names; one that is not closed ends where the next of its name begins.

    Elements of the same name inside of one are part of it.
    """
    wanted = frozenset(names)
    start, name, depth = -1, "", 0
    for tag in _TAG.finditer(text):
        found = local(tag["name"] or "")
        if found not in wanted or (depth and found != name):
            continue
        if tag["end"]:
            depth -= depth > 0
            if depth == 0 and start >= 0:
                yield Cut(start, tag.end(), name)
                start = -1
        elif tag["empty"]:
            if depth == 0:
                yield Cut(tag.start(), tag.end(), found)
        else:
            if depth == 0:
                start, name = tag.start(), found
            depth += 1
    if start >= 0:
        yield Cut(start, len(text), name, closed=False)


def cut_children(text: str) -> Iterator[Cut]:
    """Yield the children of the root element."""
    depth, start, name = 0, 0, ""
    for tag in _TAG.finditer(text):
        if not tag["name"]:
            continue
        if tag["end"]:
            depth -= 1
            if depth == 1:
                yield Cut(start, tag.end(), name)
            continue
        if depth == 1:
            start, name = tag.start(), local(tag["name"])
            if tag["empty"]:
                yield Cut(start, tag.end(), name)
        depth += not tag["empty"]
    if depth > 1:
        yield Cut(start, len(text), name, closed=False)


def root_name(text: str) -> str:
    """Return the local name of the root element of XML, or an empty string for anything else."""
    head = text[:50_000].lstrip("\ufeff \t\r\n")
    if not head.startswith("<"):
        return ""
    tag = next((tag for tag in _TAG.finditer(head) if tag["name"]), None)
    return local(tag["name"]) if tag else ""


def is_data(text: str) -> bool:
    """Return whether a text is XML other than a page: lists with links are read from pages and plain text alone."""
    name = root_name(text)
    return bool(name) and name.lower() not in _OF_PAGES


def parse(text: str) -> Element | str:
    """Return the element that a text is, or what is wrong with it."""
    if len(text) > _LARGEST:
        return "an element of many million characters; the file is damaged here, export it again"
    plain = _FORBIDDEN.sub(" ", _ENTITY.sub(_decode, text))
    open_prefixes = set(_PREFIX.findall(plain)) - set(_DECLARED.findall(plain)) - {"xml", "xmlns"}
    if open_prefixes:
        declared = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(open_prefixes))
        plain = re.sub(r"(<[A-Za-z_][\w:.-]*)", rf"\1{declared}", plain, count=1)
    try:
        return fromstring(plain, forbid_dtd=False)
    except ParseError as error:
        line, column = error.position
        what = str(error).partition(":")[0]
        return f"the XML is not well-formed ({what} in its line {line}, column {column}); repair it or export it again"
    except (DefusedXmlException, ValueError, RecursionError):
        return "the XML defines entities or is nested too deeply; export it again without them"


def _decode(match: re.Match[str]) -> str:
    """Return the character of an entity of HTML, which XML does not know."""
    found = html.unescape(match[0])
    return match[0].replace("&", "&amp;") if found == match[0] else found


# -- asking ---------------------------------------------------------------------------------------------------------


def every(element: Element, path: str) -> Iterator[Element]:
    """Yield the elements at a path of local names; `**` before a name means at any depth."""
    here = [element]
    deep = False
    for step in path.split("/"):
        if step == "**":
            deep = True
            continue
        here = [
            child
            for parent in here
            for child in (parent.iter() if deep else parent)
            if child is not parent and name_of(child) == step
        ]
        deep = False
    yield from here


def first(element: Element | None, path: str) -> Element | None:
    """Return the first element at a path, or None."""
    return next(every(element, path), None) if element is not None else None


def text_of(element: Element | None, *paths: str) -> str:
    """Return the text of an element, or of the first at these paths that has one, in one line."""
    if element is None:
        return ""
    found = (item for path in paths for item in every(element, path)) if paths else (element,)
    return next((text for item in found if (text := one_line("".join(item.itertext())))), "")


def texts_of(element: Element | None, path: str) -> list[str]:
    """Return the texts of all elements at a path that have one."""
    if element is None:
        return []
    return [text for item in every(element, path) if (text := one_line("".join(item.itertext())))]


def attribute(element: Element | None, name: str) -> str:
    """Return the value of an attribute by its local name."""
    if element is None:
        return ""
    return next((value.strip() for key, value in element.attrib.items() if local(key) == name), "")


def markup_of(element: Element | None, skip: Iterable[str] = ()) -> str:
    """Return the text of an element with the italics, powers and indices in it as HTML, for `fields.prose`."""
    if element is None:
        return ""
    return one_line("".join(_write(element, frozenset(skip), 0)))


def _write(element: Element, skip: frozenset[str], depth: int) -> Iterator[str]:
    yield _escape(element.text)
    for child in element if depth < 50 else ():
        name = name_of(child)
        if name and name not in skip:
            mark = _MARKUP.get(name, "")
            yield f"<{mark}>" if mark else ""
            yield from _write(child, skip, depth + 1)
            yield f"</{mark}>" if mark else ""
        yield _escape(child.tail)


def _escape(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")
