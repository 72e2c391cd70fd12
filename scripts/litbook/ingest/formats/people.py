"""The name of one person or organisation in a field of text, without what exports add to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from litbook.ingest.formats.mojibake import repair_text
from litbook.ingest.formats.namelists import ONLY_INITIALS, is_shaped_as_person, split_list
from litbook.ingest.formats.values import INITIALS_BEHIND, one_line
from litbook.model.reference import PersonName
from litbook.text.person_names import guess_name, invert_name, looks_like_organisation

# Marks of footnotes behind a name: ¹, *, †, and a number or letter that was raised.
_SIGNS = "[\u00b9\u00b2\u00b3\u2070-\u2079*†‡§¶#]"
_MARKS = re.compile(rf"\s*{_SIGNS}+(?:,\s*{_SIGNS}+)*(?=$|[\s,;])")
_RAISED = re.compile(
    r"\s*(?:(?:\\[,;!]\s*)?\$\s*(?:\{\})?\^[^$]{1,40}\$|\(\d{1,2}(?:, ?\d{1,2})*\)(?=\s*(?:$|[,;]|and\b))"
    r"|\\footnotemark(?:\[\w{1,3}\])?|\\textsuperscript\s*\{[^{}]{0,20}\}"
    r"|\\(?:thanks|footnote|fnref|inst)\s*\{[^{}]{0,300}\}|<sup>[^<>]{0,20}</sup>|\^\{[^{}]{0,20}\})"
)
# What follows a name and is not part of it: an institute in brackets, that its bearer is an editor, and "et al.".
_ASIDE = re.compile(
    r"\s*\((?:eds?\.?|editors?|hrsg\.?|[^()]{0,80}\b(?:universit|institut|college|department|laborator)[^()]{0,80})\)",
    re.IGNORECASE,
)
MORE = re.compile(
    r"(?<![\s,;&])[\s,;&]*+(?<=[\s,;&])(?:and\s+)?(?:et\s?al\b\.?|and (?:others|colleagues)\b)\W*$", re.IGNORECASE
)
_HOMONYM = re.compile(r"(?<=[^\W\d_]) 0\d{3}$")  # DBLP numbers people of one name
_PLACEHOLDERS = frozenset((
    *("na", "n/a", "n.a.", "#n/a", "<na>", "nan", "none", "null", "nil", "undefined", "unknown", "not available"),
    *("-", "--", "–", "—", "?", "[]", "{}"),
))  # fmt: skip


def is_placeholder(text: str) -> bool:
    """Return whether a value says that there is none: "NA", "nan", "n/a", "-" …"""
    plain = text.strip().lower()
    inside = plain[1:-1] if plain[:1] + plain[-1:] in ("()", "[]", "<>") else plain
    return plain in _PLACEHOLDERS or inside in _PLACEHOLDERS


def remove_marks(text: str) -> str:
    """Return a name or a list of names without marks of footnotes."""
    text = repair_text(text)  # "Ð²" is a letter that was encoded twice
    if any(sign in text for sign in "^\\<("):
        text = _ASIDE.sub("", _RAISED.sub("", text))
    return text if text.isascii() and not set(text) & set("*#") else _MARKS.sub("", text).strip()


def read_name(text: str) -> PersonName | None:
    """Return the parts of one name of a field of text: "Family, Given", "Family GI", "Given Family" or a group."""
    plain = _HOMONYM.sub("", MORE.sub("", remove_marks(one_line(text))).strip(" ;,"))
    if not plain or is_placeholder(plain):
        return None
    if looks_like_organisation(plain):
        return PersonName(literal=plain)
    known = invert_name(plain)
    if known:
        return known
    shown = one_line(plain.replace(",", " "))
    if (initials := INITIALS_BEHIND.fullmatch(shown)) and not initials["family"].isupper():
        turned = invert_name(f"{initials['family']}, {initials['given'].strip()}")
        return turned and replace(turned, suffix=initials["tail"] or "", guessed=True)
    return guess_name(shown)


def show_all(names: Iterable[PersonName]) -> tuple[str, ...]:
    """Return names as they are shown."""
    return tuple(name.display for name in names)


# A sentence, an address, a title with its subtitle ("OpenOwl: An Open Model"); names in Han have at most four signs.
_NOT_NAMES = re.compile(
    r"\d|@|https?:|: (?:An?|The|On|In|For|From|Towards?|How|Why|What|Is|Are|With) |[。！？]"
    r"|[a-z]{2}[.!?] [A-Z][a-z]+ [a-z]|[\u4e00-\u9fff]{5}"
)


def read_only_names(text: str) -> list[PersonName]:
    """Return the names in a text in which everything is one: institutes, addresses and sentences have other words."""
    plain = re.sub(r"(?<=[a-z]{2})\.$", "", remove_marks(text).strip(" ,;*_|"))
    if not plain or len(plain) > 2000 or _NOT_NAMES.search(plain):
        return []
    pieces = [piece for piece in re.split(r"\s*;\s*|,? and |,? & |\s*·\s*", plain) if piece.strip()]
    parts = [part for piece in pieces for part in _split_shown(piece)]
    names = [name for part in parts if (name := read_name(part))]
    return names if names and len(names) == len(parts) and all(map(_is_person, names)) else []


def _split_shown(piece: str) -> list[str]:
    """Part "Ada Doe, Bo Roe" also where there are only two: a family name alone has no given name beside it."""
    parts = [part.strip() for part in piece.split(",") if part.strip()]
    if all(" " in part and not ONLY_INITIALS.fullmatch(part) for part in parts):
        return parts
    return split_list(piece)[0]


def _is_person(name: PersonName) -> bool:
    words = name.display.split()
    shaped = 1 < len(words) < 6 and is_shaped_as_person(words)
    return not name.literal and shaped and not looks_like_organisation(name.display)
