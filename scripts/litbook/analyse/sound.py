"""Go on past faults in files that little depends on, so that one list holds as many faults as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from litbook.analyse.screeners import place_decisions
from litbook.core.project import Project
from litbook.model.faults import Fault
from litbook.model.review import Decision, Inputs


def would_mislead_checks(project: Project, faults: Sequence[Fault]) -> bool:
    """Return whether faults are in files from which others are checked, so that more of them would follow."""
    firm = {project.name(path) for path in (project.decisions, project.claims, project.excused, project.findings)}
    firm |= {project.name(path) for path in (project.screening, project.searches, project.extraction)}
    return any(fault.file.startswith(project.name(project.corpus)) and fault.file not in firm for fault in faults)


def keep_sound(project: Project, inputs: Inputs, faults: Sequence[Fault]) -> Inputs:
    """Return the inputs with decisions at their stages and without what is wrong in them, so that all is checked."""
    lines = {fault.line for fault in faults if fault.file == project.name(project.decisions)}
    if not lines:
        return replace(inputs, decisions=place_decisions(inputs.decisions, inputs.screening.judgements))
    slugs = {theme.slug for part in inputs.parts for theme in part.themes}
    known = {entry.citekey for entry in inputs.ledger}
    sound: dict[str, Decision] = {}
    for decision in inputs.decisions:
        if decision.line not in lines:
            sound.setdefault(decision.citekey, decision)
        elif decision.citekey in known:
            theme = decision.theme if decision.theme in slugs else None
            also = tuple(slug for slug in decision.also if slug in slugs and slug != theme)
            sound.setdefault(decision.citekey, replace(decision, theme=theme, also=also))
    return replace(inputs, decisions=place_decisions(sound.values(), inputs.screening.judgements))
