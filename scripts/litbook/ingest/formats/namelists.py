"""Lists of names without "and": parted where that is certain, and marked as doubtful where it is not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litbook.text.family_first import cut_family_first
from litbook.text.person_names import SUFFIX, looks_like_organisation

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_INITIALS = rf"(?:{_CAPITAL}(?:\.|(?=[\s.\-A-Z]|$))[\s.-]{{0,2}}){{1,4}}"
_FAMILY_INITIALS = re.compile(rf"[^\W\d_][^\W\d_'’ -]+(?:[ '’-][^\W\d_]+){{0,3}} {_INITIALS}")
ONLY_INITIALS = re.compile(_INITIALS)
_INITIALS_FAMILY = re.compile(rf"{_INITIALS} ?[^\W\d_][^\d]*")
_FULL = re.compile(r"[^\W\d_][^\s\d,]*(?: [^\s\d,]+){1,4}")
# What parts the names of a list that has no "and" between them.
_BETWEEN = r"(?:[/|·•+–-]|und|et|y|e|with)"
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
SEPARATOR = re.compile(rf"[,;&，、；]|\s{_BETWEEN}\s|\w:\s?\w|{_HAN} {_HAN}")
_WIDE = str.maketrans({"，": ", ", "、": ", ", "；": "; "})
_BETWEEN_SHOWN = re.compile(rf"\s*,?\s*\\?&\s*|\s+{_BETWEEN}\s+|\s*,?\s+and\s+|\s*,\s*|:\s*")
_AMPERSAND = re.compile(r"\s*,?\s*\\?&\s*")
_JOINED = re.compile(rf"&|\s{_BETWEEN}\s|\w:\s?\w")
_LAST = re.compile(r"(.*\S)\s*,\s*(?:and |& )?(.*)", re.DOTALL)
_DEGREE = (
    r"(?:Ph\.? ?D|M\.?D|M\.?[SP]\.?H?|M\.?Sc|D\.?Sc|D\.? ?Phil|Dr|Prof|Esq|R\.?N|B\.?Sc|M\.?B\.?A|D\.?D\.?S|F\.?R\.?S"
    r"|eds?|editors?)"
)
_BEHIND_NAME = re.compile(rf"{SUFFIX.pattern}|{_DEGREE}\.?", re.IGNORECASE)
# A degree is one behind a whole name: "Doe, MD" can be Mary Doe.
_WITH_DEGREE = re.compile(rf"(?<=[^\W\d_]{{2}}),\s*{_DEGREE}\.?(?:\s*([,;])|\s*$)", re.IGNORECASE)
_EASTERN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,5}")
_MOST_SIGNS = 3  # of a name of the East in one piece
_LOWER = frozenset(
    "van von de der den del della di da dos das do du des la le ter ten te zu af av al el bin ibn y".split()
)
# Frequent given names that come in twos: two of them behind a comma are the given names of one person.
_GIVEN = frozenset((
    "alberto alejandro alessandro alfonso ana andrea andres andrés angel ángel angeles ángeles ann anna anne annie "
    "antoine antonia antonio antónio augusto beatriz camille carla carlo carlos carmen carolina catarina catherine "
    "cecilia charles christian claire claude clara claudia cristina daniel david dolores eduardo elena elisa elizabeth "
    "ellen emilio enrique ernesto eva felipe fernanda fernando filipe francesca francesco francisca francisco "
    "françois frederick gabriel gabriela giovanni giulia giuseppe gonzalo guillermo hans henri henrique ignacio "
    "inês isabel jacques james jan javier jean jesus jesús joan joana joao joão john jorge jose josé josefina juan "
    "juana julia julio karl kate laura laurent lee leonor lorenzo louis louise lucas lucia lucía luis luís luisa luísa "
    "luiz luz manuel manuela marc marcela marco margaret margarita maria maría marie mario mariana martha marta mary "
    "mercedes michael michel michele miguel nicolas nicolás noelle olivier pablo paola paolo patricia paul paula paulo "
    "pedro peter philippe pierre pietro pilar rafael ramon ramón raul raúl renata ricardo rita robert roberto rodrigo "
    "rosa rosario rose ruth sara sergio silvia sofia sofía sophie soledad susana sue teresa thomas tomas tomás "
    "valentina vicente victor víctor victoria virginia vittoria william xavier"
).split())  # fmt: skip
# An initial before the last word, or a particle inside that is Dutch, German or Arabic: no family name before a comma
# has the one, and no given names behind it have the other.
_INITIAL_INSIDE = re.compile(rf"\S[\S ]{{0,40}}? ?(?<!\S){_CAPITAL}\.(?:[ -]?{_CAPITAL}\.)* ?[^\W\d_]{{2}}\S*")
_PARTICLE_INSIDE = re.compile(r"[^\W\d_]\S* [\S ]{0,40}?(?<!\S)(?:van|von|vom|der|den|ter|ten|zu|zum|bin|ibn) \S+")
# "Jane DoeRichard A. Roe": a lower-case letter before a capital, but not in MacDonald, VanDyke and the like.
_RUN_ON = re.compile(
    r"(?<=[a-zß-öø-ÿ]{2})(?<!\bMac)(?<!\bVan)(?<!\bVon)(?<!\bFitz)(?<!\bDel)(?<!\bDer)(?<!\bSan)(?<!\bSaint)(?<!\bDella)"
    r"(?=[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]|\.))"
)
_TWO_WORDS = re.compile(r"[^\W\d_]\S*(?: \S+)+")
_AFTER_INITIAL = re.compile(r"(?<=[A-ZÀ-ÖØ-Þ]\.)(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{2})")
# Glued in some exports: "V. A. BakhtinV. A. Kryukov", where a lower-case letter meets initials.
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ]{2})(?=[A-ZÀ-ÖØ-Þ]\.\s?(?:[A-ZÀ-ÖØ-Þ]\.|[A-ZÀ-ÖØ-Þ][a-z]))")


def is_shaped_as_person(words: Sequence[str]) -> bool:
    """Return whether every word of a name has a capital, is a particle, or is of a script without capitals."""
    return all(word[0].isupper() or not word[0].isascii() or word in _LOWER for word in words)


def is_shown(piece: str) -> bool:
    """Return whether a text looks like the name of one person in the order in which it is read."""
    words = piece.split()
    shaped = all(word[0].isupper() or word in _LOWER for word in words) and words[-1][0].isupper()
    plain = shaped and not ONLY_INITIALS.fullmatch(piece) and not re.search(r"[\d{}\\,;]", piece)
    return 1 < len(words) < 6 and plain and not looks_like_organisation(piece)


def _is_certain(parts: Sequence[str]) -> bool:
    """Return whether "family, given" is certainly one name: "Jane Doe, Kay Roe" may be two."""
    family, given = re.sub(rf" {SUFFIX.pattern}$", "", parts[0], flags=re.IGNORECASE), parts[1]
    if not (is_shown(family) and is_shown(given)):
        return not (_cut_whole_han(family) and _cut_whole_han(given))
    # "Van Dyke" and "De La Cruz" are family names; given names end neither with an initial nor with a particle.
    is_family = family.split()[0].lower() in _LOWER
    are_given = all(word.lower() in _GIVEN or word in _LOWER for word in given.split())
    return is_family or are_given or not re.fullmatch(r"[^\W\d_]{2}\S*", given.split()[-1])


def _cut_whole_han(piece: str) -> bool:
    return bool(_EASTERN.fullmatch(piece) and len(piece) <= _MOST_SIGNS and cut_family_first(piece))


def split_glued(text: str) -> list[str]:
    """Return the names in a text that has no sign between them: "Jane DoeRichard A. RoeEdith Poe"."""
    for pattern, is_name in ((_GLUED, re.compile(r"\S.*")), (_RUN_ON, _TWO_WORDS), (_AFTER_INITIAL, _FAMILY_INITIALS)):
        pieces = [piece.strip(" ,") for piece in pattern.split(text)]
        if len(pieces) > 1 and all(is_name.fullmatch(piece) for piece in pieces):
            return pieces
    pieces = text.split()
    if len(pieces) > 1 and all(map(_cut_whole_han, pieces)) and (len(pieces) > 2 or len(pieces[0]) == _MOST_SIGNS):
        return pieces
    return [text.strip(" ,")]


def split_shown(text: str, commas: bool = True) -> list[str]:
    """Return the names in "Ada Doe, Bo Roe and Cy Poe", or nothing where a piece does not look like a person's.

    Without `commas`, a text with a comma is one name.
    """
    if not commas and "," in text:
        return []
    pieces = [piece for piece in _BETWEEN_SHOWN.split(text.strip(" ,")) if piece]
    return pieces if len(pieces) > 1 and all(map(is_shown, pieces)) else []


def split_list(text: str) -> tuple[list[str], bool]:
    """Return the names in a text without "and", and whether it is certain that they were parted rightly.

    Semicolons, "Doe J, Roe K", "Doe, J., Roe, K." and "Ada Doe, Bo Roe, Cy Poe" part names; "Doe, Ada" is one name,
    and "Ada Doe, Bo Roe" may be two.
    """
    if " " in text.partition(",")[0] or text.count(",") > 1:
        text = _WITH_DEGREE.sub(lambda match: ";" if match[1] else "", text)
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
    if all(map(_EASTERN.fullmatch, parts)) and (len(parts) > (1 if is_wide else 2) or _are_whole(parts)):
        return parts, True
    group = _LAST.fullmatch(text)
    if group and looks_like_organisation(group[2]) and not looks_like_organisation(group[1]):
        people, certain = split_list(group[1])
        if certain and len(people) > 1:
            return [*people, group[2]], True
        if is_shown(group[1]):
            return [whole], False  # "Jane Doe, University of Kelp" may be her institute
    rest = [part for part in parts if not _BEHIND_NAME.fullmatch(part)]
    is_one = len(rest) < len(parts) or looks_like_organisation(text)
    found = [] if is_one else _split_commas(parts)
    if not found and not is_one and len(parts) > 2 and not any(" " in part for part in parts):
        return parts, False  # "Doe, Ada, Roe, Bo", or four family names: in no case one name
    return found or [whole], bool(found) or (_is_certain(rest) if len(rest) == 2 else is_one or len(parts) < 3)


def _are_whole(parts: Sequence[str]) -> bool:
    """Return whether two names of the East are whole: three signs before the comma are too many for a family name."""
    return len(parts[0]) == _MOST_SIGNS and all(map(_cut_whole_han, parts))


def _split_commas(parts: list[str]) -> list[str]:
    """Return the names that parts between commas are, or nothing where that is not certain."""
    initials = [bool(ONLY_INITIALS.fullmatch(part)) for part in parts]
    if all(_FAMILY_INITIALS.fullmatch(part) for part in parts):
        return parts
    if not any(initials) and all(_INITIALS_FAMILY.fullmatch(part) for part in parts):
        return parts
    if len(parts) > 3 and initials == [False, True] * (len(parts) // 2):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if len(parts) == 2 and all(map(is_shown, parts)):
        inside = _INITIAL_INSIDE.fullmatch(parts[0]) or _PARTICLE_INSIDE.fullmatch(parts[1])
        return parts if inside else []
    return parts if len(parts) > 2 and all(_FULL.fullmatch(part) for part in parts) else []
