"""What a run of the watch found, and its text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from litbook.commands.fetch.report import Report
from litbook.model.notices import Notice
from litbook.text.nouns import count_noun


@dataclass
class WatchReport(Report):
    """The results of a run that asked for notices; `found` holds the new ones with their papers."""

    found: list[tuple[str, Notice]] = field(default_factory=list)
    services: set[str] = field(default_factory=set)

    def take(self, citekey: str, service: str, notices: Iterable[Notice]) -> None:
        """Note that a service answered about a paper, and the notices that are new."""
        self.services.add(service)
        self.found += [(citekey, notice) for notice in notices]

    def render_head(self) -> list[str]:
        """Return how many papers were asked about, and one line for each new notice."""
        if not self.asked:
            return [
                f"No notices to ask for: {count_noun(self.papers, 'paper')} asked about before, or without identifier."
            ]
        start = "Interrupted after" if self.interrupted else "Done:"
        asked = count_noun(len(self.asked), "paper")
        silent = len(self.asked - self.answered)
        unknown = f"; no service knows {silent} of them" if silent and not self.interrupted else ""
        head = f"{start} asking for notices about {asked}{unknown}; {count_noun(len(self.found), 'new notice')}."
        return [head, *(f"  {citekey}: {_describe(notice)}" for citekey, notice in self.found)]


def _describe(notice: Notice) -> str:
    date = f" on {notice.date}" if notice.date else ""
    who = f"{notice.origin}, {notice.registrant}" if notice.registrant else notice.origin
    return f"{notice.label}{date} ({who}): {notice.address}"
