"""The toy review with three retractions, a correction and a withdrawal, all of them invented."""

from __future__ import annotations

import json
from typing import Any

from fetching import CONTACT, FakeClock
from noticeserver import Work, on, serve_notices, shape
from toybook import Review

from litbook.commands.fetch.facts import fetch_review
from litbook.core.project import Project

RETRACTED, CORRECTED, WITHDRAWN = "invented2021crumbnet", "pretend2020risecast", "fictive2024plan"
BOTH, MARKED = "madeup2022crust", "mythical2024oven"
WATCHED = {"arxiv": "2031-12-01", "crossref": "2031-12-01", "openalex": "2031-11-02"}


def notice(kind: str, number: int, **more: str) -> dict[str, str]:
    """Return a notice as `litbook fetch` writes it."""
    known = {"kind": kind, "date": f"2031-03-0{number}", "doi": f"10.99999/notice.{number}", "service": "crossref"}
    return {**known, "registrant": "publisher", "first_said": "2031-06-01", "last_said": "2031-12-01", **more}


NOTICES: dict[str, list[dict[str, str]]] = {
    "CrumbNet": [notice("retraction", 4), notice("retraction", 4, registrant="retraction-watch")],
    "What Does a Crust": [
        {"kind": "retraction", "url": "https://openalex.org/W9999000001", "service": "openalex",
         "first_said": "2031-11-02", "last_said": "2031-11-02"},
        notice("correction", 2),
    ],
    "Oven Control": [notice("retraction", 5), notice("new-version", 1)],
    "RiseCast": [notice("correction", 7)],
    "Plan the Bake": [
        {"kind": "withdrawal", "date": "2031-02-09", "url": "https://arxiv.org/abs/2408.99911", "service": "arxiv",
         "says": "This paper has been withdrawn by the authors: the checker was <b>never</b> run",
         "first_said": "2031-06-01", "last_said": "2031-12-01"},
    ],
}  # fmt: skip
REASON = "Two later papers found the same."
KEPT = (
    "file,citekey,sentence,reason,by,date\n"
    f"chapters/loaf-vision.md,{RETRACTED},One picture of the crumb gives the fermentation time,{REASON},"
    "An Editor,2031-06-02\n"
    f"chapters/loaf-vision.md,{BOTH},where its data come from,The notice is disputed.,An Editor,2031-12-02\n"
    f"chapters/baking-agents.md,{MARKED},Resistance teaches a robot to knead,It is an idea.,Another,2031-07-01\n"
    f"chapters/baking-agents.md,{RETRACTED},it may look at the crumb first,It is an idea.,Another,2031-07-01\n"
)


def _know(line: dict[str, Any]) -> Work:
    """Return what the services know of the work that a line of facts is about: what NOTICES has, in their shapes."""
    title = str(line["title"])
    names = {"doi": str(line.get("doi", "")), "arxiv": str(line.get("arxiv_id", ""))}
    notice_doi = "10.99999/notice.{}".format
    if title.startswith("CrumbNet"):
        case = shape("updated-by", "one retraction from two registrants", DOI=notice_doi(4), updated=on(2031, 3, 4))
        return Work(title, **names, updated_by=case)
    if title.startswith("What Does a Crust"):
        case = shape("updated-by", "a correction without a label", DOI=notice_doi(2), updated=on(2031, 3, 2))
        return Work(title, **names, updated_by=case, is_retracted=True)
    if title.startswith("Oven Control"):
        retracted = shape("updated-by", "a retraction with all fields", DOI=notice_doi(5), updated=on(2031, 3, 5))
        renewed = shape("updated-by", "a new version", DOI=notice_doi(1), updated=on(2031, 3, 1))
        return Work(title, **names, updated_by=[*renewed, *retracted])
    if title.startswith("RiseCast"):
        case = shape("update-to", "a correction", DOI=names["doi"], updated=on(2031, 3, 7))
        return Work(title, **names, notes=[{"DOI": notice_doi(7), "update-to": case}])
    if title.startswith("Plan the Bake"):
        said = str(NOTICES["Plan the Bake"][0]["says"])
        return Work(
            title, **names, entry=shape("arxiv", "by its authors", comment=said, updated="2031-02-09T09:12:33Z")
        )
    return Work(title, **names)


def fetch_notices(review: Review, kept: str = KEPT) -> list[str]:
    """Ask the services for notices about a toy review, on two days, and return the reports; write what editors keep."""
    path = review.path("book/corpus/facts.jsonl")
    lines: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for number, line in enumerate(lines):
        if line["title"].startswith(("What Does a Crust", "Oven Control", "RiseCast")):
            line["doi"] = f"10.99999/noticed.{number}"
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")
    reports = []
    with serve_notices([_know(line) for line in lines]):
        for today, only in ((WATCHED["openalex"], ["openalex"]), (WATCHED["crossref"], ["crossref", "arxiv"])):
            found = fetch_review(
                Project(review.root), contact=CONTACT, only=only, notices=True, clock=FakeClock(today)
            )  # fmt: skip
            reports += [report.render() for report in found]
    review.path("book/corpus/kept.csv").write_text(kept, "utf-8")
    return reports


def add_notices(review: Review, kept: str = KEPT) -> None:
    """Write the notices to the facts of a toy review, and what editors keep."""
    path = review.path("book/corpus/facts.jsonl")
    lines: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        found = [notices for title, notices in NOTICES.items() if line["title"].startswith(title)]
        line |= {"watched": WATCHED, **({"notices": found[0]} if found else {})}
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), "utf-8")
    review.path("book/corpus/kept.csv").write_text(kept, "utf-8")
