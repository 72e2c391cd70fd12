"""The references that tables, EndNote's XML, PubMed's nbib, OpenAlex and Semantic Scholar make."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from litbook.ingest.formats import zotero
from litbook.ingest.formats.dates import read_partial
from litbook.ingest.formats.fields import Json, clean, entries, mapping, one_line, prose
from litbook.ingest.formats.people import is_placeholder
from litbook.ingest.formats.risreference import read_people
from litbook.model.reference import PartialDate, PersonName, Reference
from litbook.model.vocabulary import ARTICLES, BIBTEX_TYPES, CROSSREF_TYPES, RIS_TYPES
from litbook.text.identifiers import find_doi

_RANGE = re.compile(r"\s*(?:-{1,3}|[–—])\s*")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


def _make(
    kind: str, names: Mapping[str, Sequence[PersonName]], fields: Mapping[str, str], date: PartialDate | str | None
) -> Reference:
    """Return a reference without what is empty or says that there is nothing."""
    said = {name: value for name, value in fields.items() if value and not is_placeholder(value)}
    if "page" in said:
        said["page"] = _RANGE.sub("-", said["page"])
    if "DOI" in said:
        said["DOI"] = find_doi(said["DOI"]) or said["DOI"]
    issued = read_partial(date) if isinstance(date, str) else date
    people = {role: tuple(persons) for role, persons in names.items() if persons}
    return Reference(kind, "", (), people, {"issued": issued} if issued else {}, said)


# -- PubMed ---------------------------------------------------------------------------------------------------------

_NBIB_FIELDS = {
    "container-title": "JT", "container-title-short": "TA", "volume": "VI", "issue": "IP", "page": "PG",
    "PMID": "PMID", "PMCID": "PMC", "language": "LA", "publisher": "PB", "edition": "EN", "collection-title": "CTI",
}  # fmt: skip


def make_nbib_reference(tags: Mapping[str, Sequence[str]], authors: tuple[PersonName, ...], doi: str) -> Reference:
    """Return the reference of a record of PubMed."""
    first = {tag: values[0] for tag, values in tags.items() if values}
    kinds = " ".join(tags.get("PT", ())).lower()
    kind = "article" if "preprint" in kinds else "article-journal" if "JT" in first or "TA" in first else "book"
    fields = {variable: first.get(tag, "") for variable, tag in _NBIB_FIELDS.items()}
    fields |= {
        "DOI": doi,
        "ISSN": ", ".join(re.sub(r" *\(.*", "", value) for value in tags.get("IS", ())),
        "ISBN": ", ".join(re.sub(r" *\(.*", "", value) for value in tags.get("ISBN", ())),
        "keyword": ", ".join(tags.get("OT", ())),
    }
    editors = read_people(tags.get("FED", tags.get("ED", ())))
    return _make(kind, {"author": authors, "editor": editors}, fields, first.get("DP", ""))


# -- EndNote --------------------------------------------------------------------------------------------------------

_ENDNOTE_TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal", "book": "book",
    "edited book": "book", "electronic book": "book", "book section": "chapter", "electronic book section": "chapter",
    "conference paper": "paper-conference", "conference proceedings": "paper-conference", "thesis": "thesis",
    "report": "report", "government document": "report", "web page": "webpage", "blog": "post-weblog",
    "computer program": "software", "dataset": "dataset", "patent": "patent", "newspaper article": "article-newspaper",
    "magazine article": "article-magazine", "unpublished work": "manuscript", "manuscript": "manuscript",
    "standard": "standard", "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary", "map": "map",
    "film or broadcast": "motion_picture", "audiovisual material": "motion_picture", "artwork": "graphic",
    "music": "song", "pamphlet": "pamphlet", "serial": "periodical", "case": "legal_case", "bill": "bill",
    "statute": "legislation", "hearing": "hearing", "legal rule or regulation": "legislation",
    "personal communication": "personal_communication", "classical work": "classic", "ancient text": "classic",
    "figure": "figure", "chart or table": "graphic", "interview": "interview", "podcast": "broadcast",
}  # fmt: skip
_ENDNOTE_FIELDS = {
    "container-title-short": ("periodical/abbr-1", "titles/alt-title"), "title-short": ("titles/short-title",),
    "volume": ("volume",), "page": ("pages",), "edition": ("edition",), "publisher": ("publisher",),
    "publisher-place": ("pub-location",), "language": ("language",), "note": ("notes",), "genre": ("work-type",),
    "section": ("section",), "number-of-volumes": ("num-vols",), "call-number": ("call-num",),
    "archive_location": ("accession-num",), "source": ("remote-database-name",),
    "DOI": ("electronic-resource-num",), "URL": ("urls/related-urls/url", "urls/web-urls/url"),
    "annote": ("research-notes",), "reviewed-title": ("reviewed-item",),
}  # fmt: skip
_ENDNOTE_ROLES = {"secondary-authors": "editor", "tertiary-authors": "collection-editor",
                  "subsidiary-authors": "translator", "translated-authors": "translator"}  # fmt: skip


def make_endnote_reference(values: Mapping[str, Sequence[str]], authors: tuple[PersonName, ...]) -> Reference:
    """Return the reference of a record of EndNote's XML."""
    first = {path: texts[0] for path, texts in values.items() if texts}
    native = first.get("ref-type/name", "")
    kind = _ENDNOTE_TYPES.get(native.lower(), "document")
    fields = {
        variable: next((first[path] for path in paths if path in first), "")
        for variable, paths in _ENDNOTE_FIELDS.items()
    }
    whole = first.get("titles/secondary-title", "") or first.get("periodical/full-title", "")
    fields["collection-title" if kind in ("book", "report") else "container-title"] = whole
    fields.setdefault("collection-title", first.get("titles/tertiary-title", ""))
    fields["issue" if kind in ARTICLES else "number"] = first.get("number", "")
    codes = [code.strip() for value in values.get("isbn", ()) for code in re.split(r"[;,]| (?=\d{4}-)", value)]
    fields["ISSN"] = ", ".join(code for code in codes if _ISSN.match(code) and len(code) < 12)
    fields["ISBN"] = ", ".join(code for code in codes if code and code not in fields["ISSN"])
    words = values.get("keywords/keyword", ())
    fields["keyword"] = ("; " if any("," in word for word in words) else ", ").join(words)
    roles = {role: read_people(values.get(f"contributors/{path}/author", ())) for path, role in _ENDNOTE_ROLES.items()}
    issued = read_partial(" ".join(first.get(path, "") for path in ("dates/pub-dates/date", "dates/year")))
    year = read_partial(first.get("dates/year", ""))
    texts = {name: prose(value) if name not in ("DOI", "URL") else value for name, value in fields.items()}
    made = _make(kind, {"author": authors, **roles}, texts, issued if not year or _is_in(issued, year) else year)
    keys = tuple(filter(None, (first.get("label", ""),)))
    return replace(made, native=f"endnote:{native}", keys=keys, personal=frozenset(("note",)))


