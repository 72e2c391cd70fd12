"""Compare what a service says now with the notices on a paper's line; nothing is deleted, only dated."""

from __future__ import annotations

from collections.abc import Iterable

from litbook.model.notices import Notice

# What makes two notices of one service the same; a new date or kind is another notice, and both are kept.
_IDENTITY = ("kind", "date", "doi", "registrant")


def merge_notices(
    known: object, service: str, found: Iterable[Notice], today: str
) -> tuple[list[dict[str, object]], list[Notice]]:
    """Return the entries of a line after a service was asked, and which of its notices are new.

    An entry that the service repeats gets today's date as `last_said`; one that it no longer gives gets it as `gone`.
    Entries of other services and of people stay as they are.
    """
    entries = [dict(entry) for entry in known if isinstance(entry, dict)] if isinstance(known, list) else []
    offered = {_identify(describe_notice(notice)): notice for notice in found}
    kept: list[dict[str, object]] = []
    for entry in entries:
        if entry.get("service") != service:
            kept.append(entry)
        elif offered.pop(_identify(entry), None) is not None:
            kept.append({**{name: value for name, value in entry.items() if name != "gone"}, "last_said": today})
        else:
            kept.append({**entry, "gone": entry.get("gone") or today})
    new = [{**describe_notice(notice), "first_said": today, "last_said": today} for notice in offered.values()]
    return [*kept, *new], list(offered.values())


def describe_notice(notice: Notice) -> dict[str, object]:
    """Return a notice by the names of `facts.jsonl`; what is not known is absent."""
    known = {
        "kind": notice.kind,
        "date": notice.date,
        "doi": notice.doi,
        "url": "" if notice.doi else notice.address,
        "service": notice.origin,
        "registrant": notice.registrant,
        "says": notice.says,
    }
    return {name: value for name, value in known.items() if value}


def _identify(entry: dict[str, object]) -> tuple[object, ...]:
    return tuple(entry.get(name) or "" for name in _IDENTITY)
