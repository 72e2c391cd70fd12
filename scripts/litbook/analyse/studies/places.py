"""The countries in which a study was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from litbook.analyse.studies.words import NOT_OURS, PEOPLE, PLACES
from litbook.model.stated import Draft

_OTHERS = re.compile(NOT_OURS, re.IGNORECASE)
_NOT_HERE = re.compile(
    r"\b(?:such as|like|unlike|outside|other than|developed in|published in|emerged|originat\w+"
    r"|outbreak|was declared|first (?:reported|identified|detected)|[Ss]earched|databases|PubMed|Embase|EMBASE)\b"
)
# "(Company, Town, Country)" says where a thing was made.
_MAKER = re.compile(
    r"\([^()]*\b(?:Inc|Ltd|Corp|Corporation|GmbH|LLC|Co|AG|SPSS|IBM|Medical|Technologies|Systems"
    r"|Fusion)\b[^()]*,[^()]*\)"
)


# A nationality before the people, or the places, that a study is of: "Chinese college students", "77 French hospitals".
_NATIONALITY = re.compile(
    r"(?<!\bAfrican )(?<!\bAfrican[- ])(?<!\bLatin )(?<!\bNative )(?<!\bSouth )(?<!\bNorth )(?<![-/])\b"
    r"(?P<nation>Chinese|Japanese|Korean|South Korean|Taiwanese|Vietnamese|Thai|Indonesian|Malaysian|Indian|Pakistani"
    r"|Bangladeshi|Nepalese|Iranian|Iraqi|Turkish|Saudi(?: Arabian)?|Jordanian|Lebanese|Palestinian|Israeli|Egyptian"
    r"|Ethiopian|Kenyan|Nigerian|Ghanaian|Ugandan|Tanzanian|South African|Moroccan|Tunisian|Dutch|Belgian|German"
    r"|Austrian|Swiss|Danish|Swedish|Norwegian|Finnish|Icelandic|Polish|Czech|Slovak|Hungarian|Romanian|Bulgarian"
    r"|Greek|Italian|Spanish|Portuguese|French|British|Scottish|Welsh|Irish|Croatian|Serbian|Slovenian|Estonian"
    r"|Latvian|Lithuanian|Ukrainian|Russian|Canadian|Australian|New Zealand|Mexican|Brazilian|Chilean|Argentinian"
    r"|Colombian|Peruvian|Cuban|Filipino|Singaporean|UK|US|U\.S\.|USA) "
    rf"(?:(?!language|version|speak|learn|as |as$|to |and |or |in |of )[a-z-]+ ){{0,3}}?"
    rf"(?!speakers|learners|listeners|readers|writers)(?i:{PEOPLE}|{PLACES}|university|school|hospital|college"
    rf"|company|village|companies|men|women|twins|population"
    rf"|cohort|youth|setting|context|institutions?|adults?|registry|registries|census regions|Cohort(?: Study)?)\b"
)


@cache
def _pattern() -> re.Pattern[str]:
    text = (files("litbook.analyse.studies") / "countries.txt").read_text("utf-8")
    names = sorted((line for line in text.splitlines() if line and line[0] != "#"), key=len, reverse=True)
    one = rf"(?:the )?(?:{'|'.join(map(re.escape, names))})(?![\w-])"
    return re.compile(
        rf"(?:\b(?:in|of|from|across|within|throughout|and)|,|:)(?: (?:Western|Eastern|Northern|Southern|Central"
        rf"|rural|urban|northern|southern|eastern|western"
        rf"|central"
        rf"|[a-z-]+ing))? (?P<list>{one}(?:(?:, (?:and )?| and | or ){one})*)"
    )


@cache
def _one() -> re.Pattern[str]:
    text = (files("litbook.analyse.studies") / "countries.txt").read_text("utf-8")
    names = sorted((line for line in text.splitlines() if line and line[0] != "#"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def find_countries(title: str, sentences: Sequence[str]) -> Iterator[Draft]:
    """Yield the countries that the first sentence with any, or else the title, names as places of the study."""
    for number, text in (*enumerate(sentences, 1), (0, title)):
        if _OTHERS.search(text) or _NOT_HERE.search(text):
            continue
        found = [name for match in _pattern().finditer(_MAKER.sub("", text)) for name in _one().findall(match["list"])]
        if found:
            yield from (Draft("country", name, number) for name in dict.fromkeys(found))
            return
        if number and text.split(" ", 1)[0] in _openers() and " in " in text:  # "Austria made a year … compulsory"
            yield Draft("country", text.split(" ", 1)[0], number)
            return
    for number, text in ((0, title), *enumerate(sentences, 1)):
        if (match := _NATIONALITY.search(text)) and not _OTHERS.search(text) and not _NOT_HERE.search(text):
            yield Draft("country", match["nation"], number)
            return


@cache
def _openers() -> frozenset[str]:
    text = (files("litbook.analyse.studies") / "countries.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and line[0] != "#" and " " not in line)
