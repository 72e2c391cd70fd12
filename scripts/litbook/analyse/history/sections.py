"""Find when sections of pages were last rewritten: the days of the commits whose new lines are still in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from litbook.analyse.history.version import ask_commits
from litbook.core.project import Project
from litbook.model.history import Rewritten
from litbook.model.pages import Page, Section

_MOST_COMMITS = 60
_SHORTEST = 30  # characters of a line that identifies a section; shorter ones occur in several
_PAGES = ("book", ":(exclude)book/papers", ":(exclude)book/data", ":(exclude)book/corpus")
_NOT_READ = ("about/", "analysis/", "notes/")  # what is said of the review, drawn from it, or shown on paper pages
_FILE = re.compile(r"\+\+\+ b/(?:.*/)?book/(.+\.md)$")


def read_rewritten(project: Project, pages: Iterable[Page]) -> tuple[Rewritten, ...]:
    """Return the sections with the day on which words of them were last committed, newest first.

    Without git there are none. Words that are not committed yet have no day.
    """
    log = ask_commits(
        project, "log", "--first-parent", f"--max-count={_MOST_COMMITS}", "--format=%x00%cs", "--patch", "--unified=0",
        "--no-color", "--no-ext-diff", "--diff-merges=first-parent", "--", *_PAGES,
    )  # fmt: skip
    days = _find_days(log)
    found = [
        Rewritten(day, page.file, section.anchor, section.heading, page.title)
        for page in pages
        if not page.file.startswith(_NOT_READ)
        for section, day in _date_sections(page, days.get(page.file, {}))
    ]
    return tuple(sorted(found, key=lambda item: (item.date, item.file, item.anchor), reverse=True))


def _find_days(log: str) -> dict[str, dict[str, str]]:
    """Return for each page the newest day on which each of its longer lines was added."""
    days: dict[str, dict[str, str]] = {}
    day, file = "", ""
    for line in log.splitlines():
        if line.startswith("\0"):
            day = line[1:]
        elif line.startswith("+++ "):
            match = _FILE.match(line)
            file = match[1] if match else ""
        elif file and line.startswith("+") and len(line) > _SHORTEST:
            days.setdefault(file, {}).setdefault(line[1:].strip(), day)  # the log begins with the newest
    return days


def _date_sections(page: Page, days: dict[str, str]) -> Iterator[tuple[Section, str]]:
    """Yield the sections with their days; what is in a subsection dates only the subsection."""
    lines = page.source.split("\n") if days else []
    starts = [section.first_line for section in page.sections]
    for section in page.sections if lines else ():
        end = min([section.last_line, *(start - 1 for start in starts if start > section.first_line)])
        own = lines[section.first_line - 1 : end]
        day = max((days.get(line.strip(), "") for line in own), default="")
        if section.anchor and day:
            yield section, day
