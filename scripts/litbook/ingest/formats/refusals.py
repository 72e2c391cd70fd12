"""Name what litbook does not read, with the way on: better a refusal that helps than a review of nonsense."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from litbook.ingest.formats.accounts import find_all
from litbook.ingest.formats.csvtable import find_table_header
from litbook.ingest.formats.jsonitems import json_head

Named = tuple[str, str]

PARSE_PDF = (
    "parse it with GROBID (processFulltextDocument) or docling (docling --to json FILE) and add the result, or add its "
    "DOI or arXiv id"
)
_ZIPS = (
    ("xl/workbook", ("an Excel workbook", "save it as CSV, or install litbook[xlsx]")),
    ("word/document", ("a Word document", "export the references from your reference manager as RIS or BibTeX")),
    ("ppt/presentation", ("a PowerPoint file", "export the references as RIS or BibTeX")),
    ("content.xml", ("an OpenDocument file", "save a spreadsheet as CSV; export references as RIS or BibTeX")),
    ("META-INF/container.xml", ("an EPUB", "add the identifiers of the papers that it cites")),
)
_MAGIC: tuple[tuple[bytes, Named], ...] = (
    (b"\xd0\xcf\x11\xe0", ("an old Office file (.xls or .doc)", "save it as CSV, or as .xlsx with litbook[xlsx]")),
    (b"\x1f\x8b", ("a gzip archive", "unpack it first")),
    (b"BZh", ("a bzip2 archive", "unpack it first")),
    (b"\xfd7zXZ", ("an xz archive", "unpack it first")),
    (b"7z\xbc\xaf", ("a 7z archive", "unpack it first")),
    (b"Rar!", ("a RAR archive", "unpack it first")),
    (
        b"SQLite format 3\0",
        ("an SQLite database, such as Zotero's own", "export the library as BibTeX or RIS"),
    ),
    (b"\x89PNG", ("a picture", "add the identifiers of the papers")),
    (b"\xff\xd8\xff", ("a picture", "add the identifiers of the papers")),
    (b"GIF8", ("a picture", "add the identifiers of the papers")),
    (b"PAR1", ("a Parquet file", "save it as CSV or JSON Lines")),
    (b"\x93NUMPY", ("a NumPy array", "add the table of papers that belongs to it")),
    (b"{\\rtf", ("an RTF document", "export the references as RIS or BibTeX")),
)
# Characters that no text has; decoded text may hold some of them, where bytes are damaged.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROL = 0.02


def name_binary(content: bytes, ending: str = "") -> Named | None:
    """Return what a file is that has no text, and what to do; None for text. `ending` is that of its name."""
    head = content[:8192]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _name_zip(content, ending)
    if b"%PDF-" in head[:1024]:
        return "a PDF", PARSE_PDF
    named = next((named for magic, named in _MAGIC if head.startswith(magic)), None)
    if named or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return named
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 > len(head) > 0 and min(even, odd) * 10 <= len(head):
        return None  # UTF-16
    return (
        ("a binary file", "export the papers as text, such as BibTeX, RIS or CSV")
        if len(_CONTROL.findall(head)) > _MOST_CONTROL * len(head)
        else None
    )


def _name_zip(content: bytes, ending: str) -> Named:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:  # cut short: its name is all that is left to go by
        names = {".xlsx": ["xl/workbook"], ".docx": ["word/document"]}.get(ending, [])
    found = (named for part, named in _ZIPS if any(name.startswith(part) for name in names))
    return next(found, ("a zip archive", "unpack it and add the files in it"))


# -- texts ------------------------------------------------------------------------------------------------------------


def name_text(text: str) -> Named | None:
    """Return what a text is that no reader accounts for, and what to do; None if that is not known."""
    head = text[:200_000].lstrip("\ufeff \t\r\n")
    if not head:
        return "an empty file", "check that the export is complete"
    return next((named for name in _NAMES if (named := name(head))), None)


def _name_tex(head: str) -> Named | None:
    if re.search(r"^[ \t]*\\(?:documentclass|begin\{document\})", head, re.MULTILINE):
        return "LaTeX source", "add its .bib file, or the DOI or arXiv id of the paper"
    if re.search(r"^[ \t]*\\bibitem\b", head, re.MULTILINE):
        return "a bibliography in LaTeX (\\bibitem)", "add the .bib file that it was made from"
    return None


_PREAMBLE = re.compile(r"<\?.{0,2000}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,2000}(?:\[.{0,2000}?\])?>", re.DOTALL)


_EXPORT = "export the reference from the publisher's page as RIS or BibTeX, or add its DOI"
_XML: tuple[tuple[str, Named], ...] = (
    (
        r"<(?:EDPSArticle|wiley|component\b[^>]*wiley|Publisher>|ArticleInfo)",
        ("a publisher's XML of one paper", _EXPORT),
    ),
    (r"^<(?:rss|rdf:RDF[^>]*purl\.org/rss)", ("an RSS feed", "add the identifiers of its papers, one a line")),
    (r"^<(?:opml)\b", ("an outline or a list of feeds (OPML)", "add the identifiers of the papers, one a line")),
)


def _name_markup(head: str) -> Named | None:
    if re.match(r"(?:<\?xml[^>]*>\s*)?<!doctype html|(?:<\?xml[^>]*>\s*)?<html[\s>]", head, re.IGNORECASE):
        return "an HTML page without a list of papers", "save the page that lists them, or add their identifiers"
    plain = _PREAMBLE.sub("", head).lstrip()
    root = re.match(r"<([A-Za-z][\w:.-]*)", plain)
    if not root:
        return None
    if root[1].endswith("Workbook"):
        return "a spreadsheet as XML", "save it as CSV"
    known = next((named for sign, named in _XML if re.search(sign, plain[:60_000])), None)
    if known:
        return known
    return f"XML with the root element <{root[1]}>, which is not one of papers", "export the papers as RIS or BibTeX"


def _name_json(head: str) -> Named | None:
    if not json_head(head):
        return None
    if '"nbformat"' in head:
        return "a Jupyter notebook", "export the table of papers as CSV"
    keys = list(dict.fromkeys(re.findall(r'"([^"\\]{1,40})"\s*:', head)))[:12]
    said = f"; its fields are {', '.join(keys)}" if keys else ""
    return (
        f"JSON without objects that have a title and something else{said}",
        "name the field of the title with --map title=NAME, or export the papers in another format",
    )


def _name_table(head: str) -> Named | None:
    columns = find_table_header(head)
    if not columns:
        return None
    shown = ", ".join(columns[:12]) + (", …" if len(columns) > 12 else "")
    return (
        f"a table without a column of titles; its columns are {shown}",
        "name the column of titles with --map title=NAME",
    )


def _name_pairs(head: str) -> Named | None:
    lines = [line for line in head.splitlines() if line.strip()]
    tagged = sum(bool(re.match(r"\s*[A-Z][A-Z0-9]{1,3}\s{0,3}-\s", line)) for line in lines)
    if tagged * 2 > len(lines):
        return "lines of the form 'TAG - value', but no record begins with TY, PMID or a title", "export as RIS or nbib"
    keyed = sum(bool(re.match(r"\s*-?\s*[\w-]{1,30}:(?:\s|$)", line)) for line in lines)
    if keyed * 2 > len(lines) > 3:
        return "lines of the form 'key: value', in no form that litbook reads", "export the papers as BibTeX or RIS"
    return None


_REFERENCE = re.compile(r"[^\W\d_][^()]{3,400}?\((?:19|20)\d\d[a-z]?\)|[^\W\d_].{30,400}?\b(?:19|20)\d\d\b.{0,80}\d")


_PRINTED = re.compile(r"_{20,}\s+(?:Document \d+ of \d+|.{1,400}?\s+(?:Author|Publication info|Abstract):)", re.DOTALL)
_PASSAGES = re.compile(r"<!DOCTYPE collection SYSTEM .BioC|<passage>\s*<infon|\"bioctype\"|\"passages\"\s*:\s*\[\s*\{")
# The marks of kinds in the Chinese standard of references, GB/T 7714.
_MARKED = re.compile(r".{4,300}\[(?:[JDMCRNPSGZ]|(?:J|D|M|C|N|EB|DB)/OL)\]")


def _name_printed(head: str) -> Named | None:
    if _PRINTED.match(head):
        return "text of ProQuest, made for printing", "export the same records as RIS"
    if _PASSAGES.search(head[:20_000]):
        return "BioC, the passages of a paper", "add the paper's PMID, DOI, or JATS from PubMed Central"
    return None


def _name_references(head: str) -> Named | None:
    marked = [line for line in head.splitlines()[:400] if len(line.strip()) > 8]
    if len(marked) > 1 and sum(bool(_MARKED.match(line)) for line in marked) * 3 > 2 * len(marked):
        remedy = "export them from the database as NoteExpress, EndNote or RIS, or add their identifiers"
        return "a list of references in the form of GB/T 7714", remedy
    lines = [line for line in head.splitlines()[:400] if len(line.strip()) > 40]
    bare = [re.sub(r"^\W*(?:\d{1,4}\W+)?", "", line[:600]) for line in lines]
    if len(lines) > 2 and sum(bool(_REFERENCE.match(line)) for line in bare) * 3 > 2 * len(lines):
        remedy = "find them in a reference manager and export them as RIS or BibTeX, or add their identifiers"
        return "a list of references without identifiers", remedy
    return None


def _name_numbers(head: str) -> Named | None:
    lines = [line for line in head.splitlines()[:200] if line.strip()]
    numbers = sum(len(re.findall(r"(?<!\S)-?\d+(?:\.\d+)?(?:e-?\d+)?(?!\S)", line)) > 4 for line in lines)
    return ("a table of numbers", "add the table of papers that belongs to it") if numbers * 2 > len(lines) else None


def name_shape(text: str) -> Named | None:
    """Return what the shape of a text suggests that nothing else says anything of, or None."""
    from litbook.ingest.formats.hfpapers import looks_like_pairs  # noqa: PLC0415 - it is only a hint

    if not looks_like_pairs(text[:200_000]):
        return None
    if found := find_all(text):
        number = f"{len(found)} identifier{'s' * (len(found) > 1)} of papers"
        return f"text that names {number}, without titles beside them", "add the identifiers alone, one a line"
    return (
        "plain text without identifiers, links or labels of papers",
        "add the identifiers of the papers, or use '--as huggingface' if lines are titles and abstracts in turn",
    )


_NAMES: tuple[Callable[[str], Named | None], ...] = (
    _name_printed,
    _name_tex,
    _name_markup,
    _name_json,
    _name_numbers,
    _name_table,
    _name_pairs,
    _name_references,
)
