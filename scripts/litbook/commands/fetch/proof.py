"""Prove that an answer is about the paper in question; being the first hit proves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from litbook.commands.fetch.latex import read_latex
from litbook.commands.fetch.service import Answer, Known, Values
from litbook.text.citekey import compare_sketches, family_name, make_sketch, normalise_title
from litbook.text.identifiers import ID_FIELDS
from litbook.text.person_names import split_name
from litbook.text.repair import repair

BY_IDENTIFIER = "identifier"
# Two abstracts with one title belong to the same work from this similarity on: the sketches' estimate has a standard
# error of at most 0.09, and abstracts of different works share next to nothing.
_SAME_ABSTRACT = 0.3
# From this similarity on, titles are reported to a person.
_NEAR_TITLE = 0.5
# Years. An author may reuse a title ("Editorial") years later; a publication follows its preprint sooner.
_YEARS_APART = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer was proven, or why it came close; both are empty for an answer about something else.

    `contradicts` marks a shared identifier that leads to another work: either the record or the service is wrong.
    """

    proof: str = ""
    doubt: str = ""
    contradicts: bool = False


def judge(known: Known, answer: Answer) -> Verdict:
    """Decide whether an answer is about a paper: by identifier, or by title together with an author or the abstract."""
    same, other = _compare_identifiers(known, answer)
    same_title = bool(_forms(known.titles) & _forms(answer.titles))
    vouched = _vouch(known.values, answer.values)
    if same:
        return _judge_identified(known, answer, same[0], bool(same_title or vouched))
    if not same_title:
        is_near = _likeness(known.titles, answer.titles) >= _NEAR_TITLE
        return Verdict(doubt="its title is similar but not equal") if is_near else Verdict()
    if other:
        return Verdict(doubt=f"same title, but a different {_name(other[0])}")
    if _years_apart(known.values, answer.values) > _YEARS_APART:
        return Verdict(doubt="same title, but years apart")
    return Verdict(proof=f"title and {vouched}") if vouched else Verdict(doubt=_explain_doubt(known, answer))


def _judge_identified(known: Known, answer: Answer, field: str, agrees: bool) -> Verdict:
    """Accept a shared identifier unless everything else contradicts it."""
    comparable = known.titles and answer.titles
    if agrees or not comparable or _likeness(known.titles, answer.titles) >= _NEAR_TITLE:
        return Verdict(proof=BY_IDENTIFIER)
    if not (known.values.get("authors") or known.values.get("abstract")):
        return Verdict(doubt=f"same {_name(field)}, but a different title", contradicts=True)
    return Verdict(doubt=f"same {_name(field)}, but different title and content", contradicts=True)


def _compare_identifiers(known: Known, answer: Answer) -> tuple[list[str], list[str]]:
    shared = [field for field in ID_FIELDS if known.identifier(field) and field in answer.identifiers]
    same = [field for field in shared if known.identifier(field).casefold() == answer.identifiers[field].casefold()]
    return same, [field for field in shared if field not in same]


def _name(field: str) -> str:
    return {"arxiv_id": "arXiv identifier", "doi": "DOI", "acl_id": "ACL identifier"}.get(field, "identifier")


def _forms(titles: Iterable[str]) -> set[str]:
    """Return titles in the forms to compare: as given, repaired, and with TeX converted; all normalised."""
    forms = {normalise_title(form) for title in titles for form in (title, repair(title).plain, _read_tex(title))}
    return forms - {""}


def _read_tex(title: str) -> str:
    try:
        return read_latex(title) if "\\" in title or "$" in title else ""
    except ValueError:
        return ""


def _likeness(some: Iterable[str], others: Iterable[str]) -> float:
    """Return how similar the two most similar titles are, in 0 … 1.

    A title and the same title with a subtitle score 1; others by the Jaccard similarity of their four-letter pieces.
    """
    pairs = [(one, other) for one in _forms(some) for other in _forms(others)]
    return max((_compare_titles(one, other) for one, other in pairs), default=0.0)


def _compare_titles(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    if len(short) >= 10 and long.startswith(short):
        return 1.0
    first, second = ({text[at : at + 4] for at in range(max(1, len(text) - 3))} for text in (one, other))
    return len(first & second) / len(first | second)


def _vouch(known: Values, found: Values) -> str:
    """Return what both have in common besides the title: "author", "abstract" or nothing."""
    if share_author(_texts(known.get("authors")), _texts(found.get("authors"))):
        return "author"
    sketches = [make_sketch(str(values.get("abstract", ""))) for values in (known, found)]
    return "abstract" if compare_sketches(*sketches) >= _SAME_ABSTRACT else ""


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def share_author(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether two lists of authors have a person in common."""
    candidates = list(others)
    return any(is_same_person(one, other) for one in some for other in candidates)


def is_same_person(one: str, other: str) -> bool:
    """Return whether two names may belong to one person: equal family names, and no conflicting initial.

    Reversed names ("Li Wei", "Wei Li") and initials ("A. Turing", "Alan M. Turing") count as equal.
    """
    if family_name(one) and family_name(one) == family_name(other):
        first, second = _initial(one), _initial(other)
        return not first or not second or first == second
    words, other_words = ({family_name(word) for word in name.split()} for name in (one, other))
    return len(words) > 1 and words == other_words


def _initial(name: str) -> str:
    given = split_name(name).given.split()
    return family_name(given[0])[:1] if given else ""


def _years_apart(known: Values, found: Values) -> int:
    issued = str(found.get("issued", ""))[:4]
    years = [value for value in (found.get("year"), found.get("venue_year")) if isinstance(value, int)]
    years += [int(issued)] if issued.isdigit() else []
    own = [value for value in (known.get("year"), known.get("venue_year")) if isinstance(value, int)]
    return min((abs(one - other) for one in own for other in years), default=0)


def _explain_doubt(known: Known, answer: Answer) -> str:
    if known.values.get("authors") and answer.values.get("authors"):
        return "same title, but different authors"
    return "same title, but neither authors nor an abstract to prove it by"
