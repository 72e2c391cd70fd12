"""Answers of services that are asked for notices, made from the shapes in `tests/notice-shapes.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from fetching import CONTACT, TITLE, FakeClock, make_papers

from litbook.commands.fetch.facts import Scope, watch_papers
from litbook.commands.fetch.watch.report import WatchReport
from litbook.core.project import Project
from litbook.model.review import Record

SHAPES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "notice-shapes.json").read_text("utf-8")
)
DOI, ARXIV = "10.99999/crane.2032.7", "3102.00001"
WORKS, OPENALEX = "https://api.crossref.org/works", "https://api.openalex.org/works"
FEED = "https://export.arxiv.org/api/query"


def crossref_work(updated_by: object = None, update_to: object = None, **more: object) -> dict[str, object]:
    """Return the fields of a work that are selected; Crossref leaves out those that it does not have."""
    known = {"DOI": DOI, "title": [TITLE], "updated-by": updated_by, "update-to": update_to, **more}
    return {name: value for name, value in known.items() if value}


def crossref_list(*items: Mapping[str, object]) -> dict[str, object]:
    """Return Crossref's answer to a query."""
    message = {"facets": {}, "total-results": len(items), "items": list(items), "items-per-page": 20}
    return {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}


def arxiv_feed(*entries: Mapping[str, str]) -> str:
    """Return arXiv's answer to a list of identifiers."""
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">',
        *map(_write_entry, entries),
        "</feed>",
    ])  # fmt: skip


def _write_entry(entry: Mapping[str, str]) -> str:
    known = {"id": f"http://arxiv.org/abs/{ARXIV}v2", "published": "3102-01-05T09:00:00Z", "title": TITLE, **entry}
    names = {"comment": "arxiv:comment"}
    lines = (
        f"<{names.get(name, name)}>{escape(text)}</{names.get(name, name)}>" for name, text in known.items() if text
    )
    return f"<entry>{''.join(lines)}<author><name>Ada Invented</name></author></entry>"


def watch(
    project: Project,
    *records: Record,
    only: Sequence[str] = (),
    scope: Scope = Scope.MISSING,
    today: str = "2031-12-01",
) -> WatchReport:
    """Ask for notices about the papers of these records."""
    papers = make_papers(project, *records)
    return watch_papers(project, papers, scope, contact=CONTACT, only=only, clock=FakeClock(today))
