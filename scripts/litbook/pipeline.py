"""The straight line: ingest -> enrich -> theme -> analyse -> write -> [Sphinx]."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain

from litbook.analyse.abstract import Abstract, read_abstract
from litbook.analyse.acronyms import Definition, make_glossary
from litbook.analyse.citations import check_citations, find_excluded_keys
from litbook.analyse.citing import find_citations
from litbook.analyse.compared import Compared
from litbook.analyse.extraction import extract
from litbook.analyse.findings.correct import check_corrections, correct_all
from litbook.analyse.history.commits import read_history
from litbook.analyse.history.diff import Snapshot, take_snapshot
from litbook.analyse.history.measured import check_measured, read_measured
from litbook.analyse.history.permanent import find_lost, find_moved
from litbook.analyse.history.version import read_state
from litbook.analyse.linked import choose_related, put_citing_first
from litbook.analyse.living.grounds import check_grades
from litbook.analyse.living.statements import find_cited, make_statements, sum_up_samples
from litbook.analyse.living.void import check_void
from litbook.analyse.looked_up import check_facts
from litbook.analyse.prisma import check_flow, count_flow, find_excluded, find_outliers
from litbook.analyse.prose import check_prose, digest_numbers, find_homes
from litbook.analyse.prose.claims import keep_claims
from litbook.analyse.prose.concepts import explain
from litbook.analyse.prose.mentions import find_mentions, gather_mentions
from litbook.analyse.prose.paths import plan_paths
from litbook.analyse.screeners import check_judgements
from litbook.analyse.sound import keep_sound, would_mislead_checks
from litbook.analyse.studies.sets import choose_sets
from litbook.core.cache import NO_CACHE, Cache, keep, recall
from litbook.core.identity import once_per_object
from litbook.core.project import Project
from litbook.enrich.merge import Enriched, enrich, find_united
from litbook.ingest import KnownReadings, ingest
from litbook.ingest.damage import list_damaged
from litbook.ingest.pages import gather_claims, gather_text_claims
from litbook.model.editorial import Editorial
from litbook.model.faults import CorpusError, Fault
from litbook.model.fulltext import Parsed
from litbook.model.measured import Measured
from litbook.model.pages import Page
from litbook.model.reference import without_notes
from litbook.model.review import (
    Corpus,
    Decision,
    Inputs,
    LedgerEntry,
    Paper,
    Part,
    Reading,
    Suggestion,
    Text,
    Unread,
)
from litbook.model.stated import Stated
from litbook.theme.classify import assign_themes, check_decisions
from litbook.write.generated import Written, write, write_ledger


@dataclass(frozen=True, slots=True)
class Prepared:
    """The review as the build needs it, the files written for it, and what was not understood in its sources.

    `first_seen` maps each citekey in the ledger to the ISO date on which it entered the collection; `pages` are the
    hand-written ones; `measured` are the committed figures of litbook's commands by name; `inputs` are what was read.
    `write_later` writes the files, if that was left to the caller.
    """

    corpus: Corpus
    written: Written
    unread: tuple[Unread, ...]
    new_citekeys: tuple[str, ...]
    first_seen: Mapping[str, str]
    pages: tuple[Page, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)
    inputs: Inputs | None = None
    write_later: Callable[[], Written] | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The papers, readings and source faults, before themes are needed.

    `ledger` holds the entries of all papers, old and new, or None if the file has faults.
    """

    papers: tuple[Paper, ...]
    readings: tuple[Reading, ...]
    faults: tuple[Fault, ...]
    ledger: tuple[LedgerEntry, ...] | None


def gather(project: Project, known: KnownReadings | None = None) -> Gathered:
    """Read sources, facts and ledger as far as possible, even if other files have faults."""
    inputs = ingest(project, known=known)
    sources = project.name(project.sources)
    enriched = _enrich(inputs, NO_CACHE)
    faulty = any(fault.file == project.name(project.ledger) for fault in inputs.faults)
    faults = tuple(fault for fault in inputs.faults if fault.file.startswith(sources))
    return Gathered(enriched.papers, inputs.readings, faults, None if faulty else enriched.ledger)


def keep_citekeys(project: Project, gathered: Gathered) -> None:
    """Write the papers' citekeys to the ledger: a citekey is permanent once it has been shown to a user."""
    if gathered.ledger is not None:
        write_ledger(project, gathered.ledger)


