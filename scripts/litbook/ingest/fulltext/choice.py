"""Find the reader of a paper's text by the form of what it was read from."""

from __future__ import annotations

from dataclasses import replace

from litbook.ingest.formats.elsevier import is_elsevier
from litbook.ingest.fulltext.elsevier import read_elsevier
from litbook.ingest.fulltext.html import read_html
from litbook.ingest.fulltext.json import read_json
from litbook.ingest.fulltext.markdown import read_markdown
from litbook.ingest.fulltext.xml import read_xml
from litbook.model.fulltext import FullText
from litbook.model.review import Record


def is_parsed_paper(record: Record) -> bool:
    """Return whether a record was read from the text of its paper, rather than from a bibliography."""
    return bool(record.extra.get("parsed by")) and '"parsed by": "' not in record.raw


def read_full_text(record: Record) -> FullText | None:
    """Return the text of the paper that a record was read from; None if it has neither sections nor references."""
    found = _read(record.raw.lstrip("\ufeff \t\r\n"))
    if found is None or not (found.sections or found.references):
        return None
    return replace(found, tool=record.extra.get("parsed by", ""), licence=record.extra.get("licence", ""))


def _read(text: str) -> FullText | None:
    if text.startswith(("{", "[{", "[\n", "[ ")):
        return read_json(text)
    if text.startswith("<"):
        if "ltx_document" in text[:400_000]:
            return read_html(text)
        return read_elsevier(text) if is_elsevier(text) else read_xml(text)
    return read_markdown(text)
