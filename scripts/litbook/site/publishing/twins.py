"""Markdown beside each page, and `llms.txt`, which leads to it: for programs that read and cite the review as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from litbook.analyse.prose.counts import UnknownCountError, count
from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.core.urls import chapter_address
from litbook.model.measured import Measured
from litbook.model.pages import Page
from litbook.model.queries import find_paper
from litbook.model.review import Corpus
from litbook.pipeline import Prepared
from litbook.site.build.prepare import prepared_review
from litbook.site.build.site_config import cited_review, site_of
from litbook.text.nouns import count_noun
from litbook.write.labels import label_of
from litbook.write.reference import Cited

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
_ROLE = re.compile(r"\{(?P<name>[\w:-]+)\}`(?P<text>[^`]*)`")
# The lines that open and close a directive, and those of its options: what is between them is kept.
_FENCE = re.compile(r"^:{3,}(?:\{[^}\n]*\}[^\n]*\n(?::[\w-]+:[^\n]*\n)*|[ \t]*(?:\n|$))", re.MULTILINE)
_BRACKET = re.compile(r"\\.|\[|\](?P<mark>\{\.sentence-\d+(?:-\d+)?\})?", re.DOTALL)
_MARKUP = re.compile(r"^\{\.[\w-]+\}\n|\{litbook-(?:used|from)\}`[^`]*`", re.MULTILINE)


def write_twins(app: Sphinx, error: Exception | None) -> None:
    """Write the Markdown of pages and papers beside their HTML, and `llms.txt` at the root of the site."""
    if error is not None or app.builder.format != "html":
        return
    prepared, out, folder = prepared_review(app), Path(app.outdir), Project(Path(app.srcdir)).papers
    for page in _list_pages(prepared):
        write_text(out / "book" / page.file, render_page(prepared.corpus, page, prepared.measured))
    known = {f"{paper.citekey}.md" for paper in prepared.corpus.papers}
    for path in (out / "book/papers").glob("*.md"):
        if path.name not in known:
            path.unlink()
    for paper in prepared.corpus.papers:
        source = (folder / f"{paper.citekey}.md").read_text("utf-8")
        write_text(out / f"book/papers/{paper.citekey}.md", render_paper_page(source))
    write_text(out / "llms.txt", render_index(prepared, cited_review(app), site_of(app).address))


def _list_pages(prepared: Prepared) -> Iterator[Page]:
    """Yield the pages that people wrote, without notes and notebooks."""
    return (page for page in prepared.pages if not page.file.startswith(("notes/", "analysis/")))


def render_page(corpus: Corpus, page: Page, measured: Mapping[str, Measured] = MappingProxyType({})) -> str:
    """Return a page as plain Markdown: citations and numbers as readers see them, without what directives draw."""
    text = _FENCE.sub("", _FRONT_MATTER.sub("", page.source))
    return _ROLE.sub(lambda role: _show(corpus, measured, role["name"], role["text"]), text).strip() + "\n"


def _show(corpus: Corpus, measured: Mapping[str, Measured], name: str, text: str) -> str:
    """Return what a role shows, as text."""
    if name == "measured":
        known, _, key = " ".join(text.split()).partition(" ")
        return measured[known].values.get(key, "") if known in measured else "(not measured)"
    if name.startswith("cite"):
        return f"({'; '.join(_name(corpus, key) for key in text.split(','))})"
    if name == "claim":
        numbers = ", ".join(item.rpartition(":")[2].strip() for item in text.split(","))
        return f" [sentence {numbers}]"
    if name == "count":
        try:
            return count(corpus, " ".join(text.split()))
        except UnknownCountError:
            return ""
    return text.partition("<")[0].strip() if name != "quote" else ""


def _name(corpus: Corpus, key: str) -> str:
    paper = find_paper(corpus, key.strip())
    return (label_of(corpus, paper).text or paper.title.plain) if paper else key.strip()


def render_paper_page(source: str) -> str:
    """Return a paper's generated page as plain Markdown."""
    text = _MARKUP.sub("", source)
    bounds = [0, *(position for span in _find_marks(text) for position in span), len(text)]
    return "".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def _find_marks(text: str) -> list[tuple[int, int]]:
    """Return where sentences are marked, `[` and `]{.sentence-1}`, in order; brackets may be within brackets."""
    opened: list[int] = []
    marks: list[tuple[int, int]] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0].startswith("]") and opened:
            start = opened.pop()
            marks += [(start, start + 1), found.span()] if found["mark"] else []
    return sorted(marks)


def render_index(prepared: Prepared, cited: Cited, address: str) -> str:
    """Return `llms.txt` (https://llmstxt.org): what the review is, how to cite it, and where its chapters are."""
    corpus = prepared.corpus
    lines = [
        f"# {cited.site.title}",
        "",
        f"> A literature review of {count_noun(len(corpus.papers), 'paper')}. "
        "Each page is also there as Markdown, under the same name ending in .md instead of .html. Chapters cite papers "
        "by authors and year; a number in brackets is the sentence of the abstract on which a statement rests.",
        "",
        f"Cite it as: {cited.in_words()}",
        "",
    ]
    for part in corpus.parts:
        lines += [f"## {part.title}", ""]
        for theme in part.themes:
            where = f"{address}{chapter_address(theme.slug).removesuffix('.html')}.md"
            lines.append(f"- [{theme.name}]({where}): {theme.summary}")
        lines.append("")
    lines += ["## Data", ""]
    lines += [
        f"- [All papers as JSON]({address}data/papers.json): titles, abstracts, authors, years, venues, links, themes",
        f"- [All references as BibTeX]({address}data/references.bib)",
    ]
    return "\n".join(lines) + "\n"
