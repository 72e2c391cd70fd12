"""The straight line: ingest -> enrich -> theme -> analyse -> write -> [Sphinx]."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial

from litbook.analyse.acronyms import make_glossary
from litbook.analyse.evidence import choose_gist, find_evidence, split_sentences
from litbook.analyse.findings import check_corrections, correct_all, find_stated
from litbook.analyse.history.commits import read_history
from litbook.analyse.history.diff import Snapshot, take_snapshot
from litbook.analyse.history.version import read_state
from litbook.analyse.prisma import check_flow, count_flow, find_excluded, find_outliers
from litbook.analyse.prose import check_prose, digest_numbers, find_homes
from litbook.analyse.prose.claims import keep_claims
from litbook.analyse.prose.paths import plan_paths
from litbook.analyse.related import Compared, compare
from litbook.core.cache import Shelf, digest, keep, learn_once, recall
from litbook.core.code import digest_code
from litbook.core.project import Project
from litbook.core.worker import run_apart
from litbook.enrich.merge import Enriched, enrich
from litbook.ingest import ingest
from litbook.ingest.pages import gather_claims
from litbook.model.editorial import Editorial
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.pages import Page
from litbook.model.review import Corpus, Evidence, Inputs, LedgerEntry, Paper, Reading, Related, Suggestion, Unread
from litbook.model.stated import Stated
from litbook.theme.classify import assign_themes, check_decisions, describe, suggest_themes
from litbook.write.generated import Written, write, write_ledger


@dataclass(frozen=True, slots=True)
class Prepared:
    """The review as the build needs it, the files written for it, and what was not understood in its sources.

    `first_seen` maps each citekey in the ledger to the ISO date on which it entered the collection; `pages` are the
    hand-written ones.
    """

    corpus: Corpus
    written: Written
    unread: tuple[Unread, ...]
    new_citekeys: tuple[str, ...]
    first_seen: Mapping[str, str]
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """The papers, readings and source faults, before themes are needed.

    `ledger` holds the entries of all papers, old and new, or None if the file has faults.
    """

    papers: tuple[Paper, ...]
    readings: tuple[Reading, ...]
    faults: tuple[Fault, ...]
    ledger: tuple[LedgerEntry, ...] | None


def gather(project: Project) -> Gathered:
    """Read sources, facts and ledger as far as possible, even if other files have faults."""
    inputs = ingest(project)
    sources = project.name(project.sources)
    enriched = _enrich(inputs)
    faulty = any(fault.file == project.name(project.ledger) for fault in inputs.faults)
    faults = tuple(fault for fault in inputs.faults if fault.file.startswith(sources))
    return Gathered(enriched.papers, inputs.readings, faults, None if faulty else enriched.ledger)


def keep_citekeys(project: Project, gathered: Gathered) -> None:
    """Write the papers' citekeys to the ledger: a citekey is permanent once it has been shown to a user."""
    if gathered.ledger is not None:
        write_ledger(project, gathered.ledger)


def make_corpus(project: Project) -> tuple[Corpus, Enriched, Inputs]:
    """Read the repository and compute the review; raise `CorpusError` with all faults if there are any."""
    inputs = ingest(project)
    enriched = _enrich(inputs)
    faults = [
        *inputs.faults,
        *check_decisions(project.name(project.decisions), inputs.decisions, enriched.papers, enriched.ledger),
        *_check_citations(inputs, enriched),
    ]
    if faults:
        raise CorpusError(faults)
    corpus = _compose(project, inputs, enriched.papers)
    stated, faults = _state(project, inputs, corpus)
    faults += _check_prose(project, corpus, inputs)
    if faults:
        raise CorpusError(faults)
    return replace(corpus, kept_claims=keep_claims(corpus), stated=stated), enriched, inputs


_BY_PAGE = ""  # pages that passed the check are cached one by one, without a digest of all


def _check_prose(project: Project, corpus: Corpus, inputs: Inputs) -> list[Fault]:
    """Check hand-written pages; a page's numbers only if the page, or a paper that it cites, has changed."""
    excused = {row.file.removeprefix("book/") for row in inputs.excused}
    digests = {page.file: digest_numbers(corpus, page) for page in inputs.pages if page.file not in excused}
    path = project.cache / "prose.json"
    before = recall(path, _BY_PAGE, lambda text: dict(json.loads(text)))
    sound = {file for file, name in digests.items() if (before or {}).get(file) == name}
    faults = check_prose(corpus, inputs.pages, inputs.excused, sound)
    if not faults and digests != before:
        keep(path, _BY_PAGE, json.dumps(digests))
    return faults


