"""Withdrawals on arXiv: a withdrawal is a new version without a text, and its comment says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from litbook.commands.fetch.arxiv import entry_text, read_entries, read_entry
from litbook.commands.fetch.connection import Connection
from litbook.commands.fetch.service import Answer, Known, Service
from litbook.commands.fetch.untrusted import LONGEST_ABSTRACT, read_day, read_text
from litbook.commands.fetch.watch.kinds import says_withdrawn
from litbook.model.notices import Notice

_LONGEST_SAID = 300  # characters; a longer explanation can be read on arXiv


def _ask(connection: Connection, papers: Sequence[Known]) -> Mapping[str, Answer]:
    names = {paper.citekey: paper.identifier("arxiv_id") for paper in papers}
    asked = ",".join(sorted(set(names.values())))
    entries = read_entries(connection, {"id_list": asked, "max_results": str(len(papers))})
    read = [answer for entry in entries if (answer := _read(entry))]
    found = {answer.values.get("arxiv_id"): answer for answer in read}
    return {citekey: found[name] for citekey, name in names.items() if name in found}


def _read(entry: Element) -> Answer | None:
    answer = read_entry(entry)
    if answer is None:
        return None
    comment, summary = (
        read_text(entry_text(entry, name), LONGEST_ABSTRACT) for name in ("arxiv:comment", "atom:summary")
    )
    said = says_withdrawn(comment, summary)
    if not said:
        return answer
    notice = Notice(
        "withdrawal",
        "arxiv",
        date=read_day(entry_text(entry, "atom:updated")),
        address=answer.address,
        says=said if len(said) <= _LONGEST_SAID else "",
    )
    # A withdrawn abstract says that it is withdrawn: it is not the paper's.
    values = {name: value for name, value in answer.values.items() if name != "abstract"}
    return Answer(answer.service, answer.address, answer.titles, values, (notice,))


ARXIV_NOTICES = Service(
    name="arxiv", interval=3.0, identifiers=("arxiv_id",), gives=frozenset(), by_identifier=_ask, batch=50
)
