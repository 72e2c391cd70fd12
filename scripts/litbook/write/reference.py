"""How the review itself is cited: which state, how many papers, by whom."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from litbook.model.history import ReviewVersion
from litbook.model.site import Site
from litbook.text.dates import say_date
from litbook.text.escape import clean
from litbook.text.nouns import count_noun
from litbook.write.bibliography import end_sentence, tex, verbatim

_WORDS_OF_KEY = 4


@dataclass(frozen=True, slots=True)
class Cited:
    """Hold what a reference to the review says of it."""

    site: Site
    state: ReviewVersion
    papers: int

    @property
    def state_in_words(self) -> str:
        """Say which state this is, as in "State of 2 January 2031, 12 papers, commit 0123456789"."""
        known = [
            f"State of {say_date(self.state.date)}" if self.state.date else "",
            count_noun(self.papers, "paper"),
            name_version(self.state),
        ]
        return ", ".join(filter(None, known))

    @property
    def key(self) -> str:
        """Return a key of letters, digits and hyphens, from the first words of the title and the year."""
        plain = unicodedata.normalize("NFKD", self.site.title).encode("ascii", "ignore").decode("ascii").lower()
        words = re.findall(r"[a-z0-9]+", plain)[:_WORDS_OF_KEY] or ["review"]
        return "-".join(filter(None, [*words, self.state.date[:4]]))

    def in_words(self) -> str:
        """Return one line: editors, year, title, state, address."""
        year = f"({self.state.date[:4]})" if self.state.date else ""
        who = " ".join(filter(None, [clean(self.site.author), year]))
        parts = [end_sentence(text) for text in (who, clean(self.site.title), self.state_in_words) if text]
        return " ".join([*parts, *([self.site.address] if self.site.address else [])])

    def in_bibtex(self) -> str:
        """Return an entry; the editors are in one pair of braces, so that no style takes their name apart."""
        fields = {
            "title": f"{{{tex(self.site.title)}}}",
            "author": f"{{{tex(self.site.author)}}}" if self.site.author else "",
            "year": self.state.date[:4],
            "note": tex(self.state_in_words),
            "url": verbatim(self.site.address),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])


def name_version(state: ReviewVersion) -> str:
    """Return the version in words, with what is not in any commit."""
    return f"{state.what} {state.version}{' with later changes' if state.changed else ''}" if state.version else ""
