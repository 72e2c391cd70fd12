"""The directives and roles with which authors draw lists and numbers from the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litbook.site.authoring import (
    acronyms,
    beside,
    by_question,
    concepts,
    counts,
    coverage,
    evidence_table,
    landmarks,
    mathml,
    measurements,
    papers,
    reading_paths,
    rests_on,
    senses,
    tensions,
    what_changed,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Add the directives and roles."""
    app.add_config_value("litbook_editors", False, "env", bool)  # whether pages show what is meant for editors
    app.add_directive("papers", papers.Papers)
    app.add_directive("coverage", coverage.CoverageGauge)
    app.add_directive("evidence-table", evidence_table.EvidenceTable)
    app.add_directive("by-question", by_question.ByQuestion)
    app.add_directive("landmarks", landmarks.Landmarks)
    app.add_node(evidence_table.Evidence, html=(evidence_table.visit_evidence, None))
    app.add_node(evidence_table.OwnEvidence, html=(evidence_table.visit_own, None))
    app.add_post_transform(evidence_table.ExpandEvidence)
    app.add_directive("themes", papers.Themes)
    app.add_directive("acronyms", acronyms.Acronyms)
    app.add_directive("concepts", concepts.Concepts)
    app.add_transform(beside.DrawBeside)
    app.add_transform(concepts.LinkConcepts)
    app.add_directive("reading-path", reading_paths.Path)
    app.add_directive("rests-on", rests_on.RestsOn)
    app.add_directive("senses", senses.Senses)
    app.add_directive("tensions", tensions.Tensions)
    app.add_directive("measured", measurements.MeasuredTable)
    app.add_directive("measured-figures", measurements.MeasuredFigures)
    app.add_directive("changes", what_changed.WhatChanged)
    app.add_role("tension", tensions.TensionRole())
    app.add_role("count", counts.Count())
    app.add_role("measured", measurements.MeasuredValue())
    app.add_role("acronym", acronyms.AcronymRole())
    app.add_role("minutes", coverage.ReadingTime())
    mathml.add_mathematics(app)
