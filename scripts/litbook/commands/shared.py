"""What the commands share: the option --root, loading a review, printing faults and counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litbook.core.project import Project
from litbook.model.faults import CorpusError, Fault, naming_files
from litbook.text.nouns import count_noun

if TYPE_CHECKING:
    from litbook.enrich.merge import Enriched
    from litbook.ingest.formats.wishes import Wish
    from litbook.model.review import Corpus, Inputs, Unread

count = count_noun  # what commands call it
root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default=True,
    help="The review's folder, which contains _config.yml.",
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, whose form 'litbook schema' and this command's name describe."
)


def form_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options by which a person says what a file is; the command gets them as its argument `wish`."""

    @wraps(command)
    def run(*, form: str, columns: tuple[str, ...], **rest: object) -> None:
        with exit_on_faults():
            wish = _make_wish(form, columns)
        command(wish=wish, **rest)

    form = click.option(
        "--as", "form", default="", metavar="FORMAT", help="The format of the files, if litbook does not recognise it."
    )
    named = click.option(
        "--map",
        "columns",
        multiple=True,
        metavar="ROLE=NAME",
        help="The name of a column or field, such as title=Name; repeatable.",
    )
    return form(named(run))


def _make_wish(form: str, columns: Iterable[str]) -> Wish:
    from litbook.ingest.formats.columns import ROLES
    from litbook.ingest.formats.wishes import Wish

    wish: dict[str, str] = {}
    for item in columns:
        role, _, name = (part.strip() for part in item.partition("="))
        if role.lower() not in ROLES or not name:
            remedy = f"write a role and a column, such as title=Name; roles are {', '.join(ROLES)}"
            raise CorpusError([Fault(f"--map {item}", 0, "invalid", remedy)])
        wish[role.lower()] = name
    return Wish(form, wish)


def open_project(root: Path) -> Project:
    """Return the project in a folder; raise `CorpusError` if the folder does not contain a review."""
    project = Project(root.resolve())
    if not project.corpus.is_dir():
        remedy = "change to the folder that contains _config.yml, or name it with --root"
        raise CorpusError([Fault(str(project.root), 0, "not a review", remedy)])
    return project


def complete_citekey(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the citekeys that begin so, for the shell."""
    from litbook.ingest.ledgers.facts import read_ledger

    entries, _ = read_ledger(_find_project(context))
    return sorted(entry.citekey for entry in entries if entry.citekey.startswith(begun))


def complete_slug(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the slugs of themes that begin so, for the shell."""
    from litbook.ingest.ledgers.themes import read_themes

    parts, _ = read_themes(_find_project(context))
    return [theme.slug for part in parts for theme in part.themes if theme.slug.startswith(begun)]


def _find_project(context: click.Context) -> Project:
    return Project(Path(context.params.get("root") or ".").resolve())


@contextmanager
def exit_on_faults() -> Iterator[None]:
    """Print the faults of a `CorpusError` raised in the block, or of a file, and exit with code 1."""
    try:
        with naming_files(str(Path.cwd())):
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


def echo_account(account: Iterable[str], unread: Collection[Unread]) -> None:
    """Print what became of the records, and how many places of the sources were not understood."""
    for line in account:
        click.echo(line)
    places = sum(1 for piece in unread if not piece.is_remark)
    if places:
        click.echo(f"{count(places, 'place')} in the sources not understood.")


def exit_on_refused(refused: Collection[Fault]) -> None:
    """Name the files that were not read, and exit with code 1 if there are any."""
    if refused:
        click.echo(f"{count(len(refused), 'file')} not read:", err=True)
        for fault in refused:
            click.echo(f"  {fault}", err=True)
        sys.exit(1)
