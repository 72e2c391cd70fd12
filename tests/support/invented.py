"""Invented works for the tests: no such paper, person, address or identifier exists."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from litbook.analyse.evidence import choose_gist, find_evidence, split_sentences
from litbook.core.project import Project
from litbook.model.pages import Citation
from litbook.model.review import (
    Corpus,
    Facts,
    LedgerEntry,
    Paper,
    Part,
    Placement,
    Record,
    Related,
    Suggestion,
    Text,
    Theme,
)

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "scripts" / "litbook"
CASES = Path(__file__).parents[1] / "cases"
SOUND = CASES / "sound"

CHROME = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"

# Words for random abstracts: enough of them that two abstracts share next to nothing.
WORDS = tuple(
    f"{start}{end}"
    for start in (
        "bran",
        "cot",
        "dol",
        "fen",
        "gar",
        "hul",
        "jor",
        "kel",
        "lam",
        "mor",
        "nad",
        "pel",
        "rud",
        "sil",
        "tor",
    )
    for end in ("ba", "cik", "don", "fer", "gim", "hap", "kel", "lon", "mi", "nur", "pos", "rit", "sal", "tuv", "wex")
)

CRAFTS = Theme(
    slug="paper-folding",
    title="Folding paper",
    scope="Cranes, boats and hats folded from one sheet of paper.",
    belongs=("A sheet of paper is folded.",),
    phrases=("paper crane", "mountain fold"),
)
GARDENS = Theme(
    slug="tide-gardens",
    title="Gardens below the tide",
    scope="Gardens of kelp that the sea floods twice a day.",
    belongs=("Something grows in salt water.",),
    phrases=("kelp bed", "spring tide"),
)
PARTS = (Part("Part I. Paper", (CRAFTS,)), Part("Part II. Water", (GARDENS,)))

FOLDED = "We fold a paper crane with a mountain fold. The crane flies {} metres."
GROWN = "We grow a kelp bed below the spring tide. The kelp reaches {} metres."


def make_record(title: str, abstract: str = "", **known: object) -> Record:
    """Return a record of one invented source."""
    values: dict[str, object] = {"source": "invented.txt", "first_line": 1, "last_line": 2, **known}
    return Record(raw=f"{title}\n{abstract}\n", title=title, abstract=abstract, **values)  # type: ignore[arg-type]


def make_paper(citekey: str, title: str, abstract: str = "", **known: object) -> Paper:
    """Return a paper with one record; title and abstract are not repaired."""
    return Paper(citekey, (make_record(title, abstract),), Text(title), Text(abstract), **known)  # type: ignore[arg-type]


def make_abstract(seed: int, length: int = 90) -> str:
    """Return an abstract of meaningless words; equal seeds give equal abstracts."""
    chance = random.Random(seed)
    words = [chance.choice(WORDS) for _ in range(length)]
    return " ".join(words).capitalize() + "."


def make_placement(theme: str, **known: object) -> Placement:
    """Return a decided placement whose suggestion agrees by default."""
    values: dict[str, object] = {"also": (), "kind": "method", "decided": True, "reason": "it folds", **known}
    suggestion = values.pop("suggestion", Suggestion(theme, ("paper crane",), None, 0.5))
    return Placement(theme=theme, suggestion=suggestion, **values)  # type: ignore[arg-type]


def make_corpus_of(
    papers: Iterable[Paper],
    placements: Mapping[str, Placement] | None = None,
    related: Mapping[str, tuple[Related, ...]] | None = None,
    citations: Mapping[str, tuple[Citation, ...]] | None = None,
    notes: Iterable[str] = (),
) -> Corpus:
    """Return a corpus of papers; those without a placement are in the first theme."""
    ordered = tuple(sorted(papers, key=lambda paper: paper.citekey))
    known = placements or {}
    gists = {paper.citekey: choose_gist(paper.title.plain, paper.abstract.plain) for paper in ordered}
    return Corpus(
        papers=ordered,
        parts=PARTS,
        placements={paper.citekey: known.get(paper.citekey, make_placement(CRAFTS.slug)) for paper in ordered},
        related={paper.citekey: (related or {}).get(paper.citekey, ()) for paper in ordered},
        gists={key: gist for key, gist in gists.items() if gist},
        evidence={paper.citekey: find_evidence(paper.abstract.plain) for paper in ordered},
        citations=citations or {},
        notes=frozenset(notes),
        sentences={paper.citekey: split_sentences(paper.abstract.plain) for paper in ordered},
    )


def make_facts(title: str, **known: object) -> Facts:
    """Return facts about an invented work."""
    return Facts(line=1, title=title, **known)  # type: ignore[arg-type]


def make_entry(citekey: str, title: str, sketch: str = "-", **known: str) -> LedgerEntry:
    """Return an entry of an invented ledger."""
    return LedgerEntry(citekey, title, known.get("arxiv"), known.get("doi"), sketch, "2030-01-01")


def write_page(works: Sequence[tuple[str, str]]) -> str:
    """Return titles and abstracts as the text of a result page copied from a browser."""
    return CHROME + "".join(f"{title}\n{abstract}\n" for title, abstract in works)


def put(root: Path, files: Mapping[str, str | bytes]) -> Project:
    """Write files below a folder, by relative path, and return the folder as a project."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return Project(root)


def json_lines(*values: Mapping[str, object]) -> str:
    """Return JSON Lines: one object per line."""
    return "".join(json.dumps(value) + "\n" for value in values)


def read_tree(folder: Path, keep: Callable[[Path], bool] = Path.is_file) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by relative path; the lock of a review is left out."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and keep(path) and path.name != "lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
