"""Open tasks of a review; none of them stops a build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from litbook.analyse.living.due import describe_status, find_stale_watch
from litbook.analyse.prose.claims import find_retouched
from litbook.analyse.prose.outside import find_unnamed
from litbook.core.project import Project
from litbook.enrich.near_duplicates import find_doubts, find_shared
from litbook.ingest.fulltext.choice import is_parsed_paper
from litbook.model.extraction import AGREED
from litbook.model.faults import Fault
from litbook.model.review import LINKS, Corpus, Inputs, Paper
from litbook.model.screening import DATABASES
from litbook.pipeline import today
from litbook.text.nouns import count_noun

# File and wording of tasks; their lines may move.
Known = frozenset[tuple[str, str]]

_FIELDS: dict[str, Callable[[Paper], object]] = {
    "title": lambda paper: paper.title.plain,
    "abstract": lambda paper: paper.abstract.plain,
    "authors": lambda paper: paper.authors,
    "year": lambda paper: paper.year,
    "published": lambda paper: paper.published,
    "venue": lambda paper: paper.venue,
}
# A task that more papers than these share is listed once: the few others would be lost among its lines.
_MOST_LISTED = 20
_FOLDED_DECISIONS = (
    "book/corpus/decisions.csv",
    "theme not decided",
    "confirm or change the suggestions, one row for each paper",
)
_FOLDED_CITATIONS = ("book/chapters", "not cited in any chapter", "cite them where they belong")
_FOLDED_VALUES = (
    "book/corpus/extraction.csv",
    "columns without a value",
    "extract them, or write 'not reported'",
)
_MOST_NAMED = 8


def _make_link_reader(name: str) -> Callable[[Paper], object]:
    return lambda paper: paper.links.get(name)


def find_todos(
    project: Project, corpus: Corpus, inputs: Inputs, every: bool = False, before: Known = frozenset()
) -> tuple[Fault, ...]:
    """Return what a person still has to decide, write or correct, sorted by file and line.

    A task that many papers share is one entry with their number; with `every`, it is one entry for each paper. Tasks
    that were there `before` are left out, and not counted.
    """
    most = len(corpus.papers) if every else _MOST_LISTED

    def fold(tasks: Iterator[Fault], folded: tuple[str, str, str]) -> list[Fault]:
        return _fold([task for task in tasks if (task.file, task.what) not in before], most, folded)

    found = sorted(
        [
            *_not_understood(inputs),
            *_texts_among_sources(inputs),
            *fold(_undecided(project, corpus), _FOLDED_DECISIONS),
            *fold(_not_discussed(corpus), _FOLDED_CITATIONS),
            *_doubtful(project, corpus, inputs),
            *_stale_notes(project, corpus),
            *find_retouched(corpus),
            *find_unnamed(corpus, inputs.pages),
            *_themes_without_papers(project, corpus),
            *_renamed_headings(corpus, inputs),
            *filter(None, (find_stale_watch(corpus.papers, today()), _find_uncited_status(project, corpus))),
            *_find_unrecorded(project, corpus),
            *_conflicting(project, corpus),
            *fold(_not_extracted(project, corpus), _FOLDED_VALUES),
            *_not_asked(project, corpus),
        ]
    )
    return tuple(task for task in found if (task.file, task.what) not in before)


def _find_unrecorded(project: Project, corpus: Corpus) -> Iterator[Fault]:
    """Yield sources of no search, and searches without what readers ask for first."""
    file, flow = project.name(project.searches), corpus.flow
    searched = {name for search in flow.searches for name in search.files}
    files = sorted({record.source for paper in corpus.papers for record in paper.records} - searched)
    if files:
        what = f"no search is recorded for {_name_some(files)}"
        yield Fault(file, 0, what, "say where, when and with which query the papers were found")
    for search in flow.searches:
        missing = [name for name in ("date", "query") if not getattr(search, name)]
        if missing and search.kind in DATABASES and not search.note:
            remedy = "write it word for word, or say in 'note' why it is not known"
            yield Fault(file, search.line, f"'{search.id}' has no {' and no '.join(missing)}", remedy)


def _find_uncited_status(project: Project, corpus: Corpus) -> Fault | None:
    """Return a task if the repository's CITATION.cff does not say the updating status as it is now."""
    path = project.root / "CITATION.cff"
    if corpus.status is None or not path.is_file():
        return None
    line = describe_status(corpus.status)
    if line in " ".join(path.read_text("utf-8", "replace").split()):
        return None
    return Fault(project.name(path), 0, "does not give the updating status", f"write in 'message': {line}.")


def _fold(tasks: list[Fault], most: int, folded: tuple[str, str, str]) -> list[Fault]:
    """Return the tasks, or one with their number if there are more than `most`."""
    if len(tasks) <= most:
        return tasks
    file, what, remedy = folded
    return [Fault(file, 0, f"{len(tasks):,} papers: {what}", f"{remedy}; litbook check --all lists them")]


def count_known(corpus: Corpus) -> dict[str, tuple[int, int]]:
    """Return, for each field of a paper, how many papers have it and how many papers there are."""
    total = len(corpus.papers)
    fields = _FIELDS | {name: _make_link_reader(name) for name in LINKS}
    return {name: (sum(bool(known(paper)) for paper in corpus.papers), total) for name, known in fields.items()}


def _not_understood(inputs: Inputs) -> Iterator[Fault]:
    for reading in inputs.readings:
        for piece in reading.unread:
            if not piece.understood:
                place = f"book/corpus/sources/{piece.source}"
                remedy = "the entry was read" if piece.is_remark else "it belongs to no paper"
                yield Fault(place, piece.first_line, piece.reason, f"{remedy}, and the file stays unchanged")


