"""The process in which `litbook preview` builds; it stays warm from one build to the next."""

from __future__ import annotations

import sys
from pathlib import Path

from litbook.analyse.prose.coverage import find_undiscussed, measure_coverage
from litbook.analyse.prose.measures import measure_chapter
from litbook.commands.todo import find_todos
from litbook.core.project import Project
from litbook.desk.builds import serve_builds
from litbook.desk.messages import Gauge, Inspected
from litbook.model.pages import Page
from litbook.model.review import Corpus
from litbook.pipeline import Prepared


def inspect(project: Project, prepared: Prepared) -> Inspected:
    """Return what `litbook check` lists of a review that was built, and a gauge for each chapter."""
    corpus, inputs = prepared.corpus, prepared.inputs
    assert inputs is not None  # a build has read them
    pages = {page.file: page for page in prepared.pages}
    chapters = {f"chapters/{theme.slug}.md": theme.slug for theme in corpus.themes()}
    gauges = {f"book/{file}": _measure(corpus, pages[file], slug) for file, slug in chapters.items() if file in pages}
    return Inspected(find_todos(project, corpus, inputs), gauges)


def _measure(corpus: Corpus, page: Page, slug: str) -> Gauge:
    coverage, measured = measure_coverage(page), measure_chapter(corpus, page, slug)
    cited = measured.papers - len(find_undiscussed(corpus, slug))
    return Gauge(measured.papers, cited, coverage.sentences, coverage.citing, measured.joining)


if __name__ == "__main__":
    serve_builds(Path(sys.argv[1]), inspect)
