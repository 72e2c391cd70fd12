"""The fields of an entry: taken out one by one, so that what no attribute of a record holds is left for `extra`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litbook.ingest.formats import values
from litbook.ingest.formats.people import is_placeholder
from litbook.ingest.formats.tex import decode_maths
from litbook.ingest.formats.values import read_date
from litbook.model.reference import PersonName
from litbook.text.scripts import lower_text

Json = Mapping[str, object]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say why an entry is not a paper; `understood` if that is as it should be."""

    reason: str
    understood: bool = False


class Fields:
    """Hand out the fields of an entry and remember which of them were used up."""

    def __init__(self, entry: Json) -> None:
        self._entry = entry
        self._used: set[str] = set()

    def get(self, name: str) -> object:
        """Return a value as it is; it stays for `extra`."""
        return self._entry.get(name)

    def text(self, name: str) -> str:
        """Return a text or number, or the first of a list of them, in one line; it stays for `extra`."""
        value = self._entry.get(name)
        return one_line(value[0] if isinstance(value, list) and value else value)

    def take(self, *names: str) -> str:
        """Return the first text among these fields, and use it up unless there is more in it."""
        for name in names:
            if text := self.text(name):
                self.use(name, not isinstance(self._entry[name], list) or self.size(name) == 1)
                return text
        return ""

    def use(self, name: str, wholly: bool = True) -> None:
        """Keep a field out of `extra` if an attribute holds all of it."""
        if wholly:
            self._used.add(name)

    def size(self, name: str) -> int:
        """Return how many values a list has."""
        return len(entries(self._entry.get(name)))

    def rest(self) -> dict[str, str]:
        """Return all that was not used up as texts, under its own names; what is empty says nothing."""
        left = {name: as_text(value) for name, value in self._entry.items() if name not in self._used}
        return {clean(name): value for name, value in left.items() if value}


def entries(value: object) -> Sequence[object]:
    """Return a list, or nothing for any other value."""
    return value if isinstance(value, list) else ()


