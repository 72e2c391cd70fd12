"""`litbook theme`: change themes in all places at once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litbook.commands.shared import complete_slug, count, exit_on_faults, open_project, root_option
from litbook.core.lock import locked
from litbook.core.project import Project

if TYPE_CHECKING:
    from litbook.commands.theming.draft import Change
    from litbook.commands.theming.operations import Target, Themes, Wanted

_title_option = click.option("--title", default="", help="The title; the chapter's heading follows it.")
_short_option = click.option("--short", default="", help="The short name for the sidebar and figures.")
_scope_option = click.option("--scope", default="", help="What the theme is about, in a sentence or two.")
_phrases_option = click.option(
    "--phrase", "phrases", multiple=True, help="Words by which papers are suggested for it; repeatable."
)


@click.group()
def theme() -> None:
    """Rename, merge, split, add or move themes.

    Each command changes all places in step: themes.yml, the chapter and its heading, _toc.yml, directives, counts and
    links of all pages, decisions, tensions, reading paths, concepts and columns; and it keeps comments and order. It
    shows the changes as a diff, tries them on a copy, and writes them, all or none, once you agree. Old addresses of
    chapters lead to the new ones. Undo it with git.

    Example: litbook theme rename deep-learning neural-networks --title "Neural networks"
    """


def _changing(command: Callable[..., Callable[[Themes], None]]) -> Callable[..., None]:
    """Make a command of a function that returns what to do with the themes."""

    @root_option
    @click.option("--yes", is_flag=True, help="Write without asking.")
    @click.option("--dry-run", is_flag=True, help="Only show what would change.")
    @wraps(command)
    def run(root: Path, yes: bool, dry_run: bool, **rest: object) -> None:
        with exit_on_faults():
            project = open_project(root)
            with locked(project, partial(click.echo, err=True)):
                _change(project, command(**rest), yes, dry_run)

    return run


def _change(project: Project, act: Callable[[Themes], None], yes: bool, dry_run: bool) -> None:
    from litbook.commands.theming.draft import Draft, render_diff
    from litbook.commands.theming.operations import Themes
    from litbook.pipeline import make_corpus

    draft = Draft(project)
    themes = Themes(draft, make_corpus(project)[0])
    act(themes)
    changes = draft.changes()
    if not changes:
        click.echo("Nothing would change.")
        return
    for line in render_diff(changes):
        click.secho(line, fg={"+": "green", "-": "red", "@": "cyan", "r": "yellow"}.get(line[:1]))
    draft.check()
    click.echo("")
    for note in themes.notes:
        click.echo(f"note: {note}")
    if not dry_run and (yes or click.confirm(f"Change {count(len(changes), 'file')}?")):
        undo = _explain_undo(project, changes)
        draft.write()
        click.echo(f"{count(len(changes), 'file')} changed. {undo}")


def _explain_undo(project: Project, changes: list[Change]) -> str:
    """Return how to undo what is about to be written, or why git cannot."""
    names = [name for change in changes for name in {change.old, change.new} if name]
    status = ["git", "status", "--porcelain", "--untracked-files=all", "-z", "--", *names]
    with suppress(OSError):
        done = subprocess.run(status, cwd=project.root, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout:
            dirty = sorted(entry[3:] for entry in done.stdout.split("\0") if entry)
            return f"{', '.join(dirty)} had changes that are not committed: undoing this with git undoes them, too."
        if done.returncode == 0:
            old = " ".join(sorted({change.old for change in changes if change.old}))
            new = " ".join(sorted({change.new for change in changes if change.new and change.new != change.old}))
            return f"Undo: git restore -- {old}" + (f" && git clean -f -- {new}" if new else "")
    return "There is no git repository here, so this cannot be undone with git."


@theme.command()
@click.argument("slug", shell_complete=complete_slug)
@click.argument("new", default="")
@_title_option
@_short_option
@_changing
def rename(slug: str, new: str, title: str, short: str) -> Callable[[Themes], None]:
    """Give the theme SLUG another slug, title or short name.

    Example: litbook theme rename deep-learning neural-networks --title "Neural networks"
    """
    if not (new or title or short):
        raise click.UsageError("say what changes: a new slug, --title or --short")
    return lambda themes: themes.rename(slug, new or slug, title, short)


@theme.command()
@click.argument("slug", shell_complete=complete_slug)
@click.argument("into", shell_complete=complete_slug)
@_changing
def merge(slug: str, into: str) -> Callable[[Themes], None]:
    """Make the theme SLUG part of the theme INTO.

    Its papers, phrases and rules join those of INTO, and its chapter becomes a section of the other one.

    Example: litbook theme merge rye-starters wild-yeast
    """
    return lambda themes: themes.merge(slug, into)


@theme.command()
@click.argument("slug", shell_complete=complete_slug)
@click.argument("new")
@click.option("--paper", "papers", multiple=True, required=True, help="A paper that moves to it; repeatable.")
@click.option("--title", required=True, help="The title of the new theme.")
@_short_option
@_scope_option
@_phrases_option
@click.option("--by", default="", help="Who decides; by default git's user.name.")
@_changing
def split(slug: str, new: str, papers: tuple[str, ...], by: str, **wanted: Any) -> Callable[[Themes], None]:
    """Make a theme NEW of some papers of the theme SLUG.

    It gets a chapter to write and comes behind SLUG. Phrases that SLUG has move with --phrase. Lines of SLUG's chapter
    that cite these papers are listed for you.

    Example: litbook theme split yeast rye-starters --title "Rye starters" --paper made2030rye --paper ode2031sour
    """
    from litbook.analyse.history.version import ask_git
    from litbook.pipeline import today

    wanted_theme = _want(new, **wanted)

    def change(themes: Themes) -> None:
        themes.split(slug, wanted_theme, papers, by or ask_git(themes.project, "config", "user.name"), today())

    return change


@theme.command()
@click.argument("slug")
@click.option("--title", required=True, help="The title of the theme.")
@click.option("--part", default="", help="The title of its part; a new one is added at the end.")
@click.option("--after", default="", shell_complete=complete_slug, help="The theme behind which it comes.")
@click.option("--before", default="", shell_complete=complete_slug, help="The theme before which it comes.")
@_short_option
@_scope_option
@_phrases_option
@_changing
def add(slug: str, part: str, after: str, before: str, **wanted: Any) -> Callable[[Themes], None]:
    """Add a theme with a chapter to write.

    Example: litbook theme add rye-starters --title "Rye starters" --after wild-yeast --phrase "rye flour"
    """
    target = _make_target(part, after, before)
    wanted_theme = _want(slug, **wanted)
    return lambda themes: themes.add(wanted_theme, target)


@theme.command()
@click.argument("slug", shell_complete=complete_slug)
@click.option("--part", default="", help="The title of a part, at whose end it comes; a new one is added at the end.")
@click.option("--after", default="", shell_complete=complete_slug, help="The theme behind which it comes.")
@click.option("--before", default="", shell_complete=complete_slug, help="The theme before which it comes.")
@_changing
def move(slug: str, part: str, after: str, before: str) -> Callable[[Themes], None]:
    """Move a theme to another place or part.

    Example: litbook theme move rye-starters --before wild-yeast
    """
    target = _make_target(part, after, before)
    return lambda themes: themes.move(slug, target)


def _make_target(part: str, after: str, before: str) -> Target:
    from litbook.commands.theming.operations import Target

    if sum(map(bool, (part, after, before))) != 1:
        raise click.UsageError("say where: --part, --after or --before")
    return Target(part, after or before, not before)


def _want(slug: str, title: str, short: str, scope: str, phrases: tuple[str, ...]) -> Wanted:
    from litbook.commands.theming.operations import Wanted

    return Wanted(slug, title, scope, short, phrases)
