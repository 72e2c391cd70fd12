"""The command line; `jupyter-book build .` never needs it."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import click

import litbook
from litbook.analyse.history.commits import changes_since
from litbook.analyse.history.diff import render_changes
from litbook.commands.add import add_sources
from litbook.commands.benchmarks.build import measure, render_table
from litbook.commands.benchmarks.findings import read_sample, render_scores
from litbook.commands.benchmarks.prose.bench import measure_numbers, render_score
from litbook.commands.benchmarks.search.bench import SIZES, MissingError, Wanted, run_search_bench
from litbook.commands.fetch import SERVICES, Bar, OfflineError, check_contact
from litbook.commands.fetch import fetch as fetch_facts
from litbook.commands.new import start_review
from litbook.commands.screenshots import NoBrowserError, list_pages, make_sheet, take_pictures
from litbook.commands.show import render_paper_facts
from litbook.commands.todo import count_known, find_todos
from litbook.core.project import Project
from litbook.ingest.pages import gather_citations, read_pages
from litbook.model.faults import CorpusError, Fault
from litbook.model.review import Corpus, Unread
from litbook.pipeline import find_uncorrected, make_corpus, snapshot

_HARDEST = 20

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The folder that holds _config.yml.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(litbook.__version__, prog_name="litbook")
def main() -> None:
    """Turn a collection of papers into a literature review on the web."""


@main.command()
@root_option
@click.option(
    "--format", "form", type=click.Choice(["text", "github"]), default="text", show_default=True, help="How to print."
)
def check(root: Path, form: str) -> None:
    """List every fault and everything that is still to do, with file and line; exit code 1 if there is a fault.

    Example: litbook check --format github
    """
    project = Project(root.resolve())
    try:
        corpus, enriched, inputs = make_corpus(project)
    except CorpusError as error:
        click.echo(str(error) if form == "text" else "\n".join(_annotate("error", error.faults)), err=form == "text")
        sys.exit(1)
    todos = find_todos(project, corpus, enriched, inputs)
    if form == "github":
        click.echo("\n".join(_annotate("warning", todos)), nl=bool(todos))
        return
    click.echo(f"No fault in {len(corpus.papers)} paper{'' if len(corpus.papers) == 1 else 's'}.")
    click.echo("".join(f"to do: {todo}\n" for todo in todos) + _completeness(corpus) + _sum_up(todos), nl=False)


def _annotate(level: str, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield workflow commands that GitHub shows beside the line; line ends and percent signs are encoded."""
    for fault in faults:
        told = f"{fault.what}; {fault.remedy}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        yield f"::{level} file={fault.file},line={max(1, fault.line)}::{told}"


def _sum_up(todos: Iterable[Fault]) -> str:
    """Count what is to do by its place: a new review has a line for each paper, and the few others hide among them."""
    places = Counter(
        todo.file if todo.file.startswith("book/corpus/") else todo.file.rpartition("/")[0] for todo in todos
    )
    lines = (f"{number:>6} in {place}\n" for place, number in sorted(places.items()))
    return "To do, by place:\n" + "".join(lines) if places else ""


def _completeness(corpus: Corpus) -> str:
    lines = (f"  {name:<12}{known:>6} of {total}\n" for name, (known, total) in count_known(corpus).items())
    return "Known of the papers, field by field:\n" + "".join(lines)


def _echo_list(what: str, citekeys: list[str]) -> None:
    if citekeys:
        click.echo(f"{_number(len(citekeys), 'paper', 'papers')} {what}: {', '.join(citekeys)}")


def _number(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


@main.command()
@root_option
@click.option("--hardest", default=_HARDEST, show_default=True, help="How many of the hardest papers to list.")
def themes(root: Path, hardest: int) -> None:
    """Print how often the machine's suggestion agrees with the decisions, and the papers that are hard to place.

    Example: litbook themes --hardest 10
    """
    corpus = _load(root)
    decided = [paper for paper in corpus.papers if corpus.placements[paper.citekey].decided]
    if not decided:
        click.echo(
            f"No paper of {len(corpus.papers)} has a decided theme yet: every theme is the machine's suggestion."
        )
        return
    agreed = [paper for paper in decided if _agrees(corpus, paper.citekey)]
    click.echo(
        f"{len(agreed)} of {len(decided)} decided papers stand where the machine would put them "
        f"({len(agreed) / len(decided):.1%}), each suggested as if it had not been decided."
    )
    _echo_by_theme(corpus)
    _echo_hardest(corpus, [paper.citekey for paper in decided], hardest)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "sources", multiple=True, required=True, type=click.Path(path_type=Path), help="An export.")
