"""Choose what a review keeps of a paper's text: headings, references, first sentences of captions, a few sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from litbook.model.fulltext import FullText, Heading, Listed, Parsed, TextSection, TextSentence
from litbook.text.sentences import split_sentences

_MOST = 2  # sentences about one thing
_LONGEST, _SHORTEST = 400, 30  # characters of a sentence that is kept
_LONGEST_CAPTION = 240
_LIMITATION = re.compile(
    r"\blimitations?\b|\b(?:is|are|was|were) limited (?:by|to)\b|\bshortcomings?\b|\bthreats? to validity\b"
    r"|\b(?:results?|findings|conclusions?|study)\b.{0,60}\bcannot be generali[sz]ed\b"
    r"|\bsmall sample\b|\bshould be interpreted with caution\b",
    re.IGNORECASE,
)
_HOW = r"(?:also\s+|all\s+|openly\s+|freely\s+|publicly\s+)?"
_AVAILABLE = re.compile(
    r"\b(?:data|datasets?|code|software|models?|weights|materials?|scripts?|implementation|resources)\b.{0,80}"
    rf"(?:(?<!that )(?<!then )\b(?:is|are|be|been|was|were|made|make)\s+{_HOW}"
    r"(?:available|released?|accessible|shared|deposited|provided)|\b(?:up)?on (?:reasonable )?request)\b"
    r"|\b(?:we|authors) (?:release|share|provide|publish)\b.{0,80}\b(?:data|datasets?|code|software|models?|weights)\b"
    r"|\b(?:github|gitlab|zenodo|osf|figshare|huggingface|dryad)\.(?:com|org|io|co)\b",
    re.IGNORECASE,
)
_PEOPLE = (
    r"participants?|patients?|subjects?|students?|pupils?|children|adolescents?|adults|women|men|respondents?|"
    r"volunteers?|individuals|persons|people|infants|teachers?|nurses?|families|households|cases|controls|animals|mice|"
    r"rats|trials|studies|articles|interviews"
)
_SAMPLE = re.compile(
    rf"\b[nN]\s?=\s?\d|\b(?:\d[\d,.]*|[Oo]ne hundred|[Tt]wo hundred)\s+(?:[a-z-]+\s+){{0,3}}(?:{_PEOPLE})\b"
)
_SAMPLED = re.compile(
    r"\b(?:recruit|enrol|including|include|participat|complete|random|sampl|consist|compris|analy[sz]|assign|were|was)"
    r"\w*\b",
    re.IGNORECASE,
)
_IMAGINED = re.compile(r"\b(?:would|could|might|if)\b", re.IGNORECASE)  # "there would be 5,600 fewer cases"
# Sections in which a sentence about something is looked for; "" is a section without a known role.
_PLACES = {
    "limitations": ("limitations", "discussion", "conclusion"),
    "availability": ("availability", "methods", "conclusion", "introduction", "results", "appendix", ""),
    "sample": ("methods", "results"),
}


def choose_kept(
    text: FullText, citekey: str, file: str, digest: str, claimed: Collection[tuple[int, int]] = ()
) -> Parsed:
    """Return what the review keeps; `claimed` are the places of sentences that pages rest on."""
    return Parsed(
        line=0,
        citekey=citekey,
        tool=text.tool,
        file=file,
        digest=digest,
        licence=text.licence,
        headings=tuple(Heading(section.heading, section.role) for section in text.sections),
        references=_place_references(text),
        captions=tuple(filter(None, (_first_sentence(caption) for caption in text.captions))),
        sentences=tuple(sorted(_choose_sentences(text, claimed), key=lambda item: (item.section, item.number))),
    )


def number_sentences(section: TextSection) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a section with their numbers from 1; its subsections count for themselves."""
    number = 0
    for passage in section.passages:
        for start, end in split_sentences(passage.text):
            number += 1
            yield number, passage.text[start:end]


def find_moved(before: Parsed, text: FullText) -> Iterator[str]:
    """Yield a line for each sentence that pages rest on and that a newly parsed text has elsewhere, or not at all."""
    now = {
        (at, number): said
        for at, section in enumerate(text.sections, start=1)
        for number, said in number_sentences(section)
    }
    for item in before.sentences:
        if item.about != "claim" or now.get((item.section, item.number)) == item.text:
            continue
        place = next((f"{at}.{number}" for (at, number), said in now.items() if said == item.text), "")
        what = f"is now {before.citekey}:{place}" if place else "is not in the text as it is parsed now"
        yield f"{before.citekey}:{item.place} {what}; correct the claims on “{item.text}”"


def _place_references(text: FullText) -> tuple[Listed, ...]:
    """Return the references with the sections that cite each of them."""
    cited: dict[int, set[int]] = defaultdict(set)
    for at, section in enumerate(text.sections, start=1):
        for passage in section.passages:
            for _, reference in passage.marks:
                cited[reference].add(at)
    return tuple(replace(item, sections=tuple(sorted(cited[at]))) for at, item in enumerate(text.references))


def _first_sentence(caption: str) -> str:
    """Return the first sentence of a caption that is more than the number of its figure."""
    spans = [caption[start:end] for start, end in split_sentences(" ".join(caption.split()))]
    said = next((span for span in spans if len(re.findall(r"[^\W\d_]{2,}", span)) > 1), "")
    return said if len(said) <= _LONGEST_CAPTION else f"{said[:_LONGEST_CAPTION].rstrip()} …"


def _choose_sentences(text: FullText, claimed: Collection[tuple[int, int]]) -> Iterator[TextSentence]:
    """Yield the sentences that are kept, each for the first reason that applies."""
    taken: set[tuple[int, int]] = set()
    all_of = [
        (at, section.role, number, said)
        for at, section in enumerate(text.sections, start=1)
        for number, said in number_sentences(section)
    ]
    for at, _, number, said in all_of:
        if (at, number) in claimed:
            taken.add((at, number))
            yield TextSentence(at, number, said, "claim")
    for about, roles in _PLACES.items():
        fits = [
            (roles.index(role), at, number, said)
            for at, role, number, said in all_of
            if role in roles and _SHORTEST <= len(said) <= _LONGEST and _is_about(about, role, said)
        ]
        kept = [item for item in sorted(fits) if item[1:3] not in taken][:_MOST]
        for _, at, number, said in kept:
            taken.add((at, number))
            yield TextSentence(at, number, said, about)


def _is_about(about: str, role: str, sentence: str) -> bool:
    if about == "limitations":
        return role == "limitations" or bool(_LIMITATION.search(sentence))
    if about == "availability":
        return bool(_AVAILABLE.search(sentence))
    return bool(_SAMPLE.search(sentence) and _SAMPLED.search(sentence)) and not _IMAGINED.search(sentence)
