"""What changed by day, and what chapters cite, for the scripts and for programs.

`changes.json` is for programs. Pages load the same as a classic script, which a site opened from a folder can read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litbook.analyse.history.sections import read_rewritten
from litbook.core.atomic import write_text
from litbook.core.project import Project
from litbook.core.urls import chapter_address, chapter_page
from litbook.model.notices import is_void
from litbook.model.review import Corpus
from litbook.pipeline import Prepared
from litbook.site.build.prepare import prepared_review
from litbook.write.labels import label_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PLACE = '<div class="litbook-js-only" data-litbook-since></div>'
# JSON is not quite JavaScript in a page; see the parts of the search index.
_ESCAPES = {sign: f"\\u{sign:04x}" for sign in (*map(ord, "<>&\u2028\u2029"), *range(0xD800, 0xE000))}


def add_place(app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: object) -> None:
    """Make room for "Since your last visit" below the heading of the page that lists changes."""
    if doctree is not None and name == _home_of(prepared_review(app)):
        context["body"] = context["body"].replace("</h1>", f"</h1>\n{_PLACE}", 1)


def _home_of(prepared: Prepared) -> str:
    found = (page.file for page in prepared.pages if any(item.name == "changes" for item in page.directives))
    return f"book/{next(found, '').removesuffix('.md')}"


def write_changes(app: Sphinx, error: Exception | None) -> None:
    """Write the files, when the build has gone well."""
    if error is not None or app.builder.format != "html":
        return
    prepared, out = prepared_review(app), Path(app.outdir)
    changes = describe_changes(prepared, Project(Path(app.srcdir)))
    write_text(out / "changes.json", json.dumps(changes, ensure_ascii=False, indent=1) + "\n")
    write_text(out / "changes.js", _as_script("litbookChanges", changes))
    write_text(out / "reading.js", _as_script("litbookReading", list(describe_reading(prepared.corpus))))


def _as_script(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return f"globalThis.{name}={text};\n"


def describe_changes(prepared: Prepared, project: Project) -> dict[str, object]:
    """Return what happened to papers and sections, each with its day, and the releases; the newest first."""
    papers = [
        {"date": day.date, "how": item.how, "citekey": item.citekey, "title": item.title}
        for day in prepared.corpus.history.days
        for item in day.touched
    ]
    sections = [
        {"date": item.date, "page": item.title, "heading": item.heading,
         "url": f"book/{item.file.removesuffix('.md')}.html#{item.anchor}"}
        for item in read_rewritten(project, prepared.pages)
    ]  # fmt: skip
    releases = [{"date": item.date, "version": item.version} for item in prepared.corpus.history.releases]
    return {"version": 1, "papers": papers, "sections": sections, "releases": releases}


def describe_reading(corpus: Corpus) -> Iterator[dict[str, object]]:
    """Yield the chapters with the papers that each cites, and how often; retracted ones are left out."""
    papers = {paper.citekey: paper for paper in corpus.papers if not is_void(paper.notices)}
    for theme in corpus.themes():
        file = f"{chapter_page(theme.slug).removeprefix('book/')}.md"
        counted = Counter(key for key, places in corpus.citations.items() for place in places if place.file == file)
        cites = [
            [key, papers[key].title.plain, label_of(corpus, papers[key]).text, number]
            for key, number in counted.most_common()
            if key in papers
        ]
        yield {"slug": theme.slug, "name": theme.name, "url": chapter_address(theme.slug), "cites": cites}