def check_inputs(project: Project, known: KnownReadings | None = None) -> None:
    """Raise `CorpusError` with the faults that would stop a build before anything is computed from the papers."""
    inputs = ingest(project, known=known)
    _stop_at(*inputs.faults)


def make_corpus(
    project: Project, known: KnownReadings | None = None, *, may_rest_on_void: bool = False
) -> tuple[Corpus, Enriched, Inputs]:
    """Read the repository and compute the review; raise `CorpusError` with all faults if there are any.

    A sentence that rests on a retracted paper is a fault, except with `may_rest_on_void`.
    """
    cache = Cache(project.cache)
    inputs = ingest(project, cache, known)
    enriched = _enrich(inputs, cache)
    faults = [*inputs.faults, *find_lost(project, inputs), *find_moved(project, inputs)]
    faults += _check_rows(project, inputs, enriched)
    if would_mislead_checks(project, faults):
        raise CorpusError(faults)
    inputs = keep_sound(project, inputs, faults)
    excluded = find_excluded_keys(inputs.decisions)
    papers = tuple(_publish(paper, inputs) for paper in enriched.papers if paper.citekey not in excluded)
    flow = count_flow(inputs.readings, enriched.papers, papers, inputs.decisions, inputs.screening)
    flow = replace(flow, united=find_united(inputs.pairs, papers))
    if not faults:
        _stop_at(*check_flow(project.name(project.corpus), flow))
    texts = tuple(map(_keep_texts, papers))
    decided = tuple(Decision(0, decision.citekey, decision.theme) for decision in inputs.decisions if decision.theme)
    suggestions = cache.once(_suggest_themes, texts, inputs.parts, decided)
    compared = cache.once(_compare, texts)
    read = cache.each(read_abstract, ((paper.title.plain, paper.abstract.plain) for paper in papers))
    found = {paper.citekey: abstract for paper, abstract in zip(papers, read, strict=True)}
    placements = assign_themes(papers, inputs.decisions, suggestions)
    themes = [theme for part in inputs.parts for theme in part.themes]
    parsed, references = _follow_pairs(inputs.parsed, inputs), _follow_pairs(inputs.references, inputs)
    citing = cache.once(find_citations, _identify(papers), (*parsed, *references))
    near = put_citing_first(compared.related, citing)
    corpus = Corpus(
        papers=papers,
        parts=inputs.parts,
        placements=placements,
        related=choose_related(near, placements, inputs.tensions, inputs.pages, themes),
        gists={key: abstract.gist for key, abstract in found.items() if abstract.gist},
        evidence={key: abstract.evidence for key, abstract in found.items()},
        citations=inputs.citations,
        sentences={key: abstract.sentences for key, abstract in found.items()},
        stated={key: abstract.stated for key, abstract in found.items()},
        claims=gather_claims(inputs.pages),
        mentions=gather_mentions(chain.from_iterable(cache.each(find_mentions, ((page,) for page in inputs.pages)))),
        kept_claims=inputs.kept_claims,
        kept_sentences=inputs.kept_sentences,
        text_claims=gather_text_claims(inputs.pages),
        parsed={item.citekey: item for item in parsed if item.citekey in found},
        citing=citing,
        notes=frozenset(inputs.notes),
        flow=flow,
        excluded=find_excluded(enriched.papers, inputs.decisions),
        edge=find_outliers(compared.edge, inputs.decisions),
        editorial=_edit(inputs, papers, found),
    )
    planned = plan_paths(corpus, inputs.paths, inputs.pages)
    corpus = replace(corpus, editorial=replace(corpus.editorial, paths=planned))
    stated, wrong = _correct(project, inputs, corpus, excluded)
    extraction, unheld = extract(project, corpus, inputs.extraction, cache)
    _stop_at(
        *faults,
        *wrong,
        *unheld,
        *_check_prose(project, corpus, inputs, is_sound=not faults),
        *(() if may_rest_on_void else check_void(corpus, inputs.pages, inputs.kept_sentences)),
    )
    statements = make_statements(corpus, cache.each(find_cited, ((page,) for page in inputs.pages)))
    audits = cache.once(sum_up_samples, inputs.checks, tuple(statement.id for statement in statements))
    cache.save()
    corpus = replace(
        corpus,
        statements=statements,
        checks=inputs.checks,
        audits=audits,
        status=inputs.status,
        grades=inputs.grades,
        extraction=extraction,
        sets=choose_sets(stated.values()),
    )
    _stop_at(*check_grades(corpus))
    return replace(corpus, kept_claims=keep_claims(corpus), stated=stated), enriched, inputs


