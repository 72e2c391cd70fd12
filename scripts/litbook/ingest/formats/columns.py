"""The columns of tables of papers: what their names mean, and what is in their cells.

Only `csvtable` uses this. It knows the columns of Scopus, Web of Science, Zotero, IEEE Xplore, PubMed, Semantic
Scholar, OpenAlex, Dimensions, Lens, Publish or Perish, and of tables made by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from litbook.ingest.formats.fields import is_repository, prose
from litbook.ingest.formats.namelists import split_list
from litbook.ingest.formats.otherreferences import make_table_reference
from litbook.ingest.formats.people import is_placeholder, read_name, show_all
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.values import keep_others, latest_known, one_line, read_date
from litbook.model.reference import AND_OTHERS
from litbook.model.review import LINKS
from litbook.text.escape import unguard_cell
from litbook.text.identifiers import ARXIV, find_arxiv, find_doi, in_order, links_of, read_address

# The names of each kind of column without spaces and signs; the first that a table has is the one that counts.
_NAMES = {
    "title": "title|documenttitle|titledisplay|articletitle|papertitle|itemtitle|primarytitle|titleprimary|fulltitle"
    "|displayname|worktitle|titles|papername|题名|篇名|标题|论文|题目|文献题名|论文名称|文章标题|论文题目|论文标题|タイトル|論題|publicationname|dctitle|titel|titre|titulo|name|paper|ti|t",
    "abstract": "abstract|abstractnote|notesabstract|abstracts|abstracttext|paperabstract|dcdescription|zusammenfassung"
    "|resume|descriptions|summary|tldr|摘要|要旨|description|ab|x",
    "authors": "authorlist|authorfullnames|fullauthornames|authordisplay|authorsfullnames|authors|authorsparsed|author"
    "|authornames|authorname|authorss|authorsnames|authorstring|authfullnames|authorsprimary|firstauthors|primaryauthors|authorshipsauthordisplayname"
    "|creators|creator|dccreator|autoren|auteurs|autores|autorherausgeberoderinstitution|autororganisation|作者|著者|by|af|au|a",
    "year": "year|publicationyear|pubyear|yearpublished|publishedyear|publishyear|yearofpublication"
    "|publicationdateyear|paperyear|produceddateyi|jahr|jahrermittelt|annee|ano|年份|发表年份|年|年度|发表年|出版年|py|yr",
    "date": "date|publicationdate|datepublished|publisheddate|published|publishedat|publishdate|pubdate|issuedate"
    "|onlinedate|dateofpublication|datereleased|produceddates|coverdate|prismcoverdate|releasedate|submitted|submitteddate|submissiondate"
    "|publishtime|prismpublicationdate|pubtime|发表时间|发表日期|发布日期|提交日期|首次提交|日期|issued|created|cdate|pdate|firstsubmitted",
    "venue": "publicationtitle|sourcetitle|journal|journaltitle|journalname|journalbook|journalref|venue|conference"
    "|conferencename|booktitle|proceedings|proceeding|proceedingstitle|publicationvenue|containertitle|publishedin"
    "|publication|prismpublicationname|periodicalfull|periodical|hostvenue|venuename"
    "|primarylocationsourcedisplayname|secondarytitle|fulljournalname|journaltitles|conferencetitles|zeitschrift|zeitschriftzeitung|revue|revista|期刊|刊名|来源|会议|发表|发表于|会议期刊|期刊会议|会议来源|掲載誌|parent|where|source|so|jo|jf|j",
    "doi": "doi|doilink|doiurl|itemdoi|prismdoi|digitalobjectidentifier|doiids|dois|externalidsdoi|doinumber|doidoi"
    "|do|di|r",
    "arxiv": "arxiv|arxivid|arxivlink|arxivurl|externalidsarxiv|arxiveprints|eprint|entryid",
    "openreview": "openreview|openreviewid|openreviewurl|forum",
    "acl": "acl|aclid|aclanthology|externalidsacl",
    "code": "code|codeurl|codelink|github|githuburl|githublink|githubrepo|repository|repo|repourl",
    "project": "project|projectpage|projecturl|projectlink|website",
    "url": "ee|url|link|urls|links|paperurl|paperlink|articleurl|sourceurl|openurllink|urlabs|absurl|abslink|site|pdf"
    "|pdflink|pdfurl|urlpdf|href|web|链接|网址|论文链接|ur|u",
    "ids": "externalids|ids|identifiers|dcidentifier",
    "id": "id|paperid|openalexid|openalex|uid|identifier|externalidurl|externalidvalue",
}  # fmt: skip
ROLES = tuple(_NAMES)
_ROLES = {name: (role, rank) for role, names in _NAMES.items() for rank, name in enumerate(names.split("|"))}
# Names that mean this only beside others of their kind: tags of RIS and Web of Science, and words that fit anything.
_TAGS = frozenset("ti ab af au py yr so jo jf do di ur".split())
_LETTERS = frozenset("t a x r u j".split())  # of EndNote's own tagged form, which no table has
_WEAK = frozenset(
    "name paper by where parent source description published links web site created submitted id forum"
    " publicationname".split()
)
_YEAR = re.compile(r"\s*(?:1[5-9]|20)\d\d(?:\.0|[a-z])?\s*")
_MORE = re.compile(r"(?<![\s,;|])[\s,;|]*+\b(?:et al\b\.?|and others)\W*$", re.IGNORECASE)
# A library's resolver with the DOI in its address, as Embase and Ovid export it.
_RESOLVED = re.compile(r"[?&](?:rft_)?id=(?:info:)?doi[:/]\s?(10\.[^&\s;|]+)", re.IGNORECASE)
# Embase says in one cell where and when: "Loaf (2012) 3:3 (1-9). Date of Publication: 25 Aug 2012".
_WHERE_AND_WHEN = re.compile(r"(?P<venue>[^()]{3,200}?)\s+\((?P<year>(?:19|20)\d\d)\)(?P<rest>.*)", re.DOTALL)
_WHEN = re.compile(r"Date of Publication:\s*([^.;]{4,40})", re.IGNORECASE)
# The parts of Europe PMC, which it calls "source", and the address that others call so.
_NO_VENUE = re.compile(r"MED|PPR|PMC|AGR|CBA|CTX|ETH|HIR|NBK|PAT|(?:https?://|www\.)\S+")
_ONLY_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[ -]?){1,5}")
_REPLACED = frozenset(("venue", "abstract", "authors", "year", "date", "doi"))
_ELSEWHERE = frozenset(("volume", "issue", "pages", "pagestart", "pageend", "citations", "citedby", "cites", "date"))


def plain(name: str) -> str:
    """Return the name of a column in lower-case letters alone: "Author(s)" and "authors" are the same.

    Of a name without Latin letters, those of the East are what is left.
    """
    return re.sub(r"[^a-z]", "", name.lower()) or re.sub(r"[^\u3040-\u9fff]", "", name)


def find_roles(header: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return which column is the title, the abstract and so on; nothing if this is not a header of a table of papers.

    `given` names columns by role, as a person wrote them; with a title among these, no other sign is needed.
    """
    roles = name_roles(header, given)
    names = [plain(name) for name in header]
    strong = [role for role, at in roles.items() if names[at] not in _WEAK]
    alone = len(names) == 1 and names[0] in ("title", "titles", "papertitle")
    asked = "title" in roles and bool(
        given and given.get("title", "").lower() == one_line(header[roles["title"]]).lower()
    )
    return roles if asked or ("title" in roles and (alone or len(strong) > 1)) else {}


