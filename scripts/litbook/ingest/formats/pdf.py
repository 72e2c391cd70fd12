"""The identifier on the first page of a PDF; the text of a PDF has no parts that could be trusted as a record.

The optional extra `litbook[pdf]` reads it.
"""

from __future__ import annotations

import io
import logging
import re

from litbook.text.identifiers import ARXIV, find_doi, links_of, trim

_STAMP = re.compile(rf"arXiv\s?:\s?({ARXIV})(?:v\d+)?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi(?:\.org/|:|\s)\s*)(10\.\d{4,9}/[^\s\"<>]{2,200})", re.IGNORECASE)


def find_identifier(content: bytes) -> str:
    """Return the arXiv id or DOI that the first page states as its own, or an empty string.

    A page with several different DOIs is that of a reference list or a table of contents, and says nothing.
    """
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an optional extra
    except ImportError:
        return ""
    logger = logging.getLogger("pypdf")
    before, logger.disabled = logger.disabled, True
    try:
        reader = PdfReader(io.BytesIO(content))
        text = reader.pages[0].extract_text() if reader.pages else ""
        known = reader.metadata
        stated = str((known.get("/doi") or known.get("/WPS-ARTICLEDOI") or "") if known else "")
    except Exception:  # pypdf lets errors of damaged files of all kinds through
        return ""
    finally:
        logger.disabled = before
    return find_in_page(text) or find_doi(stated)


def find_in_page(text: str) -> str:
    """Return the one identifier that the text of a first page states."""
    stamps = {match[1] for match in _STAMP.finditer(text)}
    if len(stamps) == 1:
        return stamps.pop()
    dois = {trim(match[1]).lower(): trim(match[1]) for match in _DOI.finditer(text)}
    if len(dois) != 1:
        return ""
    doi = next(iter(dois.values()))
    return links_of(doi).get("arxiv", doi)
