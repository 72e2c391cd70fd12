"""BibTeX: entries of UTF-8, special characters as commands, with the fields of biblatex that BibTeX has no name for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litbook.model.reference import AND_OTHERS, PartialDate, PersonName, Reference
from litbook.model.review import Paper
from litbook.model.vocabulary import (
    ARTICLES,
    BIBTEX_DATES,
    BIBTEX_FIELDS,
    BIBTEX_GENRES,
    BIBTEX_NAMES,
    BIBTEX_TYPES,
    BOOKS,
    PARTS,
    SUBTYPES,
    TYPES_AS_BIBTEX,
)
from litbook.text.escape import clean
from litbook.text.italics import mark_italics
from litbook.write.csl import write_edtf
from litbook.write.item import complete_reference

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "`": r"\textasciigrave{}",
}  # fmt: skip
_TEX_TABLE = {ord(mark): command for mark, command in _TEX.items()}
_VERBATIM = frozenset(("doi", "url", "eprint", "isbn", "issn", "pmid", "pmcid"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MASTER = re.compile(r"\b(?:master|diplom|msc\b|m\.sc|m\.a\.|licentiate|mathesis)", re.IGNORECASE)
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_:+-]*")
_SUBTYPES = {kind: name for name, kind in SUBTYPES.items()}
_NAMED = frozenset(
    (*BIBTEX_FIELDS, "container-title", "issue", "number", "collection-number", "publisher", "DOI", "URL", "archive",
     "archive_location")
)  # fmt: skip
_PUBLISHERS = {
    "thesis": "institution",
    "phdthesis": "school",
    "mastersthesis": "school",
    "report": "institution",
    "standard": "institution",
    "manual": "organization",
}


def tex(text: str) -> str:
    """Return text for a BibTeX value, its special characters as commands."""
    return clean(text).translate(_TEX_TABLE)


def verbatim(text: str) -> str:
    """Leave out what would end a field whose value BibTeX takes as it is."""
    return re.sub(r"[{}\\\s]", "", clean(text))


def render_bibtex(paper: Paper, abstract: bool = False) -> str:
    """Return a BibTeX entry, without the abstract unless it is asked for."""
    known = complete_reference(paper)
    kind = find_type(known)
    fields = {"title": "{" + mark_italics(paper.title, tex, r"\textit{", "}") + "}"}
    for name, value in _make_fields(known, kind, paper.citekey):
        if value:
            fields.setdefault(name, value)
    if abstract:
        fields["abstract"] = tex(paper.abstract.plain)
    # Months are abbreviations, which styles print in their own way.
    written = (
        (name, value if name == "month" and value in _MONTHS else f"{{{value}}}")
        for name, value in fields.items()
        if value
    )
    lines = [f"  {name} = {value}," for name, value in written]
    return "\n".join([f"@{kind}{{{paper.citekey},", *lines, "}"])


def find_type(known: Reference) -> str:
    """Return the type of the entry: that of the source if it is one of BibTeX, or else the one that CSL's means."""
    form, _, native = known.native.partition(":")
    if form == "bibtex" and BIBTEX_TYPES.get(native) == known.type:
        return native
    if form == "bibtex" and native in ("misc", "online", "unpublished") and known.type == "article":
        return native
    kind = TYPES_AS_BIBTEX.get(known.type, "misc")
    return "mastersthesis" if kind == "phdthesis" and _MASTER.search(known.fields.get("genre", "")) else kind


