"""The lines of a Hugging Face Papers page: what is text, what is a fact about a paper and what is chrome.

Only `hfpapers` uses this. It knows the marks of the page and of Markdown, and nothing of titles and abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

CHROME = "get trending papers in your email inbox"
# A page has no headings if there are more lines of text than this for each of them, and an abstract above them all.
_FEW_HEADINGS, _SHORTEST_ABSTRACT = 20, 300
BLANK, CHROME_LINE, FACT, TEXT = "blank", "chrome", "fact", "text"


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one line of the page: its kind, and its text without markup or the facts that it states.

    `heading` is the level of a Markdown heading or 0; `paper` the arXiv id that the line links to. `link` is "whole"
    for a line that is one link, "part" for a line of a link over several lines, or empty.
    """

    raw: str
    kind: str
    text: str = ""
    heading: int = 0
    paper: str = ""
    link: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def read_lines(text: str) -> list[Line]:
    """Return every line of a page, in order; only CR, LF and CRLF end a line."""
    raws = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    front = _count_front_matter(raws)
    targets = _find_targets(raws)
    inside = _find_open_links(raws, targets)
    lines = [Line(raw, CHROME_LINE) for raw in raws[:front]]
    glued = True
    for number, raw in enumerate(raws[front:], start=front):
        line = _read_line(_unglue(raw) if glued else raw, inside.get(number), targets)
        lines.append(_with_raw(line, raw))
        if line.kind != BLANK:
            # `Subscribe` is a button below the chrome; the first text after it, or of the page, bears the word.
            glued = CHROME in raw.lower() or (glued and line.kind != TEXT)
    return _keep_tails(_keep_hashes(_drop_labels(lines)))


def _keep_hashes(lines: list[Line]) -> list[Line]:
    """Leave a title that begins with "# " a title like the others, on a page that has no headings and no links."""
    texts = [at for at, line in enumerate(lines) if line.kind == TEXT]
    headed = [at for at in texts if lines[at].heading]
    first = next((at for at in texts if len(lines[at].text) > _SHORTEST_ABSTRACT), len(lines))
    plain = not any(lines[at].link or lines[at].paper for at in texts)
    if plain and len(headed) * _FEW_HEADINGS <= len(texts) and first < min(headed, default=0):
        for at in headed:
            line = lines[at]
            lines[at] = Line(line.raw, TEXT, line.raw.strip())
    return lines


def _keep_tails(lines: list[Line]) -> list[Line]:
    """Turn a word of the navigation back to text if it is the last word of a wrapped title: "… Language Models"."""
    for at, (before, line) in enumerate(pairwise(lines), start=1):
        word = line.raw.strip(" \t\r\n\\")
        is_tail = (
            before.kind == TEXT and len(before.text) >= _TAIL_BEGINS and before.text[-1:].isalpha() and word.isalpha()
        )
        if line.kind == CHROME_LINE and is_tail and word.lower() not in _BUTTONS:
            lines[at] = Line(line.raw, TEXT, word, paper=before.paper, link=before.link)
    return lines


def _with_raw(line: Line, raw: str) -> Line:
    return Line(raw, line.kind, line.text, line.heading, line.paper, line.link, line.facts)


def _unglue(raw: str) -> str:
    """Take `Subscribe` away from what it is glued to; "Subscribe to…" and "Subscribers" are words of a title."""
    return re.sub(r"^(\ufeff?\s*)Subscribe(?=[^\sa-z]|[a-z]+[A-Z]|\s*#{1,6} |\s*\[)", r"\1", raw)


def _count_front_matter(raws: Sequence[str]) -> int:
    """Return how many lines of YAML a capturing tool put before the page."""
    if not raws or raws[0].lstrip("\ufeff").strip() != "---":
        return 0
    for number, raw in enumerate(raws[1:60], start=2):
        if raw.strip() == "---":
            return number
        if not re.match(r"[\w-]+:|\s|$", raw):
            break
    return 0


def _drop_labels(lines: list[Line]) -> list[Line]:
    """Turn a text into chrome if the next line is the address of another page of the site: it was a link's label."""
    filled = [at for at, line in enumerate(lines) if line.kind != BLANK]
    for at, after in pairwise(filled):
        if lines[at].kind == TEXT and not lines[at].heading and lines[after].text == _AN_ADDRESS:
            lines[at] = Line(lines[at].raw, CHROME_LINE)
    return lines


