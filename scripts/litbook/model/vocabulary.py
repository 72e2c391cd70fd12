"""The types and fields of BibTeX, biblatex and RIS in the vocabulary of CSL, for those who read and those who write.

BibTeX: the manuals of BibTeX (Patashnik 1988) and biblatex 3.20, chapter 2. RIS: the tags of Zotero's and EndNote's
exports, which agree where the specification of 2011 leaves room. Where several names mean one field, the first is
the one that is written.
"""

from __future__ import annotations

# Types that say only that there is a text: a venue that was looked up later knows better.
UNSPECIFIC = frozenset(("", "article", "document", "manuscript", "webpage"))
ARTICLES = frozenset(("article-journal", "article-magazine", "article-newspaper", "review", "review-book"))
BOOKS = frozenset(("book", "classic", "periodical", "collection", "musical_score", "map"))
PARTS = frozenset(("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"))

# --- BibTeX and biblatex ---

BIBTEX_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review", "book": "book",
    "mvbook": "book", "collection": "book", "mvcollection": "book", "reference": "book", "mvreference": "book",
    "proceedings": "book", "mvproceedings": "book", "booklet": "pamphlet", "manual": "report", "inbook": "chapter",
    "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter",
    "inreference": "entry-encyclopedia", "inproceedings": "paper-conference", "conference": "paper-conference",
    "periodical": "periodical", "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis",
    "report": "report", "techreport": "report", "unpublished": "manuscript", "misc": "document", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "patent": "patent", "dataset": "dataset", "software": "software",
    "artwork": "graphic", "image": "graphic", "audio": "song", "music": "song", "movie": "motion_picture",
    "video": "motion_picture", "letter": "personal_communication", "performance": "performance",
    "standard": "standard", "legislation": "legislation", "jurisdiction": "legal_case", "legal": "treaty",
    "preprint": "article",
}  # fmt: skip
TYPES_AS_BIBTEX = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "review-book": "article", "book": "book", "classic": "book", "collection": "book", "musical_score": "book",
    "chapter": "incollection", "entry": "incollection", "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection", "paper-conference": "inproceedings", "periodical": "periodical",
    "thesis": "phdthesis", "report": "techreport", "standard": "techreport", "manuscript": "unpublished",
    "pamphlet": "booklet", "webpage": "online", "post": "online", "post-weblog": "online", "patent": "patent",
    "dataset": "dataset", "software": "software", "article": "misc",
}  # fmt: skip
# What a type of BibTeX says beside its type in CSL.
BIBTEX_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "techreport": "Technical report"}

BIBTEX_NAMES = {
    "author": ("author",), "editor": ("editor",), "translator": ("translator",), "container-author": ("bookauthor",),
    "collection-editor": ("serieseditor",), "director": ("director",), "illustrator": ("illustrator",),
    "compiler": ("compiler",), "contributor": ("contributor", "holder"), "original-author": ("origauthor",),
}  # fmt: skip
BIBTEX_DATES = {"accessed": ("urldate", "lastchecked", "lastaccessed"), "original-date": ("origdate",),
                "event-date": ("eventdate",), "submitted": ("datesubmitted",),
                "available-date": ("available-date",)}  # fmt: skip
# The fields whose meaning does not depend on the type; `issue`, `number` and who published depend on it.
BIBTEX_FIELDS = {
    "title-short": ("shorttitle",), "container-title-short": ("shortjournal",), "collection-title": ("series",),
    "volume-title": ("maintitle",), "event-title": ("eventtitle",), "event-place": ("venue",),
    "volume": ("volume",), "number-of-volumes": ("volumes",), "part": ("part",), "page": ("pages",),
    "number-of-pages": ("pagetotal", "numpages"), "chapter-number": ("chapter",), "edition": ("edition",),
    "publisher-place": ("address", "location"), "original-title": ("origtitle",),
    "original-publisher": ("origpublisher",), "original-publisher-place": ("origlocation",),
    "reviewed-title": ("reviewedtitle",), "genre": ("type",), "version": ("version",),
    "status": ("pubstate",), "section": ("section",), "medium": ("howpublished",), "scale": ("scale",),
    "call-number": ("lccn", "callnumber"), "source": ("source",), "language": ("language", "langid"),
    "ISBN": ("isbn",), "ISSN": ("issn",), "PMID": ("pmid", "pubmed"), "PMCID": ("pmcid", "pmc"), "note": ("note",),
    "annote": ("annote", "annotation"), "keyword": ("keywords", "keyword"), "archive": ("archive",),
}  # fmt: skip

# --- RIS ---