def _check_rows(project: Project, inputs: Inputs, enriched: Enriched) -> list[Fault]:
    """Return rows and citations that belong to no paper; those of a file that is damaged say nothing."""
    damaged = {fault.file for fault in inputs.faults}
    found = [
        *check_decisions(project.name(project.decisions), inputs.decisions, enriched.papers, enriched.ledger),
        *check_judgements(
            project.name(project.screening), inputs.screening.judgements, enriched.papers, enriched.ledger
        ),
        *check_citations(inputs.citations, enriched.papers, enriched.ledger, inputs.pairs, inputs.decisions),
    ]
    if not any(file.startswith(project.name(project.sources)) for file in damaged):
        found += check_facts(project.name(project.facts), inputs.facts, enriched.papers, enriched.ledger)
    whole = list_damaged(inputs.faults)
    return [fault for fault in found if fault.file not in whole]


def _publish(paper: Paper, inputs: Inputs) -> Paper:
    """Return a paper as the site shows it: what a library's owner noted stays at home unless the settings say so."""
    known = paper.reference if inputs.exports_notes else without_notes(paper.reference)
    return paper if known is paper.reference else replace(paper, reference=known)


def _stop_at(*faults: Fault) -> None:
    if faults:
        raise CorpusError(faults)


def _enrich(inputs: Inputs, cache: Cache) -> Enriched:
    records = tuple(record for reading in inputs.readings for record in reading.records)
    # The day is not part of the key, and the next build reads the ledger that this one writes: it finds all it needs.
    enriched = cache.once(enrich, records, inputs.facts, inputs.ledger, "", inputs.pairs)
    known = {entry.citekey for entry in inputs.ledger}
    if known.issuperset(entry.citekey for entry in enriched.ledger):
        return enriched
    day = today()
    ledger = tuple(entry if entry.citekey in known else replace(entry, first_seen=day) for entry in enriched.ledger)
    enriched = replace(enriched, ledger=ledger)
    cache.store(enriched, enrich, records, inputs.facts, ledger, "", inputs.pairs)
    return enriched


def _follow_pairs(kept: Sequence[Parsed], inputs: Inputs) -> tuple[Parsed, ...]:
    """Return what is kept of texts under the citekeys that papers have after people's decisions about pairs."""
    united = {pair.other: pair.one for pair in inputs.pairs if pair.same}
    return tuple(replace(item, citekey=united.get(item.citekey, item.citekey)) for item in kept)


@once_per_object(most=1 << 14)
def _keep_texts(paper: Paper) -> Paper:
    return Paper(paper.citekey, (), paper.title, paper.abstract)