def find_uncorrected(corpus: Corpus) -> dict[str, Stated]:
    """Return what the rules find in titles and abstracts, without people's corrections."""
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


def _state(project: Project, inputs: Inputs, corpus: Corpus) -> tuple[dict[str, Stated], list[Fault]]:
    """Return what the papers state after people's corrections, and the faults of these corrections."""
    found = dict(corpus.stated)
    excluded = _excluded(inputs)
    corrections = [item for item in inputs.stated_corrections if item.citekey not in excluded]
    if not corrections:
        return found, []
    faults = check_corrections(project.name(project.findings), corrections, _texts(corpus), found)
    return (found, faults) if faults else (found | correct_all(found, corrections), [])


def snapshot(project: Project) -> Snapshot:
    """Read what `analyse.history` compares, tolerating faults: an old version may have some that were fixed since."""
    inputs = ingest(project)
    return take_snapshot(_enrich(inputs).papers, inputs.decisions, inputs.parts)


def prepare(project: Project) -> Prepared:
    """Run the stages before Sphinx: read, compute, and write what pages are built from."""
    corpus, enriched, inputs = make_corpus(project)
    corpus = replace(corpus, history=read_history(project, snapshot))
    written = write(project, corpus, enriched.ledger)
    days = [entry.first_seen for entry in enriched.ledger] + [decision.date for decision in inputs.decisions]
    corpus = replace(corpus, state=read_state(project, corpus, days))
    before = {entry.citekey for entry in inputs.ledger}
    return Prepared(
        corpus=corpus,
        written=written,
        unread=tuple(piece for reading in inputs.readings for piece in reading.unread if not piece.understood),
        new_citekeys=tuple(entry.citekey for entry in enriched.ledger if entry.citekey not in before),
        first_seen={entry.citekey: entry.first_seen for entry in enriched.ledger},
        pages=inputs.pages,
    )


def _enrich(inputs: Inputs) -> Enriched:
    records = [record for reading in inputs.readings for record in reading.records]
    return enrich(records, inputs.facts, inputs.ledger, _today(), inputs.pairs)


def _compose(project: Project, inputs: Inputs, works: tuple[Paper, ...]) -> Corpus:
    excluded = find_excluded(works, inputs.decisions)
    papers = tuple(paper for paper in works if paper.citekey not in _excluded(inputs))
    flow = count_flow(inputs.readings, works, papers, inputs.decisions)
    faults = check_flow(project.name(project.corpus), flow)
    if faults:
        raise CorpusError(faults)
    texts = digest([(paper.citekey, paper.title.plain, paper.abstract.plain) for paper in papers])
    suggestions = _recall_suggestions(project, inputs, papers, texts)
    compared = _recall_compared(project, papers, texts)
    read = _recall_read(project, papers)
    corpus = Corpus(
        papers=papers,
        parts=inputs.parts,
        placements=assign_themes(papers, inputs.decisions, suggestions),
        related=compared.related,
        gists={key: found.gist for key, found in read.items() if found.gist},
        evidence={key: found.evidence for key, found in read.items()},
        citations=inputs.citations,
        sentences={key: found.sentences for key, found in read.items()},
        stated={key: found.stated for key, found in read.items()},
        claims=gather_claims(inputs.pages),
        kept_claims=inputs.kept_claims,
        notes=frozenset(inputs.notes),
        flow=flow,
        excluded=excluded,
        edge=find_outliers(compared.edge, inputs.decisions),
        editorial=Editorial(
            tensions=inputs.tensions,
            acronyms=make_glossary(papers, inputs.corrections),
            corrections=inputs.corrections,
            homes=find_homes(inputs.pages),
        ),
    )
    planned = plan_paths(corpus, inputs.paths, inputs.pages)
    return replace(corpus, editorial=replace(corpus.editorial, paths=planned))


