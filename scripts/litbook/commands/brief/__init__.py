"""`litbook brief`: what a person or an assistant needs to write a chapter, or to revise the themes."""

from __future__ import annotations

import json
from pathlib import Path

import click

from litbook.commands.shared import complete_slug, exit_on_faults, load_review, root_option

_SHOWN = 4


@click.command()
@root_option
@click.argument("theme", default="", shell_complete=complete_slug)
@click.option("--json", "as_json", is_flag=True, help="Print the brief of a theme as JSON.")
@click.option("--themes", "by_theme", is_flag=True, help="Print each theme with typical and borderline papers.")
@click.option("--papers", default=_SHOWN, show_default=True, help="Number of typical and of borderline papers.")
def brief(root: Path, theme: str, as_json: bool, by_theme: bool, papers: int) -> None:
    """Print what is needed to write the chapter of THEME.

    Its questions and scope; each paper with the sentences of its abstract, numbered and ready to paste as a citation
    with its claim; what abstracts state in numbers; the tensions; what other chapters say of these papers; what the
    chapter does not discuss; and the rules that `litbook check` applies.

    With --themes instead of a theme: each theme with its phrases, the papers that its words fit best, and those that
    nearly belong to another theme, to rename, merge or split it in themes.yml.

    Example: litbook brief wild-yeast --json
    """
    from litbook.commands.brief.chapter import gather_brief, render_brief
    from litbook.commands.brief.themes import render_themes

    if bool(theme) == by_theme:
        raise click.UsageError("name a theme, or say --themes")
    corpus, _, inputs = load_review(root)
    if by_theme:
        click.echo("\n".join(render_themes(corpus, papers)))
        return
    with exit_on_faults():
        gathered = gather_brief(corpus, inputs, theme)
    click.echo(json.dumps(gathered, ensure_ascii=False, indent=1) if as_json else render_brief(gathered), nl=as_json)
