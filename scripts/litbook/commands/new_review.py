"""Make a new review from exports, with drafted themes, chapters and notebooks."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

import yaml

from litbook.analyse.studies.sets import are_enough
from litbook.commands.intake.decisions import describe_labels, find_labels, write_labels
from litbook.commands.intake.files import IDENTIFIERS, Offered, Taken, note_wish, read_offer, take_files
from litbook.commands.intake.joining import describe_joining
from litbook.commands.intake.texts import keep_texts, set_texts_apart
from litbook.commands.publishing.requirement import find_requirement
from litbook.core.atomic import write_bytes, write_text
from litbook.core.names import find_flaw, fold_name, make_portable
from litbook.core.project import Project
from litbook.core.urls import chapter_page
from litbook.ingest import KnownReadings
from litbook.ingest.formats.wishes import NO_WISH, Wish
from litbook.ingest.ledgers.decisions import COLUMNS
from litbook.model.faults import CorpusError, Fault
from litbook.model.queries import find_own_keys
from litbook.model.review import LedgerEntry, Paper, Part, Reading, Theme, Unread
from litbook.pipeline import Gathered, check_inputs, gather, keep_citekeys, today
from litbook.text.escape import escape
from litbook.theme.propose import Draft, draft_themes
from litbook.write.generated import write_ledger

# Files and folders of the skeleton whose names begin with a dot in a review.
_HIDDEN = ("gitignore", "gitattributes", "github")
# Files in which the title is a value of YAML.
_IN_YAML = ("_config.yml", "CITATION.cff")
# The notebooks of a new review and their titles in the table of contents; they work on any collection.
NOTEBOOKS = {
    "papers-by-theme-and-year": "At a glance",
    "map": "Map",
    "words-over-time": "Words over time",
    "methods-models-benchmarks": "Methods, models, benchmarks",
    "coverage": "Coverage",
    "people-and-venues": "People and venues",
    "how-papers-hang-together": "How the papers connect",
}
_READ_FOR_NOTEBOOKS = 300
_PHRASES_SHOWN = 12
_HEAD = """\
# Parts and themes of this review. They were drafted once from {source} and are now yours: rename,
# merge or split them and write their scope. litbook never changes this file again. You confirm themes paper by paper,
# in decisions.csv; the page of a paper without a row there says that its theme is a suggestion.
"""
_DRAFTED = (
    "The themes below were suggested automatically from the words of the papers; no person has confirmed them yet."
)
_GROUPED = "The themes below are the groups into which the papers were sorted before."
_SUGGESTED = "*Suggested automatically; no person has confirmed this theme or written this chapter yet.*"
_UNWRITTEN = "*The papers of this theme were sorted into a group of its name; no person has written this chapter yet.*"


@dataclass(frozen=True, slots=True)
class Started:
    """Counts of a new review, and what was not understood in its sources; remarks are in `unread` too.

    `account` are lines on what became of the records, `refused` the files that were not read, and `remarks` what the
    user should know about the drafted themes.
    """

    read: int
    papers: int
    themes: int
    unread: tuple[Unread, ...]
    account: tuple[str, ...] = ()
    refused: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


def start_review(
    folder: Path, sources: Sequence[Path], title: str, keep_keys: bool = False, wish: Wish = NO_WISH
) -> Started:
    """Make a complete review in `folder`, which must be empty or not exist.

    The review is made in a temporary folder beside it and moved there when complete, so that a failure leaves nothing
    behind. Raise `CorpusError` if a source cannot be read or the folder is not empty.
    """
    _check(folder, sources)
    with making(folder) as made:
        return _make_review(Project(made), take_files(sources), title, keep_keys, wish)


@contextmanager
def making(folder: Path) -> Iterator[Path]:
    """Give a new folder beside `folder`, and move it there when the block has ended well; a failure leaves nothing."""
    folder = folder.resolve()
    near = next(parent for parent in folder.parents if parent.is_dir())
    with tempfile.TemporaryDirectory(dir=near, prefix=f".{folder.name}-") as place:
        yield Path(place) / "made"
        _move(Path(place) / "made", folder)


def _move(made: Path, folder: Path) -> None:
    """Move what was made to its place; an existing empty folder is filled, since it may be the current folder."""
    if folder.exists():
        for item in sorted(made.iterdir()):
            item.rename(folder / item.name)
    else:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)


def _check(folder: Path, sources: Sequence[Path]) -> None:
    faults = [Fault(str(path), 0, "the file does not exist", "check the path") for path in sources if not path.exists()]
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        faults.append(Fault(str(folder), 0, "already exists and is not an empty folder", "choose another one"))
    if faults:
        raise CorpusError(faults)


def _make_review(project: Project, taken: Taken, title: str, keep_keys: bool, wish: Wish) -> Started:
    known = KnownReadings()
    apart = set_texts_apart(taken, partial(read_offer, known, wish))
    named = lay_sources(project, taken, wish)
    gathered = gather(project, known)
    refused = [*taken.refused, *_drop_refused(project, gathered, named)]
    if not any(project.sources.rglob("*.*")) and refused:
        raise CorpusError(refused)
    if gathered.faults:
        gathered = gather(project, known)
    faults = gathered.faults or (() if gathered.papers else explain_no_paper(gathered.readings, refused))
    if faults:
        raise CorpusError(faults)
    if keep_keys:
        write_ledger(project, rename_by_own_keys(gathered))
        gathered = gather(project, known)
    labels = find_labels(gathered.papers)
    excluded = {citekey for citekey, label in labels.items() if not label.included}
    draft = draft_themes([paper for paper in gathered.papers if paper.citekey not in excluded])
    unlabelled = {citekey: groups for citekey, groups in draft.own.items() if citekey not in labels}
    _write_people_files(project, replace(draft, own=unlabelled), title, _choose_notebooks(gathered.papers))
    write_labels(project, labels, today(), draft.own)
    laid = [(offer, _below_sources(project, name)) for name, offer in named.items()]
    texts = keep_texts(project, apart, laid, gathered.papers)
    keep_citekeys(project, gathered)
    check_inputs(project, known)
    unread = tuple(piece for reading in gathered.readings for piece in reading.unread if not piece.understood)
    read = sum(len(reading.records) for reading in gathered.readings)
    account = (*taken.notes, *texts, *describe_joining(gathered.papers, ()), *describe_labels(labels))
    themes = sum(len(part.themes) for part in draft.parts)
    return Started(read, len(gathered.papers), themes, unread, account, tuple(refused), draft.remarks)


def lay_sources(project: Project, taken: Taken, wish: Wish) -> dict[str, Offered]:
    """Write the offered files as sources, and return them by the sources' names in messages."""
    project.sources.mkdir(parents=True)
    named: dict[str, Offered] = {}
    for offer in taken.offers:
        target = unused_path(project.sources, offer.name)
        write_bytes(target, offer.content)
        named[project.name(target)] = offer
    note_wish(project, [_below_sources(project, name) for name, offer in named.items() if not offer.made], wish)
    if taken.identifiers:
        write_text(project.sources / IDENTIFIERS, "".join(f"{one}\n" for one in dict.fromkeys(taken.identifiers)))
    return named