@click.option("--title", default="A literature review", show_default=True, help="The title of the review.")
def new(folder: Path, sources: tuple[Path, ...], title: str) -> None:
    """Start a review in FOLDER from one or several exports of papers.

    Example: litbook new my-review --from library.bib --from search.ris --title "Sourdough, a review"
    """
    started = _guard(lambda: start_review(folder, sources, title))
    click.echo(f"{started.papers} papers in {started.themes} suggested themes. Build it: jupyter-book build {folder}")
    _echo_unread(started.unread)


def _echo_unread(pieces: Iterable[Unread]) -> None:
    for piece in pieces:
        click.echo(f"book/corpus/sources/{piece.source}:{piece.first_line}: {piece.reason}", err=True)


@main.command()
@root_option
@click.argument("items", nargs=-1, required=True)
def add(root: Path, items: tuple[str, ...]) -> None:
    """Add exports, or identifiers of papers, to the review, and report what they brought.

    Example: litbook add new-search.ris 2310.16828
    """
    added = _guard(lambda: add_sources(Project(root.resolve()), items))
    click.echo(
        f"{_number(added.read, 'entry', 'entries')} read: {_number(len(added.new), 'new paper', 'new papers')}, "
        f"{len(added.known)} already known."
    )
    _echo_list("new", list(added.new))
    _echo_list("known by identifier alone, to be looked up with litbook fetch", list(added.untitled))
    _echo_unread(added.not_understood)


@main.command()
@root_option
@click.argument("citekey")
def show(root: Path, citekey: str) -> None:
    """Print every value that is known of a paper, each with its origin.

    Example: litbook show hansen2023tdmpc2
    """
    click.echo(_guard(lambda: render_paper_facts(*make_corpus(Project(root.resolve())), citekey)))


@main.command()
@root_option
@click.argument("revision", metavar="[REV]", default="HEAD")
def diff(root: Path, revision: str) -> None:
    """Tell what has changed in the collection since a commit (HEAD: what is not committed yet).

    Papers that are new, retouched, placed, moved, excluded or dropped, and the lines that cite one of these.

    Example: litbook diff HEAD~1
    """
    project = Project(root.resolve())
    touched = _guard(lambda: changes_since(project, revision, snapshot))
    click.echo(
        render_changes(touched, gather_citations(read_pages(project))) or f"No paper has changed since {revision}."
    )


_Result = TypeVar("_Result")


def _guard(work: Callable[[], _Result]) -> _Result:
    """Do the work, or print its faults and leave with exit code 1."""
    try:
        return work()
    except CorpusError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _agrees(corpus: Corpus, citekey: str) -> bool:
    placement = corpus.placements[citekey]
    return placement.theme == placement.suggestion.theme


def _echo_by_theme(corpus: Corpus) -> None:
    total = Counter(placement.theme for placement in corpus.placements.values() if placement.decided)
    agreed = Counter(
        corpus.placements[paper.citekey].theme for paper in corpus.papers if _agrees(corpus, paper.citekey)
    )
    for theme in corpus.themes():
        click.echo(f"  {agreed[theme.slug]:4d} of {total[theme.slug]:4d}  {theme.slug}")


def _echo_hardest(corpus: Corpus, citekeys: list[str], most: int) -> None:
    """List papers that the machine would put elsewhere, the surest first, then those with the smallest margins."""
    click.echo("\nHard to place (decided | suggested, margin | phrases that counted):")
    ranked = sorted(citekeys, key=lambda key: _difficulty(corpus, key))
    for key in ranked[:most]:
        placement = corpus.placements[key]
        suggestion = placement.suggestion
        second = f", then {suggestion.runner_up}" if suggestion.runner_up else ""
        phrases = "; ".join(suggestion.phrases)
        click.echo(f"  {key}: {placement.theme} | {suggestion.theme}{second}, {suggestion.margin:.2f} | {phrases}")


def _difficulty(corpus: Corpus, citekey: str) -> tuple[bool, float, str]:
    agrees = _agrees(corpus, citekey)
    margin = corpus.placements[citekey].suggestion.margin
    return agrees, margin if agrees else -margin, citekey


@main.command()
@root_option
@click.option("--papers", multiple=True, type=click.IntRange(1), default=[248], show_default=True, help="Repeatable.")
@click.option("--ordinary/--no-ordinary", default=True, help="Also the ordinary way: ten minutes at 1,000 papers.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="A folder to keep the books and logs in."
)
def bench(root: Path, papers: tuple[int, ...], ordinary: bool, keep: Path | None) -> None:
    """Time whole builds of this review and of the same papers in the ordinary way, at any number of papers.

    Example: litbook bench --papers 248 --papers 1000 --no-ordinary
    """
    with tempfile.TemporaryDirectory(prefix="litbook-bench-") as folder:
        try:
            figures = measure(Project(root.resolve()), papers, ordinary, keep.resolve() if keep else Path(folder))
        except CorpusError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    click.echo(render_table(figures))