# -- links ----------------------------------------------------------------------------------------------------------

_TAIL_BEGINS = 30
_BUTTONS = frozenset(("subscribe", "upvote", "upvotes", "abstract", "published"))
_AN_ADDRESS = "address of another page"
_SITE = r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)"
_PAPER = re.compile(
    rf"(?:(?:{_SITE})?/papers/|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)(\d{{4}}\.\d{{4,5}})(?:v\d+)?(?:\.pdf)?/?"
)
_OURS = re.compile(rf"{_SITE}(?:[/?#].*)?|/(?!/).*|#.*")
_CODE = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w.-]+/?")
# A place in a repository is still its code; anchors and pictures are marks that tools of capture leave.
_CODE_PLACE = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w.-]*\w")
_LABEL = re.compile(r"(?:view )?(?:arxiv(?: page)?|pdf|paper|abs|html)?", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s[^<>]*>\s*</a>|[-*•]?\s*\[(?:image|picture|图片|画像)[^\[\]]*\]", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)")
_TARGET = r"\](?:\(([^()\s]{1,2000})\)|\[(\d{1,5})\])"
_WHOLE = re.compile(rf"\[(.*){_TARGET}", re.DOTALL)
_INLINE = re.compile(rf"\[([^\[\]]{{0,500}}){_TARGET}")
_OPENER = re.compile(r"\s*(?:#{1,6} +|[-*+] +)?\[")
_CLOSER = re.compile(_TARGET + r"[\s\\]*$")
_LONGEST_LINK = 80
# The address of a link whose target was cut off; the words of buttons and names are shorter than prose.
_UNKNOWN, _LONGEST_LABEL = "?", 100


def _find_targets(raws: Sequence[str]) -> dict[str, str]:
    """Return the addresses of reference links, `[7]: https://…`, by their numbers."""
    found = (re.match(r"\[(\d{1,5})\]: *(\S+)", raw) for raw in raws)
    return {match[1]: match[2] for match in found if match}


def _find_open_links(raws: Sequence[str], targets: Mapping[str, str]) -> dict[int, str]:
    """Return for each line that is part of a link over several lines the link's address, by the line's index."""
    inside: dict[int, str] = {}
    opened = -1
    for at, raw in enumerate(raws):
        bare = _IMAGE.sub("", raw)
        surplus = bare.count("[") - bare.count("]")
        closer = _CLOSER.search(bare[-2100:]) if surplus < 0 <= opened else None
        if closer and at - opened <= _LONGEST_LINK and _is_ours(address := _address(closer, targets)):
            size = sum(len(line.strip()) for line in raws[opened : at + 1])
            is_prose = address == _UNKNOWN and size > _LONGEST_LABEL
            inside.update(dict.fromkeys(range(opened, at + 1), "" if is_prose else address))
            opened = -1
        elif surplus > 0 and _OPENER.match(bare):
            opened = at
    return inside


def _address(match: re.Match[str], targets: Mapping[str, str]) -> str:
    """Return where a link leads: its last two groups are an address and the number of one."""
    direct, reference = match.groups()[-2:]
    return direct or targets.get(reference, _UNKNOWN)


def _is_ours(address: str) -> bool:
    return address == _UNKNOWN or bool(_OURS.fullmatch(address) or _PAPER.fullmatch(address))


def _unlink(text: str, targets: Mapping[str, str]) -> str:
    """Replace the page's own links inside a line by their text; all other brackets are the authors'."""

    def label(match: re.Match[str]) -> str:
        address = _address(match, targets)
        if match[1].strip() in {address, address.removeprefix("https://")}:
            return match[1]
        if not _is_ours(address) or (match[3] and match[3] not in targets):
            return match.group()
        return "" if _NOTHING.fullmatch(match[1].strip()) else match[1]

    return _INLINE.sub(label, text) if "](" in text or targets else text


def _balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall(r"[\[\]]", text):
        depth += 1 if sign == "[" else -1
        if depth < 0:
            return False
    return depth == 0


# -- one line -------------------------------------------------------------------------------------------------------


