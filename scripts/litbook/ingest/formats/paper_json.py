"""The reader of parsed papers as JSON: S2ORC (old, doc2json and new), CORD-19, unarXive, GROBID's client, docling,
marker and MinerU. Each paper is one record; its title, authors, abstract and identifiers are read, its body is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from litbook.ingest.formats.fields import Json, Refusal, entries, mapping, one_line
from litbook.ingest.formats.flatten import join_people
from litbook.ingest.formats.jsonitems import Form, json_head, read_items
from litbook.ingest.formats.paper_text import LOW_TRUST, make_text_paper
from litbook.ingest.formats.paper_xml import date_parts, make_paper
from litbook.ingest.formats.people import read_name
from litbook.ingest.formats.pieces import Entry, Piece, assemble
from litbook.model.review import Reading
from litbook.text.identifiers import find_arxiv, find_doi

_BODY = re.compile(r'"(?:body_text|bib_entries|pdf_parse|grobid_parse|latex_parse|pdf_json)"\s*:')
_ANNOTATED = re.compile(r'"annotations"\s*:\s*\{')
_DOCLING = re.compile(r'"(?:schema_name"\s*:\s*"DoclingDocument|block_type"\s*:\s*"(?:Document|Page))"')
_MINERU = re.compile(r'"(?:text_level|page_idx)"\s*:')
_NAMELESS = Refusal("a parsed paper without a title and without an identifier; add its DOI or arXiv id instead")
_TAGS = re.compile(r"<[^<>]{1,200}>")


def matches(text: str) -> float:
    """Return how sure it is that a text is a parsed paper, or several: by the names of its parts."""
    head = json_head(text)
    if _DOCLING.search(head) or (_ANNOTATED.search(text[:2_000_000]) and '"corpusid"' in head):
        return 0.96
    if _BODY.search(text[:2_000_000] if head else "") and re.search(r'"(?:paper_id|title|metadata|biblio)"\s*:', head):
        return 0.95
    return 0.94 if _MINERU.search(head) and re.match(r"\[\s*\{", head) and '"type"' in head else 0.0


def read_paper_json(source: str, text: str) -> Reading:
    """Return one record for each parsed paper."""
    if re.match(r"\[", json_head(text)) and _MINERU.search(text[:200_000]):
        return assemble(source, text, _read_blocks(text), "around the paper")
    return read_items(source, text, Form(frozenset(), lambda entry: True, _make))


def _make(value: Json) -> Entry | Refusal:
    content = mapping(value.get("content"))
    if mapping(content.get("annotations")):
        entry = make_paper(_read_annotated(value, content))
    elif value.get("schema_name") == "DoclingDocument":
        entry = make_text_paper("\n\n".join(show_docling(value)), "docling")
    elif value.get("block_type") or entries(value.get("children")):
        entry = make_text_paper("\n\n".join(show_marker(value)), "marker")
    else:
        entry = make_paper(_read_plain(value))
    return entry if entry.title or entry.links else _NAMELESS


# -- S2ORC, CORD-19, unarXive, GROBID's client -----------------------------------------------------------------------


def _read_plain(value: Json) -> Json:
    """Return a paper whose parts have names, in the vocabulary of CSL."""
    about = [value, *(mapping(value.get(name)) for name in ("metadata", "biblio", "header", "s2_metadata"))]
    parsed = [mapping(value.get(name)) for name in ("pdf_parse", "grobid_parse", "latex_parse")]

    def said(*names: str) -> str:
        return next((text for place in about for name in names if (text := one_line(place.get(name)))), "")

    people = next((place["authors"] for place in about if place.get("authors")), "")
    parsed_people = next((place["authors_parsed"] for place in about if place.get("authors_parsed")), "")
    names = [name for text in join_people(parsed_people or people).split("; ") if (name := read_name(text))]
    abstract = next((found for place in (*about, *parsed) if (found := _join_parts(place.get("abstract")))), "")
    identity = said("paper_id", "id")
    venue = said("venue", "journal", "journal-ref", "journal_ref", "container_title")
    versions = next((entries(place["versions"]) for place in about if place.get("versions")), ())
    first = one_line(mapping(versions[0]).get("created")) if versions else ""
    return {
        "type": "article",
        "title": said("title"),
        "author": [_csl_name(name.family, name.given, name.literal, name.particle) for name in names],
        "abstract": abstract,
        "issued": date_parts(first or said("publication_date", "published", "publish_time", "date", "year")),
        "container-title": venue,
        "DOI": find_doi(said("doi")),
        "arxiv": find_arxiv(said("arxiv_id", "arxiv")) or find_arxiv(identity),
        "PMID": said("pubmed_id", "pmid"),
        "PMCID": said("pmc_id", "pmcid", "pmc"),
        "licence": said("license", "licence"),
        "parsed by": _name_tool(value),
    }


def _csl_name(family: str, given: str, literal: str, particle: str) -> Json:
    if literal:
        return {"literal": literal}
    return {"family": family, "given": given, "non-dropping-particle": particle}


def _name_tool(value: Json) -> str:
    if "biblio" in value:
        return "GROBID client JSON"
    if "discipline" in value or "_source_hash" in value:
        return "unarXive"
    return "CORD-19" if "metadata" in value and "back_matter" in value else "S2ORC"


def _join_parts(value: object) -> str:
    """Return an abstract that is a text, an object with a text, or a list of these with their sections."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return one_line(value.get("text"))
    parts = [mapping(part) for part in entries(value)]
    sections = {one_line(part.get("section")) for part in parts} - {"", "Abstract", "ABSTRACT"}
    shown = (
        f"{one_line(part.get('section'))}: {text}" if len(sections) > 1 and one_line(part.get("section")) else text
        for part in parts
        if (text := one_line(part.get("text")))
    )
    return " ".join(shown)


