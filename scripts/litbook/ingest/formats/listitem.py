"""Read one item of a list of papers: its links, title, authors, venue, date and abstract, in whatever order.

Only `linklist` uses this. The identifier, or the address of a paper's page, is the sure sign; all else is taken only
where its form is clear, and the whole text of the item is kept with the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from litbook.ingest.formats.fields import is_repository, prose
from litbook.ingest.formats.listlines import AUTHOR_YEAR, MORE_AUTHORS, TWICE, Line, read_reference, read_title_first
from litbook.ingest.formats.people import is_placeholder, read_only_names
from litbook.ingest.formats.values import one_line, read_date
from litbook.model.reference import PersonName
from litbook.text.identifiers import ARXIV, find_arxiv, find_doi, links_of, read_address, trim

_MD_LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'][^)]*)?\s*\)|\[([^\[\]]*)\])"
)
_HTML_LINK = re.compile(r"<a\b[^>]*?href\s*=\s*[\"']?([^\"'\s>]+)[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_BARE = re.compile(r"<?(https?://[^\s<>\"'|)\]]+)>?|(?<![\w./-])((?:arxiv:\s?|doi:\s?)\S+)", re.IGNORECASE)
_LONE_ARXIV = re.compile(rf"(?<![\w./-])({ARXIV})(?:v\d+)?(?![\w/-]|\.\d)")
_LONE_DOI = re.compile(r"(?<![\w./-])(10\.\d{4,9}/[^\s\"<>\]|,;]{2,200})")
_BOLD = re.compile(
    r"\*\*(.+?)\*\*|__(.+?)__|<(?:b|strong)>(.+?)</(?:b|strong)>|<summary>(.+?)</summary>", re.DOTALL | re.IGNORECASE
)
_ITALIC = re.compile(
    r"(?<![\w*])\*([^*\n]+?)\*(?![\w*])|(?<!\w)_([^_\n]+?)_(?!\w)|<(?:i|em)>(.+?)</(?:i|em)>", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{8,300}?)[,.]?[\"”]")
_MARKUP = re.compile(
    r"<[^<>]{1,300}>|[*`]+|(?<!\w)_+|_+(?!\w)|:[a-z_]{2,30}:|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u2b50]"
)
# Words of a link that say what it leads to, and nothing of the paper.
_LABELS = frozenset(
    "the view read full original official our main paper pdf arxiv abs abstract link url html code github project page"
    " website site homepage demo video slide slides poster talk blog dataset data model models here doi openreview acl"
    " anthology preprint publication appendix hf hugging face huggingface bibtex cite more other text repo repository"
    " note notes summary review reviews tweet twitter thread colab notebook pytorch tensorflow jax unofficial null n a"
    " na version cs published in reference references format keywords".split()
)
_LABEL_FORMS = re.compile(r"supp(?:l[a-z]*)?|\d+")
_LABELLED = re.compile(
    r"^\s*(?:[-*+•]\s+)?[*_`]*(title|authors?|by|abstract|summary|tl;?dr|published|date|submitted|year|venue|journal"
    r"|conference|categories|subjects?|comments?|keywords?|tags?|links?|url|pdf|arxiv(?: id)?|doi|code|project)"
    r"[*_`]*\s*[:：][*_`]*\s*(.*)$",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"https?://(?:[\w-]+\.)*(?:nature\.com/articles|science\.org/doi|sciencedirect\.com/science/article"
    r"|ieeexplore\.ieee\.org/(?:abstract/)?document|dl\.acm\.org/|link\.springer\.com/(?:article|chapter)"
    r"|onlinelibrary\.wiley\.com/doi|tandfonline\.com/doi|proceedings\.mlr\.press/v|openaccess\.thecvf\.com/"
    r"|(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper|jmlr\.org/papers|ojs\.aaai\.org/|aaai\.org/(?:ocs|papers)"
    r"|ijcai\.org/|isca-(?:archive|speech)\.org/|usenix\.org/conference/\S+/presentation|(?:bio|med)rxiv\.org/content"
    r"|pubmed\.ncbi\.nlm\.nih\.gov/\d|ncbi\.nlm\.nih\.gov/(?:pmc|pubmed)|semanticscholar\.org/paper"
    r"|journals\.\w+\.\w+/|academic\.oup\.com/|mdpi\.com/\d|frontiersin\.org/(?:journals/\S+/)?articles"
    r"|plos\w*\.org/\S*article|ssrn\.com/|hal\.(?:science|archives-ouvertes\.fr)/|eprint\.iacr\.org/\d"
    r"|ecva\.net/papers|roboticsproceedings\.org)\S*|https?://\S+\.pdf(?:[?#]\S*)?",
    re.IGNORECASE,
)
_ALIKE = ("arxiv", "doi", "openreview", "acl")
_VENUE = re.compile(
    r"\b((?!19|20)(?:[A-Z][\w&/+-]*|\d[A-Z]{1,4}|arXiv|arxiv)(?:[ -](?:[A-Z][\w&/+-]*|of|on|in|and|the|for|&))*)"
    r"(?:\s\([A-Z][\w ]{1,15}\))?[\s,('’]{1,3}((?:19|20)\d\d|['’]\d\d)\b"
)
_VENUE_WORD = re.compile(
    r"(?i:communications?|conference|congress|journal|letters|magazine|nature|physics|proceedings|research|reviews?"
    r"|sciences?|symposium|transactions|workshop|reports|press|studies|advances|annals|arxiv|ocean|computing)|[A-Z]{2}"
)
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?", re.IGNORECASE)
_SHORT = re.compile(r"['’](\d\d)$")
# What is said of a paper under these labels has a place of its own.
_KNOWN = frozenset(
    "title authors author by abstract summary venue journal conference link links url pdf arxiv arxivid doi code"
    " project published date submitted year".split()
)
# "Citation: Doe A" and "PMCID: None" are not names.
_UNKNOWN_LABEL = re.compile(r"[A-Z][\w ]{0,25}:\s")
_SPLIT = re.compile(r"\s+[|/·•–—]\s+|\s+-\s+|(?<=[^\WA-Z\d])\.\s+(?=[A-Z\"“])|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Link:
    """Hold a link of an item: its words, its address, and the identifier that this stands for, if any."""

    words: str
    address: str
    found: tuple[tuple[str, str], ...] = ()
    is_page: bool = False

    @property
    def is_paper(self) -> bool:
        return self.is_page or any(name in _ALIKE for name, _ in self.found)


@dataclass(frozen=True, slots=True)
class Item:
    """Hold what an item says."""

    title: str
    links: tuple[Link, ...]
    names: tuple[PersonName, ...] = ()
    shown: str = ""
    abstract: str = ""
    published: str | None = None
    venue: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    def identifiers(self) -> Iterator[tuple[str, str]]:
        """Yield names and identifiers of all links, those of links with the title first."""
        for link in self.links:
            yield from link.found

    def pages(self) -> list[str]:
        """Return the addresses of pages of the paper that bear no identifier."""
        return [link.address for link in self.links if link.is_page]


def find_links(text: str, targets: Mapping[str, str]) -> list[Link]:
    """Return the links of a text, and identifiers without one."""
    links: list[Link] = []
    rest = text
    for pattern in (_MD_LINK, _HTML_LINK):
        for match in pattern.finditer(rest):
            if pattern is _HTML_LINK:
                words, address = match[2], match[1]
            else:
                words, address = match[2], match[3] or targets.get((match[4] or match[2]).lower(), "")
            if pattern is _HTML_LINK or not match[1]:
                links.append(_make_link(words, address))
                links += find_links(words, targets) if "](" in words else []
        rest = pattern.sub(" ", rest)
    for match in _BARE.finditer(rest):
        links.append(_make_link("", trim(match[1] or match[2])))
    rest = _BARE.sub(" ", rest)
    links += [_make_link("", f"arXiv:{match[1]}") for match in _LONE_ARXIV.finditer(rest)]
    links += [_make_link("", trim(match[1])) for match in _LONE_DOI.finditer(rest)]
    return links


def _make_link(words: str, address: str) -> Link:
    found: dict[str, str] = {}
    # arXiv's own pages link to their papers without the host.
    address = f"https://arxiv.org{address}" if re.match(rf"/(?:abs|pdf)/{ARXIV}", address) else address
    if known := read_address(address):
        found = links_of(known[1]) if known[0] == "doi" else {known[0]: known[1]}
    elif doi := find_doi(address):
        found = links_of(doi)
    elif arxiv := find_arxiv(address):
        found = {"arxiv": arxiv}
    is_page = not any(name in found for name in _ALIKE) and bool(_PAGES.match(address))
    return Link(plain_text(words), address, tuple(found.items()), is_page)


def plain_text(text: str) -> str:
    """Return a text without the marks of Markdown, HTML and pictures."""
    bare = text
    for _ in range(3):  # a picture inside of a link is one link inside of another
        bare = _MD_LINK.sub(lambda match: "" if match[1] else match[2], bare)
    return one_line(_MARKUP.sub(" ", _MARKUP.sub("", bare) if "<" not in bare else _MARKUP.sub(" ", bare))).strip(
        " |\\"
    )


def looks_like_title(text: str) -> bool:
    """Return whether words can be a title: some letters, and not the label of a link, an identifier or a date."""
    letters = sum(sign.isalpha() for sign in text)
    if letters < 4 or letters * 2 < len(text.replace(" ", "")) or len(text) > 400 or _is_label(text):
        return False
    if "[[" in text or "]]" in text:
        return False  # links between the notes of a person
    return not re.fullmatch(rf"(?:arxiv\W*)?{ARXIV}.*|https?:\S+|[\W\d]*", text, re.IGNORECASE)


def is_worded(text: str) -> bool:
    """Return whether the words in a column of titles are a title: not the label of a link, an address or a number."""
    return sum(sign.isalpha() for sign in text) > 1 and not (_is_label(text) or re.match("https?:", text))


def _is_label(text: str) -> bool:
    """Return whether words say only what a link leads to, as in "[PDF & code]"."""
    words = re.findall(r"[^\W_]+", re.sub(r"\bcs\.[A-Z]{2}\b", "cs", text).lower())
    return all(word in _LABELS or _LABEL_FORMS.fullmatch(word) for word in words)


# -- the item -------------------------------------------------------------------------------------------------------


def read_item(lines: Sequence[str], targets: Mapping[str, str], heading: str = "") -> Item:
    """Return what the lines of an item say; `heading` is the heading that it is under alone."""
    lines = [line.replace("\\*", "") for line in lines]  # marks of footnotes, kept from emphasis by a backslash
    text = "\n".join([heading, *lines]) if heading else "\n".join(lines)
    links = find_links(text, targets)
    labelled = _find_labelled(lines)
    rest = [line for line in lines if not _match_label(line)]
    first = plain_text(lines[0]) if lines and not heading else ""
    if turned := read_title_first(first):
        return _make_item(turned, links)
    cited = read_reference(first)
    title, used = _find_title(heading, rest or lines, links, labelled, targets)
    if cited and not any(link.is_paper and link.words == title for link in links):
        return _make_item(cited, links)
    links.sort(key=lambda link: not (link.is_paper and link.words == title))
    left = _without(rest, title, used)
    names, shown = find_names(labelled, left)
    venue, dated = _find_venue(labelled, left)
    venue = "" if venue in {name.display for name in names} else venue  # "by Cy Poe (2031)"
    stated = (labelled.get(name, "") for name in ("published", "date", "submitted", "year"))
    published = next((date for cell in stated if (date := read_date(plain_text(cell)))), None)
    abstract = labelled.get("abstract") or labelled.get("summary") or _find_abstract(left)
    others = {name: value for name, value in labelled.items() if name not in _KNOWN and value}
    return Item(
        title=prose(title),
        links=tuple(links),
        names=names,
        shown=shown,
        abstract=prose(plain_text(abstract)),
        published=published or dated or _find_date(left) or _find_last_year(left, names),
        venue=venue,
        others=others,
    )


def _make_item(line: Line, links: Sequence[Link]) -> Item:
    venue = "" if is_repository(line.venue) else line.venue
    return Item(prose(_drop_number(line.title)), tuple(links), line.names, line.shown, published=line.year, venue=venue)


def _match_label(line: str) -> re.Match[str] | None:
    """Return the label of a line and its value; tags around the label do not count."""
    return _LABELLED.match(re.sub(r"^\s*(?:<[^<>]{1,200}>\s*)+", "", line))


def _find_labelled(lines: Sequence[str]) -> dict[str, str]:
    """Return what lines say that begin with a label; a label goes on over unmarked lines."""
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        for part in line.split("\n"):
            match = _match_label(part)
            if match:
                last = re.sub(r"\W", "", match[1].lower())
                if not is_placeholder(match[2]):
                    found.setdefault(last, match[2].strip())
            elif last in ("abstract", "summary") and part.strip() and part.lstrip()[0] not in "[-*|":
                found[last] = f"{found.get(last, '')} {part.strip()}".strip()
            else:
                last = last if last in ("abstract", "summary") and part.strip() else ""
    return found


def _find_title(
    heading: str, lines: Sequence[str], links: Sequence[Link], labelled: Mapping[str, str], targets: Mapping[str, str]
) -> tuple[str, str]:
    """Return the title of an item, and the words of the text that it was taken from."""
    if labelled.get("title"):
        return plain_text(labelled["title"]), labelled["title"]
    if heading and looks_like_title(clean := _drop_number(plain_text(heading))):
        cited = _find_cited(lines) if AUTHOR_YEAR.match(clean) else ""
        return (cited, cited) if cited else (clean, heading)
    linked = [link.words for link in links if link.is_paper and looks_like_title(link.words) and _is_long(link.words)]
    text = "\n".join(lines)
    bold = [next(filter(None, match.groups())) for match in _BOLD.finditer(text)]
    bold = [words for words in bold if looks_like_title(plain_text(words)) and _is_long(plain_text(words))]
    for words in (*linked[:1], *bold[:1]):
        return _drop_number(words if words in linked else plain_text(words)), words
    if quoted := _QUOTED.search(plain_text(text)):
        return quoted[1], quoted[1]
    lead = _find_lead(lines[0] if lines else "")
    if looks_like_title(lead) and _is_long(lead) and not read_only_names(lead):
        return lead, lead
    short = next((link.words for link in links if link.is_paper and looks_like_title(link.words)), "")
    return short, short


def _find_cited(lines: Sequence[str]) -> str:
    """Return the title in italics below a heading that only cites the paper."""
    said = (plain_text(next(filter(None, match.groups()))) for line in lines for match in _ITALIC.finditer(line))
    return next((words for words in said if looks_like_title(words) and _is_long(words)), "")


def _is_long(words: str) -> bool:
    return len(words) > 8 and (" " in words.strip() or not words.isascii())


_NUMBER = re.compile(
    r"^\s*(?:(?:Citation|Cite as|Reference):\s+"
    r"|\(?\d{1,4}[.):]\s+|\[\W{0,5}\]\s*|\[[\w .,'’-]{1,25}\]\s*|\([^()]{0,40}(?:19|20)\d\d[^()]{0,10}\)\s*)"
)


def _drop_number(text: str) -> str:
    """Return a title without the number, the date or the tag in brackets before it."""
    return TWICE.sub("", _NUMBER.sub("", text)).strip(" :.-–—")


def _find_lead(line: str) -> str:
    """Return the words at the beginning of an item, up to what follows a title."""
    first = line.split("\n", maxsplit=1)[0]
    before = re.split(r"\[(?=[^\[\]]*\]\()|\(\s*\[|\[\[|https?://|<a\b|!\[", first)[0]
    clean = _drop_number(plain_text(before))
    italic = _ITALIC.match(before.strip())
    if italic and _is_long(words := plain_text(next(filter(None, italic.groups())))):
        return words
    return _SPLIT.split(clean)[0].strip(" ,.:;([-–—")


def _without(lines: Sequence[str], title: str, used: str) -> list[str]:
    """Return the parts of an item's text beside its title and links, cut at the usual separators."""
    text = "\n".join(lines)
    for words in filter(None, (used, title)):
        text = text.replace(words, "\n", 1) if words in text else text
    text = _HTML_LINK.sub(lambda match: _keep_names(match[2]), text)
    text = _MD_LINK.sub(lambda match: _keep_names(match[2]), text)
    text = _BARE.sub("\n", text)
    text = re.sub(r"<br\s*/?>|</?(?:p|div|span|td|tr)[^>]*>", "\n", text, flags=re.IGNORECASE)
    parts = (part for line in text.split("\n") for part in re.split(r"\s+[|·•–—]\s+|\s+-\s+|\*\*|__|`", line))
    return [clean for part in parts if (clean := one_line(part).strip(' ,.;:|()[]-–—\\"“”'))]


