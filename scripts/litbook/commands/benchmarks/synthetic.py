"""Make reviews of any size for the benchmark, and the same papers as an ordinary Jupyter Book.

Nothing made here is true: the texts are sentences of real papers in a new order, under invented names. Such reviews
belong in temporary folders and nowhere else.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from litbook.analyse.evidence import split_sentences
from litbook.core.project import Project
from litbook.core.urls import chapter_page, paper_page
from litbook.enrich.merge import enrich
from litbook.ingest import ingest
from litbook.ingest.ledgers.decisions import COLUMNS
from litbook.model.review import Corpus, Paper
from litbook.pipeline import make_corpus
from litbook.text.citekey import normalise_title

SOURCE = "synthetic.txt"
_DAY = "2026-01-01"
_CHROME = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
_LONGEST_TITLE = 160
_JOINTS = ("and", "for", "with", "beyond", "through", "without")
_CITE = re.compile(r"(?P<role>\{(?:cite(?::\w+)?|claim)\})`(?P<keys>[^`]*)`")
_PATH = re.compile(r"^:::\{reading-path\}.*?\n:::\n?", re.MULTILINE | re.DOTALL)
_LIST = re.compile(r"^:::\{papers\}.*\n:::$", re.MULTILINE)
_EDITORIAL = ("claims.jsonl", "concepts.csv", "excused.csv", "extraction.csv", "extraction.yml", "findings.csv",
              "glossary.csv", "highlights.yml", "paths.yml", "searches.yml", "tensions.yml")  # fmt: skip
_COUNT = re.compile(r"\{count\}`[^`]*`")
_MARK = re.compile(r"\{(?:claim|litbook-used|litbook-from|acronym|measured|minutes)\}`[^`]*`")
_OURS = (
    "acronyms|audit|by-question|changes|concepts|coverage|duplicates|edge|evidence-table|excluded|flow|highlights|landmarks"
    "|measured|measured-figures|papers|reading-path|search-box|rests-on|search-figures|senses|sources|tensions|themes|timeline|undecided"
)
_DIRECTIVE = re.compile(rf"^:::\{{(?:{_OURS})\}}.*?\n:::\n?", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Invented:
    """An invented paper, and the citekey of the real one whose decision it copies."""

    title: str
    abstract: str
    facts: Mapping[str, object]
    donor: str


# --- The review ---


def make_review(project: Project, papers: int, folder: Path) -> Project:
    """Copy a review to `folder` with exactly `papers` papers; equal arguments give equal files.

    Fewer papers than the review has: the first ones by citekey. More: invented papers are added as one more source. The
    same number: nothing is changed.
    """
    corpus, _, _ = make_corpus(project)
    review = _copy_review(project, folder)
    if papers < len(corpus.papers):
        _keep_first(review, corpus, papers)
    elif papers > len(corpus.papers):
        _add(review, corpus, papers - len(corpus.papers))
    return review


def _copy_review(project: Project, folder: Path) -> Project:
    """Copy hand-written files and the package, but nothing that is generated."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copyfile(project.root / name, folder / name)
    generated = {str(project.papers), str(project.data)}
    shutil.copytree(project.book, folder / "book", ignore=_leave_out(generated))
    shutil.copytree(project.root / "scripts", folder / "scripts", ignore=_leave_out(set()))
    return Project(folder)


def _leave_out(paths: set[str]) -> Callable[[str, list[str]], list[str]]:
    return lambda folder, names: [
        name for name in names if name in ("__pycache__", ".ipynb_checkpoints") or str(Path(folder) / name) in paths
    ]


def _keep_first(review: Project, corpus: Corpus, papers: int) -> None:
    kept = corpus.papers[:papers]
    shutil.rmtree(review.sources)
    texts = [(paper.records[0].title, paper.records[0].abstract) for paper in kept]
    _write(review.sources / SOURCE, _render_source(texts))
    for name in _EDITORIAL:  # they are about papers that have been removed
        (review.corpus / name).unlink(missing_ok=True)
    keys = {paper.citekey for paper in kept}
    for path in sorted(review.book.rglob("*.md")):
        text = path.read_text("utf-8")
        cut = _cut_page(_PATH.sub("", text), keys)
        if cut != text:
            _write(path, cut)


