"""An object with a title, of whatever service, as the row of a table: names of fields, and values as text.

Only `objects` and `yamlitems` use this. It knows nothing of services: a list of people becomes "Doe, Ada; Roe, Bo", a
value that is wrapped (`{"value": …}`) is unwrapped, and what lies in an inner object (`metadata`, `content`,
`bibliographic`) counts as lying in the outer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from litbook.ingest.formats.columns import is_weak, name_roles, plain, role_of
from litbook.ingest.formats.fields import Json, as_text, entries, join_date, mapping, one_line
from litbook.text.identifiers import find_arxiv, find_doi, read_address

Columns = Mapping[str, str]
_DEEPEST = 3
_LONGEST_TITLE = 1000
_MOST_FIELDS = 400  # an object with more names is a dictionary, not a paper
_WRAPPERS = ("value", "$", "#text", "_", "text", "content", "@value")
# The names of the parts of a person's name, without capitals and signs.
_FAMILY = ("family", "last", "familynames", "lastname", "surname", "familyname")
_GIVEN = ("given", "first", "givennames", "firstname", "forename", "givenname", "initials")
_WHOLE = ("name", "fullname", "displayname", "literal", "creator", "author", "rawauthorname", "authname", "authorname")
_NAMES = ("name", "display_name", "title", "description", "value", "url", "URL")
# The names of inner objects that describe the paper itself; the title of any other is that of something else.
_AROUND = frozenset(
    "metadata content paper attributes fields source bibliographic article bibjson info details document item node data"
    " properties record publication core coredata entry biblio meta work".split()
)
# What a paper cites is not the paper.
_OTHERS = re.compile(r"ref|bib|citation|cited|related|similar", re.IGNORECASE)
_PEOPLE = frozenset(
    "authors author authorlist authorstring authfullnames creators creator authorsparsed authornames dccreator"
    " authorships autoren auteurs".split()
)
# Of what lies beside a title in an object, these make it a paper; a year alone is said of anything.
_SIGNS = frozenset("abstract authors doi arxiv openreview acl venue".split())


def flatten(value: Json) -> tuple[list[str], list[str]]:
    """Return the names and the values of an object, inner objects included, each name once."""
    found: dict[str, str] = {}
    for name, text in _walk(value, 0):
        if text and not found.get(name):
            found[name] = text
    return list(found), list(found.values())


def _walk(value: Json, depth: int) -> Iterator[tuple[str, str]]:
    """Yield names and texts, those of the outer object first."""
    inner: list[tuple[str, Json]] = []
    for name, item in value.items():
        held, role = unwrap(item), role_of(name)
        if plain(name) in _PEOPLE:
            yield name, join_people(held)
        elif isinstance(held, dict) and role in ("venue", "date", "year"):
            parts = [unwrap(held[part]) for part in ("year", "month", "day") if held.get(part)]
            yield (
                name,
                _name_of(held) or join_date(parts or list(held.values())) or ("" if role == "venue" else as_text(held)),
            )
        elif isinstance(held, dict) and role == "title" and "title" in held:
            yield name, as_text(unwrap(held["title"]))
        elif isinstance(held, dict) and role == "url":
            yield name, "; ".join(one_line(part) for part in held.values() if isinstance(part, str))
        elif isinstance(held, dict) and depth < _DEEPEST and not _OTHERS.search(name):
            inner.append((name, held))
        elif isinstance(held, list) and len(held) == 1 and isinstance(held[0], dict) and not role:
            inner.append((name, held[0]))
        elif isinstance(held, list):
            yield from _read_list(name, held)
        else:
            yield name, _show_time(held) if role == "date" else as_text(held)
    for around, held in inner:
        wraps = plain(around) in _AROUND
        yield from ((name, text) for name, text in _walk(held, depth + 1) if wraps or role_of(name) != "title")


def _read_list(name: str, held: Sequence[object]) -> Iterator[tuple[str, str]]:
    """Yield a list of values as one; of a list of versions, the first says when a work was made."""
    first = mapping(held[0]) if held else {}
    if name == "versions" and first.get("created"):
        yield "created", one_line(first["created"])
    for item in map(mapping, held) if role_of(name) == "ids" else ():
        kind = one_line(item.get("type") or item.get("@type")).rpartition(":")[2]
        yield kind, one_line(item.get("value") or item.get("@value"))
    # A title in several languages is one in the first, and stays whole beside it.
    if role_of(name) == "title" and len(held) > 1 and all(isinstance(item, str) for item in held):
        yield name, one_line(held[0])
        yield f"{name} in other languages", join_list(held[1:])
    else:
        yield name, join_list(held)


def _show_time(value: object) -> str:
    """Return a time, which some services give in milliseconds since 1970, as text."""
    if isinstance(value, int) and 10**11 < value < 10**13:
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
    return as_text(value)


def unwrap(value: object) -> object:
    """Return what an object holds whose only purpose is to hold one value."""
    item = value
    for _ in range(_DEEPEST):
        if not isinstance(item, dict):
            break
        name = next((name for name in _WRAPPERS if name in item), "")
        if not name or (len(item) > 2 and name not in ("value", "$", "@value")):
            break
        item = item[name]
    return item


def join_list(values: Sequence[object]) -> str:
    """Return a list of texts as one text; a list of lists or objects stays JSON."""
    texts = [one_line(unwrap(value)) for value in values]
    if all(texts):
        return texts[0] if len(texts) == 1 else "; ".join(texts)
    named = [_name_of(value) for value in values]
    return "; ".join(named) if named and all(named) else as_text(list(values))


def _name_of(value: object) -> str:
    """Return the text of an object with one name, such as a keyword or an address."""
    item = mapping(value)
    return next((one_line(item[name]) for name in _NAMES if item.get(name)), "")


def join_people(value: object) -> str:
    """Return the names in a list of people of any shape, parted by semicolons; a text stays as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        inner = next((item for item in value.values() if isinstance(item, list)), None)
        return join_people(inner) if inner is not None else _join_person(value)
    return "; ".join(name for person in entries(value) if (name := _join_person(person)))