def _identify(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return papers with what identifies them in lists of references, and nothing else."""
    return tuple(
        Paper(paper.citekey, (), paper.title, Text(""), paper.authors[:1], paper.year, links=paper.links)
        for paper in papers
    )


def _suggest_themes(
    papers: Sequence[Paper], parts: Sequence[Part], decisions: Sequence[Decision]
) -> dict[str, Suggestion]:
    from litbook.theme.suggest import suggest_themes  # noqa: PLC0415 - loads numpy only if something is stale

    return suggest_themes(papers, parts, decisions)


def _compare(papers: Sequence[Paper]) -> Compared:
    from litbook.analyse.related import compare  # noqa: PLC0415

    return compare(papers)


def _edit(inputs: Inputs, papers: Sequence[Paper], found: Mapping[str, Abstract]) -> Editorial:
    defined = (Definition(*pair, key) for key, abstract in found.items() for pair in abstract.acronyms)
    return Editorial(
        tensions=inputs.tensions,
        acronyms=make_glossary(papers, inputs.corrections, defined),
        corrections=inputs.corrections,
        homes=find_homes(inputs.pages),
        highlights=inputs.highlights,
        concepts=explain(inputs.concepts, inputs.pages, papers),
        outside=inputs.outside,
    )


_BY_PAGE = ""  # pages that passed the check are cached one by one, without a digest of all


def _check_prose(project: Project, corpus: Corpus, inputs: Inputs, *, is_sound: bool) -> list[Fault]:
    """Check hand-written pages; a page's numbers only if the page, or a paper that it cites, has changed.

    `is_sound` says that there is no other fault: a run that stops writes nothing.
    """
    excused = {row.file.removeprefix("book/") for row in inputs.excused}
    digests = {page.file: digest_numbers(corpus, page) for page in inputs.pages if page.file not in excused}
    path = project.cache / "prose.json"
    before = recall(path, _BY_PAGE, lambda text: dict(json.loads(text)))
    sound = {file for file, name in digests.items() if (before or {}).get(file) == name}
    faults = check_prose(corpus, inputs.pages, inputs.excused, sound)
    if is_sound and not faults and digests != before:
        keep(path, _BY_PAGE, json.dumps(digests))
    return [*faults, *check_measured(project, inputs.pages)]


def find_uncorrected(corpus: Corpus) -> dict[str, Stated]:
    """Return what the rules find in titles and abstracts, without people's corrections."""
    from litbook.analyse.findings.stated import find_stated  # noqa: PLC0415 - compiles many patterns; only commands ask

    return {key: find_stated(title, sentences) for key, (title, sentences) in _texts(corpus).items()}


def _texts(corpus: Corpus) -> dict[str, tuple[str, list[str]]]:
    """Return the title and the abstract's sentences of each paper."""
    return {
        paper.citekey: (
            paper.title.plain,
            [paper.abstract.plain[start:end] for start, end in corpus.sentences[paper.citekey]],
        )
        for paper in corpus.papers
    }


def _correct(
    project: Project, inputs: Inputs, corpus: Corpus, excluded: set[str]
) -> tuple[dict[str, Stated], list[Fault]]:
    """Return what the papers state after people's corrections, and the faults of these corrections."""
    found = dict(corpus.stated)
    corrections = [item for item in inputs.stated_corrections if item.citekey not in excluded]
    if not corrections:
        return found, []
    faults = check_corrections(project.name(project.findings), corrections, _texts(corpus), found)
    return (found, faults) if faults else (found | correct_all(found, corrections), [])


def snapshot(project: Project, known: KnownReadings | None = None) -> Snapshot:
    """Read what `analyse.history` compares, tolerating faults: an old version may have some that were fixed since."""
    inputs = ingest(project, known=known)
    return take_snapshot(_enrich(inputs, NO_CACHE).papers, inputs.decisions, inputs.parts)


def prepare(project: Project, known: KnownReadings | None = None, *, may_wait: bool = False) -> Prepared:
    """Run the stages before Sphinx: read, compute, and write what pages are built from.

    With `may_wait`, files that can be made again are left to `write_later`, unless the ledger or the claims grow.
    """
    known = known or KnownReadings()
    corpus, enriched, inputs = make_corpus(project, known)
    # Sources change seldom: those of earlier commits were mostly read for this build.
    history = read_history(project, partial(snapshot, known=known))
    corpus = replace(corpus, history=replace(history, releases=inputs.releases))
    registered = set(enriched.ledger) <= set(inputs.ledger)
    claimed = not set(corpus.kept_claims) <= set(inputs.kept_claims)
    write_all = partial(write, project, corpus, enriched.ledger, registered=registered, claimed=claimed)
    waits = may_wait and registered and not claimed
    written = Written((), (), 0) if waits else write_all()
    days = [entry.first_seen for entry in enriched.ledger] + [decision.date for decision in inputs.decisions]
    corpus = replace(corpus, state=read_state(project, corpus, days, inputs.pages))
    before = {entry.citekey for entry in inputs.ledger}
    return Prepared(
        corpus=corpus,
        written=written,
        unread=tuple(piece for reading in inputs.readings for piece in reading.unread if not piece.understood),
        new_citekeys=tuple(entry.citekey for entry in enriched.ledger if entry.citekey not in before),
        first_seen={entry.citekey: entry.first_seen for entry in enriched.ledger},
        pages=inputs.pages,
        measured=read_measured(project),
        inputs=inputs,
        write_later=write_all if waits else None,
    )


def today() -> str:
    """Return today's ISO date in UTC, or the one that SOURCE_DATE_EPOCH sets for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date().isoformat()
