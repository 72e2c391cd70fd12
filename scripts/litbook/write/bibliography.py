"""The bibliography: whole files of references, and the plain reference of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litbook.model.reference import PersonName
from litbook.model.review import Paper
from litbook.model.vocabulary import BOOKS, PARTS
from litbook.text.escape import clean
from litbook.write.bibtex import find_type, render_bibtex, tex, verbatim
from litbook.write.csl import cite_in_csl, render_csl
from litbook.write.item import best_address, complete_reference
from litbook.write.notices import note_of
from litbook.write.ris import cite_in_ris, render_ris

__all__ = [
    "best_address",
    "cite_in_csl",
    "cite_in_ris",
    "cite_in_words",
    "complete_reference",
    "entry_type",
    "render_bibtex",
    "render_csl",
    "render_references",
    "render_ris",
    "tex",
    "verbatim",
]


def entry_type(paper: Paper) -> str:
    """Return the type of a paper's entry in BibTeX: `article`, `inproceedings`, `misc` …"""
    return find_type(complete_reference(paper))


def render_references(papers: Iterable[Paper]) -> str:
    """Return the whole bibliography as a .bib file, with the abstracts."""
    return "".join(f"{render_bibtex(paper, abstract=True)}\n\n" for paper in papers)


def cite_in_words(paper: Paper, labelled: str = "") -> str:
    """Return a paper's reference on one line: who, year, title, where it appeared, identifiers and an address.

    `labelled` is the year as the review cites it, as in "2009a".
    """
    known = complete_reference(paper)
    year = labelled or paper.cited_year
    authors, editors = (known.names.get(role, ()) for role in ("author", "editor"))
    editors = () if authors else editors
    who = _name_editors(editors) if editors else ", ".join(clean(name.display) for name in authors)
    address = best_address(paper) or known.fields.get("URL", "")
    arxiv = paper.links.get("arxiv", "")
    parts = [
        " ".join(filter(None, [who, f"({year})" if year else ""])),
        clean(paper.title.plain) or paper.citekey,
        clean(_say_where(paper)),
        f"arXiv:{clean(arxiv)}" if arxiv and arxiv not in address else "",
        note_of(paper),
    ]
    return " ".join([*map(end_sentence, filter(None, parts)), *([clean(address)] if address else [])])


def _say_where(paper: Paper) -> str:
    """Return where a work appeared: "Loaf 12(3), 45–67", or a publisher."""
    known = complete_reference(paper)
    fields = known.fields
    container = fields.get("container-title") or paper.venue or fields.get("event-title", "")
    name = container or fields.get("publisher", "")
    volume, issue = fields.get("volume", ""), fields.get("issue", "")
    numbers = f"{volume}({issue})" if volume and issue else volume or issue
    if volume and (known.type in BOOKS | PARTS or not container):
        name, numbers = f"{name}, vol. {numbers}".removeprefix(", "), ""
    page = fields.get("page", "").replace("-", "–") or fields.get("number", "")
    where = ", ".join(filter(None, (f"{name} {numbers}".strip() if name else numbers, page)))
    editors = known.names.get("editor", ()) if known.names.get("author") and known.type in PARTS else ()
    return f"In {_name_editors(editors)}, {where}" if editors and where else where


def _name_editors(editors: Sequence[PersonName]) -> str:
    return f"{', '.join(clean(name.display) for name in editors)} {'(ed.)' if len(editors) == 1 else '(eds.)'}"


def end_sentence(text: str) -> str:
    """Return a text with a full stop behind it, unless it ends with such a mark."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
