"""The names of people in fields of text: one name, and lists whose separators differ from tool to tool."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from litbook.ingest.formats.mojibake import repair_text
from litbook.ingest.formats.values import INITIALS_BEHIND, one_line
from litbook.model.reference import PersonName
from litbook.text.person_names import SUFFIX, guess_name, invert_name, looks_like_organisation

# Marks of footnotes behind a name: ¹, *, †, and a number or letter that was raised.
_SIGNS = "[\u00b9\u00b2\u00b3\u2070-\u2079*†‡§¶#]"
_MARKS = re.compile(rf"\s*{_SIGNS}+(?:,\s*{_SIGNS}+)*(?=$|[\s,;])")
_RAISED = re.compile(
    r"\s*(?:(?:\\[,;!]\s*)?\$\s*(?:\{\})?\^[^$]{1,40}\$|\(\d{1,2}(?:, ?\d{1,2})*\)(?=\s*(?:$|[,;]|and\b))"
    r"|\\footnotemark(?:\[\w{1,3}\])?|\\textsuperscript\s*\{[^{}]{0,20}\}"
    r"|\\(?:thanks|footnote|fnref|inst)\s*\{[^{}]{0,300}\}|<sup>[^<>]{0,20}</sup>|\^\{[^{}]{0,20}\})"
)
_INITIALS = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž](?:\.|(?=[\s.\-A-Z]|$))[\s.-]{0,2}){1,4}"
_FAMILY_INITIALS = re.compile(rf"[^\W\d_][^\W\d_'’ -]+(?:[ '’-][^\W\d_]+){{0,3}} {_INITIALS}")
_ONLY_INITIALS = re.compile(_INITIALS)
# What parts the names of a list that has no "and" between them.
SEPARATOR = re.compile(r"[,;&，、；]|\s(?:[/|·•]|und|et|y|e)\s")
_WIDE = str.maketrans({"，": ", ", "、": ", ", "；": "; "})
_BETWEEN_SHOWN = re.compile(r"\s*,?\s*\\?&\s*|\s+(?:[/|·•]|und|et|y|e)\s+|\s*,?\s+and\s+|\s*,\s*")
_AMPERSAND = re.compile(r"\s*,?\s*\\?&\s*")
_JOINED = re.compile(r"&|\s(?:[/|·•]|und|et|y|e)\s")
_BEHIND_NAME = re.compile(rf"{SUFFIX.pattern}|Ph\.? ?D\.?|M\.?[DS]c?\.?|D\.?Sc\.?|Dr\.?|Prof\.?|Esq\.?", re.IGNORECASE)
_EASTERN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,5}")
_INITIALS_FAMILY = re.compile(rf"{_INITIALS} ?[^\W\d_][^\d]*")
_FULL = re.compile(r"[^\W\d_][^\s\d,]*(?: [^\s\d,]+){1,4}")
# "Jane DoeRichard A. Roe": a lower-case letter before a capital, but not in MacDonald, VanDyke and the like.
_RUN_ON = re.compile(
    r"(?<=[a-zß-öø-ÿ]{2})(?<!\bMac)(?<!\bVan)(?<!\bVon)(?<!\bFitz)(?<!\bDel)(?<!\bDer)(?<!\bSan)(?<!\bSaint)(?<!\bDella)"
    r"(?=[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]|\.))"
)
_TWO_WORDS = re.compile(r"[^\W\d_]\S*(?: \S+)+")
_AFTER_INITIAL = re.compile(r"(?<=[A-ZÀ-ÖØ-Þ]\.)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2})")
_PLACEHOLDERS = frozenset((
    *("na", "n/a", "n.a.", "#n/a", "<na>", "nan", "none", "null", "nil", "undefined", "unknown", "not available"),
    *("-", "--", "–", "—", "?", "[]", "{}"),
))  # fmt: skip
_LOWER = frozenset(
    "van von de der den del della di da dos das do du des la le ter ten te zu af av al el bin ibn y".split()
)
# Glued in some exports: "V. A. BakhtinV. A. Kryukov", where a lower-case letter meets initials.
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ]{2})(?=[A-ZÀ-ÖØ-Þ]\.\s?(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][a-z]))")


def is_placeholder(text: str) -> bool:
    """Return whether a value says that there is none: "NA", "nan", "n/a", "-" …"""
    plain = text.strip().lower()
    inside = plain[1:-1] if plain[:1] + plain[-1:] in ("()", "[]", "<>") else plain
    return plain in _PLACEHOLDERS or inside in _PLACEHOLDERS


def remove_marks(text: str) -> str:
    """Return a name or a list of names without marks of footnotes."""
    text = repair_text(text)  # "Ð²" is a letter that was encoded twice
    if any(sign in text for sign in "^\\<("):
        text = _RAISED.sub("", text)
    return text if text.isascii() and not set(text) & set("*#") else _MARKS.sub("", text).strip()


def read_name(text: str) -> PersonName | None:
    """Return the parts of one name of a field of text: "Family, Given", "Family GI", "Given Family" or a group."""
    plain = remove_marks(one_line(text)).strip(" ;,")
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


def read_only_names(text: str) -> list[PersonName]:
    """Return the names in a text in which everything is one: institutes, addresses and sentences have other words."""
    plain = re.sub(r"(?<=[a-z]{2})\.$", "", remove_marks(text).strip(" ,;*_|"))
    if not plain or len(plain) > 2000 or re.search(r"\d|@|https?:|[a-z]{2}[.!?] [A-Z][a-z]+ [a-z]", plain):
        return []
    pieces = [piece for piece in re.split(r"\s*;\s*|,? and |,? & |\s*·\s*", plain) if piece.strip()]
    parts = [part for piece in pieces for part in _split_shown(piece)]
    names = [name for part in parts if (name := read_name(part))]
    return names if names and len(names) == len(parts) and all(map(_is_person, names)) else []


def _split_shown(piece: str) -> list[str]:
    """Part "Ada Doe, Bo Roe" also where there are only two: a family name alone has no given name beside it."""
    parts = [part.strip() for part in piece.split(",") if part.strip()]
    if all(" " in part and not _ONLY_INITIALS.fullmatch(part) for part in parts):
        return parts
    return split_list(piece)[0]


def _is_person(name: PersonName) -> bool:
    words = name.display.split()
    shaped = all(word[0].isupper() or not word[0].isascii() or word in _LOWER for word in words)
    return not name.literal and 1 < len(words) < 6 and shaped and not looks_like_organisation(name.display)


def split_glued(text: str) -> list[str]:
    """Return the names in a text that has no sign between them: "Jane DoeRichard A. RoeEdith Poe"."""
    for pattern, is_name in ((_GLUED, re.compile(r"\S.*")), (_RUN_ON, _TWO_WORDS), (_AFTER_INITIAL, _FAMILY_INITIALS)):
        pieces = [piece.strip(" ,") for piece in pattern.split(text)]
        if len(pieces) > 1 and all(is_name.fullmatch(piece) for piece in pieces):
            return pieces
    return [text.strip(" ,")]


def split_shown(text: str, commas: bool = True) -> list[str]:
    """Return the names in "Ada Doe, Bo Roe and Cy Poe", or nothing where a piece does not look like a person's.

    Without `commas`, a text with a comma is one name.
    """
    if not commas and "," in text:
        return []
    pieces = [piece for piece in _BETWEEN_SHOWN.split(text.strip(" ,")) if piece]
    return pieces if len(pieces) > 1 and all(map(_looks_shown, pieces)) else []


def _looks_shown(piece: str) -> bool:
    words = piece.split()
    shaped = all(word[0].isupper() or word in _LOWER for word in words) and words[-1][0].isupper()
    plain = shaped and not _ONLY_INITIALS.fullmatch(piece) and not re.search(r"[\d{}\\]", piece)
    return 1 < len(words) < 6 and plain and not looks_like_organisation(piece)


def split_list(text: str) -> tuple[list[str], bool]:
    """Return the names in a text without "and", and whether it is certain that they were parted rightly.

    Semicolons, "Doe J, Roe K", "Doe, J., Roe, K." and "Ada Doe, Bo Roe, Cy Poe" part names; "Doe, Ada" is one name.
    """
    whole = text
    is_wide, text = bool(set(text) & set("，、")), text.translate(_WIDE)
    if _JOINED.search(text):
        if shown := split_shown(text):
            return shown, True
        pieces = _AMPERSAND.split(text)
        if len(pieces) > 1 and all(piece.count(",") == 1 and not _FAMILY_INITIALS.match(piece) for piece in pieces):
            return pieces, True
        text = (";" if ";" in text else ", ").join(pieces)
    if ";" in text:
        return [part for part in (part.strip(" ,") for part in text.split(";")) if part], True
    parts = [part for part in (part.strip() for part in text.split(",")) if part]
    return _part_commas(whole, text, parts, is_wide) if len(parts) > 1 else (split_glued(whole), True)


def _part_commas(whole: str, text: str, parts: list[str], is_wide: bool) -> tuple[list[str], bool]:
    """Return the names in `text`, which is the whole list without ampersands, or the whole where it is one name."""
    if len(parts) > (1 if is_wide else 2) and all(map(_EASTERN.fullmatch, parts)):
        return parts, True
    is_one = any(_BEHIND_NAME.fullmatch(part) for part in parts) or looks_like_organisation(text)
    found = [] if is_one else _split_commas(parts)
    if not found and not is_one and len(parts) > 2 and not any(" " in part for part in parts):
        return parts, False  # "Doe, Ada, Roe, Bo", or four family names: in no case one name
    return found or [whole], bool(found) or is_one or len(parts) < 3


def _split_commas(parts: list[str]) -> list[str]:
    """Return the names that parts between commas are, or nothing where that is not certain."""
    initials = [bool(_ONLY_INITIALS.fullmatch(part)) for part in parts]
    if all(_FAMILY_INITIALS.fullmatch(part) for part in parts):
        return parts
    if not any(initials) and all(_INITIALS_FAMILY.fullmatch(part) for part in parts):
        return parts
    if len(parts) > 3 and initials == [False, True] * (len(parts) // 2):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts if len(parts) > 2 and all(_FULL.fullmatch(part) for part in parts) else []