@main.command()
@root_option
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option(
    "--contact",
    envvar="LITBOOK_CONTACT",
    default="",
    callback=lambda _context, _option, address: _check_contact(address),
    help="Your e-mail address, told to the services; also taken from LITBOOK_CONTACT.",
)
@click.option("--only", multiple=True, type=click.Choice([service.name for service in SERVICES]), help="Repeatable.")
@click.option("--all", "again", is_flag=True, help="Ask again about papers that lack nothing or were asked about.")
def fetch(root: Path, keys: tuple[str, ...], contact: str, only: tuple[str, ...], again: bool) -> None:
    """Look up authors, years, identifiers, venues and links, and add what is proven to facts.jsonl.

    Without KEYs, for every paper that lacks some. No value that is there is changed; contradictions are listed. A run
    can be stopped at any moment; the next one goes on from there. Keys of your own for Semantic Scholar and OpenAlex
    are taken from S2_API_KEY and OPENALEX_API_KEY.

    Example: litbook fetch --contact you@example.org --only arxiv
    """
    try:
        report = fetch_facts(
            Project(root.resolve()), keys, contact=contact, only=only, again=again, progress=_show_progress
        )
    except (CorpusError, OfflineError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(report.render())
    if not contact:
        click.echo("Services answer sooner when they know whom to write to: --contact you@example.org", err=True)
    if report.interrupted:
        sys.exit(130)


def _check_contact(address: str) -> str:
    try:
        return check_contact(address)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _show_progress(length: int) -> AbstractContextManager[Bar]:
    return click.progressbar(length=length, label="Asking", file=sys.stderr)


@main.command()
@root_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Also some of them as one picture.")
def screenshots(root: Path, folder: Path, sheet: Path | None) -> None:
    """Take pictures of the built site's pages into FOLDER: light and dark, on a desk and on a phone.

    Needs Chromium, and Playwright: pip install -e ".[test]".

    Example: litbook screenshots pictures --sheet site.png
    """
    site = root / "_build/html"
    if not (site / "book/index.html").is_file():
        raise click.ClickException(f"no built site in {site}; run 'jupyter-book build .' first")
    pictures = []
    try:
        for picture in take_pictures(site, list_pages(_load(root)), folder):
            click.echo(picture.path)
            pictures.append(picture)
        if sheet:
            make_sheet(pictures, sheet)
    except NoBrowserError as error:
        raise click.ClickException(str(error)) from None


@main.command("findings-bench")
@root_option
@click.option(
    "--sample",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="tests/findings-sample.json",
    show_default=True,
    help="What people found in some of the abstracts.",
)
def findings_bench(root: Path, sample: Path) -> None:
    """Measure what the rules find in abstracts against what people found: precision and recall of each field.

    Example: litbook findings-bench
    """
    corpus = _load(root)
    click.echo(_guard(lambda: render_scores(read_sample(sample, corpus), find_uncorrected(corpus))))


@main.command("search-bench")
@root_option
@click.option("--papers", multiple=True, type=click.IntRange(8), default=SIZES, show_default=True, help="Repeatable.")
@click.option("--quality/--no-quality", default=True, help="Also what the search finds: a minute.")
@click.option(
    "--engines",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder node_modules with minisearch, flexsearch and @orama/orama: ask them the same. Needs Node.",
)
@click.option("--keep", is_flag=True, help="Write the figures into tests/search-figures.json.")
def search_bench(root: Path, papers: tuple[int, ...], quality: bool, engines: Path | None, keep: bool) -> None:
    """Measure the search of the built review in Chromium: what it finds, what it loads, how long a reader waits.

    Example: litbook search-bench --papers 248 --papers 1000
    """
    try:
        run_search_bench(_load(root), root.resolve(), Wanted(papers, quality, engines, keep))
    except MissingError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@main.command("prose-bench")
@root_option
@click.option("--seed", default=0, show_default=True, help="Another seed makes other mutants.")
@click.option("--missed", is_flag=True, help="Also list what was judged wrongly.")
def prose_bench(root: Path, seed: int, missed: bool) -> None:
    """Measure the check of numbers: rewrite those of the chapters, and count which rewritings it refuses.

    Example: litbook prose-bench --seed 1 --missed
    """
    corpus, _, inputs = _guard(lambda: make_corpus(Project(root.resolve())))
    click.echo(render_score(measure_numbers(corpus, inputs.pages, inputs.excused, seed), missed))


def _load(root: Path) -> Corpus:
    """Read the review, or print its faults and leave with exit code 1."""
    corpus, _, _ = _guard(lambda: make_corpus(Project(root.resolve())))
    return corpus


if __name__ == "__main__":
    main(prog_name="litbook")