def _is_in(date: PartialDate | None, year: PartialDate) -> bool:
    """Return whether a date is in a year."""
    return date is not None and date.year == year.year


# -- tables ---------------------------------------------------------------------------------------------------------

_COLUMNS = {
    "volume": "volume|vl", "issue": "issue|number|is|no", "page": "pages|page|pagerange|pg",
    "number": "artno|articlenumber|articleno|reportnumber", "publisher": "publisher|pu|pb",
    "publisher-place": "place|publisherlocation|publicationplace", "ISSN": "issn|issns|sn|printissn",
    "ISBN": "isbn|isbns|bn",
    "language": "language|la|languageoforiginaldocument",
    "keyword": "authorkeywords|keywords|keyword|manualtags|tags|de|ieeeterms|关键词|schlagwrter",
    "container-title-short": "journalabbreviation|abbreviatedsourcetitle|isoabbreviation", "edition": "edition|et",
    "collection-title": "series|seriestitle|bookseriestitle", "PMID": "pmid|pubmedid", "PMCID": "pmcid",
    "event-title": "conferencename|conferencetitle", "title-short": "shorttitle", "number-of-pages": "numpages",
}  # fmt: skip
_COLUMN_NAMES = {name: variable for variable, names in _COLUMNS.items() for name in names.split("|")}
_TYPE_COLUMNS = ("itemtype", "documenttype", "publicationtype", "type", "pubtype", "entrytype", "dt", "ty", "doctype")
_TYPE_WORDS = (
    ("proceedings", "paper-conference"), ("conference", "paper-conference"), ("book chapter", "chapter"),
    ("section", "chapter"), ("book", "book"), ("preprint", "article"), ("thesis", "thesis"),
    ("dissertation", "thesis"), ("report", "report"), ("patent", "patent"), ("dataset", "dataset"),
    ("journal", "article-journal"), ("article", "article-journal"), ("review", "article-journal"),
)  # fmt: skip


