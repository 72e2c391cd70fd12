"""What a person does at the desk: each act is a row of a plain file, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from litbook.core.project import Project
from litbook.desk.collection import Collection, load_collection
from litbook.desk.queues import View, view_conflicts, view_place, view_read, view_same, view_screen
from litbook.desk.ranking import Ranking
from litbook.desk.rows import Act, put_row, undo
from litbook.ingest.ledgers import decisions, pairs, screening
from litbook.model.screening import ABSTRACT, EXCLUDE, FULL_TEXT, JUDGEMENTS, MAYBE, NOT_RETRIEVED, RETRIEVAL, STAGES
from litbook.pipeline import today

_FINAL = {*JUDGEMENTS} - {MAYBE}


class RefusedActError(RuntimeError):
    """An act that cannot be done, with the reason."""


@dataclass(frozen=True, slots=True)
class _Written:
    act: Act
    columns: Sequence[str]


class Desk:
    """The desk of one person: shows the queues, writes their rows, and takes them back."""

    def __init__(self, project: Project, by: str, screeners: int = 1) -> None:
        """Take the review, the person's name as rows have it, and how many people screen each paper."""
        self.project = project
        self.by = by
        self.screeners = screeners
        self._collection: Collection | None = None
        self._ranking: Ranking | None = None
        self._loaded = -1
        self._done: list[tuple[_Written, ...]] = []

    def load(self, serial: int) -> None:
        """Read the review, if a build has ended since; raise `CorpusError` if it has faults."""
        if self._collection is None or serial != self._loaded:
            before = self._collection
            self._collection, self._loaded = load_collection(self.project), serial
            if before is None or before.papers != self._collection.papers:
                self._ranking = Ranking(self._collection.ranker)

    @property
    def collection(self) -> Collection:
        """The review as it was loaded."""
        assert self._collection is not None
        return self._collection

    def view(self, queue: str) -> View:
        """Return a queue, with what the page needs besides; raise `RefusedActError` for an unknown one."""
        assert self._ranking is not None
        views = {
            "place": lambda: view_place(self.collection),
            "screen": lambda: view_screen(self.collection, self._ranking, self.by, self.screeners),
            "read": lambda: view_read(self.collection, self.by),
            "conflicts": lambda: view_conflicts(self.collection),
            "same": lambda: view_same(self.collection),
        }
        if queue not in views:
            raise RefusedActError(f"unknown queue '{queue}'")
        themes = [
            {"slug": theme.slug, "title": theme.title, "part": part.title, "scope": theme.scope}
            for part in self.collection.parts
            for theme in part.themes
        ]
        return {**views[queue](), "by": self.by, "undo": len(self._done), "themes": themes}

    def act(self, queue: str, asked: Mapping[str, Any]) -> list[Act]:
        """Write the row of one act, and return what changed; raise `RefusedActError` if it cannot be done."""
        acts = {
            "place": self._place,
            "screen": self._screen,
            "read": self._read,
            "conflicts": self._settle,
            "same": self._compare,
        }
        if queue not in acts:
            raise RefusedActError(f"unknown queue '{queue}'")
        written = tuple(acts[queue]({name: str(value) for name, value in asked.items()}))
        self._done.append(written)
        return [item.act for item in written]

    def undo(self) -> list[Act]:
        """Take back the last act; raise `ChangedSinceError` if its rows were changed since.

        An act that the disk does not let go can be taken back later.
        """
        if not self._done:
            raise RefusedActError("there is nothing to take back")
        written = self._done.pop()
        try:
            for item in reversed(written):
                undo(item.act, item.columns)
        except OSError:
            self._done.append(written)
            raise
        return [item.act for item in written]

    def _place(self, asked: Mapping[str, str]) -> list[_Written]:
        citekey, theme = self._find(asked, "citekey"), asked.get("theme", "")
        if theme not in {theme.slug for part in self.collection.parts for theme in part.themes}:
            raise RefusedActError(f"unknown theme '{theme}'")
        return [self._decide(citekey, {"theme": theme, "reason": asked.get("reason", "")})]

    def _screen(self, asked: Mapping[str, str]) -> list[_Written]:
        if asked.get("judgement") == NOT_RETRIEVED:
            raise RefusedActError("only a full text can be impossible to retrieve")
        return self._judge(asked, ABSTRACT)

    def _read(self, asked: Mapping[str, str]) -> list[_Written]:
        return self._judge(asked, FULL_TEXT)

    def _judge(self, asked: Mapping[str, str], stage: str) -> list[_Written]:
        """Write a judgement, and the decision if enough screeners agree on it."""
        citekey, word = self._find(asked, "citekey"), asked.get("judgement", "")
        if word not in JUDGEMENTS:
            raise RefusedActError(f"unknown judgement '{word}'")
        key = {"citekey": citekey, "by": self.by, screening.STAGE: "" if stage == ABSTRACT else stage}
        values = {"judgement": word, "reason": asked.get("reason", ""), "date": today()}
        act = put_row(self.project.screening, screening.COLUMNS, key, values, in_order=False)
        written = [_Written(act, screening.COLUMNS)]
        every = self.collection.judgements()
        judged = {item.by: item for item in every if (item.citekey, item.stage) == (citekey, stage)}
        words = {item.judgement for item in judged.values()}
        if len(judged) >= self.screeners and len(words) == 1 and words <= _FINAL:
            reasons = "; ".join(dict.fromkeys(item.reason for item in judged.values() if item.reason))
            made = {**_end(word, stage), "reason": reasons, "by": "; ".join(judged)}
            written.append(self._decide(citekey, made))
        return written

    def _settle(self, asked: Mapping[str, str]) -> list[_Written]:
        citekey, word, stage = self._find(asked, "citekey"), asked.get("judgement", ""), asked.get("stage", ABSTRACT)
        if word not in _FINAL or stage not in STAGES or (word == NOT_RETRIEVED and stage == ABSTRACT):
            raise RefusedActError(f"a conflict ends with {' or '.join(decisions.STATUSES)}, not with '{word}'")
        return [self._decide(citekey, {**_end(word, stage), "reason": asked.get("reason", "")})]

    def _compare(self, asked: Mapping[str, str]) -> list[_Written]:
        one, other, same = self._find(asked, "one"), self._find(asked, "other"), asked.get("same", "")
        if same not in ("yes", "no"):
            raise RefusedActError(f"two records are the same work, yes or no, not '{same}'")
        if frozenset((one, other)) not in {frozenset((doubt.one, doubt.other)) for doubt in self.collection.doubts}:
            raise RefusedActError(f"{one} and {other} are not in doubt")
        key, values = {"one": one, "other": other}, {"same": same, "by": self.by, "date": today()}
        act = put_row(self.project.pairs, pairs.COLUMNS, key, {**values, "reason": asked.get("reason", "")})
        return [_Written(act, pairs.COLUMNS)]

    def _find(self, asked: Mapping[str, str], name: str) -> str:
        citekey = asked.get(name, "")
        if citekey not in self.collection.by_key:
            raise RefusedActError(f"unknown citekey '{citekey}'")
        return citekey

    def _decide(self, citekey: str, values: Mapping[str, str]) -> _Written:
        """Write a row of `decisions.csv`; a status that is there stays unless another is given."""
        known = self.collection.decisions().get(citekey)
        filled = {"status": known.status if known else "include", "by": self.by, "date": today(), **values}
        if known and not values.get("reason"):
            filled.pop("reason", None)
        act = put_row(self.project.decisions, decisions.COLUMNS, {"citekey": citekey}, filled)
        return _Written(act, decisions.COLUMNS)


def _end(word: str, stage: str) -> dict[str, str]:
    """Return the status and the stage of a decision that ends a stage with a judgement."""
    if word == NOT_RETRIEVED:
        return {"status": EXCLUDE, decisions.STAGE: RETRIEVAL}
    return {"status": word, decisions.STAGE: "" if stage == ABSTRACT else stage}
