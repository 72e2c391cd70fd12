"""Compare the files that must not lose a row with the last commit, and citekeys with the commits that were merged.

Nothing in the files themselves shows that a ledger was emptied, or that two branches gave one citekey to two papers and
only one of them kept it. The commits do.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from litbook.analyse.history.version import ask_git
from litbook.core.project import Project
from litbook.model.faults import Fault
from litbook.model.review import Inputs, LedgerEntry
from litbook.text.citekey import is_same_work
from litbook.text.nouns import count_noun

_FEWEST_LOST = 5  # rows of decisions and claims; a person may well delete a few
_MOST_NAMED = 5


def find_lost(project: Project, inputs: Inputs) -> list[Fault]:
    """Return faults for a ledger, decisions or claims that are gone, or have lost rows of the last commit.

    Without a commit, only a missing ledger can be noticed, where pages cite papers.
    """
    paths = (project.ledger, project.decisions, project.claims)
    names = [project.name(path) for path in paths]
    status = ask_git(project, "status", "--porcelain", "--untracked-files=no", "--", *names)
    faulty = {fault.file for fault in inputs.faults}  # of a file that could not be read, all rows are missing
    changed = {name for name in names for line in status.splitlines() if line.endswith(name)} - faulty
    faults = [fault for name in names if name in changed for fault in _compare(project, inputs, name)]
    ledger = project.name(project.ledger)
    if inputs.citations and not inputs.has_ledger and not any(fault.file == ledger for fault in faults):
        what = "the ledger is gone, but pages cite papers: their citekeys could move to other papers"
        faults.append(Fault(ledger, 0, what, "restore it; if there never was one, make an empty file"))
    return faults


def _compare(project: Project, inputs: Inputs, name: str) -> Iterator[Fault]:
    text = _show(project, "HEAD", name)
    if name == project.name(project.ledger):
        before = [entry.citekey for entry in _read_ledger(text)]
        now = {entry.citekey for entry in inputs.ledger}
        fewest, noun = 1, "citekeys"
    elif name == project.name(project.decisions):
        before = [row["citekey"] for row in _read_rows(text)]
        now = {decision.citekey for decision in inputs.decisions}
        fewest, noun = max(_FEWEST_LOST, len(before) // 2), "decisions"
    else:
        used = {(claim.citekey, claim.sentence) for claim in _list_claims(inputs)}
        before = [f"{key}:{number}" for key, number, _ in _read_claims(text) if (key, number) in used]
        now = {f"{claim.citekey}:{claim.sentence}" for claim in inputs.kept_claims}
        fewest, noun = max(_FEWEST_LOST, len(before) // 2), "claims"
    lost = [key for key in before if key not in now]
    if len(lost) >= (fewest if (project.root / name).is_file() else 1):
        what = f"{len(lost)} of {len(before)} {noun} of the last commit are gone: {_name_some(lost)}"
        yield Fault(name, 0, what, f"restore them, as with git checkout HEAD -- {name}; if it is meant, commit it")


def _list_claims(inputs: Inputs) -> Iterator[_Claim]:
    for page in inputs.pages:
        for role in page.roles:
            if role.name in ("claim", "quote"):
                for item in role.text.split(","):
                    key, _, number = item.strip().partition(":")
                    if number.isdigit():
                        yield _Claim(key, int(number))


@dataclass(frozen=True, slots=True)
class _Claim:
    citekey: str
    sentence: int


def _name_some(keys: Sequence[str]) -> str:
    rest = len(keys) - _MOST_NAMED
    return ", ".join(keys[:_MOST_NAMED]) + (f" and {count_noun(rest, 'other')}" if rest > 0 else "")


# -- citekeys that came to mean another paper --------------------------------------------------------------------------


def find_moved(project: Project, inputs: Inputs) -> list[Fault]:
    """Return a fault for each citation, decision and claim whose citekey now names another paper than when it was made.

    Compared are the commits that a merge joins, while it is in progress and once it is committed, and the last commit.
    """
    head, *parents = (ask_git(project, "log", "--max-count=1", "--format=%H %P") or "").split()[:3] or [""]
    merging = ask_git(project, "rev-parse", "--quiet", "--verify", "MERGE_HEAD")
    sides = [side for side in (merging, *(parents if len(parents) > 1 else ())) if side]
    name = project.name(project.ledger)
    if head and (merging or ask_git(project, "status", "--porcelain", "--", name)):
        sides.append(head)
    now: dict[str, list[LedgerEntry]] = {}
    for entry in inputs.ledger:
        now.setdefault(entry.citekey, []).append(entry)
    found: dict[tuple[str, int, str], Fault] = {}
    for side in sides:
        entries = list(_read_ledger(_show(project, side, name)))
        times = Counter(entry.citekey for entry in entries)
        for entry in entries:
            if times[entry.citekey] > 1:  # the fault is in that commit already, and says nothing of what was meant
                continue
            others = [other for other in now.get(entry.citekey, ()) if not is_same_work(entry, other)]
            for fault in _list_uses(project, inputs, side, entry, others[0]) if others else ():
                found.setdefault((fault.file, fault.line, entry.citekey), fault)
    return list(found.values())


def _list_uses(project: Project, inputs: Inputs, side: str, entry: LedgerEntry, other: LedgerEntry) -> Iterator[Fault]:
    """Yield the uses of a citekey that were there when it meant `entry` and not `other`."""
    key = entry.citekey
    what = f"'{key}' meant “{entry.title}” when this was written, and now means “{other.title}”"
    remedy = f"write the citekey of the paper that is meant; ledger.jsonl gives '{key}' to one of them"
    for page in inputs.pages:
        places = {place.line for place in inputs.citations.get(key, ()) if place.file == page.file}
        if places:
            before = set(_show(project, side, f"book/{page.file}").splitlines())
            lines = page.source.split("\n")
            moved = (line for line in sorted(places) if lines[line - 1] in before)
            yield from (Fault(f"book/{page.file}", line, what, remedy) for line in moved)
    rows = {(row["theme"] or "", row["reason"] or "") for row in _rows_of(project, side, key)}
    for decision in inputs.decisions:
        if decision.citekey == key and (decision.theme or "", decision.reason) in rows:
            yield Fault(project.name(project.decisions), decision.line, what, remedy)
    quotes = {
        quote for name, _, quote in _read_claims(_show(project, side, project.name(project.claims))) if name == key
    }
    for claim in inputs.kept_claims:
        if claim.citekey == key and claim.quote in quotes:
            yield Fault(project.name(project.claims), claim.line, what, remedy)


def _rows_of(project: Project, side: str, key: str) -> Iterator[Mapping[str, str]]:
    for row in _read_rows(_show(project, side, project.name(project.decisions))):
        if row["citekey"] == key:
            yield row


# -- files of a commit -------------------------------------------------------------------------------------------------


def _show(project: Project, revision: str, name: str) -> str:
    """Return a file as it was in a commit; one that was not there is empty."""
    return ask_git(project, "show", f"{revision}:./{name}")


def _read_ledger(text: str) -> Iterator[LedgerEntry]:
    for value in _read_objects(text):
        if isinstance(value.get("citekey"), str):
            known = {name: str(value.get(name) or "") for name in ("citekey", "title", "sketch", "first_seen")}
            arxiv, doi, openreview, acl = (_text(value.get(name)) for name in ("arxiv", "doi", "openreview", "acl"))
            yield LedgerEntry(**known, arxiv=arxiv, doi=doi, openreview=openreview, acl=acl)


def _text(value: object) -> str | None:
    return str(value) if value else None


def _read_claims(text: str) -> Iterator[tuple[str, int, str]]:
    for value in _read_objects(text):
        match value:
            case {"citekey": str(citekey), "sentence": int(sentence), "quote": str(quote)}:
                yield citekey, sentence, quote


def _read_objects(text: str) -> Iterator[Mapping[str, object]]:
    for line in text.splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue  # a fault of that commit, which no one can correct any more
        if isinstance(value, dict):
            yield value


def _read_rows(text: str) -> Iterable[Mapping[str, str]]:
    rows = csv.DictReader(text.splitlines(), restval="")
    names = ("citekey", "theme", "reason")
    return [{name: (row.get(name) or "").strip() for name in names} for row in rows if row.get("citekey")]