def _check_citations(inputs: Inputs, enriched: Enriched) -> list[Fault]:
    excluded = _excluded(inputs)
    known = {paper.citekey for paper in enriched.papers} - excluded
    dropped = {entry.citekey for entry in enriched.ledger} - known - excluded
    united = {pair.other: pair.one for pair in inputs.pairs if pair.same}
    return [
        Fault(f"book/{place.file}", place.line, *explained)
        for key, places in inputs.citations.items()
        if key not in known
        for explained in [_explain_united(key, united) or _explain_missing(key, known, dropped, excluded)]
        for place in places
    ]


def _explain_united(key: str, united: Mapping[str, str]) -> tuple[str, str] | None:
    if key not in united:
        return None
    return f"'{key}' is cited, but pairs.csv merges it into '{united[key]}'", f"cite '{united[key]}'"


def _excluded(inputs: Inputs) -> set[str]:
    return {decision.citekey for decision in inputs.decisions if decision.status == "exclude"}


def _explain_missing(key: str, known: set[str], dropped: set[str], excluded: set[str]) -> tuple[str, str]:
    if key in excluded:
        return f"'{key}' is cited, but decisions.csv excludes it", "include it or cite another paper"
    if key in dropped:
        return (
            f"'{key}' is cited, but no source contains this paper any more",
            "restore its record or cite another paper",
        )
    return f"unknown citekey '{key}'", nearest(key, known) or "book/corpus/ledger.jsonl lists all citekeys"


# --- Expensive results, cached by their inputs; some are computed in the worker process ---


@dataclass(frozen=True, slots=True)
class _Read:
    """What the rules find in the words of a single paper."""

    gist: Evidence | None
    evidence: tuple[Evidence, ...]
    sentences: tuple[tuple[int, int], ...]
    stated: Stated


def _recall_read(project: Project, papers: Iterable[Paper]) -> dict[str, _Read]:
    shelf: Shelf[_Read] = Shelf(
        project.cache / "papers.pickle", digest_code("litbook.analyse.evidence", "litbook.analyse.findings", __name__)
    )
    texts = {paper.citekey: (paper.title.plain, paper.abstract.plain) for paper in papers}
    read = {key: shelf.get(digest(*text), partial(_read, *text)) for key, text in texts.items()}
    shelf.save()
    return read


def _read(title: str, abstract: str) -> _Read:
    spans = split_sentences(abstract)
    stated = find_stated(title, [abstract[start:end] for start, end in spans])
    return _Read(choose_gist(title, abstract), find_evidence(abstract), spans, stated)


def _recall_suggestions(
    project: Project, inputs: Inputs, papers: tuple[Paper, ...], texts: str
) -> dict[str, Suggestion]:
    decided = sorted((decision.citekey, decision.theme) for decision in inputs.decisions if decision.theme)
    themes = [(theme.slug, describe(theme)) for part in inputs.parts for theme in part.themes]
    path, name = (
        project.cache / "suggestions.json",
        digest(digest_code(suggest_themes.__module__), texts, decided, themes),
    )

    def learn() -> str:
        suggestions = run_apart(suggest_themes, papers, inputs.parts, inputs.decisions)
        return json.dumps({key: asdict(value) for key, value in suggestions.items()})

    return learn_once(path, name, _read_suggestions, learn)


def _recall_compared(project: Project, papers: tuple[Paper, ...], texts: str) -> Compared:
    path, name = project.cache / "compared.json", digest(digest_code(compare.__module__), texts)
    return learn_once(path, name, _read_compared, lambda: json.dumps(asdict(run_apart(compare, papers))))


def _read_suggestions(text: str) -> dict[str, Suggestion]:
    remembered = json.loads(text)
    return {key: Suggestion(**{**value, "phrases": tuple(value["phrases"])}) for key, value in remembered.items()}


def _read_compared(text: str) -> Compared:
    remembered = json.loads(text)
    related = {
        key: tuple(Related(item["citekey"], tuple(item["why"])) for item in items)
        for key, items in remembered["related"].items()
    }
    return Compared(related, tuple((citekey, likeness) for citekey, likeness in remembered["edge"]))


def _today() -> str:
    """Return today's ISO date in UTC, or the one that SOURCE_DATE_EPOCH sets for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date().isoformat()
