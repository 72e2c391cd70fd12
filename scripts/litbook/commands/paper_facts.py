"""Render everything known about one paper, each value with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from litbook.analyse.prose.claims import quote_of
from litbook.enrich.merge import Enriched
from litbook.enrich.references import find_origins
from litbook.model.faults import CorpusError, Fault, nearest
from litbook.model.queries import find_own_keys
from litbook.model.review import Corpus, Inputs, Paper, Record
from litbook.model.stated import NAME_FIELDS
from litbook.text.repair import repair
from litbook.write.csl import write_iso_date

# A value of a paper: the name of its field, the value, and where it comes from.
_Known = tuple[str, object, str]


def describe_paper_facts(corpus: Corpus, enriched: Enriched, inputs: Inputs, citekey: str) -> dict[str, Any]:
    """Return what `render_paper_facts` prints, as values that JSON can represent: `litbook schema show` names them."""
    paper = _find(enriched, citekey)
    values = [
        {"field": name, "value": value if isinstance(value, int | float) else str(value), "origin": origin}
        for name, value, origin in _gather(corpus, enriched, inputs, paper)
    ]
    return {"citekey": paper.citekey, "title": paper.title.plain, "values": values}


def render_paper_facts(corpus: Corpus, enriched: Enriched, inputs: Inputs, citekey: str) -> str:
    """Return lines of the form "field: value [origin]" for one paper.

    `citekey` can also be the key of the paper in a source. Raise `CorpusError`, suggesting the most similar citekey, if
    no paper has this one.
    """
    paper = _find(enriched, citekey)
    found = _gather(corpus, enriched, inputs, paper)
    lines = (f"  {name}: {value}  [{origin}]" for name, value, origin in found)
    return "\n".join([f"{paper.citekey}: {paper.title.plain}", *lines])


def _find(enriched: Enriched, citekey: str) -> Paper:
    by_key = {paper.citekey: paper for paper in enriched.papers}
    paper = by_key.get(find_own_keys(enriched.papers).get(citekey, citekey))
    if paper is None:
        known = [entry.citekey for entry in enriched.ledger]
        remedy = nearest(citekey, known) or "ledger.jsonl lists all citekeys"
        raise CorpusError([Fault("litbook show", 0, f"unknown citekey '{citekey}'", remedy)])
    return paper


def _gather(corpus: Corpus, enriched: Enriched, inputs: Inputs, paper: Paper) -> Iterator[_Known]:
    yield from _reference_values(paper)
    for record in paper.records:
        yield from _record_values(record)
    yield from _sentence_values(corpus, paper.citekey)
    yield from _facts_values(paper)
    yield from _decision_values(inputs, paper.citekey)
    yield from _suggestion_values(corpus, paper.citekey)
    yield from _stated_values(corpus, inputs, paper.citekey)
    yield from _ledger_values(enriched, paper.citekey)


def _reference_values(paper: Paper) -> Iterator[_Known]:
    """Yield what the exports contain besides the record's own values, each with the record it comes from."""
    known = paper.reference
    origins = find_origins(paper.records, known)
    values = {
        "type": known.type,
        **{
            role: "; ".join(name.display for name in people) for role, people in known.names.items() if role != "author"
        },
        **{name: write_iso_date(date) or date.literal for name, date in known.dates.items()},
        **known.fields,
    }
    for name, value in values.items():
        yield from _known({name: value}, origins.get(name, "joined"))


def _record_values(record: Record) -> Iterator[_Known]:
    origin = f"{record.source}:{record.first_line}"
    values = {
        "title": repair(record.title).plain,
        "authors": "; ".join(record.authors),
        "year": record.year,
        "published": record.published,
        "venue": record.venue,
        "abstract": record.abstract,
    }
    for part in (values, record.links, record.extra):  # not merged: a name can occur in two of them
        yield from _known(part, origin)


def _sentence_values(corpus: Corpus, citekey: str) -> Iterator[_Known]:
    """Yield the sentences of the repaired abstract, numbered as claims refer to them."""
    numbers = range(1, len(corpus.sentences.get(citekey, ())) + 1)
    yield from _known(
        {f"sentence {number}": quote_of(corpus, citekey, number) for number in numbers}, "abstract, repaired"
    )


def _facts_values(paper: Paper) -> Iterator[_Known]:
    facts = paper.facts
    if facts is None:
        return
    values = {
        "title": facts.title,
        "authors": "; ".join(facts.authors),
        "year": facts.year,
        "published": facts.published,
        "venue": facts.venue,
        "venue_year": facts.venue_year,
        **facts.links,
        "confidence": facts.confidence,
        "origins": "; ".join(facts.origins),
        "notes": facts.notes,
        "abstract": facts.abstract,
    }
    yield from _known(values, f"facts.jsonl:{facts.line}")


def _decision_values(inputs: Inputs, citekey: str) -> Iterator[_Known]:
    for decision in inputs.decisions:
        if decision.citekey == citekey:
            values = {
                "theme": decision.theme,
                "also": " ".join(decision.also),
                "kind": decision.kind,
                "status": decision.status,
                "reason": decision.reason,
                "by": decision.by,
                "date": decision.date,
            }
            yield from _known(values, f"decisions.csv:{decision.line}")


def _suggestion_values(corpus: Corpus, citekey: str) -> Iterator[_Known]:
    placement = corpus.placements.get(citekey)
    if placement is not None:
        suggestion = placement.suggestion
        phrases = "; ".join(suggestion.phrases)
        values = {"theme": suggestion.theme, "phrases": phrases, "runner-up": suggestion.runner_up}
        yield from _known(values, "suggested from the words")


def _stated_values(corpus: Corpus, inputs: Inputs, citekey: str) -> Iterator[_Known]:
    stated = corpus.stated.get(citekey)
    if stated is not None:
        lines = [str(item.line) for item in inputs.stated_corrections if item.citekey == citekey]
        origin = "found by rules" + (f", corrected by findings.csv:{','.join(lines)}" if lines else "")
        yield from _known({name: "; ".join(getattr(stated, name)) for name in NAME_FIELDS}, origin)
        for item in stated.findings:
            finding = f"{item.number} {item.measured}".strip()
            yield from _known({"finding": f"{finding} (sentence {item.sentence})"}, origin)


def _ledger_values(enriched: Enriched, citekey: str) -> Iterator[_Known]:
    for entry in enriched.ledger:
        if entry.citekey == citekey:
            values = {"title when first seen": entry.title, "first seen": entry.first_seen}
            yield from _known(values, "ledger.jsonl")


def _known(values: Mapping[str, object], origin: str) -> Iterator[_Known]:
    for name, value in values.items():
        if value not in (None, ""):
            yield name, value, origin