def _make_fields(known: Reference, kind: str, citekey: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of the fields; the first of a name counts."""
    shortened = known.others.get(AND_OTHERS, "").split(",")
    for role, people in sorted(known.names.items(), key=_rank_role):
        written = [*filter(None, map(write_name, people)), *(["others"] if role in shortened else [])]
        yield BIBTEX_NAMES.get(role, (role,))[0], " and ".join(written)
    yield from _write_issued(known.dates.get("issued", PartialDate()))
    yield from ((name, _write(name, value)) for name, value in _name_fields(known, kind) if value)
    is_preprint = kind in ("misc", "online", "unpublished") and known.type == "article" and _is_arxiv(known)
    if known.native and BIBTEX_TYPES.get(kind) != known.type and not is_preprint:
        yield "entrysubtype", _SUBTYPES.get(known.type, known.type)
    for variable, names in BIBTEX_DATES.items():
        if date := known.dates.get(variable):
            yield names[0], tex(write_edtf(date))
    yield "ids", verbatim(",".join(key for key in known.keys if key != citekey and not set(key) & set(" ,")))
    if known.form == "bibtex":
        yield from ((name, tex(value)) for name, value in known.others.items() if _FIELD_NAME.fullmatch(name))


def _is_arxiv(known: Reference) -> bool:
    return known.fields.get("archive", "").lower() == "arxiv"


def _has_eprint(known: Reference) -> bool:
    """Return whether the place in an archive is an identifier; a shelf in a library is not."""
    place = known.fields.get("archive_location", "")
    return bool(place) and (_is_arxiv(known) or not re.search(r"\s", place))


def _rank_role(item: tuple[str, object]) -> int:
    roles = list(BIBTEX_NAMES)
    return roles.index(item[0]) if item[0] in roles else len(roles)


def _name_fields(known: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of BibTeX and their values in plain text."""
    fields = known.fields
    yield _name_container(known.type, kind), fields.get("container-title", "")
    if known.type in ARTICLES or known.type == "periodical":
        yield "number", fields.get("issue", "")
        yield "eid", fields.get("number", "")
    elif known.type in BOOKS | PARTS:
        yield "number", fields.get("collection-number", "") or fields.get("issue", "")
        yield "issue", fields.get("issue", "") if fields.get("collection-number") else ""
        yield "eid", fields.get("number", "")
    else:
        yield "number", fields.get("number", "")
        yield "issue", fields.get("issue", "")
    publisher = fields.get("publisher", "")
    if publisher != known.others.get("organization"):
        name = _PUBLISHERS.get(kind, _PUBLISHERS.get(known.type, "publisher"))
        yield "publisher" if name in known.others else name, publisher
    # Only of a booklet BibTeX tells by `howpublished` how it was published; elsewhere it is where.
    own_name = "medium" if known.type != "pamphlet" else ""
    for variable, names in BIBTEX_FIELDS.items():
        if (variable == "archive" and _has_eprint(known)) or variable == own_name:
            continue
        if variable != "genre" or fields.get(variable) != BIBTEX_GENRES.get(kind):
            yield names[0], fields.get(variable, "")
    yield "doi", fields.get("DOI", "")
    if _has_eprint(known):
        place = fields["archive_location"]
        yield "eprint", place.removeprefix("arXiv:").partition(" [")[0] if _is_arxiv(known) else place
        yield "archiveprefix", fields.get("archive", "")
    else:
        yield "archive_location", fields.get("archive_location", "")
    yield "url", fields.get("URL", "")
    # What BibTeX has no name for, and what another field has taken the name of, goes by its name in CSL.
    yield from ((name.lower(), value) for name, value in fields.items() if name == own_name or name not in _NAMED)
    if known.type not in BOOKS | PARTS:
        yield "collection-number", fields.get("collection-number", "")


def _name_container(type_: str, kind: str) -> str:
    if type_ in ARTICLES or kind == "article":
        return "journal"
    return "booktitle" if type_ in PARTS or kind in ("inproceedings", "incollection", "inbook") else "howpublished"


def _write(name: str, value: str) -> str:
    if name in _VERBATIM:
        return " ".join(map(verbatim, value.split())) if name in ("isbn", "issn") else verbatim(value)
    return (
        tex(value).replace("-", "--") if name == "pages" and re.fullmatch(r"[\w., ]+-[\w., ]+", value) else tex(value)
    )


def write_name(name: PersonName) -> str:
    """Return "von Last, Jr., First", which no BibTeX style can misread.

    A name of one part is put in braces, and so is a part that BibTeX would take apart at a comma, an "and", or a word
    in lower case.
    """
    if name.literal or not (name.given or name.particle or name.dropping):
        alone = clean(name.literal or name.family).strip()
        return f"{{{tex(alone)}}}" if alone else ""
    family, given, suffix = (tex(clean(part)) for part in (name.family, name.given, name.suffix))
    particle = " ".join(tex(clean(part)) for part in (name.dropping, name.particle) if part)
    whole = f"{particle} {family} {given}"
    if re.search(r"\sand\s|,", f" {whole} ", re.IGNORECASE):
        return f"{{{tex(clean(name.display))}}}"
    if re.search(r"\S\s+[^\W\d_A-ZÀ-Þ]", family) and any(word[:1].islower() for word in family.split()[1:-1]):
        family = f"{{{family}}}"
    last = f"{particle} {family}".strip()
    return ", ".join(filter(None, (last, suffix, given)))


def _write_issued(date: PartialDate) -> Iterator[tuple[str, str]]:
    """Yield year, month and day; what they cannot say is the `date` of biblatex."""
    start = date.start
    if not start:
        yield "year", tex(date.literal)
        return
    yield "year", str(start[0])
    if date.end or date.season or date.circa:
        yield "date", tex(write_edtf(date))
    elif len(start) > 1:
        yield "month", _MONTHS[start[1] - 1]
        yield "day", str(start[2]) if len(start) > 2 else ""
