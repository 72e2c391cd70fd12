"""Parsed papers among the files that a person names: a source gets what a bibliography says, and never the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from litbook.commands.intake.files import Offered, Taken
from litbook.commands.parse.chosen import choose_kept
from litbook.commands.parse.store import keep_parsed, keep_text
from litbook.core.project import Project
from litbook.ingest.formats.wishes import Refused
from litbook.ingest.fulltext.choice import is_parsed_paper, read_full_text
from litbook.model.faults import Fault
from litbook.model.fulltext import FullText
from litbook.model.review import Paper, Reading, Record
from litbook.write.csl import describe_reference

Read = Callable[[Offered], Reading | Refused]
_ENDINGS = (".xml", ".json", ".jsonl", ".nxml", ".html", ".htm", ".xhtml", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class Apart:
    """Hold the file of one or several parsed papers: its own name, and the source that stands for it.

    `texts` are those of the records of the source, in their order; None where a file has no text.
    """

    name: str
    content: bytes
    source: Offered
    texts: tuple[FullText | None, ...]


def set_texts_apart(taken: Taken, read: Read) -> list[Apart]:
    """Replace each file of parsed papers by a source with their references and abstracts, and return those files.

    Parts of such a file that hold no paper are reported, and are in no source either.
    """
    apart: list[Apart] = []
    offers: list[Offered] = []
    for offer in taken.offers:
        reading = read(offer)
        papers = [] if isinstance(reading, Refused) else [item for item in reading.records if is_parsed_paper(item)]
        if isinstance(reading, Refused) or not papers:
            offers.append(offer)
            continue
        source = replace(offer, name=_name_source(offer.name), content=render_source(papers).encode(), made=True)
        texts = tuple(read_full_text(record) for record in papers)
        apart.append(Apart(offer.name, offer.content, source, texts))
        offers.append(source)
        taken.refused += [
            Fault(str(offer.path), piece.first_line, piece.reason)
            for piece in reading.unread
            if not piece.understood and not piece.is_remark
        ]
        taken.notes += [f"{offer.path}: {piece.reason}" for piece in reading.unread if piece.is_remark]
    taken.offers = offers
    return apart


def _name_source(name: str) -> str:
    stem = next((name.removesuffix(ending) for ending in _ENDINGS if name.lower().endswith(ending)), name)
    return f"{stem}.csl.json"


def render_source(papers: Sequence[Record]) -> str:
    """Return parsed papers as CSL-JSON, which reads back as the same records."""
    return json.dumps([_make_item(record) for record in papers], ensure_ascii=False, indent=1) + "\n"


def _make_item(record: Record) -> dict[str, object]:
    links = {"DOI": record.links.get("doi", ""), "arxiv": record.links.get("arxiv", "")}
    item: dict[str, object] = {
        "type": record.reference.type or "article",
        "title": _as_markup(record.title),
        **describe_reference(record.reference),
        "abstract": _as_markup(record.abstract),
        **links,
    }
    item = {**{name: value for name, value in record.extra.items() if name not in item}, **item}
    return {name: value for name, value in item.items() if value}


def _as_markup(text: str) -> str:
    """Return plain text as the readers expect it, which take a bracket for the beginning of a tag."""
    return text.replace("&", "&amp;").replace("<", "&lt;") if "<" in text or "&" in text else text


def keep_texts(
    project: Project, apart: Sequence[Apart], laid: Iterable[tuple[Offered, str]], papers: Sequence[Paper]
) -> list[str]:
    """Keep what a review may of the texts, and the texts themselves out of git; return lines that say so.

    `laid` holds the sources as they were offered, with the names that they have below the sources.
    """
    names = {id(offer): name for offer, name in laid}
    owners = {(record.source, record.first_line): paper.citekey for paper in papers for record in paper.records}
    places: dict[str, list[int]] = {}
    for source, line in sorted(owners):
        places.setdefault(source, []).append(line)
    kept = []
    for file in apart:
        source = names[id(file.source)]
        name = keep_text(project, file.name, file.content)
        digest = hashlib.sha256(file.content).hexdigest()
        for line, text in zip(places.get(source, ()), file.texts, strict=False):
            if text is not None:
                kept.append(choose_kept(text, owners[source, line], name, digest))
    if not apart:
        return []
    keep_parsed(project, kept)
    said = "The text of 1 parsed paper stays" if len(kept) == 1 else f"The texts of {len(kept)} parsed papers stay"
    return [f"{said} in {project.name(project.texts)}, which git ignores; parsed.jsonl has what the review keeps."]