RIS_TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CHART": "graphic", "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary",
    "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "EQUA": "document", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
    "GRANT": "document", "GRNT": "document", "HEAR": "hearing", "ICOMM": "personal_communication",
    "INPR": "article-journal", "INTV": "interview", "JFULL": "periodical", "JOUR": "article-journal",
    "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine",
    "MPCT": "motion_picture", "MULTI": "motion_picture", "MUSIC": "musical_score", "NEWS": "article-newspaper",
    "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication", "POD": "broadcast",
    "PREPRINT": "article", "RPRT": "report", "SER": "periodical", "SLIDE": "speech", "SOUND": "song",
    "STAND": "standard", "STAT": "legislation", "STD": "standard", "THES": "thesis", "UNBILL": "bill",
    "UNPB": "manuscript", "UNPD": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
TYPES_AS_RIS = {
    "article-journal": "JOUR", "review": "JOUR", "review-book": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "broadcast": "VIDEO", "chapter": "CHAP",
    "classic": "CLSWK", "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "interview": "INTV",
    "legal_case": "CASE", "legislation": "STAT", "manuscript": "UNPB", "map": "MAP", "motion_picture": "MPCT",
    "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CONF", "patent": "PAT",
    "periodical": "JFULL", "personal_communication": "PCOMM", "post": "BLOG", "post-weblog": "BLOG",
    "report": "RPRT", "software": "COMP", "song": "SOUND", "speech": "SLIDE", "standard": "STAND",
    "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
RIS_FIELDS = {
    "title-short": ("ST",), "container-title-short": ("J2", "JA"), "volume": ("VL",), "issue": ("IS", "CP"),
    "edition": ("ET",), "publisher": ("PB",), "publisher-place": ("CY", "PP"), "language": ("LA",),
    "archive": ("DB",), "source": ("DP",), "call-number": ("CN",), "genre": ("M3",), "section": ("SE",),
    "number-of-volumes": ("NV",), "reviewed-title": ("RI",), "PMCID": ("C2",), "keyword": ("KW",),
    "collection-title": ("T3",), "annote": ("RN",), "number": ("M1",),
}  # fmt: skip
# What a tag means in records of one type alone; it comes before the meaning that it has in all.
RIS_FIELDS_OF = {
    "paper-conference": {"event-place": "C1", "translator": "TA"},
    "book": {"collection-title": "T2", "collection-number": "M1", "number-of-pages": "SP"},
    "thesis": {"number-of-pages": "SP"},
    "report": {"collection-title": "T2", "number": "SN"},
    "standard": {"number": "SN"},
    "patent": {"number": "SN", "references": "C5", "status": "C6", "event-place": "C3"},
    "legal_case": {"number": "SN"},
    "software": {"version": "ET", "collection-title": "T2"},
    "map": {"scale": "C1"},
    "article-journal": {"number": "C7"}, "article-magazine": {"number": "C7"}, "article-newspaper": {"number": "C7"},
}  # fmt: skip
# Roles by tag, in general and in records of one type.
RIS_NAMES = {"author": ("AU", "A1"), "editor": ("A2", "ED"), "collection-editor": ("A3",), "translator": ("A4",)}
RIS_NAMES_OF = {
    "book": {"editor": "A3", "collection-editor": "A2"},
    "report": {"editor": "A3", "collection-editor": "A2"},
    "speech": {"contributor": "A2"},
    "interview": {"interviewer": "A2"},
    "personal_communication": {"recipient": "A2"},
    "paper-conference": {"contributor": "A4", "translator": "A5"},
}

# --- CSL ---

CSL_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset"
    " document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software song speech standard thesis"
    " treaty webpage".split()
)
# How biblatex names kinds of articles, in `entrysubtype`.
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}

CSL_NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor"
    " editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer"
    " original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
CSL_DATES = frozenset(("accessed", "available-date", "event-date", "issued", "original-date", "submitted"))
CSL_FIELDS = frozenset(
    "annote archive archive_collection archive_location archive-place authority call-number chapter-number"
    " citation-number collection-number collection-title container-title container-title-short dimensions division DOI"
    " edition event event-place event-title genre ISBN ISSN issue jurisdiction keyword language locator medium note"
    " number number-of-pages number-of-volumes original-publisher original-publisher-place original-title page"
    " page-first part part-title PMCID PMID printing publisher publisher-place references reviewed-genre"
    " reviewed-title scale section source status supplement title-short URL version volume volume-title year-suffix"
    .split()
)  # fmt: skip
# Other spellings: of older versions of CSL, and of Crossref.
CSL_SYNONYMS = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short", "event": "event-title",
                "published": "issued"}  # fmt: skip
CROSSREF_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "book-part": "chapter", "book-section": "chapter", "posted-content": "article", "dissertation": "thesis",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "reference-entry": "entry",
    "proceedings": "book", "report-component": "report", "report-series": "report", "book-series": "book",
    "journal": "periodical", "journal-issue": "periodical", "component": "document", "peer-review": "review",
    "database": "dataset", "other": "document", "grant": "document", "preprint": "article", "paratext": "document",
    "libguides": "webpage", "editorial": "article-journal", "letter": "article-journal", "erratum": "article-journal",
    "supplementary-materials": "document",
}  # fmt: skip