def _below_sources(project: Project, name: str) -> str:
    return name.removeprefix(f"{project.name(project.sources)}/")


def _drop_refused(project: Project, gathered: Gathered, named: Mapping[str, Offered]) -> Iterator[Fault]:
    """Remove the sources that no reader accounts for, and yield the faults under the names that people know."""
    for fault in gathered.faults:
        if fault.file in named:
            (project.root / fault.file).unlink()
            yield replace(fault, file=str(named[fault.file].path))


def rename_by_own_keys(gathered: Gathered) -> tuple[LedgerEntry, ...]:
    """Return the ledger with the keys of the sources as citekeys, where a key is safe and unique.

    A citekey also names a file, and some systems ignore case in names: two citekeys must differ in more than that.
    """
    entries = {entry.citekey: entry for entry in gathered.ledger or ()}
    taken = {fold_name(citekey) for citekey in entries}
    wanted = {
        citekey: key
        for key, citekey in reversed(find_own_keys(gathered.papers).items())
        if key[:1].isalpha() and not find_flaw(key)
    }
    for citekey, key in sorted(wanted.items()):
        if fold_name(key) not in taken:
            taken.add(fold_name(key))
            entries[citekey] = replace(entries[citekey], citekey=key)
    return tuple(sorted(entries.values(), key=lambda entry: entry.citekey))


def explain_no_paper(readings: Iterable[Reading], refused: Sequence[Fault]) -> Sequence[Fault]:
    pieces = [piece for reading in readings for piece in reading.unread if not piece.understood]
    faults = [*refused, *(Fault(piece.source, piece.first_line, piece.reason) for piece in pieces)]
    return faults or [Fault("litbook new", 0, "no papers in these sources", "check that the exports are complete")]


def unused_path(folder: Path, name: str) -> Path:
    """Return a path below a folder, made from a name with forward slashes, that no file has on any system.

    Names take a form that every system can hold; the first number is added that no file in the folder has. Leading dots
    are removed: sources whose names start with a dot are not read. Missing folders are created.
    """
    *above, name = map(make_portable, name.split("/"))
    folder = folder.joinpath(*above)
    folder.mkdir(parents=True, exist_ok=True)
    taken = {fold_name(path.name) for path in folder.iterdir()}
    candidate = name
    number = 2
    while fold_name(candidate) in taken:
        candidate = f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return folder / candidate


