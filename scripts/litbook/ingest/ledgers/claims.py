"""Read `claims.jsonl`: the sentence that each claim was tied to when it was first seen."""

from __future__ import annotations

from litbook.core.project import Project
from litbook.ingest.ledgers.jsonlines import read_json_lines
from litbook.model.faults import Fault
from litbook.model.pages import KeptClaim


def read_kept_claims(project: Project) -> tuple[tuple[KeptClaim, ...], list[Fault]]:
    """Read the recorded sentences of claims; a missing file counts as empty."""
    faults: list[Fault] = []
    kept: dict[tuple[str, int], KeptClaim] = {}
    name = project.name(project.claims)
    for line, value in read_json_lines(project, project.claims, faults):
        match value:
            case {"citekey": str(citekey), "sentence": int(sentence), "quote": str(quote)}:
                before = kept.get((citekey, sentence))
                if before and before.quote != quote:  # two people's rows of one sentence are one
                    faults.append(Fault(name, line, f"duplicate claim '{citekey}:{sentence}'", "delete the newer line"))
                kept.setdefault((citekey, sentence), KeptClaim(line, citekey, sentence, quote))
            case _:
                faults.append(
                    Fault(name, line, "not a claim with citekey, sentence and quote", "restore the line from git")
                )
    return tuple(kept.values()), faults
