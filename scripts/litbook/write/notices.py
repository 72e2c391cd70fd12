"""How exports and paper pages say what was published about a paper after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from litbook.model.notices import LOUD, Notice, find_standing, is_void, newest_first
from litbook.model.review import Paper
from litbook.text.dates import say_date
from litbook.text.escape import clean, escape, link

_SERVICES = {"crossref": "Crossref", "openalex": "OpenAlex", "arxiv": "arXiv"}
_OF_RETRACTIONS = ("crossref", "openalex")  # the services that would have one
_REGISTRANTS = {"publisher": "the publisher", "retraction-watch": "Retraction Watch"}


def note_of(paper: Paper) -> str:
    """Return a sentence for the note of a reference, such as "Retracted on 4 March 2033 (https://doi.org/…)."."""
    said: dict[str, None] = {}
    for notice in newest_first(paper.notices):
        if notice.kind in (*LOUD, "reinstatement") and not notice.gone:
            said[f"{_say(notice)} ({notice.address})"] = None
    return f"{'; '.join(said)}." if said else ""


def describe_notices(paper: Paper) -> list[dict[str, str]]:
    """Return the notices of a paper for programs; what is not known is absent."""
    names = ("kind", "date", "doi", "address", "origin", "registrant", "says", "first_said", "last_said", "gone")
    found = ({name: getattr(notice, name) for name in names} for notice in newest_first(paper.notices))
    return [{name: value for name, value in notice.items() if value} for notice in found]


def list_notices(paper: Paper) -> str:
    """Return the kinds of a paper's notices with their dates, for a table: "retraction 2033-03-04; erratum 2033"."""
    said = (f"{item.kind} {item.date}".strip() for item in newest_first(paper.notices) if not item.gone)
    return "; ".join(dict.fromkeys(said))


def render_notices(paper: Paper, all_notices: str) -> str:
    """Return the block of a paper page with its notices, or nothing; `all_notices` leads to the list of all."""
    if not paper.notices:
        return ""
    name = "litbook-notices-void" if is_void(paper.notices) else "litbook-notices"
    lines = [*map(_write_line, group_notices(paper.notices)), *_write_silence(paper), f"[All notices]({all_notices})"]
    return f"{{.{name}}}\n" + "\\\n".join(lines)


def group_notices(notices: Sequence[Notice]) -> list[list[Notice]]:
    """Return notices that several origins give alike together, the newest first."""
    groups: dict[tuple[str, ...], list[Notice]] = {}
    for notice in newest_first(notices):
        groups.setdefault((notice.label, notice.date, notice.address, notice.gone), []).append(notice)
    return list(groups.values())


def _write_line(group: list[Notice]) -> str:
    first = group[0]
    parts = [
        f"**{escape(first.label.capitalize())}**{_say_when(first)}",
        link("notice", first.address),
        f"according to {escape(name_origins(group))}",
        f"“{escape(clean(first.says))}”" if first.says and first.kind != "other" else "",
        f"no longer said on {say_date(first.gone)}" if first.gone else "",
    ]
    return " · ".join(filter(None, parts))


def name_origins(group: Sequence[Notice]) -> str:
    """Return who gives a notice: "Crossref (registered by the publisher), OpenAlex"."""
    return ", ".join(dict.fromkeys(map(_name_origin, group)))


def _name_origin(notice: Notice) -> str:
    who = _SERVICES.get(notice.origin, notice.origin)
    by = _REGISTRANTS.get(notice.registrant, notice.registrant)
    return f"{who} (registered by {by})" if by else who


def name_service(service: str) -> str:
    """Return the name of a service as readers know it."""
    return _SERVICES.get(service, service)


def _write_silence(paper: Paper) -> Iterator[str]:
    """Yield when services were last asked, and which of them do not confirm a retraction."""
    held = {notice.origin for notice in paper.notices if not notice.gone}
    standing = find_standing(paper.notices)
    silent = [name_service(name) for name in _OF_RETRACTIONS if name in paper.watched and name not in held]
    if standing and standing.kind == "retraction" and silent:
        have = "has" if len(silent) == 1 else "have"
        yield f"*{escape(' and '.join(silent))}, asked as well, {have} no such notice.*"
    if paper.watched:
        yield f"*Last asked on {say_date(min(paper.watched.values()))}.*"


def _say(notice: Notice) -> str:
    return f"{notice.label.capitalize()}{_say_when(notice)}"


def _say_when(notice: Notice) -> str:
    """Return " on 4 March 2033", " in March 2033", or nothing for a notice without a date."""
    return f" {'on' if len(notice.date) == 10 else 'in'} {say_date(notice.date)}" if notice.date else ""
