"""Read `claims.jsonl`: which sentence a claim of the prose was tied to when it was first seen."""

from __future__ import annotations

from litbook.core.project import Project
from litbook.ingest.ledgers.jsonlines import read_json_lines
from litbook.model.faults import Fault
from litbook.model.pages import KeptClaim


def read_kept_claims(project: Project) -> tuple[tuple[KeptClaim, ...], list[Fault]]:
    """Read the sentences that claims were tied to; a missing file is an empty one."""
    faults: list[Fault] = []
    kept: dict[tuple[str, int], KeptClaim] = {}
    name = project.name(project.claims)
    for line, value in read_json_lines(project, project.claims, faults):
        match value:
            case {"citekey": str(citekey), "sentence": int(sentence), "quote": str(quote)}:
                if (citekey, sentence) in kept:
                    faults.append(Fault(name, line, f"'{citekey}:{sentence}' stands twice", "delete the newer line"))
                kept.setdefault((citekey, sentence), KeptClaim(line, citekey, sentence, quote))
            case _:
                faults.append(Fault(name, line, "no citekey, sentence and quote", "restore the line from git"))
    return tuple(kept.values()), faults
