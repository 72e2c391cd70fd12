"""CSL-JSON 1.0.2, the form that Zotero, pandoc and citation processors read."""

from __future__ import annotations

import json
from collections.abc import Iterable

from litbook.model.reference import PartialDate, PersonName, Reference
from litbook.model.review import Paper
from litbook.text.escape import clean
from litbook.text.italics import mark_italics
from litbook.write.item import complete_reference


def render_csl(papers: Iterable[Paper]) -> str:
    """Return the whole bibliography as CSL-JSON."""
    return json.dumps([make_csl_item(paper) for paper in papers], ensure_ascii=False, indent=1) + "\n"


def cite_in_csl(paper: Paper) -> str:
    """Return the CSL-JSON of one paper, without the abstract: a list of one item, each field on a line of its own."""
    item = {name: clean(value) if isinstance(value, str) else value for name, value in make_csl_item(paper).items()}
    item.pop("abstract", None)
    fields = [
        json.dumps({name: value}, ensure_ascii=False, separators=(",", ":"))[1:-1] for name, value in item.items()
    ]
    return "[{" + ",\n  ".join(fields) + "}]"


def make_csl_item(paper: Paper) -> dict[str, object]:
    """Return a paper as an item of CSL; what is not known is absent."""
    known = complete_reference(paper)
    own = known.others if known.form == "csl" else {}
    item: dict[str, object] = {
        "id": paper.citekey,
        "type": known.type,
        "title": mark_italics(paper.title, str, "<i>", "</i>"),
        **describe_reference(known),
        "abstract": paper.abstract.plain,
        **{name: value for name, value in own.items() if name.isidentifier()},
    }
    return {name: value for name, value in item.items() if value}


def describe_reference(known: Reference) -> dict[str, object]:
    """Return names, dates and fields by their variables."""
    names = {role: [_write_name(name) for name in people] for role, people in known.names.items()}
    dates = {variable: _write_date(date) for variable, date in known.dates.items()}
    return {**names, **dates, **known.fields}


def _write_name(name: PersonName) -> dict[str, str]:
    if name.literal:
        return {"literal": clean(name.literal)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "dropping-particle": name.dropping,
        "suffix": name.suffix,
    }
    return {part: clean(value) for part, value in parts.items() if value}


def _write_date(date: PartialDate) -> dict[str, object]:
    if not date.start:
        return {"literal": date.literal}
    parts = [list(part) for part in (date.start, date.end) if part]
    return {
        "date-parts": parts,
        **({"season": date.season} if date.season else {}),
        **({"circa": True} if date.circa else {}),
    }


def write_iso_date(date: PartialDate) -> str:
    """Return the first day of a date as ISO 8601 has it, as far as it is known, or nothing."""
    return "-".join(f"{part:04d}" if at == 0 else f"{part:02d}" for at, part in enumerate(date.start))


def write_edtf(date: PartialDate) -> str:
    """Return a date as biblatex reads it (ISO 8601-2): "2001-03/2001-04", "2004-21" for a spring, "1999~"."""
    if not date.start:
        return date.literal
    start = write_iso_date(PartialDate((*date.start[:1], 20 + date.season) if date.season else date.start))
    end = f"/{write_iso_date(PartialDate(date.end))}" if date.end else ""
    return f"{start}{'~' if date.circa else ''}{end}"