def _keep_names(words: str) -> str:
    """Return the words of a link if they are names, which lead to people's own pages; other links part the text."""
    return words if read_only_names(plain_text(words)) else "\n"


def find_names(labelled: Mapping[str, str], parts: Sequence[str]) -> tuple[tuple[PersonName, ...], str]:
    """Return the names of the authors, and the words that say them if they say more, such as "et al."."""
    said = labelled.get("authors") or labelled.get("author") or labelled.get("by") or ""
    italics = [next(filter(None, match.groups())) for part in parts for match in _ITALIC.finditer(part)]
    pieces = [piece for part in parts if not _UNKNOWN_LABEL.match(part) for piece in _halves(part)]
    for cell in (said, *italics, *pieces):
        clean = plain_text(cell)
        bare = MORE_AUTHORS.sub("", clean)
        names = read_only_names(re.sub(r"^(?:by|authors?:)\s+", "", bare, flags=re.IGNORECASE))
        if not names and bare != clean and _SURNAME.fullmatch(bare):
            return (PersonName(bare),), clean  # "Moll et al."
        if len(names) == 1 and _TWO_WORDS.fullmatch(bare.strip()):
            return (), clean  # "Doe, Roe et al." may be two families, or one person
        if names and (cell is said or len(names) > 1 or bare != clean or len(parts) < 6):
            return tuple(names), clean if bare != clean else ""
    return (), ""


_SURNAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:[-’'][^\W\d_]+)?")
_TWO_WORDS = re.compile(r"[^\W\d_][^\W\d_'’-]+, [^\W\d_][^\W\d_'’-]+")


def _halves(part: str) -> Iterator[str]:
    """Yield a part, and what is left of it before a venue, a date or a full stop."""
    yield part
    if match := _match_venue(part):
        yield part[: match.start()].strip(" ,.;(*_")
    yield re.split(r"\.\s|\s?\(|,?\s*(?:19|20)\d\d|[,;]\s*[*_]", part)[0].strip(" ,.;")


def _match_venue(part: str) -> re.Match[str] | None:
    """Find a venue with its year; the last of several names before a year is not one."""
    match = _VENUE.search(part)
    if match and read_only_names(part[: match.start()]) and not _VENUE_WORD.search(match[1]):
        names = read_only_names(match[1])
        return None if len(names) == 1 and " " in match[1] else match
    return match


def _find_venue(labelled: Mapping[str, str], parts: Sequence[str]) -> tuple[str, str | None]:
    """Return the venue and the year that an item names together, as in "ICLR 2023" and "NeurIPS'22"."""
    said = next((labelled[name] for name in ("venue", "journal", "conference") if labelled.get(name)), "")
    for part in (said,) if said else parts:
        match = _match_venue(_MARKUP.sub("", part))
        if not match or _MONTH.fullmatch(match[1]):
            continue
        year = _SHORT.sub(r"20\1", match[2])
        venue = re.sub(r"^(?:In|Published (?:in|at)|Accepted (?:by|to|at)|To appear (?:in|at))\s+", "", match[1])
        return ("" if is_repository(venue) else venue), year if year.isdigit() else None
    return ("" if is_repository(plain_text(said)) else plain_text(said)), None


def _find_date(parts: Sequence[str]) -> str | None:
    """Return the date of a part that is nothing else, such as "2023.01" or "[Jan 2023]"."""
    dates = (read_date(part) for part in parts if len(part) < 30 and re.search(r"(?:19|20)\d\d", part))
    return next((date for date in dates if date), None)


def _find_last_year(parts: Sequence[str], names: Sequence[PersonName]) -> str | None:
    """Return the year that ends a list of names, as in "Doe, Roe, 2031"."""
    ends = (re.search(r",\s*((?:19|20)\d\d)\.?$", part) for part in parts) if names else ()
    return next((match[1] for match in ends if match), None)


def _find_abstract(parts: Sequence[str]) -> str:
    """Return the longest part if it is as long as abstracts are, and a sentence."""
    longest = max(parts, key=len, default="")
    return longest if len(longest) > 120 and re.search(r"[a-z] [a-z]+ [a-z]", longest) else ""
