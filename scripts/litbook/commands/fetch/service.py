"""What a run and the services exchange: what is known of a paper, answers, and descriptions of services."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litbook.commands.fetch.connection import Connection
from litbook.model.notices import Notice
from litbook.text.identifiers import ID_FIELDS

# The fields of `facts.jsonl` that a service can fill, in the order in which they are written.
FIELDS = (
    *("title", "authors", "year", "published", "arxiv_id", "venue", "venue_year"),
    *("doi", "openreview_id", "acl_id", "code_url", "project_url", "abstract"),
)
# Characters of a title to search by; services cut or refuse longer queries.
_LONGEST_QUESTION = 300

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a paper: all its titles, and values by the field names of `facts.jsonl`.

    `identifiers` are the valid ones among the values, and those that are contained in others.
    """

    citekey: str
    titles: tuple[str, ...]
    values: Values
    identifiers: Mapping[str, str]

    @property
    def title(self) -> str:
        """Return the first title, or an empty string."""
        return self.titles[0] if self.titles else ""

    def identifier(self, name: str) -> str:
        """Return the identifier with the field name `name`, or an empty string."""
        return self.identifiers.get(name, "")

    def question(self) -> str:
        """Return the words of the title, to search by.

        Quotes, colons and brackets are left out: they are syntax to most search engines.
        """
        words = " ".join(re.findall(r"\w+", self.title))
        return words if len(words) <= _LONGEST_QUESTION else words[:_LONGEST_QUESTION].rpartition(" ")[0]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service says about one work, and the address of its record.

    `values` has the field names of `facts.jsonl`, plus `issued`: a date that may be the preprint's or the
    publication's. `notices` is filled only by the services of `watch`.
    """

    service: str
    address: str
    titles: tuple[str, ...]
    values: Values
    notices: tuple[Notice, ...] = ()

    @property
    def identifiers(self) -> dict[str, str]:
        """Return the identifiers among the values."""
        return {name: str(self.values[name]) for name in ID_FIELDS if name in self.values}


def make_answer(service: str, address: str, titles: Sequence[str], values: Values) -> Answer:
    """Return an answer without its empty values; the first non-empty title becomes the work's."""
    named = [title for title in titles if title]
    kept = {name: value for name, value in values.items() if value}
    return Answer(service, address, tuple(named), {"title": named[0], **kept} if named else kept)


@dataclass(frozen=True, slots=True)
class Service:
    """A service: how fast it may be asked, by which identifiers, and which fields it can fill.

    `interval` is in seconds. `by_identifier` returns answers by citekey, for at most `batch` papers per request;
    `by_title` returns candidates that are still to be proven. `key` names the environment variable with the user's API
    key and the header to send it in.
    """

    name: str
    interval: float
    identifiers: tuple[str, ...]
    gives: frozenset[str]
    by_identifier: Callable[[Connection, Sequence[Known]], Mapping[str, Answer]]
    by_title: Callable[[Connection, Known], list[Answer]] | None = None
    batch: int = 1
    key: tuple[str, str] | None = None

    def headers(self) -> dict[str, str]:
        """Return the header with the user's API key, if one is set."""
        if self.key is None:
            return {}
        variable, header = self.key
        value = os.environ.get(variable, "").strip()
        if not re.fullmatch(r"[!-~]+", value):
            return {}
        return {header: f"Bearer {value}" if header == "Authorization" else value}

    def can_identify(self, known: Known) -> bool:
        """Return whether the paper has an identifier that the service accepts."""
        return any(known.identifier(name) for name in self.identifiers)

    def can_search(self, known: Known) -> bool:
        """Return whether to search by title: only if an identifier that the service accepts is unknown."""
        is_identified = all(known.identifier(name) for name in self.identifiers)
        return self.by_title is not None and not is_identified and bool(known.question())

    def can_be_asked(self, known: Known) -> bool:
        """Return whether the service can look up this paper at all."""
        return self.can_identify(known) or self.can_search(known)
