"""The sections of a paper by their headings: what role each has, and how they are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ROLES = (
    ("references", r"references?|bibliography|works? cited|literature cited|reference list"),
    ("availability", r"(?:data|code|software|materials?|resource)s?\b.*\b(?:availability|available|sharing|access)\b.*"
                     r"|availability(?: of)?\b.*|reproducibility(?: statement)?|open practices.*"),
    ("acknowledgements", r"acknowledge?ments?|funding|financial support|(?:conflicts?|competing|declarations?) .*"
                         r"|author(?:s|s?['’]s?)? contributions?|contributors?"
                         r"|ethics? (?:approval|statement|declarations?).*"
                         r"|disclosures?|disclosure statement|credit .*"),
    ("limitations", r".*\blimitations?\b.*|threats? to validity|strengths and weaknesses"),
    ("introduction", r"introduction|intro|motivation|overview"),
    ("background", r"(?:theoretical |technical )?background.*|related works?|previous works?|prior work|"
                   r"literature review|preliminar(?:y|ies)|state of the art|theoretical framework"),
    ("methods", r".*\b(?:methods?|methodology|materials|procedures?|participants|patients|study design|approach"
                r"|data collection|statistical analys[ie]s|experimental set-?up|implementation details)\b.*"),
    ("results", r".*\b(?:results?|findings|experiments?|evaluation|ablations?|ablation stud(?:y|ies))\b.*"),
    ("discussion", r".*\bdiscussions?\b.*|general discussion|implications.*"),
    ("conclusion", r"(?:summary and )?(?:conclusions?|concluding remarks|future work|outlook)\b.*|.*\bconclusions?"),
    ("appendix", r"appendi(?:x|ces)\b.*|supplement.*|supporting information.*|annex.*"),
)  # fmt: skip
_KNOWN = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
# A number has a stop, or points between digits, or is followed by a capital: "A model of snow", "24 hours later",
# "E. coli growth" and "X chromosome" have none.
_NUMBER = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):](?!\d)|(?:[A-Z](?:\.\d{1,2}){0,3}|[IVX]{2,5})[.):](?!\s*[a-z]|\d)"
    r"|(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,3}(?=\s)|(?:\d{1,2}|I{1,3}|I[VX]|VI{1,3})(?=\s+[^\Wa-z\d_]))\s*(?=\S)"
)
_DOTTED = re.compile(r"\s*(?:\d{1,2}|[A-Z])((?:\.\d{1,2}){0,3})[.):]?\s")


def plain_heading(heading: str) -> str:
    """Return a heading without its number and the marks around it."""
    bare = heading.strip().strip("*_#").strip()
    found = _NUMBER.match(bare)
    return bare[found.end() if found else 0 :].strip(" .:*_") or bare


def role_of(heading: str) -> str:
    """Return what a section with this heading is about, or an empty string."""
    plain = plain_heading(heading)
    if len(plain) > 80:
        return ""
    return next((role for role, pattern in _KNOWN if pattern.fullmatch(plain)), "")


def level_of(heading: str) -> int:
    """Return the level that the number of a heading states: 1 for "2 Methods", 2 for "2.1 Data"; 1 without one."""
    found = _DOTTED.match(f"{heading} ")
    return 1 + found[1].count(".") if found else 1


def assign_roles(headings: Iterable[tuple[int, str]]) -> list[str]:
    """Return the role of each section, given by level and heading; one without a role of its own has its parent's."""
    above: list[tuple[int, str]] = []
    roles: list[str] = []
    for level, heading in headings:
        above = [item for item in above if item[0] < level]
        role = role_of(heading) or (above[-1][1] if above else "")
        above.append((level, role))
        roles.append(role)
    return roles