def _join_person(person: object) -> str:
    """Return one name as "Family, Given", or as it is shown."""
    held = unwrap(person)
    if isinstance(held, str):
        return one_line(held)
    if isinstance(held, list):
        parts = [one_line(part) for part in held]
        return f"{parts[0]}, {' '.join(filter(None, parts[1:]))}".strip(", ") if parts else ""
    item = {plain(name): part for name, part in mapping(held).items() if part}
    family, given = (next((item[name] for name in names if item.get(name)), "") for names in (_FAMILY, _GIVEN))
    if given and not family and isinstance(item.get("name"), str):
        family = item["name"]  # Hayagriva's "name" beside "given-name"
    if family:
        middle = item.get("middle") or item.get("middlename")
        between = " ".join(map(one_line, middle)) if isinstance(middle, list) else one_line(middle)
        first = " ".join(filter(None, (one_line(given), between)))
        return f"{one_line(family)}, {first}".strip(", ")
    for name in _WHOLE:
        inner = item.get(name)
        if inner:
            return _join_person(inner) if isinstance(inner, dict) else one_line(inner)
    return ""


# -- what is a paper --------------------------------------------------------------------------------------------------


def is_paper(value: Json, given: Columns | None = None) -> bool:
    """Return whether an object is one of a paper: it has a title, and something else that papers have."""
    if len(value) > _MOST_FIELDS:
        return False
    header, cells = flatten(value)
    roles = name_roles(header, given)
    title = cells[roles["title"]] if "title" in roles else ""
    if not title or len(title) > _LONGEST_TITLE:
        return False
    if given and "title" in given:
        return True
    signs = {role for role, at in roles.items() if _is_sign(role, header[at], cells[at])}
    return len(signs) > is_weak(header[roles["title"]])


def _is_sign(role: str, name: str, cell: str) -> bool:
    """Return whether a field is one that only papers have: a year or a description is given of anything."""
    if role in ("url", "id"):
        found = read_address(cell)
        return bool((found and found[0] != "code") or find_doi(cell) or find_arxiv(cell))
    return role in _SIGNS and not is_weak(name) and plain(name) != "summary"
