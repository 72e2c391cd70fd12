"""One paper during a run: what is known about it, and what becomes of its line in `facts.jsonl`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from litbook.commands.fetch.proof import BY_IDENTIFIER
from litbook.commands.fetch.service import FIELDS, Answer, Known, Values
from litbook.commands.fetch.store import Line
from litbook.model.review import Paper
from litbook.text.citekey import normalise_title
from litbook.text.identifiers import ID_FIELDS, find_identifiers, read_identifier
from litbook.text.repair import repair

_LINKS = {"arxiv": "arxiv_id", "doi": "doi", "openreview": "openreview_id", "acl": "acl_id", "code": "code_url",
          "project": "project_url"}  # fmt: skip


@dataclass
class Case:
    """A paper, its line, and the day on which each service answered about it in this run."""

    paper: Paper
    line: Line
    answered: dict[str, str] = field(default_factory=dict)

    @property
    def citekey(self) -> str:
        """Return the paper's citekey."""
        return self.paper.citekey

    @property
    def fetched(self) -> dict[str, str]:
        """Return the ISO date on which each service last answered, in this run or an earlier one."""
        return {**self.line.fetched, **self.answered}

    def known(self) -> Known:
        """Return what is known now, including what this run has written."""
        looked_up = {name: value for name, value in self.line.values.items() if name in FIELDS and value}
        values = {**looked_up, **read_paper(self.paper)}
        raw = (repair(record.title).plain for record in self.paper.records)
        titles = dict.fromkeys((self.paper.title.plain, str(looked_up.get("title", "")), *raw))
        return Known(self.citekey, tuple(title for title in titles if title.strip()), values, _find_identifiers(values))


def read_paper(paper: Paper) -> dict[str, object]:
    """Return what records and facts say about a paper, by the field names of `facts.jsonl`."""
    values: dict[str, object] = {
        "title": paper.title.plain,
        "abstract": paper.abstract.plain,
        "authors": list(paper.authors),
        "year": paper.year,
        "published": paper.published,
        "venue": paper.venue,
        "venue_year": paper.venue_year,
    }
    values |= {_LINKS[name]: value for name, value in paper.links.items() if name in _LINKS}
    return {name: value for name, value in values.items() if value}


def _find_identifiers(values: Values) -> dict[str, str]:
    """Return the valid identifiers among the values, and those contained in a DOI or an address."""
    own = {name: read_identifier(name, values.get(name)) for name in ID_FIELDS}
    # A record can give an address that contains the identifier instead of the identifier itself.
    hidden = find_identifiers(*(values.get(name) for name in ID_FIELDS), f"https://doi.org/{values.get('doi')}")
    return {**hidden, **{name: value for name, value in own.items() if value}}


def compose_line(case: Case, new: Values, answer: Answer | None, proof: str, today: str) -> dict[str, object]:
    """Return the values of a paper's line with the new ones added.

    The result is empty, and nothing is to be written, for a paper of which not even a title is known.
    """
    values = dict(case.line.values)
    if new and answer:
        values = {**(values or begin_line(case, new, proof)), **new}
        _note_origins(values, new, answer, proof, today)
    if not values or not values.get("title"):
        return {}
    return {**values, "fetched": case.fetched}


def begin_line(case: Case, new: Values, proof: str) -> dict[str, object]:
    """Return what a new line needs to be matched to its paper again: title and identifiers."""
    known = case.known()
    start = {"title": _choose_title(case.paper) or new.get("title", "")}
    own = {name: known.identifiers[name] for name in ("arxiv_id", "doi") if name in known.identifiers}
    return {**start, **own, "confidence": "exact" if proof == BY_IDENTIFIER else "title-match"}


def _choose_title(paper: Paper) -> str:
    """Return the repaired title if it matches the record's own when normalised, else the record's title."""
    raw = [record.title for record in paper.records]
    joined = {normalise_title(title) for title in raw}
    return paper.title.plain if normalise_title(paper.title.plain) in joined or not raw else " ".join(raw[0].split())


def _note_origins(values: dict[str, object], new: Iterable[str], answer: Answer, proof: str, today: str) -> None:
    origin = {"service": answer.service, "url": answer.address, "date": today, "proof": proof}
    before = values.get("origins")
    values["origins"] = {**(before if isinstance(before, dict) else {}), **dict.fromkeys(new, origin)}
    sources = values.get("sources") or []
    if isinstance(sources, list) and answer.address not in sources:
        values["sources"] = [*sources, answer.address]
    if not values.get("url") and values.get("arxiv_id"):
        values["url"] = f"https://arxiv.org/abs/{values['arxiv_id']}"