def name_roles(header: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, int]:
    """Return what each known name stands for, whether or not there is a title among them."""
    names = [plain(name) for name in header]
    tags = len(_TAGS & set(names)) >= 4
    found: dict[str, tuple[int, int]] = {}
    for at, name in enumerate(names):
        role, rank = _ROLES.get(name, ("", 0))
        # A journal's own name and a title have the same column name in different tables.
        if name == "publicationname" and "title" in names:
            role, rank = "venue", 0
        known = name not in _LETTERS and (tags or name not in _TAGS)
        if role and known and (role not in found or rank < found[role][0]):
            found[role] = (rank, at)
    written = [one_line(name).lower() for name in header]
    asked = {role: written.index(name.lower()) for role, name in (given or {}).items() if name.lower() in written}
    taken = set(asked.values())
    return {role: at for role, (_, at) in found.items() if at not in taken and role not in asked} | asked


def role_of(name: str) -> str:
    """Return what the name of a field stands for, or an empty string."""
    return _ROLES.get(plain(name), ("", 0))[0]


def is_weak(name: str) -> bool:
    """Return whether the name of a field fits anything, not only papers."""
    return plain(name) in _WEAK


def find_shift(cells: Sequence[str], header: Sequence[str], roles: Mapping[str, int]) -> str:
    """Say which cell is in the column beside its own, or nothing: years and DOIs are known anywhere."""
    for role, is_one in (("year", _is_year), ("doi", _is_doi)):
        at = roles.get(role)
        if at is None or at >= len(cells) or not cells[at].strip() or is_one(cells[at]):
            continue
        beside = [near for near in (at - 1, at + 1, at + 2) if 0 <= near < len(cells) and is_one(cells[near])]
        if any(plain(header[near]) not in _ELSEWHERE for near in beside if near < len(header)):
            return one_line(header[at])
    at = roles.get("authors", len(cells))
    return one_line(header[at]) if at < len(cells) and _is_year(cells[at]) else ""