def _cut_page(text: str, keys: set[str]) -> str:
    """Return a page that cites removed papers as its title, one sentence that cites the others, and its lists."""
    cited = [key for match in _CITE.finditer(text) for key in _split_keys(match["keys"])]
    if keys.issuperset(cited):
        return text
    kept = sorted(keys.intersection(cited))
    sentence = (
        f"Of these papers this page speaks {{cite}}`{','.join(kept)}`." if kept else "This page speaks of no paper."
    )
    return "\n\n".join([text.splitlines()[0], sentence, *_LIST.findall(text)]) + "\n"


def _split_keys(keys: str) -> list[str]:
    return [re.sub(r"\{[^{}]*\}|:\d+", "", key).strip() for key in keys.split(",")]


def _render_source(texts: Iterable[tuple[str, str]]) -> str:
    """Return a Hugging Face Papers page as copied from a browser."""
    return _CHROME + "".join(f"{title}\n{abstract}\n" for title, abstract in texts)


def _add(review: Project, corpus: Corpus, number: int) -> None:
    invented = list(invent(corpus, number))
    _write(review.sources / SOURCE, _render_source((paper.title, paper.abstract) for paper in invented))
    lines = [json.dumps(paper.facts, ensure_ascii=False) for paper in invented]
    known = review.facts.read_text("utf-8") if review.facts.is_file() else ""
    _write(review.facts, "\n".join([*known.splitlines(), *lines]) + "\n")
    _copy_decisions(review, {normalise_title(paper.title): paper.donor for paper in invented})


def _copy_decisions(review: Project, donors: Mapping[str, str]) -> None:
    """Give each invented paper the decision about its donor."""
    inputs = ingest(review)
    records = [record for reading in inputs.readings for record in reading.records]
    papers = enrich(records, inputs.facts, inputs.ledger, _DAY).papers
    decided = {decision.citekey: decision for decision in inputs.decisions}
    with review.decisions.open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        for paper in papers:
            decision = decided.get(donors.get(normalise_title(paper.records[0].title), ""))
            if decision:
                values = {name: getattr(decision, name) or "" for name in COLUMNS}
                rows.writerow({**values, "citekey": paper.citekey, "also": " ".join(decision.also)}.values())


# --- Invented papers ---


def invent(corpus: Corpus, number: int) -> Iterator[Invented]:
    """Yield invented papers, each made of words from papers of one theme; no two have the same title."""
    pools: dict[str, list[Paper]] = defaultdict(list)
    for paper in corpus.papers:
        pools[corpus.placements[paper.citekey].theme].append(paper)
    taken = {normalise_title(paper.title.plain) for paper in corpus.papers}
    for count in range(number):
        chance = random.Random(f"litbook {count}")
        donor = corpus.papers[count % len(corpus.papers)]
        pool = pools[corpus.placements[donor.citekey].theme]
        title = _invent_title(chance, pool, taken)
        taken.add(normalise_title(title))
        abstract = _invent_abstract(chance, donor, pool)
        yield Invented(title, abstract, _invent_facts(chance, count, title, pool), donor.citekey)


def _invent_title(chance: random.Random, pool: Sequence[Paper], taken: set[str]) -> str:
    """Combine beginnings and ends of titles; after 20 attempts, a number makes the title unique."""
    for attempt in range(1, 1_000_000):
        heads = [chance.choice(pool).title.plain.split(": ")[0].rstrip("?") for _ in range(2)]
        tail = chance.choice(pool).title.plain.split(": ")[-1]
        title = f"{heads[0]} {chance.choice(_JOINTS)} {heads[1]}: {tail}"
        if len(title) > _LONGEST_TITLE:
            title = f"{heads[0]}: {tail}"[:_LONGEST_TITLE].rpartition(" ")[0].rstrip(" :,;")
        if attempt > 20:
            title = f"{title} ({attempt})"
        if normalise_title(title) not in taken:
            return title
    raise AssertionError("no new title after a million attempts")


