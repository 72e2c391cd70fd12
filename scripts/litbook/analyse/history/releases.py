"""Say in one line what a release is, and what changed since the one before it."""

from __future__ import annotations

from litbook.model.history import Release
from litbook.text.dates import say_date
from litbook.text.nouns import count_noun

# What happened to papers, in the words of a sentence; `HOWS` are headings.
_WORDS = {
    "new": "new",
    "retouched": "with another title or abstract",
    "noticed": "with another notice",
    "placed": "placed by a person",
    "moved": "moved to another theme",
    "excluded": "excluded",
    "readmitted": "no longer excluded",
    "dropped": "no longer in any source",
}


def describe_release(made: Release) -> str:
    """Return what a release is and what changed since the last one, in one line."""
    size = f"{count_noun(made.papers, 'paper')} in {count_noun(made.themes, 'theme')}"
    what = f"Version {made.version} of {say_date(made.date)}: {size}."
    if not made.since:
        return what
    parts = [f"{number:,} {_WORDS[how]}" for how, number in made.changes if how in _WORDS]
    parts += [f"{count_noun(made.rewritten, 'page')} rewritten"] if made.rewritten else []
    return f"{what} Since version {made.since}: {', '.join(parts) or 'no paper and no page has changed'}."