def is_in_place(cells: Sequence[str], roles: Mapping[str, int]) -> bool:
    """Return whether year and DOI are in their columns: one of them at least, and neither holds anything else."""
    known = [(cells[roles[role]], is_one) for role, is_one in (("year", _is_year), ("doi", _is_doi)) if role in roles]
    filled = [(cell, is_one) for cell, is_one in known if cell.strip()]
    return bool(filled) and all(is_one(cell) for cell, is_one in filled) and bool(cells[roles["title"]].strip())


def _is_year(cell: str) -> bool:
    return bool(_YEAR.fullmatch(cell))


def _is_doi(cell: str) -> bool:
    return bool(find_doi(cell))


# -- entries --------------------------------------------------------------------------------------------------------


def make_entry(cells: Sequence[str], header: Sequence[str], roles: Mapping[str, int]) -> Entry:
    """Return what a row says."""
    clean = [one_line(unguard_cell(cell)) for cell in cells]
    said = {role: _value_at(clean, at) for role, at in roles.items()}
    for role, at in _find_filled(clean, header, said):
        said[role], roles = _value_at(clean, at), {**roles, role: at}
    said = _part_venue(said)
    people = tuple(name for text in _cut_authors(said.get("authors", "")) if (name := read_name(text)))
    authors = show_all(people)
    is_cut_short = bool(people and _MORE.search(said["authors"]))
    published = latest_known([read_date(said.get("year", "")), read_date(said.get("date", ""))])
    venue = "" if _NO_VENUE.fullmatch(said.get("venue", "")) else said.get("venue", "")
    links = in_order(_find_links(said), LINKS)
    used = (
        {"title", "abstract"}
        | ({"authors"} if authors and not is_cut_short else set())
        | (set() if is_repository(venue) or not venue else {"venue"})
    )
    used |= {"year"} if published and re.sub(r"\.0$", "", said.get("year", "")) == published[:4] else set()
    used |= {"date"} if published and said.get("date") == published else set()
    used |= {name for name in LINKS if said.get(name) and said[name] == links.get(name)}
    gone = {roles[role] for role in used if role in roles}
    others = [(header[at] if at < len(header) else "", cell) for at, cell in enumerate(clean) if at not in gone]
    known = make_table_reference(
        {plain(name): value for name, value in zip(header, clean, strict=False)},
        people,
        "" if is_repository(venue) else venue,
        said.get("date") or said.get("year", ""),
    )
    return Entry(
        title=prose(said["title"]),
        abstract=prose(said.get("abstract", "")),
        authors=authors,
        published=published,
        venue=None if is_repository(venue) or not venue else venue,
        links=links,
        extra=keep_others(((one_line(name) or "(no name)", value) for name, value in others), ()),
        reference=replace(known, others={**known.others, AND_OTHERS: "author"}) if is_cut_short else known,
    )


def _value_at(clean: Sequence[str], at: int) -> str:
    value = clean[at] if at < len(clean) else ""
    return "" if is_placeholder(value) else value