def _invent_abstract(chance: random.Random, donor: Paper, pool: Sequence[Paper]) -> str:
    """Take as many sentences as the donor has, each from the same place in some abstract of the theme."""
    wanted = max(4, len(split_sentences(donor.abstract.plain)))
    sentences: dict[str, None] = {}
    for place in range(wanted):
        text = chance.choice(pool).abstract.plain
        spans = split_sentences(text)
        if spans:
            start, end = spans[place * len(spans) // wanted]
            sentences.setdefault(text[start:end])
    return " ".join(sentences)


def _invent_facts(chance: random.Random, count: int, title: str, pool: Sequence[Paper]) -> dict[str, object]:
    dated = chance.choice(pool)
    year = dated.year or 2024
    names = [author for paper in chance.choices(pool, k=4) for author in paper.authors]
    facts = {
        "title": title,
        "authors": [_invent_name(chance, names) for _ in range(min(len(names), chance.randint(1, 7)))],
        "year": year,
        "published": f"{year}-{chance.randint(1, 12):02d}",
        "arxiv_id": f"{year % 100:02d}13.{count:05d}",  # month 13: no real identifier has it
        "venue": dated.venue,
        "venue_year": dated.venue_year,
        "confidence": "invented",
        "sources": ["made by litbook bench"],
    }
    return {name: value for name, value in facts.items() if value}


def _invent_name(chance: random.Random, names: Sequence[str]) -> str:
    return f"{chance.choice(names).split(' ')[0]} {chance.choice(names).split(' ')[-1]}"


# --- The same papers as a Jupyter Book without litbook ---


def make_plain_book(review_folder: Path, folder: Path, lean: bool) -> None:
    """Make the book that one would write without litbook, with stock theme and search.

    Every paper is in the table of contents or, if the book is to be `lean`, marked as an orphan. The pages are those
    that litbook generated, so `book/papers` and `book/data` of the review must exist.
    """
    review = Project(review_folder)
    shutil.copytree(review.book, folder / "book", ignore=_leave_out({str(review.corpus), str(review.notes)}))
    for path in sorted((folder / "book").rglob("*.md")):
        _write(path, _make_plain(path.read_text("utf-8")))
    if lean:
        for path in (folder / "book" / "papers").glob("*.md"):
            _write(path, f"---\norphan: true\n---\n\n{path.read_text('utf-8')}")
    _write(folder / "_config.yml", _render_config(review, lean))
    _write(folder / "_toc.yml", (review.root / "_toc.yml").read_text("utf-8") if lean else _render_toc(review))


def _make_plain(text: str) -> str:
    """Remove the directives and roles that only litbook understands."""
    return _COUNT.sub("some", _MARK.sub("", _DIRECTIVE.sub("", text)))


def _render_config(review: Project, lean: bool) -> str:
    ours = yaml.safe_load((review.root / "_config.yml").read_text("utf-8"))
    config = {
        "title": ours["title"],
        "author": ours["author"],
        "only_build_toc_files": not lean,
        "execute": ours.get("execute", {}),
        "parse": ours.get("parse", {}),
        "bibtex_bibfiles": ["book/data/references.bib"],
    }
    return yaml.safe_dump(config, sort_keys=False, allow_unicode=True)


def _render_toc(review: Project) -> str:
    """Return the review's table of contents with paper pages below the chapters of their themes."""
    toc = yaml.safe_load((review.root / "_toc.yml").read_text("utf-8"))
    sections: dict[str, list[dict[str, str]]] = defaultdict(list)
    for paper in json.loads((review.data / "papers.json").read_text("utf-8")):
        sections[chapter_page(paper["theme"])].append({"file": paper_page(paper["citekey"])})
    for chapter in (chapter for part in toc["parts"] for chapter in part["chapters"]):
        if sections[chapter["file"]]:
            chapter["sections"] = sections[chapter["file"]]
    return yaml.safe_dump(toc, sort_keys=False, allow_unicode=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