def mapping(value: object) -> Json:
    """Return a mapping, or an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def one_line(value: object) -> str:
    """Return a text or a number in one line; anything else has none."""
    if isinstance(value, str):
        return values.one_line(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def clean(text: str) -> str:
    """Return a text that can be written: bytes that were no text become the sign for them."""
    return _SURROGATE.sub("\ufffd", text)


def as_text(value: object) -> str:
    """Return any value as a text: texts as they are, the rest as JSON, what is empty as nothing."""
    if value is None or (isinstance(value, str | list | dict) and not value):
        return ""
    return clean(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


# -- prose ----------------------------------------------------------------------------------------------------------

_TAG = re.compile(
    r"<(?P<end>/?)(?:(?:jats|mml|m):(?P<jats>[A-Za-z-]+)"
    r"|(?P<name>i|b|em|strong|sub|sup|sc|scp|p|br|span|u|tt|italic|bold|div|inf|h[1-6]|[uo]l|li|section))(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Italics, also where the tags are escaped, without anything in them that could cut through braces.
_ITALICS = re.compile(
    r"(?:<|&lt;)(?P<tag>i|em)(?:>|&gt;)(?P<text>(?:(?!<|&lt;)[^{}\\]|<(?P<script>sub|sup)>[^<>{}\\]*</(?P=script)>){1,300}?)"
    r"(?:<|&lt;)/(?P=tag)(?:>|&gt;)",
    re.IGNORECASE,
)
# Names that are words of other things too, such as `List<title>`: they are tags only if they are closed again.
_CLOSED = re.compile(
    r"<(?P<name>sec|title|list|list-item|label|inline-formula|disp-formula|tex-math|alternatives|xref|ext-link|a|fn"
    r"|named-content|styled-content|monospace|underline|roman|abbr|font|small|big|strike|s|center|blockquote|def|cite"
    r"|ce:[a-z-]{1,20})(?P<said>\s[^<>]*)?>(?P<inside>(?:(?!<(?P=name)[\s>]).)*?)</(?P=name)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ALONE = re.compile(
    r"<(?:img|inline-graphic|graphic|hr|wbr)(?:\s[^<>]*)?/?>|<!--(?:(?!<!--).)*?-->", re.IGNORECASE | re.DOTALL
)
# Some exports put a backslash before the signs of a tag: `\\<jats:p\\>`.
_GUARDED = re.compile(r"\\<(/?[a-z][a-z:-]{0,20})\\>", re.IGNORECASE)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BREAKS = frozenset("p br div sec title list-item disp-formula ul ol li section blockquote".split()) | _HEADINGS
_POWER = re.compile(r"<(jats:)?sup(?:\s[^<>]*)?>(-?\d{1,3})</(?:jats:)?sup>", re.IGNORECASE)
_INDEX = re.compile(r"<(?:jats:)?sub(?:\s[^<>]*)?>([^<>]{0,20})</(?:jats:)?sub>", re.IGNORECASE)
_HEADING = re.compile(r"\s*<(?:jats:)?title>\s*(?:abstract|summary)[.:]?\s*</(?:jats:)?title>", re.IGNORECASE)
# Mathematics between dollars: signs of TeX, or no space; "$5 to $10" has neither.
_MATHS = re.compile(
    r"(?<![\\$\w])(?:(\${1,2})(?=[^$\s])([^$\n]{0,200}?[^$\s\\])\1(?![\d$])"
    r"|\$ ([^$\n]{0,200}?[\\^_][^$\n]{0,200}?) ?\$)"
)


# PubMed's parts of an abstract, which some services export as they are, with the headings in an attribute.
_PART = re.compile(r"<AbstractText(?P<said>[^<>]*)>(?P<text>.*?)</AbstractText>|</?Abstract(?:Text)?[^<>]*>", re.DOTALL)
_LABEL = re.compile(r"\bLabel\s*=\s*[\"']([^\"'<>]{1,60})[\"']")
_IMPRINT = re.compile(r"<CopyrightInformation>.*?</CopyrightInformation>", re.DOTALL)
# Web of Science spells out the characters that it had no code for.
_SPELLED = {
    "middle dot": "·", "degrees": "°", "degree": "°", "plus/minus": "±", "multiplication sign": "×", "prime": "′",
    "double prime": "″", "less than": "<", "greater than": ">", "almost equal to": "≈", "minus": "−",
}  # fmt: skip
_NAMED = re.compile(rf"<({'|'.join(map(re.escape, _SPELLED))})>", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,31});")
_MOST_DEEP = 6
_MOST_TIMES = 3  # a text that went through several services is escaped as often


def prose(text: str) -> str:
    """Return a title or an abstract without the markup and the mathematics of the service that it comes from."""
    for _ in range(_MOST_TIMES):
        plain = _remove_tags(text) if "<" in text else text
        plain = _ESCAPED.sub(_unescape, plain) if "&" in plain else plain
        if plain == text or not (_TAG.search(plain) or _PART.search(plain) or _ESCAPED.search(plain)):
            text = plain
            break
        text = plain
    if "$" in text:
        text = _MATHS.sub(_maths, text)
    return " ".join(text.split())


def headline(text: str) -> str:
    """Return a title as `prose` does, but its italics as the commands that `litbook.text.repair` reads."""
    marked = _ITALICS.sub("\ue010\\g<text>\ue011", text) if "<" in text or "&" in text else text
    plain = prose(marked)
    if plain.count("\ue010") != plain.count("\ue011"):
        return plain.replace("\ue010", "").replace("\ue011", "")
    return plain.replace("\ue010", "\\textit{").replace("\ue011", "}")


def _remove_tags(text: str) -> str:
    text = _GUARDED.sub(r"<\1>", text) if "\\<" in text else text
    text = _NAMED.sub(lambda match: _SPELLED[match[1].lower()], _IMPRINT.sub(" ", text))
    text = _PART.sub(_show_part, text)
    text = _INDEX.sub(lambda match: lower_text(match[1]), _POWER.sub(r"^{\2}", _HEADING.sub("", text, count=1)))
    text = _TAG.sub(_tag, _ALONE.sub(" ", text))
    for _ in range(_MOST_DEEP):
        opened = _CLOSED.sub(_open, text)
        if opened == text:
            break
        text = opened
    return text


def _open(match: re.Match[str]) -> str:
    """Return what is inside a tag; the heading of a section is parted from its text by a colon."""
    name, inside = match["name"].lower(), match["inside"]
    if name == "title" and (heading := inside.strip().rstrip(":.")):
        return " " if heading.lower() in ("abstract", "summary") else f" {heading}: "
    return f" {inside} " if name in _BREAKS else inside


def _show_part(match: re.Match[str]) -> str:
    """Return a part of an abstract with its heading, in the case of a heading: "Methods: …"."""
    label = _LABEL.search(match["said"] or "")
    heading = f"{label[1].strip().rstrip(':').capitalize()}: " if label and label[1].upper() != "UNLABELLED" else ""
    return f" {heading}{match['text'] or ''} "


def _unescape(match: re.Match[str]) -> str:
    """Return the character of a reference; a name that title case has capitalised is read in lower case."""
    found = html.unescape({"&Lt;": "&lt;", "&Gt;": "&gt;"}.get(match[0], match[0]))  # not "≪", which has that name
    return html.unescape(match[0].lower()) if found == match[0] else found


def _tag(match: re.Match[str]) -> str:
    name = (match["jats"] or match["name"]).lower()
    if name in _HEADINGS and match["end"] and match.string[match.start() - 1 : match.start()].isalpha():
        return ": "  # Nothing else parts the heading of a section from its first sentence.
    return " " if name in _BREAKS else ""


def _maths(match: re.Match[str]) -> str:
    inside = match[2] or match[3]
    if not re.search(r"[\\^_{=]", inside) and " " in inside:
        return match[0]
    return decode_maths(inside) or match[0]


# -- people, places and times ----------------------------------------------------------------------------------------

_REPOSITORIES = re.compile(
    r"arxiv(?:\.org|:.*| preprint.*| \(cornell university\))?|corr|biorxiv|medrxiv|ssrn.*|research square.*|zenodo.*"
    r"|hal(?: .*)?|openreview(?:\.net)?",
    re.IGNORECASE,
)
_NAME = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix")


def is_repository(venue: str) -> bool:
    """Return whether a venue is a place for preprints: then the paper has none yet."""
    return bool(_REPOSITORIES.fullmatch(venue))


def read_person(person: Json) -> PersonName:
    """Return the parts of a name as CSL and Crossref give them; a group is `literal` or `name`."""
    whole = clean(one_line(person.get("literal")) or one_line(person.get("name")))
    if whole:
        return PersonName(literal=whole)
    family, given, particle, dropping, suffix = (clean(one_line(person.get(part))) for part in _NAME)
    return PersonName(family, given, particle, dropping, suffix)


def read_persons(value: object) -> tuple[PersonName, ...]:
    """Return the names in a list of people, without those that say nothing."""
    persons = (read_person(mapping(person)) for person in entries(value))
    return tuple(person for person in persons if person.display and not is_placeholder(person.display))


def people(value: object) -> tuple[tuple[str, ...], bool]:
    """Return the names in a list of people, and whether they say all that the list says."""
    persons = [mapping(person) for person in entries(value)]
    names = tuple(name.display for name in read_persons(value))
    known = {*_NAME, "literal", "name"}
    return names, len(names) == len(persons) > 0 and all(set(person) <= known for person in persons)


def join_date(parts: Sequence[object]) -> str | None:
    """Return the date of a list of year, month and day, as far as it has them."""
    texts = [one_line(part) for part in parts[:3]]
    return read_date("-".join(text for text in texts if text.isascii() and text.isdigit() and len(text) < 5))
