"""The reader of the Hugging Face papers API: the daily papers, a search, or one paper, as JSON."""

from __future__ import annotations

import re

from litbook.ingest.formats.fields import Fields, Json, Refusal, clean, entries, mapping, one_line, prose
from litbook.ingest.formats.jsonitems import Form, json_head, read_items
from litbook.ingest.formats.pieces import Entry
from litbook.ingest.formats.values import read_date
from litbook.model.review import LINKS, Reading
from litbook.text.identifiers import find_arxiv, in_order

_MARKS = ("upvotes", "publishedAt", "discussionId", "submittedOnDailyAt", "submittedOnDailyBy", "ai_summary",
          "ai_keywords", "githubRepo", "isAuthorParticipating")  # fmt: skip
_NO_PAPER = Refusal("an object without a paper: the service reports an error; ask it again")


def matches(text: str) -> float:
    """Return how sure it is that a text is an answer of this API: by the names of its fields."""
    head = json_head(text)
    marks = sum(f'"{mark}"' in head for mark in _MARKS)
    has_paper = re.search(r'"(?:summary|title)"\s*:\s*"', head) and re.search(r'"id"\s*:\s*"\d{4}\.\d{4,5}', head)
    return min(0.95, 0.7 + 0.1 * marks) if has_paper and marks > 1 else 0.0


def read_hfjson(source: str, text: str) -> Reading:
    """Return the papers of an answer of the Hugging Face papers API."""
    return read_items(source, text, _FORM)


def _is_entry(entry: Json) -> bool:
    paper = mapping(entry.get("paper")) or entry
    return "id" in paper and "title" in paper and ("summary" in paper or "authors" in paper)


def _make(entry: Json) -> Entry | Refusal:
    paper = mapping(entry.get("paper"))
    if not paper and "title" not in entry:
        return _NO_PAPER
    # The list repeats fields of the paper beside it; where it says something else, it is kept under its own name.
    around = {name: value for name, value in entry.items() if name != "paper" and paper.get(name) != value}
    around = {f"list.{name}" if name in paper else name: value for name, value in around.items()}
    fields = Fields({**paper, **around} if paper else entry)
    title, abstract = fields.take("title", "list.title"), fields.take("summary", "list.summary")
    published = read_date(fields.text("publishedAt"))
    fields.use("publishedAt", fields.text("publishedAt") in (published, f"{published}T00:00:00.000Z"))
    arxiv = find_arxiv(fields.text("id"))
    fields.use("id", arxiv == fields.text("id"))
    found = [("arxiv", arxiv), ("code", fields.take("githubRepo")), ("project", fields.take("projectPage"))]
    return Entry(
        title=prose(title),
        abstract=prose(abstract),
        authors=_read_authors(fields),
        published=published,
        links=in_order(found, LINKS),
        extra=fields.rest(),
    )


def _read_authors(fields: Fields) -> tuple[str, ...]:
    """Return the names; what else the service knows of its users stays in `extra`."""
    people = [mapping(author) for author in entries(fields.get("authors"))]
    names = tuple(filter(None, (clean(one_line(author.get("name"))) for author in people)))
    fields.use("authors", len(names) == len(people) and all(set(author) == {"name"} for author in people))
    return names


_FORM = Form(frozenset({"papers", "dailyPapers"}), _is_entry, _make)
