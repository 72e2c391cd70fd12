"""Read `parsed.jsonl` and `references.jsonl`: what the review keeps of papers' texts, and lists that services gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from litbook.core.project import Project
from litbook.ingest.ledgers.jsonlines import read_json_lines
from litbook.model.faults import Fault
from litbook.model.fulltext import Heading, Listed, Parsed, TextSentence
from litbook.text.repair import normalise

_LINKS = ("arxiv", "doi", "openreview", "acl")
_REMEDY = "write it again with 'litbook parse', or restore the line from git"


def read_parsed(project: Project) -> tuple[tuple[Parsed, ...], list[Fault]]:
    """Read what is kept of texts; a missing file counts as empty."""
    return _read(project, project.parsed)


def read_references(project: Project) -> tuple[tuple[Parsed, ...], list[Fault]]:
    """Read the lists of references that services gave; a missing file counts as empty."""
    return _read(project, project.references)


def _read(project: Project, path: Path) -> tuple[tuple[Parsed, ...], list[Fault]]:
    faults: list[Fault] = []
    found: dict[tuple[str, str], Parsed] = {}
    for line, value in read_json_lines(project, path, faults):
        parsed = make_parsed(line, value)
        if isinstance(parsed, str):
            faults.append(Fault(project.name(path), line, parsed, _REMEDY))
        elif first := found.get((parsed.citekey, parsed.tool)):
            what = f"duplicate line of '{parsed.citekey}', first on line {first.line}"
            faults.append(Fault(project.name(path), line, what, "delete the older line"))
        else:
            found[parsed.citekey, parsed.tool] = parsed
    return tuple(found.values()), faults


def make_parsed(line: int, value: Mapping[str, object]) -> Parsed | str:
    """Return what a line says, or what is wrong with it."""
    missing = [name for name in ("citekey", "tool") if not isinstance(value.get(name), str) or not value[name]]
    if missing:
        return f"missing {', '.join(missing)}"
    headings = tuple(
        Heading(_text(item.get("heading")), _text(item.get("role"))) for item in _objects(value.get("headings"))
    )
    references = tuple(_make_listed(item) for item in _objects(value.get("references")))
    sentences = tuple(_make_sentences(_objects(value.get("sentences"))))
    outside = [at for item in references for at in item.sections if at > len(headings)]
    outside += [item.section for item in sentences if item.section > len(headings)]
    if outside:
        return f"section {outside[0]} of {len(headings)}"
    return Parsed(
        line=line,
        citekey=_text(value["citekey"]),
        tool=_text(value["tool"]),
        file=_text(value.get("file")),
        digest=_text(value.get("sha256")),
        licence=_text(value.get("licence")),
        headings=headings,
        references=references,
        captions=tuple(filter(None, map(_text, _list(value.get("captions"))))),
        sentences=sentences,
    )


def _make_listed(item: Mapping[str, object]) -> Listed:
    year = item.get("year")
    return Listed(
        title=_text(item.get("title")),
        year=year if isinstance(year, int) else None,
        author=_text(item.get("author")),
        links={name: text for name in _LINKS if (text := _text(item.get(name)))},
        text=_text(item.get("text")),
        sections=tuple(at for at in _list(item.get("sections")) if isinstance(at, int) and at > 0),
    )


def _make_sentences(items: Iterable[Mapping[str, object]]) -> Iterator[TextSentence]:
    for item in items:
        section, number = item.get("section"), item.get("sentence")
        text = _text(item.get("text"))
        if isinstance(section, int) and isinstance(number, int) and section > 0 and number > 0 and text:
            yield TextSentence(section, number, text, _text(item.get("about")))


def write_line(parsed: Parsed) -> dict[str, object]:
    """Return what is kept of a text as a line of the file has it; what is empty is left out."""
    known: dict[str, object] = {
        "citekey": parsed.citekey,
        "tool": parsed.tool,
        "file": parsed.file,
        "sha256": parsed.digest,
        "licence": parsed.licence,
        "headings": [_filled(heading=item.text, role=item.role) for item in parsed.headings],
        "references": [
            _filled(
                title=item.title,
                author=item.author,
                year=item.year,
                **dict(item.links),
                text=item.text,
                sections=list(item.sections),
            )
            for item in parsed.references
        ],
        "captions": list(parsed.captions),
        "sentences": [
            _filled(section=item.section, sentence=item.number, about=item.about, text=item.text)
            for item in parsed.sentences
        ],
    }
    return {name: value for name, value in known.items() if value}


def _filled(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _objects(value: object) -> list[Mapping[str, object]]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _text(value: object) -> str:
    """Return a value as text on one line, without characters that no page can show."""
    return normalise(value) if isinstance(value, str) else ""
