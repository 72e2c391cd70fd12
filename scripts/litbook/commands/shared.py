"""What the commands share: the option --root, loading a review, printing faults and counts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault

if TYPE_CHECKING:
    from litbook.enrich.merge import Enriched
    from litbook.model.review import Corpus, Inputs, Unread

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The review's folder, which contains _config.yml.",
)


def open_project(root: Path) -> Project:
    """Return the project in a folder; raise `CorpusError` if the folder does not contain a review."""
    project = Project(root.resolve())
    if not project.corpus.is_dir():
        remedy = "change to the folder that contains _config.yml, or name it with --root"
        raise CorpusError([Fault(str(project.root), 0, "not a review", remedy)])
    return project


@contextmanager
def exit_on_faults() -> Iterator[None]:
    """Print the faults of a `CorpusError` raised in the block, and exit with code 1."""
    try:
        yield
    except CorpusError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def load_review(root: Path) -> tuple[Corpus, Enriched, Inputs]:
    """Read the review in a folder, or print its faults and exit with code 1."""
    from litbook.pipeline import make_corpus

    with exit_on_faults():
        return make_corpus(open_project(root))


def echo_unread(pieces: Iterable[Unread]) -> None:
    """Print on the error stream what was not understood in sources, one line each with file and line."""
    for piece in pieces:
        click.echo(f"book/corpus/sources/{piece.source}:{piece.first_line}: {piece.reason}", err=True)


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun, as in "1 paper" and "2 papers"."""
    return f"{number} {singular if number == 1 else plural or f'{singular}s'}"
