"""The straight line: ingest -> enrich -> theme -> write -> [Sphinx] -> index."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import litbook.related
import litbook.terms
import litbook.theme
from litbook.acronyms import make_glossary
from litbook.apart import run_apart
from litbook.changes import Snapshot, take_snapshot
from litbook.editorial import Editorial
from litbook.enrich import Enriched, enrich
from litbook.errors import CorpusError, Fault, nearest
from litbook.evidence import choose_gist, find_evidence, split_sentences
from litbook.files import write_text
from litbook.findings import check_corrections, correct_all, find_stated
from litbook.flow import check_flow, count_flow, find_excluded, find_outliers
from litbook.history import read_history
from litbook.ingest import ingest
from litbook.ingest.pages import gather_claims
from litbook.model import Corpus, Inputs, LedgerEntry, Paper, Reading, Related, Suggestion, Unread
from litbook.project import Project
from litbook.prose import check_prose, digest_numbers, find_homes
from litbook.prose.claims import keep_claims
from litbook.prose.paths import plan_paths
from litbook.related import Compared, compare
from litbook.stated import Stated
from litbook.theme import assign_themes, check_decisions, describe, suggest_themes
from litbook.write import Written, write, write_ledger
from litbook.written import Page


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold the review as it goes into the build, what was written for it, and what the sources' readers passed over.

    `first_seen` tells for each citekey of the ledger on which day it came into the collection, as an ISO date; `pages`
    are those that people wrote.
    """

    corpus: Corpus
    written: Written
    unread: tuple[Unread, ...]
    new_citekeys: tuple[str, ...]
    first_seen: Mapping[str, str]
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Hold what the sources give before themes are asked for: papers, readings, and the sources' own faults.

    `ledger` holds the entries of all papers, old and new, or nothing where the file has faults.
    """

    papers: tuple[Paper, ...]
    readings: tuple[Reading, ...]
    faults: tuple[Fault, ...]
    ledger: tuple[LedgerEntry, ...] | None


def gather(project: Project) -> Gathered:
    """Read the sources, with facts and ledger, as far as they can be read; the other files may have faults."""
    inputs = ingest(project)
    sources = project.name(project.sources)
    enriched = _enrich(inputs)
    faulty = any(fault.file == project.name(project.ledger) for fault in inputs.faults)
    faults = tuple(fault for fault in inputs.faults if fault.file.startswith(sources))
    return Gathered(enriched.papers, inputs.readings, faults, None if faulty else enriched.ledger)


def keep_citekeys(project: Project, gathered: Gathered) -> None:
    """Write the citekeys of the papers into the ledger: once told to a person, they are for ever."""
    if gathered.ledger is not None:
        write_ledger(project, gathered.ledger)


def make_corpus(project: Project) -> tuple[Corpus, Enriched, Inputs]:
    """Read the repository and make the review of it; raise `CorpusError` with all faults if there is one."""
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


def _check_prose(project: Project, corpus: Corpus, inputs: Inputs) -> list[Fault]:
    """Check what people wrote; the numbers of a page only if it, or a paper that it cites, is not what it was."""
    excused = {row.file.removeprefix("book/") for row in inputs.excused}
    digests = {page.file: digest_numbers(corpus, page) for page in inputs.pages if page.file not in excused}
    before = _recall(project, "prose", "")
    sound = {file for file, digest in digests.items() if isinstance(before, dict) and before.get(file) == digest}
    faults = check_prose(corpus, inputs.pages, inputs.excused, sound)
    if not faults and len(sound) < len(digests):
        _remember(project, "prose", "", digests)
    return faults


def find_uncorrected(corpus: Corpus) -> dict[str, Stated]:
    """Return what the rules find in titles and abstracts, before people correct it."""
    return {key: find_stated(title, sentences) for key, (title, sentences) in _texts(corpus).items()}


def _texts(corpus: Corpus) -> dict[str, tuple[str, list[str]]]:
    """Return the title and the sentences of the abstract of each paper."""
    return {
        paper.citekey: (
            paper.title.plain,
            [paper.abstract.plain[start:end] for start, end in corpus.sentences[paper.citekey]],
        )
        for paper in corpus.papers
    }


def _state(project: Project, inputs: Inputs, corpus: Corpus) -> tuple[dict[str, Stated], list[Fault]]:
    """Return what the papers state, as people corrected it, and what is wrong with the corrections."""
    found = find_uncorrected(corpus)
    excluded = _excluded(inputs)
    corrections = [item for item in inputs.stated_corrections if item.citekey not in excluded]
    if not corrections:
        return found, []
    faults = check_corrections(project.name(project.findings), corrections, _texts(corpus), found)
    return (found, faults) if faults else (found | correct_all(found, corrections), [])


def snapshot(project: Project) -> Snapshot:
    """Read what `changes` compares, as far as it can be read: an old state may have faults that were mended since."""
    inputs = ingest(project)
    return take_snapshot(_enrich(inputs).papers, inputs.decisions, inputs.parts)


def prepare(project: Project) -> Prepared:
    """Run the line up to Sphinx: read, make, and write what the pages are built from."""
    corpus, enriched, inputs = make_corpus(project)
    corpus = replace(corpus, history=read_history(project, snapshot))
    written = write(project, corpus, enriched.ledger)
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
    texts = _digest([(paper.citekey, paper.title.plain, paper.abstract.plain) for paper in papers])
    suggestions = _recall_suggestions(project, inputs, papers, texts)
    compared = _recall_compared(project, papers, texts)
    gists = {paper.citekey: choose_gist(paper.title.plain, paper.abstract.plain) for paper in papers}
    corpus = Corpus(
        papers=papers,
        parts=inputs.parts,
        placements=assign_themes(papers, inputs.decisions, suggestions),
        related=compared.related,
        gists={key: gist for key, gist in gists.items() if gist},
        evidence={paper.citekey: find_evidence(paper.abstract.plain) for paper in papers},
        citations=inputs.citations,
        sentences={paper.citekey: split_sentences(paper.abstract.plain) for paper in papers},
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
    return f"'{key}' is cited, but pairs.csv says that it is '{united[key]}'", f"cite '{united[key]}'"


def _excluded(inputs: Inputs) -> set[str]:
    return {decision.citekey for decision in inputs.decisions if decision.status == "exclude"}


def _explain_missing(key: str, known: set[str], dropped: set[str], excluded: set[str]) -> tuple[str, str]:
    if key in excluded:
        return f"'{key}' is cited, but decisions.csv excludes it", "include it or cite another"
    if key in dropped:
        return f"'{key}' is cited, but no source holds this paper any more", "put its record back or cite another"
    return f"no paper '{key}' to cite", nearest(key, known) or "the keys are in book/corpus/ledger.jsonl"


# --- What takes long is learnt once for the same input, in the helper process, and remembered in the cache folder ---


def _recall_suggestions(
    project: Project, inputs: Inputs, papers: tuple[Paper, ...], texts: str
) -> dict[str, Suggestion]:
    decided = sorted((decision.citekey, decision.theme) for decision in inputs.decisions if decision.theme)
    themes = [(theme.slug, describe(theme)) for part in inputs.parts for theme in part.themes]
    digest = _digest(texts, decided, themes)
    remembered = _recall(project, "suggestions", digest)
    if isinstance(remembered, dict):
        return _read_suggestions(remembered)
    suggestions = run_apart(suggest_themes, papers, inputs.parts, inputs.decisions)
    _remember(project, "suggestions", digest, {key: asdict(value) for key, value in suggestions.items()})
    return suggestions


def _recall_compared(project: Project, papers: tuple[Paper, ...], texts: str) -> Compared:
    digest = _digest(texts)
    remembered = _recall(project, "compared", digest)
    if isinstance(remembered, dict):
        return Compared(_read_related(remembered["related"]), _read_edge(remembered["edge"]))
    compared = run_apart(compare, papers)
    _remember(project, "compared", digest, asdict(compared))
    return compared


def _read_suggestions(remembered: Any) -> dict[str, Suggestion]:
    return {key: Suggestion(**{**value, "phrases": tuple(value["phrases"])}) for key, value in remembered.items()}


def _read_related(remembered: Any) -> dict[str, tuple[Related, ...]]:
    return {
        key: tuple(Related(item["citekey"], tuple(item["why"])) for item in items) for key, items in remembered.items()
    }


def _read_edge(remembered: Any) -> tuple[tuple[str, float], ...]:
    return tuple((citekey, likeness) for citekey, likeness in remembered)


def _digest(*values: object) -> str:
    content = json.dumps([_digest_code(), *values], ensure_ascii=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()


@cache
def _digest_code() -> str:
    """Return a digest of the modules whose results are remembered: other code may give other results."""
    modules = (litbook.terms, litbook.theme, litbook.related)
    return hashlib.sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in modules)).hexdigest()


def _recall(project: Project, name: str, digest: str) -> object:
    path = project.cache / f"{name}.json"
    if not path.is_file():
        return None
    try:
        remembered = json.loads(path.read_text("utf-8"))
    except ValueError:  # A cache that was cut short is made again.
        return None
    return remembered["value"] if isinstance(remembered, dict) and remembered.get("digest") == digest else None


def _remember(project: Project, name: str, digest: str, value: object) -> None:
    write_text(project.cache / f"{name}.json", json.dumps({"digest": digest, "value": value}))


def _today() -> str:
    """Return today's date, or the one that SOURCE_DATE_EPOCH sets for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date().isoformat()
