"""`litbook check` and `litbook todo`: all faults of a review, or else all that is still to do."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.analyse.living.due import PATIENCE
from litbook.commands.shared import count, json_option, load_review, open_project, root_option
from litbook.model.faults import CorpusError, Fault, naming_files

if TYPE_CHECKING:
    from litbook.analyse.prose.measures import Measured
    from litbook.commands.todo import Known
    from litbook.core.project import Project
    from litbook.model.review import Corpus, Inputs


@click.command()
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="Output for people, annotations for GitHub Actions, or JSON.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--all", "every", is_flag=True, help="List each paper, also where many share a task.")
@click.option(
    "--due",
    "patience",
    type=click.IntRange(min=0),
    is_flag=False,
    flag_value=PATIENCE,
    metavar="[DAYS]",
    help=f"Fail if an update of a living review is more than DAYS days late, by default {PATIENCE}.",
)
@click.option("--since", "revision", default="", metavar="REV", help="List only tasks and remarks that REV lacked.")
def check(root: Path, form: str, every: bool, patience: int | None, revision: str) -> None:
    """List all faults, or everything still to do.

    Each line gives file and line, what is wrong and what to do; a task that many papers share is one line with their
    number. Exits with code 1 if there is a fault, or with --due if an update is long overdue. Open tasks do not stop a
    build, nor do remarks, which a person has to judge. The figures of each chapter say how far it joins its papers.

    With --since: what a request adds to the tasks of the branch that it is for. Faults are always listed.

    Example: litbook check --format github --since origin/main
    """
    from litbook.analyse.living.due import find_late
    from litbook.analyse.prose.remarks import find_remarks
    from litbook.commands.todo import find_todos
    from litbook.pipeline import make_corpus, today

    try:
        project = open_project(root)
        with naming_files(str(project.root)):
            corpus, _, inputs = make_corpus(project)
            before = _read_earlier(project, revision) if revision else frozenset()
    except CorpusError as error:
        if form == "json":
            click.echo(_render_json(faults=error.faults))
        else:
            text = str(error) if form == "text" else "\n".join(_annotate("error", error.faults))
            click.echo(text, err=form == "text")
        sys.exit(1)
    late = find_late(corpus.status, today(), patience) if patience is not None else None
    if late:
        if form == "json":
            click.echo(_render_json(faults=[late]))
        else:
            click.echo(f"late: {late}" if form == "text" else "\n".join(_annotate("error", [late])), err=form == "text")
        sys.exit(1)
    todos: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    if before is not None:
        todos = find_todos(project, corpus, inputs, every, before)
        remarks = tuple(one for one in find_remarks(corpus, inputs.pages) if (one.file, one.what) not in before)
    if form == "json":
        click.echo(_render_json(todos=todos, remarks=remarks))
        return
    if form == "github":
        lines = [*_annotate("warning", todos), *_annotate("notice", remarks)]
        click.echo("\n".join(lines), nl=bool(lines))
        return
    click.echo(f"No faults in {count(len(corpus.papers), 'paper')}.")
    click.echo("".join(f"to do: {todo}\n" for todo in todos), nl=False)
    click.echo("".join(f"remark: {remark}\n" for remark in remarks), nl=False)
    if not revision:
        click.echo(_render_completeness(corpus) + _render_chapters(corpus, inputs) + _sum_up(todos), nl=False)


def _read_earlier(project: Project, revision: str) -> Known | None:
    from litbook.commands.publishing.earlier import find_earlier

    return find_earlier(project, revision)


@click.command()
@root_option
@click.option("--all", "every", is_flag=True, help="List each paper, also where many share a task.")
@click.argument("below", metavar="[FILE]", default="")
@json_option
def todo(root: Path, every: bool, below: str, as_json: bool) -> None:
    """List what is still to do.

    These are the tasks of `litbook check`, without its remarks and figures. With FILE, a file or folder of the review,
    lists the tasks in it.

    Example: litbook todo book/chapters
    """
    from litbook.commands.todo import find_todos

    corpus, _, inputs = load_review(root)
    below = below.replace("\\", "/").removeprefix("./").rstrip("/")
    listed = [
        task
        for task in find_todos(open_project(root), corpus, inputs, every)
        if not below or task.file == below or task.file.startswith(f"{below}/")
    ]
    if as_json:
        click.echo(json.dumps({"todos": [asdict(task) for task in listed]}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(map(str, listed)) or "Nothing is to do.")


def _render_json(faults: Iterable[Fault] = (), todos: Iterable[Fault] = (), remarks: Iterable[Fault] = ()) -> str:
    """Return the lists as JSON: each entry has the file, the line (0 for all of it), what is wrong and the remedy."""
    lists = {"faults": faults, "todos": todos, "remarks": remarks}
    return json.dumps(
        {name: [asdict(one) for one in found] for name, found in lists.items()}, ensure_ascii=False, indent=1
    )


def _annotate(level: str, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield GitHub workflow commands, which GitHub shows beside the line; % and line breaks must be encoded."""
    for fault in faults:
        message = f"{fault.what}; {fault.remedy}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        yield f"::{level} file={fault.file},line={max(1, fault.line)}::{message}"


def _sum_up(todos: Iterable[Fault]) -> str:
    """Count tasks by place: a new review has one for each paper, among which the few others are easily missed."""
    places = Counter(
        todo.file if todo.file.startswith("book/corpus/") else todo.file.rpartition("/")[0] for todo in todos
    )
    lines = (f"{number:>6} in {place}\n" for place, number in sorted(places.items()))
    return "To do, by place:\n" + "".join(lines) if places else ""


def _render_completeness(corpus: Corpus) -> str:
    from litbook.commands.todo import count_known

    lines = (f"  {name:<12}{known:>6} of {total}\n" for name, (known, total) in count_known(corpus).items())
    return "Papers with each field:\n" + "".join(lines)


def _render_chapters(corpus: Corpus, inputs: Inputs) -> str:
    """Return lines for each chapter that cites: how far it joins its papers, and terms used too early."""
    from litbook.analyse.prose.measures import measure_chapter

    pages = {page.file: page for page in inputs.pages}
    measured = [
        measure_chapter(corpus, pages[file], theme.slug)
        for theme in corpus.themes()
        if (file := f"chapters/{theme.slug}.md") in pages
    ]
    lines = [line for figures in measured if figures.citing for line in _render_figures(figures)]
    return "Chapters, by their sentences that cite:\n" + "".join(lines) if lines else ""


def _render_figures(figures: Measured) -> Iterator[str]:
    joining = f"{figures.joining} of {figures.citing} ({figures.share}%) join papers"
    once = f"{len(figures.once)} of {count(figures.papers, 'paper')} in one sentence only"
    yield f"  {figures.slug}: {joining}; {once}\n"
    for term, line in figures.early:
        yield f"    book/chapters/{figures.slug}.md:{line}: '{term}' is used before it is explained\n"