# -- the new S2ORC ---------------------------------------------------------------------------------------------------


def _read_annotated(value: Json, content: Json) -> Json:
    """Return a paper that is one text with annotations: lists of ranges, written as JSON in JSON."""
    text = content.get("text")
    whole = text if isinstance(text, str) else ""
    named = mapping(content.get("annotations"))
    ids = {name.lower(): one_line(item) for name, item in mapping(value.get("externalids")).items()}
    access = mapping(mapping(content.get("source")).get("oainfo"))
    title = next(iter(_slices(named.get("title"), whole)), "")
    return {
        "type": "article",
        "title": title,
        "author": [_csl_name(name.family, name.given, name.literal, name.particle)
                   for text in _slices(named.get("author"), whole) if (name := read_name(text.split("\n")[0]))],
        "abstract": " ".join(_slices(named.get("abstract"), whole)),
        "DOI": find_doi(ids.get("doi", "")),
        "arxiv": find_arxiv(ids.get("arxiv", "")),
        "PMID": ids.get("pubmed", ""),
        "PMCID": ids.get("pubmedcentral", ""),
        "licence": one_line(access.get("license")),
        "parsed by": "S2ORC",
    }  # fmt: skip


def _slices(value: object, text: str) -> Iterator[str]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return
    for item in map(mapping, entries(value)):
        start, end = item.get("start"), item.get("end")
        if isinstance(start, int | str) and isinstance(end, int | str) and str(start).isdigit() and str(end).isdigit():
            yield text[int(start) : int(end)].strip()


# -- docling, marker and MinerU: blocks that know their kind --------------------------------------------------------


def show_docling(value: Json) -> Iterator[str]:
    """Yield the blocks of a document of docling as Markdown."""
    for block in map(mapping, entries(value.get("texts"))):
        text, label = one_line(block.get("text")), block.get("label")
        if text and label in ("title", "section_header"):
            yield f"{'#' if label == 'title' else '##'} {text}"
        elif text and label not in ("page_header", "page_footer", "caption", "footnote"):
            yield text


def show_marker(value: Json) -> Iterator[str]:
    """Yield the blocks of a document of marker as Markdown."""
    kind, html = value.get("block_type"), value.get("html")
    children = entries(value.get("children"))
    if children:
        for child in children:
            yield from show_marker(mapping(child))
    elif isinstance(html, str) and kind not in ("PageHeader", "PageFooter", "Picture", "Figure", "Table"):
        text = one_line(_TAGS.sub(" ", html))
        yield f"## {text}" if kind == "SectionHeader" else text


def show_mineru(blocks: Iterable[Json]) -> Iterator[str]:
    """Yield the blocks of a list of MinerU as Markdown."""
    for block in blocks:
        said, level = one_line(block.get("text")), str(block.get("text_level", ""))
        if said and block.get("type") in ("text", "title", None):
            yield f"{'#' * (int(level) or 1)} {said}" if level.isdigit() else said


def _read_blocks(text: str) -> Iterator[Piece]:
    """Read MinerU's list of blocks as one paper."""
    try:
        blocks = [mapping(block) for block in entries(json.loads(text.lstrip("\ufeff")))]
    except (ValueError, RecursionError):
        yield Piece(0, len(text), reason="the JSON of a parsed paper is damaged; parse the paper again")
        return
    entry = make_text_paper("\n\n".join(show_mineru(blocks)), "MinerU")
    if not (entry.title or entry.links):
        yield Piece(0, len(text), reason=_NAMELESS.reason)
        return
    yield Piece(0, len(text), entry)
    yield Piece(0, 0, reason=LOW_TRUST)
