"""Read everything that people and look-ups put into the repository.

`ingest` is the only stage that reads `book/corpus`. Each source format is one module in `formats/`, each hand-kept file
one in `ledgers/`.
"""

from __future__ import annotations

from litbook.core.cache import NO_CACHE, Cache
from litbook.core.project import Project
from litbook.ingest.again import read_again
from litbook.ingest.cells import check_notebooks
from litbook.ingest.contents import check_contents, patterns_of
from litbook.ingest.damage import LONE_MARK, find_conflicts, find_damage
from litbook.ingest.editorial.audit import read_audit
from litbook.ingest.editorial.concepts import read_concepts
from litbook.ingest.editorial.excused import read_excused
from litbook.ingest.editorial.findings import read_findings
from litbook.ingest.editorial.glossary import read_corrections
from litbook.ingest.editorial.grades import read_grades
from litbook.ingest.editorial.highlights import read_highlights
from litbook.ingest.editorial.kept import read_kept
from litbook.ingest.editorial.outside import read_outside
from litbook.ingest.editorial.paths import read_paths
from litbook.ingest.editorial.status import read_status
from litbook.ingest.editorial.tensions import read_tensions
from litbook.ingest.irregular import find_irregular
from litbook.ingest.labels import find_dead_references
from litbook.ingest.ledgers.claims import read_kept_claims
from litbook.ingest.ledgers.decisions import read_decisions
from litbook.ingest.ledgers.extraction import read_extraction
from litbook.ingest.ledgers.facts import read_facts, read_ledger
from litbook.ingest.ledgers.pairs import read_pairs
from litbook.ingest.ledgers.parsed import read_parsed, read_references
from litbook.ingest.ledgers.releases import read_releases
from litbook.ingest.ledgers.screening import read_screening
from litbook.ingest.ledgers.searches import read_searches
from litbook.ingest.ledgers.themes import read_themes
from litbook.ingest.links import find_dead_links
from litbook.ingest.pages import find_pages, gather_citations, read_pages
from litbook.ingest.settings import check_settings
from litbook.ingest.sources import KnownReadings, list_sources, read_sources
from litbook.ingest.syntax import exports_notes
from litbook.model.faults import Fault
from litbook.model.review import Inputs
from litbook.model.screening import Screening

__all__ = ["KnownReadings", "ingest"]


def ingest(project: Project, cache: Cache = NO_CACHE, known: KnownReadings | None = None) -> Inputs:
    """Read all inputs of a review: sources, facts, themes, decisions, ledger, notes and pages, with their faults.

    Sources that `known` has read before are not read again.
    """
    readings, source_faults = read_sources(project, cache, known)
    facts, fact_faults = read_again(read_facts, project.facts, project)
    ledger, ledger_faults = read_again(read_ledger, project.ledger, project)
    parts, theme_faults = read_themes(project)
    slugs = [theme.slug for part in parts for theme in part.themes]
    decisions, decision_faults = read_again(read_decisions, project.decisions, project, slugs)
    pairs, pair_faults = read_pairs(project, [entry.citekey for entry in ledger])
    judgements, judgement_faults = read_screening(project)
    searches, search_faults = read_searches(project, readings, _name_sources(project))
    tensions, tension_faults = read_tensions(project, slugs)
    corrections, correction_faults = read_corrections(project)
    paths, path_faults = read_paths(project)
    highlights, highlight_faults = read_highlights(project)
    concepts, concept_faults = read_concepts(project)
    outside, outside_faults = read_outside(project, cache)
    claims, claim_faults = read_again(read_kept_claims, project.claims, project)
    excused, excused_faults = read_excused(project)
    kept, kept_faults = read_kept(project)
    checks, check_faults = read_again(read_audit, project.audit, project)
    status, scale, status_faults = read_status(project)
    grades, grade_faults = read_grades(project, scale)
    findings, finding_faults = read_findings(project)
    extraction, extraction_faults = read_extraction(project, slugs)
    parsed, parsed_faults = read_parsed(project)
    references, reference_faults = read_references(project)
    releases, release_faults = read_releases(project)
    notes = sorted(path.stem for path in project.notes.glob("*.md")) if project.notes.is_dir() else []
    pages = read_pages(project, cache)
    settings, setting_faults = check_settings(project)
    page_faults = [
        Fault(f"book/{page.file}", flaw.line, flaw.what, flaw.remedy) for page in pages for flaw in page.flaws
    ]
    excluded = {decision.citekey for decision in decisions if decision.status == "exclude"}
    links = find_dead_links(project, pages, {entry.citekey for entry in ledger} - excluded) if ledger else ()
    damage = _find_damage(project)
    return Inputs(
        readings=readings,
        facts=facts,
        parts=parts,
        decisions=decisions,
        ledger=ledger,
        notes=tuple(notes),
        pages=pages,
        citations=gather_citations(pages),
        pairs=pairs,
        tensions=tensions,
        corrections=corrections,
        paths=paths,
        outside=outside,
        kept_claims=claims,
        excused=excused,
        stated_corrections=findings,
        highlights=highlights,
        concepts=concepts,
        kept_sentences=kept,
        checks=checks,
        status=status,
        grades=grades,
        extraction=extraction,
        exports_notes=exports_notes(project),
        parsed=parsed,
        references=references,
        releases=releases,
        screening=Screening(searches, judgements),
        has_ledger=project.ledger.is_file() or not (project.root / "_config.yml").is_file(),
        faults=_without_followers(
            damage,
            (
                *find_irregular(project),
                *(*source_faults, *fact_faults, *ledger_faults, *theme_faults, *decision_faults, *pair_faults),
                *(*claim_faults, *tension_faults, *correction_faults, *path_faults, *excused_faults, *finding_faults),
                *(
                    *highlight_faults,
                    *outside_faults,
                    *setting_faults,
                    *page_faults,
                    *links,
                    *find_dead_references(project, pages),
                    *check_notebooks(project, pages),
                ),
                *(*kept_faults, *concept_faults, *check_faults, *status_faults, *grade_faults),
                *(*extraction_faults, *parsed_faults, *reference_faults, *release_faults),
                *(*judgement_faults, *search_faults),
                *check_contents(project, pages, parts, patterns_of(settings)),
            ),
        ),
    )


def _name_sources(project: Project) -> list[str]:
    return [path.relative_to(project.sources).as_posix() for path in list_sources(project)]


def _find_damage(project: Project) -> list[Fault]:
    """Return the files that were damaged as a whole: those that people keep, and the sources."""
    kept = (path for path in sorted(project.corpus.glob("*.*")) if path.is_file())
    settings = (project.root / "_config.yml", project.root / "_toc.yml")
    return [
        *find_damage(project, [*settings, *kept, *find_pages(project)]),
        *find_conflicts(project, list_sources(project)),
    ]


def _without_followers(damage: list[Fault], faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return all faults, but of a damaged file or line only the damage: the others follow from it."""
    damaged = {fault.file for fault in damage if fault.what != LONE_MARK}
    lines = {(fault.file, fault.line) for fault in damage}
    others = (fault for fault in faults if fault.file not in damaged and (fault.file, fault.line) not in lines)
    return (*damage, *others)
