"""What is studied where no people are: animals with their strain, species, cells, and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_SEX = (
    r"(?:(?:[Mm]ale|[Ff]emale|[Aa]dult|[Aa]ged|[Yy]oung|[Pp]regnant|[Oo]variectomi[sz]ed|[Dd]iabetic)(?: and female)? )"
)
_STRAIN = (
    r"(?:Sprague[- –]Dawley|Wistar(?: albino)?|Long[- ]Evans|Fischer(?: 344)?|Lewis|Swiss(?: albino)?|Kunming|ICR|CD-?1"
    r"|BALB/c|C57BL/6[JN]?|DBA/\dJ?|FVB|NOD|nude|db/db|ob/ob|knockout|transgenic|APP/PS1|New Zealand(?: white)?|beagle"
    r"|Holstein|Landrace|rhesus|cynomolgus)"
)
_ANIMALS = re.compile(
    rf"\b{_SEX}{{0,2}}{_STRAIN}(?: {_STRAIN})? (?:rats?|mice|mouse|rabbits?|dogs|cows|pigs|monkeys|macaques)\b"
)
_SPECIES = re.compile(
    r"\b(?P<genus>[A-Z][a-z]{3,20}) (?P<kind>(?!and\b|with\b|from\b|that\b|this\b)[a-z]{4,20})"
    r"(?: and [A-Z][a-z]{3,20} [a-z]{4,20}(?= spp\b))?(?![\w-]| infections?\b| \w* ?in\b)"
)
_LATIN = re.compile(r"(?:(?<!s)(?<!ct)us|um|ii|ae|ens|oides|osa|ata|ensis|phila)$")
_STRAINED = re.compile(
    r"\b(?:strain|isolate|bacterium|fungus|yeast|alga) (?P<who>[A-Z][a-z]{3,20} (?:sp\.|[a-z]{4,20}) [A-Z]+-?\d\w{0,8})"
)
_KIND = (
    r"(?:cancer|carcinoma|adenocarcinoma|tumou?r|leuk(?:a)?emia|lymphoma|melanoma|glioma|glioblastoma|osteosarcoma"
    r"|stem|myeloma)"
)
_CELLS = re.compile(
    rf"\b(?:of|in|on|against) (?P<who>(?:(?!and\b|of\b|the\b|in\b|by\b)[\w-]+ ){{0,3}}{_KIND} cells)(?=$|[:.,]| by "
    rf"| via | through )",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b(?P<who>(?:human|murine|mouse|rat|bovine|porcine|canine) (?:[a-z-]+ ){1,3}(?:cells?(?: lines?)?|fibroblasts"
    r"|keratinocytes|osteoblasts|chondrocytes|macrophages|hepatocytes)(?: [A-Z][\w-]*\d\w*)?)(?![\w-])"
)
_DOCUMENTS = re.compile(
    r"\b[Ww]e (?:\w+ly )?(?:analy[sz]ed|examined|studied|collected|coded|mined) (?:the )?"
    r"(?P<who>(?:(?!of\b|the\b|in\b|and\b|for\b|how\b|on\b|from\b|to\b|with\b|these\b|those\b|all\b"
    r"|that\b)[a-z][\w-]* ){1,3}"
    r"(?:articles|essays|posts|tweets|comments|videos|transcripts|textbooks|letters|websites|projects|repositories"
    r"|notebooks|apps|podcasts|syllabi|advertisements))(?= from| in| on| of| published| written|[.,;])"
)
_CULTURED = re.compile(r"\b(?:[Uu]s(?:ed|ing)|utili[sz]ed|cultured|treated|incubated|exposed|transfected|in)\b")


def find_living(title: str, sentences: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield animals, species, cells, or documents, each with the number of its sentence (0 for the title)."""
    places = tuple((number, text) for number, text in enumerate((title, *sentences)) if text)
    yield from ((match["who"], number) for number, text in places for match in _STRAINED.finditer(text))
    yield from ((match["who"], 0) for match in _CELLS.finditer(title))
    yield from ((match.group(), number) for number, text in places for match in _ANIMALS.finditer(text))
    yield from (
        (match["who"], number)
        for number, text in places
        for match in _LINE.finditer(text)
        if _CULTURED.search(text, 0, match.start())
    )
    body = " ".join(sentences)
    yield from ((match.group(), 0) for match in _SPECIES.finditer(title) if _is_species(match, body))
    yield from ((match["who"], number) for number, text in places for match in _DOCUMENTS.finditer(text))


def _is_species(match: re.Match[str], body: str) -> bool:
    """Return whether a text shortens two words of its title as it shortens a species, or repeats a Latin name."""
    latin = _LATIN.search(match["kind"]) is not None and match.group() in body
    return latin or f"{match['genus'][0]}. {match['kind']}" in body