def _choose_notebooks(papers: Sequence[Paper]) -> Mapping[str, str]:
    """Return the notebooks that have something to draw: one on models and benchmarks only where abstracts name some.

    What abstracts name is read of some hundred papers, evenly spread; the build reads the others.
    """
    # The patterns take a tenth of a second to compile, which only this command needs to spend.
    from litbook.analyse.findings.introduced import names_others  # noqa: PLC0415

    spread = papers[:: 1 + len(papers) // _READ_FOR_NOTEBOOKS]
    naming = (names_others(paper.title.plain, paper.abstract.plain) for paper in spread)
    left_out = () if are_enough(naming, len(spread)) else ("methods-models-benchmarks",)
    return {name: title for name, title in NOTEBOOKS.items() if name not in left_out}


def _write_people_files(project: Project, draft: Draft, title: str, notebooks: Mapping[str, str]) -> None:
    skeleton = files("litbook.commands") / "skeleton"
    unused = {f"book/analysis/{name}.md" for name in NOTEBOOKS.keys() - notebooks.keys()}
    requirement = find_requirement()
    for path, text in _walk(skeleton):
        if path != "chapter.md" and path not in unused:
            target = f".{path}" if path.partition("/")[0] in _HIDDEN else path
            drafted = _GROUPED if draft.grouped else _DRAFTED
            named = {
                "title": _yaml(title) if path in _IN_YAML else title,
                "requirement": requirement,
                "drafted": drafted,
            }
            # Workflows have dollar signs of their own.
            filled = text if path.startswith("github/") else Template(text).safe_substitute(named)
            write_text(project.root / target, filled)
    chapter = Template((skeleton / "chapter.md").read_text("utf-8"))
    for theme in (theme for part in draft.parts for theme in part.themes):
        # In code spans, so that the number check does not take a number among the words for a statement.
        words = ", ".join(f"`{phrase.replace('`', '')}`" for phrase in theme.phrases[:_PHRASES_SHOWN])
        shared = "" if draft.grouped or not words else f"Suggested from words that its papers share: {words}.\n\n"
        origin = _UNWRITTEN if draft.grouped else _SUGGESTED
        text = chapter.safe_substitute(title=escape(theme.title), origin=origin, shared=shared, slug=theme.slug)
        write_text(project.book / "chapters" / f"{theme.slug}.md", text)
    write_text(
        project.themes,
        _HEAD.format(source="the papers' groups" if draft.grouped else "the words of the papers")
        + yaml.safe_dump(_describe(draft.parts), allow_unicode=True, sort_keys=False, width=110),
    )
    write_text(project.decisions, _render_decisions(draft))
    write_text(project.facts, "")
    write_text(project.root / "_toc.yml", _render_toc(draft.parts, notebooks))
    project.notes.mkdir()


def _render_decisions(draft: Draft) -> str:
    """Return the table of decisions: one row for each paper that its author has put into a group."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for citekey, (first, *others) in sorted(draft.own.items()):
        known = {
            "citekey": citekey,
            "theme": first,
            "also": " ".join(others[:2]),
            "reason": "in this group of the export",
        }
        table.writerow([known.get(column, "") for column in COLUMNS])
    return out.getvalue()


def _yaml(value: str) -> str:
    return yaml.safe_dump(value, allow_unicode=True, width=10_000, default_style='"').strip()


def _walk(folder: Traversable, below: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        path = f"{below}{item.name}"
        if item.is_dir():
            found += _walk(item, f"{path}/") if item.name != "__pycache__" else []
        else:
            found.append((path, item.read_text("utf-8")))
    return found


def _describe(parts: Sequence[Part]) -> list[dict[str, object]]:
    return [{"title": part.title, "themes": [_describe_theme(theme) for theme in part.themes]} for part in parts]


def _describe_theme(theme: Theme) -> dict[str, object]:
    return {"slug": theme.slug, "title": theme.title, "scope": theme.scope, "phrases": list(theme.phrases)}


def _render_toc(parts: Sequence[Part], notebooks: Mapping[str, str]) -> str:
    groups: list[dict[str, object]] = [
        {"caption": part.title, "chapters": [{"file": chapter_page(theme.slug)} for theme in part.themes]}
        for part in parts
    ]
    across = [{"file": "book/glossary", "title": "Acronyms"}]
    groups.append({"caption": "Across the chapters", "chapters": across})
    analysis = [{"file": f"book/analysis/{name}", "title": title} for name, title in notebooks.items()]
    groups.append({"caption": "Analysis", "chapters": analysis})
    about = [
        {"file": "book/about/method", "title": "Method and limits"},
        {"file": "book/about/papers", "title": "Data and exports"},
        {"file": "book/about/flow", "title": "From search to papers"},
        {"file": "book/about/changes", "title": "What changed"},
        {"file": "book/about/references", "title": "References"},
        {"file": "book/about/editing", "title": "Edit this review"},
    ]
    groups.append({"caption": "About this review", "chapters": about})
    toc = {"format": "jb-book", "root": "book/index", "parts": groups}
    return yaml.safe_dump(toc, allow_unicode=True, sort_keys=False, width=110)