def _find_filled(clean: Sequence[str], header: Sequence[str], said: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the columns that say what the usual one leaves empty, as "booktitle" does beside an empty "journal"."""
    empty = {role for role in _REPLACED if role in said and not said[role]}
    for at, name in enumerate(map(plain, header) if empty else ()):
        role = "" if name in _WEAK or name in _TAGS else _ROLES.get(name, ("", 0))[0]
        if role in empty and _value_at(clean, at):
            empty.remove(role)
            yield role, at


def _part_venue(said: Mapping[str, str]) -> dict[str, str]:
    """Return what a row says with the year taken out of its venue, where the table has no year of its own."""
    found = _WHERE_AND_WHEN.fullmatch(said.get("venue", ""))
    if not found or said.get("year") or said.get("date"):
        return dict(said)
    when = _WHEN.search(found["rest"])
    return {**said, "venue": found["venue"], "year": found["year"], "date": when[1].strip() if when else ""}


def split_authors(cell: str) -> tuple[str, ...]:
    """Return the names in a cell as they are shown."""
    return show_all(name for text in _cut_authors(cell) if (name := read_name(text)))


def _cut_authors(cell: str) -> tuple[str, ...]:
    """Return the names in a cell, however they are parted: by semicolons, bars, "and", or commas."""
    if cell.startswith(("[", "{")):
        names = re.findall(r"['\"]name['\"]\s*:\s*(?:'([^']*)'|\"([^\"]*)\")", cell) or (
            re.findall(r"'([^']*)'|\"([^\"]*)\"", cell) if ":" not in cell else []
        )
        return tuple(one or other for one, other in names if one or other)
    # Scopus adds the number of each author.
    cell = re.sub(r"\s*\(\d{5,}\)", "", cell)
    cell = _MORE.sub("", cell)
    # PubMed ends the list with a full stop, and has none in the names.
    if re.fullmatch(r"[^.;,]*+, ?[^.;]*[A-Z]\.", cell):
        cell = cell[:-1]
    sign = next((sign for sign in ";|" if sign in cell), "")
    parts = cell.split(sign) if sign else re.split(r",? (?:and|&) ", cell)
    names_ = [name for part in parts for name in (_split_commas(part) if not sign else [part])]
    return tuple(name for name in (name.strip(" ,;") for part in names_ for name in split_list(part)[0]) if name)


def _split_commas(text: str) -> list[str]:
    """Part "A. Doe, B. Roe", "Doe A., Roe B." and "Doe, A., Roe, B."; "Doe, Anna" is one name."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 2 and not (" " in parts[0] and " " in parts[1]):
        return [text]
    names: list[str] = []
    for part in parts:
        if names and "," not in names[-1] and _ONLY_INITIALS.fullmatch(part):
            names[-1] += f", {part}"
        else:
            names.append(part)
    return names


def _find_links(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the names and identifiers of the links of a row, the surest first."""
    yield "arxiv", find_arxiv(said.get("arxiv", ""))
    yield from links_of(find_doi(said.get("doi", ""))).items()
    for name in ("openreview", "acl"):
        value = said.get(name, "")
        yield name, value if re.fullmatch(r"[\w.-]{5,40}", value) else ""
    for name in ("code", "project"):
        yield name, said.get(name, "") if re.match(r"https?://\S+$", said.get(name, "")) else ""
    for name, value in re.findall(r"['\"](ArXiv|DOI|ACL)['\"]\s*:\s*['\"]([^'\"]+)['\"]", said.get("ids", "")):
        yield from (links_of(find_doi(value)).items() if name == "DOI" else [(name.lower(), value)])
    whole = said.get("id", "")
    if whole:
        yield "arxiv", find_arxiv(whole)
        yield from links_of(find_doi(whole)).items()
    if resolved := _RESOLVED.search(unquote(said.get("url", "")[:2000])):
        yield from links_of(find_doi(resolved[1])).items()
    for role in ("url", "arxiv", "doi", "openreview", "acl", "code", "id"):
        for address in re.findall(r"https?://[^\s;|]+", said.get(role, "")):
            if found := read_address(address):
                yield from (links_of(found[1]).items() if found[0] == "doi" else [found])
    if inside := re.search(rf"\barxiv[:.]\s*({ARXIV})", said.get("venue", "")[:200], re.IGNORECASE):
        yield "arxiv", inside[1]