def _texts_among_sources(inputs: Inputs) -> Iterator[Fault]:
    """Find whole texts of papers among the sources, which are committed: few licences allow that."""
    for reading in inputs.readings:
        texts = [record for record in reading.records if is_parsed_paper(record)]
        if texts:
            what = "the whole text of a paper" if len(texts) == 1 else f"the whole texts of {len(texts)} papers"
            remedy = "move the file out of the review and add it with 'litbook add', which keeps texts out of git"
            yield Fault(f"book/corpus/sources/{reading.source}", 0, f"{what}, which would be published", remedy)


def _undecided(project: Project, corpus: Corpus) -> Iterator[Fault]:
    for paper in corpus.papers:
        placement = corpus.placements[paper.citekey]
        if not placement.decided:
            what = f"{paper.citekey}: theme not decided (suggested: {placement.theme})"
            row = f"{paper.citekey},{placement.theme},,,,,,"  # the other six columns may be empty
            yield Fault(project.name(project.decisions), 0, what, f"add the row: {row}")


def _not_discussed(corpus: Corpus) -> Iterator[Fault]:
    for paper in corpus.papers:
        chapter = f"chapters/{corpus.placements[paper.citekey].theme}.md"
        if not any(place.file.startswith("chapters/") for place in corpus.citations.get(paper.citekey, ())):
            yield Fault(f"book/{chapter}", 0, f"{paper.citekey}: not cited in any chapter", "cite it where it belongs")


def _doubtful(project: Project, corpus: Corpus, inputs: Inputs) -> Iterator[Fault]:
    for doubt in find_doubts(corpus.papers, inputs.pairs):
        what = f"{doubt.one} and {doubt.other} may be the same work: {doubt.why}"
        yield Fault(
            project.name(project.pairs),
            0,
            what,
            f"add the row: {doubt.one},{doubt.other},yes or {doubt.one},{doubt.other},no",
        )
    for shared in find_shared(corpus.papers, inputs.pairs):
        what = f"one {shared.name}, {len(shared.citekeys)} papers: {shared.value} of {_name_some(shared.citekeys)}"
        one, other = shared.citekeys[:2]
        remedy = f"nothing to do if it names a supplement or a book; otherwise add the row: {one},{other},yes"
        yield Fault(project.name(project.pairs), 0, what, remedy)


def _name_some(citekeys: Sequence[str]) -> str:
    rest = len(citekeys) - _MOST_NAMED
    return ", ".join(citekeys[:_MOST_NAMED]) + (f" and {count_noun(rest, 'other')}" if rest > 0 else "")


def _stale_notes(project: Project, corpus: Corpus) -> Iterator[Fault]:
    known = {paper.citekey for paper in corpus.papers}
    for citekey in sorted(corpus.notes - known):
        path = project.name(project.notes / f"{citekey}.md")
        yield Fault(path, 0, "note on a paper that is not in the review", "rename the file, or put the paper back")


def _themes_without_papers(project: Project, corpus: Corpus) -> Iterator[Fault]:
    held = {placement.theme for placement in corpus.placements.values()}
    for theme in corpus.themes():
        if theme.slug not in held:
            what = f"theme '{theme.slug}' has no papers"
            yield Fault(project.name(project.themes), 0, what, "place papers under it, or remove it with its chapter")


def _renamed_headings(corpus: Corpus, inputs: Inputs) -> Iterator[Fault]:
    """Yield chapters whose first heading is neither the title of their theme nor its short name."""
    themes = {f"chapters/{theme.slug}.md": theme for theme in corpus.themes()}
    for page in inputs.pages:
        theme = themes.get(page.file)
        if theme and _squeeze(page.title) not in map(_squeeze, (theme.title, theme.short)):
            what = f"the heading is “{page.title}”, but the theme's title in themes.yml is “{theme.title}”"
            yield Fault(f"book/{page.file}", 1, what, "write the same in both places")


def _conflicting(project: Project, corpus: Corpus) -> Iterator[Fault]:
    """Find papers on which extractors differ."""
    for conflict in corpus.extraction.conflicts:
        said = "; ".join(f"{row.by}: {row.value}" for row in conflict.rows)
        remedy = f"correct a row, or add one by '{AGREED}' with the value that you agree on"
        what = f"{conflict.citekey}: extractors differ on '{conflict.column}': {said}"
        yield Fault(project.name(project.extraction), conflict.rows[-1].line, what, remedy)


def _not_extracted(project: Project, corpus: Corpus) -> Iterator[Fault]:
    """Find papers of which columns have no value yet, one entry for each paper."""
    extraction = corpus.extraction
    for paper in corpus.papers:
        theme = corpus.placements[paper.citekey].theme
        asked = [column for column in extraction.columns if column.asks(theme)]
        missing = [column.id for column in asked if (paper.citekey, column.id) not in extraction.of]
        if missing:
            what = f"{paper.citekey}: no value of {', '.join(missing)}"
            yield Fault(project.name(project.extraction), 0, what, _FOLDED_VALUES[2])


def _not_asked(project: Project, corpus: Corpus) -> Iterator[Fault]:
    """Find values of papers whose theme a column no longer covers."""
    for row in corpus.extraction.rows:
        column, theme = corpus.extraction.column(row.column), corpus.placements[row.citekey].theme
        if column and not column.asks(theme):
            what = f"{row.citekey}: '{row.column}' is not asked of the theme '{theme}', so the value is not shown"
            yield Fault(
                project.name(project.extraction), row.line, what, "add the theme to the column in extraction.yml"
            )


def _squeeze(text: str) -> str:
    return " ".join(text.split()).casefold()
