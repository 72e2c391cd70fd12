"""Populations of last resort: who or what is studied where a text describes no people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litbook.analyse.studies.samples import Counted
from litbook.analyse.studies.words import PEOPLE

# "the community-dwelling Asian population", in a title.
_POPULATION = re.compile(
    r"\b(?:of|in|among|for|from) (?:an? |the )?(?P<who>(?:(?!of\b|the\b|in\b|and\b|for\b|an?\b|general\b)[\w-]+ ){1,4}"
    r"(?:populations?|cohort))(?![\w-])"
)
# "the effects on students' cognitive abilities"
_OF_PEOPLE = re.compile(
    rf"(?<![\w-])(?<!['’]s and )(?<!['’] and )"
    rf"(?P<who>(?:(?!the\b|of\b|on\b|in\b|and\b|for\b|to\b)[\w-]+ )?(?i:{PEOPLE}))['’](?= \w)"
)
_HEALTHY = re.compile(r"(?:\w+ ){0,2}healthy (?:\w+ )?(?:volunteers|participants|subjects|individuals|people|controls)")
_PEOPLES = re.compile(
    r"\b[Bb]etween (?P<who>(?P<one>[A-Z]\w+(?:[ia]ns|ese|ish|s)) and (?P<two>[A-Z]\w+(?:[ia]ns|ese|ish|s)))(?=[ .,;]|$)"
)
# Counted things that a study reads, tests or measures as another asks people.
_UNIT = re.compile(
    r"(?:\S+ )+(?:images|slides|essays|texts|tweets|posts|videos|comments|chatbots|LLMs|teeth|eyes|specimens|fillets"
    r"|projects|units|plants|trees|farms|cadavers|kidneys|hearts|implants|websites|games|requests|bugs|births"
    r"|companies|firms|universities|schools|hospitals|practices|systems|students|pharmacies|teams|kindergartens"
    r"|households|scans|radiographs|tumou?rs|biopsies|recordings|transcripts|letters|speeches|advertisements)"
)
_CROP = (
    r"(?:wheat|rice|maize|corn|barley|sorghum|millet|oats?|rye|soybeans?|cotton|tomato(?:es)?|potato(?:es)?|cassava"
    r"|chickpeas?|lentils?|peanuts?|canola|rapeseed|sugarcane|sunflowers?|cucumbers?|peppers?|apples?|grapes?"
    r"|grapevines?"
    r"|strawberr(?:y|ies)|bananas?|mangroves?|seagrass|eelgrass|kelp|alfalfa|lettuce|spinach|tobacco|Arabidopsis)"
)
_PLANTS = re.compile(
    rf"(?<![\w-])(?:[\w-]+ )?(?P<who>{_CROP} (?:crops?|plants?|seedlings?|cultivars?|varieties|genotypes|meadows"
    rf"|forests"
    r"|leaves|roots|seeds|grains?|fruits?))(?![\w-])",
    re.IGNORECASE,
)
_TITLE_CELLS = re.compile(
    r"\b(?:of|in|on|from|by|for|to) (?P<who>(?:(?!the\b|an?\b|of\b|in\b|and\b|on\b|cancer\b)[\w+-]+ ){1,3}"
    r"(?:cells|neurons|fibroblasts|macrophages|organoids|cardiomyocytes|hepatocytes|astrocytes|oocytes|embryos))"
    r"(?=$|[.:,]| (?:by|via|through|from|in|with|and|during|after|under)\b)",
    re.IGNORECASE,
)
_TREATED_CELLS = re.compile(
    r"(?P<who>[A-Z][\w-]*(?:(?:, [A-Z][\w-]*)* and [A-Z][\w-]*)? (?:cancer |carcinoma )?cells) (?:were|was) "
    r"(?:treated|cultured|transfected|incubated|exposed|infected|seeded|grown|stimulated)"
)


def find_healthy(sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield counted people of whom no more is said than that they are healthy."""
    yield from ((item.what, item.sentence) for item in sample if _HEALTHY.fullmatch(item.what))


def find_beyond(title: str, sentences: Sequence[str], sample: Sequence[Counted]) -> Iterator[tuple[str, int]]:
    """Yield a population of the title, peoples set side by side, plants, cells, then things as they are counted."""
    for pattern in (_POPULATION, _OF_PEOPLE):
        yield from ((match["who"], 0) for match in pattern.finditer(title))
    places = tuple((number, text) for number, text in enumerate((title, *sentences)) if text)
    yield from ((match["who"], number) for number, text in places for match in _PEOPLES.finditer(text))
    yield from ((match["who"], 0) for match in _PLANTS.finditer(title))
    yield from ((match["who"], number) for number, text in places for match in _TREATED_CELLS.finditer(text))
    yield from ((match["who"], 0) for match in _TITLE_CELLS.finditer(title))
    yield from ((item.what, item.sentence) for item in sample if item.kind != "people" and _UNIT.fullmatch(item.what))