# All that `\s` matches, and the backslash by which a converter marks the end of a line.
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\\"


def _read_line(raw: str, inside: str | None, targets: Mapping[str, str]) -> Line:
    bare = raw.strip("\ufeff \t\r\n\f\v\0").rstrip(_BLANKS)
    if not bare:
        return Line(raw, BLANK)
    if re.match(r"\[\d{1,5}\]: *\S+$", bare):
        return Line(raw, CHROME_LINE)
    text = _IMAGE.sub("", bare)
    marks = re.match(r"(#{1,6}) +", text)
    heading = len(marks[1]) if marks else 0
    text = re.sub(r"^(?:[-*+]|\d{1,3}\.) +(?=[\[!])|^#{1,6} +|^- +(?=\d+ authors?)", "", text).strip()
    text, address, link = _open_link(text, inside, targets)
    text = _unlink(text, targets)
    if heading or link:
        text = _unescape(text)
    paper = _PAPER.fullmatch(address)
    known = _recognise(text, address)
    if known is not None:
        return Line(raw, *known[:2], facts=known[2])
    is_prose = address == _UNKNOWN and len(text) > _LONGEST_LABEL
    if address and not paper and not heading and not is_prose:
        return Line(raw, CHROME_LINE)
    if not link and not heading and (facts := _read_links(bare, targets)) is not None:
        return Line(raw, FACT if facts else CHROME_LINE, facts=facts)
    return Line(raw, TEXT, text, heading, paper[1] if paper else "", link)


def _open_link(text: str, inside: str | None, targets: Mapping[str, str]) -> tuple[str, str, str]:
    """Return a line without the brackets of the link that it is or is part of, the address and how it was linked."""
    emphasis = re.fullmatch(r"(\*\*|__)(.+)\1", text)
    text = emphasis[2] if emphasis and emphasis[2].startswith("[") else text
    whole = _WHOLE.fullmatch(text) if text.startswith("[") else None
    if whole and _balanced(whole[1]):
        address = _address(whole, targets)
        if _is_ours(address) or _CODE.fullmatch(address):
            return whole[1].strip(), address, "whole"
    if inside is None:
        return text, "", ""
    if text.startswith("[") and not _balanced(text):
        text = text[1:]
    closer = _CLOSER.search(text)
    if closer and not _balanced(text[: closer.start() + 1]):
        text = text[: closer.start()]
    return re.sub(r"^- +(?=\d+ authors?)", "", text.strip()), inside, "part"


def _unescape(text: str) -> str:
    """Undo the backslashes that a converter to Markdown set; `\\%` and accents are damage of another kind."""
    return re.sub(r"\\([\\`*_\[\]#>+!(){}-])|\\\s+", lambda match: match[1] or " ", text).strip(
        " *" if text.startswith("**") else " "
    )


def _read_links(bare: str, targets: Mapping[str, str]) -> dict[str, str] | None:
    """Return what a line states that is only links to pages beside the paper, and facts; None for any other line."""
    if _ANCHOR.fullmatch(bare):
        return {}
    flat = re.sub(r"\[\[[^\[\]]*\]\s*", "[", _IMAGE.sub("", bare))
    links = list(_INLINE.finditer(flat))
    facts: dict[str, str] = {}
    for piece in re.split(r"[·•|]", _INLINE.sub("", flat).strip(" *-")) if links else ():
        found = _read_fact(piece.strip().lower())
        if found is None:
            return None
        facts.update(found)
    for link in links:
        address = _address(link, targets)
        code = _CODE_PLACE.match(address)
        if code:
            facts.setdefault("code", code[0])
        elif address == _UNKNOWN and _NOTHING.fullmatch(link[1].strip()):
            continue
        elif not _OURS.fullmatch(address) and not (_PAPER.fullmatch(address) and _LABEL.fullmatch(link[1].strip())):
            return None
    return facts if links else None


# -- chrome and facts --------------------------------------------------------------------------------------------

