"""Write the decisions that exports carry into `decisions.csv`, where people have not decided yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from litbook.commands.shared import count
from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.ingest.formats.labels import Label, join_labels
from litbook.ingest.ledgers.decisions import COLUMNS
from litbook.model.review import Paper


def find_labels(papers: Sequence[Paper], decided: Collection[str] = ()) -> dict[str, Label]:
    """Return the decisions that the records of papers carry, by citekey, without those that a person has made.

    If every paper were excluded, the labels mean something else, and none is returned.
    """
    found = {paper.citekey: label for paper in papers if (label := join_labels(paper.records))}
    if found and len(found) == len(papers) and not any(label.included for label in found.values()):
        return {}
    return {citekey: label for citekey, label in found.items() if citekey not in decided}


def write_labels(
    project: Project, labels: Mapping[str, Label], day: str, groups: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> None:
    """Append a row for each decision, with the themes that `groups` gives the paper; rows that are there stay."""
    if not labels:
        return
    content = project.decisions.read_text("utf-8") if project.decisions.is_file() else ""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerows([] if content else [COLUMNS])
    for citekey, label in sorted(labels.items()):
        status = "include" if label.included else "exclude"
        theme, *others = (label.included and groups.get(citekey)) or ("",)
        table.writerow([citekey, theme, " ".join(others[:2]), "", status, label.reason, label.by, day])
    end = "" if content.endswith("\n") or not content else "\n"
    write_text(project.decisions, f"{content}{end}{lines.getvalue()}")


def describe_labels(labels: Mapping[str, Label]) -> Iterator[str]:
    """Yield a line on the decisions that were taken over."""
    if labels:
        included = sum(label.included for label in labels.values())
        yield (
            f"{count(len(labels), 'paper')} screened by the labels of the export: {included} included, "
            f"{len(labels) - included} excluded; see book/corpus/decisions.csv."
        )
