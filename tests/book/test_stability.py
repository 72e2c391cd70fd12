"""A citekey once given never changes and never names another work, whatever re-ingests bring."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from invented import WORDS, make_abstract, make_facts, make_record

from litbook.enrich.merge import Enriched, enrich
from litbook.model.review import Facts, LedgerEntry, Record
from litbook.write.generated import _render_ledger

NAMES = ("Ada Invented", "Bo Made", "Cy Nobody")
SUBTITLES = (": A Survey", " with Patience", ": What the Sea Left of Forty Folded Hats")


@dataclass
class Work:
    """Know one invented work: its record as the sources give it now, or nothing where it was dropped."""

    number: int
    record: Record
    original: Record = field(init=False)
    present: bool = True
    facts: Facts | None = None

    def __post_init__(self) -> None:
        self.original = self.record


class ReIngests(RuleBasedStateMachine):
    """Change the sources between re-ingests, and watch which citekey stands for which work."""

    works = Bundle("works")

    @initialize()
    def begin(self) -> None:
        self.all: list[Work] = []
        self.ledger: tuple[LedgerEntry, ...] = ()
        self.names: dict[int, str] = {}
        self.seed = 0

    def _add(self, title: str) -> Work:
        number = len(self.all)
        work = Work(
            number, make_record(title, make_abstract(number), first_line=2 * number + 1, extra={"n": str(number)})
        )
        self.all.append(work)
        return work

    @rule(target=works, words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
    def add_a_work(self, words: list[str]) -> Work:
        return self._add(f"{' '.join(words).title()} {len(self.all)}")

    @rule(target=works, work=works)
    def add_a_twin_with_the_same_title(self, work: Work) -> Work:
        return self._add(work.record.title) if work.present else work

    @rule(work=works)
    def drop(self, work: Work) -> None:
        work.present = False

    @rule(work=works)
    def put_back(self, work: Work) -> None:
        work.present = True

    @rule(
        work=works, how=st.sampled_from([str.upper, str.lower, str.title]), mark=st.sampled_from([".", "!", " –", ""])
    )
    def retouch_capitals_and_punctuation(self, work: Work, how: object, mark: str) -> None:
        title = how(work.record.title) + mark  # type: ignore[operator]
        work.record = replace(work.record, title=title)

    @rule(work=works, subtitle=st.sampled_from(SUBTITLES))
    def add_a_subtitle(self, work: Work, subtitle: str) -> None:
        work.record = replace(work.record, title=work.original.title + subtitle)

    @rule(work=works, places=st.lists(st.integers(0, 89), max_size=3), word=st.sampled_from(WORDS))
    def retouch_the_abstract(self, work: Work, places: list[int], word: str) -> None:
        words = work.original.abstract.split()
        for place in places:
            words[place] = word
        work.record = replace(work.record, abstract=" ".join(words))

    @rule(work=works)
    def learn_the_arxiv_identifier(self, work: Work) -> None:
        work.record = replace(work.record, links={"arxiv": f"3102.{work.number:05}"})

    @rule(work=works, author=st.sampled_from(NAMES), year=st.integers(2029, 2031))
    def look_up_facts(self, work: Work, author: str, year: int) -> None:
        links = {"arxiv": f"3102.{work.number:05}"}
        work.facts = make_facts(work.original.title, authors=(author,), year=year, links=links)

    @rule(seed=st.integers(0, 2**16))
    def read_in_another_order(self, seed: int) -> None:
        self.seed = seed

    def _enrich(self) -> Enriched:
        records = [work.record for work in self.all if work.present]
        facts = [work.facts for work in self.all if work.facts]
        chance = random.Random(self.seed)
        chance.shuffle(records)
        entries = list(self.ledger)
        chance.shuffle(entries)
        return enrich(records, facts, entries, "2031-05-01")

    @invariant()
    def every_citekey_keeps_its_work(self) -> None:
        enriched = self._enrich()
        for paper in enriched.papers:
            (record,) = paper.records
            number = int(record.extra["n"])
            assert self.names.setdefault(number, paper.citekey) == paper.citekey
        assert len(enriched.papers) == sum(work.present for work in self.all)
        assert len(set(self.names.values())) == len(self.names)
        assert {entry.citekey: entry for entry in self.ledger}.items() <= {
            e.citekey: e for e in enriched.ledger
        }.items()
        assert {entry.citekey for entry in enriched.ledger} == set(self.names.values())
        self.ledger = enriched.ledger


ReIngests.TestCase.settings = settings(max_examples=60, stateful_step_count=25)
TestReIngests = pytest.mark.slow(ReIngests.TestCase)


def test_the_ledger_comes_back_from_its_file_as_it_was() -> None:
    enriched = enrich([make_record("Fold “it”", make_abstract(1))], [], [], "2031-05-01")
    (line,) = _render_ledger(enriched.ledger).splitlines()
    known = json.loads(line)
    assert (
        LedgerEntry(known["citekey"], known["title"], None, None, known["sketch"], known["first_seen"])
        in enriched.ledger
    )