_WORDS = frozenset(
    (
        "subscribe|upvote|upvotes|submitted by|published|daily papers|trending papers|hugging face|log in|sign up|"
        "login|join|previous|next|models|datasets|spaces|posts|docs|enterprise|pricing|new|community|papers|daily|"
        "weekly|monthly|today|trending|buckets|buckets new|by|ak|and the research community|company|tos|privacy|"
        "about|careers|website|system theme|collections|languages|organizations|tasks|huggingchat|blog|learn|"
        "discord|forum|github|solutions|team & enterprise|hugging face pro|enterprise support|inference providers|"
        "inference endpoints|storage buckets|back to top|abstract|view all|show more|load more|"
        "daily papers - hugging face|trending papers - hugging face|papers - hugging face|hugging face's logo|"
        "search models, datasets, users...|© hugging face|sort by|sort: trending|view arxiv page|view pdf|"
        "arxiv page|project page"
    ).split("|")
)
# "65.7%." is the end of a sentence; a count ends with a digit.
_NOTHING = re.compile(r"[\W_]*|\+?\d(?:[\d.,]*\d)?[kKmM]?")
_CHROME_WORDS = re.compile(
    rf"{CHROME}.*|(?:up)?votes?:? *\d[\d.,]*k?|by *\[?ak\b.{{0,20}} and the research community|submitted by.{{0,60}}"
    r"|\+?\d[\d.,]*k? *(?:upvotes?|comments?|likes?|votes?|replies|reply|models?|datasets?|spaces?|views"
    r"|stars?)(?: .{0,20}citing.{0,20})?"
    r"|(?:comments?|likes?|models|datasets|spaces)(?: citing this paper)?:? *\d[\d.,]*k?|\[-\] *[-\d]*"
    r"|(?:link: *)?github +\d[\d.,]*k?"
    r"|page \d+(?: of \d+)?|(?:previous )?(?:\d+ ){1,12}(?:(?:\.\.\.|…) \d+ )?next|updated (?:on )?.{4,20}"
    r"|[\[\]](?:\[\d{1,5}\])?|-{3,}"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]{{0,6}})\.?"
_DATE = re.compile(
    r"(?:(?:published|submitted)(?: on)?:? *)?"
    rf"(?:{_MONTH} (?P<day>\d{{1,2}})(?:, ?| )(?P<year>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d))"
)
_DAY_FIRST = re.compile(rf"(?:(?:published|submitted)(?: on)?:? *)?(?P<day>\d{{1,2}}) {_MONTH},? (?P<year>\d{{4}})")
_DAY_ONLY = re.compile(rf"(?:published(?: on)? )?(?:{_MONTH} \d{{1,2}})")
_AUTHORS = re.compile(r"[-*•] *(\d{1,5}) authors?|(\d{1,5}) authors?")


def _recognise(text: str, address: str) -> tuple[str, str, dict[str, str]] | None:
    """Return kind, text and facts of a line that is neither title nor abstract, or nothing."""
    if _CODE.fullmatch(address):
        return FACT, "", {"code": address}
    if paper := _PAPER.fullmatch(text):
        return FACT, "", {"arxiv": paper[1]}
    if text.startswith("http") and _OURS.fullmatch(text):
        return CHROME_LINE, _AN_ADDRESS, {}
    facts: dict[str, str] = {}
    for piece in re.split(r"[·•|]", text.strip(" *-")) if len(text) <= 200 else [text]:
        found = _read_fact(piece.strip().lower())
        if found is None:
            return None
        facts.update(found)
    return (FACT if facts else CHROME_LINE), "", facts


def _read_fact(piece: str) -> dict[str, str] | None:
    """Return what a piece of a line states, nothing new for chrome, and None for anything else."""
    if counted := _AUTHORS.fullmatch(piece):
        return {"author_count": counted[1] or counted[2]}
    if dated := _DATE.fullmatch(piece) or _DAY_FIRST.fullmatch(piece):
        day = _read_date(dated)
        return {"published": day} if day else None
    is_chrome = (
        piece in _WORDS or _NOTHING.fullmatch(piece) or _CHROME_WORDS.fullmatch(piece) or _DAY_ONLY.fullmatch(piece)
    )
    return {} if is_chrome else None


def _read_date(match: re.Match[str]) -> str:
    named = match.groupdict()
    try:
        if named.get("iso"):
            return date.fromisoformat(named["iso"]).isoformat()
        return date(int(named["year"]), _MONTHS.index(named["month"][:3]) + 1, int(named["day"])).isoformat()
    except ValueError:
        return ""
