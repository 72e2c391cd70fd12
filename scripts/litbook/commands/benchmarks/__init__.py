"""The commands that measure litbook itself: its build, its search and its rules."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from litbook.commands.shared import exit_on_faults, load_review, open_project, root_option

# Numbers of papers at which the search is measured by default.
SEARCH_SIZES = (248, 1000, 10_000)


@click.command()
@root_option
@click.option(
    "--papers",
    multiple=True,
    type=click.IntRange(1),
    default=[248],
    show_default=True,
    help="Number of papers; repeatable.",
)
@click.option(
    "--ordinary/--no-ordinary",
    default=None,
    help="Also build an ordinary Jupyter Book, with every paper in its table of contents: ten minutes at 1,000 papers. "
    "By default up to 248.",
)
@click.option(
    "--lean/--no-lean",
    default=True,
    show_default=True,
    help="Also build a lean Jupyter Book, which marks paper pages as orphans.",
)
@click.option(
    "--notebooks/--no-notebooks", default=True, show_default=True, help="Also measure builds that execute notebooks."
)
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1), help="Measure so many times: medians.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="Keep the books and logs in this folder."
)
@click.option("--save", is_flag=True, help="Write the figures to tests/bench-figures.json.")
def bench(root: Path, papers: tuple[int, ...], keep: Path | None, save: bool, **wanted: Any) -> None:
    """Measure builds against Jupyter Books without litbook.

    Builds the review, cut or filled up to the given number of papers, and the same papers as an ordinary and as a lean
    Jupyter Book: from nothing, unchanged, and after edits. Ratios below 1 are in favour of litbook.

    Example: litbook bench --papers 248 --papers 1000 --runs 1
    """
    from litbook.commands.benchmarks.build import Wanted, measure
    from litbook.commands.benchmarks.saved import describe_run, save_measured
    from litbook.commands.benchmarks.table import render_table, tabulate

    with tempfile.TemporaryDirectory(prefix="litbook-bench-") as folder, exit_on_faults():
        figures = measure(open_project(root), papers, Wanted(**wanted), keep.resolve() if keep else Path(folder))
    click.echo(render_table(figures))
    if save:
        about = describe_run("builds, beside Jupyter Books of the same papers")
        save_measured(root / "tests/bench-figures.json", about, {}, {"builds": tabulate(figures)})


@click.command("search-bench")
@root_option
@click.option(
    "--papers",
    multiple=True,
    type=click.IntRange(8),
    default=SEARCH_SIZES,
    show_default=True,
    help="Number of papers; repeatable.",
)
@click.option(
    "--quality/--no-quality", default=True, show_default=True, help="Also measure what is found: takes a minute."
)
@click.option(
    "--engines",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A node_modules folder with minisearch, flexsearch and @orama/orama to compare with; needs Node.",
)
@click.option("--keep", is_flag=True, help="Write the figures to tests/search-figures.json.")
def search_bench(root: Path, papers: tuple[int, ...], quality: bool, engines: Path | None, keep: bool) -> None:
    """Measure the search in Chromium.

    Measures what the search of the built review finds, how much it loads and how long a reader waits.

    Example: litbook search-bench --papers 248 --papers 1000
    """
    from litbook.commands.benchmarks.search.bench import MissingError, Wanted, run_search_bench

    corpus, _, _ = load_review(root)
    try:
        run_search_bench(corpus, root.resolve(), Wanted(papers, quality, engines, keep))
    except MissingError as error:
        raise click.ClickException(str(error)) from None


@click.command("prose-bench")
@root_option
@click.option("--seed", default=0, show_default=True, help="Seed for the random rewritings.")
@click.option("--missed", is_flag=True, help="Also list the rewritings that were judged wrongly.")
@click.option("--save", is_flag=True, help="Write the figures to tests/prose-figures.json.")
def prose_bench(root: Path, seed: int, missed: bool, save: bool) -> None:
    """Measure the number check on rewritten chapters.

    Rewrites each number of the chapters, falsely and harmlessly, and counts which rewritings the check refuses. Where
    the review has false sentences that people wrote, in tests/prose-falsehoods.json, counts what is noticed of them.

    Example: litbook prose-bench --seed 1 --missed
    """
    from litbook.commands.benchmarks.prose.bench import measure_numbers, render_score
    from litbook.commands.benchmarks.prose.falsehoods import measure_falsehoods, read_falsehoods, render_caught
    from litbook.commands.benchmarks.prose.published import PROSE, REPEATED, list_values, tabulate
    from litbook.commands.benchmarks.saved import describe_run, save_measured

    corpus, _, inputs = load_review(root)
    score = measure_numbers(corpus, inputs.pages, inputs.excused, seed)
    click.echo(render_score(score, missed))
    path = root / "tests/prose-falsehoods.json"
    with exit_on_faults():
        caught = measure_falsehoods(corpus, read_falsehoods(path)) if path.is_file() else ()
    if caught:
        click.echo("\n" + render_caught(caught, missed))
    if save:
        about = describe_run("the number check", REPEATED)
        save_measured(root / PROSE, about, list_values(score, caught), tabulate(score, caught))


@click.command("findings-bench")
@root_option
@click.option(
    "--sample",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default="tests/findings-sample.json",
    show_default=True,
    help="What people found in a sample of the abstracts.",
)
@click.option(
    "--studies",
    type=click.Path(dir_okay=False, path_type=Path),
    default="tests/studies-sample.json",
    show_default=True,
    help="Abstracts of studies, with what a person found in each.",
)
@click.option("--save", is_flag=True, help="Write the figures to tests/findings-figures.json.")
def findings_bench(root: Path, sample: Path, studies: Path, save: bool) -> None:
    """Measure the evidence rules against hand-read samples.

    Prints precision and recall of each field of the evidence tables: names and numbers in abstracts of this review, and
    what other fields say of a study in abstracts that come with their own text.

    Example: litbook findings-bench
    """
    from litbook.commands.benchmarks.findings import FINDINGS, REPEATED, read_sample, render_scores, tabulate_scores
    from litbook.commands.benchmarks.saved import describe_run, save_measured
    from litbook.commands.benchmarks.studies import read_studies, render_studies, tabulate_studies
    from litbook.pipeline import find_uncorrected

    corpus, _, _ = load_review(root)
    with exit_on_faults():
        read = read_sample(sample, corpus)
    found = find_uncorrected(corpus)
    texts = read_studies(studies) if studies.is_file() else {}
    click.echo(render_scores(read, found))
    if texts:
        click.echo("\n" + render_studies(texts))
    if save:
        about = describe_run("the rules that read abstracts", REPEATED)
        tables = {"scores": tabulate_scores(read, found), "studies": tabulate_studies(texts)}
        save_measured(root / FINDINGS, about, {}, tables)


@click.command("export-bench")
@root_option
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--details", is_flag=True, help="Also list each field that did not come back.")
@click.option("--save", is_flag=True, help="Write the figures to tests/exports-figures.json.")
def export_bench(root: Path, files: tuple[Path, ...], details: bool, save: bool) -> None:
    """Measure how many fields of exports come back.

    Reads each file, exports its entries as BibTeX, RIS and CSL-JSON, reads these again, and compares field by field.

    Example: litbook export-bench library.bib --details
    """
    from litbook.commands.benchmarks.exports import (
        EXPORTS,
        REPEATED,
        measure_exports,
        render_preserved,
        tabulate_preserved,
    )
    from litbook.commands.benchmarks.saved import describe_run, save_measured

    with exit_on_faults():
        measured = [measure_exports(path) for path in files]
    click.echo(render_preserved(measured, details))
    if save:
        about = describe_run("what comes back from exports", REPEATED)
        save_measured(root / EXPORTS, about, {}, {"files": tabulate_preserved(measured)})


@click.command("duplicates-bench")
@root_option
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--label", default="label", show_default=True, help="The column or field that names the work.")
@click.option("--details", is_flag=True, help="Also list what was joined wrongly and what was missed.")
@click.option("--save", is_flag=True, help="Write the figures to tests/duplicates-figures.json.")
def duplicates_bench(root: Path, files: tuple[Path, ...], label: str, details: bool, save: bool) -> None:
    """Measure how well records of the same work are recognised.

    Prints precision and recall for exports in which people have labelled the work of each record. Labels may instead be
    "unique" and "duplicate".

    Example: litbook duplicates-bench labelled.csv --label work_id
    """
    from litbook.commands.benchmarks.duplicates import (
        FIGURES,
        measure_duplicates,
        render_duplicates,
        tabulate_duplicates,
    )
    from litbook.commands.benchmarks.saved import describe_run, save_measured

    with exit_on_faults():
        measured = [(path, measure_duplicates(path, label)) for path in files]
    for path, score in measured:
        click.echo(render_duplicates(path, score, details))
    if save:
        about = describe_run("how well records of the same work are recognised")
        save_measured(root / FIGURES, about, {}, {"files": tabulate_duplicates(measured)})


@click.command("preview-bench")
@root_option
@click.option(
    "--papers",
    multiple=True,
    type=click.IntRange(1),
    help="Measure copies of the review with this number of papers; repeatable. By default the review itself.",
)
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="Saves of each kind to measure.")
@click.option("--save", is_flag=True, help="Write the figures to tests/preview-figures.json.")
def preview_bench(root: Path, papers: tuple[int, ...], runs: int, save: bool) -> None:
    """Measure the time from saving to seeing it.

    Builds a review as 'litbook preview' does, in one process, after each save of a chapter, a decision and a note, and
    puts them back. Prints seconds of the processor until the page is there and until the build has ended.

    Example: litbook preview-bench --papers 248 --papers 2500 --runs 3
    """
    from litbook.commands.benchmarks.saved import describe_run, save_measured
    from litbook.commands.benchmarks.saves import FIGURES, measure_sizes, render_saves, tabulate_saves

    with tempfile.TemporaryDirectory(prefix="litbook-preview-bench-") as folder, exit_on_faults():
        measured = measure_sizes(open_project(root), papers, runs, Path(folder))
    click.echo(render_saves(measured))
    if save:
        about = describe_run("the time from a save to its page in the preview")
        save_measured(root / FIGURES, about, {}, {"saves": tabulate_saves(measured)})


@click.command("screening-bench")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--runs", default=5, show_default=True, type=click.IntRange(1), help="Runs from different first papers.")
@click.option("--label", default="", help="The column or field that holds the label, if litbook does not know it.")
@click.option("--included", multiple=True, help="A value there that means included; repeatable.")
def screening_bench(files: tuple[Path, ...], runs: int, label: str, included: tuple[str, ...]) -> None:
    """Measure how much of screening the order of the desk saves.

    Screens files whose papers are labelled, as ASReview's data sets are ('label_included', 'included'), in the order in
    which 'litbook desk' would show them, and prints the work saved over random order at a recall of 95%, and when the
    desk would say that you can stop.

    Example: litbook screening-bench labelled.csv --runs 10 --label decision --included I
    """
    from litbook.commands.benchmarks.screening import measure_screening, render_saved

    if bool(label) != bool(included):
        raise click.UsageError("name both: the column with --label, and what means included with --included")
    with exit_on_faults():
        for path in files:
            click.echo(render_saved(measure_screening(path, runs, label, included)))


@click.command("themes-bench")
@root_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--label", default="label", show_default=True, help="The column or field that names the group.")
@click.option(
    "--kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with one theme name a line: those that a reader would keep.",
)
@click.option("--save", is_flag=True, help="Write the figures to tests/themes-figures.json.")
def themes_bench(root: Path, files: tuple[Path, ...], label: str, kept: Path | None, save: bool) -> None:
    """Measure drafted themes against people's groups.

    Drafts themes for this review and for each export in which people have grouped the papers, and prints how far they
    agree, and how stable the draft is.

    Example: litbook themes-bench sessions.csv --label session
    """
    from litbook.commands.benchmarks.drafts import (
        FIGURES,
        measure_draft,
        read_labelled,
        render_drafted,
        tabulate_drafted,
    )
    from litbook.commands.benchmarks.saved import describe_run, save_measured

    names = kept.read_text("utf-8").splitlines() if kept else []
    measured = []
    with exit_on_faults():
        if not files or (root / "book/corpus").is_dir():
            corpus, _, _ = load_review(root)
            placed = {key: placement.theme for key, placement in corpus.placements.items() if placement.decided}
            measured.append(measure_draft("this review", corpus.papers, placed))
        measured += [measure_draft(path.stem, *read_labelled(path, label)) for path in files]
    for drafted in measured:
        click.echo(render_drafted(drafted, names))
    if save:
        about = describe_run("drafted themes, against the groups of people")
        save_measured(root / FIGURES, about, {}, {"collections": tabulate_drafted(measured, names)})


@click.command("new-bench")
@root_option
@click.option(
    "--records",
    multiple=True,
    type=click.IntRange(1),
    default=[2400],
    show_default=True,
    help="Number of records, in four files; repeatable.",
)
@click.option("--abstracts/--no-abstracts", default=None, help="Only with, or only without abstracts; by default both.")
@click.option("--save", is_flag=True, help="Write the figures to tests/new-figures.json.")
def new_bench(root: Path, records: tuple[int, ...], abstracts: bool | None, save: bool) -> None:
    """Measure the start of a review.

    Starts reviews from invented records, made of sentences of this review's papers, and prints seconds of the
    processor and memory.

    Example: litbook new-bench --records 2400 --records 50000
    """
    from litbook.commands.benchmarks.saved import describe_run, save_measured
    from litbook.commands.benchmarks.start import FIGURES, measure_new, render_begun, tabulate_begun

    corpus, _, _ = load_review(root)
    wanted = [(number, kind) for number in records for kind in (False, True) if abstracts in (None, kind)]
    with tempfile.TemporaryDirectory(prefix="litbook-new-bench-") as place:
        begun = [measure_new(corpus, number, kind, Path(place) / str(at)) for at, (number, kind) in enumerate(wanted)]
    click.echo(render_begun(begun))
    if save:
        save_measured(root / FIGURES, describe_run("the start of a review"), {}, {"records": tabulate_begun(begun)})


@click.command("volumes-bench")
@root_option
@click.option(
    "--volumes", "wanted", multiple=True, type=(int, int), required=True, help="How many, of how many papers."
)
@click.option("--cores", default=2, show_default=True, help="How many volumes are built at once.")
@click.option("--save", is_flag=True, help="Write the figures to tests/volumes-figures.json.")
def volumes_bench(root: Path, wanted: tuple[tuple[int, int], ...], cores: int, save: bool) -> None:
    """Measure reviews in volumes, from splitting to joining.

    The papers are invented from sentences of this review's. What a million would take is computed from these figures.

    Example: litbook volumes-bench --volumes 3 60 --volumes 10 500
    """
    from litbook.commands.benchmarks import volumes
    from litbook.commands.benchmarks.saved import describe_run, save_measured

    corpus, _, _ = load_review(root)
    with tempfile.TemporaryDirectory(prefix="litbook-volumes-bench-") as place:
        measured = [
            volumes.measure_volumes(corpus, number, papers, cores, Path(place) / str(at))
            for at, (number, papers) in enumerate(wanted)
        ]
    click.echo(volumes.render_volumes(measured))
    if save:
        tables = {"runs": volumes.tabulate_volumes(measured), "million": volumes.tabulate_million(measured)}
        save_measured(root / volumes.FIGURES, describe_run("reviews in volumes"), volumes.find_values(measured), tables)
