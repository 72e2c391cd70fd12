"""The command line: all commands in the order in which the help lists them."""

from __future__ import annotations

import click

import litbook
from litbook.commands.add import add
from litbook.commands.audit import audit
from litbook.commands.benchmarks import (
    bench,
    duplicates_bench,
    export_bench,
    findings_bench,
    new_bench,
    preview_bench,
    prose_bench,
    screening_bench,
    search_bench,
    themes_bench,
    volumes_bench,
)
from litbook.commands.brief import brief
from litbook.commands.check import check, todo
from litbook.commands.columns import columns
from litbook.commands.diff import diff
from litbook.commands.doctor import doctor
from litbook.commands.export import export
from litbook.commands.fetch import fetch
from litbook.commands.new import new
from litbook.commands.parse import parse
from litbook.commands.publishing.release import release
from litbook.commands.schemas import schema
from litbook.commands.screenshots import screenshots
from litbook.commands.serving.desk import desk
from litbook.commands.serving.lsp import lsp
from litbook.commands.serving.preview import preview
from litbook.commands.show import show
from litbook.commands.texts import texts
from litbook.commands.themes import themes
from litbook.commands.theming import theme
from litbook.commands.verify import verify
from litbook.commands.volumes import volumes

_SECTIONS = {
    "Write a review": (
        *(new, add, preview, desk, check, todo, show, fetch, parse, columns, export),
        *(themes, theme, brief, audit, diff, release, verify, screenshots, lsp, schema),
        *(doctor, texts, volumes),
    ),
    "Measure litbook": (
        *(bench, search_bench, prose_bench, findings_bench, export_bench, duplicates_bench, themes_bench),
        *(screening_bench, preview_bench, new_bench, volumes_bench),
    ),
}


class _SectionedGroup(click.Group):
    """A group whose help lists the commands in sections."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(str(item.name), item.get_short_help_str(limit=120)) for item in commands])


@click.group(cls=_SectionedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(litbook.__version__, prog_name="litbook")
def main() -> None:
    """Turn a collection of papers into a literature review on the web.

    Build a review with: jupyter-book build .
    """


for _commands in _SECTIONS.values():
    for _command in _commands:
        main.add_command(_command)
