"""Read the text of papers in JSON: S2ORC (old, doc2json and new), CORD-19, unarXive, docling, marker and MinerU."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from litbook.ingest.formats.fields import Json, entries, mapping, one_line
from litbook.ingest.formats.paper_json import show_docling, show_marker, show_mineru
from litbook.ingest.fulltext.headings import level_of
from litbook.ingest.fulltext.markdown import read_markdown
from litbook.ingest.fulltext.runs import Found, Runs, make_full_text, make_listed
from litbook.model.fulltext import FullText, Listed, Passage, TextSection

_CITED = re.compile(r"\{\{(?:cite|formula|figure|table):([^{}]*)\}\}")


def read_json(text: str) -> FullText | None:
    """Return the text of one paper in JSON, or None if it has none or is damaged."""
    try:
        value = json.loads(text.strip().removesuffix(","))
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return read_markdown("\n\n".join(show_mineru(mapping(block) for block in value)))
    paper = mapping(value)
    content = mapping(paper.get("content"))
    if mapping(content.get("annotations")):
        return _read_annotated(content)
    if paper.get("schema_name") == "DoclingDocument":
        return read_markdown("\n\n".join(show_docling(paper)))
    if paper.get("block_type") or entries(paper.get("children")):
        return read_markdown("\n\n".join(show_marker(paper)))
    return _read_parts(paper)


# -- paragraphs with the name of their section: S2ORC, CORD-19, unarXive ----------------------------------------------


def _read_parts(paper: Json) -> FullText:
    places = [paper, *(mapping(paper.get(name)) for name in ("pdf_parse", "grobid_parse", "latex_parse"))]

    def found(name: str) -> object:
        return next((place[name] for place in places if place.get(name)), None)

    listed = mapping(found("bib_entries"))
    order = {name: at for at, name in enumerate(listed)}
    parts = [mapping(part) for name in ("body_text", "back_matter") for part in entries(found(name))]
    figures = mapping(found("ref_entries")).values()
    captions = (one_line(mapping(item).get("caption")) or one_line(mapping(item).get("text")) for item in figures)
    return make_full_text(
        _group(parts, order),
        [_read_entry(mapping(entry)) for entry in listed.values()],
        captions,
    )


def _group(parts: Iterable[Json], order: Mapping[str, int]) -> Iterator[TextSection]:
    """Yield sections from paragraphs that each name theirs."""
    heading, number, said = "", "", list[Passage]()
    started = False
    for part in parts:
        if part.get("content_type") not in (None, "paragraph", "list", "listing"):
            continue
        named = one_line(part.get("section"))
        numbered = one_line(part.get("sec_number") or part.get("sec_num"))
        if started and (named, numbered) != (heading, number):
            yield TextSection(heading, _level(number, heading), tuple(said))
            said = []
        heading, number, started = named, numbered, True
        said.append(_read_passage(part, order))
    if started:
        yield TextSection(heading, _level(number, heading), tuple(said))


def _level(number: str, heading: str) -> int:
    return 1 + number.strip(".").count(".") if number else level_of(heading)


def _read_passage(part: Json, order: Mapping[str, int]) -> Passage:
    text = part.get("text")
    whole = text if isinstance(text, str) else ""
    spans = sorted(
        (start, str(span.get("ref_id")))
        for span in map(mapping, entries(part.get("cite_spans")))
        if isinstance(start := span.get("start"), int) and str(span.get("ref_id")) in order
    )
    runs, done = Runs(), 0
    for start, name in spans:
        runs.add(_CITED.sub("", whole[done:start]))
        runs.mark(order[name])
        done = max(done, start)
    runs.add(_CITED.sub("", whole[done:]))
    return runs.take()


def _read_entry(entry: Json) -> Listed:
    """Return an entry of S2ORC and CORD-19, or of unarXive."""
    ids = {**_read_ids(entry.get("other_ids")), **_read_ids(entry.get("ids"))}
    named = [one_line(mapping(item).get("id")) for item in entries(entry.get("contained_arXiv_ids"))]
    first = mapping(next(iter(entries(entry.get("authors"))), None))
    return make_listed(
        Found(
            title=one_line(entry.get("title")),
            year=one_line(entry.get("year")),
            author=one_line(first.get("last")),
            doi=ids.get("doi", ""),
            arxiv=ids.get("arxiv", "") or ids.get("arxiv_id", "") or next(iter(named), ""),
            text=one_line(entry.get("bib_entry_raw") or entry.get("raw_text")),
        )
    )


def _read_ids(value: object) -> dict[str, str]:
    """Return identifiers by their names in lower case; S2ORC has lists of them."""
    found: dict[str, str] = {}
    for name, item in mapping(value).items():
        first = next(iter(entries(item)), "") if isinstance(item, list) else item
        if text := one_line(first):
            found[name.lower()] = text
    return found


# -- one text with ranges: the new S2ORC ------------------------------------------------------------------------------


def _read_annotated(content: Json) -> FullText:
    whole = content.get("text")
    text = whole if isinstance(whole, str) else ""
    named = mapping(content.get("annotations"))
    listed = _ranges(named.get("bibentry"))
    titles, years, authors = (_ranges(named.get(name)) for name in ("bibtitle", "bibyear", "bibauthorlastname"))
    order = {str(mapping(item.get("attributes")).get("id")): at for at, (_, _, item) in enumerate(listed)}
    marks = [
        (start, order[name])
        for start, _, item in _ranges(named.get("bibref"))
        if (name := str(mapping(item.get("attributes")).get("ref_id"))) in order
    ]
    references = [
        make_listed(
            Found(
                title=_first_inside(titles, start, end, text),
                year=_first_inside(years, start, end, text),
                author=_first_inside(authors, start, end, text),
                doi=one_line(mapping(item.get("attributes")).get("doi")),
                text=text[start:end],
            )
        )
        for start, end, item in listed
    ]
    return make_full_text(_cut(named, text, marks), references, _slice(named.get("figurecaption"), text))


def _cut(named: Json, text: str, marks: list[tuple[int, int]]) -> Iterator[TextSection]:
    heads = [(start, text[start:end], _number(item)) for start, end, item in _ranges(named.get("sectionheader"))]
    paragraphs = [(start, end) for start, end, _ in _ranges(named.get("paragraph"))]
    bounds = [(-1, "", ""), *heads]
    for at, (start, heading, number) in enumerate(bounds):
        until = bounds[at + 1][0] if at + 1 < len(bounds) else len(text) + 1
        inside = [(one, other) for one, other in paragraphs if start <= one < until]
        passages = tuple(_mark_range(text, one, other, marks) for one, other in inside)
        if heading or passages:
            yield TextSection(heading, _level(number, heading), passages)


def _number(item: Json) -> str:
    return one_line(mapping(item.get("attributes")).get("n"))


def _mark_range(text: str, start: int, end: int, marks: Iterable[tuple[int, int]]) -> Passage:
    runs, done = Runs(), start
    for place, reference in marks:
        if start <= place < end:
            runs.add(text[done:place])
            runs.mark(reference)
            done = place
    runs.add(text[done:end])
    return runs.take()


def _ranges(value: object) -> list[tuple[int, int, Json]]:
    """Return start, end and the annotation for each range of a list, which may be written as JSON in JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    items = [mapping(item) for item in entries(value)]
    bounds = [(str(item.get("start", "")), str(item.get("end", "")), item) for item in items]
    return sorted(
        ((int(start), int(end), item) for start, end, item in bounds if start.isdigit() and end.isdigit()),
        key=lambda found: found[:2],
    )


def _slice(value: object, text: str) -> list[str]:
    return [one_line(text[start:end]) for start, end, _ in _ranges(value)]


def _first_inside(ranges: Iterable[tuple[int, int, Json]], start: int, end: int, text: str) -> str:
    return next((text[one:other] for one, other, _ in ranges if start <= one and other <= end), "")
