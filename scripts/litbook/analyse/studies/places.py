"""The countries in which a study was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from litbook.analyse.studies.words import NOT_OURS
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


@cache
def _pattern() -> re.Pattern[str]:
    text = (files("litbook.analyse.studies") / "countries.txt").read_text("utf-8")
    names = sorted((line for line in text.splitlines() if line and line[0] != "#"), key=len, reverse=True)
    one = rf"(?:the )?(?:{'|'.join(map(re.escape, names))})(?![\w-])"
    return re.compile(
        rf"(?:\b(?:in|of|from|across|within|throughout|and)|,|:)(?: (?:rural|urban|northern|southern|eastern|western"
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


@cache
def _openers() -> frozenset[str]:
    text = (files("litbook.analyse.studies") / "countries.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and line[0] != "#" and " " not in line)
