"""What the fetcher and the services say to each other."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litbook.commands.fetch.door import Door
from litbook.text.identifiers import ID_FIELDS

# The fields of `facts.jsonl` that a service can fill, in the order in which they are written.
FIELDS = (
    *("title", "authors", "year", "published", "arxiv_id", "venue", "venue_year"),
    *("doi", "openreview_id", "acl_id", "code_url", "project_url", "abstract"),
)
# The longest title that is asked for; services cut or refuse longer questions.
_LONGEST_QUESTION = 300

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """Hold what is known of a paper: every title that it goes by, and values by the names of `facts.jsonl`.

    `identifiers` are those among the values in their proper form, and those that are part of another.
    """

    citekey: str
    titles: tuple[str, ...]
    values: Values
    identifiers: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.titles[0] if self.titles else ""

    def identifier(self, name: str) -> str:
        return self.identifiers.get(name, "")

    def question(self) -> str:
        """Return the words of the title: quotes, colons and brackets are commands to most search engines."""
        words = " ".join(re.findall(r"\w+", self.title))
        return words if len(words) <= _LONGEST_QUESTION else words[:_LONGEST_QUESTION].rpartition(" ")[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a service says of one work, and the address of its record.

    `values` has the names of `facts.jsonl`, and `issued`: a date of which the service does not say whether it is the
    preprint's or the publication's.
    """

    service: str
    address: str
    titles: tuple[str, ...]
    values: Values

    @property
    def identifiers(self) -> dict[str, str]:
        return {name: str(self.values[name]) for name in ID_FIELDS if name in self.values}


def make_answer(service: str, address: str, titles: Sequence[str], values: Values) -> Answer:
    """Return an answer without its empty values; the first title counts as the work's."""
    named = [title for title in titles if title]
    kept = {name: value for name, value in values.items() if value}
    return Answer(service, address, tuple(named), {"title": named[0], **kept} if named else kept)


@dataclass(frozen=True, slots=True)
class Service:
    """Describe a service: how fast it may be asked, by which identifiers, and which fields it can fill.

    `by_identifier` returns answers by citekey, for at most `batch` papers in one request. `by_title` returns candidates
    that are still to be proven. `key` names the variable of the environment that holds the user's own key, and the
    header that it is sent in.
    """

    name: str
    interval: float
    identifiers: tuple[str, ...]
    gives: frozenset[str]
    by_identifier: Callable[[Door, Sequence[Known]], Mapping[str, Answer]]
    by_title: Callable[[Door, Known], list[Answer]] | None = None
    batch: int = 1
    key: tuple[str, str] | None = None

    def headers(self) -> dict[str, str]:
        """Return the header with the user's key, if there is one."""
        if self.key is None:
            return {}
        variable, header = self.key
        value = os.environ.get(variable, "").strip()
        if not re.fullmatch(r"[!-~]+", value):
            return {}
        return {header: f"Bearer {value}" if header == "Authorization" else value}

    def can_identify(self, known: Known) -> bool:
        return any(known.identifier(name) for name in self.identifiers)

    def can_search(self, known: Known) -> bool:
        """Tell whether to ask by title: not where every identifier that the service knows works by was asked for."""
        is_identified = all(known.identifier(name) for name in self.identifiers)
        return self.by_title is not None and not is_identified and bool(known.question())

    def can_be_asked(self, known: Known) -> bool:
        return self.can_identify(known) or self.can_search(known)