def make_table_reference(
    cells: Mapping[str, str], authors: Sequence[PersonName], container: str, date: str
) -> Reference:
    """Return the reference of a row; `cells` maps the plain names of its columns to their values."""
    fields: dict[str, str] = {}
    for name, value in cells.items():
        if name in _COLUMN_NAMES and value:
            fields.setdefault(_COLUMN_NAMES[name], value)
    first, last = (cells.get(f"page{end}") or cells.get(end + "page") or "" for end in ("start", "end"))
    if first and "page" not in fields:
        fields["page"] = f"{first}-{last}" if last and last != first else first
    if fields.get("keyword"):
        fields["keyword"] = fields["keyword"].strip("; ")
    said = next((cells[name] for name in _TYPE_COLUMNS if cells.get(name)), "")
    kind = _find_table_type(said, bool(container) and bool(fields.keys() & {"volume", "issue"}))
    fields |= {"container-title": container, "DOI": cells.get("doi", "")}
    editors = read_people([cells["editor"]]) if cells.get("editor") else ()
    key = cells.get("citationkey", "") or cells.get("bibtexkey", "")
    made = _make(kind, {"author": authors, "editor": editors}, fields, date)
    return replace(made, native=f"table:{said}", keys=(key,) if key else ())


def _find_table_type(said: str, in_volume: bool) -> str:
    exact = zotero.TYPES.get(said) or CROSSREF_TYPES.get(said) or BIBTEX_TYPES.get(said.lower()) or RIS_TYPES.get(said)
    words = next((kind for word, kind in _TYPE_WORDS if word in said.lower()), "")
    return exact or words or ("article-journal" if in_volume else "")


# -- services -------------------------------------------------------------------------------------------------------


def make_openalex_reference(work: Json, container: str, date: str, doi: str) -> Reference:
    """Return the reference of a work of OpenAlex; it gives names only as they are shown."""
    kind = one_line(work.get("type_crossref")) or one_line(work.get("type"))
    known = CROSSREF_TYPES.get(kind, kind)
    source = mapping(mapping(work.get("primary_location")).get("source"))
    where = mapping(work.get("biblio"))
    first, last = one_line(where.get("first_page")), one_line(where.get("last_page"))
    if known in ("article", "review") and container:
        known = {"conference": "paper-conference"}.get(one_line(source.get("type")), "article-journal")
    pmid = one_line(mapping(work.get("ids")).get("pmid")).rpartition("/")[2]
    fields = {
        "container-title": container,
        "volume": one_line(where.get("volume")),
        "issue": one_line(where.get("issue")),
        "page": f"{first}-{last}" if last and last != first else first,
        "publisher": clean(one_line(source.get("host_organization_name"))) if container else "",
        "ISSN": one_line(source.get("issn_l")),
        "language": one_line(work.get("language")),
        "DOI": doi,
        "PMID": pmid,
    }
    return _make(known, {}, fields, date)


_SEMANTIC_TYPES = {"JournalArticle": "article-journal", "Conference": "paper-conference", "Book": "book",
                   "BookSection": "chapter", "Dataset": "dataset"}  # fmt: skip


def make_semanticscholar_reference(paper: Json, container: str, date: str, doi: str) -> Reference:
    """Return the reference of a paper of Semantic Scholar; it gives names only as they are shown."""
    spelled = {name.lower(): value for name, value in paper.items()}
    kinds = [one_line(kind) for kind in entries(spelled.get("publicationtypes"))]
    known = next((_SEMANTIC_TYPES[kind] for kind in kinds if kind in _SEMANTIC_TYPES), "") if container else "article"
    journal = mapping(spelled.get("journal"))
    fields = {
        "container-title": container,
        "volume": one_line(journal.get("volume")) if container else "",
        "page": one_line(journal.get("pages")) if container else "",
        "DOI": doi,
    }
    return _make(known, {}, fields, date)
